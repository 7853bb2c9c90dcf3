"""What holds for state, activity profiles and agent profiles alike (Communication 2.2)."""

import gzip
import hashlib
import json
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask

from lrs.http.parts import NAME, Parts
from lrs.statement.instants import format_instant
from tests.lrs.conftest import Client, a_client
from tests.lrs.http.document_resource import (
    NEW,
    RESOURCES,
    Resource,
    everything,
)

JSON = "application/json"


def test_a_document_is_answered_byte_for_byte_with_its_type_tag_and_date(resource: Resource) -> None:
    body = bytes(range(256)) * 3
    assert resource.put("one", body, "image/x-odd; a=b") == 204
    answer = resource.get("one")
    assert (answer.status_code, answer.data) == (200, body)
    assert answer.headers["Content-Type"] == "image/x-odd; a=b"
    assert answer.headers["ETag"] == f'"{hashlib.sha1(body, usedforsecurity=False).hexdigest()}"'
    assert parsedate_to_datetime(answer.headers["Last-Modified"]).year >= 2026


def test_json_that_was_put_keeps_its_characters(resource: Resource) -> None:
    body = b'{ "b":1.10,\n"a" : 12345678901234567890123, "b":"\\u00e9" }'
    assert resource.put("one", body, JSON) == 204
    assert resource.get("one").data == body


def test_a_document_without_a_type_is_bytes(resource: Resource) -> None:
    assert resource.send("PUT", "one", b"x", content_type=None, headers=NEW).status_code == 204
    assert resource.get("one").headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_document_may_be_empty(resource: Resource, method: str) -> None:
    answer = resource.send(method, "one", b"", content_type="text/plain", headers=NEW)
    assert (answer.status_code, answer.data) == (204, b"")
    assert (resource.get("one").status_code, resource.get("one").data) == (200, b"")
    assert resource.tag("one") == '"da39a3ee5e6b4b0d3255bfef95601890afd80709"'


def test_a_document_of_3_mb_comes_back_whole(resource: Resource) -> None:
    body = b"".join(hashlib.sha256(n.to_bytes(4)).digest() for n in range(3_000_001 // 32 + 1))[:3_000_001]
    assert resource.put("large", body, "application/zip") == 204
    assert resource.get("large").data == body


def test_a_document_of_3_mb_of_json_is_merged(resource: Resource) -> None:
    large = {"text": "é" * 1_500_000}
    assert resource.post("large", json.dumps(large).encode()) == 204
    assert resource.post("large", b'{"more":1}') == 204
    assert resource.get("large").json == {**large, "more": 1}


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize("made", RESOURCES)
def test_a_body_over_the_limit_is_413_and_keeps_nothing(
    open_app: Callable[..., Flask], made: Callable[[Client], Resource], method: str
) -> None:
    app = open_app(max_body_bytes=1000)
    parts: Parts = app.extensions[NAME]
    resource = made(a_client(app, parts))
    before = everything(parts)
    packed = {**NEW, "Content-Encoding": "gzip"}
    for body, headers in ((b"x" * 1001, NEW), (gzip.compress(b"x" * 100_000), packed)):
        answer = resource.send(method, "one", body, content_type="text/plain", headers=headers)
        assert (answer.status_code, answer.json["rule"]) == (413, "max-body-bytes")
    assert everything(parts) == before
    assert resource.put("one", b"x" * 1000) == 204
    parts.database.close()


def test_a_packed_body_is_kept_unpacked(resource: Resource) -> None:
    packed = gzip.compress(b"text")
    assert resource.put("one", packed, If_None_Match="*", Content_Encoding="gzip") == 204
    assert resource.get("one").data == b"text"


def test_head_has_the_headers_of_get_and_no_body(resource: Resource) -> None:
    resource.put("one", b"text")
    for document_id in ("one", None):
        got, head = (resource.send(method, document_id) for method in ("GET", "HEAD"))
        assert (head.status_code, head.data) == (200, b"")
        for answer in (got, head):
            del answer.headers["X-Request-Id"]  # two requests, two ids
        assert dict(head.headers) == dict(got.headers)
    assert resource.send("HEAD", "none").status_code == 404


def test_a_reader_who_has_it_already_is_told_so(resource: Resource) -> None:
    resource.put("one", b"text")
    tag = resource.tag("one")
    for header in (tag, f"W/{tag}", "*", f'"other", {tag}'):
        answer = resource.get("one", If_None_Match=header)
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag)
    assert resource.get("one", If_None_Match='"other"').status_code == 200
    assert resource.get("none", If_None_Match="*").status_code == 404


def test_there_is_nothing_before_it_is_put_and_after_it_is_deleted(versioned: Resource) -> None:
    assert (versioned.get("one").status_code, versioned.get("one").json["rule"]) == (404, "not-found")
    versioned.put("one", b"1")
    versioned.put("other", b"2")
    assert versioned.delete("one") == 204
    assert (versioned.text("one"), versioned.text("other"), versioned.ids()) == (None, "2", ["other"])
    assert versioned.put("one", b"3") == 204
    assert versioned.text("one") == "3"


def test_deleting_what_is_not_there_is_204_and_no_event(versioned: Resource, shared: Parts) -> None:
    before = everything(shared)
    assert versioned.delete("none") == 204
    assert everything(shared) == before


def test_a_post_of_what_is_not_there_makes_it(versioned: Resource) -> None:
    assert versioned.post("one", b'{ "a": 1.10 }') == 204
    assert versioned.post("other", b"\xff", "application/octet-stream") == 204
    assert (versioned.get("one").data, versioned.get("other").data) == (b'{ "a": 1.10 }', b"\xff")


def test_a_post_sets_members_at_the_top_level(versioned: Resource) -> None:
    versioned.put("one", b'{"x":{"a":1,"b":2},"y":1.10,"z":12345678901234567890}', JSON)
    assert versioned.post("one", b'{"x":{"c":3},"new":[]}', f"{JSON}; charset=utf-8") == 204
    answer = versioned.get("one")
    assert answer.text == '{"x":{"c":3},"y":1.10,"z":12345678901234567890,"new":[]}'
    assert answer.headers["ETag"] == f'"{hashlib.sha1(answer.data, usedforsecurity=False).hexdigest()}"'
    assert answer.headers["Content-Type"].startswith(JSON)


def test_what_was_merged_can_be_put_and_merged_again(resource: Resource) -> None:
    for body in (b'{"a":1}', b'{"b":2}', b'{"a":3}'):
        assert resource.post("one", body) == 204
    assert resource.get("one").json == {"a": 3, "b": 2}
    assert resource.put("one", b"[]", JSON, If_Match=resource.tag("one")) == 204
    assert resource.post("one", b"{}") == 400


@pytest.mark.parametrize(
    ("there", "posted"),
    [
        ((b"{}", JSON), (b"[]", JSON)),
        ((b"{}", JSON), (b"no json", JSON)),
        ((b"{}", JSON), (b"", JSON)),
        ((b"{}", JSON), (b'{"a":1,"a":2}', JSON)),
        ((b"{}", JSON), (b"{}", "text/plain")),
        ((b"{}", "text/plain"), (b"{}", JSON)),
        ((b"[]", JSON), (b"{}", JSON)),
        ((b"no json", JSON), (b"{}", JSON)),
        (None, (b"[1]", JSON)),
        (None, (b'"text"', JSON)),
        (None, (b"", JSON)),
    ],
)
def test_what_cannot_be_merged_is_400_and_changes_nothing(
    versioned: Resource, shared: Parts, there: tuple[bytes, str] | None, posted: tuple[bytes, str]
) -> None:
    if there is not None:
        versioned.put("one", *there)
    before = everything(shared)
    answer = versioned.send("POST", "one", posted[0], content_type=posted[1])
    assert (answer.status_code, answer.json["rule"]) == (400, "document-merge")
    assert everything(shared) == before


def test_ids_come_oldest_change_first(versioned: Resource) -> None:
    assert versioned.ids() == []
    for name in ("b", "c", "a"):
        versioned.put(name, b"{}", JSON)
    assert versioned.ids() == ["b", "c", "a"]
    versioned.post("b", b'{"a":1}')
    assert versioned.ids() == ["c", "a", "b"]


def test_the_date_of_ids_is_that_of_the_last_change(resource: Resource) -> None:
    assert "Last-Modified" not in resource.send("GET").headers
    resource.put("one", b"1")
    resource.put("two", b"2")
    dates = [resource.send("GET", name).headers["Last-Modified"] for name in (None, "one", "two")]
    assert dates[0] == dates[2] >= dates[1]


def updated(shared: Parts) -> list[int]:
    rows = everything(shared)["event_log"]
    return sorted(row[5] for row in rows)


def test_since_leaves_out_the_instant_itself(versioned: Resource, shared: Parts) -> None:
    for name in ("one", "two", "three"):
        versioned.put(name, b"{}")
    instants = ["2026-01-01T00:00:00Z", *map(format_instant, updated(shared))]
    assert [versioned.ids(since=since) for since in instants] == [
        ["one", "two", "three"],
        ["two", "three"],
        ["three"],
        [],
    ]


def test_since_is_an_instant_whatever_its_offset(resource: Resource, shared: Parts) -> None:
    resource.put("one", b"1")
    resource.put("two", b"2")
    local = format_instant(updated(shared)[0] + 7_200_000_000).replace("Z", "+02:00")
    assert resource.ids(since=local) == ["two"]


def test_stores_do_not_see_each_other(resource: Resource, app: Flask, shared: Parts) -> None:
    other = resource.by(a_client(app, shared, store="other"))
    assert resource.put("one", b"ours") == other.put("one", b"theirs") == other.put("two", b"2") == 204
    assert (resource.text("one"), other.text("one")) == ("ours", "theirs")
    assert (resource.ids(), other.ids()) == (["one"], ["one", "two"])
    assert resource.put("one", b"again", If_Match=other.tag("one")) == 412
    assert resource.delete("two") == 204
    assert resource.delete("one") == 204
    assert (resource.text("one"), other.text("one"), other.ids()) == (None, "theirs", ["one", "two"])


def test_two_credentials_of_one_store_see_the_same(resource: Resource, app: Flask, shared: Parts) -> None:
    resource.put("one", b"ours")
    assert resource.by(a_client(app, shared)).text("one") == "ours"


def test_the_resources_do_not_see_each_other(client: Client) -> None:
    resources = [made(client) for made in RESOURCES]
    for number, resource in enumerate(resources):
        assert resource.put("one", str(number).encode()) == 204
    assert [resource.text("one") for resource in resources] == ["0", "1", "2"]
    assert resources[0].delete("one") == 204
    assert [resource.text("one") for resource in resources] == [None, "1", "2"]


def as_a_form(resource: Resource, method: str, document_id: str, **fields: str) -> Any:
    form = {**resource.context, resource.id_name: document_id, **resource.client.headers(), **fields}
    return resource.client.app.test_client().post(
        resource.path, data=urlencode(form), query_string={"method": method},
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip


def test_a_document_goes_in_a_form_with_its_type_and_preconditions(resource: Resource) -> None:
    sent = {"content": "té", "Content-Type": "text/plain; charset=utf-8"}
    assert as_a_form(resource, "PUT", "one", **sent, **NEW).status_code == 204
    assert as_a_form(resource, "PUT", "one", **sent, **NEW).status_code == 412
    answer = as_a_form(resource, "GET", "one")
    assert (answer.text, answer.headers["Content-Type"]) == ("té", "text/plain; charset=utf-8")
    assert as_a_form(resource, "DELETE", "one", **{"If-Match": answer.headers["ETag"]}).status_code == 204
    assert resource.text("one") is None


@pytest.mark.parametrize("kind", ["text/plain\r\nSet-Cookie: a=b", "text/\0", "text/€"])
def test_a_type_that_no_header_can_hold_is_400(resource: Resource, kind: str) -> None:
    answer = as_a_form(resource, "PUT", "one", **{"content": "x", "Content-Type": kind}, **NEW)
    assert (answer.status_code, answer.json["rule"]) == (400, "content-type")
    assert resource.text("one") is None
