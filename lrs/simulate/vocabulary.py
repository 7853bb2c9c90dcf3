"""The words that the simulated platforms use: verbs, activity types and extensions of indicators.md, section 1."""

from typing import Any

_ADL, _TC, _TLA = (
    "http://adlnet.gov/expapi/verbs/",
    "http://id.tincanapi.com/verb/",
    "https://w3id.org/xapi/tla/verbs/",
)
_GSL, _VIDEO = "https://w3id.org/xapi/gsl/verbs/", "https://w3id.org/xapi/video/verbs/"


def _verb(iri: str, dutch: str) -> dict[str, Any]:
    return {"id": iri, "display": {"nl-BE": dutch}}


PLANNED = _verb(_TLA + "planned", "stelde als doel")
ASSIGNED = _verb("https://w3id.org/xapi/acrossx/verbs/was-assigned", "kreeg toegewezen")
DIRECTED = _verb(_TLA + "directed", "gaf als doel aan")
PRIORITISED = _verb(_TLA + "prioritized", "gaf voorrang aan")
DESELECTED = _verb(_TLA + "deselected", "liet vallen")
SCHEDULED = _verb(_TLA + "scheduled", "plande in")
REVISED = _verb(_GSL + "revised-plan", "stuurde de planning bij van")
ESTIMATED = _verb(_TC + "estimated-duration", "schatte de duur van")
EXPECTED = _verb(_TC + "expected", "verwachtte voor")
PROGRESSED = _verb(_ADL + "progressed", "vorderde met")
EVALUATED = _verb("https://w3id.org/xapi/acrossx/verbs/evaluated", "beoordeelde")
MASTERED = _verb(_ADL + "mastered", "beheerst")
ACHIEVED = _verb(_TLA + "achieved", "bereikte")
SATISFIED = _verb("https://w3id.org/xapi/adl/verbs/satisfied", "voldeed aan")
VIEWED = _verb(_TC + "viewed", "bekeek")
SELF_ASSESSED = _verb(_GSL + "self-assessed", "schatte zichzelf in voor")
REFLECTED = _verb(_GSL + "reflected", "reflecteerde over")
REQUESTED_ATTENTION = _verb(_TC + "requested-attention", "vroeg hulp bij")
ASKED = _verb(_ADL + "asked", "stelde een vraag over")
REPLIED = _verb(_TC + "replied", "antwoordde op")
SELECTED = _verb(_TC + "selected", "koos")
DISCARDED = _verb(_TC + "discarded", "liet los")
RATED = _verb(_TC + "rated", "gaf aan")
GAVE_FEEDBACK = _verb(_GSL + "gave-feedback", "gaf feedback op")
ACTED_ON_FEEDBACK = _verb(_GSL + "acted-on-feedback", "ging aan de slag met feedback op")
TALKED_WITH = _verb(_TC + "talked-with", "sprak met")
ATTENDED = _verb(_ADL + "attended", "nam deel aan")
COMMENTED = _verb(_ADL + "commented", "schreef een notitie bij")
OFFLINE = _verb(_TC + "performed-offline", "werkte op papier aan")
LAUNCHED = _verb(_ADL + "launched", "opende")
INITIALIZED = _verb(_ADL + "initialized", "startte")
COMPLETED = _verb(_ADL + "completed", "voltooide")
PASSED = _verb(_ADL + "passed", "slaagde voor")
FAILED = _verb(_ADL + "failed", "slaagde niet voor")
ANSWERED = _verb(_ADL + "answered", "beantwoordde")
TERMINATED = _verb(_ADL + "terminated", "sloot af")
EXPERIENCED = _verb(_ADL + "experienced", "ontdekte")
VOIDED = _verb(_ADL + "voided", "trok in")
PLAYED = _verb(_VIDEO + "played", "speelde")
PAUSED = _verb(_VIDEO + "paused", "pauzeerde")
SEEKED = _verb(_VIDEO + "seeked", "spoelde in")
ASKED_QUESTION = _verb(_GSL + "asked-learning-question", "stelde de leervraag van")
SET_CYCLE_GOAL = _verb(_GSL + "set-cycle-goal", "stelde een doel voor")
ACTED = _verb(_GSL + "acted", "voerde een actie uit voor")
MEASURED = _verb(_GSL + "measured-effect", "mat het effect van")
DECIDED = _verb(_GSL + "decided", "nam een besluit over")

_TC_TYPE, _GSL_TYPE = "http://id.tincanapi.com/activitytype/", "https://w3id.org/xapi/gsl/activity-types/"
_ADL_TYPE = "http://adlnet.gov/expapi/activities/"
GOAL = _TC_TYPE + "goal"
CHECKLIST_ITEM = _TC_TYPE + "checklist-item"
DOUBT = _TC_TYPE + "doubt"
STRATEGY = _TC_TYPE + "strategy"
SCHOOL_ASSIGNMENT = _TC_TYPE + "school-assignment"
ASSESSMENT = _ADL_TYPE + "assessment"
QUESTION = _ADL_TYPE + "cmi.interaction"
LESSON = _ADL_TYPE + "lesson"
COURSE = _ADL_TYPE + "course"
VIDEO = "https://w3id.org/xapi/video/activity-type/video"
PROGRESS_VIEW = _GSL_TYPE + "progress-view"
MOTIVATION = _GSL_TYPE + "motivation"
EMOTION = _GSL_TYPE + "emotion"
COACH_TALK = _GSL_TYPE + "coachgesprek"
THREE_WAY_TALK = _GSL_TYPE + "driehoeksgesprek"
MINI_LESSON = _GSL_TYPE + "mini-lesson"
ROUTE_TYPE = _GSL_TYPE + "route"
QUALITY_CYCLE = _GSL_TYPE + "quality-cycle"

_GSL_EXT, _TC_EXT = "https://w3id.org/xapi/gsl/extensions/", "http://id.tincanapi.com/extension/"
DUE_DATE = "https://w3id.org/xapi/tla/extensions/due_date"
LEARNER = "https://w3id.org/xapi/tla/extensions/learner"
PLANNED_START = _TC_EXT + "planned-start-time"
PLANNED_DURATION = _TC_EXT + "planned-duration"
PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress"
SCHOOL = "https://w3id.org/xapi/acrossx/extensions/school"
CLASS = _GSL_EXT + "class"
HORIZON = _GSL_EXT + "horizon"
FRAMEWORK_GOALS = _GSL_EXT + "framework-goals"
TARGET_LEVEL = _GSL_EXT + "target-level"
LEVEL = _GSL_EXT + "level"
LEVEL_SCHEME = _GSL_EXT + "level-scheme"
CRITERION = _GSL_EXT + "criterion"
CHECKLIST = _GSL_EXT + "checklist"
CHECKLIST_SIZE = _GSL_EXT + "checklist-size"
EVIDENCE_SOURCE = _GSL_EXT + "evidence-source"
PURPOSE = _GSL_EXT + "assessment-purpose"
REGULATOR = _GSL_EXT + "regulator"
AGREED_ACTIONS = _GSL_EXT + "agreed-actions"
RATING_SCALE = _GSL_EXT + "rating-scale"
BY_HAND = _GSL_EXT + "entered-by-hand"
ROUTE = _GSL_EXT + "route"
SKILL = _GSL_EXT + "skill"
INTERVENTION = _GSL_EXT + "intervention"
