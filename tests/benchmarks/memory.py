"""What memory a process takes, asked of Linux."""

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from tests.services.server import environment


def peak_of(pid: int | str) -> float:
    """Megabytes of memory that a process had at the most since its beginning, or since `reset_peak`."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    raise AssertionError("no VmHWM")


def reset_peak(pid: int | str) -> None:
    """From now on the peak is that of what follows (proc(5), clear_refs)."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def peak_megabytes(home: Path, *arguments: str, **settings: object) -> tuple[float, float]:
    """Seconds and peak memory of one `lrs` command as a whole process.

    Asked of /proc while it runs: what wait4 tells of a child begins at the memory of the process that started it.
    """
    started, peak = time.perf_counter(), 0.0
    process = subprocess.Popen(
        [sys.executable, "-m", "lrs", *arguments],
        env=environment(home, **settings),
        stdout=subprocess.DEVNULL,
    )
    while process.poll() is None:
        with suppress(OSError, AssertionError):
            peak = max(peak, peak_of(process.pid))
        time.sleep(0.05)
    assert process.returncode == 0
    return time.perf_counter() - started, peak
