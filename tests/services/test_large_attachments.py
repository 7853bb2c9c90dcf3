"""Attachments over real HTTP: much content, little memory; and clients that break off."""

import hashlib
import os
import random
import socket
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from tests.lrs.conftest import a_statement, an_id
from tests.lrs.http.a_multipart import CONTENT_TYPE, a_body, a_part, an_attachment
from tests.services.server import Server

pytestmark = pytest.mark.services

STATEMENTS, BYTES_EACH, AT_ONCE = 1000, 100_000, 50
MEBIBYTE = 1024 * 1024


def upload(server: Server, body: bytes) -> int:
    with closing(server.connection()) as connection:
        connection.request(
            "POST", "/xAPI/statements", body, server.headers() | {"Content-Type": CONTENT_TYPE}
        )
        answer = connection.getresponse()
        answer.read()
        return answer.status


def largest_memory(server: Server) -> int:
    """Bytes that the server's processes held at most so far, each at its own time."""
    return sum(
        int(line.split()[1]) * 1024
        for pid in server.pids()
        for line in Path(f"/proc/{pid}/status").read_text().splitlines()
        if line.startswith("VmHWM")
    )


def held(server: Server) -> int:
    """Sockets and unnamed temporary files open in the server's processes.

    Connections to the event log are not counted: a pool opens as many as there are requests at once and
    keeps them.
    """
    opened = (link for pid in server.pids() for link in Path(f"/proc/{pid}/fd").iterdir())
    targets = (os.readlink(link) for link in opened if link.is_symlink())
    return sum(target.startswith("socket:") or target.endswith("(deleted)") for target in targets)


def test_a_page_of_1000_statements_with_100_mb_of_attachments_is_not_held_in_memory(tmp_path: Path) -> None:
    choose = random.Random(1)
    sent = {}
    with Server(tmp_path / "home") as server:
        for _ in range(0, STATEMENTS, AT_ONCE):
            contents = [choose.randbytes(BYTES_EACH) for _ in range(AT_ONCE)]
            statements = [a_statement(id=an_id(), attachments=[an_attachment(c)]) for c in contents]
            assert upload(server, a_body(statements, *map(a_part, contents))) == 200
            sent |= {hashlib.sha256(c).hexdigest(): len(c) for c in contents}
        before = largest_memory(server)
        size = 0
        with closing(server.connection()) as connection:
            connection.request(
                "GET", "/xAPI/statements?limit=1000&attachments=true", headers=server.headers()
            )
            answer = connection.getresponse()
            while piece := answer.read(MEBIBYTE):
                size += len(piece)
        assert size > STATEMENTS * BYTES_EACH
        assert largest_memory(server) - before < 30 * MEBIBYTE


def test_a_large_upload_is_not_held_in_memory_either(tmp_path: Path) -> None:
    content = random.Random(2).randbytes(80 * MEBIBYTE)
    with Server(tmp_path / "home") as server:
        assert upload(server, a_body(a_statement(attachments=[an_attachment(b"x")]), a_part(b"x"))) == 200
        before = largest_memory(server)
        body = a_body(a_statement(attachments=[an_attachment(content)]), a_part(content))
        assert upload(server, body) == 200
        assert largest_memory(server) - before < 40 * MEBIBYTE


def test_a_client_that_breaks_off_leaves_nothing_behind(tmp_path: Path) -> None:
    content = random.Random(3).randbytes(5 * MEBIBYTE)
    body = a_body(a_statement(id=an_id(), attachments=[an_attachment(content)]), a_part(content))
    with Server(tmp_path / "home") as server:
        assert upload(server, a_body(a_statement(attachments=[an_attachment(b"x")]), a_part(b"x"))) == 200
        before = held(server)
        for sent in (0, 10, 1000, len(body) // 2, len(body) - 1):
            break_off(server, body, sent)
        wait_until(lambda: held(server) <= before)
        status, text = server.request("GET", "/xAPI/statements")
        assert (status, len(orjson.loads(text)["statements"])) == (200, 1)


def break_off(server: Server, body: bytes, sent: int) -> None:
    """Announce a body, send some of it, and hang up."""
    with socket.create_connection(("127.0.0.1", server.port)) as wire:
        headers = server.headers() | {"Content-Type": CONTENT_TYPE, "Content-Length": str(len(body))}
        lines = [
            "POST /xAPI/statements HTTP/1.1",
            "Host: localhost",
            *(f"{n}: {v}" for n, v in headers.items()),
        ]
        wire.sendall("\r\n".join([*lines, "", ""]).encode() + body[:sent])


def test_a_slow_client_keeps_nobody_from_being_served(tmp_path: Path) -> None:
    body = a_body(a_statement())
    with Server(tmp_path / "home", threads=4) as server:
        slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(3)]
        for wire in slow:
            wire.sendall(b"POST /xAPI/statements HTTP/1.1\r\nHost: localhost\r\nContent-Le")
        assert upload(server, body) == 200
        for wire in slow:
            wire.close()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Within ten seconds, or the test fails."""
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)
