"""The projector, as the tests of projections run it."""

from tests.projections.conftest import catalog, empty_warehouse, named_catalog, named_warehouse, project

__all__ = ["catalog", "empty_warehouse", "named_catalog", "named_warehouse", "project"]
