"""Strict JSON: the client's characters are kept, and what two readers could read differently is refused."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.statement.json_text import InvalidJson, parse_object, parse_statements

texts = st.text(st.characters(exclude_categories=["Cs"]))
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)
objects = st.dictionaries(texts, values, max_size=5)
spaces = st.text(" \t\r\n", max_size=3)


def refusal(body: bytes, max_depth: int = 100) -> InvalidJson:
    with pytest.raises(InvalidJson) as caught:
        parse_statements(body, max_depth)
    return caught.value


@given(st.lists(objects, max_size=5), st.booleans(), spaces, spaces)
def test_a_batch_gives_each_object_with_its_own_characters(
    batch: list[dict[str, Any]], is_ascii: bool, before: str, after: str
) -> None:
    written = [json.dumps(each, ensure_ascii=is_ascii) for each in batch]
    body = f"{before}[{before}{f'{after},{before}'.join(written)}{after}]{after}"
    parsed, is_batch = parse_statements(body.encode())
    assert is_batch
    assert [each.text for each in parsed] == written
    assert [json.loads(each.text) for each in parsed] == batch


@given(objects, spaces)
def test_one_object_is_no_batch(thing: dict[str, Any], around: str) -> None:
    written = json.dumps(thing, indent=1)
    [parsed], is_batch = parse_statements(f"{around}{written}{around}".encode())
    assert (parsed.text, is_batch) == (written, False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.10", Decimal("1.10")),
        ("1e0", Decimal(1)),
        ("12345678901234567890", 12345678901234567890),
        ("-0", 0),
        ("0.1234567890123456789012345678901234567890", Decimal("0.1234567890123456789012345678901234567890")),
        ("1e400", Decimal("1e400")),
        ("-1E-99999999", Decimal("-1E-99999999")),
    ],
)
def test_numbers_keep_their_value(text: str, value: int | Decimal) -> None:
    read = parse_object(text)
    assert read == value
    assert type(read) is type(value)


def test_nul_and_other_escapes_are_text() -> None:
    assert parse_object(r'"\u0000 \ud83d\ude00 \\ud800 \/"') == "\0 \U0001f600 \\ud800 /"


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ('{"a":1,"a":1}', "$.a"),
        (r'{"a":1,"\u0061":2}', "$.a"),
        ('[{"a":1},{"b":[{"x y":1,"c":2,"x y":3}]}]', '$[1].b[0]["x y"]'),
        ('{"actor":{"mbox":"a"},"context":{"team":{"mbox":1,"mbox":2}}}', "$.context.team.mbox"),
        ('[{},{"a":{"a":{"a":1},"b":0,"b":1}}]', "$[1].a.b"),
        ('{"b":{"a":1,"a":2},', "$"),
    ],
)
def test_a_key_given_twice_is_refused_with_its_path(body: str, path: str) -> None:
    error = refusal(body.encode())
    assert (error.rule, error.path) == ("duplicate-key", path)


def test_one_key_in_two_objects_is_not_given_twice() -> None:
    assert parse_object('{"a":{"a":1},"b":[{"a":1},{"a":1}]}') == {"a": {"a": 1}, "b": [{"a": 1}, {"a": 1}]}


@pytest.mark.parametrize("name", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_json_number_is_refused(name: str) -> None:
    error = refusal(f'[{{}},{{"a":{name}}}]'.encode())
    assert (error.rule, error.path) == ("number", "$[1]")
    assert name in error.message


@pytest.mark.parametrize("number", ["1e99999999999999999999", "-1e-99999999999999999999", "9" * 5000])
def test_a_number_that_no_reader_can_hold_is_refused(number: str) -> None:
    assert refusal(f'{{"a":{number}}}'.encode()).rule == "number"


@pytest.mark.parametrize("half", [r"\ud800", r"\uDFFF", r"\ud83d x", r"\ude00\ud83d"])
def test_half_a_surrogate_pair_is_refused_wherever_it_stands(half: str) -> None:
    for body in (f'{{"a":"{half}"}}', f'{{"{half}":1}}', f'{{"a":[{{"b":["{half}"]}}]}}'):
        assert refusal(body.encode()).rule == "surrogate"


@pytest.mark.parametrize(
    "body",
    [b'{"a":"\xff"}', b'{"a":"\xc3"}', b'{"a":"\xed\xa0\x80"}', b"\xef\xbb\xbf{}", "{}".encode("utf-16")],
)
def test_what_is_not_plain_utf_8_is_refused(body: bytes) -> None:
    assert refusal(body).rule == "utf-8"


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (b"", "$"),
        (b"  ", "$"),
        (b"{", "$"),
        (b"{'a':1}", "$"),
        (b'{"a":1,}', "$"),
        (b'{"a":01}', "$"),
        (b'{"a":+1}', "$"),
        (b'{"a":.5}', "$"),
        (b'{"a":tru}', "$"),
        (b'{"a":"\t"}', "$"),
        (b'{"a":"\x00"}', "$"),
        (b'{"a":1} {"b":2}', "$"),
        (b"{}x", "$"),
        (b"[{}", "$"),
        (b"[{}]]", "$"),
        (b"[{} {}]", "$"),
        (b"[{},]", "$[1]"),
        (b"[{},{},{]", "$[2]"),
    ],
)
def test_what_is_not_json_is_refused(body: bytes, path: str) -> None:
    error = refusal(body)
    assert (error.rule, error.path) == ("json", path)


@pytest.mark.parametrize(
    ("body", "path"), [(b"1", "$"), (b'"{}"', "$"), (b"null", "$"), (b"[{},[]]", "$[1]")]
)
def test_a_statement_is_an_object(body: bytes, path: str) -> None:
    error = refusal(body)
    assert (error.rule, error.path) == ("statement-object", path)


def test_an_empty_batch_is_a_batch() -> None:
    assert parse_statements(b" [ ] ") == ([], True)


def nested(depth: int) -> bytes:
    """An object in which objects and arrays, in turn, nest this deep."""
    inner = b"1"
    for level in range(depth, 0, -1):
        inner = b'{"a":' + inner + b"}" if level % 2 else b"[" + inner + b"]"
    return inner


@pytest.mark.parametrize("depth", [1, 7, 99, 100])
def test_nesting_is_allowed_up_to_the_limit(depth: int) -> None:
    assert len(parse_statements(nested(depth))[0]) == 1
    assert refusal(nested(depth), max_depth=depth - 1).rule == "max-json-depth"


@pytest.mark.parametrize(
    "body", [nested(101), b"[" * 1_000_000, b'{"a":' * 200_000, b"[" + nested(500) + b"]"]
)
def test_deeper_nesting_is_refused_however_deep(body: bytes) -> None:
    assert refusal(body).rule == "max-json-depth"


def test_many_objects_side_by_side_are_not_deep() -> None:
    body = json.dumps({"a": [{} for _ in range(1000)]}).encode()
    assert len(parse_statements(body, max_depth=3)[0]) == 1


@given(st.binary(max_size=60) | texts.map(str.encode))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        parsed, _ = parse_statements(body)
    except InvalidJson as error:
        assert error.path.startswith("$")
    else:
        assert all(isinstance(each.value, dict) for each in parsed)
