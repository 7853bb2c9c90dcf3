"""Statements that use every member of the data model, for tests that change one thing in them."""

from copy import deepcopy
from typing import Any

VERSIONS = ("1.0.3", "2.0.0")
VOIDED = "http://adlnet.gov/expapi/verbs/voided"
AN_ID = "6f0b4c1e-3a58-4a43-9d3e-0f7a4b1c2d3e"
ANOTHER_ID = "A1B2C3D4-0000-4000-8000-00000000000F"
SHA2 = "495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a"

AN_AGENT = {"objectType": "Agent", "name": "An", "mbox": "mailto:an@example.org"}
BEN = {"mbox_sha1sum": "ebd31e95054c018b10727ccffd2ef2ec3a016ee9"}
CAS = {"openid": "http://cas.openid.example.org/"}
DINA = {"account": {"homePage": "https://school.example.org", "name": "dina"}}
A_GROUP = {"objectType": "Group", "name": "Class 4B", "member": [AN_AGENT, BEN, CAS, DINA]}
AN_IDENTIFIED_GROUP = {
    "objectType": "Group",
    "account": {"homePage": "https://school.example.org", "name": "4B"},
}
AN_OAUTH_GROUP = {"objectType": "Group", "member": [DINA, {"mbox": "mailto:ben@example.org"}]}

A_QUESTION = {
    "objectType": "Activity",
    "id": "https://example.org/questions/1",
    "definition": {
        "name": {"nl-BE": "Vraag 1", "en": "Question 1"},
        "description": {"nl": "Welke?"},
        "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
        "moreInfo": "https://example.org/questions/1/more",
        "interactionType": "matching",
        "correctResponsesPattern": ["a[.]1[,]b[.]2"],
        "source": [{"id": "a", "description": {"nl": "A"}}, {"id": "b"}],
        "target": [{"id": "1"}, {"id": "2"}],
        "extensions": {"https://example.org/ext": {"any": [None, {"thing": ""}]}},
    },
}
A_RESULT = {
    "score": {"scaled": 0.5, "raw": 5, "min": 0, "max": 10},
    "success": True,
    "completion": False,
    "response": "a[.]1",
    "duration": "PT1M30.25S",
    "extensions": {"https://example.org/ext": None},
}
A_CONTEXT = {
    "registration": ANOTHER_ID,
    "instructor": DINA,
    "team": A_GROUP,
    "contextActivities": {
        "parent": [{"id": "https://example.org/tests/1"}],
        "grouping": [{"id": "https://example.org/courses/1"}, {"id": "https://example.org/courses/2"}],
        "category": {"id": "https://example.org/profile"},
        "other": [],
    },
    "revision": "2",
    "platform": "Leerplein",
    "language": "nl-BE",
    "statement": {"objectType": "StatementRef", "id": AN_ID},
    "extensions": {"https://example.org/ext": []},
}
CONTEXT_AGENTS = [
    {"objectType": "contextAgent", "agent": BEN, "relevantTypes": ["https://example.org/roles/buddy"]}
]
CONTEXT_GROUPS = [{"objectType": "contextGroup", "group": A_GROUP}]
AN_ATTACHMENT = {
    "usageType": "https://example.org/usage/essay",
    "display": {"nl": "Opstel"},
    "description": {"nl": "Een opstel"},
    "contentType": "text/plain; charset=utf-8",
    "length": 27,
    "sha2": SHA2,
    "fileUrl": "https://example.org/essay.txt",
}


def a_full_statement(version: str = "1.0.3") -> dict[str, Any]:
    """A statement in which every member that this version knows is present; safe to change."""
    statement = {
        "id": AN_ID,
        "actor": AN_AGENT,
        "verb": {
            "id": "http://adlnet.gov/expapi/verbs/answered",
            "display": {"en-US": "answered", "nl": "antwoordde"},
        },
        "object": A_QUESTION,
        "result": A_RESULT,
        "context": A_CONTEXT,
        "timestamp": "2026-11-23T10:00:00.123+01:00",
        "stored": "2026-11-23T09:00:01Z",
        "authority": DINA,
        "version": "1.0.0" if version == "1.0.3" else "2.0.0",
        "attachments": [AN_ATTACHMENT],
    }
    made = deepcopy(statement)
    if version == "2.0.0":
        made["context"] |= deepcopy({"contextAgents": CONTEXT_AGENTS, "contextGroups": CONTEXT_GROUPS})  # type: ignore[operator]
    return made


def a_sub_statement(version: str = "1.0.3") -> dict[str, Any]:
    """A full statement made into the SubStatement of another."""
    sub = {**a_full_statement(version), "objectType": "SubStatement"}
    for name in ("id", "stored", "authority", "version"):
        del sub[name]
    return sub


def about(thing: dict[str, Any], version: str = "1.0.3") -> dict[str, Any]:
    """A full statement with another object; revision and platform, which need an Activity, left out if need be."""
    statement = {**a_full_statement(version), "object": deepcopy(thing)}
    if thing.get("objectType", "Activity") != "Activity":
        del statement["context"]["revision"], statement["context"]["platform"]
    return statement


def put(value: Any, path: str, new: Any) -> None:
    """Set the member at a dotted path such as `context.team.member.0.mbox`; `...` takes it away."""
    *steps, last = [int(step) if step.isdigit() else step for step in path.replace("\\.", "\0").split(".")]
    for step in steps:
        value = value[step]
    last = last.replace("\0", ".") if isinstance(last, str) else last
    if new is ...:
        del value[last]
    else:
        value[last] = new
