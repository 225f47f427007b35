"""Accounts and roles in the admin: whoever keeps accounts cannot make themselves more than they are."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.accounts import operations
from config.accounts.adapters import ask_again, is_recent
from config.accounts.models import AccountChange

ABOVE = frozenset({"is_superuser", "user_permissions"})
"""Rights past the roles; only a superuser gives them."""


def is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))


OF_ONESELF = ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")
"""What nobody gives to themselves or takes from themselves."""


class AccountAdmin(UserAdmin):
    """An account is switched off and not deleted: the history would forget who did what.

    Whoever changes accounts shows first that it is still them. Second factors are not here: their owner changes them,
    or the operator at the machine (``manage.py reset_factors``).
    """

    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Personal info"), {"fields": ("first_name", "last_name", "email")}),
        (_("Rights"), {"fields": ("is_active", "is_staff", "groups", "is_superuser", "user_permissions")}),
    )
    """Without the times of signing in and joining: when somebody works is nobody's business."""
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("username", "password1", "password2")}),)
    list_display = ("username", "first_name", "last_name", "is_active", "is_staff")
    change_form_template = "admin/auth/user/history_below.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        is_own = obj is not None and obj.pk == request.user.pk
        return (*super().get_readonly_fields(request, obj), *(OF_ONESELF if is_own else ()))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        account = self.get_object(request, unquote(object_id)) if object_id else None
        may_write = self.has_change_permission(request, account)
        if may_write and not is_recent(request):
            return ask_again(request)
        lines = operations.changes_of(account=account, most=50) if account else []
        return super().changeform_view(
            request, object_id, form_url, {**(extra_context or {}), "account_changes": lines}
        )

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        account = self.get_object(request, unquote(id))
        if account is not None and self.has_change_permission(request, account) and not is_recent(request):
            return ask_again(request)
        answer = super().user_change_password(request, id, form_url)
        if account is not None and request.method == "POST" and answer.status_code == 302:
            _note_password(request, account)
        return answer

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        form.before = operations.snapshot(account_id=obj.pk)
        if not change:
            obj.is_staff = True  # who may only look at public pages needs no account
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        assert isinstance(request.user, User)
        operations.note_differences(
            account=form.instance, before=form.before, by=request.user, now=timezone.now()
        )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_above = isinstance(obj, User) and obj.is_superuser
        return super().has_change_permission(request, obj) and (is_superuser(request) or not is_above)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Without the rights past the roles; whoever may only look sees no trace of a password either."""
        hidden = set() if is_superuser(request) else set(ABOVE)
        if not self.has_change_permission(request, obj):
            hidden.add("password")
        declared = super().get_fieldsets(request, obj)
        return [
            (title, {**options, "fields": tuple(name for name in options["fields"] if name not in hidden)})
            for title, options in declared
        ]


def _note_password(request: HttpRequest, account: User) -> None:
    """A password that was set is written down, and whoever is signed in with the old one is out."""
    if User.objects.get(pk=account.pk).password == account.password:
        return
    assert isinstance(request.user, User)
    kind = AccountChange.Kind.PASSWORD_CHANGED if account == request.user else AccountChange.Kind.PASSWORD_SET
    operations.note_change(account=account, kind=kind, by=request.user, now=timezone.now())
    if account != request.user:
        operations.end_sessions(user_id=account.pk)


class RoleAdmin(GroupAdmin):
    """What a role may do stands in the program and in docs/access.md; here it is read."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """A right is named after its table: all of them are read at once."""
        return super().get_queryset(request).prefetch_related("permissions__content_type")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


admin.site.unregister(User)
admin.site.register(User, AccountAdmin)
admin.site.unregister(Group)
admin.site.register(Group, RoleAdmin)
# allauth shows them as plain tables: factors with their secrets, and addresses that nobody here has.
admin.site.unregister([EmailAddress, Authenticator])
