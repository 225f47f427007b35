"""RFC 3161, against OpenSSL's own authority: a signed time for the end of the chain, and replies that prove nothing."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from tests.make import make_measurement
from tests.tracker.test_chain import sql, verify
from tracker.evidence.timestamping import NotProven, Timestamp, proven, timestamp
from tracker.networks import network_of
from tracker.probing.asking import NoAnswer

pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="left out: openssl is not on this machine"
)

DATA = b'{"sequence": 5, "sha256": "00"}\n'
CONFIG = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
"""


class Authority:
    """An authority in a folder: a root, a certificate for timestamps, and OpenSSL to sign."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        root_key, root = _certificate("Root", None, None)
        key, leaf = _certificate("Timestamps", root, root_key)
        self.ca_file = str(folder / "root.pem")
        Path(self.ca_file).write_bytes(root.public_bytes(serialization.Encoding.PEM))
        (folder / "leaf.pem").write_bytes(leaf.public_bytes(serialization.Encoding.PEM))
        plain = serialization.NoEncryption()
        form = serialization.PrivateFormat.PKCS8
        (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
        (folder / "serial").write_text("01\n")
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))

    def reply(self, query: bytes) -> bytes:
        (self.folder / "query").write_bytes(query)
        parts = ["-config", "tsa.cnf", "-queryfile", "query", "-inkey", "key.pem", "-signer", "leaf.pem"]
        done = subprocess.run(
            ["openssl", "ts", "-reply", *parts], cwd=self.folder, capture_output=True, check=True
        )
        return done.stdout


def _certificate(
    name: str, issuer: x509.Certificate | None, issuer_key: rsa.RSAPrivateKey | None
) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key = rsa.generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    if issuer is not None:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    return key, builder.sign(issuer_key or key, hashes.SHA256())


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa") / "first")


@pytest.fixture(scope="module")
def another(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa") / "second")


Serve = Callable[..., str]


@pytest.fixture
def serve(origin: Callable[[str, int], None]) -> Iterator[Serve]:
    servers: list[ThreadingHTTPServer] = []

    def start(answer: Callable[[bytes], bytes], status: int = 200) -> str:
        class Service(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                assert self.headers["Content-Type"] == "application/timestamp-query"
                reply = answer(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(status)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, *_: Any) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        origin(address, server.server_port)
        return address

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def stamped(url: str, authority: Authority, data: bytes = DATA) -> Timestamp:
    return asyncio.run(timestamp(data, url=url, network=network_of("direct"), ca_file=authority.ca_file))


def test_a_reply_that_holds_tells_the_time_and_holds_later_too(serve: Serve, authority: Authority) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    found = stamped(serve(authority.reply), authority)
    assert before <= found.at <= datetime.now(UTC)
    assert proven(found.reply, DATA, ca_file=authority.ca_file) == found


def test_only_the_hash_leaves(serve: Serve, authority: Authority) -> None:
    heard = []

    def answer(query: bytes) -> bytes:
        heard.append(query)
        return authority.reply(query)

    stamped(serve(answer), authority)
    assert b"sequence" not in heard[0]


def test_a_reply_about_other_bytes_proves_nothing(serve: Serve, authority: Authority) -> None:
    found = stamped(serve(authority.reply), authority)
    with pytest.raises(NotProven):
        proven(found.reply, DATA + b" ", ca_file=authority.ca_file)


def test_a_signature_of_somebody_else_proves_nothing(
    serve: Serve, authority: Authority, another: Authority
) -> None:
    with pytest.raises(NotProven):
        stamped(serve(another.reply), authority)


def test_an_old_reply_proves_nothing(serve: Serve, authority: Authority) -> None:
    """The number that was asked with is not in it."""
    told: list[bytes] = []

    def again(query: bytes) -> bytes:
        told.append(told[0] if told else authority.reply(query))
        return told[-1]

    url = serve(again)
    stamped(url, authority)
    with pytest.raises(NotProven, match="Nonce"):
        stamped(url, authority)


def test_a_refusal_proves_nothing(serve: Serve, authority: Authority) -> None:
    rejection = bytes.fromhex("300530030201" + "02")  # PKIStatusInfo with status 2 and no token
    with pytest.raises(NotProven):
        stamped(serve(lambda _query: rejection), authority)


@pytest.mark.parametrize("reply", [b"", b"no DER", b"\x30\x80", b"\x30\x03\x02\x01"])
def test_what_is_no_reply_proves_nothing(serve: Serve, authority: Authority, reply: bytes) -> None:
    with pytest.raises(NotProven):
        stamped(serve(lambda _query: reply), authority)


def test_a_changed_reply_proves_nothing(serve: Serve, authority: Authority) -> None:
    reply = bytearray(stamped(serve(authority.reply), authority).reply)
    reply[-20] ^= 0x55
    with pytest.raises(NotProven):
        proven(bytes(reply), DATA, ca_file=authority.ca_file)


def test_an_authority_that_does_not_answer_well_is_no_answer(serve: Serve, authority: Authority) -> None:
    with pytest.raises(NoAnswer, match="status 503"):
        stamped(serve(authority.reply, 503), authority)


# --- The head of the chain


@pytest.fixture
def heads(serve: Serve, authority: Authority, settings: Any, db: None) -> Path:
    """Three looks, whose last link was timestamped."""
    settings.TIMESTAMP_URL, settings.TIMESTAMP_ROOTS = serve(authority.reply), authority.ca_file
    for _ in range(3):
        make_measurement()
    out = StringIO()
    call_command("timestamp_head", stdout=out)
    assert out.getvalue().startswith("Link 3 was there at ")
    return Path(django_settings.EVIDENCE_DIR) / "heads"


def test_a_timestamped_head_is_checked_by_us_and_by_openssl(heads: Path, authority: Authority) -> None:
    make_measurement()
    out, err = verify()
    assert err == ""
    assert "4 links. 1 heads. 0 faults." in out
    files = ["-data", str(heads / "000000000003.json"), "-in", str(heads / "000000000003.tsr")]
    done = subprocess.run(
        ["openssl", "ts", "-verify", *files, "-CAfile", authority.ca_file], capture_output=True, text=True
    )
    assert "Verification: OK" in done.stdout + done.stderr


def test_a_chain_without_the_timestamped_link_is_found(heads: Path) -> None:
    sql("UPDATE tracker_chainlink SET sha256 = %s WHERE sequence = 3", "f" * 64)
    assert "000000000003.json: the chain does not lead to link 3 as it was written down" in verify()[1]


@pytest.mark.parametrize("suffix", [".json", ".tsr"])
def test_a_changed_head_or_reply_is_found(heads: Path, suffix: str) -> None:
    path = heads / f"000000000003{suffix}"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x01
    path.write_bytes(data)
    assert verify()[1].startswith("000000000003.json: ")


@pytest.mark.django_db
def test_nobody_is_asked_without_an_address_or_a_link(settings: Any) -> None:
    settings.TIMESTAMP_URL = ""
    with pytest.raises(CommandError, match="STILLBLOCKED_TIMESTAMP_URL"):
        call_command("timestamp_head")
    settings.TIMESTAMP_URL = "http://127.0.0.1:1/"
    with pytest.raises(CommandError, match="no link yet"):
        call_command("timestamp_head")
    make_measurement()
    with pytest.raises(CommandError, match="There is no timestamp"):
        call_command("timestamp_head")
