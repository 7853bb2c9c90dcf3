"""How every process of ours reaches Kafka, and what is wrong when it does not. Needs the extra `kafka`."""

import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kafka.errors import (
    IllegalSaslStateError,
    KafkaError,
    KafkaTimeoutError,
    SaslAuthenticationFailedError,
    UnsupportedSaslMechanismError,
)

from lrs.settings import InvalidSetting, Settings

# What is said of a connection that does not come about, and what helps. What the broker says of our certificate comes
# after the handshake, in an alert.
_OTHER_NAME = "its certificate is for another name: LRS_KAFKA takes the names that are in it"
_NO_TLS = "it does not speak TLS at this port: another port, or another LRS_KAFKA_SECURITY"
_OURS = "it does not take our certificate, or asks for one: LRS_KAFKA_CERTIFICATE_FILE and LRS_KAFKA_KEY_FILE"
_REMEDIES = {
    "Hostname mismatch": _OTHER_NAME,
    "IP address mismatch": _OTHER_NAME,
    "certificate has expired": "its certificate has expired",
    "CERTIFICATE_VERIFY_FAILED": "its certificate is of no authority that is trusted here: LRS_KAFKA_CA_FILE names "
    "the certificates of the authority",
    "ALERT": _OURS,
    "CERTIFICATE_REQUIRED": _OURS,
    "WRONG_VERSION_NUMBER": _NO_TLS,
    "UNEXPECTED_EOF": _NO_TLS,
}
_HUNG_UP = "socket disconnected"
_REFUSALS = (IllegalSaslStateError, SaslAuthenticationFailedError, UnsupportedSaslMechanismError)


class KafkaAway(RuntimeError):
    """Kafka cannot be reached or takes nothing from us; the text says why, as far as can be known."""


@contextmanager
def reaching(settings: Settings) -> Iterator[dict[str, Any]]:
    """The options with which kafka-python's producer, consumer or admin client is opened in this block.

    Raises KafkaAway when it cannot be opened, InvalidSetting for a certificate or a key that cannot be used.
    """
    options = _options(settings)
    heard = _Heard()
    spoken = logging.getLogger("kafka")
    spoken.addHandler(heard)
    try:
        yield options
    except KafkaError as error:
        raise KafkaAway(_told(settings, max(error, heard.last, key=_telling))) from error
    finally:
        spoken.removeHandler(heard)


class _Heard(logging.Handler):
    """What the client last said of a connection: after some tries it raises no more than that it has waited enough."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.last: BaseException = KafkaError()  # tells nothing

    def emit(self, record: logging.LogRecord) -> None:
        arguments = record.args if isinstance(record.args, tuple) else ()
        for each in arguments:
            if isinstance(each, BaseException) and _telling(each) >= _telling(self.last):
                self.last = each


def _options(settings: Settings) -> dict[str, Any]:
    options: dict[str, Any] = {
        "bootstrap_servers": [each.strip() for each in settings.kafka.split(",")],
        "security_protocol": settings.kafka_security,
    }
    if settings.kafka_security in ("SSL", "SASL_SSL"):
        options["ssl_context"] = _tls(settings)
    if settings.kafka_security.startswith("SASL"):
        options["sasl_mechanism"] = settings.kafka_sasl_mechanism
        options["sasl_plain_username"] = settings.kafka_username
        options["sasl_plain_password"] = settings.kafka_password
    return options


def _tls(settings: Settings) -> ssl.SSLContext:
    """Made here and not by the client, which would take a file that is not there for a broker that is away."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # it checks certificate and name
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if settings.kafka_ca_file is None:
        context.load_default_certs()
    else:
        _hold_readable("LRS_KAFKA_CA_FILE", settings.kafka_ca_file)
        try:
            context.load_verify_locations(settings.kafka_ca_file)
        except ssl.SSLError as error:
            raise InvalidSetting(
                f"LRS_KAFKA_CA_FILE: {settings.kafka_ca_file} has no certificates in PEM"
            ) from error
    _show_ours(context, settings)
    return context


def _show_ours(context: ssl.SSLContext, settings: Settings) -> None:
    certificate, key = settings.kafka_certificate_file, settings.kafka_key_file
    if certificate is None:
        return
    _hold_readable("LRS_KAFKA_CERTIFICATE_FILE", certificate)
    if key is not None:
        _hold_readable("LRS_KAFKA_KEY_FILE", key)
    try:
        # Without a password OpenSSL would ask for one at the terminal.
        context.load_cert_chain(certificate, key, settings.kafka_key_password)
    except ssl.SSLError as error:
        raise InvalidSetting(
            f"LRS_KAFKA_CERTIFICATE_FILE and LRS_KAFKA_KEY_FILE: {certificate} and {key or 'the key in it'} are no "
            f"pair in PEM, or LRS_KAFKA_KEY_PASSWORD is not the key's ({error.reason or 'it cannot be read'})"
        ) from error


def _hold_readable(name: str, path: Path) -> None:
    try:
        path.open("rb").close()
    except OSError as error:
        raise InvalidSetting(f"{name}: {path} cannot be read ({error.strerror})") from error


def _told(settings: Settings, error: BaseException) -> str:
    """In one line, with what to look at."""
    at, said = f"Kafka at {settings.kafka}", " ".join(str(error).split())
    if remedy := _remedy(error):
        return f"{at} cannot be reached: {remedy} ({said})"
    if isinstance(error, _REFUSALS) or _HUNG_UP in said:
        return f"{at} {_refusal(settings)} ({said})"
    return f"{at} cannot be reached: {said}"


def _telling(error: BaseException) -> int:
    """How near to the cause: a refusal, what has a remedy, that it hung up, that it went wrong, that time went by."""
    if isinstance(error, _REFUSALS):
        return 3
    if isinstance(error, KafkaTimeoutError) or not error.args:
        return -1
    return 2 if _remedy(error) else int(_HUNG_UP in str(error))


def _remedy(error: BaseException) -> str:
    return next((remedy for words, remedy in _REMEDIES.items() if words in str(error)), "")


def _refusal(settings: Settings) -> str:
    """Kafka says why and hangs up; of the two, kafka-python 3.0 mostly hears the second alone."""
    if not settings.kafka_security.startswith("SASL"):
        return f"hangs up: is {settings.kafka_security} (LRS_KAFKA_SECURITY) what it speaks at this port?"
    name, mechanism = settings.kafka_username, settings.kafka_sasl_mechanism
    return (
        f"hangs up, as it does on a wrong name, password or mechanism: look at LRS_KAFKA_USERNAME ({name}), "
        f"LRS_KAFKA_PASSWORD and LRS_KAFKA_SASL_MECHANISM ({mechanism})"
        + ("" if settings.kafka_security == "SASL_SSL" else ", and whether this port asks for TLS")
    )
