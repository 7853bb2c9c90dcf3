"""A real `lrs` process for tests: started as users start it, stopped by its own process id."""

import base64
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any

START_SECONDS = 30.0


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run_lrs(
    home: Path,
    *arguments: str,
    check: bool = True,
    settings: Mapping[str, object] = MappingProxyType({}),
    **options: Any,
) -> subprocess.CompletedProcess[str]:
    """Run one `lrs` command to its end; `settings` by their names in Settings."""
    done = subprocess.run(
        [sys.executable, "-m", "lrs", *arguments],
        env=environment(home, **settings),
        capture_output=True,
        text=True,
        **options,
    )
    assert not check or done.returncode == 0, f"lrs {' '.join(arguments)}: {done.stdout}{done.stderr}"
    return done


def environment(home: Path, **settings: object) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("LRS_")}
    return inherited | {"LRS_HOME": str(home)} | {f"LRS_{n.upper()}": str(v) for n, v in settings.items()}


class Server:
    """`lrs serve` (or `lrs up`) in a process group of its own, as a context manager."""

    def __init__(
        self,
        home: Path,
        *,
        command: str = "serve",
        cpu: int | None = None,
        port: int | None = None,
        **settings: object,
    ) -> None:
        self.home, self.command, self.cpu, self.settings = home, command, cpu, settings
        self.port = port or a_free_port()
        self.process: subprocess.Popen[bytes] | None = None
        home.parent.mkdir(parents=True, exist_ok=True)
        self.log = home.parent / f"{home.name}-{command}.log"

    def __enter__(self) -> "Server":
        made = json.loads(self.run("credential", "create", "--json").stdout)
        self.key, self.secret = made["key"], made["secret"]
        self.start()
        return self

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run another `lrs` command with the settings of this server."""
        return run_lrs(self.home, *arguments, check=check, settings=self.settings)

    def start(self) -> None:
        arguments: Sequence[str] = [sys.executable, "-m", "lrs", self.command, "--port", str(self.port)]
        if self.cpu is not None:
            arguments = ["taskset", "-c", str(self.cpu), *arguments]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                arguments,
                env=environment(self.home, **self.settings),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._await_ready()

    def _await_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self.process is not None and self.process.poll() is None, self.log.read_text()
            try:
                if self.request("GET", "/health/ready")[0] == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"not ready after {START_SECONDS} s: {self.log.read_text()}")

    def kill(self) -> None:
        """SIGKILL the whole process group, as a crash or a power cut would."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self, number: int = signal.SIGTERM) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(30)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process is not None and self.process.poll() is None:
            try:
                self.stop()
            except subprocess.TimeoutExpired:
                self.kill()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}/xAPI/"

    def pids(self) -> list[int]:
        """The processes of its group, where /proc tells."""
        assert self.process is not None
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(ProcessLookupError):  # it may be gone by now
                if os.getpgid(int(process.name)) == self.process.pid:
                    found.append(int(process.name))
        return found

    def headers(self) -> dict[str, str]:
        basic = base64.b64encode(f"{self.key}:{self.secret}".encode()).decode()
        return {
            "Authorization": f"Basic {basic}",
            "X-Experience-API-Version": "1.0.3",
            "Content-Type": "application/json",
        }

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def request(self, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
        connection = self.connection()
        try:
            connection.request(method, path, body, self.headers() if hasattr(self, "key") else {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def post(self, statements: Any) -> tuple[int, Any]:
        status, text = self.request("POST", "/xAPI/statements", json.dumps(statements).encode())
        return status, json.loads(text)
