"""What a warehouse takes of the machine: so much memory, and room beside itself for what does not fit."""

from pathlib import Path

import duckdb
import pytest

from lrs.settings import Settings
from projections import warehouse
from projections.warehouse import open_duckdb


def setting(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    return str(connection.execute(f"select current_setting('{name}')").fetchall()[0][0])


def test_memory_is_what_the_settings_say(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, duckdb_memory="512MiB")
    assert setting(open_duckdb(tmp_path / "x.duckdb", settings), "memory_limit") == "512.0 MiB"


@pytest.mark.parametrize(
    ("machine", "expected"),
    [("18.8 GiB", "3.0 GiB"), ("1.2 TiB", "3.0 GiB"), ("1.6 GiB", None), ("600.0 MiB", None)],
)
def test_without_a_setting_it_is_three_gigabytes_or_what_the_machine_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, machine: str, expected: str | None
) -> None:
    own = setting(duckdb.connect(), "memory_limit")

    monkeypatch.setattr(warehouse, "_told", lambda connection: machine)
    found = setting(open_duckdb(tmp_path / "x.duckdb", Settings(home=tmp_path)), "memory_limit")
    assert found == (expected or own)


def test_what_does_not_fit_goes_beside_the_file(tmp_path: Path) -> None:
    connection = open_duckdb(tmp_path / "x.duckdb", Settings(home=tmp_path))
    assert Path(setting(connection, "temp_directory")).parent == tmp_path
