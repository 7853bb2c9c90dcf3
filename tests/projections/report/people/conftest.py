"""A small school, sent, imported, projected and published as in life; and the commands that report on it.

3a on the newest day (14 November 2025): ann, bob and nameless, taught by tine. dora went from 3a to 3b, which tom
teaches. evi left 4z, which is empty since; zoe teaches it.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from lrs.app import create_app
from lrs.commands.import_reference import Import, import_reference
from lrs.feed import Feed
from lrs.http.parts import NAME
from lrs.reference.entity import Entity, Reading, entity
from lrs.settings import Settings
from projections.catalog import Projection
from projections.projector import Projector
from projections.publish import publish
from projections.report.people.cli import report_class, report_learner
from tests.lrs.conftest import a_client
from tests.projections.a_roster import SOURCE, a_roster, a_stay
from tests.projections.a_statement import GSL, a_person, a_statement, an_id
from tests.projections.conftest import copied

ANN, BOB, DORA = "Ann <b>Peeters</b>", "Bob [red]Claes[/]", "Dora Unmistakable"
FRACTIONS, SPELLING = "Breuken <script>alert(1)</script>", "=HYPERLINK(1)"
THOUGHT = "Goed 👩🏽‍🚀\u202e mislukt?\n<img src=x onerror=alert(1)> é"
NEWEST = "2025-11-14"
Report = Callable[..., str]


def a_goal(slug: str, title: str | None) -> dict[str, Any]:
    kind = "http://id.tincanapi.com/activitytype/goal"
    return {"id": an_id(slug), "definition": {"type": kind, **({"name": {"nl": title}} if title else {})}}


def roster() -> list[Entity]:
    stays = [
        *(a_stay(name, "3a", "2025-09-01") for name in ("ann", "bob", "nameless")),
        a_stay("dora", "3a", "2025-09-01", "2025-11-01"),
        a_stay("dora", "3b", "2025-11-01", number=1),
        a_stay("evi", "4z", "2025-09-01", "2025-10-01"),
        *(
            a_stay(n, c, "2025-09-01", role="teacher")
            for n, c in (("tine", "3a"), ("tom", "3b"), ("zoe", "4z"))
        ),
    ]
    return [_person(each) if each.type == "person" else each for each in a_roster(*stays)]


def _person(known: Entity) -> Entity:
    given = {"ann": ANN, "bob": BOB, "dora": DORA, "nameless": None}.get(known.key, known.key.title())
    return entity(
        "person",
        known.key,
        SOURCE,
        given_name=given,
        agents=[a_person(known.key)],
        roles=known.content["roles"],
    )


def statements() -> list[dict[str, Any]]:
    fractions, spelling, bare = (
        a_goal("fractions", FRACTIONS),
        a_goal("spelling", SPELLING),
        a_goal("bare", None),
    )
    asked = a_statement("requested-attention", "", "2025-11-03 10:00", by="ann", object=fractions)
    second = a_statement("requested-attention", "", "2025-11-04 10:00", by="bob", object=bare)
    reply = a_statement("replied", "doubt:1", "2025-11-05 10:00", by="tine", about=second)
    work = a_statement("completed", "lesson:1", "2025-11-05 11:00", by="ann")
    feedback = a_statement("gave-feedback", "lesson:1", "2025-11-06 09:00", by="tine", about=work)
    talk = a_statement(
        "talked-with",
        "",
        "2025-11-07 09:00",
        by="tine",
        object={"objectType": "Agent", **a_person("ann")},
        agreed_actions=2,
    )
    talk["context"]["contextActivities"]["category"] = [
        {"id": an_id("talk"), "definition": {"type": GSL + "activity-types/coachgesprek"}}
    ]
    return [
        a_statement("planned", "", "2025-10-01 09:00", by="ann", object=fractions, due="2025-11-10 16:00"),
        a_statement("progressed", "", "2025-10-20 09:00", by="ann", object=fractions, progress=40),
        a_statement("planned", "", "2025-10-02 09:00", by="ann", object=spelling, due="2025-12-01 16:00"),
        a_statement("achieved", "", "2025-10-30 09:00", by="ann", object=spelling),
        a_statement("planned", "", "2025-10-01 09:00", by="bob", object=bare),
        a_statement("planned", "", "2025-10-01 09:00", by="dora", object=a_goal("doras", "Doras eigen doel")),
        a_statement("reflected", "", "2025-11-06 12:00", by="ann", object=fractions, result={"response": THOUGHT}),
        a_statement("reflected", "", "2025-11-06 13:00", by="bob", object=bare, result={"response": "van Bob"}),
        a_statement("reflected", "", "2025-11-06 14:00", by="ann", object=fractions, result={}),
        asked, second, reply, work, feedback, talk,
        a_statement("completed", "lesson:1", f"{NEWEST} 11:00", by="bob"),
    ]  # fmt: skip


@pytest.fixture(scope="session")
def school(
    tmp_path_factory: pytest.TempPathFactory, catalog: list[Projection], empty_warehouse: Path
) -> Settings:
    """The settings under which the school lies; tests only read it."""
    settings = Settings(home=tmp_path_factory.mktemp("school"), duckdb_threads=1)
    _send(settings, roster(), statements())
    warehouse, feed = copied(empty_warehouse, settings), Feed.open(settings)
    Projector(warehouse, catalog).fold(feed.read("default", 0, 1000))
    publish(warehouse, catalog)
    warehouse.close()
    feed.close()
    return settings


def _send(settings: Settings, entities: Sequence[Entity], sent: Sequence[dict[str, Any]]) -> None:
    app = create_app(settings)
    parts = app.extensions[NAME]
    wanted = Import(Reading(list(entities)), "default", "operator", date(2025, 9, 1), parts.keys)
    assert not import_reference(parts.writer, wanted).rejected
    answer = a_client(app, parts).post(list(sent))
    assert answer.status_code == 200, answer.text
    parts.database.close()


@pytest.fixture
def report(school: Settings) -> Iterator[Report]:
    """report("class", "--class", "3a", ..., status=0): what the command says, on either stream."""
    group = click.Group("report", commands={"class": report_class, "learner": report_learner})
    runner = CliRunner(env={"LRS_HOME": str(school.home)})

    def run(*arguments: str, status: int = 0) -> str:
        done = runner.invoke(group, arguments)
        assert done.exit_code == status, f"{done.output}{done.exception!r}"
        return done.output

    yield run
