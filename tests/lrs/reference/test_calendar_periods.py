"""School calendars as CSV."""

import pytest

from lrs.reference.calendar_periods import read_calendar
from lrs.reference.entity import CALENDAR_PERIOD, Reading


def read(text: str, school: str | None = None) -> Reading:
    return read_calendar("calendar.csv", text.encode(), school)


def periods(reading: Reading) -> list[tuple[str, str, str, str | None]]:
    return [(c["from"], c["to"], c["kind"], c.get("school")) for c in (e.content for e in reading.entities)]


def test_periods_are_read_for_all_schools_or_the_one_that_a_row_or_the_option_names() -> None:
    text = "from,to,kind,label,school\n2025-10-27,2025-11-02,autumn,herfst,\n"
    text += "2025-10-01,2025-10-01,free,studiedag,north\n"
    assert periods(read(text)) == [
        ("2025-10-27", "2025-11-02", "autumn", None),
        ("2025-10-01", "2025-10-01", "free", "north"),
    ]
    assert [school for *_, school in periods(read(text, "south"))] == ["south", "north"]


def test_it_is_read_as_a_school_would_write_it() -> None:
    text = "Van;Tot en met;Soort;Naam\n27/10/2025;2/11/2025;Herfstvakantie;\n"
    text += "01/10/2025;;Pedagogische studiedag;studie\n"
    assert periods(read(text)) == [
        ("2025-10-27", "2025-11-02", "autumn", None),
        ("2025-10-01", "2025-10-01", "free", None),
    ]


def test_a_file_states_the_calendar_of_each_school_and_school_year_in_it() -> None:
    reading = read("from,to,kind,school\n2025-08-29,2025-08-29,free,\n2025-09-30,2025-09-30,free,north\n")
    assert reading.complete == {
        (CALENDAR_PERIOD, "calendar:all:2024-2025"),
        (CALENDAR_PERIOD, "calendar:north:2025-2026"),
    }


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",2025-10-01,free,", "from is empty"),
        ("2025-10-02,2025-10-01,free,", "lies before from"),
        ("2025-10-02,2026-10-03,free,", "longer than a year"),
        ("2025-02-30,2025-10-01,free,", "from '2025-02-30' is not a date"),
        ("2025-10-02,2025-10-02,feest van de klas,", "kind 'feest van de klas' is not one of autumn"),
        ("2025-09-30,2025-09-30,free,twice", "the same days are there twice"),
    ],
)
def test_a_row_that_cannot_be_taken_is_rejected_with_its_line(row: str, reason: str) -> None:
    (rejected,) = read(f"from,to,kind,label\n2025-09-30,2025-09-30,free,\n{row}\n").rejected
    assert rejected.line == 3
    assert reason in rejected.reason
