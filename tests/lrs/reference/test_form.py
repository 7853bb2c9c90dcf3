"""What leaves the LRS of reference data: keys, and nothing that says who somebody is."""

import json
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import orjson
import pytest

from lrs.reference.calendar_periods import read_calendar
from lrs.reference.entity import TYPES, Entity
from lrs.reference.form import form_of, person_key
from lrs.reference.goals import read_goals
from lrs.reference.known import Nothing
from lrs.reference.level_schemes import read_levels
from lrs.statement.agent_key import AgentKeys
from tests.lrs.reference.a_bundle import read, write_bundle
from tests.lrs.reference.test_goals import a_package
from tests.lrs.reference.test_onderwijsdoelen import a_goal, page

KEYS = AgentKeys(b"test", 1)
SCHEMA = json.loads((files("schemas") / "xapi" / "reference_form.json").read_text(encoding="utf-8"))
NAMES = ["An", "Anna", "Peeters", "Bo", "Janssens", "Cis", "Maes", "Tine", "Wouters", "Atheneum", "Scholengroep",
         "Natuurwetenschappen", "Rekenen", "Breuken", "leerproces", "studiedag", "brons", "Leerplan"]  # fmt: skip
IDENTIFIERS = ["an.p", "bo.j", "cis.m", "tine.w", "1001", "1002", "p.example.org", "@"]


def entities(folder: Path) -> list[Entity]:
    kind = "heel lange omschrijving van de soort, die er niet toe doet en maar doorgaat"
    csv = f'id,title,kind,code\ng 1,Breuken,"{kind}",code 7\n'.encode()
    readings = [
        read(write_bundle(folder)),
        read_goals([page(a_goal()), ("c.json", orjson.dumps(a_package())), ("d.csv", csv)], None),
        read_calendar("c.csv", b"from,to,kind,label\n2025-10-01,2025-10-01,free,studiedag\n", "north"),
        read_levels("l.csv", b"scheme,level,name\nde metalen,1,brons\n"),
    ]
    return [each for r in readings for each in r.settle(Nothing(), date(2025, 9, 15)).entities]


def forms(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    return [(each.type, json.loads(form_of(each.type, each.content, KEYS))) for each in entities(folder)]


def test_every_form_is_as_the_schema_says(tmp_path: Path) -> None:
    found = forms(tmp_path)
    assert {name for name, _ in found} == set(TYPES)
    for name, form in found:
        jsonschema.validate(form, {**SCHEMA, "$ref": f"#/$defs/{name}"})


def test_no_name_and_no_identifier_of_a_person_is_in_any_form(tmp_path: Path) -> None:
    text = " ".join(json.dumps(form) for _, form in forms(tmp_path))
    words = set(text.replace('"', " ").replace(",", " ").split())
    assert not words & set(NAMES)
    assert not [each for each in IDENTIFIERS if each in text]


def test_a_person_leaves_as_keys_of_the_accounts_and_one_of_the_roster(tmp_path: Path) -> None:
    an = next(form for name, form in forms(tmp_path) if name == "person" and len(form["agents"]) == 2)
    accounts = [
        {"account": {"homePage": f"https://{p}.example.org", "name": n}}
        for p, n in (("p", "an.p"), ("q", "1001"))
    ]
    assert an == {
        "key": person_key("an", KEYS),
        "agents": sorted(map(KEYS.key, accounts)),
        "roles": ["student"],
    }
    enrolment = next(form for name, form in forms(tmp_path) if name == "enrolment")
    assert enrolment["person"] == person_key("an", KEYS)
    assert (enrolment["class"], enrolment["school"], enrolment["from"]) == ("3a", "north", "2025-09-01")


@pytest.mark.parametrize("key", ["klas van An", "an@example.org", "x" * 300, "é"])
def test_a_key_that_could_say_who_it_is_leaves_as_digits(key: str) -> None:
    form = json.loads(form_of("school", {"key": key, "source": "s"}, KEYS))
    assert form["key"].startswith("x-")
    assert len(form["key"]) == 18


def test_an_entity_that_is_gone_says_since_when() -> None:
    content = {"key": "north", "source": "s", "ended": "2026-01-01"}
    assert json.loads(form_of("school", content, KEYS)) == {"key": "north", "ended": "2026-01-01"}
