"""Evidence for the R-OK (indicators 6): the lower of what an indicator can show and of what it covers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from lrs.settings import Settings
from projections.catalog import Projection
from projections.projector import Projector
from projections.rok import INDICATORS
from projections.warehouse import Warehouse
from tests.projections.a_statement import a_statement
from tests.projections.conftest import Memory, events_of
from tests.projections.schools.a_school import in_school, people, present, rows, weeks_closed

Project = Callable[..., duckdb.DuckDBPyConnection]
STEPS = ("asked-learning-question", "set-cycle-goal", "acted", "measured-effect", "decided")


def cycles(whole: int, begun: int, school: str = "north") -> list[dict[str, Any]]:
    return [
        in_school(
            step,
            f"quality-cycle:{school}{n}",
            f"2025-09-02 1{place}:00",
            by=f"teacher-{school}",
            school=school,
        )
        for n in range(whole + begun)
        for place, step in enumerate(STEPS if n < whole else STEPS[:1])
    ]


def evidence(warehouse: duckdb.DuckDBPyConnection, expectation: str, columns: str) -> list[tuple[Any, ...]]:
    return rows(warehouse, "rok_evidence", columns, f"expectation = '{expectation}'")


def test_strength_follows_coverage_from_each_threshold_on(project: Project) -> None:
    schools = {(4, 1): "strong", (3, 1): "partial", (1, 1): "partial", (1, 4): "weak", (1, 5): "none"}
    said = [weeks_closed()]
    for whole, begun in schools:
        name = f"school{whole}{begun}"
        said += [*present([f"learner-{name}"], school=name), *cycles(whole, begun, name)]
    query = (
        "select school_key, value, n, strength from rok_evidence "
        "where expectation = 'K2' and indicator = 'cycles_opened' and school_key like 'school%' order by all"
    )
    assert project(said).execute(query).fetchall() == sorted(
        (f"school{whole}{begun}", whole + begun, whole + begun, strength)
        for (whole, begun), strength in schools.items()
    )


def test_the_sentence_says_figure_coverage_ceiling_and_strength(project: Project) -> None:
    warehouse = project([*present(people(1)), *cycles(1, 3), weeks_closed()])
    (told,) = [
        row
        for row in evidence(warehouse, "K2", "indicator, sentence, sentence_en")
        if row[0] == "cycle_steps"
    ]
    assert (
        told[1]
        == "Het cijfer is 40 % (n = 4) en dekt 25 %. Het is hoogstens sterk bewijs; met deze dekking is het zwak."
    )
    assert told[2].startswith("The figure is 40 % (n = 4) and covers 25 %. It can be strong evidence at most")


def test_a_ceiling_holds_whatever_is_covered(project: Project) -> None:
    levels = [
        statement
        for name in people(5)
        for statement in (
            in_school("planned", "goal:a", "2025-09-01 09:00", by=name),
            in_school("self-assessed", "goal:a", "2025-09-02 09:00", by=name, level=1),
            in_school("self-assessed", "goal:a", "2025-09-03 09:00", by=name, level=2),
        )
    ]
    columns = "indicator, value, n, coverage, ceiling, strength"
    assert evidence(project([*levels, weeks_closed()]), "theme-learning-gain", columns) == [
        ("level_growth", 1.0, 5, 1.0, "weak", "weak")
    ]


def test_what_has_no_figure_is_no_evidence_and_says_so(project: Project) -> None:
    warehouse = project([*present(people(2)), weeks_closed()])
    assert evidence(warehouse, "K2", "indicator, value, strength, sentence")[0] == (
        "cycle_sources", None, "none", "Er zijn te weinig gegevens om hier iets over te zeggen.",
    )  # fmt: skip
    columns = "indicator, code, verification, strength, sentence"
    assert evidence(warehouse, "theme-wellbeing", columns) == [
        (
            "none", None, "not-verified", "none",
            "Leergegevens zeggen hier niets over: "
            "alleen een bevraging kan dit zeggen en het wordt nooit afgeleid uit sporen.",
        )
    ]  # fmt: skip


def test_the_trend_is_the_change_since_the_school_year_before(project: Project) -> None:
    before = a_statement("decided", "quality-cycle:old", "2024-10-01 16:00", by="teacher", school="north")
    warehouse = project([before, *cycles(2, 1), weeks_closed()])
    found = rows(warehouse, "school_indicator", "school_year, value, trend", "indicator = 'cycles_opened'")
    assert found == [("2024-2025", 1.0, None), ("2025-2026", 3.0, 2.0)]


def test_every_indicator_of_the_list_is_made(project: Project) -> None:
    statements = [
        *present(people(2)),
        in_school("planned", "goal:a", "2025-09-01 09:00", by="p01"),
        in_school("attempted", "goal:a", "2025-09-01 09:00", by="p01"),
        *cycles(1, 0),
        weeks_closed(),
    ]
    found = rows(project(statements), "school_indicator", "distinct indicator")
    assert {name for (name,) in found} == INDICATORS


def test_a_school_with_a_list_of_its_own_gets_that_one_and_others_the_official_one(
    tmp_path: Path, catalog: list[Projection]
) -> None:
    lists = tmp_path / "rok"
    lists.mkdir()
    warehouse = Warehouse(Settings(home=tmp_path, rok_folder=lists), "default")
    elsewhere = present(["somebody"], school="elsewhere")
    source = Memory(events_of([*present(people(2)), *elsewhere, weeks_closed()]))
    projector = Projector(warehouse, catalog)
    projector.prepare(source)
    projector.fold(source.events)
    query = "select school_key, code, verification from rok_evidence where expectation = 'theme-wellbeing' order by all"
    official = [("elsewhere", None, "not-verified"), ("north", None, "not-verified")]
    assert warehouse.connection.execute(query).fetchall() == official
    (lists / "north.csv").write_text("expectation,code\ntheme-wellbeing,R3\n", "utf-8")
    projector.prepare(source)
    assert warehouse.connection.execute(query).fetchall() == [official[0], ("north", "R3", "school")]
    warehouse.close()
