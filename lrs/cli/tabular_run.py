"""One run of `lrs tabular import` over sheets: statements made, compared, stored, and told."""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, NamedTuple

from lrs.cli.tabular_rejects import Rejects
from lrs.commands.prepare_statements import Prepared, Sender, prepare
from lrs.commands.store_statements import compare_with_stored, store_statements
from lrs.http.parts import Parts
from lrs.queries.read_statements import read_statement
from lrs.statement.invalid import InvalidStatement
from lrs.statement.json_text import parse_object, parse_statements
from lrs.tabular.difference import changes
from lrs.tabular.statements_of import Made, Problem, RowOutcome

BATCH = 500
XAPI = "1.0.3"


class Stopped(Exception):
    """A bad row, where bad rows stop the run."""


class _First(NamedTuple):
    """Where an id came up first, and what it said."""

    at: str
    equality: bytes | None
    happened: int | None


@dataclass
class Run:
    """Counts by what became of statements (`stored`, `equal`) and of rows (`refused`, `changed`, `silent`)."""

    shared: Parts
    sender: Sender
    dry: bool
    strict: bool
    rejects: Rejects
    written: IO[str] | None = None  # where the statements go as well
    counts: Counter[str] = field(default_factory=Counter)
    by_plan: dict[str, Counter[str]] = field(default_factory=dict)
    examples: dict[str, dict[str, Any]] = field(default_factory=dict)  # the first new statement of each plan
    _waiting: dict[str, tuple[Made, Prepared]] = field(default_factory=dict)
    _seen: dict[str, _First] = field(default_factory=dict)

    def take(self, outcome: RowOutcome) -> None:
        """What a row makes goes into the batch, what it does not make is told. Raises Stopped when strict."""
        self.counts["rows"] += 1
        if not outcome.made and not outcome.problems:
            self.counts["silent"] += 1
        for made in outcome.made:
            self._take_statement(made)
        for problem in outcome.problems:
            self._refuse(problem, "refused")

    def flush(self) -> None:
        """Store the batch in one transaction, or only compare it. Raises Stopped when strict."""
        waiting = list(self._waiting.values())
        self._waiting.clear()
        if not waiting:
            return
        new, equal = self._stored([prepared for _, prepared in waiting])
        for i in new:
            self._count(waiting[i][0], "stored")
            self.examples.setdefault(waiting[i][0].plan, waiting[i][0].statement)
        for i in equal:
            self._count(waiting[i][0], "equal")
        for i in sorted(set(range(len(waiting))) - set(new) - set(equal)):
            self._tell_change(waiting[i][0])

    def _take_statement(self, made: Made) -> None:
        try:
            prepared = self._prepared(made)
        except InvalidStatement as error:
            where = ", ".join(made.drawing.origin(error.path))
            problem = Problem(made.sheet, made.row, where, f"{error.path}: {error.message}", made.plan)
            self._refuse(problem, "refused")
            return
        if self.written is not None:
            self.written.write(json.dumps(made.statement, ensure_ascii=False) + "\n")
        if self._is_first(made, prepared):
            self._waiting[prepared.statement_id] = (made, prepared)
        if len(self._waiting) >= BATCH:
            self.flush()

    def _prepared(self, made: Made) -> Prepared:
        text = json.dumps(made.statement, ensure_ascii=False).encode()
        parsed = parse_statements(text, self.shared.settings.max_json_depth)[0][0]
        return prepare(
            parsed, version=XAPI, sender=self.sender, keys=self.shared.keys, profiles=self.shared.profiles
        )  # fmt: skip

    def _is_first(self, made: Made, prepared: Prepared) -> bool:
        event = prepared.event
        this = _First(f"{made.sheet} row {made.row}", event.equality_hash, event.happened)
        first = self._seen.setdefault(prepared.statement_id, this)
        if first is this:
            return True
        if first[1:] == this[1:]:
            self._count(made, "equal")
        else:
            columns = "the columns of `key` do not tell it from " + first.at
            self._refuse(Problem(made.sheet, made.row, "", columns, made.plan), "refused")
        return False

    def _stored(self, statements: list[Prepared]) -> tuple[list[int], list[int]]:
        if self.dry:
            with self.shared.database.reading() as connection:
                return compare_with_stored(connection, statements)
        outcome = store_statements(self.shared.writer, statements, skip_conflicts=True)
        return outcome.stored, outcome.equal

    def _tell_change(self, made: Made) -> None:
        found = changes(self._stored_one(made.statement["id"]), made.statement)
        where = [column for path in found for column in made.drawing.origin(path)]
        told = "; ".join(f"{path} {words}" for path, words in found.items())
        reason = f"changed since it was stored: {told}"
        self._refuse(
            Problem(made.sheet, made.row, ", ".join(dict.fromkeys(where)), reason, made.plan), "changed"
        )

    def _stored_one(self, statement_id: str) -> dict[str, Any]:
        with self.shared.database.reading() as connection:
            for voided in (False, True):
                found = read_statement(connection, self.sender.store, statement_id, voided=voided)
                if found is not None:
                    stored: dict[str, Any] = parse_object(found.text)
                    return stored
        return {}

    def _count(self, made: Made, what: str) -> None:
        self.counts[what] += 1
        self.by_plan.setdefault(made.plan, Counter())[what] += 1

    def _refuse(self, problem: Problem, what: str) -> None:
        self.counts[what] += 1
        self.rejects.add(problem)
        if self.strict:
            self.strict = False  # what came before it is stored, and told, still
            self.flush()
            raise Stopped(f"stopped at {problem.sheet} row {problem.row} (--strict)")

    def summary(self, path: Path) -> list[str]:
        """What came of it, in lines."""
        stored = "would be stored" if self.dry else "stored"
        c = self.counts
        told = f"{path}: {c['stored']} {stored}, {c['equal']} were there already"
        told += f", {c['changed']} changed, {c['refused']} refused"
        lines = [told + (f" (see {self.rejects.path})" if self.rejects.count else "")]
        lines += [
            f"  {name}: {of['stored']} {stored}, {of['equal']} were there already"
            for name, of in self.by_plan.items()
        ]
        if c["silent"]:
            lines.append(
                f"  {c['silent']} of {c['rows']} rows make no statement: no condition of the mapping holds"
            )
        return lines
