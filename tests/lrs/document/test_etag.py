"""Entity tags and the headers that name them."""

import hashlib

import pytest

from lrs.document.etag import UNTAGGED, etag, names

TAG, OTHER = etag(b"one"), etag(b"other")


def test_the_tag_is_the_sha_1_in_quotes() -> None:
    assert etag(b"") == '"da39a3ee5e6b4b0d3255bfef95601890afd80709"'
    assert etag(b"one") == f'"{hashlib.sha1(b"one", usedforsecurity=False).hexdigest()}"'


@pytest.mark.parametrize(
    "header",
    [
        TAG,
        f"W/{TAG}",
        TAG.strip('"'),
        "*",
        " * ",
        f"{OTHER}, {TAG}",
        f"{OTHER},{TAG}",
        f"W/{OTHER} , W/{TAG} ",
        f'"a, b", {TAG}',
    ],
)
def test_a_header_names_what_is_there(header: str) -> None:
    assert names(header, TAG)


@pytest.mark.parametrize(
    "header",
    [
        "",
        '""',
        OTHER,
        f"W/{OTHER}",
        TAG.upper(),
        TAG[:-2] + '"',
        f"{OTHER}, {OTHER}",
        '"*"',
        TAG[:-1],
        f"{TAG}x",
    ],
)
def test_a_header_names_something_else(header: str) -> None:
    assert not names(header, TAG)


@pytest.mark.parametrize("header", ["*", TAG, "", '""'])
def test_nothing_is_named_where_nothing_is(header: str) -> None:
    assert not names(header, None)


def test_what_has_no_tag_is_named_by_a_star_alone() -> None:
    assert names("*", UNTAGGED)
    assert not any(names(header, UNTAGGED) for header in (TAG, '"*"', "", '""', f"*, {TAG}"))
