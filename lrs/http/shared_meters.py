"""The figures of all processes of one server, whichever of them is asked.

Each writes what it counted to a file of its own, once a second when there is news, in a folder that `lrs serve` makes
and names in the environment. The file of a process that ended stays, so that what it counted still counts; one that is
killed takes the last second with it.
"""

import os
import secrets
import threading
from collections.abc import Mapping
from pathlib import Path

import orjson

from lrs.figures import Count, Spread
from lrs.http.meters import Meters, Totals, added_up

FOLDER = "LEERSPOOR_FIGURES"
EVERY_SECONDS = 1.0


class SharedMeters:
    """Puts the meters of this process together with those of the others; without a folder there are no others."""

    def __init__(self, meters: Meters, folder: Path | None) -> None:
        self._meters, self._folder = meters, folder
        self._name = f"{os.getpid()}-{secrets.token_hex(4)}.json"  # numbers of processes are used again
        self._written: Totals | None = None
        self._mutex = threading.Lock()
        if folder is not None:
            threading.Thread(target=self._write_on, name="figures", daemon=True).start()

    def read(self) -> list[Count | Spread]:
        """The figures of all processes: those of this one as of now, of the others at most a second old."""
        if self._folder is None:
            return added_up([self._meters.totals()])
        self._write()
        others = (path for path in self._folder.glob("*.json") if path.name != self._name)
        return added_up([self._meters.totals(), *(orjson.loads(path.read_bytes()) for path in others)])

    def _write_on(self) -> None:
        waiting = threading.Event()
        while not waiting.wait(EVERY_SECONDS):
            self._write()

    def _write(self) -> None:
        """Figures are no reason to fail: on a full disk, or after the folder went, they are just not shared."""
        assert self._folder is not None  # noqa: S101  only called with one
        with self._mutex:
            totals = self._meters.totals()
            if totals == self._written:
                return
            draft = self._folder / f".{self._name}"
            try:
                draft.write_bytes(orjson.dumps(totals))
                draft.replace(self._folder / self._name)
            except OSError:
                return
            self._written = totals


def folder_of(environ: Mapping[str, str]) -> Path | None:
    """The folder that `lrs serve` made for the figures of its processes."""
    return Path(environ[FOLDER]) if environ.get(FOLDER) else None
