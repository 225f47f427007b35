"""What a browser says that its passkey said: the honest answer opens, and no other."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.auth.models import User
from fido2 import cbor

from tests.config.accounts.conftest import Visitor, factors_of
from tests.config.accounts.devices import PRESENT, Device, coded, plain

LOCAL = {"HTTP_HOST": "localhost", "HTTP_ORIGIN": "http://localhost"}
AS_SCRIPT = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest", "HTTP_ACCEPT": "application/json"}


@pytest.fixture
def here(visitor: Visitor, settings: Any) -> Visitor:
    settings.ALLOWED_HOSTS = ["localhost"]
    visitor.client.defaults |= LOCAL
    return visitor


@pytest.fixture
def device(here: Visitor, researcher: User) -> Device:
    """It was added through the page, as people do, and the visitor signed out again."""
    made = Device()
    here.sign_in()
    page = here.get("/accounts/passkeys/add/")
    credential = made.register(page.context["js_data"]["creation_options"])
    sent = {"name": "a device", "credential": json.dumps(credential), "passwordless": "on"}
    here.post("/accounts/passkeys/add/", sent)
    assert factors_of(researcher) == {"webauthn", "recovery_codes"}
    here.client.logout()
    return made


def asked(visitor: Visitor) -> dict[str, Any]:
    options: dict[str, Any] = visitor.get("/accounts/login/passkey/", **AS_SCRIPT).json()["request_options"]
    return options


def send(visitor: Visitor, credential: object) -> Any:
    text = credential if isinstance(credential, str) else json.dumps(credential)
    return visitor.post("/accounts/login/passkey/", {"credential": text})


def test_the_honest_answer_signs_in_and_only_once(here: Visitor, device: Device) -> None:
    credential = device.answer(asked(here))
    send(here, credential)
    assert here.is_in()
    here.client.logout()
    send(here, credential)
    assert not here.is_in()


def test_an_answer_is_no_good_in_another_browser(here: Visitor, device: Device) -> None:
    thief = Visitor(address="198.51.100.9")
    thief.client.defaults |= LOCAL
    asked(thief)
    send(thief, device.answer(asked(here)))
    assert not thief.is_in()


FORGED: dict[str, dict[str, Any]] = {
    "another site's page": {"origin": "https://evil.example"},
    "this name under a longer one": {"origin": "http://localhost.evil.example"},
    "another port of this machine": {"origin": "http://localhost:9"},
    "another site's key": {"place": "evil.example"},
    "nobody touched it": {"flags": 0},
    "its owner was not checked": {"flags": PRESENT},
    "an answer to another question": {"kind": "webauthn.create"},
    "another key": {"signer": ec.generate_private_key(ec.SECP256R1())},
}


@pytest.mark.parametrize("otherwise", FORGED.values(), ids=FORGED.keys())
def test_a_forged_answer_does_not(here: Visitor, device: Device, otherwise: dict[str, Any]) -> None:
    answer = send(here, device.answer(asked(here), **otherwise))
    assert answer.status_code in {200, 302, 400}
    assert not here.is_in()


def changed(part: str, change: Callable[[bytes], bytes]) -> Callable[[dict[str, Any]], object]:
    def act(credential: dict[str, Any]) -> object:
        response = credential["response"]
        response[part] = coded(change(plain(response[part])))
        return credential

    return act


def without(part: str) -> Callable[[dict[str, Any]], object]:
    def act(credential: dict[str, Any]) -> object:
        del credential["response"][part]
        return credential

    return act


def instead(value: object) -> Callable[[dict[str, Any]], object]:
    return lambda _: value


BROKEN: dict[str, Callable[[dict[str, Any]], object]] = {
    "a bit of the signature": changed("signature", lambda data: data[:-1] + bytes([data[-1] ^ 1])),
    "an empty signature": changed("signature", lambda _: b""),
    "a bit of the data": changed("authenticatorData", lambda data: data[:-1] + bytes([data[-1] ^ 1])),
    "half of the data": changed("authenticatorData", lambda data: data[:20]),
    "no JSON within": changed("clientDataJSON", lambda _: b"\xff\x00"),
    "a list within": changed("clientDataJSON", lambda _: b"[]"),
    "numbers within": changed("clientDataJSON", lambda _: b'{"type": 1, "challenge": 2, "origin": 3}'),
    "the handle of nobody": changed("userHandle", lambda _: b"999999"),
    "a handle that is no number": changed("userHandle", lambda _: "٣; drop".encode()),
    "a handle beyond all numbers": changed("userHandle", lambda _: b"9" * 5000),
    "a handle with a zero byte": changed("userHandle", lambda _: b"\x00"),
    "no handle": without("userHandle"),
    "no signature": without("signature"),
    "no data": without("authenticatorData"),
    "another credential": lambda told: told | {"id": coded(b"other"), "rawId": coded(b"other")},
    "a text for the response": lambda told: told | {"response": "x"},
    "a list for the response": lambda told: told | {"response": []},
    "nothing for the response": lambda told: told | {"response": None},
    "a number": instead("7"),
    "a list": instead("[]"),
    "a list of lists": instead("[[]]"),
    "a text": instead('"x"'),
    "no JSON": instead("{"),
    "nothing": instead(""),
    "null": instead("null"),
    "very deep": instead("[" * 100_000),
    "very long": instead(json.dumps({"response": {"userHandle": "A" * 2_000_000}})),
    "not even characters": instead('"\\ud800"'),
    "no base64": lambda told: told | {"response": told["response"] | {"signature": "*!", "userHandle": "é"}},
    "numbers for texts": lambda told: told | {"response": dict.fromkeys(told["response"], 1)},
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_answer_is_refused_in_words_and_never_a_fault(
    here: Visitor, device: Device, change: Callable[[dict[str, Any]], object]
) -> None:
    answer = send(here, change(copy.deepcopy(device.answer(asked(here)))))
    assert answer.status_code in {200, 302, 400, 413}
    assert not here.is_in()


def test_nobody_comes_in_by_their_device_as_somebody_else(here: Visitor, device: Device, db: None) -> None:
    other = User.objects.create_superuser("another", password="another-passphrase")
    handle = coded(user_pk_to_url_str(other).encode())
    send(here, device.answer(asked(here), owner=handle))
    assert not here.is_in()


def test_an_answer_without_a_question_is_none(here: Visitor, device: Device) -> None:
    options = asked(here)
    here.client.cookies.clear()
    send(here, device.answer(options))
    assert not here.is_in()


def test_the_device_of_a_closed_account_opens_nothing(
    here: Visitor, device: Device, researcher: User
) -> None:
    User.objects.filter(pk=researcher.pk).update(is_active=False)
    send(here, device.answer(asked(here)))
    assert not here.is_in()


def test_a_passkey_that_was_removed_opens_nothing(here: Visitor, device: Device, researcher: User) -> None:
    options = asked(here)
    Authenticator.objects.filter(user=researcher, type="webauthn").delete()
    send(here, device.answer(options))
    assert not here.is_in()


NO_DEVICES: dict[str, Callable[[dict[str, Any]], object]] = {
    "no JSON": instead("{"),
    "a list": instead([]),
    "null": instead(None),
    "no attestation": without("attestationObject"),
    "an empty one": changed("attestationObject", lambda _: b""),
    "half of it": changed("attestationObject", lambda data: data[: len(data) // 2]),
    "a list in its place": changed("attestationObject", lambda _: cbor.encode([1, 2])),
    "a number in its place": changed("attestationObject", lambda _: cbor.encode(1)),
    "very deep": changed("attestationObject", lambda _: b"\x81" * 5000 + b"\x00"),
    "a promise of much": changed("attestationObject", lambda _: b"\xbb" + b"\xff" * 8),
    "half of the data": changed(
        "attestationObject",
        lambda data: cbor.encode(cbor.decode(data) | {"authData": cbor.decode(data)["authData"][:60]}),
    ),
    "no key": changed(
        "attestationObject",
        lambda data: cbor.encode(cbor.decode(data) | {"authData": cbor.decode(data)["authData"][:37]}),
    ),
}


@pytest.mark.parametrize("change", NO_DEVICES.values(), ids=NO_DEVICES.keys())
def test_a_broken_answer_adds_no_device_and_is_never_a_fault(
    here: Visitor, researcher: User, change: Callable[[dict[str, Any]], object]
) -> None:
    here.sign_in()
    page = here.get("/accounts/passkeys/add/")
    sent = change(Device().register(page.context["js_data"]["creation_options"]))
    text = sent if isinstance(sent, str) else json.dumps(sent)
    answer = here.post("/accounts/passkeys/add/", {"name": "x", "credential": text})
    assert answer.status_code == 200
    assert factors_of(researcher) == set()


def test_a_device_made_for_another_site_is_not_added(here: Visitor, researcher: User) -> None:
    here.sign_in()
    page = here.get("/accounts/passkeys/add/")
    made = Device().register(page.context["js_data"]["creation_options"], origin="https://evil.example")
    here.post("/accounts/passkeys/add/", {"name": "x", "credential": json.dumps(made)})
    assert factors_of(researcher) == set()
