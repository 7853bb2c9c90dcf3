"""Two JSON documents made one."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.document.merge import JSON, NotMergeable, check_posted, is_json, merge

scalars = (
    st.none() | st.booleans() | st.integers(-(10**25), 10**25) | st.text('aé\0"\\\U0001f600', max_size=5)
)
values = st.recursive(
    scalars, lambda v: st.lists(v, max_size=3) | st.dictionaries(st.sampled_from("abc"), v, max_size=3)
)
objects = st.dictionaries(st.sampled_from("abcde"), values, max_size=5)


def merged(existing: bytes, posted: bytes) -> str:
    return merge(existing, JSON, posted, JSON).decode()


def text(value: Any) -> bytes:
    return json.dumps(value).encode()


@given(objects, objects)
def test_the_posted_members_are_set_on_the_object_that_is_there(
    existing: dict[str, Any], posted: dict[str, Any]
) -> None:
    assert json.loads(merged(text(existing), text(posted))) == {**existing, **posted}


def test_only_the_top_level_is_merged() -> None:
    assert (
        merged(b'{"x":{"a":1,"b":[1,2]},"y":1}', b'{"x":{"c":null},"z":[]}')
        == '{"x":{"c":null},"y":1,"z":[]}'
    )


def test_numbers_keep_their_digits() -> None:
    existing = b'{"money":1.10,"large":12345678901234567890123,"small":-0.0,"far":1e400}'
    assert merged(existing, b'{"new":98765432109876543210.50}') == (
        '{"money":1.10,"large":12345678901234567890123,"small":-0.0,"far":1E+400,"new":98765432109876543210.50}'
    )


def test_names_and_texts_keep_their_characters() -> None:
    assert json.loads(merged('{"é\\u0000":"\U0001f600"}'.encode(), b'{"":"\\ud83d\\ude00"}')) == {
        "é\0": "\U0001f600",
        "": "\U0001f600",
    }


@pytest.mark.parametrize(
    "no_object",
    [
        b"",
        b"[]",
        b"[{}]",
        b"1",
        b'"x"',
        b"null",
        b"{",
        b"{} {}",
        b'{"a":1,"a":2}',
        b'{"a":NaN}',
        b'{"a":"\xff"}',
    ],
)
def test_what_is_no_json_object_is_not_merged(no_object: bytes) -> None:
    with pytest.raises(NotMergeable, match="the document that is there"):
        merged(no_object, b"{}")
    with pytest.raises(NotMergeable, match="the posted document"):
        merged(b"{}", no_object)
    with pytest.raises(NotMergeable, match="the posted document"):
        check_posted(no_object, JSON)


@pytest.mark.parametrize("types", [(JSON, "text/plain"), ("text/plain", JSON), ("", ""), ("text/json", JSON)])
def test_only_documents_of_json_are_merged(types: tuple[str, str]) -> None:
    with pytest.raises(NotMergeable, match=JSON):
        merge(b"{}", types[0], b"{}", types[1])


def test_the_type_may_be_in_capitals_and_have_parameters() -> None:
    assert all(map(is_json, (JSON, "Application/JSON", f"{JSON}; charset=utf-8", f" {JSON} ;x=y")))
    assert not any(
        map(is_json, ("", "application/jsonx", "application/ld+json", "text/plain; a=application/json"))
    )


def test_a_new_document_of_another_type_may_hold_anything() -> None:
    check_posted(b"\xff\x00", "application/octet-stream")
