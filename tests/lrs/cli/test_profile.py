"""`lrs profile` as the author of a platform's statements meets it."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from lrs.cli import lrs
from tests.lrs.conftest import a_statement
from tests.lrs.profile.foreign import CMI5_CATEGORY, write_profiles
from tests.schemas.xapi.profiles.examples import EXAMPLES

T = "https://w3id.org/xapi/gsl/templates/"


@pytest.fixture
def cmi5(tmp_path: Path) -> str:
    return str(write_profiles(tmp_path / "foreign")[0])


def run(*arguments: str, status: int = 0, given: str | bytes | None = None, **variables: str) -> Result:
    done = CliRunner(env=variables).invoke(lrs, ["profile", *arguments], input=given)
    assert done.exit_code == status, f"{done.output}{done.exception!r}"
    return done


def example(slug: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(EXAMPLES[slug].read_text())
    return read


def lines(*statements: Any) -> str:
    return "".join((each if isinstance(each, str) else json.dumps(each)) + "\n" for each in statements)


def objects(done: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def an_estimate_without_a_duration() -> dict[str, Any]:
    return {**example("duration-estimated"), "result": {"success": True}}


def test_statements_that_follow_their_templates_are_told_with_them_and_the_status_is_0() -> None:
    told = run("check", "-", given=lines(example("goal-set"), example("worked-read"))).output
    assert f"-:1: {T}goal-set\n-:2: {T}worked-read\n" in told
    assert told.endswith("         2        0  all\n")


def test_a_broken_rule_is_told_with_its_place_and_the_status_is_1() -> None:
    given = lines(example("goal-set"), an_estimate_without_a_duration())
    told = run("check", "-", status=1, given=given).output
    assert (
        f"-:2: {T}duration-estimated\n    $.result.duration is missing  [included $.result.duration]\n"
        in told
    )
    assert told.endswith("         2        1  all\n")


def test_only_broken_leaves_out_the_others_but_counts_them() -> None:
    given = lines(example("goal-set"), an_estimate_without_a_duration())
    told = run("check", "-", "--only-broken", status=1, given=given).output
    assert "-:1:" not in told
    assert f"         1           {T}goal-set" in told.splitlines()


def test_what_comes_near_is_told_where_nothing_matches() -> None:
    statement = example("goal-set")
    del statement["object"]["definition"]
    told = run("check", "-", given=lines(statement)).output
    assert "-:1: no template" in told
    assert f"not {T}goal-set: $.object.definition.type is not given" in told


def test_a_statement_that_is_not_valid_is_told_and_counts_as_broken() -> None:
    told = run("check", "-", status=1, given=lines("{", a_statement(verb={"id": "x"}))).output
    assert "-:1: not valid xAPI: $: " in told
    assert "-:2: not valid xAPI: $.verb.id: " in told
    assert f"{2:>10}  {'':>7}  not valid xAPI" in told.splitlines()


@pytest.mark.parametrize("form", ["ndjson", "array", "gzip"])
def test_each_form_of_file_is_read(form: str, tmp_path: Path) -> None:
    given = [example("goal-set"), example("reflected")]
    path = tmp_path / "s"
    if form == "gzip":
        path.write_bytes(gzip.compress(lines(*given).encode()))
    else:
        path.write_text(lines(*given) if form == "ndjson" else json.dumps(given))
    assert objects(run("check", str(path), "--json"))[-1]["summary"]["statements"] == 2


def test_several_files_give_one_summary_and_an_empty_one_none_of_it(tmp_path: Path) -> None:
    for name, text in (("a", lines(example("goal-set"))), ("b", lines(example("reflected"))), ("empty", "")):
        (tmp_path / name).write_text(text)
    told = run("check", *(str(tmp_path / name) for name in ("a", "b", "empty"))).output
    assert told.endswith("         2        0  all\n")
    assert run("check", str(tmp_path / "empty")).output.endswith("         0        0  all\n")


def test_for_scripts_there_is_an_object_a_statement_and_a_summary() -> None:
    done = run(
        "check", "-", "--json", status=1, given=lines(an_estimate_without_a_duration(), "{", a_statement())
    )
    broken, invalid, unmatched, summary = objects(done)
    rule, path, message = "included $.result.duration", "$.result.duration", "is missing"
    found = [{"of": T + "duration-estimated", "broken": [{"rule": rule, "path": path, "message": message}]}]
    assert broken == {
        "file": "-",
        "line": 1,
        "id": example("duration-estimated")["id"],
        "findings": found,
        "near": [],
    }
    assert invalid["invalid"]["path"] == "$"
    assert unmatched["findings"] == [] and {each["template"] for each in unmatched["near"]} > {
        T + "goal-completed"
    }
    assert summary["summary"] == {
        "statements": 3,
        "invalid": 1,
        "broken": 1,
        "unmatched": 1,
        "templates": [{"of": T + "duration-estimated", "statements": 1, "rules": {rule: 1}}],
    }


def test_another_profile_is_given_as_a_file_or_in_the_folder_of_profiles(tmp_path: Path, cmi5: str) -> None:
    named = a_statement(context={"contextActivities": {"category": [{"id": CMI5_CATEGORY}]}})
    assert run("check", "-", given=lines(named)).output.count("cmi5#") == 0
    (tmp_path / "cmi5.jsonld").write_bytes(Path(cmi5).read_bytes())
    for told in (
        run("check", "-", "--profile", cmi5, status=1, given=lines(named)),
        run("check", "-", status=1, given=lines(named), LRS_PROFILES=str(tmp_path)),
    ):
        assert (
            "-:1: https://w3id.org/xapi/cmi5#completed, https://w3id.org/xapi/cmi5#generalrestrictions"
            in told.output
        )


def test_statements_that_do_not_name_a_profile_are_held_to_it_when_asked(cmi5: str) -> None:
    given = lines(a_statement())
    assert (
        "cmi5#completed:" in run("check", "-", "--profile", cmi5, given=given).output
    )  # near: it is not named
    assert (
        "-:1: https://w3id.org/xapi/cmi5#completed"
        in run("check", "-", "--profile", cmi5, "--hold-all", status=1, given=given).output
    )


def test_a_profile_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonld").write_text('{"type": "Verb"}')
    done = run("check", "-", "--profile", str(tmp_path / "bad.jsonld"), status=1, given="")
    assert "bad.jsonld: $.type: must be Profile" in str(done.exception)


def a_story(*slugs: str) -> str:
    """Examples as the statements of one registration, a minute after each other."""
    told = [example(slug) for slug in slugs]
    return lines(*({**each, "timestamp": f"2026-11-23T10:{i:02}:00Z"} for i, each in enumerate(told)))


def test_patterns_are_told_for_each_registration() -> None:
    reached = a_story("goal-set", "scheduled", "worked-read", "goal-achieved")
    begun = a_story("goal-set", "worked-read")
    neither = a_story("worked-read", "goal-set")
    for given, outcome, pattern in (
        (reached, "follows", "patterns/goal-reached"),
        (begun, "has begun", "patterns/goal-reached, https://w3id.org/xapi/gsl/patterns/goal-let-go"),
        (neither, "does not follow", "any pattern of https://w3id.org/xapi/gsl"),
    ):
        told = run("check", "-", "--patterns", given=given).output
        [line] = [line for line in told.splitlines() if line.startswith("registration ")]
        assert f": {outcome} " in line and line.endswith(pattern)


def test_a_pattern_is_matched_in_the_order_of_timestamps_not_of_the_file() -> None:
    given = a_story("goal-set", "worked-read", "goal-achieved").splitlines(keepends=True)
    story = objects(run("check", "-", "--patterns", "--json", given="".join(reversed(given))))[-2]
    assert (story["outcome"], story["statements"]) == ("success", 3)
    assert story["patterns"] == ["https://w3id.org/xapi/gsl/patterns/goal-reached"]


def test_a_broken_rule_keeps_a_registration_from_following_a_pattern() -> None:
    broken = {**example("scheduled"), "timestamp": "2026-11-23T10:05:00Z"}
    del broken["context"]["extensions"]
    given = lines(broken) + a_story("goal-set")
    story = objects(run("check", "-", "--patterns", "--json", status=1, given=given))[-2]
    assert story["outcome"] == "failure"


def test_a_subregistration_is_a_story_of_its_own() -> None:
    extension = "https://w3id.org/xapi/profiles/extensions/subregistration"
    one, other = example("goal-set"), example("goal-set")
    other["context"]["extensions"][extension] = [
        {
            "profile": "https://w3id.org/xapi/gsl/v1.0",
            "subregistration": "c7d3d3ae-1c26-4d1d-9b5e-5a6f6dd7a5c1",
        }
    ]
    told = objects(run("check", "-", "--patterns", "--json", given=lines(one, other)))[2:-1]
    assert [story["statements"] for story in told] == [1, 1]
    assert [story["subregistration"] for story in told] == [None, "c7d3d3ae-1c26-4d1d-9b5e-5a6f6dd7a5c1"]


def test_templates_are_listed_and_shown_in_a_language(cmi5: str) -> None:
    assert "goal-set                 Doel gesteld" in run("list", "--language", "nl").output
    assert "goal-set                 Goal set" in run("list", "--language", "de").output
    listed = json.loads(run("list", "--json", "--profile", cmi5).output)
    assert {each["profile"] for each in listed} == {"https://w3id.org/xapi/gsl", "https://w3id.org/xapi/cmi5"}
    shown = run("show", "goal-set", "--language", "fr").output
    assert shown.startswith(f"Objectif fixé  <{T}goal-set>")
    assert "object of type http://id.tincanapi.com/activitytype/goal" in shown


def test_a_template_shows_what_it_asks(cmi5: str) -> None:
    asked = run("show", T + "question-answered").output
    assert f"$.context.statement must be a StatementRef to a statement of {T}attention-requested or" in asked
    assert "worked on a goal" in run("show", "worked-read").output.lower()
    restricted = run("show", "generalrestrictions", "--profile", cmi5).output
    assert "every statement that names the profile" in restricted


def test_an_example_can_be_printed_and_checked(cmi5: str) -> None:
    printed = run("show", "level-given", "--example").output
    assert f"-:1: {T}level-given" in run("check", "-", given=lines(json.loads(printed))).output
    assert "no example" in run("show", "launched", "--example", "--profile", cmi5, status=2).output


def test_a_template_that_is_not_there_or_is_several_is_told() -> None:
    assert "no loaded profile has a template goal-sett" in run("show", "goal-sett", status=2).output
    assert "0 templates" not in run("list").output
