"""The document resources, each in its turn."""

import pytest
from flask import Flask

from tests.lrs.conftest import Client
from tests.lrs.http.document_resource import (
    RESOURCES,
    Resource,
)

VERSIONS = ["1.0.3", "2.0.0"]


@pytest.fixture(params=RESOURCES, ids=["state", "activity profile", "agent profile"])
def resource(request: pytest.FixtureRequest, client: Client) -> Resource:
    made: Resource = request.param(client)
    return made


@pytest.fixture(params=VERSIONS)
def versioned(request: pytest.FixtureRequest, app: Flask, resource: Resource) -> Resource:
    """The resource spoken to in either version of xAPI."""
    client = resource.client
    return resource.by(Client(app, client.key, client.secret, version=request.param))
