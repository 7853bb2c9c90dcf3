"""Who may see whom."""

from collections.abc import Callable

import pytest

from lrs.commands.link_person import link_person
from lrs.directory.directory import Directory, DirectoryUnusable, open_directory
from lrs.directory.viewer import (
    MayNotSee,
    Viewer,
    as_administrator,
    as_director,
    as_learner,
    as_teacher,
)
from lrs.http.parts import Parts
from lrs.settings import Settings
from tests.lrs.directory.conftest import JANUARY, SEPTEMBER, Take
from tests.projections.a_roster import a_roster, a_stay
from tests.projections.a_statement import a_person

Open = Callable[[], Directory]


@pytest.fixture
def school(take: Take, directory: Open) -> Directory:
    """ann moves from 3a to 3b in December, bob stays in 3a; tine teaches 3a, tom teaches 3b."""
    take(
        *a_roster(
            a_stay("ann", "3a", "2025-09-01", "2025-12-01"),
            a_stay("ann", "3b", "2025-12-01", number=1),
            a_stay("bob", "3a", "2025-09-01"),
            a_stay("tine", "3a", "2025-09-01", role="teacher"),
            a_stay("tom", "3b", "2025-09-01", role="teacher"),
        )
    )
    return directory()


def key(school: Directory, name: str) -> str:
    return school.find_person(name) or ""


def teacher(school: Directory, name: str, day: object = SEPTEMBER) -> Viewer:
    return as_teacher(school.classes_taught(key(school, name), day))  # type: ignore[arg-type]


def test_a_learner_sees_himself_and_nobody_else(school: Directory) -> None:
    ann, bob = key(school, "ann"), key(school, "bob")
    view = school.seen_by(as_learner(ann), SEPTEMBER)
    assert view.learner_names([ann]) == {ann: "ann X"}
    for others in ([bob], [ann, bob]):
        with pytest.raises(MayNotSee):
            view.learner_names(others)
    with pytest.raises(MayNotSee):
        view.reflections(bob, [1])


def test_a_learner_sees_himself_under_a_key_from_before_he_was_linked(
    school: Directory, shared: Parts, directory: Open
) -> None:
    agents = [a_person("ann"), a_person("ann-elsewhere")]
    link_person(shared.writer, agents, store="default", credential="operator", keys=shared.keys)
    keys = [shared.keys.key(agent) for agent in agents]
    assert directory().seen_by(as_learner(keys[0]), SEPTEMBER).visible(keys) == set(keys)


def test_a_teacher_sees_his_own_class(school: Directory) -> None:
    ann, bob = key(school, "ann"), key(school, "bob")
    view = school.seen_by(teacher(school, "tine"), SEPTEMBER)
    assert view.learner_names([ann, bob]) == {ann: "ann X", bob: "bob X"}
    view.refuse_class("3a")


def test_a_teacher_of_another_class_is_refused(school: Directory) -> None:
    view = school.seen_by(teacher(school, "tom"), SEPTEMBER)
    with pytest.raises(MayNotSee):
        view.learner_names([key(school, "bob")])
    with pytest.raises(MayNotSee):
        view.refuse_class("3a")


def test_a_learner_who_changed_class_is_seen_by_the_new_teacher_only(school: Directory) -> None:
    ann = key(school, "ann")
    seen = {
        (who, day): school.seen_by(teacher(school, who, day), day).visible([ann]) == {ann}
        for who in ("tine", "tom")
        for day in (SEPTEMBER, JANUARY)
    }
    assert seen == {
        ("tine", SEPTEMBER): True, ("tom", SEPTEMBER): False, ("tine", JANUARY): False, ("tom", JANUARY): True,
    }  # fmt: skip


def test_who_learns_in_a_class_does_not_teach_it(school: Directory) -> None:
    assert school.classes_taught(key(school, "bob"), SEPTEMBER) == frozenset()


def test_a_teacher_does_not_see_a_colleague_in_his_class(school: Directory) -> None:
    view = school.seen_by(teacher(school, "tine"), SEPTEMBER)
    assert view.visible([key(school, "tine")]) == set()


def test_a_director_sees_no_learner_and_no_goal_title_but_names_of_classes_and_schools(
    school: Directory,
) -> None:
    view = school.seen_by(as_director(), SEPTEMBER)
    for ask in (
        lambda: view.learner_names([key(school, "ann")]),
        lambda: view.reflections(key(school, "ann"), [1]),
        lambda: view.goal_titles(["https://example.org/1"]),
        lambda: view.refuse_class("3a"),
    ):
        with pytest.raises(MayNotSee):
            ask()
    assert view.class_names(["3a"]) == {"3a": "3A"}
    assert view.school_names(["north"]) == {"north": "North"}


def test_a_refusal_names_nobody(school: Directory) -> None:
    with pytest.raises(MayNotSee) as refusal:
        school.seen_by(teacher(school, "tom"), SEPTEMBER).learner_names([key(school, "bob")])
    assert "bob" not in str(refusal.value) and key(school, "bob") not in str(refusal.value)


def test_an_administrator_sees_everybody(school: Directory) -> None:
    everybody = [key(school, name) for name in ("ann", "bob", "tine")]
    assert len(school.seen_by(as_administrator(), SEPTEMBER).learner_names(everybody)) == 3


def test_a_person_is_found_by_roster_id_by_agent_and_by_agent_key(school: Directory, shared: Parts) -> None:
    ann = shared.keys.key(a_person("ann"))
    agent = '{"account": {"homePage": "https://example.org", "name": "ann"}}'
    assert [school.find_person(named) for named in ("ann", agent, ann)] == [ann] * 3


def test_somebody_whom_nobody_knows_is_not_found(school: Directory) -> None:
    agent = '{"mbox": "mailto:nobody@example.org"}'
    assert [school.find_person(named) for named in ("zoe", agent, "1-" + "0" * 32, "{", "")] == [None] * 5


def test_a_store_that_was_never_made_has_no_directory(tmp_path: object) -> None:
    with (
        pytest.raises(DirectoryUnusable, match="lrs migrate"),
        open_directory(Settings(home=tmp_path), "default"),  # type: ignore[arg-type]
    ):
        pass
