"""The worked example goes through the same projector as the tests of projections."""

from tests.projections.conftest import catalog, project

__all__ = ["catalog", "project"]
