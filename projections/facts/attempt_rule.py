"""One row per verb that belongs to an attempt at an activity: what it says of the attempt.

Data beside the profile https://w3id.org/xapi/gsl (schemas/xapi/profiles/gsl_attempts.csv); no projection spells an IRI.
What a statement says itself (result.success) goes before what its verb says.

grain: verb
column verb: verb IRI (activitystrea.ms IRIs in their short spelling)
column attempt: start (it begins one), success, failure, or result (its success is what the statement says)
column finishes: whether the activity is done with it, unless the statement says that it did not succeed
"""

import csv
from collections.abc import Mapping
from importlib.resources import files

import pyarrow as pa

RULES = files("schemas") / "xapi" / "profiles" / "gsl_attempts.csv"
# What rests on the rules is rebuilt when this file changes, so it changes with them (a test compares).
RULES_SHA256 = "53a0e72a04a7c9e92e8cfea2b4841814ab808f5e62716441cc1ca203c6020079"

SCHEMA = pa.schema([("verb", pa.string()), ("attempt", pa.string()), ("finishes", pa.bool_())])


def project(inputs: Mapping[str, pa.Table]) -> pa.Table:
    """The rules as a table; reads no other table."""
    rows = csv.DictReader(RULES.read_text(encoding="utf-8").splitlines())
    return pa.Table.from_pylist(
        [{**row, "finishes": row["finishes"] == "true"} for row in rows], schema=SCHEMA
    )
