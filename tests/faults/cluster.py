"""An installation of many processes: two nodes on one PostgreSQL, two relays, a broker, and two projectors."""

import base64
import http.client
import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lrs.settings import Settings
from tests.faults.clock import Clock
from tests.faults.disk import Disk, a_disk
from tests.faults.kept import Keeper, Kept
from tests.services.broker import Broker
from tests.services.clients import is_missing
from tests.services.postgresql import CannotStart, PostgreSQL
from tests.services.process import await_that
from tests.services.server import a_free_port, run_lrs
from tests.services.topics import kafka_settings, set_up

STORES = ("default", "zuid")  # in two partitions, of which each of two members has one
DATABASE_MIB, TABLES_MIB = 1024, 512


@dataclass
class Cluster:
    """What runs, by its name, and how to reach it."""

    home: Path  # of the members; the others have homes of their own
    logs: Path
    settings: dict[str, object]
    postgresql: PostgreSQL
    broker: Broker
    disks: dict[str, Disk]
    clocks: dict[str, Clock] = field(default_factory=dict)
    kept: dict[str, Kept] = field(default_factory=dict)
    ports: list[int] = field(default_factory=list)
    keeper: Keeper = field(default_factory=Keeper)
    credentials: dict[str, str] = field(default_factory=dict)  # by store: what Authorization holds

    @property
    def as_settings(self) -> Settings:
        """For reading log and tables in this process."""
        return Settings(home=self.home, database=str(self.settings["database"]), duckdb_threads=1)

    def await_serving(self) -> None:
        """Both nodes take requests."""
        for port in self.ports:
            await_that(f"the node at {port} is ready", lambda port=port: _is_ready(port), seconds=90)

    def stop(self) -> None:
        """Stop what is kept, and no longer keep it."""
        self.keeper.stop()
        for kept in self.kept.values():
            kept.stop()


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@contextmanager
def a_cluster(folder: Path) -> Iterator[Cluster]:
    """All of it runs within; afterwards nothing of it does, and its disks are gone."""
    with ExitStack() as stack:
        clocks = stack.enter_context(tempfile.TemporaryDirectory(prefix="leerspoor-clocks-"))
        Path(clocks).chmod(0o755)
        cluster = _the_servers(folder, Path(clocks), stack)
        _start_nodes(cluster, folder, Path(clocks), stack)
        set_up(cluster.home, cluster.settings)
        for number in (1, 2):
            home = folder / f"relay-{number}"
            cluster.kept[home.name] = _start(stack, cluster, home, home.name, "relay", "run")
        for number in (1, 2):
            name = f"member-{number}"
            cluster.kept[name] = _start(
                stack, cluster, cluster.home, name, "project", "run", "--source", "kafka"
            )
        cluster.keeper.begin(list(cluster.kept.values()))
        stack.callback(cluster.keeper.stop)
        yield cluster


def _the_servers(folder: Path, clocks: Path, stack: ExitStack) -> Cluster:
    disks = {
        "postgresql": stack.enter_context(a_disk("postgresql", DATABASE_MIB)),
        "members": stack.enter_context(a_disk("tables", TABLES_MIB)),
    }
    try:
        database = PostgreSQL(durable=True, folder=disks["postgresql"].folder)
        stack.callback(database.close)
        clock = Clock(clocks / "postgresql")
        database.environ = clock.environ
        database.start()
    except CannotStart as problem:
        is_missing(str(problem))
    broker = stack.enter_context(Broker(folder / "kafka"))
    settings = kafka_settings(
        broker.servers, database=database.new_database(), agent_key_secret="one secret for all of them",
        public_url="https://lrs.example.org", duckdb_threads=1, publish_seconds=20, publish_parquet="no",
        projector_batch=500, log="text",
    )  # fmt: skip
    return Cluster(disks["members"].folder, folder, settings, database, broker, disks, {"postgresql": clock})


def _start_nodes(cluster: Cluster, folder: Path, clocks: Path, stack: ExitStack) -> None:
    for store in STORES:
        made = run_lrs(
            folder / "node-1", "credential", "create", "--json", "--store", store, settings=cluster.settings
        )
        told: dict[str, Any] = json.loads(made.stdout)
        basic = base64.b64encode(f"{told['key']}:{told['secret']}".encode()).decode()
        cluster.credentials[store] = f"Basic {basic}"
    for number in (1, 2):
        name, port = f"node-{number}", a_free_port()
        clock = Clock(clocks / name)
        cluster.clocks[name] = clock
        cluster.ports.append(port)
        arguments = ("serve", "--port", str(port))
        cluster.kept[name] = _start(stack, cluster, folder / name, name, *arguments, environ=clock.environ)


def _start(
    stack: ExitStack,
    cluster: Cluster,
    home: Path,
    name: str,
    *arguments: str,
    environ: Mapping[str, str] = MappingProxyType({}),
) -> Kept:
    kept = Kept(home, *arguments, **cluster.settings)
    kept.environ, kept.log = dict(environ), cluster.logs / f"{name}.log"
    stack.enter_context(kept)
    return kept
