"""What learners wrote when they reflected. Free text: read for the one page that shows it, and kept nowhere else."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from lrs.directory.statements import Written, statements_at
from lrs.directory.store_index import Opened

# Profile https://w3id.org/xapi/gsl, template `reflected`; the extension makes any statement a reflection.
REFLECTED = "https://w3id.org/xapi/gsl/verbs/reflected"
REFLECTION = "http://id.tincanapi.com/extension/reflection"


class Reflection(NamedTuple):
    """A text that a learner wrote: where in the log, and when (microseconds since 1970 UTC)."""

    position: int
    happened: int
    text: str


def read_reflections(
    opened: Opened, agent_keys: frozenset[str], positions: Iterable[int]
) -> list[Reflection]:
    """The texts at these positions that somebody with these agent keys wrote, oldest first.

    Positions whose statement is another's, is voided or erased, or has no text, give nothing.
    """
    found = [
        Reflection(written.position, written.happened, text)
        for written in statements_at(opened, positions)
        if not agent_keys.isdisjoint(_writers(opened, written))
        for text in _texts(written.statement)
    ]
    return sorted(found, key=lambda each: (each.happened, each.position))


def _writers(opened: Opened, written: Written) -> Iterator[str]:
    actor = written.statement["actor"]
    yield from (opened.keys.key(agent) for agent in (actor, *actor.get("member", ())))


def _texts(statement: Mapping[str, Any]) -> list[str]:
    result = statement.get("result", {})
    said = [result.get("response")] if statement["verb"]["id"] == REFLECTED else []
    places = (statement.get("context", {}), result, statement["object"].get("definition", {}))
    said += [place.get("extensions", {}).get(REFLECTION) for place in places]
    return list(dict.fromkeys(text.strip() for text in said if isinstance(text, str) and text.strip()))
