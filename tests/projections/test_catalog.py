"""A projection is one file; a file that is not right is refused by name."""

from pathlib import Path

import pytest

from lrs.settings import Settings
from projections.catalog import InvalidProjection, Projection, load_catalog
from projections.projector import Projector
from projections.warehouse import Warehouse
from tests.projections.a_statement import a_statement
from tests.projections.conftest import Memory, events_of

NEW = """-- One row per learner and status: how many goals.
-- grain: store, learner_key, status
-- reads: goal_progress
-- by: learner_key
-- column store: the controller's store
-- column learner_key: the learner
-- column status: the goals' status
-- column goals: how many
select store, learner_key, status, count(*) as goals
from goal_progress
group by store, learner_key, status
"""


def write(folder: Path, text: str, name: str = "goals_by_status.sql") -> Path:
    (folder / name).write_text(text)
    return folder


def goals(warehouse: Warehouse) -> list[tuple[object, ...]]:
    return warehouse.connection.execute("select status, goals from goals_by_status order by all").fetchall()


def test_a_new_projection_is_one_new_file(tmp_path: Path) -> None:
    source = Memory(events_of([a_statement("planned", "goal:read", "2025-09-02 10:00")]))
    home, folder = tmp_path / "home", tmp_path / "mine"
    folder.mkdir()
    warehouse = Warehouse(Settings(home=home), "default")
    projector = Projector(warehouse, load_catalog())
    projector.prepare(source)
    projector.fold(source.events)
    projector = Projector(warehouse, load_catalog(write(folder, NEW)))
    assert projector.prepare(source) == ["goals_by_status"]
    assert goals(warehouse) == [("planned", 1)]
    later = events_of(
        [
            a_statement("planned", "goal:read", "2025-09-02 10:00"),
            a_statement("mastered", "goal:read", "2025-09-03 10:00"),
        ]
    )
    projector.fold(later)
    assert goals(warehouse) == [("achieved", 1)]
    write(folder, NEW.replace("count(*)", "10 * count(*)"))
    projector = Projector(warehouse, load_catalog(folder))
    assert projector.prepare(source) == ["goals_by_status"]
    assert goals(warehouse) == [("achieved", 10)]
    assert projector.prepare(source) == []
    (folder / "goals_by_status.sql").unlink()
    assert Projector(warehouse, load_catalog(folder)).prepare(source) == ["goals_by_status (gone)"]
    warehouse.close()


def test_a_column_that_is_not_described_stops_the_start_and_changes_nothing(tmp_path: Path) -> None:
    text = NEW.replace("-- column goals: how many\n", "")
    warehouse = Warehouse(Settings(home=tmp_path / "home"), "default")
    Projector(warehouse, load_catalog()).prepare(Memory([]))
    with pytest.raises(Exception, match="column goals is not described"):
        Projector(warehouse, load_catalog(write(tmp_path, text))).prepare(Memory([]))
    assert Projector(warehouse, load_catalog()).prepare(Memory([])) == []
    warehouse.close()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("-- grain: store, learner_key, status\n", ""), "`grain:` is missing"),
        (("-- reads: goal_progress", "-- reads: goal_progres"), "goal_progres, which is no projection"),
        (("-- by: learner_key", "-- by: school"), "`by:` takes"),
        (("-- by: learner_key", "-- by: learner_key, task_id"), "kept by task_id and has no such column"),
        (
            ("-- by: learner_key", "-- by: learner_key\n-- counts: session: true"),
            "does not read 'session'",
        ),
        (("-- by: learner_key", "-- due: goal_progress: from temp.x"), "say with `by:`"),
        (("-- by: learner_key", "-- by: learner_key\n-- due: session: from task"), "does not read 'session'"),
        (("-- by: learner_key", "-- bye: learner_key"), "no header line"),
        (("-- column status: the goals' status\n", ""), "column status"),
        (("-- by: learner_key", "-- as: picture"), "`as:` takes"),
        (("-- reads: goal_progress", "-- reads: goals_by_status"), "starts as"),
        (("-- by: learner_key", "-- indicator: yes"), "names its unit"),
    ],
)
def test_a_header_that_is_wrong_names_the_file_and_what_to_mend(
    tmp_path: Path, change: tuple[str, str], problem: str
) -> None:
    with pytest.raises(InvalidProjection, match=problem) as error:
        load_catalog(write(tmp_path, NEW.replace(*change)))
    assert "goals_by_status.sql" in str(error.value)


def test_two_files_of_one_name_and_a_name_that_is_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidProjection, match="has that name already"):
        load_catalog(write(tmp_path, NEW, "peak_hour.sql"))
    (tmp_path / "peak_hour.sql").unlink()
    with pytest.raises(InvalidProjection, match="lower case"):
        load_catalog(write(tmp_path, NEW, "Goals-2.sql"))


def test_projections_that_read_each_other_in_a_circle_are_named(tmp_path: Path) -> None:
    write(tmp_path, NEW.replace("-- reads: goal_progress", "-- reads: other"))
    write(tmp_path, NEW.replace("-- reads: goal_progress", "-- reads: goals_by_status"), "other.sql")
    with pytest.raises(InvalidProjection, match="circle"):
        load_catalog(tmp_path)


def test_every_projection_stands_after_what_it_reads(catalog: list[Projection]) -> None:
    seen = {"batch"}
    for projection in catalog:
        assert set(projection.reads) - {projection.name} <= seen
        seen.add(projection.name)


@pytest.fixture(scope="module")
def named_catalog(catalog: list[Projection]) -> list[Projection]:
    """All of them, though they are not named here."""
    return catalog


def test_every_grain_is_unique_on_the_worked_example(worked_example, catalog: list[Projection]) -> None:  # type: ignore[no-untyped-def]
    for projection in catalog:
        if projection.kind == "batch":
            continue
        grain = ", ".join(projection.grain)
        twice = worked_example.execute(
            f"select {grain} from {projection.name} group by {grain} having count(*) > 1"
        ).fetchall()
        assert not twice, projection.name
