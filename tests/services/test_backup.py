"""Backup of a running server, restore elsewhere, and the same tables there: by the commands that people give."""

import json
import threading
from pathlib import Path

import duckdb
import pytest

from projections.catalog import load_catalog
from tests.services.server import Server, run_lrs
from tests.services.test_up import a_goal

pytestmark = pytest.mark.services


def tables(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table of the catalogue with all of its rows, in an order of their own."""
    found = {}
    with duckdb.connect(
        str(home / "warehouse" / "default" / "warehouse.duckdb"), read_only=True
    ) as connection:
        for name in [p.name for p in load_catalog() if p.kind == "table"]:
            found[name] = connection.execute(f"select * from {name} order by all").fetchall()
    return found


def exported(home: Path) -> list[str]:
    return [json.loads(line)["id"] for line in run_lrs(home, "export").stdout.splitlines()]


def test_a_backup_taken_while_statements_come_in_gives_the_same_tables_elsewhere(tmp_path: Path) -> None:
    home, elsewhere, early = tmp_path / "home", tmp_path / "elsewhere", tmp_path / "early"
    enough, sent = threading.Event(), []

    def write(server: Server) -> None:
        while not enough.is_set():
            assert server.post([a_goal(f"p{len(sent)}-{n}") for n in range(5)])[0] == 200
            sent.append(5)

    with Server(home) as server:
        server.post([a_goal(f"first-{n}") for n in range(200)])
        writer = threading.Thread(target=write, args=(server,))
        writer.start()
        told = run_lrs(home, "backup", str(tmp_path / "during")).stdout
        enough.set()
        writer.join()
        run_lrs(home, "backup", str(tmp_path / "after"))
    run_lrs(home, "project", "run", "--once")

    run_lrs(early, "restore", str(tmp_path / "during"))
    assert ", 0 faults" in run_lrs(early, "log", "verify").stdout
    first = exported(early)
    assert len(first) >= 200 and f"{len(first)} events" in told
    assert first == exported(home)[: len(first)]

    assert "lrs log verify" in run_lrs(elsewhere, "restore", str(tmp_path / "after")).stdout
    assert f"{200 + sum(sent)} events, 0 faults" in run_lrs(elsewhere, "log", "verify").stdout
    assert f"{200 + sum(sent)} events" in run_lrs(elsewhere, "reindex").stdout
    run_lrs(elsewhere, "project", "rebuild")
    here, there = tables(home), tables(elsewhere)
    assert len(here["goal_progress"]) == 200 + sum(sent)
    assert [name for name in here if here[name] != there[name]] == []
    with Server(elsewhere) as server:  # and it takes statements again
        assert server.post(a_goal("new"))[0] == 200


def test_a_second_restore_is_refused_in_one_line(tmp_path: Path) -> None:
    home = tmp_path / "home"
    run_lrs(home, "credential", "create")
    run_lrs(home, "backup", str(tmp_path / "backup"))
    done = run_lrs(home, "restore", str(tmp_path / "backup"), check=False)
    assert done.returncode == 1 and done.stderr.startswith("lrs: ") and len(done.stderr.splitlines()) == 1
