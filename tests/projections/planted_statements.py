"""Statements with a planted word in every place where a client may write about people."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from lrs.statement.extensions import EXTENSIONS
from tests.lrs.http.a_multipart import an_attachment
from tests.projections.a_statement import GSL, TC, TLA, VERBS
from tests.projections.planted import Planted, a_group, agents, an_agent

Statement = dict[str, Any]
FIRST = datetime.fromisoformat("2025-09-01T09:00:00+02:00")
COMPONENTS = {
    "choice": ("choices",),
    "likert": ("scale",),
    "matching": ("source", "target"),
    "performance": ("steps",),
    "sequencing": ("choices",),
    "fill-in": (),
}
INTERVENTION = {
    "id": "lessons",
    "date": "2025-09-01",
    "classes": ["3a"],
    "comparisonClasses": ["3b"],
    "indicator": "effort",
}


def planted_statements(planted: Planted) -> list[Statement]:
    """One after another, each a little later, all valid in xAPI 2.0."""
    made = [
        *map(lambda kind: answered(planted, kind), COMPONENTS),
        *by_everybody(planted),
        *about_people(planted),
        *extended(planted),
        *on_pages_of_people(planted),
        a_sub_statement(planted),
        spoken(planted),
    ]
    return [_dated(statement, number) for number, statement in enumerate(made, 1)]


def _dated(statement: Statement, number: int) -> Statement:
    at = FIRST + timedelta(minutes=number)
    return {**statement, "id": str(UUID(int=number, version=4)), "timestamp": at.isoformat()}


def a_plain_statement(**members: Any) -> Statement:
    return {
        "actor": {"account": {"homePage": "https://example.org", "name": "ann"}},
        "verb": {"id": VERBS["planned"]},
        "object": {"id": "https://example.org/goal", "definition": {"type": TC + "activitytype/goal"}},
        **members,
    }


def a_definition(planted: Planted, place: str, kind: str = "choice") -> dict[str, Any]:
    """All that may be said of an activity."""
    return {
        "name": planted.texts(f"{place}.name"),
        "description": planted.texts(f"{place}.description"),
        "moreInfo": planted.page(f"{place}.moreInfo"),
        "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
        "interactionType": kind,
        "correctResponsesPattern": [planted.text(f"{place}.correctResponsesPattern")],
        **{part: [_component(planted, f"{place}.{kind}.{part}")] for part in COMPONENTS[kind]},
        "extensions": unknown_extensions(planted, f"{place}.extensions"),
    }


def _component(planted: Planted, place: str) -> dict[str, Any]:
    return {"id": planted.word(f"{place}.id"), "description": planted.texts(f"{place}.description")}


def unknown_extensions(planted: Planted, place: str) -> dict[str, Any]:
    inside = {planted.word(f"{place} name inside"): [planted.text(f"{place} inside")]}
    return {planted.page(f"{place} IRI"): inside, GSL + planted.word(f"{place} of our vocabulary"): inside}


def answered(planted: Planted, kind: str) -> Statement:
    """An interaction of a kind with everything said of it, the result and the context."""
    return a_plain_statement(
        actor=an_agent(planted, "actor"),
        verb={"id": VERBS["evaluated"], "display": planted.texts("verb.display")},
        object={"id": f"https://example.org/questions/{kind}", "definition": a_definition(planted, "object", kind)},
        result={
            "response": planted.text(f"result.response of {kind}"),
            "score": {"scaled": 0.5},
            "extensions": unknown_extensions(planted, "result.extensions"),
        },
        context={
            "revision": planted.text("context.revision"),
            "platform": planted.text("context.platform"),
            "language": "nl-x-" + planted.word("context.language"),
            "extensions": unknown_extensions(planted, "context.extensions"),
            "contextActivities": {
                role: [{"id": f"https://example.org/{role}", "definition": a_definition(planted, f"context.{role}")}]
                for role in ("parent", "grouping", "category", "other")
            },
        },
        attachments=[described(planted, "attachments")],
    )  # fmt: skip


def described(planted: Planted, place: str) -> dict[str, Any]:
    """An attachment that is elsewhere, with all that may be said of it."""
    return an_attachment(
        b"elsewhere",
        display=planted.texts(f"{place}.display"),
        description=planted.texts(f"{place}.description"),
        usageType=planted.page(f"{place}.usageType"),
        fileUrl=planted.page(f"{place}.fileUrl"),
    )


def by_everybody(planted: Planted) -> Iterator[Statement]:
    """Agents of each kind in each role."""
    for one in agents(planted, "actor"):
        yield a_plain_statement(actor=one)
    for one in agents(planted, "context.instructor"):
        yield a_plain_statement(context={"instructor": one, "team": a_group(planted, "context.team")})
    for one in agents(planted, "authority"):
        yield a_plain_statement(authority=one)
    shared = a_group(planted, "actor")
    yield a_plain_statement(actor=shared)
    yield a_plain_statement(actor={**shared, **an_agent(planted, "actor, an identified group")})
    relevant = [planted.page("context.contextAgents.relevantTypes")]
    heard = [
        {"objectType": "contextAgent", "agent": one, "relevantTypes": relevant}
        for one in agents(planted, "context.contextAgents")
    ]
    team = [{"objectType": "contextGroup", "group": a_group(planted, "context.contextGroups")}]
    yield a_plain_statement(context={"contextAgents": heard, "contextGroups": team})


def about_people(planted: Planted) -> Iterator[Statement]:
    """Agents as the object, and as the learner that a teacher speaks of."""
    for one in agents(planted, "object"):
        yield a_plain_statement(object={"objectType": "Agent", **one})
    yield a_plain_statement(object=a_group(planted, "object"))
    for one in agents(planted, "context.extensions learner"):
        yield a_plain_statement(context={"extensions": {TLA + "extensions/learner": one}})


def extended(planted: Planted) -> Iterator[Statement]:
    """Each extension that may leave, holding what no extension may hold."""
    for iri, (name, _) in EXTENSIONS.items():
        text, mailbox = planted.text(f"{name}, in words"), planted.mailbox(f"{name}, a mailbox")
        listed = [[text], {"id": text, "name": text}, mailbox, [mailbox], f"mailto:{mailbox}"]
        for value in (text, *listed):
            yield a_plain_statement(context={"extensions": {iri: value}})
    for member in ("id", "classes", "comparisonClasses", "indicator"):
        for value in (planted.text(f"intervention.{member}"), planted.mailbox(f"intervention.{member}")):
            said = {
                **INTERVENTION,
                "note": value,
                member: [value] if member.lower().endswith("classes") else value,
            }
            yield a_plain_statement(context={"extensions": {GSL + "extensions/intervention": said}})
    yield a_plain_statement(context={"platform": planted.mailbox("context.platform, a mailbox")})


def on_pages_of_people(planted: Planted) -> Iterator[Statement]:
    """Ids of things that hold a mailbox, in each place of an id."""
    for form in ("mailto:{}", "https://example.org/users/{}/goals", "acct:{}"):
        iri = form.format(planted.mailbox(f"id as {form}"))
        for each in (iri, iri.replace("@", "%40")):
            thing = {"id": each, "definition": {"type": each}}
            yield a_plain_statement(
                verb={"id": each},
                object=thing,
                context={
                    "contextActivities": {role: [thing] for role in ("parent", "grouping", "category", "other")},
                    "extensions": {GSL + "extensions/checklist": each},
                },
            )  # fmt: skip


def a_sub_statement(planted: Planted) -> Statement:
    """What somebody intends to do, with the same places as a statement."""
    inner = answered(planted, "choice")
    inner["actor"] = an_agent(planted, "object.actor")
    inner["result"]["response"] = planted.text("object.result.response")
    return a_plain_statement(object={"objectType": "SubStatement", **inner})


def spoken(planted: Planted) -> Statement:
    """Reflections, criteria and doubts, of which only that they are there may leave."""
    said = {
        TC + "extension/reflection": planted.text("reflection"),
        GSL + "extensions/criterion": planted.text("criterion"),
    }
    doubt = {
        "id": "https://example.org/doubt",
        "definition": {"type": TC + "activitytype/doubt", **{"description": planted.texts("doubt")}},
    }
    return a_plain_statement(
        verb={"id": VERBS["requested-attention"]}, object=doubt, context={"extensions": said},
        result={"response": planted.text("doubt, in words")},
    )  # fmt: skip
