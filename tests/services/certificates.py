"""An authority of a test's own, and what it certifies: a server at 127.0.0.1, and clients."""

import ipaddress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

ADDRESS = "127.0.0.1"


class Certified(NamedTuple):
    """Files in PEM: a certificate, its key, and both in one."""

    certificate: Path
    key: Path
    both: Path


class Authority:
    """It signs with a key that nobody keeps; its certificate is the file `certificate`."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self._key, self._name = folder, ec.generate_private_key(ec.SECP256R1()), _named(name)
        folder.mkdir(parents=True, exist_ok=True)
        own = _certificate(self._name, self._name, self._key.public_key())
        own = own.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        self.certificate = folder / f"{name}.crt"
        self.certificate.write_bytes(own.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM))

    def certify(self, name: str, address: str = ADDRESS, password: str = "") -> Certified:
        """A key, encrypted when there is a password, and its certificate for whoever is at the address."""
        key = ec.generate_private_key(ec.SECP256R1())
        at = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
        drafted = _certificate(_named(name), self._name, key.public_key()).add_extension(at, critical=False)
        signed = drafted.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM)
        how = BestAvailableEncryption(password.encode()) if password else NoEncryption()
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how)
        made = Certified(*(self.folder / f"{name}.{end}" for end in ("crt", "key", "pem")))
        made.certificate.write_bytes(signed)
        made.key.write_bytes(private)
        made.both.write_bytes(private + signed)
        return made


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return x509.CertificateBuilder(
        issuer, subject, key, x509.random_serial_number(), now - timedelta(days=1), now + timedelta(days=2)
    )
