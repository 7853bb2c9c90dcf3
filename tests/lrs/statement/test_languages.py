"""Which language a reader is given."""

import pytest

from lrs.statement.languages import best_tag, one_language


@pytest.mark.parametrize(
    ("offered", "preferences", "chosen"),
    [
        ("nl-BE en-US fr", [("en-US", 1)], "en-US"),
        ("nl-BE en-US fr", [("EN-us", 1)], "en-US"),
        ("nl-BE en-US fr", [("en", 1)], "en-US"),
        ("nl en", [("en-GB", 1)], "en"),
        ("en-GB en", [("en", 1)], "en"),
        ("nl-BE en-US fr", [("en", 0.5), ("fr", 0.8)], "fr"),
        ("nl-BE en-US fr", [("de", 1), ("fr", 0.1)], "fr"),
        ("nl-BE en-US fr", [("de", 1)], "nl-BE"),
        ("nl-BE en-US fr", [("de", 1), ("*", 0.5), ("nl", 0)], "en-US"),
        ("nl-BE en-US fr", [("nl", 0)], "en-US"),
        ("nl", [("nl", 0)], "nl"),
        ("nl-BE en-US fr", [], "nl-BE"),
        ("eng en", [("en", 1)], "en"),
    ],
)
def test_the_reader_is_given_what_fits_the_best_preference(
    offered: str, preferences: list[tuple[str, float]], chosen: str
) -> None:
    assert best_tag(offered.split(), preferences) == chosen


def test_a_language_map_keeps_one_entry_and_an_empty_one_stays_empty() -> None:
    assert one_language({"nl": "ja", "en": "yes"}, [("en", 1)]) == {"en": "yes"}
    assert one_language({}, [("en", 1)]) == {}
