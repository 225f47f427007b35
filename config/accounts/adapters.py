"""What django-allauth asks us: how people are named, what is counted, what is told, and what is never kept.

Four traps of allauth 65 are answered here. Its limits keep addresses in the cache: they are off, ours count instead.
A request that waits for re-authentication is put into the session with its body, address and cookies: ours is sent
away without being kept. Secrets of factors are stored in the clear unless the adapter encrypts. Its mails about changes
name address and browser: ours do not.
"""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.utils import get_next_redirect_url
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.accounts import browsers, operations, sealing
from config.accounts.models import AccountChange
from config.accounts.sessions import BROWSER, SIGNED_IN, digest

Kind = AccountChange.Kind
TOLD = {
    "mfa/messages/totp_activated.txt": gettext_lazy("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("The authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": gettext_lazy("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("The passkey is removed."),
    "account/messages/password_changed.txt": gettext_lazy(
        "The password is changed. All other sessions are ended."
    ),
}
NOTED = {
    "mfa/email/totp_activated": (Kind.FACTOR_ADDED, "totp"),
    "mfa/email/totp_deactivated": (Kind.FACTOR_REMOVED, "totp"),
    "mfa/email/webauthn_added": (Kind.FACTOR_ADDED, "passkey"),
    "mfa/email/webauthn_removed": (Kind.FACTOR_REMOVED, "passkey"),
    "mfa/email/recovery_codes_generated": (Kind.CODES_MADE, ""),
    "account/email/password_changed": (Kind.PASSWORD_CHANGED, ""),
}
"""What allauth would send a mail about is what an account's history holds."""


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": gettext_lazy("Name or password is wrong."),
        "incorrect_password": gettext_lazy("The password is wrong."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Tries are counted by our forms, before they come here."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        from django.contrib.auth import authenticate

        user = authenticate(request, **credentials)
        return user if isinstance(user, User) else None

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """The same words as for a wrong password: whether an account exists is told to nobody."""
        messages.error(request, str(self.error_messages["username_password_mismatch"]))
        return HttpResponseRedirect(reverse("account_login"))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return get_next_redirect_url(request) or reverse("admin:index")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def login(self, request: HttpRequest, user: Any) -> None:
        before = user.last_login
        super().login(request, user)
        request.session[SIGNED_IN] = time.time()
        request.session[BROWSER] = browsers.words_for(request.headers.get("User-Agent", ""))
        _tell_what_others_did(request, user, before)

    def post_login(self, request: HttpRequest, user: Any, **values: Any) -> HttpResponse:
        response = super().post_login(request, user, **values)
        browsers.remember(request, response, user.get_username())
        return response

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **values: Any
    ) -> None:
        """Our words for what is worth saying; nothing for the rest, such as that one has signed in."""
        text = values.get("message") or TOLD.get(message_template or "")
        if text:
            messages.add_message(request, level, str(text))

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **values: Any) -> None:
        if template_prefix in NOTED:
            kind, detail = NOTED[template_prefix]
            note_own_change(context.request, user, kind, detail)

    def is_reauthentication_required(self, *, app: str, **values: Any) -> bool:
        """Never says so: sends away by itself whoever has not proved lately who it is, and keeps no body."""
        request = context.request
        if not is_recent(request):
            raise ImmediateHttpResponse(ask_again(request))
        return False

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, str]]:
        """Whoever has a second factor proves it; the password alone is for those who have none."""
        methods = super().get_reauthentication_methods(user)
        factors = [method for method in methods if method["id"] != "reauthenticate"]
        return sorted(factors, key=lambda method: method["id"], reverse=True) or methods


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This was not right. Codes change every half minute and work once."),
        "cannot_delete_authenticator": gettext_lazy(
            "This is the only second factor, and one is required here: add another first."
        ),
    }

    def get_totp_label(self, user: Any) -> str:
        return str(user.get_username())

    def get_totp_issuer(self) -> str:
        return "Stillblocked"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": "Stillblocked"}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        named = super().get_public_key_credential_user_entity(user)
        return named | {"name": user.get_username(), "display_name": user.get_username()}

    def encrypt(self, text: str) -> str:
        return sealing.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.decrypt(encrypted_text)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(n)s") % {"n": number}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        has_another = others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
        return has_another or settings.MFA != "required"


def note_own_change(request: HttpRequest, user: Any, kind: str, detail: str = "") -> None:
    """Write what somebody changed of the own account; all other sessions end, and this one gets a new key."""
    request.session.cycle_key()
    operations.note_change(account=user, kind=kind, by=user, now=timezone.now(), detail=detail)
    operations.end_sessions(user_id=user.pk, but=digest(request.session.session_key or ""))


def is_recent(request: HttpRequest) -> bool:
    """Whether the person at this session has signed in, or proved again who it is, within the last minutes."""
    records = get_authentication_records(request, request.user) if request.user.is_authenticated else []
    return any(time.time() - record["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT for record in records)


def ask_again(request: HttpRequest) -> HttpResponse:
    """To the page where one proves again who it is, and back. A form that was sent has to be sent again."""
    from allauth.account.adapter import get_adapter

    if not request.user.is_authenticated:
        url = reverse("account_login")
    else:
        url = get_adapter(request).get_reauthentication_methods(request.user)[0]["url"]
    return HttpResponseRedirect(f"{url}?{urlencode({'next': request.get_full_path()})}")


def _tell_what_others_did(request: HttpRequest, user: User, before: datetime | None) -> None:
    for change in operations.changes_by_others_since(account=user, since=before):
        said = {
            "what": change.get_kind_display(),
            "day": date_format(change.at, "DATE_FORMAT"),
            "by": change.by.get_username() if change.by else _("the operator"),
        }
        text = _("%(day)s: %(what)s, by %(by)s.") % said
        if change.kind == Kind.CODES_GUESSED:
            text = _(
                "%(day)s: somebody gave your password and then wrong codes. If it was not you, change the password."
            ) % {"day": said["day"]}
        messages.warning(request, text)
