"""Keys of things: what may leave the LRS as it stands, and what stands for the rest."""

import hashlib
import re

# As the analytic form of statements holds them: no space and no @, so neither a name nor a mailbox.
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/#-]{0,199}")
_FINALITIES = {
    "DO": ("do", "d", "doorstroom", "doorstroomfinaliteit"),
    "DU": ("du", "d/a", "da", "dubbel", "dubbele", "dubbelefinaliteit", "dubbelfinaliteit"),
    "A": ("a", "arbeidsmarkt", "arbeidsmarktfinaliteit"),
}
_GRADES = {"eerste": "1", "tweede": "2", "derde": "3"}


def token(text: str) -> str:
    """The text itself when it is an identifier, else 16 hex digits that stand for it."""
    if _TOKEN.fullmatch(text):
        return text
    return "x-" + hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def word(text: object) -> str | None:
    """A short label as an identifier (`A-stroom`, `2de-leerjaar`), None for anything longer or stranger."""
    joined = re.sub(r"\s+", "-", str(text or "").strip())
    return joined if len(joined) <= 60 and _TOKEN.fullmatch(joined) else None


def finality(text: object) -> str | None:
    """DO, DU or A, the codes of the public curriculum data; another word as it stands, None for no word."""
    spelled = re.sub(r"[\s-]+", "", str(text or "")).lower()
    for code, spellings in _FINALITIES.items():
        if spelled in spellings:
            return code
    return word(text)


def grade(text: object) -> str | None:
    """`1`, `2` or `3` for a graad in words or figures; another word as it stands, None for no word."""
    spelled = str(text or "").strip().lower()
    if found := re.fullmatch(r"(\d)\s*(?:ste|de|e)?\s*graad", spelled):
        return found[1]
    if (first := spelled.split(" ")[0]) in _GRADES and spelled.endswith("graad"):
        return _GRADES[first]
    return word(text)
