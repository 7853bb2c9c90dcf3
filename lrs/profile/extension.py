"""An extension that a profile defines: where it may stand, and what its value may be (Structure 7.2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lrs.profile.rule import Broken
from lrs.statement.json_path import json_path

PLACES = {"ContextExtension": "context", "ResultExtension": "result", "ActivityExtension": "activity"}
_WHERE = {"context": "context", "result": "result", "activity": "an activity's definition"}
_LONGEST_MESSAGE = 200


@dataclass(frozen=True, slots=True)
class Extension:
    """One extension; `place` is context, result or activity; `schema` None where the profile gives none inline."""

    id: str
    place: str
    schema: Any

    def broken(self, place: str, steps: tuple[str, ...], value: Any) -> Broken | None:
        """What is wrong with a value of it that stands in a place; `steps` lead to the extensions it stands among."""
        if place == self.place and (self.schema is None or self.schema.is_valid(value)):
            return None
        path = json_path((*steps, self.id))
        if place != self.place:
            return Broken(f"place {self.id}", path, f"belongs in {_WHERE[self.place]}")
        error = next(iter(self.schema.iter_errors(value)))
        return Broken(
            f"value {self.id}", json_path(error.instance_path, path), error.message[:_LONGEST_MESSAGE]
        )


def stated_extensions(statement: dict[str, Any]) -> Iterator[tuple[str, tuple[str, ...], dict[str, Any]]]:
    """The extensions of context, result and object: the place, the steps to them, and they themselves."""
    for part in ("context", "result"):
        if part in statement and "extensions" in statement[part]:
            yield part, (part, "extensions"), statement[part]["extensions"]
    definition = statement["object"].get("definition")
    if definition is not None and "extensions" in definition:
        yield "activity", ("object", "definition", "extensions"), definition["extensions"]
