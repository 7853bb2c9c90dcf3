"""The quality API as a program meets it: rows, pages, tags and refusals."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from lrs.http.parts import NAME
from lrs.settings import Settings
from projections.publish import published_folder
from projections.report.build import build_report
from projections.report.long_form import figure_rows
from projections.report.published import reading_schools
from projections.report.wording import Wording
from tests.lrs.conftest import Client
from tests.projections.web.conftest import reader, serving

QUALITY = "/api/v1/schools/north/quality"
PATHS = ["/api/v1/schools", *(f"/api/v1/schools/north/{name}" for name in ("quality", "rok", "indicators"))]


def ask(client: Client, path: str, headers: dict[str, str] | None = None, **query: Any) -> TestResponse:
    sent = {"X-Experience-API-Version": None, **(headers or {})}
    return client.send("GET", path, query_string=query or None, headers=sent)


def rows(client: Client, path: str, **query: Any) -> list[dict[str, Any]]:
    answer = ask(client, path, **query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json["rows"]
    return found


def test_schools_are_listed_with_their_years(client: Client) -> None:
    assert {"school_key": "north", "school_years": ["2024-2025", "2025-2026"]} in rows(
        client, "/api/v1/schools"
    )


def test_quality_is_what_the_report_says(client: Client, two_years: Settings) -> None:
    with reading_schools(two_years, "default") as connection:
        report = build_report(connection, "north", "2025-2026")
    assert rows(client, QUALITY, year="2025-2026") == figure_rows(report, Wording("nl"))
    assert rows(client, QUALITY, year="2025", lang="en") == figure_rows(report, Wording("en"))


def test_without_a_year_all_years_are_given(client: Client) -> None:
    for path in PATHS[1:]:
        assert {row["school_year"] for row in rows(client, path)} == {"2024-2025", "2025-2026"}
        assert {row["school_year"] for row in rows(client, path, year="2024")} == {"2024-2025"}


def test_a_withheld_figure_has_no_value_and_says_so(client: Client) -> None:
    for row in rows(client, "/api/v1/schools/few/quality"):
        if row["section"] == "inclusion":
            assert (row["state"], row["value"], row["n"]) == ("withheld", None, None)


def test_evidence_has_a_strength_and_a_sentence_in_both_languages(client: Client) -> None:
    found = rows(client, "/api/v1/schools/north/rok", year="2025")
    assert {row["indicator"] for row in found if row["expectation"] == "theme-wellbeing"} == {"none"}
    assert all(row["sentence"] and row["sentence_en"] and row["strength"] for row in found)


def test_an_indicator_has_its_value_and_trend(client: Client) -> None:
    found = rows(client, "/api/v1/schools/north/indicators", year="2025")
    (achieved,) = [row for row in found if row["indicator"] == "goals_achieved"]
    assert (achieved["value"], achieved["n"], achieved["trend"]) == (0.75, 20, 0.25)


def test_a_body_says_of_what_publication_it_is(client: Client) -> None:
    told = ask(client, "/api/v1/schools").json["publication"]
    assert (told["store"], told["small_cell"]) == ("default", 5)


@pytest.mark.parametrize("path", PATHS)
def test_csv_has_the_same_rows_by_header_and_by_parameter(client: Client, path: str) -> None:
    by_header = ask(client, path, {"Accept": "text/csv"})
    by_parameter = ask(client, path, {"Accept": "application/json"}, format="csv")
    assert by_header.content_type == "text/csv; charset=utf-8; header=present"
    assert by_header.data == by_parameter.data
    found = list(csv.DictReader(io.StringIO(by_header.text)))
    expected = rows(client, path)
    assert [tuple(row) for row in found] == [tuple(row) for row in expected]
    for name in ("value", "school_key"):
        told = [str(row[name]) if row.get(name) is not None else "" for row in expected if name in row]
        assert [row[name] for row in found if name in row] == told


def test_json_is_the_answer_unless_csv_is_preferred(client: Client) -> None:
    for accept in ("*/*", "application/json, text/csv", "image/png", "text/csv;q=0.5, */*"):
        assert ask(client, PATHS[0], {"Accept": accept}).content_type == "application/json", accept
    assert ask(client, PATHS[0]).vary.as_set() >= {"accept", "authorization"}
    assert ask(client, PATHS[0], {"Accept": "text/csv"}, format="json").is_json


@pytest.mark.parametrize("path", PATHS)
def test_pages_follow_their_links_and_together_are_everything(client: Client, path: str) -> None:
    whole, found = rows(client, path), []
    answer = ask(client, path, limit=3)
    for _ in range(len(whole)):
        assert answer.json["total"] == len(whole)
        found += answer.json["rows"]
        if "Link" not in answer.headers:
            break
        address, _, relation = answer.headers["Link"].partition(">; ")
        assert relation == 'rel="next"'
        answer = ask(client, address.lstrip("<"))
    assert found == whole


def test_the_link_keeps_the_question_and_the_prefix(two_years: Settings) -> None:
    app = serving(replace(two_years, public_url="https://school.example.org/lrs"))
    answer = ask(reader(app), QUALITY, year="2025", lang="en", limit=1, format="csv")
    expected = f"</lrs{QUALITY}?year=2025&lang=en&limit=1&format=csv&offset=1>"
    assert answer.headers["Link"].startswith(expected)
    app.extensions[NAME].database.close()


def test_past_the_last_row_there_is_an_empty_page(client: Client) -> None:
    answer = ask(client, PATHS[0], offset=1000)
    assert (answer.json["rows"], "Link" in answer.headers) == ([], False)
    assert ask(client, PATHS[0], offset=1000, format="csv").text == "school_key,school_years\r\n"


@pytest.mark.parametrize("path", PATHS)
def test_what_the_client_has_is_not_sent_again(client: Client, path: str) -> None:
    first = ask(client, path)
    tag = first.headers["ETag"]
    assert tag.startswith('"') and ask(client, path).data == first.data
    for seen in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = ask(client, path, {"If-None-Match": seen})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert ask(client, path, {"If-None-Match": '"other"'}).status_code == 200


def test_another_question_has_another_tag(client: Client) -> None:
    asked: list[tuple[str, dict[str, Any]]] = [
        (PATHS[0], {}), (QUALITY, {}), (QUALITY, {"year": "2025"}), (QUALITY, {"lang": "en"}), (QUALITY, {"limit": 1}),
        (QUALITY, {"offset": 1}), (QUALITY, {"format": "csv"}), (PATHS[2], {}), ("/api/v1/schools/few/quality", {}),
    ]  # fmt: skip
    tags = [ask(client, path, **query).headers["ETag"] for path, query in asked]
    assert len(set(tags)) == len(tags)
    assert (
        ask(client, QUALITY, year="2025-2026").headers["ETag"]
        == ask(client, QUALITY, year="2025").headers["ETag"]
    )


def test_head_answers_as_get_without_a_body(client: Client) -> None:
    head = client.send("HEAD", QUALITY, headers={"X-Experience-API-Version": None})
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == ask(client, QUALITY).headers["ETag"]


@pytest.mark.parametrize("path", PATHS)
def test_without_credentials_it_is_401_and_without_the_scope_403(app: Flask, path: str) -> None:
    assert app.test_client().get(path).status_code == 401
    refused = ask(reader(app, "statements/read", "profile"), path)
    assert refused.status_code == 403 and "quality/read" in refused.json["error"]
    for scope in ("quality/read", "all/read", "all"):
        assert ask(reader(app, scope), path).status_code == 200


def test_the_scope_opens_nothing_of_xapi(client: Client) -> None:
    assert client.send("GET", "/xAPI/statements").status_code == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(client: Client, method: str) -> None:
    assert client.send(method, PATHS[0], {}).status_code == 405


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (PATHS[0], {"limit": "0"}), (PATHS[0], {"limit": "5001"}), (PATHS[0], {"limit": "x"}),
        (PATHS[0], {"offset": "-1"}), (PATHS[0], {"offset": "9" * 40}), (PATHS[0], {"format": "xml"}),
        (PATHS[0], {"year": "2025"}), (PATHS[0], {"nobody": "1"}), (QUALITY, {"year": "last"}),
        (QUALITY, {"year": "2025-2027"}), (QUALITY, {"year": ""}), (QUALITY, {"lang": "fr"}),
        (PATHS[2], {"lang": "en"}),
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_named(client: Client, path: str, wrong: dict[str, str]) -> None:
    answer = ask(client, path, **wrong)
    assert answer.status_code == 400
    assert answer.json["path"] == f"?{next(iter(wrong))}"


def test_a_parameter_that_is_given_twice_is_refused(client: Client) -> None:
    assert ask(client, f"{QUALITY}?year=2025&year=2024").status_code == 400


def test_an_unknown_school_or_year_is_404_and_says_which_there_are(client: Client) -> None:
    nowhere = ask(client, "/api/v1/schools/nowhere/rok")
    assert nowhere.status_code == 404 and "north" in nowhere.json["error"]
    never = ask(client, QUALITY, year="1999")
    assert never.status_code == 404 and "2024-2025, 2025-2026" in never.json["error"]
    for path in ("/api/v1", "/api/v1/schools/north", "/api/v1/schools/north/nothing"):
        assert ask(client, path).status_code == 404


def test_a_school_whose_key_is_an_address_can_be_asked_for(client: Client) -> None:
    for key in ("https://school.example/1", "https:%2F%2Fschool.example%2F1"):
        answer = ask(client, f"/api/v1/schools/{key}/rok")
        assert answer.status_code == 404 and "https://school.example/1" in answer.json["error"]


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Flask]:
    """An LRS in a home where nothing was published."""
    app = serving(Settings(home=tmp_path))
    yield app
    app.extensions[NAME].database.close()


@pytest.mark.parametrize("path", PATHS)
def test_nothing_published_is_503_and_says_how_to_publish(bare: Flask, path: str) -> None:
    answer = ask(reader(bare), path)
    assert answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0
    assert "lrs publish" in answer.json["error"] and answer.json["rule"] == "nothing-published"
    assert ask(reader(bare), path, limit="0").status_code == 400


def test_a_credential_sees_the_publication_of_its_own_store(app: Flask) -> None:
    answer = ask(reader(app, store="elsewhere"), PATHS[0])
    assert answer.status_code == 503 and "elsewhere" in answer.json["error"]


def test_a_file_that_is_no_publication_is_503(bare: Flask) -> None:
    folder = published_folder(bare.extensions[NAME].settings, "default")
    folder.mkdir(parents=True)
    (folder / "schools.duckdb").write_bytes(b"no database at all")
    answer = ask(reader(bare), PATHS[0])
    assert answer.status_code == 503 and answer.json["rule"] == "publication-unusable"
