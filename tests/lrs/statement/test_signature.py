"""Signed statements (Data 2.6): signatures made here with a key and a certificate of the test's own."""

import base64
import datetime
import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from lrs.statement.check import InvalidStatement
from lrs.statement.signature import SIGNATURE, check_signature
from tests.lrs.conftest import a_statement

HASHES = {"RS256": SHA256, "RS384": SHA384, "RS512": SHA512}
STATEMENT = a_statement(
    id="6690e6c9-3ef0-4ed3-8b37-7f3964730bee",
    timestamp="2026-11-23T10:00:00Z",
    result={"duration": "PT1.23S", "score": {"scaled": 0.5}},
)
SIGNED = STATEMENT | {"attachments": [{"usageType": SIGNATURE, "sha2": "00"}]}


@cache
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate(of: Any) -> str:
    """A certificate for a key, signed by itself, as x5c has it."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a school")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(of.public_key())
    made = made.serial_number(1).not_valid_before(datetime.datetime(2026, 1, 1))
    signed = made.not_valid_after(datetime.datetime(2027, 1, 1)).sign(of, SHA256())
    return base64.b64encode(signed.public_bytes(Encoding.DER)).decode()


def part(value: bytes) -> bytes:
    return base64.urlsafe_b64encode(value).rstrip(b"=")


def sign(payload: Any, **header: Any) -> bytes:
    header = {"alg": "RS256", **header}
    text = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    signed = part(json.dumps(header).encode()) + b"." + part(text)
    signature = key().sign(signed, PKCS1v15(), HASHES.get(header["alg"], SHA256)())
    return signed + b"." + part(signature)


def problem(jws: bytes, statement: dict[str, Any] = SIGNED) -> str:
    with pytest.raises(InvalidStatement) as refused:
        check_signature(statement, jws, "$.attachments[0]")
    assert (refused.value.rule, refused.value.path) == ("signature", "$.attachments[0]")
    return refused.value.message


@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512"])
@pytest.mark.parametrize("brings_certificate", [False, True])
def test_a_signature_of_the_statement_without_it_is_good(algorithm: str, brings_certificate: bool) -> None:
    header = {"x5c": [certificate(key())]} if brings_certificate else {}
    check_signature(SIGNED, sign(STATEMENT, alg=algorithm, **header), "$.attachments[0]")


def without(name: str) -> dict[str, Any]:
    return {each: value for each, value in STATEMENT.items() if each != name}


@pytest.mark.parametrize(
    "payload",
    [
        without("id"),
        without("timestamp"),
        STATEMENT | {"timestamp": "2026-11-23T11:00:00+01:00"},
        STATEMENT | {"id": STATEMENT["id"].upper()},
        STATEMENT | {"result": {"duration": "PT1.239S", "score": {"scaled": 0.50}}},
        STATEMENT | {"verb": STATEMENT["verb"] | {"display": {"nl": "voltooid"}}},
    ],
    ids=[
        "no id",
        "no timestamp",
        "another offset",
        "case of the id",
        "duration to 0.01 s",
        "display of the verb",
    ],
)
def test_what_makes_no_difference_between_statements_makes_none_here(payload: dict[str, Any]) -> None:
    check_signature(SIGNED, sign(payload), "$.attachments[0]")


@pytest.mark.parametrize(
    "payload",
    [
        STATEMENT | {"result": {"duration": "PT1.24S", "score": {"scaled": 0.5}}},
        STATEMENT | {"id": "6690e6c9-3ef0-4ed3-8b37-7f3964730bef"},
        STATEMENT | {"timestamp": "2026-11-23T10:00:01Z"},
        without("actor"),
        [STATEMENT],
        "text",
        {},
        STATEMENT | {"timestamp": "yesterday"},
    ],
    ids=["result", "id", "timestamp", "no statement", "list", "text", "empty", "no time"],
)
def test_a_signature_of_anything_else_is_refused(payload: Any) -> None:
    assert problem(sign(payload)) == "the signature is of another statement"


def test_other_attachments_are_part_of_what_is_signed() -> None:
    essay = {
        "usageType": "https://example.org/essay", "display": {"nl": "Opstel"}, "contentType": "text/plain",
        "length": 1, "sha2": "ab" * 32,
    }  # fmt: skip
    both = STATEMENT | {"attachments": [essay, *SIGNED["attachments"]]}
    check_signature(both, sign(STATEMENT | {"attachments": [essay]}), "$.attachments[1]")
    with pytest.raises(InvalidStatement):
        check_signature(both, sign(STATEMENT), "$.attachments[1]")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda jws: b"", "three parts"),
        (lambda jws: jws.rpartition(b".")[0], "three parts"),
        (lambda jws: jws.replace(b".", b".."), "three parts"),
        (lambda jws: b"!" + jws, "malformed"),
        (lambda jws: part(b"[]") + b"." + jws.split(b".", 1)[1], "no JSON object"),
        (lambda jws: part(b"{") + b"." + jws.split(b".", 1)[1], "no strict JSON"),
        (
            lambda jws: part(b'{"alg": "RS256", "alg": "RS256"}') + b"." + jws.split(b".", 1)[1],
            "no strict JSON",
        ),
        (lambda jws: jws.split(b".")[0] + b"." + part(b"{'") + b"." + jws.split(b".")[2], "no strict JSON"),
    ],
)
def test_what_is_no_signature_is_refused(change: Callable[[bytes], bytes], told: str) -> None:
    assert told in problem(change(sign(STATEMENT)))


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ({"alg": "HS256"}, "algorithm"), ({"alg": "none"}, "algorithm"), ({"alg": None}, "algorithm"),
        ({"crit": ["exp"]}, "critical"), ({"x5c": "text"}, "x5c"), ({"x5c": []}, "x5c"),
        ({"x5c": ["!"]}, "malformed"), ({"x5c": ["AAAA"]}, "malformed"),
    ],
)  # fmt: skip
def test_a_header_that_cannot_be_followed_is_refused(header: dict[str, Any], told: str) -> None:
    assert told in problem(sign(STATEMENT, **header))


def test_a_certificate_of_another_key_or_kind_is_refused() -> None:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert "does not fit" in problem(sign(STATEMENT, x5c=[certificate(other)]))
    curve = ec.generate_private_key(ec.SECP256R1())
    assert "not of RSA" in problem(sign(STATEMENT, x5c=[certificate(curve)]))
