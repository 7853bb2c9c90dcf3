"""systemd, nginx and Caddy read their files; a proxy in front of a running server does what they say."""

import json
import re
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.conftest import DEPLOY, run_tool
from tests.lrs.conftest import a_statement
from tests.services.server import Server, a_free_port

UNITS = sorted((DEPLOY / "systemd").iterdir())
UNDER = "/leren/lrs"


@pytest.mark.services
def test_systemd_reads_the_units(tmp_path: Path) -> None:
    for unit in UNITS:  # it looks whether what they start is there
        text = unit.read_text("utf-8").replace("/opt/leerspoor/bin/lrs", "/bin/true")
        (tmp_path / unit.name).write_text(text)
    assert run_tool("systemd-analyze", "systemd", "verify", "--man=no", *sorted(tmp_path.iterdir())) == ""


@pytest.mark.services
def test_systemd_finds_the_units_hardened(tmp_path: Path) -> None:
    for unit in UNITS:
        if unit.suffix == ".service":
            options = ("security", "--offline=true", "--threshold=20", "--no-pager")
            run_tool("systemd-analyze", "systemd", *options, unit)


def test_the_units_of_many_nodes_do_not_run_beside_the_one_for_one_machine() -> None:
    for name in ("serve", "relay", "projector"):
        assert "Conflicts=leerspoor.service" in (DEPLOY / f"systemd/leerspoor-{name}.service").read_text()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tls")
    command = (
        "req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -keyout privkey.pem -out fullchain.pem"
    )
    run_tool("openssl", "openssl", *command.split(), cwd=folder)
    return folder


@pytest.mark.services
def test_caddy_reads_its_file(tmp_path: Path) -> None:
    caddyfile = DEPLOY / "Caddyfile"
    run_tool("caddy", "caddy", "validate", "--adapter", "caddyfile", "--config", caddyfile)
    assert run_tool("caddy", "caddy", "fmt", caddyfile) == caddyfile.read_text("utf-8")


def nginx_here(folder: Path, certificate: Path, plain: int, tls: int, node: int) -> Path:
    """Our nginx.conf with the ports, names and folders of a test in their places."""
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    for given, here in (
        ("/etc/ssl/leerspoor", str(certificate)),
        ("/var/log/nginx", str(folder)),
        ("/run/nginx.pid", str(folder / "nginx.pid")),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{tls} ssl"),
        ("127.0.0.1:8080", f"127.0.0.1:{node}"),
        ("127.0.0.1:8081", f"127.0.0.1:{a_free_port()}"),
    ):
        assert given in text
        text = text.replace(given, here)
    bodies = "".join(
        f"{each}_temp_path {folder / each}; " for each in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    conf = folder / "nginx.conf"
    conf.write_text(text.replace("http {", f"http {{ {bodies}", 1))
    return conf


@pytest.fixture
def behind_nginx(tmp_path: Path, certificate: Path) -> Iterator[tuple[Server, str]]:
    """A server, and the address of nginx before it, of whose two nodes one is away."""
    plain, tls = a_free_port(), a_free_port()
    with Server(tmp_path / "home", trust_proxy="yes", log="json", log_access="yes") as server:
        conf = nginx_here(tmp_path, certificate, plain, tls, server.port)
        run_tool("nginx", "nginx-light", "-t", "-q", "-c", conf, "-e", tmp_path / "error.log")
        command = ["nginx", "-c", str(conf), "-e", str(tmp_path / "error.log"), "-g", "daemon off;"]
        nginx = subprocess.Popen(command, env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})
        try:
            yield server, f"https://127.0.0.1:{tls}"
        finally:
            nginx.terminate()
            nginx.wait(20)


def get(address: str, server: Server, body: bytes | None = None) -> tuple[int, bytes, dict[str, str]]:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    asked = urllib.request.Request(address, data=body, headers=server.headers())  # noqa: S310  our own address
    deadline = time.monotonic() + 20
    while True:
        try:
            with urllib.request.urlopen(asked, context=context, timeout=30) as answer:  # noqa: S310
                return answer.status, answer.read(), dict(answer.headers)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read(), dict(error.headers)
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.1)


@pytest.mark.services
def test_behind_nginx_links_work_under_the_prefix_and_figures_stay_inside(
    behind_nginx: tuple[Server, str],
) -> None:
    server, address = behind_nginx
    two = json.dumps([a_statement(), a_statement()]).encode()
    status, _, headers = get(f"{address}{UNDER}/xAPI/statements", server, two)
    assert status == 200, "one of the two nodes is away, and nothing is noticed of it"
    more = json.loads(get(f"{address}{UNDER}/xAPI/statements?limit=1", server)[1])["more"]
    assert more.startswith(f"{UNDER}/xAPI/statements?cursor=")
    assert len(json.loads(get(address + more, server)[1])["statements"]) == 1
    assert json.loads(get(f"{address}{UNDER}/openapi.json", server)[1])["servers"] == [{"url": UNDER}]
    assert get(f"{address}{UNDER}/metrics", server)[0] == 404
    lines = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    given = {name.lower(): value for name, value in headers.items()}["x-request-id"]
    assert re.fullmatch(r"[0-9a-f]{32}", given), "nginx's own"
    assert given in {each.get("request_id") for each in lines}
