"""The whole profile (xAPI Profiles 1.0, Structure 6.0)."""

import json
from pathlib import Path
from typing import Any

from schemas.xapi.profiles.gsl_authoring.concepts import concepts
from schemas.xapi.profiles.gsl_authoring.extensions import extensions
from schemas.xapi.profiles.gsl_authoring.goal_templates import goal_templates
from schemas.xapi.profiles.gsl_authoring.iris import PROFILE, VERSION
from schemas.xapi.profiles.gsl_authoring.patterns import patterns
from schemas.xapi.profiles.gsl_authoring.regulation_templates import regulation_templates
from schemas.xapi.profiles.gsl_authoring.school_templates import school_templates
from schemas.xapi.profiles.gsl_authoring.words import words
from schemas.xapi.profiles.gsl_authoring.work_templates import work_templates

FILE = Path(__file__).parents[1] / "gsl.jsonld"


def document() -> dict[str, Any]:
    """The profile as a JSON-LD object.

    A template whose determining properties or rules change gets another id, and the version goes up (Structure 8.0).
    """
    return {
        "@context": "https://w3id.org/xapi/profiles/context",
        "id": PROFILE,
        "type": "Profile",
        "conformsTo": "https://w3id.org/xapi/profiles#1.0",
        "prefLabel": words(
            "Gepersonaliseerd samen leren",
            "Personalised learning together",
            "Apprendre ensemble, à son rythme",
        ),
        "definition": words(
            "Hoe leeromgevingen vertellen dat een doel gesteld, gepland, bewerkt en bereikt is, dat een lerende zijn "
            "leren bijstuurt, hulp vraagt en feedback krijgt, en dat een team zijn kwaliteit ontwikkelt. Bestaande "
            "IRI's waar ze er zijn. Wie deze sjablonen volgt, noemt de versie van dit profiel in category.",
            "How learning environments say that a goal was set, planned, worked on and reached, that a learner "
            "regulates their learning, asks for help and gets feedback, and that a team develops its quality. Existing "
            "IRIs where there are any. Who follows these templates names this profile's version in category.",
            "Comment les environnements d'apprentissage disent qu'un objectif est fixé, planifié, travaillé et "
            "atteint, qu'un apprenant régule son apprentissage, demande de l'aide et reçoit un feedback, et qu'une "
            "équipe développe sa qualité. Des IRI existants là où il y en a. Qui suit ces modèles nomme la version de "
            "ce profil dans category.",
        ),
        "versions": [{"id": VERSION, "generatedAtTime": "2026-09-01T00:00:00Z"}],
        "author": {"type": "Organization", "name": "Leerspoor"},
        "concepts": concepts() + extensions(),
        "templates": goal_templates() + work_templates() + regulation_templates() + school_templates(),
        "patterns": patterns(),
    }


def text() -> str:
    """The profile as the text of its file."""
    return json.dumps(document(), ensure_ascii=False, indent=2) + "\n"
