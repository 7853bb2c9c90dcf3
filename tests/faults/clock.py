"""A wall clock of the test's own processes, set by libfaketime; nothing steps a machine's monotonic clock, nor this."""

import os
from pathlib import Path

from tests.services.clients import is_missing

CLOCKED = Path(__file__).parent / "clocked"
LIBRARIES = ("/usr/lib/*/faketime/libfaketimeMT.so.1", "/usr/lib*/faketime/libfaketimeMT.so.1")


class Clock:
    """The wall clock of every process that runs with `environ`; looked up again each second."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.environ = {
            "LD_PRELOAD": str(_library()),
            "FAKETIME_TIMESTAMP_FILE": str(file),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "PYTHONPATH": os.pathsep.join(filter(None, (str(CLOCKED), os.environ.get("PYTHONPATH")))),
        }
        self.step(0)

    def step(self, seconds: int) -> None:
        """From now on it is so many seconds ahead of the machine's clock; behind, when negative."""
        draft = self._file.with_suffix(".draft")
        draft.write_text(f"{seconds:+d}\n")
        draft.chmod(0o644)  # the database server has an account of its own
        os.replace(draft, self._file)


def _library() -> Path:
    for pattern in LIBRARIES:
        for found in Path("/").glob(pattern.lstrip("/")):
            return found
    is_missing("libfaketime is not installed (Debian: apt install faketime)")
