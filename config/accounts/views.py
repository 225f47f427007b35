"""The pages of signing in and of one's own account: django-allauth's steps in the desk's frame."""

from __future__ import annotations

import ipaddress
from typing import Any

from allauth.account.internal.stagekit import clear_login
from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.generic.edit import FormView

from config.accounts import operations
from config.accounts.adapters import TOLD, MFAAdapter, note_own_change
from config.accounts.forms import NewPasswordForm, TooEarly
from config.accounts.models import AccountChange
from config.accounts.requirement import owes_a_factor
from config.accounts.sessions import digest

_LINES_OF_HISTORY = 20


class Framed:
    """The desk around a page: its name, languages, light and dark."""

    title: Any = ""
    request: HttpRequest

    @method_decorator(never_cache)
    @method_decorator(sensitive_post_parameters())
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = super().get_context_data(**kwargs)  # type: ignore[misc]
        frame = admin.site.each_context(self.request)
        return {**frame, "title": self.title, "can_have_passkeys": _has_a_name(self.request), **given}

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        early = [e for errors in form.errors.as_data().values() for e in errors if isinstance(e, TooEarly)]
        if early:
            response.status_code = 429
            response.headers["Retry-After"] = str(max(error.seconds for error in early))
        return response


def _has_a_name(request: HttpRequest) -> bool:
    """Browsers bind passkeys to a name; an address such as 127.0.0.1 has none."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return True
    return False


class SignIn(Framed, LoginView):
    template_name = "accounts/sign_in.html"
    title = gettext_lazy("Sign in")


class SignInByPasskey(LoginWebAuthnView):
    """Options for the browser as JSON; what it answers is a whole sign-in, both factors in one."""


class SignInCode(Framed, AuthenticateView):
    template_name = "accounts/code.html"
    title = gettext_lazy("Second step")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        has_passkey = MFAAdapter().is_mfa_enabled(self.stage.login.user, [Authenticator.Type.WEBAUTHN])
        return {**super().get_context_data(**kwargs), "has_passkey": has_passkey}


class SignOut(LogoutView):
    """Only by a form: a picture in somebody's page must not sign anybody out."""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("mfa_index" if self.request.user.is_authenticated else "account_login")


@require_POST
def start_again(request: HttpRequest) -> HttpResponse:
    """From the second step back to the first."""
    clear_login(request)
    return redirect("account_login")


class _Again:
    """After proving again who it is, the session has a new key."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        self.request.session.cycle_key()
        return response


class PasswordAgain(_Again, Framed, ReauthenticateView):
    template_name = "accounts/again.html"
    title = gettext_lazy("Is it still you?")


class CodeAgain(_Again, Framed, CodeAgainView):
    template_name = "accounts/again.html"
    title = gettext_lazy("Is it still you?")


class PasskeyAgain(_Again, Framed, ReauthenticateWebAuthnView):
    template_name = "accounts/again.html"
    title = gettext_lazy("Is it still you?")


class OwnAccount(Framed, IndexView):
    """Second factors, sessions and history of one's own account; nothing but the first while one is owed."""

    template_name = "accounts/own.html"
    title = gettext_lazy("Your account")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, now = authenticated_user(self.request), timezone.now()
        assert isinstance(user, User)
        owes = owes_a_factor(user)
        given = super().get_context_data(**kwargs)
        if owes:
            return given | {"owes": True, "title": _("Set up a second factor")}
        return given | {
            "sessions": operations.sessions_of(user_id=user.pk, now=now),
            "this_session": digest(self.request.session.session_key or ""),
            "changes": operations.changes_of(account=user, most=_LINES_OF_HISTORY),
            "codes_left": _codes_left(given["authenticators"]),
        }


def _codes_left(authenticators: dict[str, Any]) -> int | None:
    codes = authenticators.get(Authenticator.Type.RECOVERY_CODES)
    return len(codes.get_unused_codes()) if codes else None


class AddApp(Framed, ActivateTOTPView):
    template_name = "accounts/add_app.html"
    title = gettext_lazy("Set up an authenticator app")


class RemoveApp(Framed, DeactivateTOTPView):
    template_name = "accounts/remove.html"
    title = gettext_lazy("Remove the authenticator app")


class AddPasskey(Framed, AddWebAuthnView):
    template_name = "accounts/add_passkey.html"
    title = gettext_lazy("Add a passkey")


class RemovePasskey(Framed, RemoveWebAuthnView):
    template_name = "accounts/remove.html"
    title = gettext_lazy("Remove a passkey")
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        """allauth asks whether a factor may go for apps only."""
        adapter = MFAAdapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, str(adapter.error_messages["cannot_delete_authenticator"]))
            return HttpResponseRedirect(reverse("mfa_index"))
        return super().form_valid(form)


class RenamePasskey(Framed, EditWebAuthnView):
    template_name = "accounts/rename_passkey.html"
    title = gettext_lazy("Rename a passkey")
    success_url = reverse_lazy("mfa_index")


class RecoveryCodes(Framed, ViewRecoveryCodesView):
    template_name = "accounts/codes.html"
    title = gettext_lazy("Recovery codes")


class NewRecoveryCodes(Framed, GenerateRecoveryCodesView):
    template_name = "accounts/new_codes.html"
    title = gettext_lazy("New recovery codes")


@method_decorator(login_required, name="dispatch")
class NewPassword(Framed, FormView):
    template_name = "accounts/new_password.html"
    title = gettext_lazy("Change password")
    form_class = NewPasswordForm
    success_url = reverse_lazy("mfa_index")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        form.save()
        update_session_auth_hash(self.request, form.user)
        note_own_change(self.request, form.user, AccountChange.Kind.PASSWORD_CHANGED)
        messages.success(self.request, str(TOLD["account/messages/password_changed.txt"]))
        return super().form_valid(form)


@login_required
@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """End one of the own sessions, or all but this one."""
    user_id = request.user.pk
    assert user_id is not None
    which = request.POST.get("session", "")
    if which == "others":
        own = digest(request.session.session_key or "")
        number = operations.end_sessions(user_id=user_id, but=own)
    else:
        number = int(operations.end_session(user_id=user_id, key_digest=which))
    said = ngettext("%(n)s session is ended.", "%(n)s sessions are ended.", number) % {"n": number}
    messages.success(request, said)
    return redirect(settings.LOGIN_URL if not _lives(request) else "mfa_index")


def _lives(request: HttpRequest) -> bool:
    return request.session.exists(request.session.session_key or "")
