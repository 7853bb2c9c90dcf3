"""What several statements say of one activity, put together (Communication 2.5)."""

from typing import Any

Definition = dict[str, Any]
_LANGUAGE_MAPS = ("name", "description")
_INTERACTION = (
    "interactionType", "correctResponsesPattern", "choices", "scale", "source", "target", "steps",
)  # fmt: skip


def merge_definitions(known: Definition, said: Definition) -> Definition:
    """What is known of an activity after a statement said something of it: the later word counts.

    Languages and extensions are added one by one, a language whatever the case of its tag (RFC 5646, 2.1.1); an
    interaction replaces the earlier one as a whole, since its parts belong together; whatever the later definition
    leaves out stays.
    """
    kept = {n: v for n, v in known.items() if not ("interactionType" in said and n in _INTERACTION)}
    made = kept | said
    for name in _LANGUAGE_MAPS:
        if name in kept and name in said:
            made[name] = _merge_languages(kept[name], said[name])
    if "extensions" in kept and "extensions" in said:
        made["extensions"] = kept["extensions"] | said["extensions"]
    return made


def _merge_languages(known: dict[str, str], said: dict[str, str]) -> dict[str, str]:
    new = {tag.lower() for tag in said}
    return {tag: text for tag, text in known.items() if tag in said or tag.lower() not in new} | said
