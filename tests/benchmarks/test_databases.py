"""What the same server takes in on PostgreSQL, against SQLite on the same machine; both survive the loss of power."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.load import SERVER_CPU, bodies, requests_per_second
from tests.services.clients import is_missing
from tests.services.postgresql import CannotStart, PostgreSQL
from tests.services.server import Server

pytestmark = pytest.mark.benchmark


@pytest.fixture(scope="module")
def durable() -> Iterator[PostgreSQL]:
    try:
        server = PostgreSQL(durable=True)
        server.start()
    except CannotStart as problem:
        is_missing(str(problem))
    yield server
    server.close()


def speed(home: Path, database: str, statements: int, batch: int, connections: int) -> float:
    with Server(home, cpu=SERVER_CPU, database=database) as server:
        requests_per_second(server, "/xAPI/statements", bodies(batch * 40, batch, seed=2), connections)
        return batch * requests_per_second(server, "/xAPI/statements", bodies(statements, batch), connections)


@pytest.mark.parametrize(
    ("statements", "batch", "connections"), [(3000, 1, 16), (600, 1, 1), (10_000, 50, 4)]
)
def test_postgresql_takes_a_fair_part_of_what_sqlite_takes(
    durable: PostgreSQL, tmp_path: Path, statements: int, batch: int, connections: int
) -> None:
    sqlite = speed(tmp_path / "sqlite", "", statements, batch, connections)
    postgresql = speed(tmp_path / "postgresql", durable.new_database(), statements, batch, connections)
    print(
        f"\nbatches of {batch} from {connections}: SQLite {sqlite:,.0f}/s, PostgreSQL {postgresql:,.0f}/s",
        end=", ",
    )
    print(f"ratio {postgresql / sqlite:.2f}")
    assert postgresql > 0.2 * sqlite
