"""Evidence for the expectations of the R-OK, by indicators.md, section 6: how strong it is, and in what words."""

from collections.abc import Iterable, Iterator

from projections.rok import read_official
from tests.oracle.rows import Row

STRENGTHS = {"none": "geen", "weak": "zwak", "partial": "gedeeltelijk", "strong": "sterk"}
TOO_FEW = (
    "Er zijn te weinig gegevens om hier iets over te zeggen.",
    "There are too few data to say anything of this.",
)
CARRIED = ("code", "rubric", "label", "verification", "source", "version", "ceiling")


def rok_evidence(inclusion: Iterable[Row], figures: Iterable[Row]) -> Iterator[Row]:
    """One row for each school that is known, year, expectation and indicator; one for an expectation without any."""
    told = {(row["school_key"], row["school_year"], row["indicator"]): row for row in figures}
    schools = {(row["school_key"], row["school_year"]) for row in inclusion} | {key[:2] for key in told}
    for school, year in sorted(schools):
        for expectation in read_official() if school != "unknown" else ():
            for name in expectation["indicators"] or ["none"]:
                row = told.get((school, year, name), {})
                front = {"school_key": school, "school_year": year, "indicator": name}
                yield front | evidence(expectation, row)


def evidence(expectation: Row, figure: Row) -> Row:
    strength = weakest(expectation["ceiling"], by_coverage(expectation, figure))
    said = {name: figure.get(name) for name in ("value", "n", "coverage", "trend")}
    sentence, sentence_en = sentences(expectation, figure, strength)
    return {
        "expectation": expectation["expectation"],
        **{name: expectation[name] for name in CARRIED},
        **said,
        "strength": strength,
        "sentence": sentence,
        "sentence_en": sentence_en,
    }


def by_coverage(expectation: Row, figure: Row) -> str:
    if figure.get("value") is None or figure.get("coverage") is None:
        return "none"
    reached = [n for n in ("weak", "partial", "strong") if figure["coverage"] >= expectation[f"coverage_{n}"]]
    return reached[-1] if reached else "none"


def weakest(*strengths: str) -> str:
    return min(strengths, key=list(STRENGTHS).index)


def sentences(expectation: Row, figure: Row, strength: str) -> tuple[str, str]:
    if not expectation["indicators"]:
        why = expectation["why_not"] or "geen indicator"
        return f"Leergegevens zeggen hier niets over: {why}.", "Learning records say nothing of this."
    if figure.get("value") is None or figure.get("coverage") is None:
        return TOO_FEW
    value = f"{100 * figure['value']:.0f} %" if figure["unit"] == "share" else f"{figure['value']:.1f}"
    n, part, ceiling = figure["n"], f"{100 * figure['coverage']:.0f} %", expectation["ceiling"]
    dutch = (
        f"Het cijfer is {value.replace('.', ',')} (n = {n}) en dekt {part}. "
        f"Het is hoogstens {STRENGTHS[ceiling]} bewijs; met deze dekking is het {STRENGTHS[strength]}."
    )
    english = (
        f"The figure is {value} (n = {n}) and covers {part}. "
        f"It can be {ceiling} evidence at most; with this coverage it is {strength}."
    )
    return dutch, english
