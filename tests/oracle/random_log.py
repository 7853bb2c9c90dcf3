"""Random statements of everything that the indicators count, dense enough that most of them have a value."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from tests.projections.a_statement import a_group, a_person, a_statement, an_instant

# fay and whoever is only a member of a group are in no roster
PEOPLE = ("ann", "bob", "dan", "dan2", "fay")
# Around the autumn holiday, the end of summer time, a free day and the turn of the year.
FIRST_DAY, DAYS = datetime(2025, 9, 22), 130
Statement = dict[str, Any]

# verb -> what it is said of
SAID_OF = {
    "planned": ("goal",), "was-assigned": ("goal", "lesson"), "scheduled": ("goal", "lesson"),
    "revised-plan": ("goal", "lesson"), "prioritized": ("goal",), "deselected": ("goal",),
    "estimated": ("goal", "lesson"), "achieved": ("goal",), "viewed": ("progress-view",),
    "completed": ("item", "lesson"),
    "self-assessed": ("goal", "lesson"), "expected": ("lesson",), "reflected": ("goal", "lesson"),
    "passed": ("lesson", "goal"), "failed": ("lesson", "goal"), "answered": ("lesson",),
    "attempted": ("lesson", "goal"),
    "experienced": ("lesson",), "asked": ("doubt",), "requested-attention": ("lesson",), "replied": ("doubt", "lesson"),
    "selected": ("strategy", "lesson"), "discarded": ("strategy",), "rated": ("motivation", "emotion"),
    "gave-feedback": ("lesson",), "acted-on-feedback": ("lesson",), "evaluated": ("goal",), "commented": ("lesson",),
    "scored": ("lesson", "goal"), "directed": ("goal",), "progressed": ("goal", "lesson"),
}  # fmt: skip
OFTEN = (
    "answered", "answered", "failed", "failed", "passed", "completed", "completed", "planned", "scheduled", "scheduled",
    "rated", "expected", "expected", "estimated", "requested-attention", "requested-attention", "revised-plan",
    "replied",
)  # fmt: skip


def random_statements(seed: int, count: int) -> list[Statement]:
    """Statements in a random order of arrival, with voidings of some before or after them."""
    choose = Random(seed)
    said: list[Statement] = []
    for _ in range(count):
        said.append(_statement(choose, said))
    said += [each for person in PEOPLE for number in range(8) for each in _contract(choose, person, number)]
    said += [_voiding(choose, target) for target in choose.sample(said, count // 25)]
    choose.shuffle(said)
    return said


def _statement(choose: Random, said: list[Statement]) -> Statement:
    verb = choose.choice(OFTEN if choose.random() < 0.7 else tuple(SAID_OF))
    kind = choose.choice(SAID_OF[verb])
    more: Statement = (
        {"parent": _thing(choose, choose.choice(("goal", "lesson")))} if choose.random() < 0.6 else {}
    )
    if (
        choose.random() < 0.3
        and said
        and verb in ("replied", "gave-feedback", "acted-on-feedback", "asked", "answered", "commented")
    ):
        more["about"] = choose.choice(said)
    if verb in ("replied", "gave-feedback") and said:
        more["about"] = choose.choice(
            [s for s in said if "sked" in s["verb"]["id"] or "attention" in s["verb"]["id"]] or said
        )
    if (
        verb in ("answered", "completed", "passed", "failed", "scored", "expected", "self-assessed")
        and choose.random() < 0.8
    ):
        more["score"] = choose.randint(0, 20) / 20
    if verb in ("answered", "completed"):
        more["success"] = choose.random() < 0.5
    if verb == "rated":
        more["score"], more["rating_scale"] = {"raw": choose.randint(1, 5)}, {"min": 1, "max": 5}
    if kind == "item":
        more |= {"checklist": f"goal{choose.randint(1, 6)}", "checklist_size": 3}
    if verb in ("directed", "evaluated"):
        more |= {"learner": choose.choice(PEOPLE), "level": 2}
    more |= _plan(choose, verb) | _stated(choose, verb)
    if choose.random() < 0.3 or verb == "estimated":
        more["duration"] = f"PT{choose.randint(1, 90)}M"
    if choose.random() < 0.03:
        more["reflection"] = "text"
    if choose.random() < 0.05:
        more["regulator"] = choose.choice(("self", "peer", "teacher", "group"))
    group = choose.random() < 0.2 and kind in ("goal", "progress-view", "lesson")
    by: Any = choose.choice(PEOPLE)
    statement = a_statement(
        verb, _thing(choose, kind), moment(choose), by=_actor(choose) if group else by, **more
    )
    if choose.random() < 0.1:
        statement["object"].pop("definition", None)
    if choose.random() < 0.02:
        # the clock of a platform runs ahead
        statement["stored"] = an_instant("2025-09-20 08:00")
    return statement


def _contract(choose: Random, person: str, number: int) -> list[Statement]:
    """A task of one's own, as in contract work: estimated and scheduled, mostly in time, and finished."""
    moments = sorted(moment(choose) for _ in range(4))
    if choose.random() < 0.2:
        choose.shuffle(moments)
    estimate, work = (f"PT{choose.randint(10, 60)}M" for _ in range(2))
    start = {"planned_start": moments[2], "due": moment(choose)}
    verbs = (
        ("estimated", {"duration": estimate}),
        ("scheduled", start),
        ("attempted", {}),
        ("completed", {"duration": work}),
    )
    return [
        a_statement(verb, f"lesson:contract-{person}-{number}", at, by=person, **more)
        for (verb, more), at in zip(verbs, moments, strict=True)
    ]


def _thing(choose: Random, kind: str) -> str:
    return f"{kind}:{kind}{choose.randint(1, 3 if kind == 'lesson' else 6)}"


def _actor(choose: Random) -> Statement:
    return a_group("team", "ann", "bob") if choose.random() < 0.7 else a_group("trio", "bob", "cas", "dan")


def _plan(choose: Random, verb: str) -> Statement:
    if verb not in ("planned", "was-assigned", "scheduled", "revised-plan", "directed"):
        return {}
    more: Statement = {"due": moment(choose)} if choose.random() < 0.7 else {}
    more |= {"planned_start": moment(choose)} if choose.random() < 0.5 else {}
    more |= {"target_level": 3} if choose.random() < 0.3 else {}
    return more | ({"criterion": "text"} if choose.random() < 0.3 else {})


def _stated(choose: Random, verb: str) -> Statement:
    """What any statement may say beside: now and then, so that most of it stays unsaid."""
    more: Statement = {}
    for name, values in (
        ("horizon", ("long-term", "period", "week", "day")),
        ("evidence_source", ("digital", "observation", "test", "conversation", "portfolio")),
        ("assessment_purpose", ("formative", "summative")),
        ("framework_goals", (["g1"], ["g2", "g1"], ["known"])),
        ("school", ("north", "12345", "south", "west")),
        ("class_key", ("3a", "4z")),
        ("entered_by_hand", (True, 40)),
    ):
        if choose.random() < 0.2:
            more[name] = choose.choice(values)
    if verb in ("achieved", "passed", "self-assessed", "scored") and choose.random() < 0.6:
        more["level"] = choose.randint(1, 4)
    return more | ({"progress": choose.randint(0, 20) * 5} if verb == "progressed" else {})


def moment(choose: Random) -> str:
    """Local time, at hours when people learn, on the minute."""
    day = FIRST_DAY + timedelta(days=int(DAYS * choose.random() ** 1.3))
    hour = choose.choice((8, 9, 9, 10, 11, 13, 14, 16, 19, 20, 23))
    return f"{day:%Y-%m-%d} {hour:02}:{choose.randint(0, 11) * 5:02}"


def _voiding(choose: Random, target: Statement) -> Statement:
    reference = {"objectType": "StatementRef", "id": target["id"]}
    return a_statement("voided", "", moment(choose), by="teacher", object=reference)


LINKS = [[a_person("dan"), a_person("dan2")]]
