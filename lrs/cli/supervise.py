"""A small process tree: start children, keep them running, stop them together."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

# Children hold the reading end of a pipe; when the parent is gone, however it went, the pipe closes and they stop.
_PIPE_VARIABLE = "LEERSPOOR_PARENT_PIPE"
STOP_SECONDS = 15.0
# A child that dies this often this fast will not be mended by starting it again.
MOST_QUICK_DEATHS = 5
QUICK_SECONDS = 10.0


class KeepsDying(RuntimeError):
    """A child process ended again and again right after its start."""


@dataclass
class Child:
    """One process of the tree and the arguments of its `lrs` command."""

    arguments: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    quick_deaths: int = field(default=0)


def stop_with_parent() -> None:
    """In a child of `supervise`: ask this process to stop when the parent has gone. Elsewhere: nothing."""
    pipe = os.environ.pop(_PIPE_VARIABLE, None)
    if pipe is None:
        return

    def wait() -> None:
        with contextlib.suppress(OSError):
            os.read(int(pipe), 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="stop-with-parent", daemon=True).start()


def supervise(commands: Sequence[Sequence[str]], *, tell: Callable[[str], None]) -> None:
    """Run `lrs` commands until SIGINT or SIGTERM, starting one that dies anew; then stop them all.

    Raises KeepsDying, after stopping the rest, when one ends five times within 10 s of its start.
    """
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    reading, writing = os.pipe()
    children = [Child(command) for command in commands]
    try:
        while not stopping.is_set():
            for child in children:
                _keep_running(child, reading, tell)
            stopping.wait(0.2)
    finally:
        _stop(children)
        os.close(reading)
        os.close(writing)


def _keep_running(child: Child, pipe: int, tell: Callable[[str], None]) -> None:
    if child.process is not None:
        status = child.process.poll()
        if status is None:
            return
        child.quick_deaths = child.quick_deaths + 1 if time.monotonic() - child.started < QUICK_SECONDS else 0
        name = " ".join(child.arguments)
        if child.quick_deaths >= MOST_QUICK_DEATHS:
            raise KeepsDying(
                f"`lrs {name}` ends right after its start (status {status}); see its message above"
            )
        tell(f"`lrs {name}` ended (status {status}); starting it again")
        time.sleep(min(2.0, 0.2 * 2**child.quick_deaths))
    _start(child, pipe)


def _start(child: Child, pipe: int) -> None:
    child.started = time.monotonic()
    child.process = subprocess.Popen(  # noqa: S603  our own interpreter and command
        [sys.executable, "-m", "lrs", *child.arguments],
        env={**os.environ, _PIPE_VARIABLE: str(pipe)},
        pass_fds=(pipe,),
        start_new_session=True,  # Ctrl-C reaches the parent alone, which then stops the children in good order
    )


def _stop(children: Sequence[Child]) -> None:
    running = [c.process for c in children if c.process is not None and c.process.poll() is None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in running:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
