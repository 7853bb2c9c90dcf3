"""What the README says of mappings holds, and nothing is left out."""

from pathlib import Path

import lrs.tabular
from lrs.tabular.fields import FIELDS, PEOPLE, ROLES
from tests.lrs.tabular.a_sheet import SHIPPED, a_mapping

README = (Path(lrs.tabular.__file__).parent / "README.md").read_text(encoding="utf-8")


def test_every_field_and_every_worked_mapping_is_documented() -> None:
    for name in (*FIELDS, *PEOPLE, *ROLES, *SHIPPED):
        assert f"`{name}`" in README or f"{name} =" in README, name


def test_the_mapping_of_the_readme_can_be_read() -> None:
    mapping = a_mapping(README.split("```toml")[1].split("```")[0])
    assert mapping.name == "weekdoelen"
    assert mapping.layout.header == 4
