"""Bodies of multipart/mixed for tests, made and read by the letter of RFC 2046, not by the code under test."""

import hashlib
import json
from typing import Any, NamedTuple

BOUNDARY = "abcABC0123'()+_,-./:=?"
CONTENT_TYPE = f'multipart/mixed; boundary="{BOUNDARY}"'


def sha2(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def an_attachment(content: bytes, **members: Any) -> dict[str, Any]:
    """An attachment object that describes some content."""
    return {
        "usageType": "https://example.org/usage/essay",
        "display": {"nl-BE": "Opstel"},
        "contentType": "text/plain",
        "length": len(content),
        "sha2": sha2(content),
        **members,
    }


def a_part(content: bytes, **headers: str | None) -> bytes:
    """One part after the first; a header given replaces its own, None takes one away."""
    named = {
        "Content-Type": "text/plain",
        "Content-Transfer-Encoding": "binary",
        "X-Experience-API-Hash": sha2(content),
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in named.items() if value is not None]
    return "\r\n".join([*lines, "", ""]).encode() + content


def a_body(statements: Any, *parts: bytes, first: bytes = b"Content-Type: application/json\r\n") -> bytes:
    """The whole body."""
    text = json.dumps(statements).encode()
    mark = b"--" + BOUNDARY.encode()
    return b"\r\n".join(
        [*(mark + b"\r\n" + part for part in [first + b"\r\n" + text, *parts]), mark + b"--", b""]
    )


class Part(NamedTuple):
    headers: dict[str, str]
    content: bytes


def read_parts(body: bytes, content_type: str) -> list[Part]:
    """The parts of an answer."""
    mark = b"--" + content_type.split('boundary="')[1].rstrip('"').encode()
    before, *parts, end = body.split(mark)
    assert (before, end) == (b"", b"--\r\n")
    found = []
    for part in parts:
        head, content = part.removeprefix(b"\r\n").removesuffix(b"\r\n").split(b"\r\n\r\n", 1)
        found.append(Part(dict(line.split(": ", 1) for line in head.decode().split("\r\n")), content))
    return found
