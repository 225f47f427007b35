"""A device that holds one passkey: WebAuthn from its text, so that the product is not asked about itself."""

from __future__ import annotations

import hashlib
import json
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor

PRESENT, VERIFIED, WITH_CREDENTIAL = 0x01, 0x04, 0x40
PLACE = "http://localhost"


def coded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def plain(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Device:
    """What it is asked is given as the site gives it; what it answers, as a browser would hand it over."""

    name: bytes = b"credential-of-the-test"
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    counter: int = 0
    owner: str = ""
    """Whose it is, as the site wrote it when the device was added."""

    def register(self, options: dict[str, Any], *, origin: str = PLACE) -> dict[str, Any]:
        asked = options["publicKey"]
        self.owner = asked["user"]["id"]
        numbers = self.key.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        about = self._about(asked["rp"]["id"], PRESENT | VERIFIED | WITH_CREDENTIAL)
        about += bytes(16) + struct.pack(">H", len(self.name)) + self.name + cbor.encode(key)
        told = cbor.encode({"fmt": "none", "attStmt": {}, "authData": about})
        said = self._said("webauthn.create", asked["challenge"], origin)
        return self._wrapped({"clientDataJSON": coded(said), "attestationObject": coded(told)}) | {
            "clientExtensionResults": {"credProps": {"rk": True}}
        }

    def answer(
        self,
        options: dict[str, Any],
        *,
        owner: str = "",
        origin: str = PLACE,
        place: str | None = None,
        flags: int = PRESENT | VERIFIED,
        kind: str = "webauthn.get",
        signer: ec.EllipticCurvePrivateKey | None = None,
    ) -> dict[str, Any]:
        """An honest answer, but for what is given otherwise."""
        asked = options["publicKey"]
        self.counter += 1
        about = self._about(place or asked["rpId"], flags)
        said = self._said(kind, asked["challenge"], origin)
        sealed = (signer or self.key).sign(about + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._wrapped(
            {
                "clientDataJSON": coded(said),
                "authenticatorData": coded(about),
                "signature": coded(sealed),
                "userHandle": owner or self.owner,
            }
        )

    def _about(self, place: str, flags: int) -> bytes:
        return hashlib.sha256(place.encode()).digest() + struct.pack(">BI", flags, self.counter)

    def _said(self, kind: str, challenge: str, origin: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": origin}).encode()

    def _wrapped(self, response: dict[str, str]) -> dict[str, Any]:
        return {
            "type": "public-key",
            "id": coded(self.name),
            "rawId": coded(self.name),
            "response": response,
            "clientExtensionResults": {},
        }
