"""Draws a strip as SVG. Places are shares of the width, so that one drawing fits a phone and a desk; how it looks is in
``strip.css``: no style stands in an attribute, as the content policy wants it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from events.models import Episode
from events.strip import scale
from events.strip.facts import Cell, Line, Look, Mark, Strip
from events.strip.sentences import between, cell_sentence, counted, episode_sentence, mark_sentence, place
from tracker.templatetags.states import SHAPES, moment

Link = Callable[[Look], str]
"""Where a look is shown in full; empty text for nowhere."""
LINE_HEIGHT = 30
_HEADS = {"order": "M0 0l5 5-5 5-5-5z", "source": "M-3.5 5a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0"}
_SAID_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class DrawnLine:
    label: str
    svg: SafeString


@dataclass(frozen=True, slots=True)
class DrawnTerritory:
    code: str
    status: str
    n: int
    svg: SafeString
    by_vantage: list[DrawnLine]


@dataclass(frozen=True, slots=True)
class Row:
    """A cell as a row of the table. ``state`` is empty where several were seen."""

    when: str
    where: str
    state: str
    saw: str
    rule_id: str
    href: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the template shows: the parts of the drawing from above to below, and the same as a table."""

    begins: str
    ends: str
    n_looks: int
    glyphs: SafeString
    marks: SafeString
    axis: SafeString
    territories: list[DrawnTerritory]
    episodes: SafeString
    rows: list[Row]
    dated: list[str]
    states: list[str]
    """Those that were seen, for the key."""
    lines_left_out: int

    @property
    def size(self) -> int:
        """Bytes of the drawing."""
        parts = [self.glyphs, self.marks, self.axis, self.episodes]
        for each in self.territories:
            parts += [each.svg, *(line.svg for line in each.by_vantage)]
        return sum(len(part.encode()) for part in parts)


def drawn(strip: Strip, *, link: Link) -> Drawn:
    """The drawing. ``link`` gives a look's own page."""
    lines = [(t, [t.line, *t.by_vantage]) for t in strip.territories]
    return Drawn(
        begins=moment(strip.begins),
        ends=moment(strip.ends),
        n_looks=strip.n_looks,
        glyphs=_glyphs(),
        marks=_marks(strip),
        axis=_axis(strip),
        territories=[
            DrawnTerritory(
                t.code,
                t.status,
                t.line.n,
                _line(t.line, strip, link),
                [DrawnLine(line.vantage, _line(line, strip, link)) for line in t.by_vantage],
            )
            for t, _lines in lines
        ],
        episodes=_episodes(strip),
        rows=[_row(c, line, link) for _t, several in lines for line in several for c in reversed(line.cells)],
        dated=[mark_sentence(m) for m in strip.marks] + [episode_sentence(e) for e in strip.episodes],
        states=[state for state in SHAPES if state in _seen(strip)],
        lines_left_out=strip.lines_left_out,
    )


def _seen(strip: Strip) -> set[str]:
    return {state for t in strip.territories for cell in t.line.cells for state, _n in cell.counts}


def _glyphs() -> SafeString:
    """The shapes, once; every cell points at one."""
    shapes = ((state, mark_safe(shape)) for state, shape in SHAPES.items())  # noqa: S308 our own constants
    symbols = format_html_join(
        "", '<symbol id="strip-{0}" class="strip-glyph state-{0}" viewBox="0 0 16 16">{1}</symbol>', shapes
    )
    return format_html('<svg class="strip-glyphs" width="0" height="0" aria-hidden="true">{}</svg>', symbols)


def _line(line: Line, strip: Strip, link: Link) -> SafeString:
    cells = mark_safe("".join(_cell(cell, line, strip, link) for cell in line.cells))  # noqa: S308 escaped in _cell
    return format_html(
        '<svg class="strip-line" width="100%" height="{}" role="group" aria-label="{}">'
        '<line class="strip-base" x1="0" x2="100%" y1="15" y2="15"/>{}</svg>',
        LINE_HEIGHT,
        place(line),
        cells,
    )


def _cell(cell: Cell, line: Line, strip: Strip, link: Link) -> str:
    shapes = [state for state, _n in cell.counts[:2]]
    tops, height = ([7], 16) if len(shapes) == 1 else ([0, 15], 14)
    uses = format_html_join(
        "",
        '<use href="#strip-{}" y="{}" height="{}"/>',
        ((state, top, height) for state, top in zip(shapes, tops, strict=True)),
    )
    x, width = _percent(cell.slot / strip.slots), _percent(1 / strip.slots)
    inside = format_html(
        '<svg x="{}" width="{}"><rect width="100%" height="{}"/>{}</svg>', x, width, LINE_HEIGHT, uses
    )
    said, href = cell_sentence(cell, line), link(cell.newest)
    if href:
        return format_html('<a class="cell" href="{}" aria-label="{}">{}</a>', href, said, inside)
    return format_html('<g class="cell" tabindex="0" role="img" aria-label="{}">{}</g>', said, inside)


def _marks(strip: Strip) -> SafeString:
    """Orders and sources as ticks; those of one stretch of time, and all earlier than the strip, are one tick."""
    stacked: dict[tuple[int, str], list[Mark]] = defaultdict(list)
    for mark in strip.marks:
        stacked[_slot(mark.earliest, strip), mark.kind].append(mark)
    ticks = [_mark(slot, kind, marks, strip) for (slot, kind), marks in sorted(stacked.items())]
    body = mark_safe("".join(ticks))  # noqa: S308 escaped in _mark
    label = _("Orders and sources")
    return format_html(
        '<svg class="strip-marks" width="100%" height="26" role="group" aria-label="{}">{}</svg>', label, body
    )


def _slot(day: date, strip: Strip) -> int:
    """The stretch of a day; -1 for what lies before the strip."""
    at = scale.start_of(day)
    if scale.end_of(day) < strip.begins:
        return -1
    return min(strip.slots - 1, int(scale.share(at, strip.begins, strip.ends) * strip.slots))


def _mark(slot: int, kind: str, marks: list[Mark], strip: Strip) -> str:
    x1 = scale.share(scale.start_of(min(m.earliest for m in marks)), strip.begins, strip.ends)
    x2 = scale.share(scale.end_of(max(m.latest for m in marks)), strip.begins, strip.ends)
    said = [mark_sentence(mark) for mark in marks[:_SAID_AT_ONCE]]
    if len(marks) > _SAID_AT_ONCE:
        said.append(_("and %(n)s more") % {"n": len(marks) - _SAID_AT_ONCE})
    y = 13 if kind == "source" else 1
    return format_html(
        '<g class="mark mark-{}{}" tabindex="0" role="img" aria-label="{}"><line x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<svg x="{}" y="{}" overflow="visible"><path d="{}"/></svg></g>',
        kind,
        " earlier" if slot < 0 else "",
        "; ".join(said),
        _percent(x1),
        _percent(x2),
        y + 5,
        y + 5,
        _percent((x1 + x2) / 2),
        y,
        _HEADS[kind],
    )


def _axis(strip: Strip) -> SafeString:
    ticks = format_html_join(
        "",
        '<line x1="{0}" x2="{0}" y1="0" y2="4"/><text x="{0}" y="16" text-anchor="{1}">{2}</text>',
        ((_percent(t.share), _anchor(t.share), t.words) for t in scale.ticks(strip.begins, strip.ends)),
    )
    return format_html(
        '<svg class="strip-axis" width="100%" height="20" aria-hidden="true">'
        '<line x1="0" x2="100%" y1="0" y2="0"/>{}</svg>',
        ticks,
    )


def _anchor(share: float) -> str:
    return "start" if share < 0.1 else "end" if share > 0.9 else "middle"


def _episodes(strip: Strip) -> SafeString:
    known = [episode for episode in strip.episodes if episode.began_earliest or episode.ended_earliest]
    body = mark_safe("".join(_episode(episode, strip) for episode in known))  # noqa: S308 escaped in _episode
    return format_html(
        '<svg class="strip-episodes" width="100%" height="18" role="group" aria-label="{}">{}</svg>',
        _("Episodes"),
        body,
    )


def _episode(episode: Episode, strip: Strip) -> str:
    """A bracket: whole where the block is known to have held, dashed over days on which it may have begun or ended."""
    began, surely, ending, ended = _bounds(episode, strip)
    bars = [("sure", surely, ending), ("unsure", began, surely), ("unsure", ending, ended)]
    lines = [_bar(kind, x1, x2) for kind, x1, x2 in bars if x2 > x1 or kind == "sure"]
    lines += [_cap(x) for x in _caps(episode, began, ended)]
    said = episode_sentence(episode)
    inside = mark_safe("".join(lines))  # noqa: S308 our own numbers
    return format_html(
        '<g class="episode" tabindex="0" role="img" aria-label="{}"><rect x="{}" width="{}" height="18"/>{}</g>',
        said,
        _percent(began),
        _percent(max(ended - began, 0.01)),
        inside,
    )


def _bounds(episode: Episode, strip: Strip) -> tuple[float, float, float, float]:
    def at(day: date | None, otherwise: float, *, last: bool = False) -> float:
        if day is None:
            return otherwise
        return scale.share(scale.end_of(day) if last else scale.start_of(day), strip.begins, strip.ends)

    began = at(episode.began_earliest, 0.0)
    surely = at(episode.began_latest, began)
    ending = at(episode.ended_earliest, 1.0)
    ended = at(episode.ended_latest, ending, last=True)
    return began, surely, max(surely, ending), max(ended, surely)


def _caps(episode: Episode, began: float, ended: float) -> Iterable[float]:
    """A bracket is closed at an end that a source dates and that the strip shows."""
    if began > 0.0:
        yield began
    if ended < 1.0 and episode.ended_how is not None:
        yield ended


def _bar(kind: str, x1: float, x2: float) -> str:
    return f'<line class="{kind}" x1="{_percent(x1)}" x2="{_percent(x2)}" y1="12" y2="12"/>'


def _cap(x: float) -> str:
    return f'<line class="sure" x1="{_percent(x)}" x2="{_percent(x)}" y1="4" y2="12"/>'


def _row(cell: Cell, line: Line, link: Link) -> Row:
    is_one = cell.n == 1
    return Row(
        between(cell),
        place(line),
        cell.newest.state if is_one else "",
        "" if is_one else counted(cell),
        cell.newest.rule_id if is_one else "",
        link(cell.newest),
    )


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%".replace(".00%", "%")
