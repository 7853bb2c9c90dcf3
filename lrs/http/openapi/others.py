"""What is known of activities and agents (Communication 2.4, 2.5), and what the service says of itself."""

from lrs.http.openapi.pieces import AGENT, IRI, Piece, json_of, operation, parameter, with_head

_OBJECT = {"type": "object"}


def paths() -> Piece:
    activity = operation(
        "getActivity", "An activity, with what all statements say of it",
        scopes=("statements/read", "all/read", "all"),
        parameters=[parameter("activityId", IRI, "The id of the activity.", required=True)],
        answers={200: {"content": json_of({"$ref": "#/components/schemas/Activity"})}},
    )  # fmt: skip
    person = operation(
        "getPerson", "The Person that an agent is a persona of",
        scopes=("profile", "statements/read", "all/read", "all"),
        parameters=[parameter("agent", AGENT, "An Agent; a Group is refused.", required=True)],
        answers={200: {"content": json_of({"$ref": "#/components/schemas/Person"})}},
    )  # fmt: skip
    return {
        "/xAPI/activities": with_head(activity),
        "/xAPI/agents": with_head(person),
        "/xAPI/about": with_head(_open("getAbout", "The versions of xAPI that are spoken here")),
        "/health/live": with_head(_open("getLive", "Whether the process answers")),
        "/health/ready": with_head(
            _open("getReady", "Whether statements can be taken; how far projectors are", 503)
        ),
        "/metrics": with_head(
            operation(
                "getMetrics",
                "Figures for Prometheus; who may read them without a credential, LRS_METRICS says",
                scopes=("metrics/read",),
                versioned=False,
                answers={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
            )
        ),
        "/openapi.json": with_head(_open("getOpenapi", "This document")),
        "/docs": with_head(
            operation(
                "getDocs", "This document, to read", answers={200: {"content": {"text/html": {"schema": {}}}}}
            )
        ),
    }


def _open(name: str, summary: str, *other: int) -> Piece:
    """An operation that is open to everyone; its other answers have the same form as the good one."""
    found = {"content": json_of(_OBJECT)}
    made = operation(name, summary, answers={200: found})
    made["responses"] |= {str(status): {"description": "Not now.", **found} for status in other}
    return made
