"""A real Apache Kafka for tests: one node in combined mode, from the artefacts that the project publishes for Java.

Its data directory and ports are its own, and it is stopped by its own process id. `LRS_TEST_KAFKA` names a running
one to use instead, and where Java or Maven is missing and Docker is there, `testcontainers` starts one; tests that stop
the broker, or ask more of it, still start one of their own.
"""

import base64
import os
import shutil
import signal
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from tests.services import containers
from tests.services.clients import is_missing, program
from tests.services.server import a_free_port

VERSION = "4.4.0"
RUNNING = "LRS_TEST_KAFKA"
NO_JAVA = "java is not installed (Debian: apt install default-jre-headless)"
DOWNLOAD_SECONDS, START_SECONDS, STOP_SECONDS = 280, 60, 20
# A small machine's worth: the tests' topics are some megabytes.
JAVA_OPTIONS = ["-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"]
LOGGING = ["-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Dorg.slf4j.simpleLogger.showDateTime=true"]

POM = f"""\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>leerspoor.test</groupId><artifactId>broker</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>{VERSION}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
"""

PROPERTIES = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs={data}
num.partitions=1
auto.create.topics.enable=false
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms={patience}
group.min.session.timeout.ms=1000
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
controlled.shutdown.enable=false
"""


class Broker:
    """One Kafka node of its own, as a context manager; stopped, killed and started again by the tests."""

    def __init__(self, folder: Path, patience_ms: int = 0) -> None:
        """`patience_ms`: how long a new group waits for more members before it shares the partitions."""
        self.patience_ms = patience_ms
        self.folder, self.port, self.controller = folder, a_free_port(), a_free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.log, self.properties = folder / "broker.log", folder / "server.properties"

    @property
    def servers(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def open_servers(self) -> str:
        """Where it asks for neither a name nor a certificate."""
        return self.servers

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.properties.write_text(self._server_properties())
        self._format()
        self.start()
        return self

    def _server_properties(self) -> str:
        return PROPERTIES.format(
            port=self.port,
            controller=self.controller,
            data=self.folder / "data",
            patience=self.patience_ms,
        )

    def _format(self, *more: str) -> None:
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        # with "=", since an id may begin with a dash
        options = ["format", f"--cluster-id={cluster}", "-c", str(self.properties), *more]
        done = subprocess.run(
            _java("kafka.tools.StorageTool", *options), capture_output=True, text=True, timeout=60
        )
        if done.returncode != 0:
            is_missing(f"Kafka's storage could not be formatted: {(done.stdout + done.stderr)[-500:]}")

    def start(self) -> None:
        with self.log.open("ab") as log:
            command = _java("kafka.Kafka", str(self.properties))
            self.process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        deadline = time.monotonic() + START_SECONDS
        while not answers(self.open_servers):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                is_missing(f"Kafka does not start: {self.log.read_text()[-1000:]}")
            time.sleep(0.2)

    def stop(self) -> None:
        """SIGTERM, and SIGKILL if that does not help."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        shutil.rmtree(self.folder / "data", ignore_errors=True)


@contextmanager
def a_broker(folder: Path) -> Iterator[str]:
    """The bootstrap servers of the broker that the environment names, or of one of our own."""
    if running := os.environ.get(RUNNING):
        if not answers(running):
            is_missing(f"{RUNNING} names {running}, which does not answer")
        yield running
    elif problem := _cannot_start():
        try:
            container = containers.start_kafka()
        except containers.NoContainers as none:
            is_missing(f"{problem}, nor does {RUNNING} name a broker; {none}")
        try:
            yield container.get_bootstrap_server()
        finally:
            container.stop()
    else:
        with Broker(folder) as broker:
            yield broker.servers


def answers(servers: str) -> bool:
    """Whether a broker takes requests."""
    host, port = servers.split(",")[0].rsplit(":", 1)
    try:
        socket.create_connection((host, int(port)), timeout=2).close()
        admin = KafkaAdminClient(bootstrap_servers=servers, bootstrap_timeout_ms=2000)
    except (OSError, KafkaError):
        return False
    admin.close()
    return True


def _cannot_start() -> str:
    """What a broker of our own lacks; empty when nothing."""
    if shutil.which("java") is None:
        return NO_JAVA
    if not _cache().exists() and shutil.which("mvn") is None:
        return "mvn is not installed (Debian: apt install maven)"
    return ""


def _java(main: str, *arguments: str) -> list[str]:
    java = shutil.which("java") or is_missing(NO_JAVA)
    return [java, *JAVA_OPTIONS, *LOGGING, "-cp", f"{_artefacts()}/*", main, *arguments]


def _cache() -> Path:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "leerspoor-tests"
    return cache / f"kafka-{VERSION}"


def _artefacts() -> Path:
    """The folder of Kafka's artefacts in the user's cache, fetched with Maven when it is not there."""
    folder = _cache()
    if not folder.exists():
        _fetch(folder)
    return folder


def _fetch(folder: Path) -> None:
    maven, draft = program("mvn"), folder.with_name(f"{folder.name}-{os.getpid()}")
    draft.mkdir(parents=True)
    (draft / "pom.xml").write_text(POM)
    goal = ["dependency:copy-dependencies", f"-DoutputDirectory={draft}", "-DincludeScope=runtime"]
    done = subprocess.run(
        [maven, "-q", "-B", *goal], cwd=draft, capture_output=True, text=True, timeout=DOWNLOAD_SECONDS
    )
    if done.returncode != 0:
        shutil.rmtree(draft)
        is_missing(f"Maven could not fetch Kafka {VERSION}: {done.stdout.strip()[-500:]}")
    draft.rename(folder)
