"""Who regulates the learning, and whether a group does it together: worked out by hand."""

from typing import Any

import pytest

from tests.projections.a_statement import a_group, a_statement, a_voiding
from tests.projections.self_regulation.case import Case, agrees, says
from tests.projections.self_regulation.conftest import Of

Statement = dict[str, Any]


def owns() -> list[Statement]:
    """First three goals of one's own and one with the team; then the team's view, two assigned and a peer's view."""
    team = a_group("team", "owner", "mate")
    return [
        *(says("owner", "planned", f"goal:{n}", f"09-0{n} 09:00") for n in (1, 2, 3)),
        a_statement("planned", "goal:ours", "2025-09-04 09:00", by=team),
        a_statement("self-assessed", "goal:ours", "2025-09-08 09:00", by=team, score=0.5),
        *(says("owner", "was-assigned", f"goal:{n}", f"09-0{n} 10:00") for n in (8, 9)),
        says("owner", "self-assessed", "goal:1", "09-10 09:00", score=0.5, regulator="peer"),
        *(says("mate", "planned", f"goal:{n}", f"09-0{n} 09:00") for n in (1, 2, 3)),
    ]


def together() -> list[Statement]:
    """For one goal of the group ida and jan each planned, another the group judged; the third was only set."""
    team = a_group("pair", "ida", "jan")
    days = {"g1": "09-01", "g2": "09-08", "g3": "09-09"}
    return [
        *(a_statement("planned", f"goal:{goal}", f"2025-{day} 09:00", by=team) for goal, day in days.items()),
        a_statement("scheduled", "goal:g1", "2025-09-02 09:00", by="ida"),
        a_statement("scheduled", "goal:g1", "2025-09-03 09:00", by="jan"),
        a_statement("self-assessed", "goal:g3", "2025-09-10 09:00", by=team, score=0.5),
    ]


def apart() -> list[Statement]:
    """Kim and lee each planned for a goal, and lee's is voided; the group judged the other."""
    team = a_group("duo", "kim", "lee")
    voided = a_statement("scheduled", "goal:k1", "2025-09-03 09:00", by="lee")
    return [
        *(a_statement("planned", f"goal:{goal}", "2025-09-01 09:00", by=team) for goal in ("k1", "k2")),
        a_statement("scheduled", "goal:k1", "2025-09-02 09:00", by="kim"),
        voided,
        a_statement("self-assessed", "goal:k2", "2025-09-04 09:00", by=team, score=0.5),
        a_voiding(voided, "2025-09-05 09:00"),
    ]


STATEMENTS = [*owns(), *together(), *apart()]
SHARES = {"self": (3, 3), "peer": (1, 0), "teacher": (2, 0), "group": (2, 2)}

CASES = [
    *(
        Case(f"ownership_{who}", "owner", own / 8, 8, "three, one, two and two")
        for who, (own, _) in SHARES.items()
    ),
    *(Case(f"ownership_{who}", "owner", None, 4, "4 events of 5", window_end="2025-09-07") for who in SHARES),
    *(
        Case(f"ownership_{who}", "mate", of_mate / 5, 5, "three alone, and two with the team", "group goal")
        for who, (_, of_mate) in SHARES.items()
    ),
    Case("shared_regulation", "ida", 2 / 3, 3, "g1 by both, g3 by the group; g2 was only set"),
    Case("shared_regulation", "ida", None, 1, "1 goal of 2 in the first week", window_end="2025-09-07"),
    Case("shared_regulation", "kim", 1 / 2, 2, "what lee planned is voided", "voided"),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_value_is_as_worked_out_by_hand(of: Of, case: Case) -> None:
    agrees(of, case)
