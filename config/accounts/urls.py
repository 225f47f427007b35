"""Addresses under /accounts/, named as django-allauth's own steps call them. Signing up is not among them."""

from typing import Any

from django.urls import path
from django.views.decorators.http import require_http_methods

from config.accounts import views


def page(view: Any) -> Any:
    """The view for the methods of forms; the steps before it answer others with a way to somewhere else."""
    return require_http_methods(["GET", "HEAD", "POST"])(view.as_view())


urlpatterns = [
    path("", page(views.OwnAccount), name="mfa_index"),
    path("login/", page(views.SignIn), name="account_login"),
    path("login/passkey/", page(views.SignInByPasskey), name="mfa_login_webauthn"),
    path("login/code/", page(views.SignInCode), name="mfa_authenticate"),
    path("login/again/", views.start_again, name="account_start_again"),
    path("logout/", page(views.SignOut), name="account_logout"),
    path("again/password/", page(views.PasswordAgain), name="account_reauthenticate"),
    path("again/code/", page(views.CodeAgain), name="mfa_reauthenticate"),
    path("again/passkey/", page(views.PasskeyAgain), name="mfa_reauthenticate_webauthn"),
    path("password/", page(views.NewPassword), name="account_change_password"),
    path("app/add/", page(views.AddApp), name="mfa_activate_totp"),
    path("app/remove/", page(views.RemoveApp), name="mfa_deactivate_totp"),
    path("passkeys/add/", page(views.AddPasskey), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", page(views.RemovePasskey), name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/rename/", page(views.RenamePasskey), name="mfa_edit_webauthn"),
    path("codes/", page(views.RecoveryCodes), name="mfa_view_recovery_codes"),
    path("codes/new/", page(views.NewRecoveryCodes), name="mfa_generate_recovery_codes"),
    path("sessions/end/", views.end_session, name="account_end_session"),
]
