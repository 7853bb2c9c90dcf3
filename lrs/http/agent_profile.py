"""/xAPI/agents/profile (Communication 2.6)."""

from flask import Blueprint, Response, request

from lrs.document.address import Address, Resource
from lrs.http.credentials import require
from lrs.http.documents import change, ids, one
from lrs.http.parameters import check_known, optional, read_agent, read_instant, read_text, required

agent_profile = Blueprint("agent_profile", __name__)
PATH, SPEC = "/agents/profile", "Communication 2.6"


@agent_profile.get(PATH)
def get_agent_profile() -> Response:
    """One document by `profileId`, else the ids of all."""
    require("profile", "all/read", "all")
    if "profileId" in request.args:
        return one(_address({"profileId"}))
    context = _address({"since"})
    return ids(context, optional(request.args, "since", SPEC, read_instant))


@agent_profile.route(PATH, methods=["PUT", "POST", "DELETE"])
def change_agent_profile() -> Response:
    """Set a document, merge into it, or delete it."""
    require("profile", "all")
    required(request.args, "profileId", SPEC)
    return change(_address({"profileId"}))


def _address(also: set[str]) -> Address:
    check_known(request.args, {"agent"} | also, SPEC)
    agent = read_agent(request.args, "agent", SPEC)
    return Address(
        Resource.AGENT_PROFILE, agent=agent, document_id=optional(request.args, "profileId", SPEC, read_text)
    )
