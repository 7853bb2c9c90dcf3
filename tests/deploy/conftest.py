"""Where the deploy files are, and the tools that read them."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest
import yaml

DEPLOY = Path(__file__).parents[2] / "deploy"


def documents(path: Path) -> list[dict[str, Any]]:
    """The documents of a YAML file."""
    return [each for each in yaml.safe_load_all(path.read_text("utf-8")) if each]


def manifests() -> list[dict[str, Any]]:
    """All objects for Kubernetes, but not what puts them together."""
    files = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    return [each for file in files for each in documents(file) if each["kind"] != "Kustomization"]


def is_missing(problem: str) -> NoReturn:
    """Skip what cannot be read here; fail where every test has to run."""
    if os.environ.get("LRS_TEST_STRICT") == "1":
        pytest.fail(problem)
    pytest.skip(problem)


def needs_module(name: str) -> None:
    if importlib.util.find_spec(name) is None:
        is_missing(f"{name} is not there: pip install -e '.[deploy]'")


def run_tool(tool: str, package: str, *arguments: object, **options: Any) -> str:
    """What a tool says of our files; the test fails when it finds fault. `package` is what brings it."""
    beside = [str(Path(sys.executable).parent), os.environ.get("PATH", ""), "/usr/sbin", "/sbin"]
    found = shutil.which(tool, path=os.pathsep.join(beside))
    if found is None:
        is_missing(f"{tool} is not there: install {package}")
    done = subprocess.run(
        [found, *map(str, arguments)], capture_output=True, text=True, timeout=120, **options
    )
    assert done.returncode == 0, f"{tool}: {done.stdout}{done.stderr}"
    return done.stdout + done.stderr
