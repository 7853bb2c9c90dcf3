"""`lrs up`: one command, the whole journey, stopped and started again, and killed."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from lrs.settings import Settings
from projections.status import read_statuses
from tests.lrs.conftest import a_statement
from tests.services.server import Server, a_free_port, environment, run_lrs

pytestmark = pytest.mark.services

GOAL = {
    "id": "https://example.org/goals/fractions",
    "definition": {"type": "http://id.tincanapi.com/activitytype/goal"},
}


def a_goal(name: str) -> dict[str, Any]:
    verb = {"id": "https://w3id.org/xapi/tla/verbs/planned"}
    return a_statement(actor={"mbox": f"mailto:{name}@example.org"}, verb=verb, object=GOAL)


def wait_for(what: str, seconds: float = 30.0, **options: Any) -> Any:
    """Poll a callable until it gives something true."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := options["until"]():
            return found
        time.sleep(0.2)
    raise AssertionError(f"{what}: not within {seconds} s")


def position(home: Path) -> int:
    """Of the only store; asked in this process, since a command would slow down what is waited for."""
    return max((int(told["position"]) for told in read_statuses(Settings(home=home))), default=0)


def test_the_first_start_tells_all_one_needs_and_a_second_goes_on(tmp_path: Path) -> None:
    home = tmp_path / "home"
    port = a_free_port()
    command = [sys.executable, "-m", "lrs", "up", "--port", str(port)]
    for start in (1, 2):
        process = subprocess.Popen(
            command, env=environment(home), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        server = Server(home, port=port)
        wait_for("ready", until=lambda server=server: is_ready(server))
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=30)[0]
        assert process.returncode == 0, told
        assert f"http://127.0.0.1:{port}/xAPI" in told
        assert "published files" in told
        assert "Traceback" not in told
        assert ("another pair" in told) == (start == 2)
        assert bool(re.search(r"secret +\S{40,}", told)) == (start == 1)


def test_with_json_logs_it_tells_the_same_as_one_log_line(tmp_path: Path) -> None:
    home, port = tmp_path / "home", a_free_port()
    for start in (1, 2):
        process = subprocess.Popen(
            [sys.executable, "-m", "lrs", "up", "--port", str(port)], env=environment(home, log="json"),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        server = Server(home, port=port)
        wait_for("ready", until=lambda server=server: is_ready(server))
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        lines = [json.loads(line) for line in err.splitlines()]
        [greeting] = [each for each in lines if each["message"] == "started"]
        assert out == "" and lines[-1]["message"].startswith("stopped")
        assert greeting["endpoint"] == f"http://127.0.0.1:{port}/xAPI/"
        assert greeting["event_log"] == f"sqlite:///{home}/leerspoor.sqlite"
        assert greeting["published"] == str(home / "published")
        assert ("secret" in greeting, "key" in greeting) == (start == 1, start == 1)


def is_ready(server: Server) -> bool:
    try:
        return server.request("GET", "/health/ready")[0] == 200
    except OSError:
        return False


def test_a_statement_travels_from_http_to_sql(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Server(home, command="up", publish_seconds=1) as server:
        assert server.post([a_goal("an"), a_goal("bo")])[0] == 200
        wait_for("projected", until=lambda: position(home) == 2)
        assert "published position 2" in run_lrs(home, "publish").stdout
        answer = json.loads(run_lrs(home, "query", "select status from goal_progress", "--json").stdout)
        assert answer == [{"status": "planned"}] * 2
        assert server.post(a_goal("cas"))[0] == 200
        wait_for("projected", until=lambda: position(home) == 3)
        assert "rebuilt everything from 3 events" in run_lrs(home, "project", "rebuild").stdout
        status, body = server.request("GET", "/health/ready")
        assert (status, json.loads(body)["projectors"][0]["position"]) == (200, 3)


def children(pid: int) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()
    return [int(each) for each in found]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"


def test_a_killed_projector_is_started_again_and_folds_each_statement_once(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Server(home, command="up", projector_batch=80) as server:
        for turn in range(4):
            server.post([a_goal(f"p{turn}-{n}") for n in range(100)])
            assert server.process is not None
            for child in children(server.process.pid):
                if b"project" in Path(f"/proc/{child}/cmdline").read_bytes():
                    os.kill(child, signal.SIGKILL)
        wait_for("projected", seconds=60, until=lambda: position(home) == 400)
        run_lrs(home, "publish")
        answer = run_lrs(
            home,
            "query",
            "select count(*) as n, count(distinct statement_id) as d from logged_statement",
            "--json",
        )
        assert json.loads(answer.stdout) == [{"n": 400, "d": 400}]


def test_nothing_is_left_running_when_the_parent_is_killed(tmp_path: Path) -> None:
    with Server(tmp_path / "home", command="up") as server:
        assert server.process is not None
        tree = children(server.process.pid)
        tree += [grandchild for child in tree for grandchild in children(child)]
        assert len(tree) >= 3
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
        wait_for("all gone", until=lambda: not any(is_alive(pid) for pid in tree))
