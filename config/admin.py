"""Accounts and roles in the admin: whoever keeps accounts cannot make themselves more than they are."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest

ABOVE = frozenset({"is_superuser", "user_permissions"})
"""Rights past the roles; only a superuser gives them."""


def is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))


class AccountAdmin(UserAdmin):
    """An account is switched off and not deleted: the history would forget who did what."""

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


class RoleAdmin(GroupAdmin):
    """What a role may do stands in the program and in docs/access.md; here it is read."""

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
