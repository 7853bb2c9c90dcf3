"""Processes that are kept running as the units in deploy/systemd keep theirs: started again when they end."""

import os
import signal
import threading
import time
from collections.abc import Sequence
from contextlib import suppress

from tests.services.process import Running

RESTART_SECONDS = 2.0
POLL_SECONDS = 0.2


class Kept(Running):
    """A command in a process group of its own; `own_ends` tells of each end that nobody brought about."""

    ended_at: float | None = None
    was_killed = False

    def __init__(self, *arguments: object, **settings: object) -> None:
        super().__init__(*arguments, **settings)  # type: ignore[arg-type]
        self.own_ends: list[str] = []
        self.starts = 0
        self._mutex = threading.Lock()

    def start(self) -> None:
        super().start()
        self.ended_at, self.was_killed = None, False
        self.starts += 1

    def keep(self) -> None:
        """Start it again, two seconds after it has ended; what is left of its group goes first, as with a unit."""
        with self._mutex:
            if self.process is None or (status := self.process.poll()) is None:
                return
            if self.ended_at is None:
                self.ended_at = time.monotonic()
                if not self.was_killed:
                    self.own_ends.append(f"status {status}: {_last_words(self.told)}")
                self.signal(signal.SIGKILL)
            elif time.monotonic() - self.ended_at > RESTART_SECONDS:
                self.start()

    def signal(self, number: int) -> None:
        """To all of its group."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def kill_all(self) -> None:
        with self._mutex:
            self.was_killed = True
            self.signal(signal.SIGKILL)

    def kill_one(self, *, first: bool) -> None:
        """The first process of its group alone, or one of the others."""
        with self._mutex:
            leader = self.process.pid if self.process is not None else 0
            others = [each for each in members_of(leader) if each != leader]
            self.was_killed = self.was_killed or first
            with suppress(ProcessLookupError):
                os.kill(leader if first or not others else others[0], signal.SIGKILL)

    def stop(self) -> int:
        try:
            return super().stop()
        finally:
            self.signal(signal.SIGKILL)


class Keeper:
    """Keeps processes running until it is stopped."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self, kept: Sequence[Kept]) -> None:
        self._thread = threading.Thread(target=self._run, args=(kept,), name="keeper", daemon=True)
        self._thread.start()

    def _run(self, kept: Sequence[Kept]) -> None:
        while not self._stopping.wait(POLL_SECONDS):
            for each in kept:
                each.keep()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()


def members_of(group: int) -> list[int]:
    """The processes of a group, where /proc tells."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdecimal():
            with suppress(ProcessLookupError):
                if os.getpgid(int(entry)) == group:
                    found.append(int(entry))
    return sorted(found)


def _last_words(told: str) -> str:
    """The last line that says what went wrong; what libraries say of themselves on the way out is none."""
    lines = [line for line in told.splitlines() if line.strip()]
    telling = [line for line in lines if "Error" in line or "rror:" in line or "xception" in line]
    return (telling or lines or ["it said nothing"])[-1][:300]
