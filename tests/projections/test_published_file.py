"""Which editions of a published file stay."""

from pathlib import Path

from projections.published_file import drop_old, link


def publish(folder: Path, edition: str) -> None:
    (folder / f"{edition}.duckdb").touch()
    (folder / edition).mkdir()
    link(folder / "learners.duckdb", folder / f"{edition}.duckdb")
    link(folder / "learners-parquet", folder / edition)
    drop_old(folder, "learners")


def editions(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.is_symlink()}


def test_editions_go_by_number_and_two_stay(tmp_path: Path) -> None:
    for position in (8, 9, 10):
        publish(tmp_path, f"learners-{position}")
    assert editions(tmp_path) == {"learners-9", "learners-9.duckdb", "learners-10", "learners-10.duckdb"}


def test_what_a_link_names_stays_though_a_log_that_was_put_back_is_shorter(tmp_path: Path) -> None:
    for position in (8, 9, 3):
        publish(tmp_path, f"learners-{position}")
    assert {"learners-3", "learners-3.duckdb"} < editions(tmp_path)
    assert (tmp_path / "learners.duckdb").resolve().name == "learners-3.duckdb"


def test_files_of_another_name_stay(tmp_path: Path) -> None:
    (tmp_path / "schools-1.duckdb").touch()
    for position in (8, 9, 10):
        publish(tmp_path, f"learners-{position}")
    assert "schools-1.duckdb" in editions(tmp_path)


def test_parquet_that_is_published_less_often_stays_for_its_readers(tmp_path: Path) -> None:
    publish(tmp_path, "learners-1")
    for position in (2, 3, 4):
        (tmp_path / f"learners-{position}.duckdb").touch()
        drop_old(tmp_path, "learners")
    publish(tmp_path, "learners-5")
    assert {"learners-1", "learners-5"} < editions(tmp_path)
    assert "learners-1.duckdb" not in editions(tmp_path)


def test_without_a_link_to_it_no_parquet_stays(tmp_path: Path) -> None:
    publish(tmp_path, "learners-1")
    (tmp_path / "learners-parquet").unlink()
    drop_old(tmp_path, "learners")
    assert editions(tmp_path) == {"learners-1.duckdb"}
