"""What may be changed when: the table of both versions of xAPI."""

from itertools import product

import pytest

from lrs.document.address import Resource
from lrs.document.etag import etag
from lrs.document.precondition import (
    DocumentExists,
    PreconditionFailed,
    PreconditionMissing,
    Preconditions,
    check_preconditions,
)

TAG, OTHER = etag(b"there"), etag(b"other")
METHODS, VERSIONS = ("PUT", "POST", "DELETE"), ("1.0.3", "2.0.0")
PROFILES = (Resource.ACTIVITY_PROFILE, Resource.AGENT_PROFILE)
NONE = Preconditions()
EVERYWHERE = list(product(METHODS, Resource, VERSIONS))


def outcome(
    method: str, resource: Resource, version: str, tag: str | None, given: Preconditions = NONE
) -> type[Exception] | None:
    try:
        check_preconditions(given, tag, method=method, resource=resource, version=version)
    except (DocumentExists, PreconditionFailed, PreconditionMissing) as refusal:
        return type(refusal)
    return None


@pytest.mark.parametrize(("method", "resource", "version"), EVERYWHERE)
def test_headers_mean_the_same_for_each_method_resource_and_version(
    method: str, resource: Resource, version: str
) -> None:
    def told(tag: str | None, if_match: str | None, if_none_match: str | None) -> type[Exception] | None:
        return outcome(method, resource, version, tag, Preconditions(if_match, if_none_match))

    assert told(TAG, TAG, None) is told(TAG, "*", None) is told(TAG, f"{OTHER}, {TAG}", None) is None
    assert told(TAG, OTHER, None) is told(None, TAG, None) is told(None, "*", None) is PreconditionFailed
    assert told(TAG, None, "*") is told(TAG, None, TAG) is PreconditionFailed
    assert told(TAG, None, OTHER) is told(None, None, "*") is told(None, None, TAG) is None
    assert told(TAG, TAG, OTHER) is None
    assert told(TAG, TAG, TAG) is told(TAG, OTHER, OTHER) is PreconditionFailed


@pytest.mark.parametrize(("method", "resource", "version"), EVERYWHERE)
def test_only_a_put_needs_a_header(method: str, resource: Resource, version: str) -> None:
    if method != "PUT":
        assert outcome(method, resource, version, TAG) is outcome(method, resource, version, None) is None


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("resource", PROFILES)
def test_a_profile_is_not_overwritten_by_a_put_without_a_header(resource: Resource, version: str) -> None:
    assert outcome("PUT", resource, version, TAG) is DocumentExists


@pytest.mark.parametrize("resource", PROFILES)
def test_a_new_profile_needs_a_header_in_1_0_alone(resource: Resource) -> None:
    assert outcome("PUT", resource, "1.0.3", None) is PreconditionMissing
    assert outcome("PUT", resource, "2.0.0", None) is None


def test_state_is_overwritten_without_a_header_in_1_0_alone() -> None:
    assert outcome("PUT", Resource.STATE, "1.0.3", TAG) is None
    assert outcome("PUT", Resource.STATE, "2.0.0", TAG) is DocumentExists


@pytest.mark.parametrize("version", VERSIONS)
def test_new_state_needs_no_header(version: str) -> None:
    assert outcome("PUT", Resource.STATE, version, None) is None
