"""`lrs import`: statements from files, through the same checks and the same transaction as over HTTP."""

import hashlib
import json
import sys
import uuid
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from lrs.cli.attachment_files import FolderContents
from lrs.cli.progress import progress_over
from lrs.cli.settings_of import parts_of_environment
from lrs.cli.statement_files import BrokenArray, Item, read_items
from lrs.commands.prepare_statements import Prepared, Sender, prepare
from lrs.commands.store_statements import store_statements
from lrs.credential.credentials import DEFAULT_STORE, DEFINING, Credential, list_credentials
from lrs.http.parts import Parts
from lrs.statement.check import InvalidStatement
from lrs.statement.json_text import InvalidJson, ParsedStatement, parse_statements

BATCH = 500
# Ids of statements that came without one are derived from their text, so that a second run stores nothing twice.
_IDS = uuid.UUID("5b1a7d0e-0c57-4f39-9b0a-6d6f0f2f6a11")
# All scopes, as the command line has: what it says of activities counts, live as after a reindex.
OPERATOR = Credential("operator", DEFAULT_STORE, frozenset(("all",)), "the command line", 0, None)


@click.command("import")
@click.argument("files", nargs=-1, required=True)
@click.option("--store", default=DEFAULT_STORE, show_default=True, help="The controller's store.")
@click.option("--as", "key", help="Store under the authority of this credential; default: the operator's.")
@click.option("--strict", is_flag=True, help="Stop at the first statement that is refused.")
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False),
    help="Where refused statements go; default: FILE.rejects.ndjson",
)
@click.option(
    "--attachments",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of `lrs export --attachments`; then an attachment needs content in it or a fileUrl.",
)
def import_statements(
    files: tuple[str, ...],
    store: str,
    key: str | None,
    strict: bool,
    rejects: str | None,
    folder: Path | None,
) -> None:
    """Import statements from FILES: NDJSON or a JSON array, plain or .gz, - for stdin.

    A second run stores nothing twice, so an interrupted one is simply started again. A refused statement is reported
    with its line, goes to a rejects file with the reason, and does not stop the others; the exit status is then 3.

    \b
    Example:
      lrs import statements.ndjson.gz
      zcat part-*.gz | lrs import - --strict
      lrs import everything.ndjson.gz --attachments contents
    """
    shared = parts_of_environment()
    sender = sender_of(shared, store, key)
    refused = 0
    for path in files:
        target = Path(rejects or ("stdin" if path == "-" else path) + ".rejects.ndjson")
        run = Import(shared, sender, strict, target, FolderContents(folder) if folder else None)
        try:
            with progress_over(path, None) as at:
                _run(run, path, at)
        except OSError as error:
            raise click.ClickException(f"{path}: {error.strerror or error}") from error
        finally:
            run.close()
        click.echo(run.summary(path))
        refused += run.refused
    if refused:
        sys.exit(3)


def _run(run: "Import", path: str, at: Any) -> None:
    try:
        for item in read_items(path):
            run.take(item)
            at(item.number)
        run.flush()
    except BrokenArray as error:
        run.flush()
        raise click.ClickException(f"{path}: {error}") from error


def sender_of(shared: Parts, store: str, key: str | None) -> Sender:
    """Who stores: the credential with this key, else the operator. Raises UsageError for a key the store lacks."""
    found = OPERATOR
    if key is not None:
        known = {c.key: c for c in list_credentials(shared.database)}
        if key not in known or known[key].store != store:
            raise click.UsageError(f"store {store} has no credential {key}; lrs credential list")
        found = known[key]
    home_page = shared.settings.endpoint.removesuffix("/xAPI")
    authority = found.authority(home_page)
    authority_key = shared.keys.key(json.loads(authority))
    return Sender(store, found.key, authority, authority_key, found.profile_check, found.may(*DEFINING))


@dataclass
class Import:
    """One file on its way in."""

    shared: Parts
    sender: Sender
    strict: bool
    rejects: Path
    attachments: FolderContents | None = None
    stored: int = 0
    equal: int = 0
    refused: int = 0
    _batch: dict[str, tuple[Item, Prepared]] = field(default_factory=dict)
    _texts: Counter[bytes] = field(default_factory=Counter)
    _rejects_file: Any = None

    def take(self, item: Item) -> None:
        """Check one statement and put it into the batch; a full batch is stored."""
        try:
            prepared = self._prepare(item)
        except (InvalidJson, InvalidStatement) as error:
            self._refuse(item, {"error": error.message, "rule": error.rule, "path": error.path})
            return
        if prepared.statement_id in self._batch:
            self.flush()  # the second of an id meets the first one in the log, equal or not
        self._batch[prepared.statement_id] = (item, prepared)
        if len(self._batch) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Store the batch in one transaction."""
        if not self._batch:
            return
        waiting = list(self._batch.values())
        self._batch.clear()
        outcome = store_statements(
            self.shared.writer, [p for _, p in waiting], skip_conflicts=True, contents=self.attachments or {}
        )
        self.stored += len(outcome.stored)
        self.equal += len(outcome.equal)
        for i in sorted(set(range(len(waiting))) - set(outcome.stored) - set(outcome.equal)):
            problem = "a different statement is stored under this id"
            self._refuse(waiting[i][0], {"error": problem, "rule": "statement-immutable", "path": "$.id"})

    def _prepare(self, item: Item) -> Prepared:
        body = item.text if isinstance(item.text, bytes) else item.text.encode()
        parsed, is_array = parse_statements(body.strip(), self.shared.settings.max_json_depth)
        if is_array:
            raise InvalidStatement("a line holds one statement", path="$", rule="one-a-line", spec="")
        one = parsed[0]
        version = "2.0.0" if str(one.value.get("version", "")).startswith("2") else "1.0.3"
        own = None if "id" in one.value else self._derived_id(one)
        return prepare(
            one, version=version, sender=self.sender, keys=self.shared.keys, profiles=self.shared.profiles,
            statement_id=own, contents=self.attachments,
        )  # fmt: skip

    def _derived_id(self, statement: ParsedStatement) -> str:
        digest = hashlib.sha256(statement.text.encode()).digest()
        self._texts[digest] += 1  # the same text twice in a file is two experiences
        return str(uuid.uuid5(_IDS, f"{self.sender.store}:{digest.hex()}:{self._texts[digest]}"))

    def _refuse(self, item: Item, reason: dict[str, Any]) -> None:
        self.refused += 1
        click.echo(f"line {item.number}: {reason['path']}: {reason['error']}", err=True)
        if self._rejects_file is None:
            self._rejects_file = self.rejects.open("w")
        text = item.text.decode("utf-8", "backslashreplace") if isinstance(item.text, bytes) else item.text
        self._rejects_file.write(
            json.dumps({"line": item.number, **reason, "statement": text.strip()}) + "\n"
        )
        if self.strict:
            self.flush()
            raise click.ClickException(
                f"stopped at line {item.number} (--strict); {self.stored} stored before it"
            )

    def close(self) -> None:
        if self._rejects_file is not None:
            self._rejects_file.close()

    def summary(self, path: str) -> str:
        told = f"{path}: {self.stored} stored, {self.equal} were there already, {self.refused} refused"
        return told + (f" (see {self.rejects})" if self.refused else "")
