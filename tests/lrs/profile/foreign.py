"""Two small profiles in the manner of others: one has a template for every statement, one is about a type of activity.

They state some of what cmi5 and the video profile ask for, under their IRIs; the published files can be tried with
`lrs profile check --profile FILE`.
"""

import json
from pathlib import Path
from typing import Any

# The published cmi5 profile names its category as a version that it revised.
CMI5_CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
CMI5, VIDEO = "https://w3id.org/xapi/cmi5", "https://w3id.org/xapi/video"
_SESSION, _MODE = f"{CMI5}/context/extensions/sessionid", f"{CMI5}/context/extensions/launchmode"
_TIME = f"{VIDEO}/extensions/time"


def _profile(iri: str, version: str, **parts: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "@context": "https://w3id.org/xapi/profiles/context",
        "id": iri,
        "type": "Profile",
        "conformsTo": "https://w3id.org/xapi/profiles#1.0",
        "prefLabel": {"en": iri},
        "definition": {"en": "An excerpt for tests"},
        "author": {"type": "Organization", "name": "Leerspoor"},
        "versions": [
            {
                "id": f"{iri}/{version}",
                "generatedAtTime": "2020-01-01T00:00:00Z",
                "wasRevisionOf": [CMI5_CATEGORY],
            }
            if iri == CMI5
            else {"id": f"{iri}/{version}", "generatedAtTime": "2020-01-01T00:00:00Z"}
        ],
        **{name: [_part(f"{iri}/{version}", part) for part in each] for name, each in parts.items()},
    }


def _part(scheme: str, part: dict[str, Any]) -> dict[str, Any]:
    return {"inScheme": scheme, "prefLabel": {"en": part["id"]}, "definition": {"en": "for tests"}, **part}


def _extension(iri: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"id": iri, "type": "ContextExtension", "inlineSchema": json.dumps(schema)}


def _included(*locations: str) -> list[dict[str, Any]]:
    return [{"location": location, "presence": "included"} for location in locations]


_MODES = ["Normal", "Browse", "Review"]
CMI5_PROFILE = _profile(
    CMI5,
    "v1.0",
    concepts=[_extension(_SESSION, {"type": "string"}), _extension(_MODE, {"enum": _MODES})],
    templates=[
        {
            "id": f"{CMI5}#generalrestrictions",
            "type": "StatementTemplate",
            "rules": _included(
                "$.id",
                "$.timestamp",
                "$.context.contextActivities.grouping[*]",
                f"$.context.extensions['{_SESSION}']",
            ),
        },
        {
            "id": f"{CMI5}#completed",
            "type": "StatementTemplate",
            "verb": "http://adlnet.gov/expapi/verbs/completed",
            "rules": _included("$.result.duration"),
        },
        {
            "id": f"{CMI5}#launched",
            "type": "StatementTemplate",
            "verb": "http://adlnet.gov/expapi/verbs/launched",
            "rules": [
                {"location": "$.result.score", "presence": "excluded"},
                {"location": f"$.context.extensions['{_MODE}']", "presence": "included", "all": _MODES},
            ],
        },
    ],
)
VIDEO_PROFILE = _profile(
    VIDEO,
    "v1.0.3",
    templates=[
        {
            "id": f"{VIDEO}/templates#played",
            "type": "StatementTemplate",
            "verb": f"{VIDEO}/verbs/played",
            "objectActivityType": f"{VIDEO}/activity-type/video",
            "rules": _included("$.id", "$.timestamp", f"$.result.extensions['{_TIME}']"),
        }
    ],
)


def write_profiles(folder: Path) -> list[Path]:
    """Both as files, cmi5 first."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, document in (("cmi5", CMI5_PROFILE), ("video", VIDEO_PROFILE)):
        files.append(folder / f"{name}.jsonld")
        files[-1].write_text(json.dumps(document))
    return files
