"""The deploy files speak of settings and commands that there are."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest

from lrs.cli import lrs
from lrs.settings import SECRETS, Settings, variable
from projections import cli, query_command
from tests.deploy.conftest import DEPLOY, documents, manifests

# The examples read what is published, and have a variable of their own.
READ = (path for path in sorted(DEPLOY.rglob("*")) if "examples" not in path.parts and path.is_file())
FILES = [path for path in READ if path.suffix not in (".json", ".sql")]
KNOWN = {variable(each.name) for each in fields(Settings)} | {f"{variable(each)}_FILE" for each in SECRETS}
# Joined by the entry points of installed packages.
COMMANDS: dict[str, click.Command] = {
    **lrs.commands,
    "project": cli.project,
    "publish": cli.publish,
    "query": query_command.query,
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(DEPLOY)))
def test_every_setting_that_is_named_is_one(path: Path) -> None:
    named = set(re.findall(r"\bLRS_[A-Z_]+\b", path.read_text("utf-8")))
    assert named <= KNOWN, sorted(named - KNOWN)


def started() -> Iterator[tuple[str, list[str]]]:
    """What is started, as (where, arguments of `lrs`)."""
    for path in sorted((DEPLOY / "systemd").glob("*.service")):
        for line in re.findall(r"/opt/leerspoor/bin/lrs ([^'\n]+)", path.read_text("utf-8")):
            yield path.name, line.split()
    for path in sorted(DEPLOY.glob("compose*.yml")):
        [compose] = documents(path)
        for name, service in compose["services"].items():
            if service["image"] == "leerspoor":
                yield f"{path.name} {name}", service["command"]
    for each in manifests():
        for container in containers(each):
            yield f"kubernetes {each['metadata']['name']}", container["args"]
    [last] = re.findall(r'^CMD \["(.*)"\]$', (DEPLOY / "Dockerfile").read_text("utf-8"), re.M)
    yield "Dockerfile", last.split('", "')


def containers(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    pod = manifest.get("spec", {}).get("template", {}).get("spec", {})
    return list(pod.get("containers", []))


STARTED = list(started())


@pytest.mark.parametrize(("where", "arguments"), STARTED, ids=[where for where, _ in STARTED])
def test_every_command_that_is_started_is_one(where: str, arguments: list[str]) -> None:
    command: click.Command = lrs
    rest = list(arguments)
    while rest and isinstance(command, click.Group):
        found = COMMANDS.get(rest[0]) if command is lrs else command.commands.get(rest[0])
        assert found is not None, f"{where}: lrs {shlex.join(arguments)}"
        command, rest = found, rest[1:]
    options = {name for parameter in command.params for name in parameter.opts}
    assert {each for each in rest if each.startswith("--")} <= options, where


def test_the_example_of_settings_shows_the_defaults() -> None:
    """What is commented out is what holds without it, but for what has no default that could be shown."""
    lines = (DEPLOY / "leerspoor.env.example").read_text("utf-8").splitlines()
    shown = dict(line.removeprefix("# ").split("=", 1) for line in lines if re.match(r"# LRS_[A-Z_]+=", line))
    no_default = {"LRS_HOME", "LRS_PROJECTOR_METRICS", "LRS_DATABASE", "LRS_MIGRATE_ON_START", "LRS_KAFKA"}
    defaults = {variable(each.name): _written(each.default) for each in fields(Settings)}
    assert {name: value for name, value in shown.items() if name not in no_default} == {
        name: defaults[name] for name in shown if name not in no_default
    }


def _written(default: object) -> str:
    return str(default).lower() if isinstance(default, bool) else str(default)


def test_every_file_is_told_of_in_the_readme() -> None:
    told = (DEPLOY / "README.md").read_text("utf-8")
    for path in DEPLOY.iterdir():
        assert f"`{path.name}{'/' if path.is_dir() else ''}`" in told or path.name == "README.md", path.name
