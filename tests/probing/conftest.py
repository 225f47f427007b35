"""Certificates made for the run, good and bad, and the file of roots that vouches for the good ones."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Certified:
    certificate: x509.Certificate
    key: Key


@dataclass(frozen=True)
class Authority:
    """A root made for the run, and what it signs."""

    folder: Path
    root: Certified

    @property
    def ca_file(self) -> str:
        return str(self.folder / "roots.pem")

    def context(self, *names: str, expired: bool = False, self_signed: bool = False) -> ssl.SSLContext:
        issuer = None if self_signed else self.root
        made = make_certificate(names[0], names, issuer, days=(-30, -1) if expired else (-1, 30))
        file = self.folder / f"{made.certificate.serial_number}.pem"
        file.write_bytes(pem(made.certificate) + key_pem(made.key))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        context.set_alpn_protocols(["http/1.1"])
        return context


def make_certificate(
    common_name: str, names: tuple[str, ...], issuer: Certified | None, *, days: tuple[int, int]
) -> Certified:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=not names, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(_issued_by(issuer.key if issuer else key), critical=False)
    )
    if names:
        builder = builder.add_extension(
            x509.SubjectAlternativeName([_san(name) for name in names]), critical=False
        )
    else:
        builder = builder.add_extension(_SIGNS, critical=True)
    return Certified(builder.sign(issuer.key if issuer else key, hashes.SHA256()), key)


_SIGNS = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)
"""A root has to say so: from Python 3.13 the contexts that are made by default are as strict as RFC 5280."""


def _issued_by(key: Key) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())


def _san(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def key_pem(key: Key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    folder = tmp_path_factory.mktemp("certificates")
    root = make_certificate("Test root", (), None, days=(-2, 60))
    (folder / "roots.pem").write_bytes(pem(root.certificate))
    return Authority(folder, root)
