"""What is served beside xAPI is guarded as xAPI is, but for its version, and is in the document."""

import tomllib
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from flask import Blueprint, Flask, g

from lrs.app import create_app
from lrs.http.joined import ENTRY_POINTS, Joined
from lrs.http.openapi.pieces import Piece, operation
from lrs.http.parts import NAME
from lrs.settings import Settings
from tests.lrs.conftest import a_client


def a_resource() -> Joined:
    resource = Blueprint("weather", __name__)
    resource.add_url_rule("/weather", "today", lambda: f"sunny in {g.credential.store}")
    return Joined(resource, weather_paths)


def weather_paths() -> Piece:
    return {"/weather": {"get": operation("getWeather", "The weather", scopes=["all"], versioned=False)}}


@pytest.fixture
def joined_app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings, [a_resource()])
    yield app
    app.extensions[NAME].database.close()


def test_it_needs_credentials_and_no_version(joined_app: Flask) -> None:
    assert joined_app.test_client().get("/weather").status_code == 401
    client = a_client(joined_app, joined_app.extensions[NAME])
    answer = client.send("GET", "/weather", headers={"X-Experience-API-Version": None})
    assert (answer.status_code, answer.text) == (200, "sunny in default")
    xapi = client.send("GET", "/xAPI/statements", headers={"X-Experience-API-Version": None})
    assert xapi.status_code == 400


def test_the_document_tells_of_it_only_where_it_is_served(joined_app: Flask, app: Flask) -> None:
    told = joined_app.test_client().get("/openapi.json").json["paths"]
    assert "parameters" in told["/weather"]["get"] and "/xAPI/statements" in told
    assert "<code>/weather</code>" in joined_app.test_client().get("/docs").text
    assert "/weather" not in app.test_client().get("/openapi.json").json["paths"]


@pytest.mark.parametrize("group", [ENTRY_POINTS, "leerspoor.commands"])
def test_every_entry_point_of_ours_names_something_that_is_there(group: str) -> None:
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8"))["project"]
    for name, value in project["entry-points"][group].items():
        assert callable(EntryPoint(name, value, group).load())
