"""What a cell, a tick and a bracket say: whole sentences, so that nobody depends on seeing them."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Episode
from events.strip.facts import Cell, Line, Look, Mark
from events.templatetags.known_dates import day, isolated, known_date
from tracker.templatetags.states import moment, state_word, territory


def cell_sentence(cell: Cell, line: Line) -> str:
    """Of one look what it saw and how; of several how often each state was seen."""
    if cell.n == 1:
        look = cell.newest
        names = {
            "when": moment(look.started_at),
            "where": territory(line.territory),
            "vantage": look.vantage,
            "saw": ", ".join(part for part in (_inside(look.state), how(look)) if part),
        }
        return _("%(when)s, %(where)s via %(vantage)s: %(saw)s.") % names
    names = {"when": between(cell), "where": place(line), "saw": counted(cell)}
    return _("%(when)s, %(where)s: %(saw)s.") % names


def between(cell: Cell) -> str:
    """The one moment; of several looks the first and the last, in days where they were made on several."""
    first, last = cell.first.astimezone(UTC), cell.last.astimezone(UTC)
    if cell.n == 1 or first == last:
        return moment(first)
    if first.date() == last.date():
        return f"{day(first)}, {first:%H:%M}–{last:%H:%M} UTC"
    return f"{day(first)} – {day(last)}"


def counted(cell: Cell) -> str:
    """``12 looks: 10 still blocked, 2 not enough evidence``."""
    looks = ngettext("%d look", "%d looks", cell.n) % cell.n
    states = ", ".join(f"{n} × {_inside(state)}" for state, n in cell.counts)
    return f"{looks}: {states}"


def how(look: Look) -> str:
    """By what it was seen, as short as it can be said; empty when nothing is to be added."""
    if look.order_number:
        return _("the notice names order %(number)s") % {"number": look.order_number}
    if look.order_number is not None:
        return _("a notice says so")
    if look.failure:
        return f"{look.failed_stage} · {look.failure}"
    return f"HTTP {look.http_status}" if look.http_status else ""


def place(line: Line) -> str:
    where = territory(line.territory)
    return (
        _("%(where)s via %(vantage)s") % {"where": where, "vantage": line.vantage} if line.vantage else where
    )


def mark_sentence(mark: Mark) -> str:
    """``26 November 2022: order 27-31-2022 of the Prosecutor General's Office``."""
    row = mark.row
    if mark.kind == "order":
        return _order(row)
    said = row.title or row.publisher or row.url
    names = {
        "when": known_date(row, "published"),
        "what": isolated(said[:120]),
        "stance": row.get_stance_display(),
    }
    return _("%(when)s: source, %(stance)s: %(what)s") % names


def _order(order: Any) -> str:
    number = order.number or _("no number")
    names = {"when": known_date(order, "dated"), "number": isolated(number)}
    if order.authority is None:
        return _("%(when)s: order %(number)s") % names
    return _("%(when)s: order %(number)s of %(authority)s") % {
        **names,
        "authority": isolated(order.authority),
    }


def episode_sentence(episode: Episode) -> str:
    names = {
        "n": episode.number,
        "began": known_date(episode, "began"),
        "ended": known_date(episode, "ended"),
        "how": episode.get_ended_how_display() or "",
    }
    if episode.ended_how is None:
        return _("Episode %(n)s: from %(began)s; no source says that it ended") % names
    return _("Episode %(n)s: from %(began)s to %(ended)s (%(how)s)") % names


def _inside(state: str) -> str:
    """The word of a status inside a sentence."""
    word = state_word(state)
    return word[:1].lower() + word[1:]
