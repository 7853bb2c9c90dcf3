"""What a figure says in a language: numbers, units, and the sentences that go with them."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from projections.report.model import Effect, Evidence, Expectation, Figure, Report, State, Unit
from projections.report.words import read_words

_SCHOOL_TIME = ZoneInfo("Europe/Brussels")
_UTC = ZoneInfo("UTC")
_DECIMALS = {Unit.SHARE: 0, Unit.GAP: 0, Unit.COUNT: 0, Unit.MINUTES: 0, Unit.RATING: 2, Unit.DEVIATIONS: 2}
_PARTS = (Unit.SHARE, Unit.GAP)
MINUS = "\u2212"
# A group of its own, so that a class that is called `test` is not taken for the source of evidence.
_NAMED_GROUPS = ("school", "source", "purpose")


class Wording:
    """The words of one language, filled in."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._words = read_words(language)

    def __call__(self, key: str, **values: Any) -> str:
        """The words of a key such as `page.title`. Raises KeyError."""
        found: Any = self._words
        for step in key.split("."):
            found = found[step]
        return str(found.format(**values)) if values else str(found)

    def figure(self, figure: Figure) -> str:
        """The value with its unit, or why there is none."""
        if figure.value is None:
            return self(f"state.{figure.state.value}")
        return self.value(figure.value, figure.unit)

    def value(self, value: float, unit: Unit) -> str:
        if unit is Unit.SHARE and (edge := self._at_the_edge(value)):
            return edge
        signed = unit in (Unit.GAP, Unit.DEVIATIONS, Unit.LEVELS)
        return self(f"unit.{unit.value}", figure=self._number(value, unit, signed))

    def trend(self, figure: Figure) -> str:
        if figure.trend is None:
            return self("page.no_trend")
        if float(self._rounded(figure.trend, figure.unit)) == 0:
            return self("page.same")
        return self(f"change.{figure.unit.value}", figure=self._number(figure.trend, figure.unit, True))

    def n(self, figure: Figure) -> str:
        if figure.n is None:
            return self("page.no_n") if figure.state is State.SHOWN else self.figure(figure)
        return self("format.n_of", n=self.count(figure.n), of=self(f"figure.{figure.name}.of"))

    def coverage(self, figure: Figure) -> str:
        if figure.coverage is None:
            return self("page.no_coverage") if figure.state is State.SHOWN else self.figure(figure)
        share = self.value(figure.coverage, Unit.SHARE)
        return self("format.coverage_of", share=share, covers=self(f"figure.{figure.name}.covers"))

    def interval(self, figure: Figure) -> str:
        if figure.low is None or figure.high is None:
            return ""
        low, high = (self._number(each, Unit.DEVIATIONS, True) for each in (figure.low, figure.high))
        return self("page.interval", low=low, high=high)

    def group(self, figure: Figure) -> str:
        """What a group is called; classes, grades and finalities are called as the school calls them."""
        if figure.grouping == "level":
            return self("group.level", level=figure.group)
        named = figure.grouping in _NAMED_GROUPS or figure.group == "unknown"
        return str(self._words["group"].get(figure.group, figure.group)) if named else figure.group

    def effect(self, effect: Effect) -> str:
        return self(
            "page.intervention",
            intervention=effect.intervention,
            date=self.day(effect.begins_on),
            indicator=effect.indicator,
        )

    def expectation(self, expectation: Expectation) -> str:
        """The code, when one is known, and the label, which is Dutch as in the list."""
        return f"{expectation.code}: {expectation.label}" if expectation.code else expectation.label

    def sentence(self, evidence: Evidence) -> str:
        return evidence.sentence if self.language == "nl" else evidence.sentence_en

    def why_not(self, expectation: Expectation) -> str:
        told = expectation.why_not if self.language == "nl" else expectation.why_not_en
        return told or ""

    def about(self, report: Report) -> tuple[str, ...]:
        """What goes before every figure: of what moment it is, what it is not, and why some are missing."""
        file = report.publication
        return (
            self("page.title", school=report.school, year=report.year),
            self("page.as_of", date=self.day(report.as_of)) if report.as_of else self("page.no_as_of"),
            self("page.intro"),
            self("page.small_cells", small=file.small_cell, sensitive=file.small_cell_sensitive),
            self(
                "page.published",
                date=self.day(file.published_at),
                position=file.position,
                version=file.version,
            ),
        )

    def count(self, number: int) -> str:
        return self._spelled(f"{number:,}")

    def day(self, day: date | None) -> str:
        if day is None:
            return self("page.unknown_date")
        if isinstance(day, datetime):
            day = day.replace(tzinfo=_UTC).astimezone(_SCHOOL_TIME).date()
        months = self._words["format"]["months"]
        return self("format.date", day=day.day, month=months[day.month - 1], year=day.year)

    def _at_the_edge(self, share: float) -> str | None:
        """A few of many is not 0 %, and nearly all is not 100 %."""
        percent = self("unit.share", figure="{}")
        if 0 < share < 0.005:
            return self("format.less_than", figure=percent.format(1))
        if 0.995 <= share < 1:
            return self("format.more_than", figure=percent.format(99))
        return None

    def _number(self, value: float, unit: Unit, signed: bool) -> str:
        text = self._rounded(value, unit)
        sign = "" if float(text) == 0 else MINUS if value < 0 else "+" if signed else ""
        return sign + self._spelled(text.lstrip("-"))

    def _rounded(self, value: float, unit: Unit) -> str:
        decimals = _DECIMALS.get(unit, 1)
        text = f"{100 * value if unit in _PARTS else value:.{decimals}f}"
        return text.removesuffix(".0")

    def _spelled(self, number: str) -> str:
        """Digits in groups, with the language's own marks."""
        whole, dot, rest = number.replace(",", "").partition(".")
        grouped = f"{int(whole):,}".replace(",", self("format.thousands"))
        return f"{grouped}{self('format.decimal')}{rest}" if dot else grouped
