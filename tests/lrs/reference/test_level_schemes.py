"""Level schemes in a school's own words."""

from typing import Any

import orjson
import pytest

from lrs.reference.entity import Reading, UnreadableFile
from lrs.reference.level_schemes import read_levels

METALS = [{"level": n, "name": name, "order": n} for n, name in enumerate(["brons", "zilver", "goud"], 1)]


def read(text: str) -> Reading:
    return read_levels("levels", text.encode())


def schemes(reading: Reading) -> dict[str, Any]:
    return {each.key: each.content["levels"] for each in reading.entities}


def test_a_csv_names_the_levels_of_schemes_in_any_order() -> None:
    text = "scheme,level,name,order,title\nmetalen,3,goud,,\nmetalen,1,brons,,Metalen\nmetalen,2,zilver,,\n"
    text += "ab,1,a,2,\nab,2,b,1,\n"
    reading = read(text)
    assert schemes(reading) == {
        "metalen": METALS,
        "ab": [{"level": 1, "name": "a", "order": 2}, {"level": 2, "name": "b", "order": 1}],
    }
    assert reading.entities[0].content["title"] == "Metalen"


@pytest.mark.parametrize(
    "document",
    [
        {"scheme": "metalen", "levels": ["brons", "zilver", "goud"]},
        [
            {
                "scheme": "metalen",
                "levels": [{"level": 1, "name": "brons"}, {"name": "zilver"}, {"name": "goud"}],
            }
        ],
        {"schemes": [{"key": "metalen", "levels": METALS}]},
    ],
)
def test_json_says_the_same(document: Any) -> None:
    assert schemes(read(orjson.dumps(document).decode())) == {"metalen": METALS}


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("m,1,brons,\nm,3,goud,\n", "levels 1, 3 of m are not 1 to 2"),
        ("m,1,brons,\nm,1,goud,\n", "levels 1, 1 of m are not 1 to 2"),
        ("m,een,brons,\n", "level 'een' is not a whole number"),
        ("m,1,brons,eerst\n", "order 'eerst' is not a whole number"),
        ("m,1,,\n", "name is empty"),
        (",1,brons,\n", "scheme is empty"),
        ("".join(f"m,{n},x{n},\n" for n in range(1, 22)), "at most 20"),
    ],
)
def test_a_scheme_with_a_level_that_cannot_be_taken_is_rejected(rows: str, reason: str) -> None:
    reading = read("scheme,level,name,order\n" + rows)
    assert reading.entities == []
    assert reason in reading.rejected[0].reason
    assert reading.rejected[0].line == 2


@pytest.mark.parametrize("text", ["{", "[1]", '{"scheme": "m"}', "scheme,name\nm,brons\n"])
def test_a_file_without_schemes_is_named(text: str) -> None:
    with pytest.raises(UnreadableFile):
        read(text)
