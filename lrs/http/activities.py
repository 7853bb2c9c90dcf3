"""/xAPI/activities (Communication 2.5): what the store knows of an activity."""

from typing import Any

from flask import Blueprint, Response, g, request

from lrs.http.credentials import require
from lrs.http.parameters import check_known, read_iri
from lrs.http.parts import parts
from lrs.index.activities import read_definitions
from lrs.statement.verbatim_json import verbatim_json

activities = Blueprint("activities", __name__)
SPEC = "Communication 2.5"


@activities.get("/activities")
def get_activity() -> Response:
    """The Activity with the definitions of all statements put together; of one never seen its id alone."""
    require("statements/read", "all/read", "all")
    check_known(request.args, {"activityId"}, SPEC)
    activity_id = read_iri(request.args, "activityId", SPEC)
    with parts().database.reading() as connection:
        definitions = read_definitions(connection, g.sender.store, [activity_id])
    activity: dict[str, Any] = {"objectType": "Activity", "id": activity_id}
    if activity_id in definitions:
        activity |= {"definition": definitions[activity_id]}
    return Response(verbatim_json(activity), content_type="application/json")
