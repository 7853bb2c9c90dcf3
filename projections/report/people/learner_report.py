"""The report of a learner: goals, traces of regulation, reflections, help, feedback, conversations."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from lrs.directory.view import View
from projections.report.people.followed import follow
from projections.report.people.model import LearnerReport, Reflected, Trace
from projections.report.people.moment import NothingToTell, moment_of
from projections.report.people.published import Published

_SCHOOL_TIME = ZoneInfo("Europe/Brussels")


def build_learner_report(
    published: Published,
    looking: Callable[[date], View],
    agents: frozenset[str],
    language: str,
    year: str | None = None,
    as_of: date | None = None,
) -> LearnerReport:
    """The report of the learner who has these agent keys.

    What the viewer may see is judged by the newest day that is known. Raises NothingToTell for somebody who is not in
    the published tables, and MayNotSee.
    """
    learner: str | None = published.given(agents=sorted(agents)).one("known_as")
    if learner is None:
        raise NothingToTell("nothing is published of this learner yet: `lrs publish` makes it newer")
    moment = moment_of(published, [], year, as_of, None)
    view = looking(max(moment.newest_day, moment.as_of))
    (followed,) = follow(published, view, [learner], moment, language)
    published.given(learner=learner)
    traces = published.ask("traces")
    place = next(iter(published.ask("learner_place")), {"class_key": None, "school_key": None})
    texts, without = _reflections(published, view, learner)
    return LearnerReport(
        followed=followed,
        class_name=_called(view.class_names([place["class_key"]] if place["class_key"] else [])),
        school_name=_called(view.school_names([place["school_key"]] if place["school_key"] else [])),
        moment=moment,
        window_end=max((row["window_end"] for row in traces), default=None),
        traces=tuple(
            Trace(row["indicator"], row["value"] if row["sufficient"] else None, row["n"]) for row in traces
        ),
        regulation=tuple((r["phase"], r["regulator"], r["n"]) for r in published.ask("regulation")),
        reflections=texts,
        reflections_without_text=without,
    )


def _called(names: dict[str, str]) -> str | None:
    return next(iter(names.values()), None)


def _reflections(published: Published, view: View, learner: str) -> tuple[tuple[Reflected, ...], int]:
    """Texts, the newest first, and how many statements of reflection have none."""
    positions = [row["position"] for row in published.ask("reflections")]
    found = view.reflections(learner, positions)
    texts = tuple(Reflected(_local_day(each.happened), each.text) for each in reversed(found))
    return texts, len(set(positions) - {each.position for each in found})


def _local_day(microseconds: int) -> date:
    return datetime.fromtimestamp(microseconds // 1_000_000, _SCHOOL_TIME).date()
