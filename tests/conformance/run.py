"""Run an installed copy of ADL's lrs-conformance-test-suite in both versions against a server of our own.

    make conformance LRS_ADL_SUITE=folder        (the folder that has bin/console_runner.js; `npm install` done in it)
    make conformance LRS_ADL_SUITE=folder ON=postgresql

Exits with 1 when a test fails or is not run, with 2 when the suite is not there. A full log stays in the folder `logs`
of the suite.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.services.postgresql import start_postgresql
from tests.services.server import Server

VERSIONS = ("1.0.3", "2.0.0")


def main() -> int:
    suite = Path(os.environ.get("LRS_ADL_SUITE", ""))
    if not (suite / "bin" / "console_runner.js").is_file() or not (suite / "node_modules").is_dir():
        print("LRS_ADL_SUITE names no installed copy of adlnet/lrs-conformance-test-suite", file=sys.stderr)
        return 2
    print(f"suite {commit_of(suite)}")
    if sys.argv[1:] != ["postgresql"]:
        return max(run(suite, version) for version in VERSIONS)
    server = start_postgresql()
    try:
        return max(run(suite, version, server.new_database()) for version in VERSIONS)
    finally:
        server.close()


def commit_of(suite: Path) -> str:
    asked = ["git", "-C", str(suite), "rev-parse", "HEAD"]
    return subprocess.run(asked, capture_output=True, text=True).stdout.strip() or "of an unknown commit"


def run(suite: Path, version: str, database: str = "") -> int:
    """Run one version's battery against a fresh server, by default on SQLite; prints its counts, then what failed."""
    before, given = logs_of(suite), {"default_version": version, "database": database}
    with tempfile.TemporaryDirectory() as home, Server(Path(home), **given) as server:
        endpoint = f"http://127.0.0.1:{server.port}/xAPI"
        command = [
            "node",
            "bin/console_runner.js",
            "-e",
            endpoint,
            "-a",
            "-u",
            server.key,
            "-p",
            server.secret,
        ]
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([*command, "-x", version, "-z"], cwd=suite, check=False, **quiet)
    [log] = logs_of(suite) - before
    result = json.loads(log.read_text())
    passed, total = result["summary"]["passed"], result["summary"]["total"]
    print(f"xAPI {version}: {passed} of {total} tests pass", flush=True)
    for names, error in failures(result.get("log") or {}, ()):
        print(f"  {' > '.join(names)}\n    {error}")
    return 0 if passed == total > 0 else 1


def logs_of(suite: Path) -> set[Path]:
    return set((suite / "logs").glob("*.log"))


def failures(node: dict[str, Any], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """What did not pass: its titles from the outermost on, and its error."""
    names = (*above, " ".join(str(node.get("title") or node.get("name") or "").split()))
    members = node.get("tests") or []
    if not members and node.get("status", "passed") != "passed":
        yield names, str(node.get("error") or "not run")
    for member in members:
        yield from failures(member, names)


if __name__ == "__main__":
    sys.exit(main())
