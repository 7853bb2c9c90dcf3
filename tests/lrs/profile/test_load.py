"""A profile that cannot be used is refused with the file and the place."""

import json
from pathlib import Path
from typing import Any

import pytest

from lrs.profile.files import our_profile, read_profiles
from lrs.profile.load import InvalidProfile, load_profile
from lrs.profile.profiles import Profiles

P = "https://example.org/p"


def a_profile(**changed: Any) -> bytes:
    body = {
        "@context": "https://w3id.org/xapi/profiles/context",
        "id": P,
        "type": "Profile",
        "versions": [{"id": P + "/v2", "wasRevisionOf": [P + "/v1"]}],
        "templates": [
            {"id": P + "/t/1", "verb": P + "/did", "rules": [{"location": "$.x", "presence": "included"}]}
        ],
        **changed,
    }
    return json.dumps(body).encode()


def a_rule(**rule: Any) -> dict[str, Any]:
    return {"templates": [{"id": P + "/t/1", "rules": [{"location": "$.x", "presence": "included"}, rule]}]}


def an_extension(schema: str) -> dict[str, Any]:
    return {"concepts": [{"id": P + "/e", "type": "ResultExtension", "inlineSchema": schema}]}


def patterns(*described: dict[str, Any]) -> dict[str, Any]:
    return {"patterns": [{"id": f"{P}/pattern/{i}", **each} for i, each in enumerate(described)]}


def test_a_profile_names_its_versions_and_what_they_revise() -> None:
    assert load_profile(a_profile(), "p.jsonld").named_by == {P, P + "/v1", P + "/v2"}


def test_a_single_value_counts_as_an_array_of_one() -> None:
    body = a_profile(templates={"id": P + "/t/1", "contextParentActivityType": P + "/type"})
    [template] = load_profile(body, "p.jsonld").templates
    assert template.context_types == (("parent", frozenset([P + "/type"])),)


@pytest.mark.parametrize(
    ("body", "place", "problem"),
    [
        (b"{", "$", "not JSON"),
        (b"[]", "$", "must be an object"),
        (b'{"id": 1, "id": 2}', "$.id", "given twice"),
        (a_profile(type="Verb"), "$.type", "must be Profile"),
        (a_profile(id="p"), "$.id", "absolute IRI"),
        (a_profile(versions=[]), "$.versions", "is missing"),
        (a_profile(templates=[{"id": ""}]), "$.templates[0].id", "must be a text"),
        (a_profile(templates=[{}]), "$.templates[0].id", "is missing"),
        (a_profile(templates=[{"id": P + "/t", "verb": 3}]), "$.templates[0].verb", "must be a text"),
        (a_profile(templates=["x"]), "$.templates[0]", "must be an object"),
        (
            a_profile(templates=[{"id": P + "/t", "prefLabel": [1]}]),
            "$.templates[0].prefLabel",
            "language map",
        ),
        (
            a_profile(**a_rule(location="$.a[?(1)]", presence="included")),
            "$.templates[0].rules[1].location",
            "no filters",
        ),
        (
            a_profile(**a_rule(location="$.a", selector="?", any=[1])),
            "$.templates[0].rules[1].selector",
            "starts with",
        ),
        (
            a_profile(**a_rule(location="$.a", presence="maybe")),
            "$.templates[0].rules[1].presence",
            "recommended",
        ),
        (a_profile(**a_rule(location="$.a")), "$.templates[0].rules[1]", "presence, any, all or none"),
        (a_profile(**an_extension("{")), "$.concepts[0].inlineSchema", "is not JSON"),
        (a_profile(**an_extension('{"type": "txt"}')), "$.concepts[0].inlineSchema", "no JSON Schema"),
        (
            a_profile(**an_extension('{"$ref": "https://x.org/s"}')),
            "$.concepts[0].inlineSchema",
            "not fetched",
        ),
        (a_profile(**patterns({})), "$.patterns[0]", "exactly one"),
        (a_profile(**patterns({"optional": P, "sequence": [P]})), "$.patterns[0]", "exactly one"),
        (a_profile(**patterns({"optional": [P, P]})), "$.patterns[0].optional", "else one"),
    ],
)
def test_a_file_that_is_not_right_is_refused_with_its_place(body: bytes, place: str, problem: str) -> None:
    with pytest.raises(InvalidProfile) as refused:
        load_profile(body, "p.jsonld")
    assert str(refused.value).startswith(f"p.jsonld: {place}: ")
    assert problem in str(refused.value)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (patterns({"optional": P + "/nowhere"}), "which no loaded profile defines"),
        (patterns({"optional": P + "/pattern/0"}), "a part of itself"),
        (patterns({"optional": P + "/pattern/1"}, {"zeroOrMore": P + "/pattern/0"}), "a part of itself"),
        ({"templates": [{"id": P + "/t"}, {"id": P + "/t"}]}, "defined twice"),
    ],
)
def test_what_does_not_hang_together_is_refused(change: dict[str, Any], problem: str) -> None:
    with pytest.raises(InvalidProfile, match=problem):
        Profiles(our_profile(), [load_profile(a_profile(**change), "p.jsonld")])


def test_profiles_of_a_folder_are_read_by_name_and_others_files_left_alone(tmp_path: Path) -> None:
    (tmp_path / "b.jsonld").write_bytes(a_profile())
    (tmp_path / "a.json").write_bytes(a_profile(id=P + "/other", templates=[]))
    (tmp_path / "README.md").write_text("not a profile")
    ids = [profile.id for profile in read_profiles(tmp_path).profiles]
    assert ids == ["https://w3id.org/xapi/gsl", P + "/other", P]


def test_a_folder_that_is_none_and_a_file_that_is_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidProfile, match="LRS_PROFILES"):
        read_profiles(tmp_path / "nowhere")
    with pytest.raises(InvalidProfile, match="No such file"):
        read_profiles(None, [tmp_path / "nothing.jsonld"])
