"""Of what school year a row of a published table is, as a SQL expression over the columns that it has."""

from collections.abc import Collection, Mapping

import duckdb

YEAR = "school_year"
# What Hive calls NULL.
NO_YEAR = "__HIVE_DEFAULT_PARTITION__"
# The first of these that a table has says of what day a row is. Other days are of something else: of what comes of it
# (due, closed), or of how long it holds (valid_from), for which a reader of any year needs it.
DAYS = (
    "local_date", "local_at", "date", "held_on", "given_on", "result_on", "started_on", "window_end", "week_start",
    "as_of", "begins_on", "since", "asked_on", "failed_at", "happened_at", "started_at", "planned_start_at",
)  # fmt: skip
WEEK = "school_week"
# Days outside of these are of clocks that were never set: no calendar knows them.
FIRST_DAY, LAST_DAY = "1970-09-01", "2200-08-31"


def year_of(kinds: Mapping[str, str], tables: Collection[str]) -> str | None:
    """The school year of a row `one` of a table with these columns and types; None when its rows are of no year.

    `tables` are those of the same file: a school week is looked up there.
    """
    if YEAR in kinds:
        return f"one.{YEAR}"
    for name in DAYS:
        if kinds.get(name) in ("DATE", "TIMESTAMP"):
            day = _local_day(name, kinds[name])
            return (
                f"case when {day} between date '{FIRST_DAY}' and date '{LAST_DAY}' then {_year_of(day)} end"
            )
    if WEEK in kinds and WEEK in tables:
        return f"(select max({YEAR}) from {WEEK} as w where w.store = one.store and w.{WEEK} = one.{WEEK})"
    return None


def latest_year(connection: duckdb.DuckDBPyConnection) -> str:
    """The school year in which the last event of a published file was stored."""
    day = _local_day("stored", "TIMESTAMP")
    return str(connection.execute(f"select max({_year_of(day)}) from meta as one").fetchall()[0][0])


def _local_day(name: str, kind: str) -> str:
    """Moments are UTC, unless their name says that they are local."""
    if kind == "DATE":
        return f"one.{name}"
    # Only the turn of the school year matters, when it is summer time: asking for the time zone of each row is slow.
    ahead = "" if name.startswith("local_") else " + interval 2 hours"
    return f"cast(one.{name}{ahead} as date)"


def _year_of(day: str) -> str:
    # eight months earlier it is the calendar year in which the school year starts
    first = f"year({day} - interval 8 months)"
    return f"format('{{}}-{{}}', {first}, {first} + 1)"
