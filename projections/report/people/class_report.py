"""The report of a class, for its teacher: who may need support or challenge, who waits, how goals stand."""

from collections.abc import Callable
from datetime import date

from lrs.directory.view import View
from projections.report.people.followed import follow
from projections.report.people.model import ClassReport, Moment, Signal
from projections.report.people.moment import NothingToTell, moment_of
from projections.report.people.published import Published

# From the day on which somebody looks to what he sees then.
Looking = Callable[[date], View]


def build_class_report(
    published: Published,
    looking: Looking,
    class_key: str,
    language: str,
    year: str | None = None,
    as_of: date | None = None,
) -> ClassReport:
    """The report of a class. What the viewer may see is judged by the newest day that is known, however old the report.

    Raises NothingToTell for a class that is not known in the year, and MayNotSee.
    """
    moment = class_moment(published, class_key, year, as_of)
    view = looking(max(moment.newest_day, moment.as_of))
    view.refuse_class(class_key)
    published.given(as_of=moment.as_of, school_year=moment.school_year, language=language)
    members = [row["learner_key"] for row in published.ask("class_members")]
    seen = sorted(view.visible(members))
    school = published.one("class_place")
    learners = follow(published, view, seen, moment, language)
    signals_as_of, signals = _signals(published) if seen else (None, {})
    return ClassReport(
        class_key=class_key,
        class_name=view.class_names([class_key]).get(class_key),
        school_name=view.school_names([school]).get(school) if school else None,
        moment=moment,
        signals_as_of=signals_as_of,
        learners=tuple(learners),
        signals=signals,
        hidden=len(members) - len(seen),
    )


def class_moment(published: Published, class_key: str, year: str | None, as_of: date | None) -> Moment:
    """The moment of a report on a class. Raises NothingToTell for a class in which nobody ever was."""
    published.given(class_key=class_key, newest_day=None)
    newest = published.one("newest_day")
    years = [row["school_year"] for row in published.given(newest_day=newest).ask("class_years")]
    if not years:
        raise NothingToTell(f"class {class_key} has no learners, by the roster or by what statements say")
    if year is not None and year not in years:
        raise NothingToTell(f"class {class_key} has no learners in {year}, but in {', '.join(years)}")
    return moment_of(published, years, year, as_of, published.one("class_until"))


def _signals(published: Published) -> tuple[date | None, dict[str, Signal]]:
    rows = published.ask("signals")
    signals = {row["learner_key"]: Signal(row["support"], row["challenge"], row["reasons"]) for row in rows}
    return max((row["as_of"] for row in rows), default=None), signals
