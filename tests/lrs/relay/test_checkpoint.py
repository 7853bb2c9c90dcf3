"""How far the relay is, and which of several relays is the one."""

from pathlib import Path

from lrs.http.parts import Parts
from lrs.relay.checkpoint import RelayCheckpoint, read_checkpoints, write_checkpoints
from lrs.relay.election import FileElection, open_election
from lrs.relay.status import RelayStatus, read_status
from tests.lrs.conftest import Client, a_statement


def test_a_checkpoint_never_goes_back(shared: Parts) -> None:
    write_checkpoints(shared.database, [RelayCheckpoint("a", 5), RelayCheckpoint("b", 7, "too large")])
    write_checkpoints(shared.database, [RelayCheckpoint("a", 3), RelayCheckpoint("b", 7)])
    assert read_checkpoints(shared.database) == {"a": RelayCheckpoint("a", 5), "b": RelayCheckpoint("b", 7)}


def test_the_status_tells_lag_and_problem_of_each_store(client: Client, shared: Parts) -> None:
    assert list(read_status(shared.database)) == []
    client.post([a_statement(), a_statement(), a_statement()])
    assert list(read_status(shared.database)) == [RelayStatus("default", 0, 3, 3, None)]
    write_checkpoints(shared.database, [RelayCheckpoint("default", 1, "too large")])
    assert list(read_status(shared.database)) == [RelayStatus("default", 1, 3, 2, "too large")]


def test_one_is_elected_until_it_resigns(tmp_path: Path) -> None:
    one, other = (open_election(f"sqlite:///{tmp_path}/log.sqlite") for _ in range(2))
    assert isinstance(one, FileElection)
    assert (one.is_won(), other.is_won(), one.is_won()) == (True, False, True)
    one.resign()
    assert (other.is_won(), one.is_won()) == (True, False)
    other.resign()
