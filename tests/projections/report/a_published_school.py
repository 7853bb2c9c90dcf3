"""Two school years of a school, folded and published: for tests of what is made of a publication."""

from pathlib import Path

from lrs.settings import Settings
from projections.catalog import Projection
from projections.publish import publish
from tests.projections.conftest import Statement, events_of, projected
from tests.projections.schools.a_school import in_school, people, present, weeks_closed

STEPS = ("asked-learning-question", "set-cycle-goal", "acted", "measured-effect", "decided")


def a_year(year: int, learners: int, achieved: int) -> list[Statement]:
    """School `north`: so many learners with a goal and evidence each, some of them achieved; class 3a has 3 learners.

    The schools `few` and `south` have 2 and 6 learners:
    the second is withheld with the first.
    """
    names = people(learners)
    return [
        *present(names[:3], f"{year}-09-01 09:00", class_key="3a"),
        *present(names[3:], f"{year}-09-01 09:00", class_key="3b"),
        *[in_school("planned", f"goal:{year}", f"{year}-09-02 09:00", by=name) for name in names],
        *[in_school("mastered", f"goal:{year}", f"{year}-09-03 09:00", by=name) for name in names[:achieved]],
        *[
            in_school(step, f"quality-cycle:{year}", f"{year}-09-02 1{place}:00", by="teacher")
            for place, step in enumerate(STEPS)
        ],
        *[
            in_school(
                "planned", f"goal:{school}{year}", f"{year}-09-02 09:00", by=f"{school}{n}", school=school
            )
            for school, there in (("few", 2), ("south", 6))
            for n in range(there)
        ],
        *[
            in_school("attempted", f"goal:{year}", f"{year}-09-03 08:00", by=name, **said)
            for name in names
            for said in (
                {"evidence_source": "test", "assessment_purpose": "formative"},
                {"evidence_source": "conversation", "assessment_purpose": "summative"},
            )
        ],
        weeks_closed(f"{year}-09-15 08:00"),
    ]


def published_home(
    home: Path, empty: Path, catalog: list[Projection], statements: list[Statement]
) -> Settings:
    """A home in which these statements are folded and published."""
    warehouse = projected(home, empty, catalog, events_of(statements))
    publish(warehouse, catalog)
    warehouse.close()
    return Settings(home=home, publish_parquet=False)


def two_published_years(home: Path, empty: Path, catalog: list[Projection]) -> Settings:
    """School north in 2024-2025 and 2025-2026: 10 of 20 goals achieved, then 15 of 20."""
    return published_home(home, empty, catalog, [*a_year(2024, 20, 10), *a_year(2025, 20, 15)])
