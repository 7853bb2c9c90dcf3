"""How a learner fares at exercises: failures, retries, help, and results foretold."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tests.oracle.log import DAY, DOUBT_TYPE, Statement
from tests.oracle.person import Person
from tests.oracle.windows import Window

CHANGES = {"strategy_chosen", "strategy_dropped", "route_chosen", "revised"}


@dataclass(frozen=True)
class Failure:
    activity: str
    at: int
    week: int | None
    in_a_row: int
    score: float | None
    retried_on: date | None
    changed: bool
    next_score: float | None
    next_on: date | None


@dataclass(frozen=True)
class Request:
    statement: Statement
    activities: frozenset[str]
    answered_at: int | None


class Trier(Person):
    @cached_property
    def all_failures(self) -> list[Failure]:
        found = []
        changes = self.own(*CHANGES)
        for activity, rows in self.attempts.items():
            tries, row = [r for r in rows if r[3]], 0
            for n, (s, success, score, _) in enumerate(tries):
                row = row + 1 if success is False else (0 if success else row)
                if success is not False:
                    continue
                soon = [r for r in tries[n + 1 :] if r[0].at <= s.at + 7 * DAY]
                results = [r for r in tries[n + 1 :] if r[1] is not None][:1]
                result = results[0] if results and results[0][0].at <= s.at + 7 * DAY else None
                asked = [
                    q.statement for q in self.all_requests if not q.activities or activity in q.activities
                ]
                changed = bool(soon) and any(s.at <= c.at <= soon[0][0].at for c in changes + asked)
                found.append(
                    Failure(
                        activity, s.at, s.week, row, score,
                        soon[0][0].on if soon else None, changed,
                        result[2] if result else None, result[0].on if result else None,
                    )
                )  # fmt: skip
        return found

    def failures(self, window: Window) -> list[Failure]:
        return [f for f in self.all_failures if window.holds(f.week)]

    @cached_property
    def all_requests(self) -> list[Request]:
        found = []
        for s in self.own("help_asked"):
            target = self.log.target_of(s)
            about = s.named("parent") | ({target.object} if target and target.object else set())
            if self.log.types.get(s.object or "") not in DOUBT_TYPE:
                about |= {s.form["object"]["id"]}
            answers = [
                a.at
                for a in self.log.naming[s.form["id"]]
                if "help_answered" in a.meanings and a.actor != self.key
            ]
            found.append(Request(s, frozenset(about), min(answers, default=None)))
        return found

    def requests(self, window: Window) -> list[bool]:
        """For each request about an activity: whether it was answered, and success followed."""
        return [
            any(
                r.answered_at is not None and row[1] and row[0].at > r.answered_at and row[0].on <= window.end
                for activity in r.activities
                for row in self.attempts.get(activity, [])
            )
            for r in self.all_requests
            if r.activities and window.holds(r.statement.week)
        ]

    def episodes(self, window: Window) -> list[int | None]:
        """For each difficulty episode: how long until help was asked, in microseconds."""
        found: list[int | None] = []
        for f in self.failures(window):
            if f.in_a_row != 2:
                continue
            until = [r[0].at for r in self.attempts[f.activity] if r[1] and r[0].at > f.at][:1]
            waits = [
                q.statement.at - f.at
                for q in self.all_requests
                if f.activity in q.activities
                and q.statement.at >= f.at
                and not (until and q.statement.at >= until[0])
                and q.statement.on <= window.end
            ]
            found.append(min(waits, default=None))
        return found

    def foretold(self, window: Window) -> list[tuple[float, float]]:
        """Confidence and result, both 0..1."""
        found = []
        stated = sorted(
            (s for s in self.own("self_assessed", "expected") if s.score is not None), key=lambda s: s.order
        )
        for activity, rows in self.attempts.items():
            results = [r for r in rows if r[1] is not None or r[2] is not None]
            for n, (s, success, score, _) in enumerate(results):
                since = results[n - 1][0].at if n else -1
                before = [c for c in stated if c.object == activity and since <= c.at < s.at]
                if before and window.holds(before[-1].week) and s.on <= window.end:
                    found.append((before[-1].score or 0.0, float(bool(success)) if score is None else score))
        return found
