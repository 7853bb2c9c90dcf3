"""One row per school and day on which its own calendar differs from that of its store (calendar_day).

A school may have free days of its own, or a holiday at another time. School weeks are the store's.

grain: store, school_key, date
reads: calendar_day, calendar_period, store_school_year
column store: the controller's store
column school_key: the school
column date: the local day (Europe/Brussels)
column is_school_day: whether learners of this school are expected
column day_off: what makes it no school day (autumn, christmas, carnival, easter, summer, free); NULL otherwise
"""

from collections.abc import Iterator, Mapping
from datetime import date

import pyarrow as pa

from projections.facts.calendar_day import (
    Period,
    imported_periods,
    lay_over,
    store_calendars,
    wanted_years,
)

SCHEMA = pa.schema(
    [
        ("store", pa.string()),
        ("school_key", pa.string()),
        ("date", pa.date32()),
        ("is_school_day", pa.bool_()),
        ("day_off", pa.string()),
    ]
)


def project(inputs: Mapping[str, pa.Table]) -> pa.Table:
    """The days on which a school's own periods make a difference; calendar_day is read for its rules alone."""
    by_school = imported_periods(inputs["calendar_period"])
    of_store = store_calendars(inputs["calendar_period"])
    rows = [
        row
        for store, year in wanted_years(inputs["store_school_year"])
        for (whose, school), periods in sorted(
            by_school.items(), key=lambda each: (each[0][0], each[0][1] or "")
        )
        if whose == store and school is not None
        for row in _different(store, school, of_store[store].days_off(year), periods, year)
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _different(
    store: str, school: str, shared: dict[date, str], periods: list[Period], year: int
) -> Iterator[dict[str, object]]:
    own = lay_over(shared, periods, year)
    for day in sorted(own.keys() | shared.keys()):
        if own.get(day) != shared.get(day):
            off = own.get(day)
            yield {
                "store": store,
                "school_key": school,
                "date": day,
                "is_school_day": off is None,
                "day_off": off,
            }
