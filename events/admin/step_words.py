"""What the steps of an event's life ask, and what they say beforehand that they will change."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.fields import ImpreciseDateField
from events.models import BlockEvent
from events.models.vocabulary import ENDINGS


class Because(forms.Form):
    because = forms.CharField(
        label=gettext_lazy("Why"),
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Readers of the event's address will see this sentence."),
    )


class Comment(forms.Form):
    """A word to whoever comes next; it stays in the history and never leaves the admin."""

    because = forms.CharField(
        label=gettext_lazy("Comment"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Stands beside the event for your colleagues; readers never see it."),
    )


class Publishing(forms.Form):
    """``seen`` is what was looked at: what changed meanwhile is not published unseen."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    because = forms.CharField(label=gettext_lazy("Comment"), max_length=100, required=False)


class Ending(forms.Form):
    on = ImpreciseDateField(label=gettext_lazy("Ended on"))
    how = forms.ChoiceField(label=gettext_lazy("How it ended"), choices=ENDINGS)
    because = forms.CharField(label=gettext_lazy("Why"), max_length=100, required=False)


class Beginning(forms.Form):
    on = ImpreciseDateField(label=gettext_lazy("Blocked again on"))
    because = forms.CharField(label=gettext_lazy("Why"), max_length=100, required=False)


def publishing_foretold(event: BlockEvent) -> str:
    until = event.embargoed_until
    if until is not None and until > timezone.now():
        when = f"{until:%Y-%m-%d %H:%M}"
        return _("Nobody outside sees it before %s UTC; then it appears by itself.") % when
    return _(
        "Everybody sees it at once: dashboard, API and counts. From then on every change is told to readers."
    )


def review_foretold(event: BlockEvent) -> str:
    return _("It waits for a reviewer. Until then it is not public, and a contributor cannot change it.")


def return_foretold(event: BlockEvent) -> str:
    return _("It is a draft again, and your comment stands beside it for whoever wrote it.")


def withdrawal_foretold(event: BlockEvent) -> str:
    return _("It leaves every list and count. Its address goes on to answer that it was withdrawn, and why.")
