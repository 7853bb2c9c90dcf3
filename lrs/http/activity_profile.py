"""/xAPI/activities/profile (Communication 2.7)."""

from flask import Blueprint, Response, request

from lrs.document.address import Address, Resource
from lrs.http.credentials import require
from lrs.http.documents import change, ids, one
from lrs.http.parameters import check_known, optional, read_instant, read_iri, read_text, required

activity_profile = Blueprint("activity_profile", __name__)
PATH, SPEC = "/activities/profile", "Communication 2.7"


@activity_profile.get(PATH)
def get_activity_profile() -> Response:
    """One document by `profileId`, else the ids of all."""
    require("profile", "all/read", "all")
    if "profileId" in request.args:
        return one(_address({"profileId"}))
    context = _address({"since"})
    return ids(context, optional(request.args, "since", SPEC, read_instant))


@activity_profile.route(PATH, methods=["PUT", "POST", "DELETE"])
def change_activity_profile() -> Response:
    """Set a document, merge into it, or delete it."""
    require("profile", "all")
    required(request.args, "profileId", SPEC)
    return change(_address({"profileId"}))


def _address(also: set[str]) -> Address:
    check_known(request.args, {"activityId"} | also, SPEC)
    activity_id = read_iri(request.args, "activityId", SPEC)
    return Address(
        Resource.ACTIVITY_PROFILE,
        activity_id=activity_id,
        document_id=optional(request.args, "profileId", SPEC, read_text),
    )
