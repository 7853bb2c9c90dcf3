"""The IRIs that the profile is made of: its own, and those of others that it builds on."""

PROFILE = "https://w3id.org/xapi/gsl"
VERSION = PROFILE + "/v1.0"

ADL = "http://adlnet.gov/expapi/verbs/"
TC_VERB = "http://id.tincanapi.com/verb/"
TC_TYPE = "http://id.tincanapi.com/activitytype/"
TC_EXTENSION = "http://id.tincanapi.com/extension/"
TLA = "https://w3id.org/xapi/tla/verbs/"
TLA_EXTENSION = "https://w3id.org/xapi/tla/extensions/"
AX = "https://w3id.org/xapi/acrossx/verbs/"
STREAMS = "http://activitystrea.ms/"

GOAL = TC_TYPE + "goal"
ITEM = TC_TYPE + "checklist-item"
DOUBT = TC_TYPE + "doubt"
STRATEGY = TC_TYPE + "strategy"

DUE = TLA_EXTENSION + "due_date"
LEARNER = TLA_EXTENSION + "learner"
PLANNED_START = TC_EXTENSION + "planned-start-time"
PLANNED_DURATION = TC_EXTENSION + "planned-duration"
PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress"


def verb(slug: str) -> str:
    return f"{PROFILE}/verbs/{slug}"


def activity_type(slug: str) -> str:
    return f"{PROFILE}/activity-types/{slug}"


def extension(slug: str) -> str:
    return f"{PROFILE}/extensions/{slug}"


def template(slug: str) -> str:
    return f"{PROFILE}/templates/{slug}"


def pattern(slug: str) -> str:
    return f"{PROFILE}/patterns/{slug}"
