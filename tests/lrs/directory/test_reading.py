"""The directory reads what it is asked for, through indexes: never the log from end to end."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from lrs.directory.enrolments import STUDENT, classes_on
from lrs.directory.find_person import find_person
from lrs.directory.learner_names import learner_names
from lrs.directory.person import agents_of
from lrs.directory.reflections import read_reflections
from lrs.directory.store_index import Opened
from lrs.directory.titles import class_names, goal_titles, school_names
from lrs.http.parts import Parts
from tests.lrs.conftest import Client
from tests.lrs.directory.conftest import SEPTEMBER, Take
from tests.projections.a_roster import a_roster, a_stay
from tests.projections.a_statement import a_person, a_statement

Ask = Callable[[Opened, str], object]
QUESTIONS: dict[str, Ask] = {
    "names": lambda opened, key: learner_names(opened, [key, opened.keys.key(a_person("nameless"))]),
    "agents": lambda opened, key: agents_of(opened, [key]),
    "classes": lambda opened, key: classes_on(opened, [key], SEPTEMBER, STUDENT),
    "person": lambda opened, key: find_person(opened, "ann"),
    "reflections": lambda opened, key: read_reflections(opened, frozenset([key]), range(1, 20)),
    "titles": lambda opened, key: goal_titles(opened, ["https://example.org/1", "x-1"], "nl"),
    "class names": lambda opened, key: class_names(opened, ["3a"]),
    "school names": lambda opened, key: school_names(opened, ["north"]),
}


def asked(opened: Opened, question: Ask, key: str) -> list[tuple[str, Any]]:
    """The queries, with their values, that a question to the directory runs."""
    seen: list[tuple[str, Any]] = []
    engine = opened.connection.engine
    remember = lambda c, cursor, statement, values, *_: seen.append((statement, values))  # noqa: E731
    sa.event.listen(engine, "before_cursor_execute", remember)
    question(opened, key)
    sa.event.remove(engine, "before_cursor_execute", remember)
    return seen


def whole_tables(connection: sa.Connection, query: str, values: Any) -> list[str]:
    """The steps of a query's plan that read a table from end to end."""
    if connection.dialect.name == "sqlite":
        plan = connection.exec_driver_sql(f"explain query plan {query}", values)
        return [step for *_, step in plan if step.startswith("SCAN")]
    # Of a table this small PostgreSQL would read all, where an index serves too.
    connection.exec_driver_sql("set local enable_seqscan = off")
    return [step for (step,) in connection.exec_driver_sql(f"explain {query}", values) if "Seq Scan" in step]


def test_no_question_reads_a_whole_table(client: Client, take: Take, shared: Parts) -> None:
    take(*a_roster(a_stay("ann", "3a", "2025-09-01")))
    client.post(
        [a_statement("reflected", "goal:1", "2025-09-15 12:00", by=who) for who in ("ann", "nameless")]
    )
    key = shared.keys.key(a_person("ann"))
    with shared.database.reading() as connection:
        opened = Opened(connection, "default", shared.keys)
        for name, question in QUESTIONS.items():
            queries = asked(opened, question, key)
            assert queries, name
            for query, values in queries:
                assert not whole_tables(connection, query, values), (name, query)
