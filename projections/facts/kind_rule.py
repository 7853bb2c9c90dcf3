"""One row per rule that says what a statement means: (verb, object type, context condition) -> fact kind.

The rules are data beside the profile https://w3id.org/xapi/gsl (schemas/xapi/profiles/gsl_kinds.csv; indicators 1);
no projection spells an IRI. Of the rules that fit a statement the one with the lowest precedence holds. A rule fits
when the verb is equal, the object's type (its latest definition) is equal or `*`, and every condition holds: a word
names what the statement must have (level, learner, statement, route), an IRI the type of a context activity.

Not a rule: the extension tc:extension/reflection makes any statement a reflection too, beside what its verb means
(column `reflection` of the statement).

grain: verb, object_type, context
column verb: verb IRI (activitystrea.ms IRIs in their short spelling)
column object_type: activity type IRI of the object, or * for any object
column context: list of what else must hold: words (level, learner, statement, route), context activity type IRIs
column precedence: among the rules that fit, the lowest holds; unique for a verb
column kind: the fact kind
column subject: whose event it is: actor, or learner (the learner named in context)
column planning: counts as planning (set, prioritised, scheduled, revised, estimated)
column monitoring: counts as monitoring (progress viewed, item ticked, self-assessed)
column work: a learning statement: work on the goal that it has as object or names in its context
column gives_level: its level, if any, is a level given on the goal
column evidence: source where the statement states none (digital, unstated); stated: no evidence then; NULL: never any
"""

import csv
from collections.abc import Mapping
from importlib.resources import files

import pyarrow as pa

RULES = files("schemas") / "xapi" / "profiles" / "gsl_kinds.csv"
# What rests on the rules is rebuilt when this file changes, so it changes with them (a test compares).
RULES_SHA256 = "1c4fd03cda2f307ebb099e9deefa2b3f21ec40bc6a22598d03d342b843a94e9d"

SCHEMA = pa.schema(
    [
        ("verb", pa.string()),
        ("object_type", pa.string()),
        ("context", pa.list_(pa.string())),
        ("precedence", pa.int32()),
        ("kind", pa.string()),
        ("subject", pa.string()),
        ("planning", pa.bool_()),
        ("monitoring", pa.bool_()),
        ("work", pa.bool_()),
        ("gives_level", pa.bool_()),
        ("evidence", pa.string()),
    ]
)


def project(inputs: Mapping[str, pa.Table]) -> pa.Table:
    """The rules of the profile as a table; reads no other table."""
    lines = RULES.read_text(encoding="utf-8").splitlines()
    return pa.Table.from_pylist([_typed(row) for row in csv.DictReader(lines)], schema=SCHEMA)


def _typed(row: dict[str, str]) -> dict[str, object]:
    flags = {name: row[name] == "true" for name in ("planning", "monitoring", "work", "gives_level")}
    conditions, evidence = row["context"].split(), row["evidence"] or None
    return {**row, **flags, "context": conditions, "precedence": int(row["precedence"]), "evidence": evidence}
