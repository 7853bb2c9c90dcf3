"""One row per intervention of a quality cycle: how much more its learners changed than those of comparison classes.

From the six school weeks before the intervention to the six after. It says that they changed, not that the intervention
made them change: there is no causal claim. The effect is the difference in mean change over the pooled standard
deviation before, times Hedges' J; its interval is a bootstrap of learners within class, seeded by the cycle's id.

grain: store, school_key, school_year, cycle_id, intervention_id
reads: intervention, effect_change
unit: pooled standard deviations before
range: any
minimum n: 10 learners in each arm
direction: that of the indicator
reference: Hedges 1981; Morris 2008; Efron and Tibshirani 1993; indicators 6
cell: learners
within: store, school_key, school_year, cycle_id, intervention_id
part: treated of learners hides comparison, value, low, high, sufficient
column store: the controller's store
column school_key: the school of who stated the intervention, or unknown
column school_year: school year of the day on which it began
column cycle_id: activity IRI of the quality cycle
column intervention_id: id of the intervention, as stated
column begins_on: the day from which it was carried out
column indicator: name of the indicator
column learners: learners with a sufficient value before and after
column treated: of those in classes in which it was carried out
column comparison: of those in the comparison classes
column value: the effect; NULL when insufficient, or when all had the same value before
column low: lower end of its 95 % interval
column high: upper end of its 95 % interval
column sufficient: whether both arms have 10 learners
column reading: how to read it, in Dutch
column reading_en: how to read it, in English
"""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from projections.effect_size import MINIMUM, Change, effect

READING = "Verschil in verandering tussen de groepen, in standaardafwijkingen. Het zegt niet waardoor."
READING_EN = "Difference in change between the groups, in standard deviations. It is no causal claim."
SCHEMA = pa.schema(
    [
        *(
            (name, pa.string())
            for name in ("store", "school_key", "school_year", "cycle_id", "intervention_id")
        ),
        ("begins_on", pa.date32()),
        ("indicator", pa.string()),
        *((name, pa.int64()) for name in ("learners", "treated", "comparison")),
        *((name, pa.float64()) for name in ("value", "low", "high")),
        ("sufficient", pa.bool_()),
        ("reading", pa.string()),
        ("reading_en", pa.string()),
    ]
)
KEYS = ("store", "cycle_id", "intervention_id")


def project(inputs: Mapping[str, pa.Table]) -> pa.Table:
    """The effect of each intervention, from the changes of its learners."""
    changes: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in inputs["effect_change"].to_pylist():
        changes.setdefault(tuple(row[key] for key in KEYS), []).append(row)
    return pa.Table.from_pylist(
        [
            _row(each, changes.get(tuple(each[key] for key in KEYS), []))
            for each in inputs["intervention"].to_pylist()
        ],
        schema=SCHEMA,
    )


def _row(intervention: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    ordered = sorted(rows, key=lambda row: row["learner_key"])
    changes = tuple(Change(r["treated"], r["class_key"], r["before"], r["after"]) for r in ordered)
    treated = sum(change.treated for change in changes)
    found = effect(changes, intervention["cycle_id"])
    return {
        **{
            name: intervention[name]
            for name in (*KEYS, "school_key", "school_year", "begins_on", "indicator")
        },
        "learners": len(changes),
        "treated": treated,
        "comparison": len(changes) - treated,
        "value": found.size if found else None,
        "low": found.low if found else None,
        "high": found.high if found else None,
        "sufficient": min(treated, len(changes) - treated) >= MINIMUM,
        "reading": READING,
        "reading_en": READING_EN,
    }
