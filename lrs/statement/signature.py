"""Signed statements: a JSON Web Signature over the statement, as an attachment to it (Data 2.6, RFC 7515).

What is checked finds mistakes, it does not tell who signed: the certificate is whatever the signer put there.
"""

import base64
import binascii
from collections.abc import Callable
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm

from lrs.statement.equality import equality_hash
from lrs.statement.instants import parse_instant
from lrs.statement.invalid import InvalidStatement
from lrs.statement.json_text import parse_object
from lrs.statement.schema import statement_schema
from lrs.statement.strict_json import InvalidJson

SIGNATURE = "http://adlnet.gov/expapi/attachments/signature"
_ALGORITHMS: dict[str, Callable[[], HashAlgorithm]] = {"RS256": SHA256, "RS384": SHA384, "RS512": SHA512}


class _Signed(NamedTuple):
    header: dict[str, Any]
    payload: bytes
    signature: bytes
    signing_input: bytes


def check_signature(statement: dict[str, Any], jws: bytes, path: str) -> None:
    """Check the signature attachment at a JSON path of a statement; `jws` is in the compact serialization.

    Raises InvalidStatement when it is no JWS, has another algorithm than RS256, RS384 or RS512, does not fit the
    certificate that it brings, or signs another statement than this one without its signatures.
    """

    def malformed(problem: str) -> InvalidStatement:
        return InvalidStatement(problem, path, "signature", "Data 2.6")

    try:
        signed = _read(jws)
        _check_header(signed)
        payload = parse_object(signed.payload)
    except InvalidJson as error:
        raise malformed(f"the signature holds no strict JSON: {error.message}") from error
    except (ValueError, binascii.Error) as error:
        raise malformed(f"the signature is malformed: {error}") from error
    except InvalidSignature as error:
        raise malformed("the signature does not fit the certificate that it brings") from error
    if not _is_a_statement(payload) or not _is_same(_unsigned(payload), _unsigned(statement)):
        raise malformed("the signature is of another statement")


def _read(jws: bytes) -> _Signed:
    parts = jws.split(b".")
    if len(parts) != 3 or not all(parts):
        raise ValueError("a JWS in compact serialization has three parts")
    header = parse_object(_decode(parts[0]))
    if not isinstance(header, dict):
        raise ValueError("its header is no JSON object")
    return _Signed(header, _decode(parts[1]), _decode(parts[2]), b".".join(parts[:2]))


def _decode(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _check_header(signed: _Signed) -> None:
    algorithm = signed.header.get("alg")
    if algorithm not in _ALGORITHMS:
        raise ValueError("its algorithm is none of RS256, RS384 and RS512")
    if "crit" in signed.header:
        raise ValueError("its header has critical extensions, and none is known here")
    if "x5c" in signed.header:
        key = _key_of(signed.header["x5c"])
        key.verify(signed.signature, signed.signing_input, PKCS1v15(), _ALGORITHMS[algorithm]())


def _key_of(chain: Any) -> RSAPublicKey:
    if not isinstance(chain, list) or not chain or not isinstance(chain[0], str):
        raise ValueError("x5c is a list of certificates")
    key = x509.load_der_x509_certificate(base64.b64decode(chain[0], validate=True)).public_key()
    if not isinstance(key, RSAPublicKey):
        raise ValueError("the certificate's key is not of RSA")
    return key


def _is_a_statement(payload: Any) -> bool:
    """By the rules of either version: the payload names none."""
    for version in ("1.0.3", "2.0.0"):
        try:
            statement_schema(version).check(payload)
            return True
        except InvalidStatement:
            continue
    return False


def _unsigned(statement: dict[str, Any]) -> dict[str, Any]:
    kept = [each for each in statement.get("attachments", ()) if each["usageType"] != SIGNATURE]
    rest = {name: value for name, value in statement.items() if name != "attachments"}
    return {**rest, "attachments": kept} if kept else rest


def _is_same(signed: dict[str, Any], sent: dict[str, Any]) -> bool:
    """Equal (Data 2.3.1), and of one id and one moment where both say them."""
    if "id" in signed and "id" in sent and signed["id"].lower() != sent["id"].lower():
        return False
    if "timestamp" in signed and "timestamp" in sent:
        try:
            if parse_instant(signed["timestamp"]) != parse_instant(sent["timestamp"]):
                return False
        except ValueError:
            return False
    try:
        return equality_hash(signed) == equality_hash(sent)
    except ValueError:  # a duration or an instant in it that is none
        return False
