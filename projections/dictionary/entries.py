"""What the dictionary says of each table: its file's header, and the types that DuckDB gives its columns."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

import duckdb

from projections import materialise, rok
from projections.catalog import BATCH, FOLDERS, Projection, read_by
from projections.checkpoint import SCHEMA, create_checkpoint
from projections.publish import LEARNERS, SCHOOLS, WITHHELD, create_meta, published_columns
from projections.source.batch import to_batch

# What is in the files beside the projections' tables.
OWN = "leerspoor"
TITLES = {
    "facts": "Facts: what was said, of whom, where and when",
    "goals": "Goals: what learners work towards, and how it stands",
    "self_regulation": "Self-regulation: indicators per learner and window of school weeks",
    "schools": "Schools: what a school may see, after the small-cell rule",
    OWN: "About the files themselves",
}
_ABOUT = ("unit", "range", "minimum n", "direction", "reference")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its DuckDB type as published, its meaning, and the table whose rows it names ("" for none)."""

    name: str
    type: str
    meaning: str
    names: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A table of the dictionary.

    `file` is the published file that it is in ("" for a table that lives no longer than a batch), `kind` what it is
    there: table, view or batch. `about` holds an indicator's unit, range, minimum n, direction and reference.
    """

    name: str
    folder: str
    purpose: str
    kind: str
    file: str
    grain: tuple[str, ...]
    kept: str
    reads: tuple[str, ...]
    read_by: tuple[str, ...]
    about: Mapping[str, str]
    withheld: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A folder of projections, in words, with its entries by name."""

    folder: str
    title: str
    entries: tuple[Entry, ...]


def read_entries(catalog: Sequence[Projection]) -> list[Entry]:
    """All tables of the published files, folder by folder, each folder by name.

    The catalogue is made empty in memory, as a rebuild makes it: so the types are those that readers get. Raises
    ValueError for a column that is not described and for one that is described and not there, duckdb.Error for a
    select that does not run.
    """
    with closing(_empty(catalog)) as connection:
        by_name, readers = {each.name: each for each in catalog}, _readers(catalog)
        found = [_entry(connection, each, by_name, readers[each.name]) for each in catalog]
        folders = [*FOLDERS, *sorted({p.folder for p in catalog} - set(FOLDERS))]
        return sorted(found, key=lambda e: (folders.index(e.folder), e.name)) + list(_own(connection))


def read_entry(catalog: Sequence[Projection], name: str) -> Entry | None:
    """The table of that name, None when there is none. Only what it is made of is made. Raises as read_entries does."""
    upstream, by_name = read_by(catalog, [name]), {each.name: each for each in catalog}
    with closing(_empty([each for each in catalog if each.name in upstream])) as connection:
        if name in by_name:
            return _entry(connection, by_name[name], by_name, _readers(catalog)[name])
        return next((entry for entry in _own(connection) if entry.name == name), None)


def table_names(catalog: Sequence[Projection]) -> list[str]:
    """The names of all tables, as read_entries has them, in no order; nothing is made for them."""
    with closing(_empty([])) as connection:
        return [*(each.name for each in catalog), *(entry.name for entry in _own(connection))]


def sections(entries: Sequence[Entry]) -> list[Section]:
    """The entries by folder; a folder of one's own (LRS_PROJECTION_FOLDER) goes by its name."""
    folders = dict.fromkeys(entry.folder for entry in entries)
    return [
        Section(folder, TITLES.get(folder, folder), tuple(e for e in entries if e.folder == folder))
        for folder in folders
    ]


def _empty(catalog: Sequence[Projection]) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    create_checkpoint(connection)
    create_meta(connection)
    rok.fill(connection, None)
    connection.register(BATCH, to_batch([]).table)
    for projection in catalog:
        if projection.kind == "batch":
            materialise.append(connection, projection)
        else:
            materialise.create(connection, projection)
    return connection


def _readers(catalog: Sequence[Projection]) -> Mapping[str, list[str]]:
    """Projection -> the names of those that read it."""
    readers: dict[str, list[str]] = {each.name: [] for each in catalog}
    for projection in catalog:
        for name in set(projection.reads) - {projection.name, BATCH}:
            readers[name].append(projection.name)
    return readers


def _entry(
    connection: duckdb.DuckDBPyConnection,
    projection: Projection,
    catalog: Mapping[str, Projection],
    readers: Sequence[str],
) -> Entry:
    is_school, kind = projection.folder == SCHOOLS, projection.kind
    file = "" if kind == "batch" else f"{SCHOOLS if is_school else LEARNERS}.duckdb"
    return Entry(
        name=projection.name,
        folder=projection.folder,
        purpose=projection.purpose,
        kind="table" if is_school else kind,
        file=file,
        grain=projection.grain,
        kept=_kept(projection),
        reads=projection.reads,
        read_by=tuple(sorted(readers)),
        about={key: projection.header[key] for key in _ABOUT if key in projection.header},
        withheld=_withheld(projection),
        columns=tuple(_columns(connection, projection, catalog)),
    )


def _kept(projection: Projection) -> str:
    """How the table is brought up to date after a batch, in words."""
    if projection.kind == "view":
        return "computed when it is read"
    if projection.kind == "batch":
        return "made of each batch, and gone after it"
    if projection.is_append:
        return "appended to; made again by replaying the log"
    if projection.by:
        return f"made anew where a batch touches it, by {', '.join(projection.by)}"
    return "made anew when what it reads changes"


def _withheld(projection: Projection) -> str:
    """What of the rows is withheld when few learners stand behind it, in words; "" for what is shown in full."""
    if projection.folder != SCHOOLS:
        return ""
    if "over" in projection.header:
        return "computed from what other school views show, so it tells no more than they do"
    told = [f"sensitive: {each}" for each in _parts(projection, "sensitive")]
    told = [*_parts(projection, "part"), *told]
    cell = projection.header.get("cell", "none")
    whole = "it counts no learners" if cell == "none" else f"a row by the count in `{cell}`"
    return "; ".join([whole, *told])


def _parts(projection: Projection, key: str) -> list[str]:
    return [part.strip() for part in projection.header.get(key, "").split(";") if part.strip()]


def _columns(
    connection: duckdb.DuckDBPyConnection, projection: Projection, catalog: Mapping[str, Projection]
) -> Iterator[Column]:
    """In the table's own order. Raises ValueError for a column without a description."""
    types = {row[0]: row[1] for row in connection.execute(f"describe {projection.name}").fetchall()}
    if odd := sorted(set(types) ^ set(projection.columns)):
        raise ValueError(
            f"{projection.path}: column {odd[0]} is not described, or is described and not there"
        )
    meanings = published_columns(projection) if projection.folder == SCHOOLS else projection.columns
    for name in [*types, *(each for each in meanings if each not in types)]:
        kind = "BOOLEAN" if name == WITHHELD else types[name]
        yield Column(name, kind, meanings[name], _named(name, projection.name, catalog))


def _named(column: str, table: str, catalog: Mapping[str, Projection]) -> str:
    """The table whose rows a key such as `goal_id` or `class_key` names; "" when there is none."""
    name = column.removesuffix("_id").removesuffix("_key")
    is_key = name != column and name != table and name in catalog and column in catalog[name].grain
    return name if is_key else ""


def _own(connection: duckdb.DuckDBPyConnection) -> Iterator[Entry]:
    """The tables that are no projections: `meta`, and what the projector keeps for itself."""
    query = (
        "select schema_name, table_name, comment from duckdb_tables() "
        "where schema_name = ? or table_name = 'meta' order by schema_name desc, table_name"
    )
    for schema, table, comment in connection.execute(query, [SCHEMA]).fetchall():
        in_both = table == "meta"
        yield Entry(
            name=table if in_both else f"{schema}.{table}",
            folder=OWN,
            purpose=comment or "",
            kind="table",
            file=f"{LEARNERS}.duckdb, {SCHOOLS}.duckdb" if in_both else f"{LEARNERS}.duckdb",
            grain=(),
            kept="written with each publication" if in_both else "kept by the projector",
            reads=(),
            read_by=(),
            about={},
            withheld="",
            columns=tuple(_commented(connection, schema, table)),
        )


def _commented(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> Iterator[Column]:
    query = (
        "select column_name, data_type, comment from duckdb_columns() "
        "where schema_name = ? and table_name = ? order by column_index"
    )
    for name, kind, comment in connection.execute(query, [schema, table]).fetchall():
        yield Column(name, kind, comment or "")
