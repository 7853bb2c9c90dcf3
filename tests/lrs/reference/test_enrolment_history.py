"""Who was in which class when: one roster after another, each saying only how things stand."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lrs.reference.enrolment_history import Content, Enrolments
from lrs.reference.entity import Row
from lrs.reference.roster_rows import EnrolmentRow, an_enrolment

SEPTEMBER, JANUARY, MARCH = date(2025, 9, 1), date(2026, 1, 12), date(2026, 3, 2)


def row(source_id: str, class_key: str = "", **more: str) -> EnrolmentRow:
    said = {
        "sourcedId": source_id,
        "classSourcedId": class_key,
        "userSourcedId": "an",
        "role": "student",
        **more,
    }
    return an_enrolment(Row("enrollments.csv", 2, said))


class Log:
    """Enrolments as they are known, one import after another."""

    def __init__(self) -> None:
        self.known: dict[str, Content] = {}

    def take(
        self, rows: Sequence[EnrolmentRow], as_of: date, *, bulk: bool = True, starts: bool = False
    ) -> None:
        class_starts = {"3a": SEPTEMBER, "3b": SEPTEMBER} if starts else {}
        laid = Enrolments("sis", list(self.known.values()), as_of, class_starts)
        for each in laid.lay_over(rows, {r.source_id for r in rows} if bulk else None):
            self.known[each.key] = each.content

    def stays(self) -> list[tuple[str, str, str | None]]:
        return sorted((e["class"], e["from"], e.get("until")) for e in self.known.values())


def after(*imports: tuple[Sequence[EnrolmentRow], date]) -> list[tuple[str, str, str | None]]:
    log = Log()
    for rows, as_of in imports:
        log.take(rows, as_of)
    return log.stays()


def test_an_enrolment_begins_with_its_begin_date_else_its_last_change_else_on_the_day_of_import() -> None:
    assert after(([row("e", "3a", beginDate="2025-09-08", dateLastModified="2025-08-01")], JANUARY)) == [
        ("3a", "2025-09-08", None)
    ]
    assert after(([row("e", "3a", dateLastModified="2025-08-20T10:00:00Z")], JANUARY)) == [
        ("3a", "2025-08-20", None)
    ]
    assert after(([row("e", "3a")], JANUARY)) == [("3a", "2026-01-12", None)]


def test_the_first_roster_without_dates_holds_from_the_beginning_of_its_classes() -> None:
    log = Log()
    log.take([row("e", "3a")], JANUARY, starts=True)
    assert log.stays() == [("3a", "2025-09-01", None)]
    log.take([row("f", "3b")], MARCH, starts=True)
    assert log.stays() == [("3a", "2025-09-01", "2026-03-02"), ("3b", "2026-03-02", None)]


def test_a_begin_that_is_known_stays_when_the_row_is_changed_later() -> None:
    first = [row("e", "3a", dateLastModified="2025-08-20")]
    assert after((first, SEPTEMBER), ([row("e", "3a", dateLastModified="2026-01-10")], JANUARY)) == [
        ("3a", "2025-08-20", None)
    ]


def test_another_enrolment_in_another_class_ends_the_old_one() -> None:
    moved = [row("f", "3b", beginDate="2026-01-12")]
    assert after(([row("e", "3a", beginDate="2025-09-01")], SEPTEMBER), (moved, JANUARY)) == [
        ("3a", "2025-09-01", "2026-01-12"),
        ("3b", "2026-01-12", None),
    ]


def test_the_same_row_in_another_class_keeps_what_came_before() -> None:
    stays = [("3a", "2025-09-01", "2026-01-12"), ("3b", "2026-01-12", None)]
    first, moved = row("e", "3a", beginDate="2025-09-01"), row("e", "3b", beginDate="2025-09-01")
    assert after(([first], SEPTEMBER), ([moved], JANUARY)) == stays
    assert after(([first], SEPTEMBER), ([moved], JANUARY), ([moved], MARCH)) == stays


def test_a_begin_date_of_the_new_class_is_where_the_old_one_ends() -> None:
    first, moved = row("e", "3a", beginDate="2025-09-01"), row("e", "3b", beginDate="2026-01-05")
    assert after(([first], SEPTEMBER), ([moved], JANUARY)) == [
        ("3a", "2025-09-01", "2026-01-05"),
        ("3b", "2026-01-05", None),
    ]


def test_who_comes_back_to_a_class_has_been_away() -> None:
    first, moved = row("e", "3a", beginDate="2025-09-01"), row("e", "3b")
    assert after(([first], SEPTEMBER), ([moved], JANUARY), ([first], MARCH)) == [
        ("3a", "2025-09-01", "2026-01-12"),
        ("3a", "2026-03-02", None),
        ("3b", "2026-01-12", "2026-03-02"),
    ]


def test_an_enrolment_gone_from_a_complete_file_has_ended_once() -> None:
    assert after(([row("e", "3a")], SEPTEMBER), ([], JANUARY), ([], MARCH)) == [
        ("3a", "2025-09-01", "2026-01-12")
    ]


def test_one_that_had_ended_by_its_end_date_is_not_ended_again() -> None:
    over = [row("e", "3a", endDate="2025-12-01")]
    assert after((over, SEPTEMBER), ([], JANUARY)) == [("3a", "2025-09-01", "2025-12-01")]


def test_a_delta_leaves_alone_what_it_does_not_speak_of() -> None:
    log = Log()
    log.take([row("e", "3a"), row("f", "3b")], SEPTEMBER)
    log.take([row("f", status="tobedeleted", dateLastModified="2026-01-07T12:00:00Z")], JANUARY, bulk=False)
    assert log.stays() == [("3a", "2025-09-01", None), ("3b", "2025-09-01", "2026-01-07")]


def test_dates_can_be_corrected() -> None:
    first = row("e", "3a", beginDate="2025-09-01", endDate="2026-02-01")
    assert after(([first], SEPTEMBER), ([row("e", "3a", beginDate="2025-09-15")], JANUARY)) == [
        ("3a", "2025-09-15", None)
    ]


def test_an_end_before_the_day_of_import_leaves_nothing_behind_it() -> None:
    assert after(([row("e", "3a", endDate="2025-12-01")], JANUARY)) == [("3a", "2025-12-01", "2025-12-01")]


rosters = st.lists(
    st.lists(
        st.builds(
            lambda n, c, begin: row(f"e{n}", c, **({"beginDate": begin} if begin else {})),
            st.integers(1, 2),
            st.sampled_from(["3a", "3b", "3c"]),
            st.sampled_from([None, "2025-09-01", "2025-11-03", "2026-02-02"]),
        ),
        max_size=2,
        unique_by=lambda r: r.source_id,
    ),
    max_size=5,
)


@given(rosters)
def test_the_same_roster_again_changes_nothing_and_a_row_is_in_one_class_at_a_time(
    imports: list[list[EnrolmentRow]],
) -> None:
    log = Log()
    for month, rows in enumerate(imports, 1):
        log.take(rows, date(2026, month, 20))
        before = dict(log.known)
        log.take(rows, date(2026, month, 25))
        assert log.known == before
    for source_id in {e["source_id"] for e in log.known.values()}:
        stays = sorted(
            (e["from"], e.get("until", "9")) for e in log.known.values() if e["source_id"] == source_id
        )
        assert all(until <= following for (_, until), (following, _) in pairwise(stays))
