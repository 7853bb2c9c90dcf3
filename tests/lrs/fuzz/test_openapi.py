"""Requests that the OpenAPI document allows, and near misses: every answer is one that the document names."""

import os
from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation.modes import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from lrs.app import create_app
from lrs.http.openapi.document import openapi_document
from lrs.http.parts import NAME
from tests.lrs.conftest import Client, a_client
from tests.lrs.installation import Installation

REQUESTS = int(os.environ.get("LRS_TEST_FUZZ_REQUESTS", 10 * settings.default.max_examples))
PATHS = openapi_document("")["paths"]
OPERATIONS = [(path, method) for path, methods in PATHS.items() for method in methods]
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory, installation: Installation) -> Iterator[Client]:
    app = create_app(installation(tmp_path_factory.mktemp("home"), credential_seconds=60), joined=())
    yield a_client(app, app.extensions[NAME])
    app.extensions[NAME].database.close()


@pytest.fixture(scope="module")
def api(fuzzed: Client) -> schemathesis.BaseSchema:
    schema = schemathesis.openapi.from_wsgi("/openapi.json", fuzzed.app)
    schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
    return schema


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_answer_is_one_that_the_document_names(
    api: schemathesis.BaseSchema, fuzzed: Client, path: str, method: str
) -> None:
    authorization = {"Authorization": fuzzed.headers()["Authorization"]}

    @settings(max_examples=max(5, REQUESTS // len(OPERATIONS)), suppress_health_check=list(HealthCheck))
    @given(api[path][method].as_strategy())
    def each(case: schemathesis.Case) -> None:
        answer = case.call(headers=authorization)
        case.validate_response(answer, checks=CHECKS)

    each()
