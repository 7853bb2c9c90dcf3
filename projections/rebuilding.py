"""How far a rebuild is: a small file beside the warehouse for as long as it lasts."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

NAME = "rebuild.json"
EVERY_SECONDS = 1.0


@contextmanager
def noting(folder: Path, events: int, progress: Callable[[int], None]) -> Iterator[Callable[[int], None]]:
    """Note in a store's folder that its tables are made anew of so many events; the callable takes how many are done.

    It tells `progress` too, each time.
    The file goes when it ends, however it ends. That of a process that was killed is no longer told, by its number.
    """
    path = folder / NAME
    noted = float("-inf")
    about = {
        "events": events,
        "pid": os.getpid(),
        "started_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }

    def note(done: int) -> None:
        nonlocal noted
        if time.monotonic() - noted >= EVERY_SECONDS or done >= events:
            draft = folder / f".{NAME}"
            draft.write_text(json.dumps({**about, "done": done}))
            os.replace(draft, path)
            noted = time.monotonic()
        progress(done)

    note(0)
    try:
        yield note
    finally:
        path.unlink(missing_ok=True)


def read_rebuilds(home: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """(store, {events, done, pid, started_at}) of each rebuild that is under way on this machine."""
    for path in sorted(home.glob(f"warehouse/*/{NAME}")):
        try:
            noted = json.loads(path.read_text())
            os.kill(noted["pid"], 0)
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has just ended, or was killed
        except PermissionError:
            pass  # another user's process: it lives
        yield path.parent.name, noted
