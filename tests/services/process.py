"""Any `lrs` command as a process of its own, which a test stops, pauses or kills by its own id."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from tests.services.server import environment

Found = TypeVar("Found")


class Running:
    """A command that runs until it is stopped, as a context manager; what it tells is in `log`."""

    def __init__(self, home: Path, *arguments: str, name: str = "", **settings: object) -> None:
        self.home, self.arguments, self.settings = home, arguments, settings
        self.log = home.parent / f"{home.name}-{'-'.join(arguments[:2])}{name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.environ: dict[str, str] = {}  # beside the settings

    def __enter__(self) -> "Running":
        self.start()
        return self

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "lrs", *self.arguments],
                env=environment(self.home, **self.settings) | {"PYTHONUNBUFFERED": "1"} | self.environ,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def told(self) -> str:
        return self.log.read_text()

    def kill(self) -> None:
        """SIGKILL: it has no moment left to put anything right."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)

    def wait(self, seconds: float = 30.0) -> int:
        assert self.process is not None
        return self.process.wait(seconds)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            try:
                self.stop()
            except subprocess.TimeoutExpired:
                self.kill()
        if error is not None and self.log.exists():
            print(f"--- {self.log.name}\n{self.told[-3000:]}")


def await_that(what: str, until: Callable[[], Found], seconds: float = 45.0) -> Found:
    """Poll until it gives something true, and return that."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := until():
            return found
        time.sleep(0.1)
    raise AssertionError(f"{what}: not within {seconds} s")
