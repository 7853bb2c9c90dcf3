"""Requests that the document of the quality API allows, and near misses: every answer is one that it names."""

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation.modes import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from lrs.http.parts import NAME
from lrs.settings import Settings
from projections.web.openapi import paths
from tests.lrs.conftest import Client
from tests.projections.web.conftest import reader, serving

REQUESTS = int(os.environ.get("LRS_TEST_FUZZ_REQUESTS", 4 * settings.default.max_examples))
PATHS = sorted(paths())
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def fuzzed(two_years: Settings) -> Iterator[Client]:
    app = serving(replace(two_years, credential_seconds=60))
    yield reader(app)
    app.extensions[NAME].database.close()


@pytest.fixture(scope="module")
def api(fuzzed: Client) -> schemathesis.BaseSchema:
    schema = schemathesis.openapi.from_wsgi("/openapi.json", fuzzed.app)
    schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
    return schema


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_one_that_the_document_names(
    api: schemathesis.BaseSchema, fuzzed: Client, path: str
) -> None:
    authorization = {"Authorization": fuzzed.headers()["Authorization"]}

    @settings(
        max_examples=max(5, REQUESTS // len(PATHS)), suppress_health_check=list(HealthCheck), deadline=None
    )
    @given(api[path]["get"].as_strategy(), st.booleans())
    def each(case: schemathesis.Case, is_known: bool) -> None:
        if is_known and "school" in case.path_parameters:
            case.path_parameters["school"] = "north"
        answer = case.call(headers=authorization)
        case.validate_response(answer, checks=CHECKS)

    each()
