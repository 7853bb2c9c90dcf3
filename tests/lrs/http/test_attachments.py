"""Statements with attachments: content in, content out, and what is refused (Communication 1.5.2)."""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from lrs.app import create_app
from lrs.event_log.append import read_head
from lrs.http.parts import NAME, Parts
from lrs.settings import Settings
from lrs.statement.signature import SIGNATURE
from tests.lrs.conftest import Client, a_client, a_statement, an_id
from tests.lrs.http.a_multipart import (
    BOUNDARY,
    CONTENT_TYPE,
    Part,
    a_body,
    a_part,
    an_attachment,
    read_parts,
    sha2,
)
from tests.lrs.installation import Installation
from tests.lrs.statement.test_signature import sign

ESSAY = b"\r\n--not a boundary\r\n\x00\xff" + bytes(range(256)) + b"\r\n"


def attached(*contents: bytes, **members: Any) -> dict[str, Any]:
    return a_statement(id=an_id(), attachments=[an_attachment(content, **members) for content in contents])


def send(client: Client, body: bytes, method: str = "POST", **options: Any) -> TestResponse:
    return client.send(
        method, "/xAPI/statements", body, content_type=options.pop("content_type", CONTENT_TYPE), **options
    )


def refusal(client: Client, body: bytes, **options: Any) -> tuple[int, str]:
    """Status and rule of an answer that stored nothing."""
    answer = send(client, body, **options)
    assert client.found() == []
    return answer.status_code, answer.json["rule"]


def with_contents(client: Client, **query: Any) -> list[Part]:
    answer = client.get(attachments="true", **query)
    assert answer.status_code == 200, answer.text
    return read_parts(answer.data, answer.content_type)


def test_content_comes_back_byte_for_byte_once_for_all_its_statements(client: Client) -> None:
    both, one = attached(ESSAY, b""), attached(ESSAY)
    assert send(client, a_body([both, one], a_part(ESSAY), a_part(b""))).json == [both["id"], one["id"]]
    first, *parts = with_contents(client, ascending="true")
    assert first.headers == {"Content-Type": "application/json"}
    assert [p.content for p in parts] == [ESSAY, b""]
    assert parts[0].headers == {
        "Content-Type": "text/plain", "Content-Transfer-Encoding": "binary", "X-Experience-API-Hash": sha2(ESSAY),
    }  # fmt: skip


def test_without_attachments_asked_for_the_answer_is_json(client: Client) -> None:
    send(client, a_body(attached(ESSAY), a_part(ESSAY)))
    for query in ({}, {"attachments": "false"}):
        assert client.get(**query).content_type == "application/json"


def test_asked_for_attachments_an_answer_without_any_is_multipart_all_the_same(client: Client) -> None:
    [only] = with_contents(client)
    assert b'"statements":[]' in only.content


def test_one_statement_by_id_and_a_head_request_have_the_same_headers(client: Client) -> None:
    statement = attached(ESSAY)
    send(client, a_body(statement, a_part(ESSAY)))
    [first, essay] = with_contents(client, statementId=statement["id"])
    assert (statement["id"].encode() in first.content, essay.content) == (True, ESSAY)
    query = {"statementId": statement["id"], "attachments": "true"}
    head = client.send("HEAD", "/xAPI/statements", query_string=query)
    assert (head.status_code, head.data) == (200, b"")
    assert head.content_type.startswith("multipart/mixed; boundary=")


def test_the_next_page_has_its_attachments_too(client: Client) -> None:
    contents = [f"essay {i}".encode() for i in range(3)]
    send(client, a_body([attached(c) for c in contents], *map(a_part, contents)))
    answer = client.get(attachments="true", limit=2)
    first, *parts = read_parts(answer.data, answer.content_type)
    assert [p.content for p in parts] == [b"essay 2", b"essay 1"]
    more = first.content.decode().split('"more":"')[1].split('"')[0]
    answer = client.send("GET", more)
    assert [p.content for p in read_parts(answer.data, answer.content_type)[1:]] == [b"essay 0"]


def test_put_takes_attachments(client: Client) -> None:
    statement = attached(ESSAY)
    body = a_body(statement, a_part(ESSAY))
    assert send(client, body, "PUT", query_string={"statementId": statement["id"]}).status_code == 204
    assert with_contents(client)[1].content == ESSAY


def test_a_substatement_has_attachments_of_its_own(client: Client) -> None:
    inner = attached(ESSAY) | {"objectType": "SubStatement"}
    del inner["id"]
    assert send(client, a_body(a_statement(object=inner), a_part(ESSAY))).status_code == 200
    assert with_contents(client)[1].content == ESSAY


def test_a_file_url_stands_for_content_in_json_and_in_multipart(client: Client) -> None:
    elsewhere = an_attachment(ESSAY, fileUrl="https://example.org/essay.txt")
    assert client.post(a_statement(attachments=[elsewhere])).status_code == 200
    assert send(client, a_body(a_statement(attachments=[elsewhere]))).status_code == 200
    assert len(with_contents(client)) == 1


def test_an_attachment_without_content_or_file_url_is_refused(client: Client) -> None:
    answer = client.post([a_statement(), attached(ESSAY)])
    assert (answer.status_code, answer.json["rule"]) == (400, "attachment-content")
    assert (answer.json["index"], answer.json["path"]) == (1, "$[1].attachments[0]")
    assert refusal(client, a_body(attached(ESSAY))) == (400, "attachment-content")


def test_content_that_no_attachment_names_is_refused(client: Client) -> None:
    assert refusal(client, a_body(a_statement(), a_part(ESSAY))) == (400, "attachment-unused")


def test_the_same_part_twice_is_kept_once(client: Client) -> None:
    assert send(client, a_body(attached(ESSAY, ESSAY), a_part(ESSAY), a_part(ESSAY))).status_code == 200
    assert len(with_contents(client)) == 2


@pytest.mark.parametrize("name", ["sha224", "sha384", "sha512"])
def test_every_sha_2_will_do_in_either_case(client: Client, name: str) -> None:
    digest = hashlib.new(name, ESSAY).hexdigest()
    part = a_part(ESSAY, X_Experience_API_Hash=digest)
    assert send(client, a_body(attached(ESSAY, sha2=digest.upper()), part)).status_code == 200
    assert with_contents(client)[1].content == ESSAY


def test_headers_of_a_part_are_held_against_its_attachment(client: Client) -> None:
    statement = attached(ESSAY, contentType="text/plain; charset=ascii")
    wrong = {
        "attachment-hash": [
            a_part(ESSAY, X_Experience_API_Hash=None), a_part(ESSAY, X_Experience_API_Hash="abc"),
            a_part(ESSAY, X_Experience_API_Hash=sha2(b"other")),
        ],
        "attachment-encoding": [a_part(ESSAY, Content_Transfer_Encoding="base64")],
        "attachment-type": [a_part(ESSAY, Content_Type="image/png")],
        "attachment-length": [a_part(ESSAY, Content_Length="3")],
    }  # fmt: skip
    for rule, parts in wrong.items():
        for part in parts:
            assert refusal(client, a_body(statement, part)) == (400, rule)
    right = a_part(ESSAY, Content_Length=str(len(ESSAY)), Content_Transfer_Encoding=None)
    assert send(client, a_body(statement, right)).status_code == 200


def test_what_is_no_multipart_is_refused(client: Client) -> None:
    whole = a_body(attached(ESSAY), a_part(ESSAY))
    broken = [b"", b"no boundary", whole[:-8], whole[: len(whole) // 2], whole.replace(b"\r\n\r\n", b"\r\n")]
    for body in broken:
        assert refusal(client, body)[0] == 400
    assert refusal(client, whole, content_type="multipart/mixed") == (400, "multipart")
    as_text = a_body(attached(ESSAY), a_part(ESSAY), first=b"Content-Type: text/plain\r\n")
    assert refusal(client, as_text) == (400, "multipart")
    assert (
        refusal(client, whole, content_type=f'multipart/form-data; boundary="{BOUNDARY}"')[1]
        == "content-type"
    )


def test_a_refused_statement_leaves_no_content(client: Client, shared: Parts) -> None:
    bad = attached(ESSAY) | {"verb": {"id": "no iri"}}
    assert send(client, a_body([attached(ESSAY), bad], a_part(ESSAY))).status_code == 400
    with shared.database.reading() as connection:
        assert read_head(connection).position == 0
        assert connection.exec_driver_sql("select count(*) from content").scalar() == 0


def test_equal_statements_keep_the_content_that_comes_with_the_second(client: Client) -> None:
    statement = attached(ESSAY, fileUrl="https://example.org/essay.txt")
    client.post(statement)
    assert send(client, a_body(statement, a_part(ESSAY))).status_code == 200
    assert with_contents(client)[1].content == ESSAY


def test_another_store_sees_no_content(app: Flask, shared: Parts, client: Client) -> None:
    other = a_client(app, shared, store="other")
    statement = attached(ESSAY, fileUrl="https://example.org/essay.txt")
    send(client, a_body(statement, a_part(ESSAY)))
    other.post(statement)
    assert len(with_contents(other)) == 1


@pytest.fixture
def small(settings: Settings) -> Iterator[Client]:
    app = create_app(
        replace(
            settings,
            max_attachment_bytes=1000,
            max_body_bytes=2000,
            max_upload_bytes=5000,
            max_page_bytes=900,
        )
    )
    yield a_client(app, app.extensions[NAME])
    app.extensions[NAME].database.close()


def test_every_limit_is_named_by_its_answer(small: Client) -> None:
    large, several = b"x" * 1001, [bytes([i]) * 900 for i in range(6)]
    assert refusal(small, a_body(attached(large), a_part(large))) == (413, "max-attachment-bytes")
    assert refusal(small, a_body(a_statement(id="x" * 2000))) == (413, "max-body-bytes")
    assert refusal(small, a_body(attached(b"1"), *map(a_part, several))) == (413, "max-upload-bytes")
    assert send(small, a_body(attached(large[:1000]), a_part(large[:1000]))).status_code == 200


def test_a_page_ends_when_it_has_enough_bytes_and_never_without_a_statement(small: Client) -> None:
    ids = [an_id() for _ in range(7)]
    for each in ids[:6]:
        small.post(a_statement(id=each))
    small.post(a_statement(id=ids[6], result={"response": "x" * 1000}))
    seen, answer = [], small.get(limit=0)
    sizes = []
    while True:
        sizes.append(len(answer.json["statements"]))
        seen += [s["id"] for s in answer.json["statements"]]
        if not answer.json["more"]:
            break
        answer = small.send("GET", answer.json["more"])
    assert seen == ids[::-1]
    assert sizes[0] == 1 and 1 < sizes[1] < 6


def test_a_media_type_that_would_break_a_header_is_not_made_one(client: Client) -> None:
    statement = attached(ESSAY, contentType="text/plain; name=\rX-Forged: yes")
    answer = send(client, a_body(statement, a_part(ESSAY, Content_Type=None)))
    assert answer.status_code == 200
    assert with_contents(client)[1].headers["Content-Type"] == "application/octet-stream"


@given(st.lists(st.binary(max_size=3000), min_size=1, max_size=4))
def test_any_bytes_come_back(multipart_client: Client, contents: list[bytes]) -> None:
    statement = attached(*contents)
    assert send(multipart_client, a_body(statement, *map(a_part, contents))).status_code == 200
    parts = with_contents(multipart_client, statementId=statement["id"])[1:]
    assert [p.content for p in parts] == list(dict.fromkeys(contents))


@pytest.fixture(scope="module")
def multipart_client(
    tmp_path_factory: pytest.TempPathFactory, installation: Installation
) -> Iterator[Client]:
    app = create_app(installation(tmp_path_factory.mktemp("home")))
    yield a_client(app, app.extensions[NAME])
    app.extensions[NAME].database.close()


def test_content_larger_than_a_chunk_comes_back(client: Client) -> None:
    content = random.Random(1).randbytes(3 * 1024 * 1024 + 17)
    assert send(client, a_body(attached(content), a_part(content))).status_code == 200
    assert with_contents(client)[1].content == content


def test_a_signed_statement_is_taken_and_a_wrong_signature_refused(client: Client) -> None:
    statement = a_statement(id=an_id())
    for payload, status in ((statement | {"result": {"success": True}}, 400), (statement, 200)):
        jws = sign(payload)
        its = an_attachment(jws, usageType=SIGNATURE, contentType="application/octet-stream")
        part = a_part(jws, Content_Type="application/octet-stream")
        assert send(client, a_body({**statement, "attachments": [its]}, part)).status_code == status
    assert with_contents(client)[1].content == jws


def test_a_signature_without_its_content_or_of_another_type_is_refused(client: Client) -> None:
    jws = sign(a_statement())
    elsewhere = an_attachment(
        jws, usageType=SIGNATURE, contentType="application/octet-stream", fileUrl="https://e.org/s"
    )
    assert refusal(client, a_body(a_statement(attachments=[elsewhere]))) == (400, "signature")
    as_text = a_statement(attachments=[an_attachment(jws, usageType=SIGNATURE)])
    assert refusal(client, a_body(as_text, a_part(jws))) == (400, "signature")
