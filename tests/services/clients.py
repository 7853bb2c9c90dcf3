"""Drives public xAPI clients of other languages: one-file drivers in node/, and pages for a browser."""

import functools
import http.server
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.services.server import Server, run_lrs

NODE = Path(__file__).parent / "node"
STRICT = "LRS_TEST_STRICT"
SECONDS = 120
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
Told = dict[str, Any]


def is_missing(problem: str) -> NoReturn:
    """Skip what cannot run here; fail where every test has to run."""
    if os.environ.get(STRICT) == "1":
        pytest.fail(f"{problem} ({STRICT} is set)")
    pytest.skip(problem)


def program(*names: str) -> str:
    """The first of these programs that is installed."""
    for name in names:
        if found := shutil.which(name):
            return found
    package = {"node": "nodejs"}.get(names[0], names[0])
    is_missing(f"{names[0]} is not installed (Debian: apt install {package})")


def install_packages() -> None:
    """What package-lock.json names, once: again only when the lock has changed since."""
    program("node")
    npm, lock, mark = program("npm"), NODE / "package-lock.json", NODE / "node_modules" / ".installed"
    if mark.exists() and mark.read_bytes() == lock.read_bytes():
        return
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=NODE, capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        is_missing(f"npm could not install the clients: {done.stderr.strip()[-500:]}")
    mark.write_bytes(lock.read_bytes())


def credential(server: Server, *options: str) -> tuple[str, str]:
    """Key and secret of another credential of a running server."""
    made = json.loads(run_lrs(server.home, "credential", "create", "--json", *options).stdout)
    return made["key"], made["secret"]


def drive(driver: str, server: Server, **more: Any) -> Told:
    """Run a driver against a server; returns what it told of each of its steps."""
    where = {"endpoint": server.endpoint, "key": server.key, "secret": server.secret, **more}
    done = subprocess.run(
        [program("node"), driver],
        cwd=NODE,
        env=os.environ | {"LRS_CLIENT": json.dumps(where)},
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert done.returncode == 0, f"{driver}: {done.stderr}"
    told: Told = json.loads(done.stdout)
    return told


class Site:
    """A web site of its own port, which serves the drivers' folder and takes what a page posts to it."""

    def __init__(self, answer: Any = None) -> None:
        self.answer = json.dumps(answer).encode()
        self.told: Told = {}
        self._has_told = threading.Event()
        handler = functools.partial(_Handler, self, directory=str(NODE))
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}/"

    def tell(self, body: bytes) -> None:
        self.told = json.loads(body or b"{}")
        self._has_told.set()

    def await_told(self) -> Told:
        assert self._has_told.wait(SECONDS), "the page told nothing"
        return self.told

    @contextmanager
    def serving(self) -> Iterator["Site"]:
        thread = threading.Thread(target=self._server.serve_forever)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()


class _Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {".mjs": "text/javascript"}

    def __init__(self, site: Site, *arguments: Any, **options: Any) -> None:
        self._site = site
        super().__init__(*arguments, **options)

    def do_POST(self) -> None:
        self._site.tell(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(self._site.answer)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Not in the tests' output."""


@contextmanager
def browsing(address: str, folder: Path) -> Iterator[None]:
    """Headless Chromium with one page open."""
    arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
    command = [program(*BROWSERS), *arguments, f"--user-data-dir={folder / 'browser'}", address]
    with (folder / "browser.log").open("wb") as log:
        browser = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        yield
    finally:
        browser.terminate()
        try:
            browser.wait(30)
        except subprocess.TimeoutExpired:
            browser.kill()
            browser.wait()
