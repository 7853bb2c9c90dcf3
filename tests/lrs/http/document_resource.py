"""A document resource as a client of it speaks to it."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa
from werkzeug.test import TestResponse

from lrs.event_log.tables import content, event_log
from lrs.http.parts import Parts
from lrs.index.tables import TABLES
from tests.lrs.conftest import Client

ACTIVITY = "https://example.org/activities/1"
AGENT = {"mbox": "mailto:an@example.org"}
NEW = {"If-None-Match": "*"}


@dataclass(frozen=True)
class Resource:
    """One of the three document resources, within one context; `id_name` is the parameter that names a document."""

    client: Client
    path: str
    id_name: str
    context: dict[str, str] = field(default_factory=dict)

    def at(self, **context: str) -> "Resource":
        """The same resource in another context."""
        return replace(self, context={**self.context, **context})

    def by(self, client: Client) -> "Resource":
        return replace(self, client=client)

    def send(
        self, method: str, document_id: str | None = None, body: bytes | None = None, **options: Any
    ) -> TestResponse:
        query = dict(self.context) if document_id is None else {**self.context, self.id_name: document_id}
        query |= options.pop("query", {})
        return self.client.send(method, self.path, body, query_string=query, **options)

    def put(self, document_id: str, body: bytes, kind: str = "text/plain", **headers: Any) -> int:
        """The status of a PUT, of a new document unless `headers` say otherwise."""
        given = {n.replace("_", "-"): v for n, v in headers.items()} if headers else NEW
        return self.send("PUT", document_id, body, content_type=kind, headers=given).status_code

    def post(self, document_id: str, body: bytes, kind: str = "application/json", **headers: Any) -> int:
        given = {n.replace("_", "-"): v for n, v in headers.items()}
        return self.send("POST", document_id, body, content_type=kind, headers=given).status_code

    def get(self, document_id: str, **headers: str) -> TestResponse:
        return self.send("GET", document_id, headers={n.replace("_", "-"): v for n, v in headers.items()})

    def text(self, document_id: str) -> str | None:
        """The document as text, None when there is none."""
        answer = self.get(document_id)
        assert answer.status_code in (200, 404), answer.text
        return answer.text if answer.status_code == 200 else None

    def tag(self, document_id: str) -> str:
        return self.get(document_id).headers["ETag"]

    def delete(self, document_id: str | None = None, **headers: str) -> int:
        given = {n.replace("_", "-"): v for n, v in headers.items()}
        return self.send("DELETE", document_id, headers=given).status_code

    def ids(self, **query: str) -> list[str]:
        answer = self.send("GET", query=query)
        assert answer.status_code == 200, answer.text
        found: list[str] = answer.json
        return found


def state_of(client: Client) -> Resource:
    return Resource(
        client, "/xAPI/activities/state", "stateId", {"activityId": ACTIVITY, "agent": json.dumps(AGENT)}
    )


def activity_profile_of(client: Client) -> Resource:
    return Resource(client, "/xAPI/activities/profile", "profileId", {"activityId": ACTIVITY})


def agent_profile_of(client: Client) -> Resource:
    return Resource(client, "/xAPI/agents/profile", "profileId", {"agent": json.dumps(AGENT)})


RESOURCES = [state_of, activity_profile_of, agent_profile_of]


def everything(parts: Parts) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the log, of its content and of the index."""
    with parts.database.reading() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(sa.select(table))), key=repr)
            for table in (event_log, content, *TABLES)
        }
