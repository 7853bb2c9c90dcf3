"""The indicators of self-regulation by their formulas (indicators.md, section 5), one learner and window at a time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from statistics import fmean, median

from tests.oracle import windows
from tests.oracle.learner import Learner
from tests.oracle.log import local
from tests.oracle.rows import Row
from tests.oracle.windows import Window

Found = tuple[float | None, int, bool]


def indicator(learners: Iterable[Learner]) -> Iterator[Row]:
    """Every indicator of every learner and window."""
    for learner in learners:
        for window in learner.windows:
            for name, (value, n, sufficient) in of_window(learner, window):
                yield {
                    "learner_key": learner.key,
                    "indicator": name,
                    "window_end": window.end,
                    "value": value,
                    "n": n,
                    "sufficient": sufficient,
                }


def periodicity(learners: Iterable[Learner], period: int, by_day: bool = False) -> Iterator[Row]:
    """A periodicity with the source's own value beside it, which grows with the number of active hours or days."""
    for learner in learners:
        for window in learner.windows:
            signal = windows.daily(window) if by_day else window.signal()
            n = len(window.active_weeks)
            raw = windows.transform(signal, period) if n >= 3 else None
            yield {
                "learner_key": learner.key,
                "window_end": window.end,
                "value": None if raw is None else raw / signal.sum(),
                "n": n,
                "raw": raw,
                "sufficient": n >= 3,
            }


def of_window(learner: Learner, window: Window) -> Iterator[tuple[str, Found]]:
    for part in (planning, time, monitoring, help_and_persistence, reflection, ownership, self_reports):
        yield from part(learner, window).items()


def share(of: Sequence[bool], least: int) -> Found:
    return (sum(of) / len(of) if len(of) >= least else None), len(of), len(of) >= least


def mean(of: Sequence[float], least: int) -> Found:
    return (fmean(of) if len(of) >= least else None), len(of), len(of) >= least


def middle(of: Sequence[float], least: int) -> Found:
    return (median(of) if len(of) >= least else None), len(of), len(of) >= least


def rate(count: int, per: int, least: int) -> Found:
    return (count / per if per >= least else None), per, per >= least


def planning(learner: Learner, window: Window) -> dict[str, Found]:
    own_goals = learner.goals_with(window, "set")
    begun = [t for t in learner.planned_tasks if window.holds(t.first.statement.week)]
    timed = [t for t in begun if t.scheduled and local(t.scheduled[0]).date() <= window.end]
    return {
        "goal_setting_rate": rate(len(own_goals), len(window.active_weeks), 3),
        "self_set_share": share(
            [t.origin == "set" for t in learner.goals_with(window, "set", "assigned")], 3
        ),
        "goal_specificity": share([learner.is_specific(t, window) for t in own_goals], 3),
        "planning_rate": share(
            [bool(t.scheduled) and t.scheduled < t.first.statement.order for t in begun], 5
        ),
        "planning_lead_time": middle(
            [(t.first.statement.at - t.scheduled[0]) / 86_400_000_000 for t in timed], 5
        ),
        "plan_adherence": share(
            [begun is not None and begun <= window.end for begun in learner.planned_starts(window)], 5
        ),
        "plan_completion": share(learner.due_rounds(window), 3),
        "estimate_bias": mean(learner.estimates(window), 3),
    }


def time(learner: Learner, window: Window) -> dict[str, Found]:
    efforts = learner.efforts(window)
    total = sum(weight for _, weight in efforts)
    weeks, n = len(window.active_weeks), len(efforts)

    def rhythm(function: Callable[[], float]) -> Found:
        return (function() if weeks >= 3 else None), weeks, weeks >= 3

    def alike(likeness: Callable[[windows.Profile, windows.Profile], float]) -> Found:
        return (windows.mean_over_pairs(window, likeness) if weeks >= 2 else None), weeks, weeks >= 2

    often = window.statements >= 10 and weeks >= 3
    signal, days = window.signal(), windows.daily(window)
    return {
        "procrastination": ((float(sum(x * w for x, w in efforts) / total) if n >= 5 else None), n, n >= 5),
        "last_moment_share": (
            (sum(w for x, w in efforts if x >= Fraction(4, 5)) / total if n >= 5 else None),
            n,
            n >= 5,
        ),
        "peak_hour": ((windows.peak_hour(window) if often else None), window.statements, often),
        "peak_weekday": ((windows.peak_weekday(window) if often else None), window.statements, often),
        "weekly_similarity_1": alike(windows.same_days),
        "weekly_similarity_2": alike(windows.same_division),
        "weekly_similarity_3": alike(windows.same_hours),
        "periodicity_day": rhythm(lambda: windows.transform(signal, 24) / signal.sum()),
        "periodicity_week_hour": rhythm(lambda: windows.transform(signal, 168) / signal.sum()),
        "periodicity_week": rhythm(lambda: windows.transform(days, 7) / days.sum()),
        "spacing": mean(learner.spread(window), 3),
    }


def monitoring(learner: Learner, window: Window) -> dict[str, Found]:
    pairs = learner.foretold(window)
    return {
        "monitoring_frequency": rate(learner.monitored(window), len(window.active_weeks), 3),
        "self_assessment_bias": mean([c - p for c, p in pairs], 5),
        "self_assessment_accuracy": mean([(c - p) ** 2 for c, p in pairs], 5),
    }


def help_and_persistence(learner: Learner, window: Window) -> dict[str, Found]:
    episodes, failures = learner.episodes(window), learner.failures(window)
    retried = [f for f in failures if f.retried_on is not None and f.retried_on <= window.end]
    gains = [
        f.next_score - f.score
        for f in failures
        if f.score is not None
        and f.next_score is not None
        and f.next_on is not None
        and f.next_on <= window.end
    ]
    return {
        "help_seeking_rate": share([wait is not None for wait in episodes], 3),
        "help_timeliness": middle([wait / 3_600_000_000 for wait in episodes if wait is not None], 3),
        "help_resolution": share(learner.requests(window), 3),
        "persistence": share([f in retried for f in failures], 3),
        "retry_gain": mean(gains, 3),
        "strategy_change": share([f.changed for f in retried], 3),
    }


def reflection(learner: Learner, window: Window) -> dict[str, Found]:
    planned = learner.goals_with(window, "set", "scheduled", "revised", "prioritised", "estimated")
    revisions = [
        a for t in planned for a in t.events if a.kind == "revised" and window.holds(a.statement.week)
    ]
    return {
        "reflection_rate": rate(learner.reflections(window), learner.closed_goals(window), 3),
        "plan_revision_rate": rate(len(revisions), len(planned), 3),
        "plan_revision_timely": share(learner.revisions_in_time(window), 3),
    }


def ownership(learner: Learner, window: Window) -> dict[str, Found]:
    regulators = [r for r in learner.regulators(window) if r is not None]
    found = {
        f"ownership_{who}": share([r == who for r in regulators], 5)
        for who in ("self", "peer", "teacher", "group")
    }
    return found | {"shared_regulation": share(learner.shared_goals(window), 2)}


def self_reports(learner: Learner, window: Window) -> dict[str, Found]:
    found: dict[str, Found] = {}
    for about in ("motivation", "emotion"):
        reports = learner.reports(window, about)
        n, enough = len(reports), len(reports) >= 3 and len({week for week, _ in reports}) >= 3
        found[about] = mean([rating for _, rating in reports], 3)
        found[f"{about}_slope"] = (slope(reports) if enough else None), n, enough
    return found


def slope(points: Sequence[tuple[int, float]]) -> float:
    x0, y0 = fmean(x for x, _ in points), fmean(y for _, y in points)
    return sum((x - x0) * (y - y0) for x, y in points) / sum((x - x0) ** 2 for x, _ in points)
