"""Importing reference data: what changed is recorded, in one transaction, and nothing twice."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from lrs.commands.import_reference import Import, import_reference, preview, remembered_accounts
from lrs.event_log.read import Event, read_events
from lrs.event_log.verify import verify
from lrs.http.parts import Parts
from lrs.index.rebuild import reindex
from lrs.index.tables import TABLES
from lrs.reference.difference import Difference
from lrs.reference.entity import PERSON, SCHOOL, Reading, entity
from lrs.reference.goals import read_goals
from tests.lrs.reference.a_bundle import (
    ENROLMENT_HEADER,
    FILES_11,
    SOURCE,
    read,
    with_rows,
    write_bundle,
)
from tests.lrs.reference.test_onderwijsdoelen import a_goal, a_set, page

SEPTEMBER, JANUARY = date(2025, 9, 15), date(2026, 1, 12)


def events(shared: Parts) -> list[Event]:
    with shared.database.reading() as connection:
        return read_events(connection, limit=10_000)


def kinds(shared: Parts) -> Counter[str]:
    return Counter(event.kind for event in events(shared))


def payloads(shared: Parts, kind: str, after: int = 0) -> list[dict[str, Any]]:
    return [json.loads(e.body or "") for e in events(shared) if e.kind == kind and e.position > after]


def wanted(shared: Parts, reading: Reading, as_of: date = SEPTEMBER, **more: Any) -> Import:
    return Import(reading, "default", "operator", as_of, shared.keys, **more)


def take(shared: Parts, reading: Reading, as_of: date = SEPTEMBER, **more: Any) -> Difference:
    return import_reference(shared.writer, wanted(shared, reading, as_of, **more))


@pytest.fixture
def roster(tmp_path: Path) -> Any:
    def write(
        files: Mapping[str, Sequence[str]] = FILES_11, mode: str = "bulk", source: str = SOURCE
    ) -> Reading:
        return read(write_bundle(tmp_path, files, mode=mode), source)

    return write


def index(shared: Parts) -> dict[str, list[tuple[Any, ...]]]:
    with shared.database.reading() as connection:
        return {t.name: sorted(map(tuple, connection.execute(sa.select(t))), key=repr) for t in TABLES}


def test_every_entity_is_an_event_and_who_has_two_accounts_is_linked(shared: Parts, roster: Any) -> None:
    take(shared, roster())
    assert kinds(shared) == {
        "roster_recorded": 1, "school_recorded": 2, "class_recorded": 2, "person_recorded": 4, "person_linked": 2,
        "enrolment_recorded": 4,
    }  # fmt: skip
    assert [len(link["agents"]) for link in payloads(shared, "person_linked")] == [2, 2]
    with shared.database.reading() as connection:
        assert not [found for found in verify(connection) if not isinstance(found, int)]


def test_a_second_import_of_the_same_file_records_nothing(shared: Parts, roster: Any) -> None:
    take(shared, roster())
    before = len(events(shared))
    again = take(shared, roster(), JANUARY)
    assert again.to_record == []
    assert sum(again.same.values()) == 13
    assert len(events(shared)) == before


def test_a_preview_says_what_an_import_would_do_and_writes_nothing(shared: Parts, roster: Any) -> None:
    reading = roster()
    previewed = preview(shared.database, wanted(shared, reading))
    assert events(shared) == []
    assert take(shared, reading).to_record == previewed.to_record


def test_a_rejected_row_keeps_the_whole_file_out_unless_the_rest_is_accepted(
    shared: Parts, roster: Any
) -> None:
    files = with_rows("enrollments", "e1,,,3a,north,an,student,,,", "e9,,,4z,north,an,student,,,")
    assert [r.line for r in take(shared, roster(files)).rejected] == [3]
    assert events(shared) == []
    take(shared, roster(files), accept_rejects=True)
    assert kinds(shared)["enrolment_recorded"] == 1


def test_a_key_with_a_nul_is_rejected_whatever_the_database(shared: Parts) -> None:
    reading = Reading([entity(SCHOOL, "north\0", SOURCE, name="North")])
    assert [r.reason for r in take(shared, reading).rejected] == ["its key holds a NUL"]
    assert events(shared) == []


def test_a_learner_who_changes_class_keeps_the_old_one_for_what_came_before(
    shared: Parts, roster: Any
) -> None:
    take(shared, roster())
    last = len(events(shared))
    rows = [row.replace("e1,,,3a", "e1,,,3b") for row in FILES_11["enrollments"]]
    changed = take(shared, roster({**FILES_11, "enrollments": rows}), JANUARY)
    assert changed.counts()[-1] == ("enrolment", 1, 1, 0, 3)
    stays = {(e["class"], e["from"], e.get("until")) for e in payloads(shared, "enrolment_recorded", last)}
    assert stays == {("3a", "2025-09-01", "2026-01-12"), ("3b", "2026-01-12", None)}


def test_what_is_gone_from_a_bulk_file_has_ended_and_may_come_back(shared: Parts, roster: Any) -> None:
    take(shared, roster())
    users = FILES_11["users"][:-1]
    left = {**FILES_11, "users": users, "enrollments": FILES_11["enrollments"][:-1]}
    assert [e.key for e in take(shared, roster(left), JANUARY).ended] == ["tine"]
    assert payloads(shared, "person_recorded")[-1]["ended"] == "2026-01-12"
    assert take(shared, roster(left), date(2026, 2, 1)).to_record == []
    back = take(shared, roster(), date(2026, 3, 1))
    assert [e.key for e in back.changed if e.type == PERSON] == ["tine"]
    assert "ended" not in payloads(shared, "person_recorded")[-1]


def test_a_delta_ends_only_what_it_says(shared: Parts, roster: Any) -> None:
    take(shared, roster())
    delta = {
        "users": [FILES_11["users"][0], "tine,tobedeleted,2026-01-07T12:00:00Z,,,,,,,,,,,,,,,"],
        "enrollments": [ENROLMENT_HEADER, "e4,tobedeleted,2026-01-07T12:00:00Z,,,,,,,"],
    }
    done = take(shared, roster(delta, mode="delta"), JANUARY)
    assert [(e.type, e.content.get("ended") or e.content["until"]) for e in done.to_record] == [
        ("person", "2026-01-07"),
        ("enrolment", "2026-01-07"),
    ]


def test_an_account_that_is_added_later_links_the_person_then(shared: Parts, roster: Any) -> None:
    take(shared, roster())
    users = [row.replace("Cis,Maes,,,", "Cis,Maes,,1003,") for row in FILES_11["users"]]
    take(shared, roster({**FILES_11, "users": users}))
    assert [agent["account"]["name"] for agent in payloads(shared, "person_linked")[-1]["agents"]] == [
        "cis.m",
        "1003",
    ]
    assert kinds(shared)["person_linked"] == 3


def test_an_account_of_somebody_else_who_is_known_is_rejected(shared: Parts, roster: Any) -> None:
    take(shared, roster())
    row = "eef,active,2026-01-07,true,north,student,an.p,,Eef,Peeters,,,,,,,,"
    delta = {"users": [FILES_11["users"][0], row]}
    rejected = take(shared, roster(delta, mode="delta")).rejected
    assert [r.reason for r in rejected] == ["has the same account as an, who is known already"]


def test_two_rosters_with_the_same_keys_do_not_take_turns(shared: Parts, roster: Any) -> None:
    take(shared, roster())
    other = take(shared, roster(source="other"), JANUARY)
    assert other.ended == []
    assert {r.reason for r in other.rejected if r.file == "users.csv"} >= {
        "an is known from sis: import it with --source sis"
    }


def test_a_roster_ends_nothing_of_another(shared: Parts, roster: Any) -> None:
    take(shared, roster())
    other = {"orgs": [FILES_11["orgs"][0], "south,,,Zuid,school,,"]}
    assert take(shared, roster(other, source="other"), JANUARY).counts() == [
        ("roster", 1, 0, 0, 0),
        ("school", 1, 0, 0, 0),
    ]


def test_the_account_mapping_is_remembered(shared: Parts, roster: Any) -> None:
    assert remembered_accounts(shared.database, "default", SOURCE) == []
    take(shared, roster())
    assert remembered_accounts(shared.database, "default", SOURCE) == [
        "https://p.example.org=username",
        "https://q.example.org=identifier",
    ]


def test_goals_of_other_pages_stay_and_sets_add_up(shared: Parts) -> None:
    take(shared, read_goals([page(a_goal(1), a_goal(2))], None))
    later = [page(a_goal(1, onderwijsdoelenset=a_set(3310, "2.2")), a_goal(3))]
    assert take(shared, read_goals(later, None)).counts() == [
        ("framework", 0, 0, 0, 1),
        ("framework_goal", 1, 1, 0, 0),
    ]
    assert payloads(shared, "framework_goal_recorded")[-1]["sets"] == {"3291": "2.1", "3310": "2.2"}
    assert take(shared, read_goals([page(a_goal(1), a_goal(2))], None)).to_record == []


def test_a_goal_gone_from_a_csv_framework_has_ended_and_a_parent_may_be_in_another(shared: Parts) -> None:
    take(shared, read_goals([page(a_goal(92301))], None))
    csv = b"id,title,parent\nlp1,Plannen,92301\nlp2,Weg,\n"
    assert take(shared, read_goals([("plan.csv", csv)], None)).rejected == []
    done = take(shared, read_goals([("plan.csv", csv.replace(b"lp2,Weg,\n", b""))], None), JANUARY)
    assert [(e.key, e.content["ended"]) for e in done.ended] == [("lp2", "2026-01-12")]


def test_stores_are_apart(shared: Parts, roster: Any) -> None:
    take(shared, roster())
    done = import_reference(shared.writer, Import(roster(), "other", "operator", SEPTEMBER, shared.keys))
    assert len(done.added) == 13


def test_the_index_equals_the_reindexed_index_after_every_kind_of_change(shared: Parts, roster: Any) -> None:
    take(shared, roster())
    take(shared, roster(with_rows("enrollments", "e1,,,3b,north,an,student,,,")), JANUARY)
    take(shared, read_goals([page(a_goal(1))], None))
    live = index(shared)
    assert live["reference_entity"] and live["reference_agent"] and live["agent_link"]
    reindex(shared.database, shared.keys, shared.profiles)
    assert index(shared) == live


def test_names_are_in_the_payloads_alone(shared: Parts, roster: Any) -> None:
    take(shared, roster())
    said = repr({name: rows for name, rows in index(shared).items()})
    assert "Peeters" not in said
    assert "Atheneum" not in said
    assert "Peeters" in repr([e.body for e in events(shared)])


def test_a_larger_import_is_one_transaction_told_step_by_step(shared: Parts) -> None:
    rows = b"".join(b"g%d,Doel %d,\n" % (n, n) for n in range(1200))
    steps: list[tuple[int, int]] = []
    reading = read_goals([("plan.csv", b"id,title,parent\n" + rows)], None)
    take(shared, reading, progress=lambda done, of: steps.append((done, of)))
    assert steps == [(500, 1201), (1000, 1201), (1201, 1201)]
    stored = [event.stored for event in events(shared)]
    assert stored == sorted(set(stored))
