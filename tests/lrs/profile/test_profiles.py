"""Which templates a statement matches: by verb, types and attachments, and by the profiles that it is held to."""

import json
from pathlib import Path
from typing import Any

import pytest

from lrs.profile.files import our_profile, read_profiles
from lrs.profile.load import load_profile
from lrs.profile.profiles import Profiles
from tests.lrs.profile.foreign import CMI5_CATEGORY, write_profiles
from tests.schemas.xapi.profiles.examples import an_example

ADL = "http://adlnet.gov/expapi/verbs/"
P = "https://example.org/p"


def slugs(profiles: Profiles, statement: dict[str, Any]) -> list[str]:
    return [finding.of.replace("#", "/").rsplit("/", 1)[1] for finding in profiles.check(statement)]


def one_template(**template: Any) -> Profiles:
    body = {
        "id": P,
        "type": "Profile",
        "versions": [{"id": P + "/v1"}],
        "templates": [{"id": P + "/t/it", "verb": P + "/did", **template}],
    }
    return Profiles(load_profile(json.dumps(body).encode(), "p.jsonld"))


def a_statement(**said: Any) -> dict[str, Any]:
    return {
        "actor": {"mbox": "mailto:a@x.org"},
        "verb": {"id": P + "/did"},
        "object": {"id": P + "/o"},
        **said,
    }


def a_context(**named: Any) -> dict[str, Any]:
    return {"context": {"contextActivities": named}}


def typed(*kinds: str) -> list[dict[str, Any]]:
    return [{"id": f"{P}/{kind}", "definition": {"type": f"{P}/type/{kind}"}} for kind in kinds]


@pytest.mark.parametrize("role", ["parent", "grouping", "category", "other"])
def test_context_activity_types_match_in_their_own_role_and_beside_others(role: str) -> None:
    profiles = one_template(**{f"context{role.title()}ActivityType": [P + "/type/a", P + "/type/b"]})
    assert slugs(profiles, a_statement(**a_context(**{role: typed("a", "b", "c")}))) == ["it"]
    assert slugs(profiles, a_statement(**a_context(**{role: typed("a", "c")}))) == []
    elsewhere = "other" if role != "other" else "parent"
    assert slugs(profiles, a_statement(**a_context(**{elsewhere: typed("a", "b")}))) == []


def test_a_single_context_activity_counts_as_a_list_of_one() -> None:
    profiles = one_template(
        contextParentActivityType=[P + "/type/a"],
        rules=[{"location": "$.context.contextActivities.parent[*].id", "any": [P + "/a"]}],
    )
    statement = a_statement(**a_context(parent=typed("a")[0]))
    assert [finding.broken for finding in profiles.check(statement)] == [[]]
    assert isinstance(
        statement["context"]["contextActivities"]["parent"], dict
    )  # the statement itself is left alone


def test_attachment_usage_types_match() -> None:
    profiles = one_template(attachmentUsageType=[P + "/signature"])
    assert slugs(profiles, a_statement(attachments=[{"usageType": P + "/signature"}])) == ["it"]
    assert slugs(profiles, a_statement()) == []


def test_an_object_that_is_no_activity_has_no_activity_type() -> None:
    profiles = one_template(objectActivityType=P + "/type/a")
    thing = {"objectType": "SubStatement", "definition": {"type": P + "/type/a"}}
    assert slugs(profiles, a_statement(object=thing)) == []


def test_a_reference_to_a_statement_is_asked_where_the_template_says_so() -> None:
    profiles = one_template(objectStatementRefTemplate=[P + "/t/it"])
    [finding] = profiles.check(a_statement())
    assert [broken.path for broken in finding.broken] == ["$.object"]
    reference = {"objectType": "StatementRef", "id": "b7d3d3ae-1c26-4d1d-9b5e-5a6f6dd7a5c1"}
    assert profiles.check(a_statement(object=reference))[0].broken == []


def test_both_spellings_of_an_activity_streams_verb_are_one() -> None:
    statement = an_example("worked-read")
    assert statement["verb"]["id"] == "http://activitystrea.ms/read"
    statement["verb"]["id"] = "http://activitystrea.ms/schema/1.0/read"
    assert slugs(read_profiles(), statement) == ["worked-read"]


def test_a_template_without_a_verb_is_about_every_verb() -> None:
    profiles = one_template(verb=None, objectActivityType=P + "/type/a")
    assert slugs(profiles, a_statement(object=typed("a")[0])) == ["it"]
    assert slugs(profiles, a_statement(object=typed("b")[0])) == []


def test_a_statement_may_match_several_templates() -> None:
    statement = an_example("goal-completed")
    statement["context"]["contextActivities"]["parent"] = [an_example("goal-set")["object"]]
    assert slugs(read_profiles(), statement) == ["goal-completed", "worked-completed"]


def a_cmi5_launch(**extensions: str) -> dict[str, Any]:
    stated = {
        f"https://w3id.org/xapi/cmi5/context/extensions/{name}": value for name, value in extensions.items()
    }
    named = {"category": [{"id": CMI5_CATEGORY}], "grouping": [{"id": "https://x.org/au"}]}
    return {
        "id": "b7d3d3ae-1c26-4d1d-9b5e-5a6f6dd7a5c1",
        "actor": {"account": {"homePage": "https://x.org", "name": "1"}},
        "verb": {"id": ADL + "launched"},
        "object": {"id": "https://x.org/au/1"},
        "context": {"contextActivities": named, "extensions": stated},
        "timestamp": "2026-11-23T10:00:00Z",
    }


LAUNCH = {
    "sessionid": "s1",
    "launchmode": "Normal",
    "launchurl": "https://x.org/au",
    "moveon": "Passed",
    "launchparameters": "",
}


@pytest.fixture
def foreign(tmp_path: Path) -> Profiles:
    return read_profiles(None, write_profiles(tmp_path))


def test_a_cmi5_statement_is_held_to_the_cmi5_profile(foreign: Profiles) -> None:
    assert slugs(foreign, a_cmi5_launch(**LAUNCH)) == ["launched", "generalrestrictions"]
    assert [b for finding in foreign.check(a_cmi5_launch(**LAUNCH)) for b in finding.broken] == []


def test_what_a_cmi5_statement_lacks_or_has_wrong_is_named(foreign: Profiles) -> None:
    statement = a_cmi5_launch(**{**LAUNCH, "launchmode": "Fast"})
    del statement["context"]["extensions"]["https://w3id.org/xapi/cmi5/context/extensions/sessionid"]
    rules = {broken.rule.split("/")[-1] for finding in foreign.check(statement) for broken in finding.broken}
    assert rules == {
        "launchmode']",
        "sessionid']",
        "launchmode",
    }  # a template's rule, another's, the value's schema


def test_a_statement_that_does_not_name_a_profile_is_not_held_to_it(
    foreign: Profiles, tmp_path: Path
) -> None:
    statement = a_cmi5_launch()
    statement["context"]["contextActivities"]["category"] = []
    assert foreign.check(statement) == []
    held = read_profiles(None, write_profiles(tmp_path)[:1], all_of_them=True)
    assert slugs(held, statement) == ["launched", "generalrestrictions"]


def test_our_profile_holds_for_statements_that_do_not_name_it(foreign: Profiles) -> None:
    statement = an_example("goal-set")
    del statement["context"]["contextActivities"]["category"]
    assert slugs(foreign, statement) == ["goal-set"]


def test_a_video_statement_is_held_to_the_video_profile(foreign: Profiles) -> None:
    statement = an_example("worked-played")
    statement["context"]["contextActivities"]["category"].append({"id": "https://w3id.org/xapi/video"})
    assert slugs(foreign, statement) == ["worked-played", "played"]
    del statement["result"]
    [_, played] = foreign.check(statement)
    assert [broken.path for broken in played.broken] == [
        "$.result.extensions['https://w3id.org/xapi/video/extensions/time']"
    ]


def test_what_keeps_a_statement_from_matching_is_said_in_words(foreign: Profiles) -> None:
    statement = an_example("goal-set")
    del statement["object"]["definition"]
    assert foreign.check(statement) == []
    [(template, missing)] = foreign.near(statement)
    assert template.id.endswith("/goal-set")
    assert missing == [
        "$.object.definition.type is not given; the template is about http://id.tincanapi.com/activitytype/goal"
    ]


def test_a_profile_that_is_not_named_is_named_as_what_is_missing(foreign: Profiles) -> None:
    statement = a_cmi5_launch()
    statement["context"]["contextActivities"]["category"] = []
    near = dict((template.id, missing) for template, missing in foreign.near(statement))
    assert near["https://w3id.org/xapi/cmi5#launched"] == [
        "$.context.contextActivities.category does not name https://w3id.org/xapi/cmi5 or "
        "https://w3id.org/xapi/cmi5/context/categories/cmi5 or https://w3id.org/xapi/cmi5/v1.0"
    ]
    assert near["https://w3id.org/xapi/gsl/templates/worked-launched"] == [
        "$.context.contextActivities.parent names no activity of type http://id.tincanapi.com/activitytype/goal"
    ]


def test_an_extension_that_is_wrong_in_two_places_is_one_finding() -> None:
    level = "https://w3id.org/xapi/gsl/extensions/level"
    statement = a_statement(context={"extensions": {level: 3}}, result={"extensions": {level: "3"}})
    [finding] = read_profiles().check(statement)
    assert (finding.of, [broken.rule for broken in finding.broken]) == (
        level,
        [f"place {level}", f"value {level}"],
    )


def test_our_profile_is_read_once() -> None:
    assert our_profile() is our_profile()
