"""Ask the projector that owns a warehouse to do something, since nobody else can open it.

A request is a file that the running projector finds within a second, does, and answers by a file of its own.
"""

import json
import os
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from lrs.settings import Settings

PUBLISH, REBUILD = "publish", "rebuild"
POLL_SECONDS = 0.1


class NoAnswer(RuntimeError):
    """The projector did not answer in time; it may still do what was asked."""


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks of a store's projector: publish, or rebuild (a projection, or everything when name is "")."""

    path: Path
    act: str
    name: str

    def answer(self, text: str, *, failed: bool = False) -> None:
        draft = self.path.with_suffix(".draft")
        draft.write_text(json.dumps({"text": text, "failed": failed}))
        os.replace(draft, self.path.with_suffix(".answer"))
        self.path.unlink(missing_ok=True)


def _folder(settings: Settings, store: str) -> Path:
    return settings.home / "warehouse" / store / "requests"


def pending(settings: Settings, store: str) -> list[Request]:
    """The requests of a store that nobody has answered, oldest first."""
    found = []
    for path in sorted(_folder(settings, store).glob("*.json"), key=lambda p: p.stat().st_mtime):
        asked = json.loads(path.read_text())
        found.append(Request(path, asked["act"], asked["name"]))
    return found


def ask(settings: Settings, store: str, act: str, name: str = "", *, patience: float = 3600.0) -> str:
    """Leave a request and wait for the answer.

    Raises NoAnswer after `patience` seconds, RuntimeError with the projector's words when it could not do it.
    """
    folder = _folder(settings, store)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{uuid.uuid4()}.json"
    draft = path.with_suffix(".asking")
    draft.write_text(json.dumps({"act": act, "name": name}))
    os.replace(draft, path)
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if (answer := path.with_suffix(".answer")).exists():
            told = json.loads(answer.read_text())
            answer.unlink()
            if told["failed"]:
                raise RuntimeError(told["text"])
            return str(told["text"])
        time.sleep(POLL_SECONDS)
    path.unlink(missing_ok=True)
    raise NoAnswer(f"the projector of store {store} did not answer within {patience:.0f} s")
