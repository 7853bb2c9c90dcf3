"""Views over statements, of some statements only: their base tables are narrowed, not what they say in the end."""

from collections.abc import Mapping

import duckdb

from projections.catalog import Projection

# The tables with rows per statement that tell of that statement alone.
BASES = ("logged_statement", "statement_participant", "statement_activity")


def narrow_bases(connection: duckdb.DuckDBPyConnection, prefix: str, positions: str) -> None:
    """Make temp.<prefix>_base_<table>: the rows of each base table at the positions in a temp table."""
    for base in BASES:
        connection.execute(
            f"create or replace temp view {prefix}_base_{base} as "
            f"from {base} where position in (from temp.{positions})"
        )


def is_of_statements(projection: Projection) -> bool:
    """Whether it says something of each statement: a base table, or a view made of them."""
    of_statements = projection.kind == "view" and "position" in projection.grain and not projection.by
    return projection.name in BASES or of_statements


def narrowed(catalog: Mapping[str, Projection], name: str, prefix: str) -> str:
    """A select of what such a view, or base table, says, made of the narrowed base tables alone."""
    if name in BASES:
        return f"from temp.{prefix}_base_{name}"
    parts = [f"{base} as (from temp.{prefix}_base_{base})" for base in BASES]
    parts += [f"{view} as ({catalog[view].body}\n)" for view in _views_in(catalog, name)]
    return f"with {', '.join(parts)} select * from ({catalog[name].body}\n) as narrowed"


def _views_in(catalog: Mapping[str, Projection], name: str) -> list[str]:
    """The views over statements that a view reads, near or far, each after those it reads itself."""
    found: list[str] = []
    for read in catalog[name].reads:
        if read not in BASES and is_of_statements(catalog[read]):
            found += [view for view in (*_views_in(catalog, read), read) if view not in found]
    return found
