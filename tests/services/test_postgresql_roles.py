"""deploy/postgresql/grants.sql: the log is append-only for whoever serves it, by the database's own word."""

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from lrs.app import open_parts
from lrs.commands.prepare_statements import Sender, prepare
from lrs.commands.store_statements import store_statements
from lrs.feed import Feed
from lrs.index.rebuild import reindex
from lrs.queries.find_statements import Filters, find_statements
from lrs.settings import Settings
from lrs.statement.json_text import parse_statements
from tests.lrs.conftest import a_statement, an_id
from tests.services.postgresql import PostgreSQL, execute
from tests.services.server import Server, run_lrs

pytestmark = pytest.mark.services

GRANTS = Path(__file__).parents[2] / "deploy" / "postgresql" / "grants.sql"
LOG = ["event_log", "event_payload", "content", "agent_key_secret"]


class Roles:
    """One database, as each of the three roles reaches it."""

    def __init__(self, server: PostgreSQL, home: Path) -> None:
        self.server, self.home = server, home
        self.admin = server.new_database()
        self.name = sa.make_url(self.admin).database or ""
        self.apply()
        run_lrs(home, "migrate", settings={"database": self.of("owner")})
        self.apply()

    def apply(self) -> None:
        commands = [line for line in GRANTS.read_text().splitlines() if not line.startswith("\\")]
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute("\n".join(commands).encode())

    def of(self, role: str) -> str:
        return self.server.address(self.name, f"leerspoor_{role}")


@pytest.fixture(scope="module")
def roles(postgresql: PostgreSQL, tmp_path_factory: pytest.TempPathFactory) -> Roles:
    return Roles(postgresql, tmp_path_factory.mktemp("roles") / "home")


@pytest.fixture(scope="module")
def server(roles: Roles) -> Iterator[Server]:
    with Server(roles.home, database=roles.of("service")) as running:
        yield running


def is_refused(address: str, statement: str) -> bool:
    try:
        execute(address, statement)
    except sa.exc.ProgrammingError as error:
        return "permission denied" in str(error) or "must be owner" in str(error)
    return False


def test_the_service_role_serves_everything(server: Server, roles: Roles) -> None:
    statement = a_statement(id=an_id())
    assert server.post([statement, a_statement()])[0] == 200
    assert server.request("GET", f"/xAPI/statements?statementId={statement['id']}")[0] == 200
    state = "/xAPI/activities/state?stateId=s&activityId=http://e.org/a&agent=" + '{"mbox":"mailto:a@e.org"}'
    for method in ("PUT", "POST", "DELETE"):
        body = None if method == "DELETE" else b'{"page":1}'
        assert server.request(method, state.replace('"', "%22"), body)[0] == 204
    assert json.loads(server.request("GET", "/health/ready")[1])["status"] == "ready"
    assert "0 faults" in server.run("log", "verify").stdout
    assert "index filled" in server.run("reindex").stdout


def test_the_service_role_revokes_credentials(server: Server) -> None:
    key = json.loads(server.run("credential", "create", "--json").stdout)["key"]
    assert server.run("credential", "revoke", key).returncode == 0


@pytest.mark.parametrize("table", LOG)
@pytest.mark.parametrize("role", ["service", "reader"])
def test_nobody_who_serves_or_reads_may_change_the_log(
    server: Server, roles: Roles, role: str, table: str
) -> None:
    assert server.post(a_statement())[0] == 200
    column = {"content": "number", "agent_key_secret": "version"}.get(table, "position")
    for statement in (
        f"update {table} set {column} = {column}",
        f"delete from {table}",
        f"truncate {table}",
        f"drop table {table}",
        f"alter table {table} add column more text",
    ):
        assert is_refused(roles.of(role), statement), statement


def test_the_service_role_makes_no_tables_and_gives_itself_no_rights(server: Server, roles: Roles) -> None:
    for statement in (
        "create table mine (id int)",
        "drop index event_log_statement",
        "update credential set store = 'other'",
        "set role leerspoor_owner",
    ):
        assert is_refused(roles.of("service"), statement), statement


def test_the_reader_follows_the_log_and_sees_no_payload(server: Server, roles: Roles) -> None:
    assert server.post(a_statement())[0] == 200
    feed = Feed.open(Settings(home=roles.home, database=roles.of("reader")))
    assert feed.stores() == ["default"]
    assert feed.read("default", 0, 10)[0].position == 1
    feed.close()
    for table in ("event_payload", "content", "credential", "activity", "document"):
        assert is_refused(roles.of("reader"), f"select * from {table}"), table


def test_who_may_not_migrate_is_told_who_may(postgresql: PostgreSQL, roles: Roles, tmp_path: Path) -> None:
    empty = sa.make_url(postgresql.new_database()).database
    address = postgresql.address(str(empty), "leerspoor_service")
    done = run_lrs(tmp_path, "serve", check=False, settings={"database": address})
    assert done.returncode == 1
    assert done.stderr.startswith("lrs: permission denied")
    assert "lrs migrate" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_index_of_another_release_is_made_anew_and_keeps_its_grants(server: Server, roles: Roles) -> None:
    execute(roles.admin, "update index_state set version = 1")
    assert server.post(a_statement())[0] == 503
    assert server.request("GET", "/health/ready")[0] == 503
    assert "index filled" in run_lrs(roles.home, "migrate", settings={"database": roles.of("owner")}).stdout
    assert server.post(a_statement())[0] == 200
    assert server.request("GET", "/health/ready")[0] == 200
    assert is_refused(roles.of("reader"), "select * from statement_index")
    assert execute(roles.of("reader"), "select count(*) from analytic_form")


def test_readers_keep_the_index_while_another_release_makes_it_anew(
    postgresql: PostgreSQL, tmp_path: Path
) -> None:
    settings = Settings(home=tmp_path, database=postgresql.new_database())
    parts = open_parts(settings)
    statement = parse_statements(json.dumps([a_statement()]).encode())[0]
    sender = Sender("default", "key", '{"mbox":"mailto:lrs@example.org"}', "key")
    prepared = prepare(statement[0], version="1.0.3", sender=sender, keys=parts.keys, profiles=parts.profiles)
    store_statements(parts.writer, [prepared])
    execute(settings.database, "update index_state set version = 1")
    seen: list[int] = []

    def read(_position: int) -> None:
        with parts.database.reading() as connection:
            page = find_statements(
                connection, Filters("default", 10, verb=a_statement()["verb"]["id"]), snapshot=9
            )
        seen.append(len(page.statements))

    reindex(parts.database, parts.keys, parts.profiles, read)
    read(1)
    assert seen == [1, 1]
    assert (
        execute(settings.database, "select nspname from pg_namespace where nspname = 'leerspoor_next'") == []
    )
    parts.database.close()


def test_a_second_run_changes_nothing(roles: Roles) -> None:
    asked = "select relname, relacl::text from pg_class where relkind = 'r' order by relname"
    before = execute(roles.admin, asked)
    roles.apply()
    assert execute(roles.admin, asked) == before
