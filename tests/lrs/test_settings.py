"""Settings: read from the environment, checked, and shown without what is secret."""

from dataclasses import fields
from pathlib import Path

import pytest

from lrs.event_log.database import DatabaseUnusable, open_database
from lrs.settings import SECRETS, InvalidSetting, Settings, variable

SASL = {"kafka_security": "SASL_SSL", "kafka_sasl_mechanism": "PLAIN", "kafka_username": "leerspoor"}


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://service:geheim@db.example.org/leerspoor",
        "postgresql://service:ge/he:im@db.example.org:5432/leerspoor",
        "postgresql://db.example.org/leerspoor?user=service&password=geheim&sslmode=require",
        "postgresql://service@db.example.org/leerspoor?sslpassword=geheim",
    ],
)
def test_an_address_is_shown_without_its_password(address: str) -> None:
    settings = Settings(database=address)
    for told in (repr(settings), str(settings), f"{settings}", settings.shown("database")):
        assert "geheim" not in told and "he:im" not in told
        assert "db.example.org" in told and "***" in told
    assert settings.database_url == address


@pytest.mark.parametrize(
    "address", ["postgresql://service:ge@heim:x@db/leerspoor", "service:geheim@db", "postgresql:geheim"]
)
def test_what_is_no_address_is_told_without_it(address: str) -> None:
    """Of a password that is not written as an address takes it, a part would pass for the port."""
    with pytest.raises(DatabaseUnusable) as told:
        open_database(address)
    assert "heim" not in str(told.value) and "%40" in str(told.value)


def test_no_secret_is_in_the_text_of_settings() -> None:
    planted = {name: f"geheim {name}" for name in SECRETS if name != "database"}
    settings = Settings(
        **planted,  # type: ignore[arg-type]
        **SASL,  # type: ignore[arg-type]
        database="postgresql://service:geheim@db/leerspoor",
        kafka_certificate_file=Path("own.crt"),
    )
    assert "geheim" not in repr(settings)
    assert "kafka_username='leerspoor'" in repr(settings)


def test_whatever_is_named_like_a_secret_is_one() -> None:
    """A setting that is added is not shown by mistake."""
    named = {each.name for each in fields(Settings) if each.name.endswith(("secret", "password", "token"))}
    assert named <= set(SECRETS)


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_may_be_in_a_file(name: str, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("sqlite:////een\n")
    needed = {variable(n): v for n, v in SASL.items()} | {"LRS_KAFKA_CERTIFICATE_FILE": "own.crt"}
    if name != "kafka_password":
        needed["LRS_KAFKA_PASSWORD"] = "x"
    read = Settings.from_environment(needed | {f"{variable(name)}_FILE": str(file)})
    assert getattr(read, name) == "sqlite:////een"


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"LRS_DATABASE_FILE": "{folder}/none"}, "LRS_DATABASE_FILE: {folder}/none cannot be read (No such file"),
        ({"LRS_DATABASE_FILE": "{folder}"}, "cannot be read (Is a directory)"),
        ({"LRS_DATABASE_FILE": "{folder}/empty"}, "is empty"),
        ({"LRS_DATABASE_FILE": "{folder}/latin"}, "it is not UTF-8"),
        (
            {"LRS_DATABASE_FILE": "{folder}/some", "LRS_DATABASE": "sqlite:///x"},
            "LRS_DATABASE and LRS_DATABASE_FILE are both set",
        ),
        ({"LRS_PORT_FILE": "{folder}/some"}, "LRS_PORT_FILE is not a setting"),
        ({"LRS_KAFKA_CA_FILE": "ca.crt"}, "LRS_KAFKA_CA_FILE is set, but LRS_KAFKA_SECURITY is PLAINTEXT, without SSL"),
        (
            {"LRS_KAFKA_PASSWORD": "geheim", "LRS_KAFKA_SECURITY": "SSL"},
            "LRS_KAFKA_PASSWORD is set, but LRS_KAFKA_SECURITY is SSL, without SASL",
        ),
        ({"LRS_KAFKA_SECURITY": "SASL_SSL", "LRS_KAFKA_SASL_MECHANISM": "PLAIN"}, "it needs LRS_KAFKA_SASL_MECHANISM"),
        (
            {"LRS_KAFKA_SECURITY": "SSL", "LRS_KAFKA_KEY_FILE": "own.key"},
            "the key of LRS_KAFKA_CERTIFICATE_FILE, which is not set",
        ),
        ({"LRS_KAFKA_SECURITY": "tls"}, "it takes one of PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_and_named(
    environment: dict[str, str], told: str, tmp_path: Path
) -> None:
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "some").write_text("sqlite:///y")
    (tmp_path / "latin").write_bytes(b"geheim\xe9")
    with pytest.raises(InvalidSetting) as refused:
        Settings.from_environment({n: v.format(folder=tmp_path) for n, v in environment.items()})
    assert told.format(folder=tmp_path) in str(refused.value)
    assert "geheim" not in str(refused.value)
