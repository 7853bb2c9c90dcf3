"""What few learners stand behind is withheld (indicators, "Small cells"): before anything leaves for schools."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from projections.catalog import InvalidProjection, Projection


def withhold(table: pa.Table, projection: Projection, threshold: int) -> pa.Table:
    """The table with every measure of a small cell NULL, its count too, and a column `withheld`.

    `cell:` names the column that counts the distinct learners behind a row, `within:` the columns of the total that
    the row is a part of. A row under the threshold is withheld; then, within each total, the next smallest one, until
    those withheld together reach the threshold, so that no one of them can be found by subtraction.

    Raises InvalidProjection for a view that does not say what a cell is.
    """
    header = projection.header
    if "cell" not in header or "within" not in header:
        raise InvalidProjection(
            f"{projection.path}: a school view says `cell:` and `within:` to be published"
        )
    rows = table.to_pylist()
    within = [name.strip() for name in header["within"].split(",")]
    hidden: set[int] = set()
    for total in _totals(rows, within).values():
        hidden |= _hidden([(rows[i][header["cell"]], i) for i in total], threshold)
    keep = set(projection.grain)
    columns = {
        name: pa.array(
            [None if i in hidden and name not in keep else row[name] for i, row in enumerate(rows)], kind
        )
        for name, kind in zip(table.schema.names, table.schema.types, strict=True)
    }
    columns["withheld"] = pa.array([i in hidden for i in range(len(rows))], pa.bool_())
    return pa.table(columns)


def _totals(rows: Sequence[dict[str, Any]], within: Sequence[str]) -> dict[tuple[Any, ...], list[int]]:
    totals: dict[tuple[Any, ...], list[int]] = {}
    for i, row in enumerate(rows):
        totals.setdefault(tuple(row[name] for name in within), []).append(i)
    return totals


def _hidden(cells: list[tuple[int, int]], threshold: int) -> set[int]:
    """The cells of one total to withhold, smallest first; each is (count, index)."""
    hidden: list[tuple[int, int]] = []
    for count, i in sorted(cells):
        together = sum(each for each, _ in hidden)
        if count >= threshold and (not hidden or together >= threshold):
            break
        hidden.append((count, i))
    return {i for _, i in hidden}
