"""Recognisable words for every place in which people are named or write in words of their own."""

import base64
import hashlib
import re
from functools import cache
from typing import Any

ROOT, DOMAIN = "Qwezy", "school.example.org"
_WORD = re.compile(ROOT.lower().encode() + rb"\d{3}")
_HEXADECIMAL = re.compile(rb"[0-9a-f]{32,}")


class Planted:
    """Hands out a word for each place, and finds what is left of them.

    A word stands as people would: with a name behind it, as a mailbox, as an account. What is looked for is the word.
    """

    def __init__(self) -> None:
        self.words: dict[str, str] = {}

    def word(self, place: str) -> str:
        if place not in self.words:
            self.words[place] = f"{ROOT}{len(self.words):03d}"
        return self.words[place]

    def text(self, place: str) -> str:
        """A name, or a sentence about somebody."""
        return f"{self.word(place)} van Dalen"

    def texts(self, place: str) -> dict[str, str]:
        """A language map."""
        return {"nl-BE": self.text(place)}

    def mailbox(self, place: str) -> str:
        return f"{self.word(place)}@{DOMAIN}"

    def page(self, place: str) -> str:
        """The address of something of somebody."""
        return f"https://people.example.org/{self.word(place)}"

    def found_in(self, data: bytes) -> set[str]:
        """The places of the words that are there: as they stand, percent-encoded or not, in hexadecimal or Base64, or
        as a digest of the word or of its mailbox; whatever the case."""
        data = data.lower()
        places = {word.lower().encode(): place for place, word in self.words.items()}
        found = {places[word] for word in _WORD.findall(data) if word in places}
        found |= {f"some word as {form}" for form, root in _ROOTS.items() if root in data}
        digests = {digest: place for place, word in self.words.items() for digest in _digests(word)}
        return found | {digests[each] for each in _HEXADECIMAL.findall(data) if each in digests}


def _base64(shift: int) -> bytes:
    """What Base64 makes of the root after `shift` other bytes, without what depends on its neighbours."""
    bits = [8 * shift, 8 * (shift + len(ROOT))]
    return base64.b64encode(b"\0" * shift + ROOT.encode())[-(-bits[0] // 6) : bits[1] // 6]


_ROOTS = {
    "hexadecimal": ROOT.encode().hex().encode(),
    "percent-encoded": "".join(f"%{byte:02x}" for byte in ROOT.encode()).encode(),
    **{f"Base64, {shift}": _base64(shift).lower() for shift in range(3)},
}


@cache
def _digests(word: str) -> tuple[bytes, ...]:
    mailbox = f"{word}@{DOMAIN}"
    texts = [each for text in (word, mailbox, f"mailto:{mailbox}") for each in (text, text.lower())]
    return tuple(
        hashlib.new(kind, text.encode()).hexdigest().encode()
        for text in texts
        for kind in ("md5", "sha1", "sha256")
    )


def an_agent(planted: Planted, place: str, kind: str = "mbox") -> dict[str, Any]:
    """An agent with a name and an identifier of a kind."""
    where = f"{place}.{kind}"
    if kind == "mbox":
        identifier: Any = "mailto:" + planted.mailbox(where)
    elif kind == "mbox_sha1sum":
        mailbox = "mailto:" + planted.mailbox(where)
        identifier = hashlib.sha1(mailbox.encode(), usedforsecurity=False).hexdigest()
    elif kind == "openid":
        identifier = planted.page(where)
    else:
        identifier = {"homePage": planted.page(f"{where}.homePage"), "name": planted.word(f"{where}.name")}
    return {"name": planted.text(f"{place}.name"), kind: identifier}


def agents(planted: Planted, place: str) -> list[dict[str, Any]]:
    """An agent of each kind of identifier."""
    return [an_agent(planted, place, kind) for kind in ("mbox", "mbox_sha1sum", "openid", "account")]


def a_group(planted: Planted, place: str) -> dict[str, Any]:
    members = agents(planted, f"{place}.member")
    return {"objectType": "Group", "name": planted.text(f"{place}.name"), "member": members}
