"""Whatever comes in which order: the store serves what a plain dict would hold, and its index can be made again."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from lrs.app import open_parts
from lrs.commands.change_document import change_document
from lrs.commands.prepare_statements import Sender, prepare
from lrs.commands.store_statements import store_statements
from lrs.credential.credentials import create_credential
from lrs.document.address import Address, Resource
from lrs.event_log.tables import content, event_log
from lrs.http.parts import Parts
from lrs.index.activities import read_definitions
from lrs.index.rebuild import reindex
from lrs.index.tables import TABLES
from lrs.statement.json_text import parse_statements
from tests.lrs.commands.document_model import Model, Step, Told, requests
from tests.lrs.commands.test_change_document import REFUSALS, a_change, index, rows, served
from tests.lrs.conftest import a_statement
from tests.lrs.installation import Installation


def send(parts: Parts, model: Model, step: Step) -> None:
    body = None if step.method == "DELETE" else step.body
    given = a_change(
        parts, step.method, step.address(), body, store=step.store, version=step.version,
        content_type=step.content_type, preconditions=model.preconditions(step),
    )  # fmt: skip
    if model.allows(step):
        change_document(parts.writer, given)
        model.change(step)
    else:
        before = rows(parts, event_log, content, *TABLES)
        with pytest.raises(REFUSALS):
            change_document(parts.writer, given)
        assert rows(parts, event_log, content, *TABLES) == before


def tell(parts: Parts, model: Model, statements: list[Told], not_defining: str) -> None:
    """Store statements in one request, each of the sender that may or may not define."""
    prepared = []
    for said in statements:
        authority = {"account": {"homePage": "https://lrs.example.org", "name": "key"}}
        sender = Sender(
            said.store, "key" if said.may_define else not_defining, json.dumps(authority),
            parts.keys.key(authority), may_define=said.may_define,
        )  # fmt: skip
        statement = a_statement(object={"id": said.activity, "definition": said.definition})
        parsed, _ = parse_statements(json.dumps(statement).encode())
        prepared.append(
            prepare(parsed[0], version="1.0.3", sender=sender, keys=parts.keys, profiles=parts.profiles)
        )
        model.tell(said)
    store_statements(parts.writer, prepared)


def hold(parts: Parts, model: Model) -> None:
    """What is served is what the model holds, and no more."""
    for key, document in model.documents.items():
        store, resource, activity, person, registration, document_id = key
        agent = {"mbox": person} if person else None
        address = Address(Resource(resource), activity, agent, registration or None, document_id)
        assert served(parts, address, store) == document
    assert len(index(parts)["document"]) == len(model.documents)
    with parts.database.reading() as connection:
        for (store, activity), definition in model.definitions.items():
            assert read_definitions(connection, store, [activity]) == {activity: definition}
    assert len(index(parts)["activity"]) == len(model.definitions)


@settings(max_examples=max(20, settings.default.max_examples * 2 // 5))
@given(requests)
def test_what_is_served_is_what_a_plain_dict_would_hold_also_after_a_reindex(
    installation: Installation, given: list[Step | list[Told]]
) -> None:
    with TemporaryDirectory() as folder:
        parts, model = open_parts(installation(Path(folder))), Model()
        not_defining = create_credential(parts.database, scopes=("statements/write",))[0].key
        for each in given:
            if isinstance(each, Step):
                send(parts, model, each)
            else:
                tell(parts, model, each, not_defining)
        hold(parts, model)
        live = index(parts)
        assert reindex(parts.database, parts.keys, parts.profiles) == len(live["analytic_form"])
        assert index(parts) == live
        parts.database.close()
