"""Addresses under /accounts/, named as django-allauth's own steps call them. Signing up is not among them."""

from django.urls import path

from config.accounts import views

urlpatterns = [
    path("", views.OwnAccount.as_view(), name="mfa_index"),
    path("login/", views.SignIn.as_view(), name="account_login"),
    path("login/passkey/", views.SignInByPasskey.as_view(), name="mfa_login_webauthn"),
    path("login/code/", views.SignInCode.as_view(), name="mfa_authenticate"),
    path("login/again/", views.start_again, name="account_start_again"),
    path("logout/", views.SignOut.as_view(), name="account_logout"),
    path("again/password/", views.PasswordAgain.as_view(), name="account_reauthenticate"),
    path("again/code/", views.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("again/passkey/", views.PasskeyAgain.as_view(), name="mfa_reauthenticate_webauthn"),
    path("password/", views.NewPassword.as_view(), name="account_change_password"),
    path("app/add/", views.AddApp.as_view(), name="mfa_activate_totp"),
    path("app/remove/", views.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("passkeys/add/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", views.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/rename/", views.RenamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("codes/", views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("codes/new/", views.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("sessions/end/", views.end_session, name="account_end_session"),
]
