"""/xAPI/activities/state (Communication 2.3)."""

from flask import Blueprint, Response, request

from lrs.document.address import Address, Resource
from lrs.http.credentials import require
from lrs.http.documents import change, ids, one
from lrs.http.parameters import (
    check_known,
    optional,
    read_agent,
    read_instant,
    read_iri,
    read_text,
    read_uuid,
)

state = Blueprint("state", __name__)
PATH, SPEC = "/activities/state", "Communication 2.3"
_CONTEXT = {"activityId", "agent", "registration"}


@state.get(PATH)
def get_state() -> Response:
    """One document by `stateId`, else the ids of those of the context."""
    require("state", "all/read", "all")
    if "stateId" in request.args:
        return one(_address({"stateId"}))
    context = _address({"since"})
    return ids(context, optional(request.args, "since", SPEC, read_instant))


@state.route(PATH, methods=["PUT", "POST"])
def put_state() -> Response:
    """Set a document, or merge into it."""
    require("state", "all")
    return change(_address({"stateId"}, must_name_one=True))


@state.delete(PATH)
def delete_state() -> Response:
    """Delete one document by `stateId`, else all of the context."""
    require("state", "all")
    return change(_address({"stateId"}))


def _address(also: set[str], *, must_name_one: bool = False) -> Address:
    arguments = request.args
    check_known(arguments, _CONTEXT | also, SPEC)
    return Address(
        Resource.STATE,
        activity_id=read_iri(arguments, "activityId", SPEC),
        agent=read_agent(arguments, "agent", SPEC),
        registration=optional(arguments, "registration", SPEC, read_uuid),
        document_id=read_text(arguments, "stateId", SPEC)
        if must_name_one
        else optional(arguments, "stateId", SPEC, read_text),
    )
