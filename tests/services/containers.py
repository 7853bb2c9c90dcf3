"""Servers in containers: for those who have Docker, but not the servers' own programs."""

import shutil
import subprocess
from typing import Any

DOCKER_SECONDS = 20
POSTGRESQL: dict[str, Any] = {"image": "postgres:17", "driver": None}
KAFKA: dict[str, Any] = {"image": "confluentinc/cp-kafka:7.9.2"}
# As our own broker has it.
KAFKA_SETTINGS = {
    "KAFKA_AUTO_CREATE_TOPICS_ENABLE": "false",
    "KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS": "1000",
    "KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR": "1",
    "KAFKA_TRANSACTION_STATE_LOG_MIN_ISR": "1",
}
KAFKA_START_SECONDS = 90


class NoContainers(RuntimeError):
    """No container can be started; the text says what is missing."""


def start_postgresql() -> Any:
    """A PostgresContainer that runs. Raises NoContainers."""
    _hold_to_docker()
    try:
        from testcontainers.community.postgres import PostgresContainer
    except ImportError as error:
        raise NoContainers("testcontainers is not installed") from error
    return PostgresContainer(**POSTGRESQL).start()


def start_kafka() -> Any:
    """A KafkaContainer that runs. Raises NoContainers."""
    _hold_to_docker()
    try:
        from testcontainers.community.kafka import KafkaContainer
    except ImportError as error:
        raise NoContainers("testcontainers is not installed") from error
    container = KafkaContainer(**KAFKA).with_kraft()
    for name, value in KAFKA_SETTINGS.items():
        container.with_env(name, value)
    return container.start(timeout=KAFKA_START_SECONDS)


def _hold_to_docker() -> None:
    """Asked of the program: the library opens connections on the way to finding out, and leaves them open."""
    docker = shutil.which("docker")
    if docker is None:
        raise NoContainers("nor is Docker")
    try:
        done = subprocess.run([docker, "info"], capture_output=True, timeout=DOCKER_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise NoContainers("and Docker does not answer") from error
    if done.returncode != 0:
        raise NoContainers("and Docker's daemon does not run")
