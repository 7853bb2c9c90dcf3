"""Mapping files: what is wrong is told with its place."""

import pytest

from lrs.profile.profiles import Profiles
from lrs.tabular.read_mapping import mapping_of
from lrs.tabular.table import InvalidMapping
from tests.lrs.tabular.a_sheet import GOAL_SET, PROFILES, SHIPPED, a_mapping, a_shipped_mapping


def refused(text: str, profiles: Profiles = PROFILES) -> str:
    with pytest.raises(InvalidMapping) as told:
        mapping_of(text.encode(), "m.toml", profiles)
    return str(told.value)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_worked_mapping_can_be_read_and_says_what_it_is(name: str) -> None:
    mapping = a_shipped_mapping(name)
    assert mapping.name == name
    assert mapping.title


def test_a_mapping_says_which_columns_it_needs() -> None:
    assert a_mapping().needed_columns() == ["Nr", "Doel", "Datum"]
    optional = GOAL_SET + 'class = "{Klas?}"\ndue = { of = "{Tegen}", at = "{Uur}" }\n'
    assert a_mapping(optional).needed_columns() == ["Nr", "Doel", "Datum", "Tegen", "Uur"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('name = "proef"', ""), "m.toml: name is missing"),
        (('name = "proef"', 'name = "proef'), "not TOML"),
        (('"goal-set"', '"goal-sett"'), "statement 1.template: goal-sett is no template"),
        (("timestamp =", "# timestamp ="), "statement 1.timestamp is missing"),
        (('timestamp = "{Datum}"', 'timestamp = "{Datum}"\ndeu = "{Tegen}"'), "statement 1.deu is not known; due is"),
        (('"{Datum}"', '"{Datum"'), "a brace without its other one"),
        (('"{Datum}"', '"{@blad}"'), "{@blad} is none of @sheet"),
        (('"{Datum}"', '"{@cell}"'), "needs `each`"),
        (('"{Datum}"', '{ of = "{D}", unit = "minutes" }'), "statement 1.timestamp.unit is not known"),
        (('"{Datum}"', '{ of = "{D}", words = "w" }'), "no list of words"),
        (('key = ["Nr", "Doel"]', "key = []"), "statement 1.key is missing"),
        (("[people.learner]", "[people.kind]"), "[people.learner] says nowhere who that is"),
        (('id = "https://school.example.org/doelen/{Doel}", ', ""), "statement 1.object.id is missing"),
        (("object = {", "object = { kleur = 1,"), "statement 1.object.kleur is not known"),
        (("object = {", 'refers_to = "x"\nobject = {'), "no statement before this one is named x"),
        (("[[statement]]", '[sheet]\nheader = 0\n[[statement]]'), "sheet.header is not a whole number from 1 to 50"),
        (("[[statement]]", '[sheet]\nseparator = ";;"\n[[statement]]'), "sheet.separator is one character"),
        (('name = "proef"', 'name = "proef"\ntimezone = "Gent"'), "not a time zone"),
        (('identifier = "{Nr}"', 'identifier = "{@header}"'), "{@header} needs `each`"),
        (("timestamp =", "score = { ruw = 1 }\ntimestamp ="), "statement 1.score.ruw is not known"),
    ],
)  # fmt: skip
def test_a_mapping_that_cannot_be_used_is_refused_with_its_place(change: tuple[str, str], told: str) -> None:
    assert change[0] in GOAL_SET
    assert told in refused(GOAL_SET.replace(*change, 1))


def test_a_mapping_without_a_statement_is_refused() -> None:
    assert "the mapping makes none" in refused('name = "leeg"')


def test_two_statements_of_one_template_need_names() -> None:
    again = GOAL_SET[GOAL_SET.index("[[statement]]") :]
    assert "there is a statement goal-set already" in refused(GOAL_SET + again)
    named = GOAL_SET + again.replace("[[statement]]", '[[statement]]\nname = "tweede"')
    assert [plan.name for plan in a_mapping(named).plans] == ["goal-set", "tweede"]


def test_a_template_that_asks_for_a_context_activity_gets_one() -> None:
    text = GOAL_SET.replace('"goal-set"', '"worked-completed"')
    assert (
        "statement 1.parent needs an activity of type http://id.tincanapi.com/activitytype/goal"
        in refused(text)
    )
