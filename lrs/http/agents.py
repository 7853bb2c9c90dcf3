"""/xAPI/agents (Communication 2.4): the Person that an Agent is a persona of."""

import orjson
from flask import Blueprint, Response, g, request

from lrs.http.credentials import require
from lrs.http.parameters import check_known, read_agent, wrong
from lrs.http.parts import parts
from lrs.queries.describe_agent import describe_agent

agents = Blueprint("agents", __name__)
SPEC = "Communication 2.4"


@agents.get("/agents")
def get_person() -> Response:
    """The Person of `agent`; of an agent never seen it says what the request said."""
    require("profile", "statements/read", "all/read", "all")
    check_known(request.args, {"agent"}, SPEC)
    agent = read_agent(request.args, "agent", SPEC)
    if agent.get("objectType") == "Group":
        raise wrong("agent", "is a Group; a Person is of one Agent", SPEC)
    with parts().database.reading() as connection:
        person = describe_agent(connection, agent, store=g.sender.store, keys=parts().keys)
    return Response(orjson.dumps(person), content_type="application/json")
