"""Which server tests take: the environment's, else one of the machine's programs, else a container."""

import inspect
import os
import warnings
from pathlib import Path

import pytest
from kafka import KafkaAdminClient

from tests.services import containers
from tests.services.broker import RUNNING, Broker, a_broker
from tests.services.postgresql import VARIABLE, CannotStart, PostgreSQL, Running, start_postgresql


def test_a_container_is_asked_for_as_testcontainers_takes_it() -> None:
    """Without Docker: what we call is there, takes our arguments, and is not deprecated."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        from testcontainers.community.kafka import KafkaContainer
        from testcontainers.community.postgres import PostgresContainer
    inspect.signature(PostgresContainer).bind(**containers.POSTGRESQL)
    inspect.signature(PostgresContainer.start).bind(None)
    inspect.signature(PostgresContainer.get_connection_url).bind(None)
    inspect.signature(PostgresContainer.stop).bind(None)
    inspect.signature(KafkaContainer).bind(**containers.KAFKA)
    inspect.signature(KafkaContainer.with_kraft).bind(None)
    inspect.signature(KafkaContainer.with_env).bind(None, "NAME", "value")
    inspect.signature(KafkaContainer.start).bind(None, timeout=containers.KAFKA_START_SECONDS)
    inspect.signature(KafkaContainer.get_bootstrap_server).bind(None)
    inspect.signature(KafkaContainer.stop).bind(None)


def test_without_any_server_it_says_what_would_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("tests.services.postgresql.INSTALLED", tmp_path)
    with pytest.raises(CannotStart, match=f"apt install postgresql.*{VARIABLE}.*nor is Docker"):
        start_postgresql()
    monkeypatch.delenv(RUNNING, raising=False)
    monkeypatch.setenv("LRS_TEST_STRICT", "1")
    with pytest.raises(pytest.fail.Exception, match=f"default-jre-headless.*{RUNNING}.*nor is Docker"):
        a_broker(tmp_path / "kafka").__enter__()


@pytest.mark.services
def test_a_postgresql_that_the_environment_names_is_taken_and_left_as_it_was(
    postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, postgresql.address())
    before = postgresql.execute("select datname from pg_database order by 1")
    server = start_postgresql()
    assert isinstance(server, Running)
    made = server.new_database()
    assert f":{postgresql.port}/" in made
    server.close()
    assert postgresql.execute("select datname from pg_database order by 1") == before


@pytest.mark.services
def test_a_kafka_that_the_environment_names_is_taken_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Broker(tmp_path / "kafka") as running:
        monkeypatch.setenv(RUNNING, running.servers)
        with a_broker(tmp_path / "other") as servers:
            assert servers == running.servers
        KafkaAdminClient(bootstrap_servers=os.environ[RUNNING]).close()
        assert not (tmp_path / "other").exists()
