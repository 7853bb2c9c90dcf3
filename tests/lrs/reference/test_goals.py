"""CASE packages and CSV frameworks: hierarchy, dates, and what cannot be taken."""

from datetime import date
from typing import Any

import orjson
import pytest

from lrs.reference.entity import FRAMEWORK_GOAL, Reading, UnreadableFile
from lrs.reference.goals import read_goals
from lrs.reference.known import Nothing

AS_OF = date(2026, 1, 12)
HEADER = "id,code,title,parent,kind,grade,stream,finality,valid_from,valid_until\n"


def a_package(**members: Any) -> dict[str, Any]:
    return {
        "CFDocument": {"identifier": "doc", "uri": "https://case.example.org/doc", "title": "Leerplan"},
        "CFItems": [
            {
                "identifier": "i1", "uri": "https://case.example.org/i1", "fullStatement": "Rekenen",
                "humanCodingScheme": "W1", "CFItemType": "Onderwijsdoel", "educationLevel": ["tweede graad"],
                "statusStartDate": "2024-09-01",
            },
            {"identifier": "i2", "fullStatement": "Breuken", "statusEndDate": "2026-09-01"},
            {"identifier": "i3", "fullStatement": "Optellen"},
        ],
        "CFAssociations": [child("i1", "doc"), child("i2", "i1", 2), child("i3", "i2"), child("i3", "i1", 9),
                           {**child("i3", "i2"), "associationType": "precedes"}],
        **members,
    }  # fmt: skip


def child(origin: str, destination: str, number: int = 1) -> dict[str, Any]:
    ends = {"originNodeURI": {"identifier": origin}, "destinationNodeURI": {"identifier": destination}}
    return {"associationType": "isChildOf", "sequenceNumber": number, **ends}


def read(name: str, content: bytes, framework: str | None = None) -> Reading:
    return read_goals([(name, content)], framework).settle(Nothing(), AS_OF)


def case(**members: Any) -> Reading:
    return read("case.json", orjson.dumps(a_package(**members)))


def csv(*rows: str) -> Reading:
    return read("plan.csv", (HEADER + "".join(row + "\n" for row in rows)).encode(), "plan")


def goals_of(reading: Reading) -> dict[str, dict[str, Any]]:
    return {each.key: each.content for each in reading.entities if each.type == FRAMEWORK_GOAL}


def test_the_items_of_a_package_are_goals_under_their_parents() -> None:
    reading = case()
    found = goals_of(reading)
    assert reading.rejected == []
    assert found["i1"] == {
        "key": "i1", "source": "doc", "framework": "doc", "title": "Rekenen", "code": "W1", "kind": "Onderwijsdoel",
        "aliases": ["https://case.example.org/i1"], "education": "tweede-graad", "grade": "2", "from": "2024-09-01",
    }  # fmt: skip
    assert {key: goal.get("parents") for key, goal in found.items()} == {
        "i1": None,
        "i2": ["i1"],
        "i3": ["i2", "i1"],
    }
    assert found["i2"]["until"] == "2026-09-01"
    assert reading.complete == {(FRAMEWORK_GOAL, "doc")}


def test_a_package_may_be_wrapped_and_name_its_nodes_by_uri_alone() -> None:
    uri = {"associationType": "isChildOf", "originNodeURI": "https://case.example.org/uri/i2",
           "destinationNodeURI": {"uri": "https://case.example.org/uri/i1"}}  # fmt: skip
    reading = read(
        "case.json", b"\xef\xbb\xbf" + orjson.dumps({"CFPackage": a_package(CFAssociations=[uri])})
    )
    assert goals_of(reading)["i2"]["parents"] == ["i1"]


@pytest.mark.parametrize(
    ("members", "where", "reason"),
    [
        ({"CFItems": [{"fullStatement": "x"}]}, "case.json CFItems", "identifier is empty"),
        ({"CFItems": [{"identifier": "a"}]}, "case.json CFItems", "fullStatement is empty"),
        ({"CFItems": ["a"]}, "case.json CFItems", "identifier is empty"),
        (
            {"CFItems": [{"identifier": "a", "fullStatement": "x", "statusStartDate": "soon"}]},
            "case.json CFItems",
            "statusStartDate 'soon' is not a date",
        ),
        ({"CFAssociations": [child("i1", "zz")]}, "case.json CFAssociations", "i1 isChildOf zz"),
    ],
)
def test_an_item_or_association_that_cannot_be_taken_is_rejected_by_its_number(
    members: Any, where: str, reason: str
) -> None:
    rejected = case(**({"CFAssociations": []} | members)).rejected[0]
    assert (rejected.file, rejected.line) == (where, 1)
    assert reason in rejected.reason


def test_an_item_that_is_there_twice_is_taken_once() -> None:
    twice = [{"identifier": "a", "fullStatement": "x"}, {"identifier": "a", "fullStatement": "y"}]
    reading = case(CFItems=twice, CFAssociations=[])
    assert goals_of(reading)["a"]["title"] == "x"
    assert reading.rejected[0].reason == "identifier a is there twice"


def test_goals_that_are_their_own_ancestors_are_rejected_and_with_them_what_hangs_under_them() -> None:
    reading = case(CFAssociations=[child("i1", "i2"), child("i2", "i1"), child("i3", "i2")])
    assert goals_of(reading) == {}
    assert [r.reason for r in reading.rejected] == [
        "it is its own ancestor",
        "it is its own ancestor",
        "its parent i2 is in no framework that is known",
    ]


def test_a_csv_framework_hangs_its_goals_under_each_other() -> None:
    reading = csv(
        "lp1,LP1,Breuken,,leerplandoel,2de graad,A-stroom,doorstroom,2025-09-01,",
        "les1,,Breuken optellen,lp1|lp2,lesdoel,,,,,",
        "lp2,LP2,Getallen,,leerplandoel,,,D/A,01/09/2025,31-8-2026",
    )
    assert reading.rejected == []
    found = goals_of(reading)
    assert found["lp1"] == {
        "key": "lp1", "source": "plan", "framework": "plan", "title": "Breuken", "code": "LP1", "kind": "leerplandoel",
        "grade": "2", "stream": "A-stroom", "finality": "DO", "from": "2025-09-01",
    }  # fmt: skip
    assert found["les1"]["parents"] == ["lp1", "lp2"]
    assert (found["lp2"]["finality"], found["lp2"]["from"], found["lp2"]["until"]) == (
        "DU",
        "2025-09-01",
        "2026-08-31",
    )


def test_dutch_column_names_and_semicolons_are_read() -> None:
    text = "\ufeffID;Titel;Ouder;Graad;Geldig van\nlp1;Breuken, en meer;;3;1/9/2025\n"
    assert goals_of(read("mijn-plan.csv", text.encode()))["lp1"] == {
        "key": "lp1", "source": "mijn-plan", "framework": "mijn-plan", "title": "Breuken, en meer", "grade": "3",
        "from": "2025-09-01",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",,Breuken,,,,,,,", "id is empty"),
        ("lp1,,,,,,,,,", "title is empty"),
        ("lp1,,Breuken,lp9,,,,,,", "its parent lp9 is in no framework that is known"),
        ("lp1,,Breuken,,,,,,gisteren,", "valid_from 'gisteren' is not a date"),
        ("lp1,,Breuken,,,,,,2025-09-01,2024-09-01", "lies before valid_from"),
        ("lp0,,Breuken,,,,,,,", "id lp0 is there twice"),
    ],
)
def test_a_csv_row_that_cannot_be_taken_is_rejected_with_its_line(row: str, reason: str) -> None:
    (rejected,) = csv("lp0,,Rekenen,,,,,,,", row).rejected
    assert (rejected.file, rejected.line) == ("plan.csv", 3)
    assert reason in rejected.reason


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.json", b"{", "is not JSON"),
        ("a.json", b"[]", "is no page of onderwijsdoelen"),
        ("a.json", b'{"CFDocument": {}}', "CFDocument has no identifier"),
        ("a.csv", b"code,title\n", "no column id"),
    ],
)
def test_a_file_of_none_of_the_forms_is_named(name: str, content: bytes, problem: str) -> None:
    with pytest.raises(UnreadableFile, match=problem):
        read(name, content)
