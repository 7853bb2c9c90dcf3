"""Documents and definitions as plain dicts, by the words of the specification, and requests that change them."""

import json
from typing import Any, NamedTuple

from hypothesis import strategies as st

from lrs.document.address import Address, Resource
from lrs.document.etag import etag
from lrs.document.merge import JSON
from lrs.document.precondition import Preconditions
from lrs.statement.definitions import merge_definitions

ACTIVITY = "https://example.org/activities/1"
REGISTRATION = "abcdef00-0000-4000-8000-00000000000a"

# A document of a model: its bytes and its type, by store, resource, activity, agent, registration and id.
Key = tuple[str, str, str | None, str | None, str, str]


class Step(NamedTuple):
    """One request to a document resource."""

    method: str
    resource: Resource
    store: str
    activity: str
    person: str
    registration: str | None
    document_id: str | None
    condition: str
    body: bytes
    content_type: str
    version: str

    def context(self) -> tuple[str, str, str | None, str | None]:
        has_activity, has_agent = (
            self.resource != Resource.AGENT_PROFILE,
            self.resource != Resource.ACTIVITY_PROFILE,
        )
        return (
            self.store, self.resource.value, self.activity if has_activity else None,
            self.person if has_agent else None,
        )  # fmt: skip

    def registered(self) -> str | None:
        return self.registration if self.resource is Resource.STATE else None

    def address(self) -> Address:
        _, _, activity, person = self.context()
        agent = {"mbox": person} if person else None
        return Address(self.resource, activity, agent, self.registered(), self.document_id)


class Told(NamedTuple):
    """One statement that says what an activity is."""

    store: str
    activity: str
    definition: dict[str, Any]
    may_define: bool


bodies = st.sampled_from([b"{}", b'{"a":1.10}', b'{"a":{"b":1},"c":2}', b'{"c":[]}', b"[1]", b"text", b""])


def mostly(usual: str, *others: str) -> st.SearchStrategy[str]:
    """So that requests meet the same documents often enough."""
    return st.sampled_from([usual] * 4 + [*others])


def steps(methods: list[str], resources: list[Resource], ids: list[str | None]) -> st.SearchStrategy[Step]:
    return st.builds(
        Step,
        method=st.sampled_from(methods),
        resource=st.sampled_from(resources),
        store=mostly("default", "other"),
        activity=mostly(ACTIVITY, "https://example.org/activities/2"),
        person=mostly("mailto:an@example.org", "mailto:bo@example.org"),
        registration=st.sampled_from([None, None, REGISTRATION, REGISTRATION[:-1] + "b"]),
        document_id=st.sampled_from(ids),
        condition=mostly("none", "right", "new", "wrong"),
        body=bodies,
        content_type=mostly(JSON, "text/plain"),
        version=st.sampled_from(["1.0.3", "2.0.0"]),
    )


of_one = steps(
    ["PUT", "PUT", "POST", "POST", "DELETE"], [Resource.STATE, Resource.STATE, *Resource], ["one", "two"]
)
of_many = steps(["DELETE"], [Resource.STATE], [None])
told = st.builds(
    Told,
    st.sampled_from(["default", "other"]),
    st.sampled_from([ACTIVITY, "https://example.org/activities/2"]),
    st.fixed_dictionaries(
        {"name": st.dictionaries(st.sampled_from(["nl", "en"]), st.sampled_from("ab"), max_size=2)},
        optional={"type": st.sampled_from(["https://example.org/t", "https://example.org/u"])},
    ),
    st.sampled_from([True, True, False]),
)
# What follows one another in a list goes into one request.
requests = st.lists(
    of_one | of_one | of_one | of_many | st.lists(told, min_size=1, max_size=4), min_size=10, max_size=30
)


class Model:
    """The documents as a plain dict, and the definitions, by the words of the specification."""

    def __init__(self) -> None:
        self.documents: dict[Key, tuple[bytes, str]] = {}
        self.definitions: dict[tuple[str, str], dict[str, Any]] = {}

    def at(self, step: Step) -> list[Key]:
        """The keys of what a request is about."""
        return [
            key for key in self.documents
            if key[:4] == step.context()
            and (key[4] == (step.registered() or "") or (step.document_id is None and step.registered() is None))
            and step.document_id in (None, key[5])
        ]  # fmt: skip

    def preconditions(self, step: Step) -> Preconditions:
        there = self.at(step)
        right = "*" if step.document_id is None else etag(self.documents[there[0]][0]) if there else '"none"'
        given = {
            "none": Preconditions(),
            "right": Preconditions(if_match=right),
            "new": Preconditions(if_none_match="*"),
            "wrong": Preconditions(if_match='"wrong"'),
        }
        return given[step.condition]

    def allows(self, step: Step) -> bool:
        there, old, state = self.at(step), step.version == "1.0.3", step.resource is Resource.STATE
        if step.method == "POST" and not self.can_post(step):
            return False
        if step.condition == "none" and step.method == "PUT":
            return (not there or (old and state)) and (bool(there) or state or not old)
        return {"none": True, "right": bool(there), "new": not there, "wrong": False}[step.condition]

    def can_post(self, step: Step) -> bool:
        there = self.at(step)
        if step.content_type != JSON:
            return not there
        return is_object(step.body) and (
            not there or (self.documents[there[0]][1] == JSON and is_object(self.documents[there[0]][0]))
        )

    def change(self, step: Step) -> None:
        if step.method == "DELETE":
            for key in self.at(step):
                del self.documents[key]
            return
        key = (*step.context(), step.registered() or "", step.document_id or "")
        body = step.body
        if step.method == "POST" and key in self.documents:
            # No number here is written in two ways, so the text is known.
            merged = {
                **json.loads(self.documents[key][0], parse_float=Exact),
                **json.loads(body, parse_float=Exact),
            }
            body = json.dumps(merged, separators=(",", ":")).replace('"1.10"', "1.10").encode()
        self.documents[key] = (body, step.content_type)

    def tell(self, said: Told) -> None:
        if said.may_define:
            key = (said.store, said.activity)
            self.definitions[key] = merge_definitions(self.definitions.get(key, {}), said.definition)


class Exact(str):
    """A number as it was written."""


def is_object(body: bytes) -> bool:
    return body.startswith(b"{")
