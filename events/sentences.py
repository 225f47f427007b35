"""The sentence first: one that can be quoted, true to the hour, and silent about what is not known."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from events.models import BlockEvent
from events.templatetags.known_dates import isolated, known_date
from events.templatetags.names import name_for_reader
from tracker.models import Watch
from tracker.templatetags.states import moment, territory

_DATED = {
    ("ordered", True): gettext_noop("The block was ordered on %(date)s."),
    ("effective", True): gettext_noop("The block took effect on %(date)s."),
    ("observed", True): gettext_noop("The block was observed on %(date)s."),
    ("reported", True): gettext_noop("The block was reported on %(date)s."),
    ("", True): gettext_noop("The block dates from %(date)s."),
    ("ordered", False): gettext_noop("The block was ordered in %(date)s."),
    ("effective", False): gettext_noop("The block took effect in %(date)s."),
    ("observed", False): gettext_noop("The block was observed in %(date)s."),
    ("reported", False): gettext_noop("The block was reported in %(date)s."),
    ("", False): gettext_noop("The block dates from the time of %(date)s."),
}
_STANDING = {
    "blocked": gettext_noop("Seen from %(where)s, the page was still blocked on %(when)s."),
    "likely_blocked": gettext_noop("Seen from %(where)s, the page was likely blocked on %(when)s."),
    "removed": gettext_noop(
        "By %(when)s the platform had removed the page under its own rules (seen from %(where)s)."
    ),
    "gone": gettext_noop("By %(when)s the page did not exist any more (seen from %(where)s)."),
    "restricted": gettext_noop(
        "Seen from %(where)s, the page stood behind a login, age or privacy wall on %(when)s."
    ),
    "reachable": gettext_noop("Seen from %(where)s, the page was reachable on %(when)s."),
    "down": gettext_noop("On %(when)s the page failed for everyone, also outside %(where)s."),
    "insufficient": gettext_noop(
        "There is not enough evidence to say whether the block holds (seen from %(where)s)."
    ),
}


def headline(event: BlockEvent) -> str:
    """Who blocked whom at whose request."""
    authority = event.authority or event.transmitted_by
    asked = isolated(name_for_reader(authority)) if authority else ""
    names = {"platform": event.platform, "group": isolated(event.group), "authority": asked}
    if authority is not None and authority.kind == "platform":
        return _("%(platform)s blocked “%(group)s” by its own decision.") % names
    if authority is None:
        return _("%(platform)s blocked “%(group)s”; no source names who asked for it.") % names
    return _("%(platform)s blocked “%(group)s” at the request of %(authority)s.") % names


def dated(event: BlockEvent) -> str:
    """When, in the precision and the kind that the sources give."""
    if event.blocked_earliest is None:
        return _("No source gives the date.")
    is_day = event.blocked_precision == "day" and event.blocked_earliest == event.blocked_latest
    return _(_DATED[event.blocked_kind or "", is_day]) % {"date": known_date(event, "blocked")}


def standing(event: BlockEvent) -> str:
    """Whether it still holds, or why nobody can say."""
    if event.page is None:
        return _(
            "The page's address is in none of the sources, so the block is recorded and not yet checkable."
        )
    watch: Watch | None = event.watch
    if watch is None:
        return _("No source says where the page is withheld, so nobody can say from where to look.")
    if not watch.n_measurements:
        return _("Nobody has looked at the page from %(where)s yet.") % {"where": territory(watch.territory)}
    names = {
        "where": territory(watch.territory),
        "when": moment(watch.confirmed_at or watch.last_measured_at),
    }
    return _(_STANDING[watch.status]) % names


def not_known(event: BlockEvent) -> list[str]:
    """What no source says, each in a sentence."""
    gaps = [
        (event.page is None, _("The page's address is in none of the sources.")),
        (event.authority is None, _("No source names the authority that decided.")),
        (event.blocked_earliest is None, _("No source gives the date of the block.")),
        (not event.territory, _("No source says in which territory the page is withheld.")),
        (not list(event.orders.all()), _("No source gives the number or date of an order.")),
        (event.cited_reason_status == "not_known", _("No source says whether a reason was given.")),
        (event.restriction == "unknown", _("No source says how the page is kept from its readers.")),
    ]
    return [sentence for is_gap, sentence in gaps if is_gap]
