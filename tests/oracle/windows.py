"""Windows of six school weeks, and the rhythm of activity in them: Boroujeni's measures, through scipy and numpy."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations

import numpy as np
from scipy.fft import rfft
from scipy.spatial.distance import jensenshannon
from scipy.stats import entropy

from tests.oracle.log import RULES, WEEK_ENDS, WEEKS, Log, Statement, local, monday

DONE_TO = {rule["verb"] for rule in RULES if rule["kind"] == "assigned" and rule["subject"] == "actor"}
Profile = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass
class Window:
    end: date
    weeks: range
    hours: set[datetime]
    statements: int

    def holds(self, week: int | None) -> bool:
        return week is not None and week in self.weeks

    @property
    def active_weeks(self) -> list[int]:
        return sorted({WEEKS[monday(hour.date())] for hour in self.hours})

    def week_profiles(self) -> list[Profile]:
        """Active hours on each weekday, a week a row."""
        found = {week: np.zeros(7) for week in self.active_weeks}
        for hour in self.hours:
            found[WEEKS[monday(hour.date())]][hour.weekday()] += 1
        return list(found.values())

    def signal(self) -> Profile:
        """0/1 by hour, over the window's school weeks one after the other."""
        found = np.zeros(6 * 168)
        for hour in self.hours:
            week = WEEKS[monday(hour.date())] - self.weeks.start
            found[week * 168 + hour.weekday() * 24 + hour.hour] = 1
        return found


def windows_of(log: Log, learner: str) -> list[Window]:
    own = [
        s
        for s in log.by_person[learner]
        if learner in s.doers and s.form["verb"] not in DONE_TO and s.week is not None
    ]
    active = {s.week for s in own}
    ends = sorted(
        {week + ahead for week in active if week is not None for ahead in range(6)} & set(WEEK_ENDS)
    )
    return [window_of(own, end) for end in ends]


def window_of(own: Sequence[Statement], last: int) -> Window:
    inside = [s for s in own if s.week is not None and last - 5 <= s.week <= last]
    hours = {local(s.at).replace(minute=0, second=0, microsecond=0) for s in inside}
    return Window(WEEK_ENDS[last], range(last - 5, last + 1), hours, len(inside))


def peak(counts: Profile, length: int) -> float:
    return float((np.log2(length) - entropy(counts / counts.sum(), base=2)) * counts.max())


def peak_hour(window: Window) -> float:
    return peak(np.bincount([hour.hour for hour in window.hours], minlength=24).astype(float), 24)


def peak_weekday(window: Window) -> float:
    days = {hour.date() for hour in window.hours}
    return peak(np.bincount([day.weekday() for day in days], minlength=7).astype(float), 7)


def mean_over_pairs(window: Window, likeness: Callable[[Profile, Profile], float]) -> float:
    return float(np.mean([likeness(a, b) for a, b in combinations(window.week_profiles(), 2)]))


def same_days(a: Profile, b: Profile) -> float:
    return float(((a > 0) & (b > 0)).sum() / max((a > 0).sum(), (b > 0).sum()))


def same_division(a: Profile, b: Profile) -> float:
    # scipy gives the distance, which is the root of the divergence
    return 1 - float(jensenshannon(a / a.sum(), b / b.sum(), base=2)) ** 2


def same_hours(a: Profile, b: Profile) -> float:
    either = (a > 0) | (b > 0)
    return 1 - float((((a - b)[either] / (a + b)[either]) ** 2).sum() / either.sum())


def transform(signal: Profile, period: int) -> float:
    """abs(DFT) at 1 / period; a window is a whole number of days and of weeks long, so that a bin lies on it."""
    return float(abs(rfft(signal)[len(signal) // period]))


def daily(window: Window) -> Profile:
    return (window.signal().reshape(-1, 24).sum(axis=1) > 0).astype(float)
