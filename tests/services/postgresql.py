"""A real PostgreSQL for tests: Debian's packages, one that is running already, or a container.

LRS_TEST_POSTGRES names a running server (an address of a role that may create databases). Without it the programs of
the newest installed version are started in a folder of their own, and stopped by their process id. Where neither is
possible and Docker is, `testcontainers` starts one; tests that kill the server still need its programs.
"""

import ctypes
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests.services import containers
from tests.services.server import a_free_port

VARIABLE = "LRS_TEST_POSTGRES"
INSTALLED = Path("/usr/lib/postgresql")
START_SECONDS = 30.0
# Nothing here has to survive the loss of power, only that of a process.
_FAST = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off"}
_SIZED = {"max_connections": "100", "shared_buffers": "64MB", "max_wal_size": "256MB"}
# A collation that is not by code point: what may not depend on the database's own is then seen to.
_COLLATION = ("--locale=C", "--locale-provider=icu", "--icu-locale=nl-BE")
_FIRST_WITH_ICU = 15
_PR_SET_PDEATHSIG = 1
_numbers = count(1)


class CannotStart(RuntimeError):
    """There is no PostgreSQL here; the text says what to install."""


class PostgreSQL:
    """A server of our own, in a temporary folder. `options` are settings of postgresql.conf."""

    def __init__(self, *, durable: bool = False, folder: Path | None = None, **options: str) -> None:
        self.bin = _programs()
        self.user = _unprivileged()
        self.folder = folder or Path(tempfile.mkdtemp(prefix="leerspoor-postgresql-"))
        self.port = a_free_port()
        self.options = _SIZED | ({} if durable else _FAST) | options
        self.process: subprocess.Popen[bytes] | None = None
        self.environ: dict[str, str] = {}  # beside our own, from the next start
        self._initialise()

    def _initialise(self) -> None:
        self.give(self.folder)
        collation = _COLLATION if _version(self.bin) >= _FIRST_WITH_ICU else _COLLATION[:1]
        made = self._run(
            "initdb", "-D", self.data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--no-sync", *collation
        )
        if made.returncode != 0:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise CannotStart(f"initdb failed: {made.stderr.decode().strip()[-500:]}")

    def give(self, folder: Path) -> None:
        """Let the server write into a folder."""
        if self.user is not None:
            os.chown(folder, pwd.getpwnam(self.user).pw_uid, pwd.getpwnam(self.user).pw_gid)

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        command = [str(self.bin / program), *arguments]
        return subprocess.run(command, capture_output=True, cwd="/", **self._as_user())

    def _as_user(self) -> dict[str, Any]:
        if self.user is None:
            return {}
        account = pwd.getpwnam(self.user)
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = {"port": str(self.port), "listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
        options = [f"--{name}={value}" for name, value in (settings | self.options).items()]
        with (self.folder.parent / f"{self.folder.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(self.bin / "postgres"), "-D", self.data, *options],
                stdout=log, stderr=log, cwd="/", start_new_session=True, env={**os.environ, **self.environ},
                preexec_fn=_stop_with_parent, **self._as_user(),
            )  # fmt: skip
        self._await_ready()

    def _await_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process is None or self.process.poll() is not None:
                break
            with suppress(sa.exc.OperationalError):
                self.execute("select 1")
                return
            time.sleep(0.05)
        raise CannotStart(f"postgres does not answer: {self.log.read_text()[-500:]}")

    @property
    def log(self) -> Path:
        return self.folder.parent / f"{self.folder.name}.log"

    def kill(self) -> None:
        """SIGKILL the server and all its processes, as the machine's death would."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        for backend in processes_of(self.process.pid):
            with suppress(ProcessLookupError):
                os.kill(backend, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)  # fast shutdown: clients are sent away
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.log.unlink(missing_ok=True)

    def address(self, database: str = "postgres", user: str = "postgres") -> str:
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str, database: str = "postgres") -> list[Any]:
        return execute(self.address(database), statement)

    def new_database(self, template: str | None = None) -> str:
        """The address of an empty database, or of a copy of one that nobody is connected to."""
        return new_database(self.address(), template)

    def drop_database(self, address: str) -> None:
        """Raises OperationalError while somebody is connected to it."""
        drop_database(self.address(), address)


class Running:
    """A server that others have started: databases are made in it and dropped again."""

    def __init__(self, address: str, stop: Callable[[], object] = lambda: None) -> None:
        self._address, self._stop = address, stop
        self._made: list[str] = []

    def new_database(self, template: str | None = None) -> str:
        made = new_database(self._address, template)
        self._made.append(made)
        return made

    def drop_database(self, address: str) -> None:
        drop_database(self._address, address)
        self._made.remove(address)

    def close(self) -> None:
        for made in self._made:
            drop_database(self._address, made, "with (force)")
        self._stop()


def start_postgresql() -> PostgreSQL | Running:
    """A server for the tests of a session. Raises CannotStart."""
    if address := os.environ.get(VARIABLE):
        return Running(address)
    try:
        server = PostgreSQL()
    except CannotStart as problem:
        return _container(problem)
    server.start()
    return server


def execute(address: str, statement: str) -> list[Any]:
    """Run one statement in a connection of its own; returns its rows."""
    engine = _engine(address)
    with engine.connect() as connection:
        found = connection.exec_driver_sql(statement)
        rows = [tuple(row) for row in found] if found.returns_rows else []
    engine.dispose()
    return rows


def new_database(address: str, template: str | None = None) -> str:
    name = f"leerspoor_test_{os.getpid()}_{next(_numbers)}"
    copied = sa.make_url(template).database if template else "template0"
    execute(address, f'create database "{name}" template "{copied}" encoding \'UTF8\'')
    return sa.make_url(address).set(database=name).render_as_string(hide_password=False)


def drop_database(server: str, address: str, how: str = "") -> None:
    execute(server, f'drop database "{sa.make_url(address).database}" {how}')


def _engine(address: str) -> sa.Engine:
    driver = sa.make_url(address).set(drivername="postgresql+psycopg")
    return sa.create_engine(driver, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)


def _programs() -> Path:
    found = sorted(INSTALLED.glob("*/bin"), key=lambda path: int(path.parent.name))
    if found:
        return found[-1]
    on_path = shutil.which("initdb")
    if on_path is None:
        raise CannotStart(
            f"PostgreSQL is not installed (Debian: apt install postgresql), nor named by {VARIABLE}"
        )
    return Path(on_path).resolve().parent


def _stop_with_parent() -> None:
    """Tests that are killed leave no server behind, where the kernel (Linux) can see to it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)


def _unprivileged() -> str | None:
    """The account that the server runs as; it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    accounts = {account.pw_name for account in pwd.getpwall()}
    return "postgres" if "postgres" in accounts else "nobody"


def _version(programs: Path) -> int:
    told = subprocess.run([str(programs / "postgres"), "--version"], capture_output=True, text=True).stdout
    return int(re.search(r"\) (\d+)", told)[1])  # type: ignore[index]


def processes_of(leader: int) -> list[int]:
    """All processes of a server: each leads a group of its own, but all are of one session."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(ProcessLookupError):
            if os.getsid(int(process.name)) == leader:
                found.append(int(process.name))
    return found


def _container(problem: CannotStart) -> Running:
    try:
        container = containers.start_postgresql()
    except containers.NoContainers as none:
        raise CannotStart(f"{problem}; {none}") from none
    return Running(container.get_connection_url(), container.stop)
