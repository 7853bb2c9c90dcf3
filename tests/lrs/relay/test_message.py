"""What goes to Kafka: the form alone, with headers that tell what was before it."""

import json
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from kafka.partitioner.default import DefaultPartitioner
from referencing import Registry, Resource

from lrs.feed import Feed, LoggedEvent
from lrs.http.parts import Parts
from lrs.relay.message import Message, to_message
from lrs.relay.producer import _batches, partition_of
from tests.lrs.conftest import Client, a_statement


def schema(name: str) -> Any:
    return json.loads((files("schemas") / "xapi" / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    registry = Registry().with_resources(
        [(each["$id"], Resource.from_contents(each)) for each in (schema("analytic_form.json"),)]
    )
    return Draft202012Validator(schema("message.json"), registry=registry)


def written(message: Message) -> dict[str, Any]:
    headers = {name: value.decode() for name, value in message.headers}
    return {"key": message.key.decode(), "headers": headers, "value": json.loads(message.value)}


def an_event(position: int, store: str = "default", form: str = "{}") -> LoggedEvent:
    return LoggedEvent(position, store, "person_linked", 1, None, 1_000_000, form)


def test_every_message_is_as_the_schema_says(
    client: Client, shared: Parts, validator: Draft202012Validator
) -> None:
    client.post([a_statement(), a_statement(result={"score": {"scaled": 0.5}, "response": "vrije tekst"})])
    client.send("PUT", "/xAPI/activities/state", {"page": 4}, query_string=STATE)
    events = Feed(shared.database).read("default", 0, 10)
    assert [event.kind for event in events][:2] == ["statement", "statement"]
    assert len(events) == 3
    for event in events:
        validator.validate(written(to_message(event, event.position - 1)))


STATE = {
    "activityId": "https://example.org/activities/1",
    "agent": '{"mbox":"mailto:an@example.org"}',
    "stateId": "bookmark",
}


def test_the_schema_refuses_a_message_that_tells_too_much_or_too_little(
    client: Client, shared: Parts, validator: Draft202012Validator
) -> None:
    client.post(a_statement())
    good = written(to_message(Feed(shared.database).read("default", 0, 1)[0], 0))
    assert validator.is_valid(good)
    assert not validator.is_valid(good | {"value": good["value"] | {"name": "An"}})
    assert not validator.is_valid(good | {"headers": good["headers"] | {"mailbox": "mailto:an@example.org"}})
    for name in ("previous", "position", "statement_id"):
        less = {key: value for key, value in good["headers"].items() if key != name}
        assert not validator.is_valid(good | {"headers": less})


def test_a_store_is_in_the_partition_that_any_client_would_choose() -> None:
    class Cluster:
        def topics(self) -> list[str]:
            return ["t"]

        def partitions_for_topic(self, topic: str) -> set[int]:
            return set(range(12))

        available_partitions_for_topic = partitions_for_topic

    for store in ("default", "school-group-één", "a", "ab", "abc", "abcd"):
        key = store.encode()
        chosen = DefaultPartitioner().partition("t", key, key, b"", b"", Cluster())
        assert partition_of(key, 12) == chosen


def test_messages_go_in_order_and_one_that_is_too_large_goes_alone() -> None:
    sizes = [100, 100, 5000, 100, 900]
    messages = [to_message(an_event(n, form="x" * size), n - 1) for n, size in enumerate(sizes, 1)]
    assert [[m.position for m in batch] for batch in _batches(messages, 1500)] == [[1, 2], [3], [4, 5]]
    assert list(_batches([], 1500)) == []
