"""What a session and a change are called in a sentence."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from config.accounts.browsers import NAMES
from config.accounts.models import AccountChange, Session

register = template.Library()


@register.filter
def browser_words(session: Session) -> str:
    """Such as "Firefox on Linux"; as much as is known."""
    browser, system = NAMES.get(session.browser, ""), NAMES.get(session.system, "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A browser of another kind")


@register.filter
def detail_words(change: AccountChange) -> str:
    """The detail in the reader's language where it is one of our words, else as it was written."""
    ours = {
        "totp": _("authenticator app"),
        "passkey": _("passkey"),
        "+is_active": _("opened"),
        "-is_active": _("closed"),
        "+is_staff": _("may work at the desk"),
        "-is_staff": _("may not work at the desk"),
        "+is_superuser": _("may do everything"),
        "-is_superuser": _("may not do everything any more"),
    }
    if change.kind == AccountChange.Kind.RIGHTS:
        return ", ".join(ours.get(word, word) for word in change.detail.split())
    return ours.get(change.detail, change.detail)
