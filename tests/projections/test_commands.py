"""`lrs project`, `lrs publish` and `lrs query` as a data engineer meets them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lrs.cli import lrs
from projections import cli
from projections.query_command import query

for _name, _command in (("project", cli.project), ("publish", cli.publish), ("query", query)):
    lrs.add_command(_command, _name)

EXAMPLE = Path(__file__).parents[1] / "worked_example" / "statements.ndjson"


class Shell:
    def __init__(self, home: Path) -> None:
        self.runner = CliRunner(env={"LRS_HOME": str(home), "LRS_PUBLISH_PARQUET": "no"})

    def __call__(self, *arguments: str, status: int = 0) -> Result:
        done = self.runner.invoke(lrs, arguments)
        assert done.exit_code == status, f"{done.output}{done.exception!r}"
        return done


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "home")


def test_before_anything_is_there_each_command_says_what_to_do(shell: Shell) -> None:
    assert "lrs project run" in shell("project", "status").output
    assert json.loads(shell("project", "status", "--json").output) == []
    assert "send a statement" in shell("publish", status=1).output
    assert "lrs up" in shell("query", "select 1", status=1).output
    shell("project", "run", "--once")


def test_from_a_file_to_an_answer(shell: Shell) -> None:
    shell("import", str(EXAMPLE))
    assert "all 312 positions folded" in shell("project", "run", "--once").output
    assert "published position 312" in shell("publish").output
    rows = json.loads(shell("query", "select count(*) as n from goal_progress", "--json").output)
    assert rows[0]["n"] > 30
    assert shell("query", "select 1 as a, 'x' as b", "--csv").output.splitlines() == ["a,b", "1,x"]
    assert "goal_progress" in shell("query", "show tables").output
    assert "Error" in shell("query", "select nonsense", status=1).output
    told = json.loads(shell("project", "status", "--json").output)[0]
    assert (told["position"], told["head"], told["lag_events"], told["error"]) == (312, 312, 0, None)
    assert {p["name"] for p in told["projections"]} >= {"goal_progress", "attainment"}


def test_one_projection_or_everything_is_made_anew(shell: Shell) -> None:
    shell("import", str(EXAMPLE))
    shell("project", "run", "--once")
    made = shell("project", "rebuild", "peak_hour").output
    assert made.startswith("made peak_hour, indicator, ")
    assert "self_regulation" in made
    assert "rebuilt everything from 312 events" in shell("project", "rebuild").output
    assert "lrs project status" in shell("project", "rebuild", "no_such", status=2).output
    assert "rebuild everything" in shell("project", "rebuild", "logged_statement", status=1).output


def test_every_command_has_help_with_an_example() -> None:
    for command in (cli.project, *cli.project.commands.values(), cli.publish, query):
        assert "Example:" in CliRunner().invoke(command, ["--help"]).output
