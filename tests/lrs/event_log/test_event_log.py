"""What the event log promises, whatever database it lies in."""

import itertools
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from lrs.event_log.append import ClockBehind, Head, NewEvent, append, read_head
from lrs.event_log.database import Database, DatabaseUnusable, open_database
from lrs.event_log.migrate import VERSION_TABLE, is_migrated, migrate, numbers
from lrs.event_log.read import count_events, follow, read_events, stores
from lrs.event_log.secret import WrongSecret, agent_key_bytes, hold_to_secret
from lrs.event_log.tables import log_metadata
from lrs.event_log.verify import Fault, verify
from lrs.event_log.writer import Writer


def an_event(body: str = "{}", store: str = "default") -> NewEvent:
    return NewEvent(store=store, kind="person_linked", version=1, body=body, agent_keys=(), credential="test")


def append_events(database: Database, *events: NewEvent) -> Head:
    with database.writing() as connection:
        return append(connection, events, read_head(connection))


def faults(database: Database) -> list[Fault]:
    with database.reading() as connection:
        return [found for found in verify(connection) if isinstance(found, Fault)]


def test_positions_are_gapless_from_one_and_stored_strictly_rises(database: Database) -> None:
    for size in (1, 3, 1, 200):
        append_events(database, *[an_event() for _ in range(size)])
    with database.reading() as connection:
        events = list(follow(connection, page=7))
    assert [e.position for e in events] == list(range(1, 206))
    assert all(a.stored < b.stored for a, b in itertools.pairwise(events))


def test_a_payload_comes_back_to_the_letter(database: Database) -> None:
    body = '{"a": 1.10, "b":"\\u0000 é 𝄞"}'
    append_events(database, an_event(body))
    with database.reading() as connection:
        assert read_events(connection)[0].body == body


def test_stores_share_one_order_and_are_read_apart(database: Database) -> None:
    append_events(database, an_event(store="b"), an_event(store="a"), an_event(store="b"))
    with database.reading() as connection:
        assert stores(connection) == ["a", "b"]
        assert [e.position for e in read_events(connection, store="b")] == [1, 3]
        assert [e.position for e in follow(connection, page=1, until=2)] == [1, 2]
        assert count_events(connection, 1, store="b") == 1
        assert read_head(connection, "a").position == 2


def test_a_clock_set_back_a_little_does_not_break_the_order(database: Database) -> None:
    head = append_events(database, an_event())
    with database.writing() as connection:
        ahead = Head(head.position, head.stored + 3_000_000)
        assert append(connection, [an_event()], ahead).stored == ahead.stored + 1


def test_a_clock_set_back_far_stops_writing(database: Database) -> None:
    head = append_events(database, an_event())
    with database.writing() as connection, pytest.raises(ClockBehind):
        append(connection, [an_event()], Head(head.position, head.stored + 60_000_000))


def test_verify_finds_a_gap_a_changed_payload_and_a_broken_order(database: Database) -> None:
    append_events(database, *[an_event(f'{{"n":{i}}}') for i in range(6)])
    assert faults(database) == []
    with database.writing() as connection:
        connection.exec_driver_sql("update event_payload set body = '{}' where position = 2")
        connection.exec_driver_sql("delete from event_log where position = 4")
        connection.exec_driver_sql("update event_log set stored = 1 where position = 6")
        connection.exec_driver_sql("delete from event_payload where position = 3")
    assert [(f.position, f.text.split(":")[0]) for f in faults(database)] == [
        (2, "payload"),
        (3, "payload"),
        (5, "gap"),
        (6, "order"),
    ]


def test_migrations_are_done_once_and_then_nothing(address: str) -> None:
    database = open_database(address)
    with database.reading() as connection:
        assert not is_migrated(connection)
    assert migrate(database) == list(numbers())
    assert migrate(database) == []
    with database.reading() as connection:
        assert is_migrated(connection)
    database.close()


def test_migration_numbers_have_no_gaps() -> None:
    assert list(numbers()) == [f"{i:04}" for i in range(1, len(numbers()) + 1)]


def test_the_migrations_end_at_the_tables_as_they_are(database: Database) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True}
        )
        assert compare_metadata(context, log_metadata) == []


def test_ten_migrations_at_once_make_the_tables_once(address: str) -> None:
    open_database(address).close()
    done: list[list[str]] = []

    def run() -> None:
        database = open_database(address)
        done.append(migrate(database))
        database.close()

    threads = [threading.Thread(target=run) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done, key=len) == [[]] * 9 + [list(numbers())]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DatabaseUnusable, match="LRS_HOME"):
        open_database(f"sqlite:///{tmp_path}/file/below/log.sqlite")
    with pytest.raises(DatabaseUnusable, match="memory"):
        open_database("sqlite://")
    with pytest.raises(DatabaseUnusable, match="mysql"):
        open_database("mysql://host/x")
    with pytest.raises(DatabaseUnusable, match="LRS_DATABASE"):
        open_database("db.example.org/leerspoor")


def test_another_agent_key_secret_is_refused(database: Database, tmp_path: Path) -> None:
    hold_to_secret(database, b"one", 1)
    hold_to_secret(database, b"one", 1)
    hold_to_secret(database, b"two", 2)
    with pytest.raises(WrongSecret, match="version 1"):
        hold_to_secret(database, b"two", 1)


def test_the_secret_in_home_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    made = agent_key_bytes("", tmp_path / "home")
    assert len(made) > 30
    assert agent_key_bytes("", tmp_path / "home") == made
    assert (tmp_path / "home" / "agent_key_secret").stat().st_mode & 0o777 == 0o600
    assert agent_key_bytes("configured", tmp_path / "other") == b"configured"


def append_each(
    connection: sa.Connection, head: Head, events: Sequence[NewEvent]
) -> tuple[list[int | Exception], Head]:
    """For each caller the position of its event; an event whose body is "refuse" is refused as a value."""
    positions: list[int | Exception] = []
    for event in events:
        if event.body == "refuse":
            positions.append(ValueError("refused"))
            continue
        head = append(connection, [event], head)
        positions.append(head.position)
        if event.body == "fail":
            raise KeyError("a fault of our own")
    return positions, head


def test_work_that_fails_leaves_nothing(database: Database) -> None:
    writer = Writer(database)
    assert writer.run(append_each, an_event()) == 1
    with pytest.raises(KeyError):
        writer.run(append_each, an_event("fail"))
    assert writer.run(append_each, an_event()) == 2
    assert faults(database) == []


def run_side_by_side(database: Database, bodies: list[list[str]]) -> tuple[list[int], list[Exception], int]:
    """Each list is one thread's events, one after another; returns positions, errors and the number of commits."""
    writer, results, errors, commits = Writer(database), list[int](), list[Exception](), list[int]()
    sa.event.listen(database.writers, "commit", lambda _: commits.append(1))

    def work(own: list[str]) -> None:
        for body in own:
            try:
                results.append(writer.run(append_each, an_event(body)))
            except (ValueError, KeyError, OSError) as error:
                errors.append(error)

    with database.writing():  # all of them queue up behind this lock at first
        threads = [threading.Thread(target=work, args=(own,)) for own in bodies]
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join()
    return results, errors, len(commits) - 1


def test_writers_that_wait_together_share_commits_and_get_their_own_positions(database: Database) -> None:
    results, errors, commits = run_side_by_side(database, [["{}", "{}", "refuse", "{}"] * 5] * 10)
    assert sorted(results) == list(range(1, 151))
    assert len(errors) == 50
    assert commits < 200
    assert faults(database) == []


def test_one_whose_work_fails_does_not_fail_the_others(database: Database) -> None:
    results, errors, _ = run_side_by_side(database, [["{}", "{}", "fail", "{}"] * 3] * 6)
    assert sorted(results) == list(range(1, 55))
    assert [type(error) for error in errors] == [KeyError] * 18
    assert faults(database) == []


def test_a_commit_that_fails_is_told_to_everyone_in_it(database: Database) -> None:
    def refuse(_: sa.Connection) -> None:
        raise OSError("disk full")

    sa.event.listen(database.writers, "commit", refuse)
    writer = Writer(database)
    with pytest.raises(OSError, match="disk full"):
        writer.run(append_each, an_event())
    sa.event.remove(database.writers, "commit", refuse)
    assert writer.run(append_each, an_event()) == 1


def test_what_was_committed_is_there_after_opening_anew(address: str) -> None:
    for expected in (1, 2, 3):
        database = open_database(address)
        migrate(database)
        assert Writer(database).run(append_each, an_event()) == expected
        database.close()
