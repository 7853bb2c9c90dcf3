"""Statement templates: one for each way in which the vocabulary says a kind of fact."""

from typing import Any

from schemas.xapi.profiles.gsl_authoring.iris import VERSION, template
from schemas.xapi.profiles.gsl_authoring.rules import Rule
from schemas.xapi.profiles.gsl_authoring.words import Words

Template = dict[str, Any]


def a_template(
    slug: str, verb: str, label: Words, definition: Words, *rules: Rule, **determined_by: str | list[str]
) -> Template:
    """A template of one verb; `determined_by` holds its other determining and reference properties."""
    return {
        "id": template(slug),
        "type": "StatementTemplate",
        "inScheme": VERSION,
        "prefLabel": label,
        "definition": definition,
        "verb": verb,
        **determined_by,
        **({"rules": list(rules)} if rules else {}),
    }
