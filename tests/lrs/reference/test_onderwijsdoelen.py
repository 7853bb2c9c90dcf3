"""Pages of the public onderwijsdoelen, with each pitfall that their users have met."""

from datetime import date
from typing import Any

import orjson
import pytest

from lrs.reference.entity import FRAMEWORK_GOAL, Reading
from lrs.reference.goals import read_goals
from lrs.reference.known import KnownEntity, Nothing
from lrs.reference.onderwijsdoelen import plain_text

AS_OF = date(2026, 1, 12)


def a_set(number: int = 3291, version: str = "2.1", **structure: Any) -> dict[str, Any]:
    return {
        "onderwijsdoelenset_id": number,
        "onderwijsdoelenset": "Secundair onderwijs - 1ste graad - A-stroom",
        "versie": version,
        "onderwijsstructuur": {
            "onderwijsniveau": "Secundair onderwijs",
            "graad": "1ste graad",
            "stroom": "A-stroom",
        }
        | structure,
        "vlaamse_sleutelcompetentie": {"nr": "13", "naam": "Leercompetenties"},
    }


def a_goal(number: Any = 92301, **members: Any) -> dict[str, Any]:
    return {
        "@id": number,
        "@type": "onderwijsdoelen:onderwijsdoel.jsonld",
        "code": "13.01",
        "omschrijving": "<p>De leerlingen reflecteren&nbsp;over hun leerproces.</p>",
        "onderwijsdoel_type": "Eindtermen",
        "attitude": 0,
        "optioneel": False,
        "geldigheid": {"type": "Geldig", "geldig_van_dt": "2024-09-01T00:00:00Z"},
        "onderwijsdoelenset": a_set(),
        **members,
    }


def page(*goals: dict[str, Any], total: int | None = None) -> tuple[str, bytes]:
    body = {"gegevens": {"member": list(goals), "totalItems": len(goals) if total is None else total}}
    return "page.json", orjson.dumps(body)


def read(*goals: dict[str, Any]) -> Reading:
    return read_goals([page(*goals)], None).settle(Nothing(), AS_OF)


def goals_of(reading: Reading) -> dict[str, dict[str, Any]]:
    return {each.key: each.content for each in reading.entities if each.type == FRAMEWORK_GOAL}


def test_a_goal_is_read_with_its_place_and_its_dates() -> None:
    assert goals_of(read(a_goal())) == {
        "92301": {
            "key": "92301", "source": "onderwijsdoelen", "framework": "onderwijsdoelen", "code": "13.01",
            "title": "De leerlingen reflecteren over hun leerproces.", "kind": "Eindtermen", "competence": "13",
            "education": "Secundair-onderwijs", "grade": "1", "stream": "A-stroom", "validity": "valid",
            "from": "2024-09-01", "sets": {"3291": "2.1"},
        }
    }  # fmt: skip


def test_one_code_twice_in_a_set_is_two_goals() -> None:
    found = goals_of(read(a_goal(1, omschrijving="Muziek"), a_goal(2, omschrijving="Beeld")))
    assert [(key, goal["code"], goal["title"]) for key, goal in found.items()] == [
        ("1", "13.01", "Muziek"),
        ("2", "13.01", "Beeld"),
    ]


def test_one_text_has_a_code_for_each_finality_and_is_a_goal_for_each() -> None:
    found = goals_of(
        read(
            a_goal(
                1,
                code="13.13",
                onderwijsdoelenset=a_set(1, finaliteit="Arbeidsmarktfinaliteit", graad="2de graad"),
            ),
            a_goal(
                2,
                code="13.15",
                onderwijsdoelenset=a_set(2, finaliteit="Doorstroomfinaliteit", graad="2de graad"),
            ),
            a_goal(
                3,
                code="13.15",
                onderwijsdoelenset=a_set(3, finaliteit="Dubbele finaliteit", graad="Tweede graad"),
            ),
        )
    )
    assert [(g["code"], g["finality"], g["grade"]) for g in found.values()] == [
        ("13.13", "A", "2"),
        ("13.15", "DO", "2"),
        ("13.15", "DU", "2"),
    ]


def test_one_id_in_several_sets_is_one_goal_that_says_what_the_highest_set_says() -> None:
    old, new = a_goal(omschrijving="oud"), a_goal(omschrijving="nieuw", onderwijsdoelenset=a_set(3310, "2.2"))
    for order in ((old, new), (new, old)):
        (goal,) = goals_of(read(*order)).values()
        assert goal["sets"] == {"3291": "2.1", "3310": "2.2"}
        assert goal["title"] == "nieuw"


def test_a_set_that_comes_in_another_file_adds_to_the_sets_that_are_known() -> None:
    first = goals_of(read(a_goal(onderwijsdoelenset=a_set(3310, "2.2"), omschrijving="nieuw")))

    class Before(Nothing):
        def entities(self, entity_type: str) -> dict[str, KnownEntity]:
            return (
                {"92301": KnownEntity("onderwijsdoelen", b"", False)} if entity_type == FRAMEWORK_GOAL else {}
            )

        def contents(self, entity_type: str, keys: Any) -> dict[str, dict[str, Any]]:
            return first

    (goal,) = goals_of(read_goals([page(a_goal(omschrijving="oud"))], None).settle(Before(), AS_OF)).values()
    assert goal["sets"] == {"3291": "2.1", "3310": "2.2"}
    assert goal["title"] == "nieuw"


def test_a_row_that_says_which_other_goal_is_meant_is_a_reference() -> None:
    found = goals_of(read(a_goal(1, code="zie eindterm", omschrijving="6.15"), a_goal(2)))
    assert [goal.get("reference") for goal in found.values()] == [True, None]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Een &amp; twee&nbsp;drie</p><ul><li>vier</li><li>vijf</li></ul>", "Een & twee drie vier vijf"),
        ("a < b en c > d", "a < b en c > d"),
        ("gewoon", "gewoon"),
        ("<p></p>", ""),
        ("<strong>v</strong>et", "vet"),
    ],
)
def test_a_description_in_html_becomes_words(html: str, text: str) -> None:
    assert plain_text(html) == text


@pytest.mark.parametrize(
    ("validity", "expected"),
    [
        ({"type": "Geldig", "geldig_van_dt": "2024-08-31T22:00:00Z"}, ("valid", "2024-09-01", None)),
        (
            {"type": "Niet meer geldig", "geldig_van_dt": "1997-09-01T00:00:00Z",
             "geldig_tot_dt": "2020-08-31T00:00:00Z"},
            ("expired", "1997-09-01", "2020-09-01"),
        ),
        ({"type": "Onbekend"}, ("unknown", None, None)),
        (None, ("unknown", None, None)),
    ],
)  # fmt: skip
def test_old_goals_stay_with_the_dates_between_which_they_held(validity: Any, expected: Any) -> None:
    (goal,) = goals_of(read(a_goal(geldigheid=validity))).values()
    assert (goal["validity"], goal.get("from"), goal.get("until")) == expected


@pytest.mark.parametrize("number", [92301, "92301", "https://onderwijs.api.example.org/onderwijsdoel/92301"])
def test_the_key_is_the_number_however_it_is_written(number: Any) -> None:
    assert list(goals_of(read(a_goal(number)))) == ["92301"]


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"@id": None}, "@id is empty"),
        ({"omschrijving": "<p>&nbsp;</p>"}, "omschrijving is empty"),
        ({"geldigheid": {"type": "Geldig", "geldig_van_dt": "ooit"}}, "geldigheid 'ooit' is not a date"),
    ],
)
def test_a_record_without_what_makes_it_a_goal_is_rejected_by_its_number(members: Any, reason: str) -> None:
    (rejected,) = read(a_goal(1), a_goal(**members)).rejected
    assert (rejected.file, rejected.line, rejected.reason) == ("page.json", 2, reason)


def test_members_may_be_lists_of_one_or_objects_with_a_name() -> None:
    structure = {"graad": {"naam": "Derde graad"}, "stroom": [], "onderwijsniveau": ["Secundair onderwijs"]}
    (goal,) = goals_of(read(a_goal(onderwijsdoelenset=[a_set(**structure)]))).values()
    assert (goal["grade"], goal.get("stream"), goal["education"]) == ("3", None, "Secundair-onderwijs")


def test_nothing_ends_because_a_page_does_not_hold_it() -> None:
    assert read(a_goal()).complete == set()


def test_it_is_said_when_there_are_more_goals_than_the_files_hold() -> None:
    reading = read_goals([page(a_goal(1), total=24019), page(a_goal(2), total=24019)], None)
    assert reading.remarks == ["2 of the 24019 goals that the API speaks of are in these files"]
    assert read(a_goal()).remarks == []
