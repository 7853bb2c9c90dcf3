"""The `lrs` command as an operator meets it."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from lrs.cli import lrs
from lrs.event_log.database import open_database
from lrs.http.lenient import FORGIVEN
from lrs.index.activities import read_definitions
from tests.lrs.conftest import a_statement, an_id
from tests.lrs.installation import Installation


class Shell:
    def __init__(self, home: Path, database: str = "") -> None:
        self.home, self.database = home, database or f"sqlite:///{home / 'leerspoor.sqlite'}"
        self.runner = CliRunner(env={"LRS_HOME": str(home), "LRS_DATABASE": database})

    def __call__(self, *arguments: str, status: int = 0, given: str | bytes | None = None) -> Result:
        done = self.runner.invoke(lrs, arguments, input=given)
        assert done.exit_code == status, f"{done.output}{done.exception!r}"
        return done


@pytest.fixture
def shell(tmp_path: Path, installation: Installation) -> Shell:
    home = tmp_path / "home"
    return Shell(home, installation.database(home, migrated=False))


def lines(*statements: Any) -> str:
    return "".join((s if isinstance(s, str) else json.dumps(s)) + "\n" for s in statements)


def exported(shell: Shell, *options: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in shell("export", *options).stdout.splitlines()]


def test_every_command_has_help_with_an_example() -> None:
    def walk(command: Any, path: str) -> None:
        text = CliRunner().invoke(command, ["--help"]).output
        assert "Example:" in text, f"{path} has no example"
        for name, child in getattr(command, "commands", {}).items():
            walk(child, f"{path} {name}")

    walk(lrs, "lrs")


def test_an_import_and_an_export_round_trip(shell: Shell, tmp_path: Path) -> None:
    given = [a_statement(id=an_id(), timestamp="2026-01-01T10:00:00Z") for _ in range(3)]
    (tmp_path / "s.ndjson").write_text(lines(*given))
    assert "3 stored" in shell("import", str(tmp_path / "s.ndjson")).output
    out = exported(shell)
    assert [s["id"] for s in out] == [s["id"] for s in given]
    other = Shell(tmp_path / "other")
    other("import", "-", given=lines(*out))
    again = exported(other)
    for a, b in zip(out, again, strict=True):
        assert {k: v for k, v in a.items() if k not in ("stored", "authority")} == {
            k: v for k, v in b.items() if k not in ("stored", "authority")
        }
    assert len(exported(shell, "--from", "2", "--to", "2")) == 1


@pytest.mark.parametrize("form", ["ndjson", "array", "gzip", "array over lines"])
def test_each_form_of_file_is_read(shell: Shell, tmp_path: Path, form: str) -> None:
    given = [a_statement(id=an_id()) for _ in range(1200)]
    path = tmp_path / "s"
    if form == "ndjson":
        path.write_text(lines(*given))
    elif form == "gzip":
        path.write_bytes(gzip.compress(lines(*given).encode()))
    else:
        path.write_text(json.dumps(given, indent=2 if "lines" in form else None))
    assert "1200 stored" in shell("import", str(path)).output


def test_a_second_import_stores_nothing_twice_ids_or_not(shell: Shell) -> None:
    without = a_statement(timestamp="2026-01-01T10:00:00Z")
    text = lines(without, without, a_statement(id=an_id()))
    assert "3 stored, 0 were there" in shell("import", "-", given=text).output
    assert "0 stored, 3 were there" in shell("import", "-", given=text).output
    assert len(exported(shell)) == 3


def test_a_bad_statement_is_reported_with_its_line_and_does_not_stop_the_rest(
    shell: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "s.ndjson"
    path.write_text(
        lines(a_statement(id=an_id()), "{broken", a_statement(verb={"id": "x"}), a_statement(id=an_id()))
    )
    done = shell("import", str(path), status=3)
    assert "2 stored, 0 were there already, 2 refused" in done.output
    assert "line 2" in done.stderr
    assert "line 3: $.verb" in done.stderr
    rejects = [json.loads(line) for line in Path(f"{path}.rejects.ndjson").read_text().splitlines()]
    assert [r["line"] for r in rejects] == [2, 3]
    assert rejects[0]["statement"] == "{broken"
    assert rejects[1]["rule"]


def test_a_conflict_is_a_reject_too(shell: Shell, tmp_path: Path) -> None:
    first = a_statement(id=an_id())
    path = tmp_path / "s.ndjson"
    path.write_text(lines(first, a_statement(id=first["id"], result={"success": True}), a_statement()))
    assert "2 stored, 0 were there already, 1 refused" in shell("import", str(path), status=3).output


def test_strict_stops_at_the_first_bad_statement(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "s.ndjson"
    path.write_text(lines(a_statement(), "{broken", a_statement()))
    assert "line 2" in shell("import", str(path), "--strict", status=1).output
    assert len(exported(shell)) == 1


def test_a_missing_file_and_an_open_array_are_named(shell: Shell, tmp_path: Path) -> None:
    assert "No such file" in shell("import", str(tmp_path / "none"), status=1).output
    (tmp_path / "open.json").write_text("[" + json.dumps(a_statement()) + ",")
    assert "not closed" in shell("import", str(tmp_path / "open.json"), status=1).output
    assert len(exported(shell)) == 1


def test_credentials_are_made_listed_and_revoked(shell: Shell) -> None:
    assert "none yet" in shell("credential", "list").output
    made = json.loads(
        shell("credential", "create", "--label", "Moodle", "--scope", "statements/write", "--json").output
    )
    assert set(made) == {"key", "secret", "scopes", "store", "profile_check", "lenient"}
    assert json.loads(shell("credential", "list", "--json").output)[0]["label"] == "Moodle"
    assert made["secret"] not in shell("credential", "list").output
    shell("credential", "revoke", made["key"])
    assert "revoked" in shell("credential", "list").output
    shell("credential", "revoke", made["key"], status=1)
    shell("credential", "create", "--scope", "everything", status=2)


def test_how_a_credential_is_held_to_profiles_can_be_said_and_changed(shell: Shell) -> None:
    made = json.loads(shell("credential", "create", "--profile-check", "enforce", "--json").output)
    assert made["profile_check"] == "enforce"
    shell("credential", "set", made["key"], "--profile-check", "off")
    [listed] = json.loads(shell("credential", "list", "--json").output)
    assert listed["profile_check"] == "off"
    shell("credential", "set", "nobody", "--profile-check", "off", status=1)
    shell("credential", "set", made["key"], "--profile-check", "sometimes", status=2)


def test_a_credential_is_strict_until_it_is_made_lenient_and_strict_again(shell: Shell) -> None:
    key = json.loads(shell("credential", "create", "--json").output)["key"]

    def is_lenient() -> bool:
        return bool(json.loads(shell("credential", "list", "--json").output)[0]["lenient"])

    assert not is_lenient()
    assert f"{key}: lenient;" in shell("credential", "set", key, "--lenient").output
    assert is_lenient()
    assert (
        "enforce, strict;" in shell("credential", "set", key, "--profile-check", "enforce", "--strict").output
    )
    assert not is_lenient()
    shell("credential", "set", key, "--profile-check", "off")
    assert "off" in shell("credential", "list").output
    assert "lenient" in shell("credential", "set", key, status=2).output
    assert json.loads(shell("credential", "create", "--lenient", "--json").output)["lenient"]


def test_the_help_says_what_is_forgiven_and_for_whom(shell: Shell) -> None:
    said = " ".join(shell("credential", "set", "--help").output.split())
    for quirk in FORGIVEN:
        assert " ".join(quirk.forgiven.split()[:6]) in said


def test_what_an_import_says_of_activities_counts_live_as_after_a_reindex(shell: Shell) -> None:
    named = {"id": "https://example.org/1", "definition": {"name": {"nl": "Breuken"}}}
    shell("import", "-", given=lines(a_statement(id=an_id(), object=named)))
    for _ in range(2):
        database = open_database(shell.database)
        with database.reading() as connection:
            assert read_definitions(connection, "default", [named["id"]]) == {
                named["id"]: named["definition"]
            }
        database.close()
        shell("reindex")


def test_an_import_is_held_to_profiles_as_its_credential_says(shell: Shell) -> None:
    verb = {"id": "http://id.tincanapi.com/verb/estimated-duration"}
    given = lines(
        a_statement(id=an_id(), verb=verb), a_statement(id=an_id(), verb=verb, result={"duration": "PT1H"})
    )
    key = json.loads(shell("credential", "create", "--profile-check", "enforce", "--json").output)["key"]
    done = shell("import", "-", "--as", key, "--rejects", str(shell.home / "rejects"), given=given, status=3)
    assert "1 stored, 0 were there already, 1 refused" in done.output
    assert "line 1: $.result.duration: is missing" in done.stderr
    assert "1 stored, 1 were there already" in shell("import", "-", given=given).output


def test_the_log_is_shown_and_verified(shell: Shell) -> None:
    assert "no event" in shell("log", "show").stderr
    shell("import", "-", given=lines(*[a_statement(id=an_id()) for _ in range(5)]))
    shown = [
        json.loads(line)
        for line in shell("log", "show", "--from", "2", "--limit", "2", "--payload").stdout.splitlines()
    ]
    assert [e["position"] for e in shown] == [2, 3]
    assert shown[0]["payload"]["actor"] == a_statement()["actor"]
    assert "5 events, 0 faults" in shell("log", "verify").output


def test_migrate_and_reindex_say_what_they_did(shell: Shell) -> None:
    assert "migration 0001" in shell("migrate").output
    assert "nothing to do" in shell("migrate").output
    shell("import", "-", given=lines(a_statement()))
    assert "1 events" in shell("reindex").output


def test_people_are_linked_by_their_agents(shell: Shell) -> None:
    an, account = (
        '{"mbox":"mailto:an@example.org"}',
        '{"account":{"homePage":"https://p.example.org","name":"4711"}}',
    )
    assert "position 1" in shell("person", "link", an, account).output
    shell("person", "link", an, status=2)
    shell("person", "link", an, "{}", status=2)


def test_settings_are_listed_without_the_secret(shell: Shell) -> None:
    shell.runner.env["LRS_AGENT_KEY_SECRET"] = "very secret"
    told = shell("settings").output
    assert "LRS_PORT" in told
    assert "very secret" not in told


def test_settings_are_listed_without_what_is_secret() -> None:
    given = {"LRS_DATABASE": "postgresql://me:hunter2@db/leerspoor", "LRS_AGENT_KEY_SECRET": "hunter3"}
    told = CliRunner(env=given).invoke(lrs, ["settings"]).output
    assert "postgresql://me:***@db/leerspoor" in told
    assert "hunter" not in told
