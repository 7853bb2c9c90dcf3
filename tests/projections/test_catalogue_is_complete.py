"""What every projection must have: a grain that holds, and figures that were worked out by hand where they go wrong."""

from collections.abc import Sequence
from importlib import import_module
from inspect import getsource
from pathlib import Path
from types import ModuleType

import pytest

from projections.catalog import Projection
from tests.projections.self_regulation.case import EDGES, Case

HERE = Path(__file__).parent
# View -> its tests of a figure worked out by hand, of too little to go on, and of an edge.
SCHOOL_TESTS = {
    "attainment": (
        "test_goals_set_achieved_and_on_time_are_counted_for_each_learner",
        "test_without_levels_there_is_no_growth",
        "test_a_goal_counts_in_the_school_year_in_which_it_was_set",
    ),
    "attainment_level": (
        "test_levels_are_spread_and_grow_from_first_to_last",
        "test_without_levels_none_is_spread",
        "test_a_voided_level_is_not_spread_and_a_groups_level_is_each_members",
    ),
    "autonomy_support": (
        "test_ownership_is_shared_out_and_support_stands_beside_it_by_skill",
        "test_of_four_regulation_events_no_share_is_told",
        "test_events_count_in_the_term_of_their_day_and_those_of_a_holiday_in_none",
    ),
    "effect": (
        "test_the_treated_changed_more_by_so_many_standard_deviations",
        "test_with_nine_in_an_arm_there_is_no_effect",
        "test_a_voided_intervention_is_gone_and_one_that_is_stated_again_replaces_the_first",
    ),
    "evaluation_mix": (
        "test_evidence_is_spread_over_sources_and_over_purposes",
        "test_without_evidence_there_is_nothing_to_spread",
        "test_evidence_of_a_group_goal_counts_for_each_member_and_none_of_it_when_voided",
    ),
    "feedback": (
        "test_how_soon_feedback_comes_and_whether_it_is_acted_on",
        "test_without_feedback_nothing_is_said_of_it",
        "test_feedback_after_the_autumn_holiday_comes_one_school_day_after_the_work",
    ),
    "inclusion": (
        "test_who_has_a_goal_evidence_or_a_conversation_is_counted_out_of_who_is_there",
        "test_nothing_is_known_before_a_week_is_closed",
        "test_a_learner_who_changes_class_is_counted_in_the_last_one_only",
    ),
    "professional_learning": (
        "test_goals_and_reflections_of_teachers_are_counted_and_those_of_learners_are_not",
        "test_what_rests_on_few_teachers_is_withheld",
        "test_a_teacher_who_changes_school_counts_in_the_last_one_and_who_left_in_none",
    ),
    "quality_cycle": (
        "test_a_whole_cycle_and_one_that_was_only_begun",
        "test_a_cycle_of_one_step_has_no_time_between_steps",
        "test_a_cycle_over_the_summer_belongs_to_the_year_in_which_it_began",
    ),
    "rok_evidence": (
        "test_the_sentence_says_figure_coverage_ceiling_and_strength",
        "test_what_has_no_figure_is_no_evidence_and_says_so",
        "test_strength_follows_coverage_from_each_threshold_on",
    ),
    "school_indicator": (
        "test_a_figure_comes_with_what_it_rests_on_and_what_it_covers",
        "test_what_nothing_was_said_of_has_no_value",
        "test_days_to_feedback_skip_the_autumn_holiday",
    ),
    "side_effects": (
        "test_open_and_dropped_goals_are_counted_for_each_learner",
        "test_without_reports_motivation_is_unknown",
        "test_a_voided_request_was_never_asked",
    ),
}


def modules_of(folder: str) -> list[ModuleType]:
    paths = sorted((HERE / folder).glob("test_*.py"))
    return [import_module(f"tests.projections.{folder}.{path.stem}") for path in paths]


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [case for module in modules_of("self_regulation") for case in getattr(module, "CASES", ())]


def of_indicators(catalog: Sequence[Projection]) -> set[str]:
    return {p.name for p in catalog if p.header.get("indicator") == "yes"}


def test_every_indicator_has_a_value_too_little_and_an_edge_worked_out_by_hand(
    catalog: list[Projection], cases: list[Case]
) -> None:
    plain = {c.indicator for c in cases if c.value is not None and not c.edge}
    few = {c.indicator for c in cases if c.value is None}
    edge = {c.indicator for c in cases if c.edge}
    indicators = of_indicators(catalog)
    assert len(indicators) == 40
    missing = {name: indicators - there for name, there in (("plain", plain), ("few", few), ("edge", edge))}
    assert missing == {"plain": set(), "few": set(), "edge": set()}
    assert {c.indicator for c in cases} == indicators


def test_edges_are_those_where_counting_goes_wrong(cases: list[Case]) -> None:
    """A learner who changes class is one in school views only: no indicator knows of classes."""
    assert {c.edge for c in cases} - {""} == EDGES - {"change of class"}


def test_every_file_with_cases_tests_all_of_them() -> None:
    for module in modules_of("self_regulation"):
        if hasattr(module, "CASES"):
            test = module.test_a_value_is_as_worked_out_by_hand
            (mark,) = test.pytestmark
            assert mark.args[:2] == ("case", module.CASES), module.__name__
            assert "agrees(of, case)" in getsource(test)


def test_every_school_view_has_a_figure_too_little_and_an_edge_worked_out_by_hand(
    catalog: list[Projection],
) -> None:
    assert {p.name for p in catalog if p.folder == "schools"} == set(SCHOOL_TESTS)
    there = {
        name: getsource(module)
        for module in modules_of("schools")
        for name in vars(module)
        if name.startswith("test_")
    }
    for view, tests in SCHOOL_TESTS.items():
        assert len(set(tests)) == 3
        for test in tests:
            assert view in there.get(test, ""), f"{view} has no {test}"
