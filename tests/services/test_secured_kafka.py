"""Kafka that asks for TLS, a name and a password: every process gets in with them, and says what is wrong without."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lrs.conftest import a_statement
from tests.services.certificates import Authority
from tests.services.process import Running, await_that
from tests.services.secured_broker import NAME, PASSWORD, SecuredBroker
from tests.services.topics import is_relayed, kafka_settings, lrs, set_up, store_statements

pytestmark = pytest.mark.services

MEMBER = ("project", "run", "--source", "kafka")
Told = dict[str, object]


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecuredBroker]:
    with SecuredBroker(tmp_path_factory.mktemp("secured")) as running:
        yield running


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def settings(broker: SecuredBroker, tmp_path: Path) -> Told:
    """Of an installation that gets in; its password is in a file, as containers have it."""
    (tmp_path / "password").write_text(PASSWORD + "\n")
    return kafka_settings(
        broker.servers,
        kafka_security="SASL_SSL",
        kafka_sasl_mechanism="SCRAM-SHA-512",
        kafka_username=NAME,
        kafka_password_file=tmp_path / "password",
        kafka_ca_file=broker.authority.certificate,
        publish_parquet="no",
        duckdb_threads=1,
    )


def tables_position(home: Path) -> Any:
    status = home / "warehouse" / "default" / "status.json"
    return status.exists() and json.loads(status.read_text())["position"]


def test_with_name_and_password_over_tls_statements_go_from_the_log_to_the_tables(
    home: Path, settings: Told
) -> None:
    assert "made topic" in lrs(home, settings, "relay", "setup").stdout
    store_statements(home, "default", [a_statement() for _ in range(20)])
    with Running(home, "relay", "run", **settings) as relay, Running(home, *MEMBER, **settings) as member:
        await_that("relayed", lambda: is_relayed(home))
        await_that("in the tables", lambda: tables_position(home) == 20, 100)
        store_statements(home, "default", [a_statement() for _ in range(5)])
        await_that("followed", lambda: tables_position(home) == 25, 100)
        assert (relay.stop(), member.stop()) == (0, 0)
    assert "missed something" not in member.told
    assert PASSWORD not in relay.told + member.told


def test_a_wrong_password_is_told_by_every_command_and_ends_it(home: Path, settings: Told) -> None:
    set_up(home, settings)
    store_statements(home, "default", [a_statement()])
    wrong = {**settings, "kafka_password": "geheim"}
    del wrong["kafka_password_file"]
    for command in (("relay", "setup"), ("relay", "run", "--once"), MEMBER):
        told = lrs(home, wrong, *command, status=1).stderr
        assert f"wrong name, password or mechanism: look at LRS_KAFKA_USERNAME ({NAME})" in told, command
        assert "geheim" not in told
        assert "Traceback" not in told


def test_a_relay_that_goes_on_tries_again_until_its_password_is_taken(home: Path, settings: Told) -> None:
    """The names at Kafka may come later than the relay: it says so, and waits."""
    set_up(home, settings)
    store_statements(home, "default", [a_statement()])
    wrong = {**settings, "kafka_username": "niemand"}
    with Running(home, "relay", "run", **wrong) as relay:
        await_that("it says so", lambda: "wrong name, password or mechanism" in relay.told)
        assert relay.stop() == 0
    assert f"waiting: Kafka at {settings['kafka']} hangs up" in relay.told
    with Running(home, "relay", "run", **settings) as relay:
        await_that("relayed", lambda: is_relayed(home))


def test_a_broker_of_an_authority_that_nobody_trusts_is_not_told_the_password(
    home: Path, settings: Told, tmp_path: Path
) -> None:
    other = {**settings, "kafka_ca_file": Authority(tmp_path / "other", "other").certificate}
    systems = {name: value for name, value in settings.items() if name != "kafka_ca_file"}
    for untrusting in (other, systems):
        told = lrs(home, untrusting, "relay", "setup", status=1).stderr
        assert "its certificate is of no authority that is trusted here: LRS_KAFKA_CA_FILE" in told
    assert "LRS_KAFKA_CA_FILE" in lrs(home, other, *MEMBER, status=1).stderr


def test_a_name_that_is_not_in_the_certificate_is_refused(home: Path, settings: Told) -> None:
    elsewhere = {**settings, "kafka": str(settings["kafka"]).replace("127.0.0.1", "localhost")}
    told = lrs(home, elsewhere, "relay", "setup", status=1).stderr
    assert "its certificate is for another name" in told


def test_a_wrong_protocol_or_mechanism_is_told(home: Path, settings: Told, broker: SecuredBroker) -> None:
    plain = kafka_settings(broker.servers)
    assert "is PLAINTEXT (LRS_KAFKA_SECURITY) what it" in lrs(home, plain, "relay", "setup", status=1).stderr
    at_an_open_port = {**settings, "kafka": broker.open_servers}
    assert "does not speak TLS" in lrs(home, at_an_open_port, "relay", "setup", status=1).stderr
    other = {**settings, "kafka_sasl_mechanism": "SCRAM-SHA-256"}
    assert "LRS_KAFKA_SASL_MECHANISM (SCRAM-SHA-256)" in lrs(home, other, "relay", "setup", status=1).stderr
    set_up(home, {**settings, "kafka_sasl_mechanism": "PLAIN"})


def test_a_certificate_of_ours_gets_in_where_kafka_asks_for_one(
    home: Path, broker: SecuredBroker, tmp_path: Path
) -> None:
    ours = broker.authority.certify("leerspoor", password="sleutel")
    stranger = Authority(tmp_path / "other", "other").certify("stranger")
    trusting = kafka_settings(
        broker.mutual_servers, kafka_security="SSL", kafka_ca_file=broker.authority.certificate
    )
    pair = {"kafka_certificate_file": ours.certificate, "kafka_key_file": ours.key}
    set_up(home, {**trusting, **pair, "kafka_key_password": "sleutel"})
    told = lrs(home, {**trusting, **pair, "kafka_key_password": "fout"}, "relay", "setup", status=1).stderr
    assert "LRS_KAFKA_KEY_PASSWORD is not the key's" in told and "fout" not in told
    strange = {**trusting, "kafka_certificate_file": stranger.both}
    for refused in (strange, trusting):
        told = lrs(home, refused, "relay", "setup", status=1).stderr
        assert "it does not take our certificate, or asks for one" in told
