"""What was withheld in earlier publications, so that a later one does not give it away.

Two publications can be subtracted as two tables can: a class that was withheld beside a small one, and is shown a week
later unchanged, tells how many the small one was. So rows withheld together stay withheld until each rests on so many
more or fewer learners than when it was withheld, that subtracting tells nothing of a few. Counts at a moment, such as
learners with an active goal, are kept only while that moment is published again: another moment's count is another
figure. It is kept beside the warehouse, as it is not in the log, and no reader sees it.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path

FILE = "withheld.json"
Key = tuple[str, ...]
# The view, the column that counts, and the total within it.
Label = tuple[str, str, Key]
Range = tuple[int, int]


class Withheld:
    """For each total: of what moment it was, and the counts withheld in it, from the lowest to the highest."""

    def __init__(self, before: Mapping[Label, tuple[str, dict[Key, Range]]] | None = None) -> None:
        self._before = dict(before or {})
        self._now: dict[Label, tuple[str, dict[Key, Range]]] = {}

    def kept(
        self, label: Label, moment: str, counts: Mapping[Key, int], threshold: int, is_row: bool
    ) -> set[Key]:
        """The keys of a total that stay withheld; `counts` are the counts of now, by key."""
        then, ranges = self._before.get(label, ("", {}))
        there = {key for key in ranges if key in counts}
        if then == moment:
            return there
        changed = all(
            counts[key] >= ranges[key][1] + threshold or counts[key] <= ranges[key][0] - threshold
            for key in there
        )
        return there if is_row and not changed else set()

    def remember(self, label: Label, moment: str, withheld: Mapping[Key, int]) -> None:
        """These counts of a total are withheld now."""
        then, ranges = self._before.get(label, ("", {}))
        kept = dict(ranges) if then == moment else {}
        for key, count in withheld.items():
            low, high = ranges.get(key, (count, count))
            kept[key] = (min(low, count), max(high, count))
        if kept:
            self._now[label] = (moment, kept)

    def write(self, folder: Path) -> None:
        """Put what is withheld now in the place of what was; a crash leaves one or the other."""
        rows = [
            {
                "view": view,
                "column": column,
                "within": within,
                "moment": moment,
                "cells": [[key, *limits] for key, limits in sorted(ranges.items())],
            }
            for (view, column, within), (moment, ranges) in sorted(self._now.items())
        ]
        draft = folder / f".draft-{FILE}"
        draft.write_text(json.dumps(rows), "utf-8")
        os.replace(draft, folder / FILE)

    @classmethod
    def read(cls, folder: Path) -> "Withheld":
        """What the last publication withheld; nothing when there was none. Raises ValueError for a broken file."""
        path = folder / FILE
        if not path.exists():
            return cls()
        return cls(
            {
                (row["view"], row["column"], tuple(row["within"])): (
                    row["moment"],
                    {tuple(key): (low, high) for key, low, high in row["cells"]},
                )
                for row in json.loads(path.read_text("utf-8"))
            }
        )
