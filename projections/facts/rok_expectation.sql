-- One row per list and expectation of the R-OK: what may inform it, and how strongly at most. The official list has no
-- school; a school that fills in its own has a list of its own. Only codes seen in a source are here; the others are
-- themes without a code (verification). Made from projections/schools/rok and LRS_ROK_FOLDER.
-- grain: school_key, expectation
-- column school_key: the school whose own list it is; NULL for the official one
-- column version: the file that says so
-- column position: place in the list
-- column expectation: its code, or what it is called here as long as no code is known
-- column code: code in the OK; NULL when it was not verified and no school filled it in
-- column rubric: rubric of the OK, in Dutch
-- column label: short label, in Dutch
-- column source: where it was seen
-- column verification: first-hand, second-hand or not-verified; school when the school filled it in
-- column indicators: names in school_indicator that may inform it; none when learning records say nothing of it
-- column ceiling: strongest evidence that these can be: strong, partial, weak or none
-- column coverage_weak: 0..1; coverage from which the evidence is weak
-- column coverage_partial: 0..1; coverage from which it is partial
-- column coverage_strong: 0..1; coverage from which it is strong
-- column why_not: why learning records say nothing of it, in Dutch
select
    school_key,
    version,
    position,
    expectation,
    code,
    rubric,
    label,
    source,
    verification,
    indicators,
    ceiling,
    coverage_weak,
    coverage_partial,
    coverage_strong,
    why_not
from _leerspoor.rok_expectation
