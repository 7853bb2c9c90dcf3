"""The worked example statements of the profile's templates, by the last part of the template's id."""

import json
from pathlib import Path
from typing import Any

from lrs.statement.json_text import parse_object

PROFILES = Path(__file__).parents[4] / "schemas" / "xapi" / "profiles"
DOCUMENT: dict[str, Any] = json.loads((PROFILES / "gsl.jsonld").read_text(encoding="utf-8"))
TEMPLATES = {template["id"].rsplit("/", 1)[1]: template for template in DOCUMENT["templates"]}
EXAMPLES = {path.stem: path for path in sorted((PROFILES / "examples").glob("*.json"))}


def an_example(slug: str) -> dict[str, Any]:
    """A fresh copy of an example, its numbers as the store reads them."""
    statement: dict[str, Any] = parse_object(EXAMPLES[slug].read_bytes())
    return statement
