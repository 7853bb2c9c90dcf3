"""Rows as statements: of every template, with the cell that is to blame when they are not."""

import json
from pathlib import Path
from typing import Any

import pytest

from lrs.profile.explain import explain
from lrs.statement.check import check_statement
from lrs.statement.json_text import parse_object
from lrs.tabular.row_key import registration_of
from tests.lrs.tabular.a_sheet import (
    GOAL_SET,
    PROFILES,
    SHIPPED,
    a_csv,
    a_mapping,
    a_shipped_mapping,
    its_sheet,
    made,
    outcomes,
    problems,
)

T = "https://w3id.org/xapi/gsl/templates/"
E = "https://w3id.org/xapi/gsl/extensions/"
GOAL = "http://id.tincanapi.com/activitytype/goal"
OURS = sorted(iri.removeprefix(T) for iri in PROFILES.templates if iri.startswith(T))

# What some templates need beside a learner, an object and a moment, from the columns of the sheet below.
NEEDED = {
    "goal-directed": 'actor = "teacher"\nlearner = "learner"',
    "scheduled": 'due = "{Tegen}"',
    "plan-revised": 'planned_start = "{Tegen}"\nplanned_duration = "{Minuten}"',
    "duration-estimated": 'duration = "{Minuten}"',
    "result-expected": 'score = { scaled = "{Deel}" }',
    "goal-progressed": 'progress = "{Procent}"',
    "level-scored": 'score = { raw = "{Punten}", max = "{Max}" }',
    "level-given": 'level = "{Niveau}"\nlevel_scheme = "school"',
    "self-assessed": 'level = "{Niveau}"',
    "worked-scored": 'score = { raw = "{Punten}", max = "{Max}" }',
    "worked-performed-offline": 'duration = "{Minuten}"',
    "own-data-noted": 'refers_to = "first"',
    "question-answered": 'refers_to = "first"',
    "question-replied": 'refers_to = "first"',
    "feedback-given": 'refers_to = "first"',
    "route-chosen": 'route = "{Naam}"',
    "motivation-reported": 'score = { raw = "{Niveau}" }\nrating_scale = { min = 1, max = 5 }',
    "emotion-reported": 'score = { raw = "{Niveau}" }\nrating_scale = { min = 1, max = 5 }',
    "cycle-acted": 'intervention = { id = "1", date = "{Datum}", classes = "3A, 3B", indicator = "x" }',
    "cycle-measured": 'evidence_source = "observatie"',
}
ROW = "Nr;Naam;Datum;Tegen;Minuten;Deel;Procent;Punten;Max;Niveau\n17;Lezen;1/9/2025;5/9/2025;45;0,8;60%;13,5;20;3\n"


def a_mapping_of(slug: str) -> str:
    template = PROFILES.templates[T + slug]
    kinds = "".join(
        f'{role} = {{ id = "https://school.example.org/{role}/{{Naam}}", name = "{{Naam}}" }}\n'
        for role, _ in template.context_types
    )
    head = GOAL_SET[: GOAL_SET.index("[[statement]]")]
    teacher = '[people.teacher]\nhome_page = "https://school.example.org/lk"\nidentifier = "lk-1"\n'
    common = (
        'key = ["Nr", "Naam"]\ntimestamp = "{Datum}"\n'
        'object = { id = "https://school.example.org/x/{Naam}", name = "{Naam}" }\n'
    )
    first = '[[statement]]\nname = "first"\ntemplate = "attention-requested"\n' + common
    own = f'[[statement]]\nname = "it"\ntemplate = "{slug}"\n{common}{kinds}{NEEDED.get(slug, "")}\n'
    return head + teacher + first + own


def rules_broken(statement: dict[str, Any], slug: str) -> list[str]:
    parsed = parse_object(json.dumps(statement))
    check_statement(parsed, "1.0.3")
    check_statement(parsed, "2.0.0")
    told = explain(PROFILES, parsed)
    assert T + slug in [finding.of for finding in told.findings], told.near
    return [broken.message for finding in told.findings for broken in finding.broken]


@pytest.mark.parametrize("slug", OURS)
def test_a_row_can_be_a_statement_of_every_template(tmp_path: Path, slug: str) -> None:
    mapping = a_mapping(a_mapping_of(slug))
    path = a_csv(tmp_path / "s.csv", ROW)
    assert problems(path, mapping) == []
    _, statement = made(path, mapping)
    assert rules_broken(statement, slug) == []


@pytest.mark.parametrize("slug", sorted(set(NEEDED) - {"feedback-given", "level-given"}))
def test_a_row_that_breaks_a_rule_of_its_template_makes_no_statement(tmp_path: Path, slug: str) -> None:
    text = a_mapping_of(slug).replace(NEEDED[slug], "")
    found = problems(a_csv(tmp_path / "s.csv", ROW), a_mapping(text))
    if slug == "cycle-acted":
        assert found == []
    else:
        assert len(found) == 1


@pytest.mark.parametrize("name", SHIPPED)
def test_every_statement_of_a_worked_mapping_matches_its_template_and_breaks_no_rule(name: str) -> None:
    statements = [
        each for outcome in outcomes(its_sheet(name), a_shipped_mapping(name)) for each in outcome.made
    ]
    assert statements
    assert {each.plan for each in statements} == {plan.name for plan in a_shipped_mapping(name).plans}
    for each in statements:
        assert rules_broken(each.statement, each.plan) == []


def test_contract_work_reads_two_header_rows_several_weeks_and_each_kind_of_tick() -> None:
    found = [
        each
        for o in outcomes(its_sheet("contract-work"), a_shipped_mapping("contract-work"))
        for each in o.made
    ]
    planned = [each.statement for each in found if each.plan == "goal-set"]
    assert len(planned) == 11
    assert planned[0]["object"]["definition"]["name"] == {"nl-BE": "Breuken optellen"}
    assert planned[0]["timestamp"] == "2025-09-01T08:30:00+02:00"
    assert (
        planned[0]["context"]["extensions"]["https://w3id.org/xapi/tla/extensions/due_date"]
        == "2025-09-05T16:00:00+02:00"
    )
    assert problems(its_sheet("contract-work"), a_shipped_mapping("contract-work")) == [
        (6, "J (Waterkringloop uitleggen / klaar)",
         "when: 'misschien' is neither a tick (x, v, ✓, ja, 1) nor a no (nee, 0, -)"),
        (7, "H (Een verslag schrijven / hoe ging het)", "level: 'super' is none of the words moeilijk, ging wel, vlot"),
    ]  # fmt: skip


def test_a_set_goal_and_a_completed_one_share_their_registration() -> None:
    found = [
        each
        for o in outcomes(its_sheet("contract-work"), a_shipped_mapping("contract-work"))
        for each in o.made
    ]
    of_goal = [
        e.statement["context"]["registration"] for e in found[:5] if e.plan in ("goal-set", "goal-completed")
    ]
    assert (
        of_goal[0]
        == of_goal[3]
        == registration_of("contract-work", ["10017", "2025-2026", "Week 36", "Breuken optellen"])
    )


def test_a_rubric_gives_levels_in_the_words_of_the_school_by_who_observed() -> None:
    first = made(its_sheet("rubric"), a_shipped_mapping("rubric"))[0]
    assert first["actor"]["account"]["name"] == "lk-07"
    learner = first["context"]["extensions"]["https://w3id.org/xapi/tla/extensions/learner"]
    assert learner["account"] == {"homePage": "https://school.example/leerlingen", "name": "10017"}
    assert first["result"]["extensions"][E + "level"] == 3


def test_a_test_list_has_decimal_commas_absences_and_mistakes() -> None:
    mapping = a_shipped_mapping("test-list")
    assert [s["result"]["score"] for s in made(its_sheet("test-list"), mapping)] == [
        {"raw": 13.5, "min": 0, "max": 20, "scaled": 0.675},
        {"raw": 7, "min": 0, "max": 20, "scaled": 0.35},
        {"raw": 41.25, "min": 0, "max": 50, "scaled": 0.825},
    ]
    assert problems(its_sheet("test-list"), mapping) == [
        (6, "G (Punten)", "score: 61 does not lie between 0 and 50"),
        (7, "E (Datum)", "timestamp: '31/11/2025' is no day of the calendar (read as day/month/year)"),
    ]


def test_the_report_of_a_coach_talk_keeps_its_lines() -> None:
    first = made(its_sheet("coach-talks"), a_shipped_mapping("coach-talks"))[0]
    assert first["result"]["response"] == "Noor wil beter plannen.\nZe probeert een weekplanner."
    assert first["timestamp"] == "2025-09-15T10:20:00+02:00"


def a_row(tmp_path: Path, row: str, mapping: str = GOAL_SET, header: str = "Nr;Doel;Datum") -> Any:
    path = a_csv(tmp_path / "s.csv", f"{header}\n{row}\n")
    return problems(path, a_mapping(mapping)) or made(path, a_mapping(mapping))


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (";Lezen;1/9/2025", ("A (Nr)", "learner: is empty")),
        ("17;;1/9/2025", ("B (Doel)", "object: is empty")),
        ("17;Lezen;", ("C (Datum)", "timestamp: is empty")),
        ("17;Lezen;32/9/2025",
         ("C (Datum)", "timestamp: '32/9/2025' is no day of the calendar (read as day/month/year)")),
        ("17;Lezen;1/9/2052", ("C (Datum)", "timestamp: 2052-09-01T12:00:00+02:00 lies in the future")),
        ("85.07.30-033.28;Lezen;1/9/2025",
         ("A (Nr)", "learner: is a national register number, which no statement may carry")),
    ],
)  # fmt: skip
def test_a_bad_cell_is_told_with_its_row_and_column(
    tmp_path: Path, row: str, problem: tuple[str, str]
) -> None:
    assert a_row(tmp_path, row) == [(2, *problem)]


def test_what_xapi_refuses_is_told_with_its_column(tmp_path: Path) -> None:
    text = GOAL_SET.replace('"https://school.example.org/doelen/{Doel}"', '"{Doel}"')
    [(row, column, _)] = a_row(tmp_path, "17;geen IRI;1/9/2025", text)
    assert (row, column) == (2, "B (Doel)")


def test_a_bad_cell_keeps_back_only_the_statements_that_it_is_in(tmp_path: Path) -> None:
    text = a_mapping_of("goal-progressed")
    path = a_csv(tmp_path / "s.csv", ROW.replace("60%", "veel"))
    [outcome] = outcomes(path, a_mapping(text))
    assert [each.plan for each in outcome.made] == ["first"]
    assert [problem.column for problem in outcome.problems] == ["G (Procent)"]


def test_one_bad_cell_is_told_once_whatever_number_of_statements_need_it(tmp_path: Path) -> None:
    again = GOAL_SET[GOAL_SET.index("[[statement]]") :].replace("[[statement]]", '[[statement]]\nname = "b"')
    assert len(a_row(tmp_path, "17;Lezen;ooit", GOAL_SET + again)) == 1


def test_an_empty_cell_leaves_its_member_out(tmp_path: Path) -> None:
    more = GOAL_SET + 'due = "{Tegen}"\nhorizon = "{Termijn}"\nclass = "{Klas?}"\n'
    [statement] = a_row(tmp_path, "17;Lezen;1/9/2025;;week", more, "Nr;Doel;Datum;Tegen;Termijn")
    assert statement["context"]["extensions"] == {E + "horizon": "week"}


def test_words_of_the_sheet_may_mean_something_else(tmp_path: Path) -> None:
    text = GOAL_SET.replace(
        "object = {",
        'framework_goals = { of = "{Doel}", words = { lezen = ["92301"] }, otherwise = ["0"] }\nobject = {',
    )
    for goal, meant in (("Lezen", ["92301"]), ("Schrijven", ["0"])):
        [statement] = a_row(tmp_path, f"17;{goal};1/9/2025", text)
        assert statement["context"]["extensions"][E + "framework-goals"] == meant


def test_each_column_finds_what_stands_beside_it_and_above_it(tmp_path: Path) -> None:
    text = """
name = "toetsen"
[sheet]
header_rows = 2
[people.learner]
home_page = "https://school.example.org/leerlingen"
identifier = "{Leerling / Nr}"
[[statement]]
template = "level-scored"
each = ["* / punten"]
key = ["Leerling / Nr"]
object = { id = "https://school.example.org/doelen/{@header.1}" }
timestamp = "{@beside.datum}"
score = { raw = "{@cell}", max = "{@*1}" }
"""
    path = a_csv(
        tmp_path / "s.csv",
        "max;20;;10;\nLeerling;Lezen;;Rekenen;\nNr;punten;datum;punten;datum\n17;15;1/9/2025;4;2/9/2025\n18;;;5;\n",
    )
    scores = [
        (s["object"]["id"][-7:], s["result"]["score"]["scaled"], s["timestamp"][:10])
        for s in made(path, a_mapping(text))
    ]
    assert scores == [("n/lezen", 0.75, "2025-09-01"), ("rekenen", 0.4, "2025-09-02")]
    assert problems(path, a_mapping(text)) == [(5, "E (Rekenen / datum)", "timestamp: is empty")]


def test_learners_may_be_the_columns(tmp_path: Path) -> None:
    text = GOAL_SET.replace('"{Nr}"', '"{@header}"').replace('["Nr", "Doel"]', '["Doel"]\neach = ["lln-*"]')
    path = a_csv(tmp_path / "s.csv", "Doel;Datum;lln-1;lln-2\nLezen;1/9/2025;x;\nRekenen;1/9/2025;x;x\n")
    found = [(s["actor"]["account"]["name"], s["object"]["id"][-5:]) for s in made(path, a_mapping(text))]
    assert found == [("lln-1", "lezen"), ("lln-1", "kenen"), ("lln-2", "kenen")]


def test_a_header_may_end_in_a_question_mark(tmp_path: Path) -> None:
    text = GOAL_SET + 'when = "{Klaar?}"\n'
    path = a_csv(tmp_path / "s.csv", "Nr;Doel;Datum;Klaar?\n17;Lezen;1/9/2025;x\n18;Lezen;1/9/2025;\n")
    assert len(made(path, a_mapping(text))) == 1


def test_a_shared_goal_is_a_groups(tmp_path: Path) -> None:
    text = GOAL_SET.replace('identifier = "{Nr}"', 'identifier = "{Nr}"\ngroup = true')
    [statement] = a_row(tmp_path, "groep-4;Lezen;1/9/2025", text)
    assert statement["actor"]["objectType"] == "Group"


def test_a_statement_may_refer_to_another_of_its_row_only_if_that_is_made(tmp_path: Path) -> None:
    text = a_mapping_of("own-data-noted")
    first, second = made(a_csv(tmp_path / "s.csv", ROW), a_mapping(text))
    assert second["context"]["statement"] == {"objectType": "StatementRef", "id": first["id"]}
    unmet = text.replace(
        '"attention-requested"', '"attention-requested"\nwhen = { of = "{Naam}", is = ["iets"] }'
    )
    [(_, _, reason)] = problems(tmp_path / "s.csv", a_mapping(unmet))
    assert "makes no statement first" in reason


@pytest.mark.parametrize("failed", ["#N/B", "#VERW!", "#DEEL/0!", "#N/A", "#NAAM?"])
def test_a_formula_that_failed_is_no_goal_no_key_and_no_condition(tmp_path: Path, failed: str) -> None:
    told = (2, "B (Doel)", f"key: '{failed}' is a formula that failed")
    assert a_row(tmp_path, f"17;{failed};1/9/2025") == [told]
    conditional = GOAL_SET + 'when = { of = "{Doel}", filled = true }\n'
    assert a_row(tmp_path, f"17;{failed};1/9/2025", conditional)[0][1] == "B (Doel)"
