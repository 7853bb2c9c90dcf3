"""How Kafka is reached: TLS that checks, and files that are told when they cannot be used."""

import ssl
from pathlib import Path
from typing import Any

import pytest
from kafka.errors import KafkaTimeoutError

from lrs.kafka import KafkaAway, reaching
from lrs.settings import InvalidSetting, Settings
from tests.services.certificates import Authority


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"), "authority")


def options(**members: Any) -> dict[str, Any]:
    with reaching(Settings(kafka="kafka-1:9092, kafka-2:9092", **members)) as given:
        return given


def test_without_more_it_is_plain() -> None:
    assert options() == {
        "bootstrap_servers": ["kafka-1:9092", "kafka-2:9092"],
        "security_protocol": "PLAINTEXT",
    }


def test_tls_checks_the_certificate_and_its_name(authority: Authority) -> None:
    own = authority.certify("own", password="sleutel")
    context = options(
        kafka_security="SSL", kafka_ca_file=authority.certificate, kafka_certificate_file=own.certificate,
        kafka_key_file=own.key, kafka_key_password="sleutel",
    )["ssl_context"]  # fmt: skip
    assert context.verify_mode == ssl.CERT_REQUIRED and context.check_hostname
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert [each["subject"][0][0][1] for each in context.get_ca_certs()] == ["authority"]


def test_sasl_has_a_mechanism_a_name_and_a_password() -> None:
    given = options(
        kafka_security="SASL_SSL", kafka_sasl_mechanism="SCRAM-SHA-256", kafka_username="n", kafka_password="p"
    )  # fmt: skip
    assert given.pop("ssl_context").check_hostname
    assert given == {
        "bootstrap_servers": ["kafka-1:9092", "kafka-2:9092"],
        "security_protocol": "SASL_SSL",
        "sasl_mechanism": "SCRAM-SHA-256",
        "sasl_plain_username": "n",
        "sasl_plain_password": "p",
    }


def test_files_that_cannot_be_used_are_named(authority: Authority, tmp_path: Path) -> None:
    own, other = authority.certify("own"), authority.certify("other", password="sleutel")
    (tmp_path / "text").write_text("no certificate")
    for members, told in (
        ({"kafka_ca_file": tmp_path / "none"}, "LRS_KAFKA_CA_FILE: .* cannot be read .No such file"),
        ({"kafka_ca_file": tmp_path / "text"}, "LRS_KAFKA_CA_FILE: .* has no certificates in PEM"),
        ({"kafka_certificate_file": tmp_path / "none"}, "LRS_KAFKA_CERTIFICATE_FILE: .* cannot be read"),
        ({"kafka_certificate_file": own.certificate}, "and the key in it are no pair"),
        (
            {"kafka_certificate_file": own.certificate, "kafka_key_file": tmp_path / "none"},
            "LRS_KAFKA_KEY_FILE",
        ),
        ({"kafka_certificate_file": own.certificate, "kafka_key_file": other.key}, "are no pair in PEM"),
        ({"kafka_certificate_file": other.both}, "LRS_KAFKA_KEY_PASSWORD is not the key's"),
    ):
        with pytest.raises(InvalidSetting, match=told):
            options(kafka_security="SSL", **members)


def test_what_kafka_raises_names_the_servers_and_no_password() -> None:
    settings = Settings(
        kafka="kafka-1:9092", kafka_security="SASL_SSL", kafka_sasl_mechanism="PLAIN", kafka_username="n",
        kafka_password="geheim",
    )  # fmt: skip
    with pytest.raises(KafkaAway) as away, reaching(settings):
        raise KafkaTimeoutError("waited")
    assert "Kafka at kafka-1:9092 cannot be reached: KafkaTimeoutError: waited" in str(away.value)
    assert "geheim" not in str(away.value)
