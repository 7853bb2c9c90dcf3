"""Query parameters of the quality API. Each reader raises Refused 400 that names the parameter."""

import re
from dataclasses import dataclass

from flask import request

from lrs.http.parameters import check_known, wrong
from projections.report.published import written_year
from projections.report.words import LANGUAGES

SPEC = "openapi.json"
FORMATS = ("json", "csv")
PAGED = ("limit", "offset", "format")
LIMIT, MOST = 500, 5000
_MEDIA = {"application/json": "json", "text/csv": "csv"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks: which rows, in which form and language. `year` is written as in the tables."""

    limit: int
    offset: int
    form: str
    year: str | None = None
    language: str = LANGUAGES[0]


def read_asked(*known: str) -> Asked:
    """The parameters of this request, which may have those of a page and those that are named here."""
    check_known(request.args, {*PAGED, *known}, SPEC)
    return Asked(
        _number("limit", LIMIT, 1, MOST),
        _number("offset", 0, 0, 2**53),
        _form(),
        _year(),
        _one_of("lang", LANGUAGES) or LANGUAGES[0],
    )


def _number(name: str, default: int, least: int, most: int) -> int:
    text = request.args.get(name, str(default))
    if not re.fullmatch("[0-9]{1,16}", text) or not least <= int(text) <= most:
        raise wrong(name, f"takes a whole number from {least} to {most}", SPEC)
    return int(text)


def _form() -> str:
    """As the parameter `format` says, else as the Accept header does; JSON when neither does."""
    best = request.accept_mimetypes.best_match(list(_MEDIA), "application/json")
    return _one_of("format", FORMATS) or _MEDIA[best]


def _year() -> str | None:
    text = request.args.get("year")
    if text is None:
        return None
    year = written_year(text)
    if not re.fullmatch("[0-9]{4}-[0-9]{4}", year) or int(year[:4]) + 1 != int(year[5:]):
        raise wrong("year", "takes a school year such as 2025-2026 or 2025", SPEC)
    return year


def _one_of(name: str, words: tuple[str, ...]) -> str | None:
    text = request.args.get(name)
    if text is not None and text not in words:
        raise wrong(name, f"takes {' or '.join(words)}", SPEC)
    return text
