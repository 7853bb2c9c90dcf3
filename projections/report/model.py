"""A report on one school and school year: figures without words, so that each language says the same."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class State(StrEnum):
    """What can be said of a figure. A figure that is not shown has no value; it is never 0."""

    SHOWN = "shown"
    WITHHELD = "withheld"
    UNKNOWN = "unknown"
    # The published file says neither why: too few learners, or nothing to compare with.
    UNCLEAR = "withheld or unknown"


class Unit(StrEnum):
    """What a value counts; shares and gaps are 0..1 and -1..1."""

    SHARE = "share"
    GAP = "gap"
    COUNT = "count"
    NUMBER = "number"
    DAYS = "days"
    SCHOOL_DAYS = "school days"
    HOURS = "hours"
    MINUTES = "minutes"
    LEVELS = "levels"
    RATING = "rating"
    DEVIATIONS = "standard deviations"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the school, or of a group in it.

    `n` is how many it rests on, `coverage` (0..1) what part of the learners or cycles that is, `trend` the value minus
    that of the school year before; each is None when it is not known. `low` and `high` bound an effect (95 %).
    """

    section: str
    name: str
    unit: Unit
    state: State
    value: float | None = None
    n: int | None = None
    coverage: float | None = None
    trend: float | None = None
    grouping: str = "school"
    group: str = "all"
    low: float | None = None
    high: float | None = None

    def __post_init__(self) -> None:
        if (self.state is State.SHOWN) != (self.value is not None):
            raise ValueError(f"{self.section}.{self.name} is {self.state.value} with the value {self.value}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a breakdown: a group, and its figures in the order of the columns."""

    group: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The same figures for parts of the school, in the order of their names: never by value."""

    name: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What changed around an intervention of a quality cycle. It says that, and not by what: no causal claim."""

    cycle: str
    intervention: str
    begins_on: date | None
    indicator: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Section:
    """One question, and the figures that may inform it."""

    name: str
    figures: tuple[Figure, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    effects: tuple[Effect, ...] = ()

    def all_figures(self) -> tuple[Figure, ...]:
        """The figures of the school, then those of its groups, then the effects."""
        lines = (line for breakdown in self.breakdowns for line in breakdown.lines)
        return (
            *self.figures,
            *(figure for line in lines for figure in line.figures),
            *(effect.figure for effect in self.effects),
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one indicator says of an expectation, and how strongly. The sentence is in both languages."""

    figure: Figure
    strength: str
    ceiling: str
    sentence: str
    sentence_en: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """An expectation of the R-OK: whatever is known of it, in Dutch as in the list, and the evidence for it."""

    name: str
    code: str | None
    rubric: str
    label: str
    verification: str
    source: str
    version: str
    evidence: tuple[Evidence, ...]
    why_not: str | None = None
    why_not_en: str | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """The published file that everything comes from; times are UTC."""

    store: str
    position: int
    stored: datetime | None
    published_at: datetime
    version: str
    edition: str
    small_cell: int
    small_cell_sensitive: int


@dataclass(frozen=True, slots=True)
class Report:
    """One school in one school year. `year_before` is None when nothing is published of it."""

    school: str
    year: str
    year_before: str | None
    as_of: date | None
    publication: Publication
    sections: tuple[Section, ...]
    expectations: tuple[Expectation, ...]

    def figures(self) -> tuple[Figure, ...]:
        return tuple(figure for section in self.sections for figure in section.all_figures())

    def informed(self) -> tuple[Expectation, ...]:
        """The expectations that some indicator may inform."""
        return tuple(each for each in self.expectations if each.evidence)

    def not_informed(self) -> tuple[Expectation, ...]:
        """The expectations that no learning record can say anything about."""
        return tuple(each for each in self.expectations if not each.evidence)
