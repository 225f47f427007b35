"""What people type to show who they are. A try is counted before anything is looked at, and given back when right."""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.forms import ReauthenticateForm as PasswordForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import validate_totp_code
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.conf import settings
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from fido2.utils import websafe_decode

from config.accounts import browsers, operations, sealing
from config.accounts.models import AccountChange
from config.accounts.nets import client_address, net_of
from config.accounts.operations import Refused, Ticket
from config.accounts.sessions import digest

_GUESSES_WORTH_TELLING = 5
_CODE_LABEL = _("Code")
_CODE_HELP = _("Six digits from your authenticator app, or one of your recovery codes.")


class TooEarly(forms.ValidationError):
    """Nothing was looked at; the same words for every name, known or not."""

    def __init__(self, wait: timedelta) -> None:
        self.seconds = math.ceil(wait.total_seconds())
        minutes = math.ceil(wait.total_seconds() / 60)
        super().__init__(
            ngettext(
                "Too many tries. Wait %(n)s minute and try again, or sign in with a passkey.",
                "Too many tries. Wait %(n)s minutes and try again, or sign in with a passkey.",
                minutes,
            )
            % {"n": minutes},
            code="too_early",
        )


@contextmanager
def counted(ticket: Ticket | Refused) -> Iterator[Ticket]:
    """What is inside is one try: it raises when it was wrong."""
    if isinstance(ticket, Refused):
        raise TooEarly(ticket.wait)
    yield ticket
    operations.succeeded(ticket=ticket)


def net(request: HttpRequest) -> str:
    return net_of(client_address(request.META, proxies=settings.TRUSTED_PROXIES))


def _of_session(request: HttpRequest) -> Ticket | Refused:
    return operations.may_try_session(session=digest(request.session.session_key or ""), now=timezone.now())


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, password = self.fields["login"], self.fields["password"]
        name.label = _("Name")
        name.widget.attrs = {
            "id": "id_username", "autocomplete": "username webauthn", "autofocus": True,
            "autocapitalize": "none", "spellcheck": "false",
        }  # fmt: skip
        password.widget.attrs = {"autocomplete": "current-password", "maxlength": 1024}
        password.max_length = 1024
        password.help_text = ""

    def clean(self) -> Any:
        if self.errors:
            return self.cleaned_data
        name, request = self.cleaned_data["login"], self.request
        token = browsers.token_for(request, name)
        with counted(
            operations.may_try_password(name=name, net=net(request), browser=token, now=timezone.now())
        ):
            return super().clean()


class CodeForm(AuthenticateForm):
    """The second step of signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress_code(self.fields["code"])

    def clean_code(self) -> str:
        request, now = context.request, timezone.now()
        token = browsers.token_for(request, self.user.get_username())
        ticket = operations.may_try_code(user_id=self.user.pk, browser=token, now=now)
        with counted(ticket) as counting:
            self.authenticator = _factor_of(self.user, self.cleaned_data["code"])
            if self.authenticator is None:
                self._note_guessing(counting)
                raise get_adapter().validation_error("incorrect_code")
        return str(self.cleaned_data["code"])

    def _note_guessing(self, ticket: Ticket) -> None:
        if ticket.failures == _GUESSES_WORTH_TELLING:
            kind = AccountChange.Kind.CODES_GUESSED
            operations.note_change(account=self.user, kind=kind, by=None, now=timezone.now())

    def save(self) -> None:
        super().save()
        assert self.authenticator is not None
        if self.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            kind = AccountChange.Kind.CODE_USED
            operations.note_change(account=self.user, kind=kind, by=self.user, now=timezone.now())


class CodeAgainForm(ReauthenticateForm):
    """A code from somebody who is signed in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress_code(self.fields["code"])

    def clean_code(self) -> str:
        with counted(_of_session(context.request)):
            self.authenticator = _factor_of(self.user, self.cleaned_data["code"])
            if self.authenticator is None:
                raise get_adapter().validation_error("incorrect_code")
        return str(self.cleaned_data["code"])


class AddAppForm(ActivateTOTPForm):
    """The first code of an app that was just set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress_code(self.fields["code"])
        self.fields["code"].help_text = _("The six digits that the app shows now.")


def _factor_of(user: User, code: str) -> Authenticator | None:
    """The app or the codes that this code is of. allauth's own check asks the cache, which may be down."""
    for factor in Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN):
        factor.user = user
        if factor.type != Authenticator.Type.TOTP:
            if factor.wrap().validate_code(code):
                return factor
        elif validate_totp_code(sealing.decrypt(factor.data["secret"]), code):
            is_new = operations.use_code_once(user_id=user.pk, code=code, now=timezone.now())
            return factor if is_new else None
    return None


class PasswordAgainForm(PasswordForm):
    """The password from somebody who is signed in and has no second factor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].widget.attrs = {"autocomplete": "current-password", "autofocus": True}
        self.fields["password"].help_text = ""
        self.fields["password"].label = _("Password")

    def clean_password(self) -> str:
        with counted(_of_session(context.request)):
            return str(super().clean_password())


class NewPasswordForm(PasswordChangeForm):
    def clean_old_password(self) -> str:
        with counted(_of_session(context.request)):
            return str(super().clean_old_password())


class Credential(forms.JSONField):
    """What the browser's passkey answers; nesting that exhausts the parser is refused like other nonsense."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


class _SameOrigin(forms.Form):
    """fido2 believes every port of a host and all below its name; an answer has to be from this very origin."""

    credential = Credential(widget=forms.HiddenInput)

    def clean_credential(self) -> Any:
        credential = self.cleaned_data["credential"]
        if _origin_in(credential) != f"{context.request.scheme}://{context.request.get_host()}":
            raise get_adapter().validation_error("incorrect_code")
        before = getattr(super(), "clean_credential", None)
        return before() if before else credential


class AddPasskeyForm(_SameOrigin, AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress_name(self.fields["name"])
        alone = self.fields["passwordless"]
        alone.label = _("Sign in with this passkey alone")
        alone.help_text = _(
            "No password is typed; the device asks for its PIN, a finger or a face each time."
        )

    def clean(self) -> dict[str, Any] | None:
        """allauth reads the answer bare; what fido2 cannot read is refused like any other that is wrong."""
        try:
            return super().clean()
        except (LookupError, RecursionError, TypeError, ValueError, struct.error):
            raise get_adapter().validation_error("incorrect_code") from None


class RenamePasskeyForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress_name(self.fields["name"])


class PasskeyForm(_SameOrigin, AuthenticateWebAuthnForm):
    """A passkey as the second step. Nothing is counted: there is nothing to guess."""


class SignInByPasskeyForm(_SameOrigin, LoginWebAuthnForm):
    """A passkey as the whole sign-in."""


class PasskeyAgainForm(_SameOrigin, ReauthenticateWebAuthnForm):
    """A passkey from somebody who is signed in."""


def _origin_in(credential: Any) -> str:
    """What the browser says it talked to; empty when that cannot be read."""
    try:
        coded = credential["response"]["clientDataJSON"]
        return str(json.loads(websafe_decode(coded))["origin"])
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        return ""


def _dress_name(field: forms.Field) -> None:
    field.label, field.help_text = (
        _("Name"),
        _("So that you know which it is, such as: laptop, key on the ring."),
    )
    field.widget.attrs = {"maxlength": 60, "autocomplete": "off"}


def _dress_code(field: forms.Field) -> None:
    field.label, field.help_text = _CODE_LABEL, _CODE_HELP
    field.widget.attrs = {
        "autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "maxlength": 20,
    }  # fmt: skip
