"""A path prefix: in the links that are given, and in the paths that come."""

from collections.abc import Callable

import pytest
from flask import Flask

from lrs.http.parts import NAME
from tests.lrs.conftest import Client, a_client, a_statement

UNDER = "https://school.example.org/leren/lrs"


Behind = Callable[..., Client]


@pytest.fixture
def behind(open_app: Callable[..., Flask]) -> Behind:
    """behind(public_url=..., trust_proxy=...) -> a client of an LRS that has two statements."""

    def of(**changed: object) -> Client:
        app = open_app(**changed)
        client = a_client(app, app.extensions[NAME])
        client.post([a_statement(), a_statement()])
        return client

    return of


def more(client: Client, path: str = "/xAPI/statements", **headers: str) -> str:
    answer = client.send("GET", path, query_string={"limit": "1"}, headers=headers)
    assert answer.status_code == 200, answer.text
    link: str = answer.json["more"]
    return link


def server(client: Client, **headers: str) -> str:
    found: str = client.send("GET", "/openapi.json", headers=headers).json["servers"][0]["url"]
    return found


@pytest.mark.parametrize("path", ["/xAPI/statements", "/leren/lrs/xAPI/statements"])
def test_the_prefix_of_the_public_address_may_be_taken_off_by_the_proxy_or_by_us(
    behind: Behind, path: str
) -> None:
    client = behind(public_url=UNDER)
    link = more(client, path)
    assert link.startswith("/leren/lrs/xAPI/statements?cursor=")
    assert len(client.send("GET", link).json["statements"]) == 1
    assert len(client.send("GET", link.removeprefix("/leren/lrs")).json["statements"]) == 1


def test_a_path_that_only_looks_like_the_prefix_is_not_there(behind: Behind) -> None:
    client = behind(public_url=UNDER)
    assert client.send("GET", "/leren/lrsx/xAPI/statements").status_code == 404
    assert client.send("GET", "/other/xAPI/statements").status_code == 404


def test_a_prefix_with_the_name_of_a_path_of_ours_is_left_to_the_proxy(behind: Behind) -> None:
    client = behind(public_url="https://school.example.org/xAPI")
    assert more(client).startswith("/xAPI/xAPI/statements?cursor=")


def test_nobody_but_a_trusted_proxy_says_where_we_are(behind: Behind) -> None:
    client = behind()
    forwarded = {"X-Forwarded-Prefix": "/elsewhere", "X-Forwarded-Host": "evil.example"}
    assert more(client, **forwarded).startswith("/xAPI/")
    assert server(client, **forwarded) == "/"


def test_a_trusted_proxy_says_so_and_wins(behind: Behind) -> None:
    client = behind(public_url=UNDER, trust_proxy=True)
    assert more(client, **{"X-Forwarded-Prefix": "/lrs/"}).startswith("/lrs/xAPI/")
    assert server(client, **{"X-Forwarded-Prefix": "/lrs"}) == "/lrs"
    assert more(client).startswith("/leren/lrs/xAPI/")


@pytest.mark.parametrize(
    "prefix", ["//evil.example", "/a//b", "https://evil.example", "/a?b", "lrs", "/a b", "/"]
)
def test_what_is_no_prefix_is_not_taken_even_from_a_trusted_proxy(behind: Behind, prefix: str) -> None:
    client = behind(trust_proxy=True)
    assert more(client, **{"X-Forwarded-Prefix": prefix}).startswith("/xAPI/")


def test_the_authority_of_statements_is_the_same_whatever_a_proxy_says(behind: Behind) -> None:
    client = behind(trust_proxy=True, public_url=UNDER)
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher", "X-Forwarded-Prefix": "/x"}
    client.post(a_statement(), headers=headers)
    found = client.get().json["statements"]
    assert {each["authority"]["account"]["homePage"] for each in found} == {UNDER}
