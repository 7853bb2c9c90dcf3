"""GET /xAPI/about (Communication 2.8): which versions are spoken here. Open to everyone."""

import orjson
from flask import Blueprint, Response

from lrs import __version__

about_resource = Blueprint("about_resource", __name__)

VERSIONS = ["1.0.0", "1.0.1", "1.0.2", "1.0.3", "2.0.0"]
RELEASE = "https://w3id.org/xapi/gsl/extensions/release"


@about_resource.get("/about")
def about() -> Response:
    body = {"version": VERSIONS, "extensions": {RELEASE: f"leerspoor {__version__}"}}
    return Response(orjson.dumps(body), content_type="application/json")
