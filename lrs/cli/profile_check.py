"""`lrs profile check`: which template each statement matches, and which rules it breaks."""

import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import orjson

from lrs.cli.progress import progress_over
from lrs.cli.settings_of import settings_of_environment
from lrs.cli.statement_files import BrokenArray, Item, read_items
from lrs.profile.explain import Explanation, explain
from lrs.profile.files import read_profiles
from lrs.profile.pattern import Outcome
from lrs.profile.profiles import Profiles
from lrs.profile.sequences import Sequences, Story
from lrs.statement.check import check_statement
from lrs.statement.invalid import InvalidStatement
from lrs.statement.json_text import InvalidJson, parse_statements

more_profiles = click.option(
    "--profile",
    "more",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Another xAPI Profile, a JSON-LD file; may be given again. Beside those of LRS_PROFILES.",
)


@click.command()
@click.argument("statements", nargs=-1, required=True, metavar="FILE...")
@more_profiles
@click.option(
    "--hold-all", is_flag=True, help="Hold statements to other profiles even if they do not name them."
)
@click.option("--only-broken", is_flag=True, help="Leave out the statements that break nothing.")
@click.option(
    "--patterns", is_flag=True, help="Also say which patterns the statements of each registration follow."
)
@click.option(
    "--json", "as_json", is_flag=True, help="For scripts: a JSON object a line, the last one the summary."
)
def check(
    statements: tuple[str, ...],
    more: tuple[Path, ...],
    hold_all: bool,
    only_broken: bool,
    patterns: bool,
    as_json: bool,
) -> None:
    """Say of each statement in FILES which template it matches and which rules it breaks.

    FILES are NDJSON or a JSON array, plain or .gz, - for stdin. Every statement is held to our own profile; to another
    one if it names that one, or a version of it, in its category activities. The exit status is 1 when a rule is
    broken or a statement is not valid xAPI.

    \b
    Example:
      lrs profile check statements.ndjson.gz --only-broken
      lrs profile check player.json --profile video.jsonld --json
    """
    profiles = read_profiles(settings_of_environment().profiles, more, all_of_them=hold_all)
    run = Check(profiles, as_json, only_broken, Sequences(profiles) if patterns else None)
    for path in statements:
        _read(run, path)
    run.end()
    if run.invalid or run.broken:
        sys.exit(1)


def _read(run: "Check", path: str) -> None:
    try:
        with progress_over(path, None) as at:
            for item in read_items(path):
                run.take(path, item)
                at(item.number)
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror or error}") from error
    except BrokenArray as error:
        raise click.ClickException(f"{path}: {error}") from error


@dataclass
class Check:
    """One run over one or several files, and what came of it."""

    profiles: Profiles
    as_json: bool
    only_broken: bool
    sequences: Sequences | None
    statements: int = 0
    invalid: int = 0
    broken: int = 0
    unmatched: int = 0
    _matched: Counter[str] = field(default_factory=Counter)
    _rules: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def take(self, path: str, item: Item) -> None:
        """Check one statement and tell what was found."""
        self.statements += 1
        try:
            statement = _parsed(item)
        except (InvalidJson, InvalidStatement) as error:
            self.invalid += 1
            self._tell_invalid(path, item, error)
            return
        found = explain(self.profiles, statement)
        self._count(found)
        if self.sequences is not None:
            self.sequences.take(statement, found.findings)
        if found.is_broken or not self.only_broken:
            self._tell(path, item, statement, found)

    def _count(self, found: Explanation) -> None:
        self.broken += found.is_broken
        self.unmatched += not any(finding.of in self.profiles.templates for finding in found.findings)
        for finding in found.findings:
            self._matched[finding.of] += 1
            self._rules[finding.of].update(broken.rule for broken in finding.broken)

    def _tell_invalid(self, path: str, item: Item, error: InvalidJson | InvalidStatement) -> None:
        if self.as_json:
            problem = {"error": error.message, "rule": error.rule, "path": error.path}
            _line({"file": path, "line": item.number, "invalid": problem})
        else:
            click.echo(f"{path}:{item.number}: not valid xAPI: {error.path}: {error.message}")

    def _tell(self, path: str, item: Item, statement: dict[str, Any], found: Explanation) -> None:
        if self.as_json:
            findings = [
                {"of": of, "broken": [each._asdict() for each in broken]} for of, broken in found.findings
            ]
            near = [{"template": template, "missing": missing} for template, missing in found.near]
            _line(
                {
                    "file": path,
                    "line": item.number,
                    "id": statement.get("id"),
                    "findings": findings,
                    "near": near,
                }
            )
            return
        names = ", ".join(of for of, _ in found.findings) or "no template"
        click.echo(f"{path}:{item.number}: {names}")
        for _, broken in found.findings:
            for each in broken:
                click.echo(f"    {each.path} {each.message}  [{each.rule}]")
        for template, missing in found.near:
            click.echo(f"    not {template}: {'; '.join(missing)}")

    def end(self) -> None:
        """Tell the patterns and the summary."""
        stories = list(self.sequences.stories()) if self.sequences is not None else []
        for story in stories:
            self._tell_story(story)
        if self.as_json:
            _line({"summary": self._summary()})
        else:
            click.echo("\n".join(self._table()))

    def _tell_story(self, story: Story) -> None:
        if self.as_json:
            _line({**story._asdict(), "outcome": story.outcome.name.lower()})
        elif story.outcome is not Outcome.SUCCESS or not self.only_broken:
            named = " ".join(filter(None, (story.registration, story.subregistration)))
            of = ", ".join(story.patterns) or f"any pattern of {story.profile}"
            click.echo(f"registration {named}: {story.statements} statements: {story.outcome.value} {of}")

    def _summary(self) -> dict[str, Any]:
        templates = [
            {"of": of, "statements": count, "rules": dict(self._rules[of])}
            for of, count in self._matched.most_common()
        ]
        return {
            "statements": self.statements,
            "invalid": self.invalid,
            "broken": self.broken,
            "unmatched": self.unmatched,
            "templates": templates,
        }

    def _table(self) -> list[str]:
        lines = ["", f"{'statements':>10}  {'broken':>7}  template or extension"]
        for of, count in self._matched.most_common():
            rules = self._rules[of]
            lines.append(f"{count:>10}  {'':>7}  {of}")
            lines += [f"{'':>10}  {times:>7}    {rule}" for rule, times in rules.most_common()]
        lines.append(f"{self.unmatched:>10}  {'':>7}  no template")
        if self.invalid:
            lines.append(f"{self.invalid:>10}  {'':>7}  not valid xAPI")
        return [*lines, f"{self.statements:>10}  {self.broken:>7}  all"]


def _parsed(item: Item) -> dict[str, Any]:
    body = item.text if isinstance(item.text, bytes) else item.text.encode()
    parsed, is_array = parse_statements(body.strip())
    if is_array:
        raise InvalidStatement("a line holds one statement", path="$", rule="one-a-line", spec="")
    statement = parsed[0].value
    check_statement(statement, "2.0.0" if str(statement.get("version", "")).startswith("2") else "1.0.3")
    return statement


def _line(value: dict[str, Any]) -> None:
    click.echo(orjson.dumps(value).decode())
