"""The document resources (Communication 2.2): state, activity profile, agent profile."""

from typing import Any, NamedTuple

from lrs.http.openapi.pieces import (
    AGENT_OR_GROUP,
    INSTANT,
    IRI,
    TEXT,
    UUID,
    Piece,
    header,
    json_of,
    operation,
    parameter,
    with_head,
)

_ANY = {"*/*": {"schema": {"description": "A document of any type, byte for byte."}}}
_CONDITIONS = [
    header("If-Match", "Only if the document has one of these ETags; * for any document."),
    header("If-None-Match", "Only if it has none of these ETags; * if there is none yet."),
]
_TAGGED = {
    "headers": {
        "ETag": {"description": "The SHA-1 of the document, in quotes.", "schema": {"type": "string"}},
        "Last-Modified": {"description": "When it was changed last.", "schema": {"type": "string"}},
    }
}


class _Family(NamedTuple):
    path: str
    name: str
    told: str
    scopes: tuple[str, ...]
    id_name: str
    context: list[Piece]
    delete_of_many: bool


_ACTIVITY = parameter("activityId", IRI, "The activity that it belongs to.", required=True)
_AGENT = parameter("agent", AGENT_OR_GROUP, "The agent that it belongs to.", required=True)
_REGISTRATION = parameter("registration", UUID, "The registration that it belongs to.")
_FAMILIES = (
    _Family("/xAPI/activities/state", "State", "a state document", ("state", "all"), "stateId",
            [_ACTIVITY, _AGENT, _REGISTRATION], True),
    _Family("/xAPI/activities/profile", "ActivityProfile", "a document of an activity", ("profile", "all"),
            "profileId", [_ACTIVITY], False),
    _Family("/xAPI/agents/profile", "AgentProfile", "a document of an agent", ("profile", "all"), "profileId",
            [_AGENT], False),
)  # fmt: skip


def paths() -> Piece:
    return {family.path: _methods(family) for family in _FAMILIES}


def _methods(family: _Family) -> Piece:
    one = parameter(family.id_name, TEXT, "The id of the document.", required=True)
    maybe_one = parameter(family.id_name, TEXT, "The id of the document; all of the context without it.")
    since = parameter("since", INSTANT, "Ids of those changed after this instant.")
    told, scopes, context = family.told, family.scopes, family.context
    get = operation(
        f"get{family.name}", f"Get {told}, or the ids of all", scopes=(*scopes, "all/read"),
        parameters=[*context, maybe_one, since, _CONDITIONS[1]], refusals=(404,),
        answers={200: {**_TAGGED, "content": {**_ANY, **json_of({"type": "array", "items": TEXT})}}, 304: {}},
    )  # fmt: skip
    changes: dict[str, Any] = {
        "parameters": [*context, one, *_CONDITIONS],
        "scopes": scopes,
        "answers": {204: {}},
    }
    delete = (
        {**changes, "parameters": [*context, maybe_one, *_CONDITIONS]} if family.delete_of_many else changes
    )
    return {
        **with_head(get),
        "put": operation(f"put{family.name}", f"Set {told}", body=_ANY, refusals=(409, 412, 413, 415), **changes),
        "post": operation(
            f"post{family.name}", f"Merge members into {told} of type application/json, or set it", body=_ANY,
            refusals=(409, 412, 413, 415), **changes,
        ),
        "delete": operation(f"delete{family.name}", f"Delete {told}", refusals=(409, 412), **delete),
    }  # fmt: skip
