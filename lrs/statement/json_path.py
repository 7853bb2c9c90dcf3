"""Where in a document: a JSON path such as `$.context.contextActivities.parent[0].id`."""

import json
import re
from collections.abc import Iterable

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
LONGEST_NAME = 200


def json_path(steps: Iterable[str | int], root: str = "$") -> str:
    """The path of names and indexes from the root; a name that is no plain word stands in brackets, shortened."""
    return root + "".join(_step(step) for step in steps)


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    if _NAME.fullmatch(step) and len(step) <= LONGEST_NAME:
        return f".{step}"
    return f"[{json.dumps(step[:LONGEST_NAME], ensure_ascii=False)}]"
