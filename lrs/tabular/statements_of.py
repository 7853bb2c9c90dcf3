"""The statements of a sheet's rows, each held to its template; what cannot be made is told with its cell."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from lrs.profile.explain import explain
from lrs.profile.profiles import Profiles
from lrs.statement.check import check_statement
from lrs.statement.instants import parse_instant
from lrs.statement.invalid import InvalidStatement
from lrs.tabular.cell import BadCell, Value, as_text, as_tick, is_empty, one_line
from lrs.tabular.draw import Drawing, UnusableCell
from lrs.tabular.header import Column
from lrs.tabular.mapping import Condition, SheetMapping, StatementPlan
from lrs.tabular.row_key import registration_of, statement_id
from lrs.tabular.sheet import Sheet
from lrs.tabular.source import Place, Source

_XAPI = "1.0.3"


class Problem(NamedTuple):
    """Why a row does not make a statement. `column` is `C (Doel)`, several of them, or empty."""

    sheet: str
    row: int
    column: str
    reason: str
    plan: str


class Made(NamedTuple):
    """A statement, where it comes from, and the columns of its parts by JSONPath."""

    statement: dict[str, Any]
    sheet: str
    row: int
    plan: str
    drawing: Drawing


class RowOutcome(NamedTuple):
    """What became of a row: its statements, and what could not be made of it, each problem once."""

    number: int
    made: list[Made]
    problems: list[Problem]


def statements_of(
    sheet: Sheet, mapping: SheetMapping, profiles: Profiles, latest: datetime
) -> Iterator[RowOutcome]:
    """The outcome of each row; a timestamp after `latest` is taken for a typing error."""
    columns = {
        plan.name: sheet.like(plan.each, plan.but_not) if plan.each else [None] for plan in mapping.plans
    }
    for row in sheet.body:
        outcome = RowOutcome(row.number, [], [])
        for plan in mapping.plans:
            for column in columns[plan.name]:
                _make(mapping, plan, Place(sheet, row, column), profiles, latest, outcome)
        yield outcome


def _make(
    mapping: SheetMapping, plan: StatementPlan, place: Place, profiles: Profiles, latest: datetime,
    outcome: RowOutcome,
) -> None:  # fmt: skip
    try:
        if not _is_meant(plan, place, mapping):
            return
        drawing = _drawn(mapping, plan, place, outcome)
        _refuse_wrong(drawing, profiles, latest)
    except UnusableCell as error:
        problem = Problem(place.sheet.name, place.row.number, ", ".join(error.where), str(error), plan.name)
        if all(problem[:4] != other[:4] for other in outcome.problems):
            outcome.problems.append(problem)
        return
    outcome.made.append(Made(drawing.ordered, place.sheet.name, place.row.number, plan.name, drawing))


def _is_meant(plan: StatementPlan, place: Place, mapping: SheetMapping) -> bool:
    if not plan.when and place.column is not None:
        return not is_empty(place.row.cell(place.column.number))
    return all(_holds(condition, place, mapping) for condition in plan.when)


def _holds(condition: Condition, place: Place, mapping: SheetMapping) -> bool:
    try:
        value = condition.source.found(place).value
        return _says(condition, value, mapping)
    except BadCell as error:
        raise UnusableCell(str(error), condition.source.where(place), "when") from error


def _says(condition: Condition, value: Value, mapping: SheetMapping) -> bool:
    """Raises BadCell for what is neither a tick nor a no, where a tick is asked for."""
    word = one_line(as_text(value)).casefold()
    stated = [
        test
        for asked, test in (
            (condition.filled, is_empty(value) != condition.filled),
            (condition.words, word in (condition.words or ())),
            (condition.other_words, word not in (condition.other_words or ())),
        )
        if asked is not None
    ]
    if stated:
        return all(stated)
    return as_tick(value, mapping.reading.ticks, mapping.reading.no_ticks)


def _drawn(mapping: SheetMapping, plan: StatementPlan, place: Place, outcome: RowOutcome) -> Drawing:
    drawing = Drawing(mapping, plan, place)
    drawing.put(("id",), _id_of(mapping, plan, place), ())
    drawing.draw_people()
    verb = plan.template.verb or ""
    drawing.put(("verb",), {"id": verb, "display": {"en": verb.rsplit("/", 1)[1]}}, ())
    drawing.draw_object()
    _draw_context(drawing, mapping, plan, place, outcome)
    drawing.draw_activities()
    drawing.draw_fields()
    return drawing


def _id_of(mapping: SheetMapping, plan: StatementPlan, place: Place) -> str:
    column = place.column.name if place.column else None
    key = _cells(plan.key, place, "key")
    try:
        return statement_id(mapping.name, plan.name, plan.template.id, key, column)
    except BadCell as error:
        raise UnusableCell(str(error), _columns_of(plan.key, place), "key") from error


def _cells(sources: Sequence[Source], place: Place, wanted_by: str) -> list[Value]:
    cells = []
    for source in sources:
        try:
            cells.append(source.found(place).value)
        except BadCell as error:
            raise UnusableCell(str(error), source.where(place), wanted_by) from error
    return cells


def _columns_of(key: Sequence[Source], place: Place) -> list[str]:
    return [where for source in key for where in source.where(place)]


def _draw_context(
    drawing: Drawing, mapping: SheetMapping, plan: StatementPlan, place: Place, outcome: RowOutcome
) -> None:
    if plan.registration:
        where = _columns_of(plan.registration, place)
        cells = _cells(plan.registration, place, "registration")
        try:
            made = registration_of(mapping.name, cells)
        except BadCell as error:
            raise UnusableCell(str(error), where, "registration") from error
        drawing.put(("context", "registration"), made, where)
    # An xAPI platform is where an Activity was experienced: a statement about a person has none (Data 2.4.6).
    if mapping.platform and not isinstance(plan.object, str):
        drawing.put(("context", "platform"), mapping.platform, ())
    if plan.refers_to is not None:
        reference = {"objectType": "StatementRef", "id": _referred(plan.refers_to, place.column, outcome)}
        drawing.put(("context", "statement"), reference, ())


def _referred(name: str, column: Column | None, outcome: RowOutcome) -> str:
    for made in outcome.made:
        of_column = made.drawing.place.column
        if made.plan == name and (of_column is None or of_column == column):
            found: str = made.statement["id"]
            return found
    raise UnusableCell(f"the row makes no statement {name} that this one could refer to", (), "refers_to")


def _refuse_wrong(drawing: Drawing, profiles: Profiles, latest: datetime) -> None:
    """Hold the statement to xAPI, to its template, and to the clock."""
    statement = drawing.statement
    if "timestamp" not in statement:
        raise UnusableCell("is empty", drawing.origin("$.timestamp"), "timestamp")
    try:
        check_statement(statement, _XAPI)
    except InvalidStatement as error:
        raise UnusableCell(error.message, drawing.origin(error.path), error.path) from error
    if parse_instant(statement["timestamp"]) > latest.timestamp() * 1_000_000:
        raise UnusableCell(
            f"{statement['timestamp']} lies in the future", drawing.origin("$.timestamp"), "timestamp"
        )
    _hold_to_template(drawing, profiles)


def _hold_to_template(drawing: Drawing, profiles: Profiles) -> None:
    template = drawing.plan.template.id
    told = explain(profiles, drawing.statement)
    if all(finding.of != template for finding in told.findings):
        missing = next((why for of, why in told.near if of == template), ["does not match its template"])
        raise UnusableCell("; ".join(missing), (), drawing.plan.name)
    for finding in told.findings:
        for broken in finding.broken:
            raise UnusableCell(broken.message, drawing.origin(broken.path), broken.path)
