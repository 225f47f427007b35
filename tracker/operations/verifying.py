"""Whether everything that was stored is still there, as it was, and in its order."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef

from tracker.evidence import Missing
from tracker.evidence.heads import written_heads
from tracker.evidence.timestamping import NotProven, proven
from tracker.models import ChainLink, Evidence, Measurement, Thinning
from tracker.operations import chaining, keeping

_T = TypeVar("_T")
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Head:
    """The last link, as it is kept elsewhere. ``sequence`` is None when only the SHA-256 was written down."""

    sha256: str
    sequence: int | None = None
    at: datetime | None = None

    def as_json(self) -> dict[str, object]:
        """As it is written down to be kept elsewhere."""
        at = self.at.isoformat() if self.at else None
        return {"sequence": self.sequence, "sha256": self.sha256, "at": at}


@dataclass(slots=True)
class Count:
    """How much was gone through, so far."""

    files: int = 0
    thinned: int = 0
    links: int = 0
    unchained: int = 0
    """Measurements from before there was a chain."""
    is_head_found: bool = False
    heads: int = 0


def chain_head() -> Head | None:
    """The last link there is."""
    last = ChainLink.objects.order_by("-sequence").first()
    return Head(last.sha256, last.sequence, last.at) if last else None


def verify(count: Count, *, head: Head | None, ca_file: str | None = None) -> Iterator[str]:
    """Go through all bytes and all links; one sentence for whatever is not as it was stored, naming it.

    ``ca_file`` holds the roots of the authority that timestamped heads; certifi's otherwise.
    """
    yield from _wrong_bytes(count)
    yield from _wrong_links(count, head)
    yield from _outside_the_chain(count)
    yield from _wrong_heads(count, ca_file)


def _wrong_bytes(count: Count) -> Iterator[str]:
    for some in _parts(Evidence.objects.order_by("id").iterator(_AT_ONCE)):
        read = keeping.reader(some)
        for row in some:
            try:
                read(row)
                count.files += 1
            except keeping.Thinned:
                count.thinned += 1
            except Missing as error:
                yield f"{row.kind} {row.sha256}: {error}"


def _wrong_links(count: Count, head: Head | None) -> Iterator[str]:
    sequence, previous = 0, chaining.FIRST
    for links in _parts(ChainLink.objects.order_by("sequence").iterator(_AT_ONCE)):
        measured = _measured([link.subject for link in links if link.kind == "look"])
        thinned = _thinned([link.pk for link in links if link.kind == "thinning"])
        for link in links:
            count.links += 1
            is_next = link.sequence == sequence + 1
            if not is_next:
                yield f"links {sequence + 1} to {link.sequence - 1} of the chain are gone"
            yield from _wrong_subject(link, measured.get(link.subject, []), thinned.get(link.pk, []))
            if is_next and chaining.link_sha256(previous, link) != link.sha256:
                yield f"link {link.sequence} does not follow from the one before: one of them was changed or moved"
            yield from _wrong_head(link, head, count)
            sequence, previous = link.sequence, link.sha256
    if head is not None and not count.is_head_found:
        named = f"link {head.sequence}" if head.sequence else f"the link {head.sha256}"
        yield f"the chain was cut off or written anew: it ends at link {sequence}, without {named} that was kept"


def _wrong_head(link: ChainLink, head: Head | None, count: Count) -> Iterator[str]:
    if head is None or link.sequence != (head.sequence or link.sequence):
        return
    if link.sha256 == head.sha256:
        count.is_head_found = True
    elif head.sequence:
        count.is_head_found = True
        yield f"link {link.sequence} is not the one that was kept elsewhere: the chain was written anew"


def _wrong_subject(link: ChainLink, measured: Sequence[Measurement], thinned: Sequence[str]) -> Iterator[str]:
    if link.kind == "thinning":
        if chaining.content_of_thinning(thinned) != link.content:
            yield f"link {link.sequence}: what it says was thinned is not what is marked as thinned"
        return
    if not measured:
        yield f"link {link.sequence}: all measurements of the look {link.subject} are gone"
        return
    content = chaining.content_of_look(
        (row, row.body.sha256 if row.body else None, row.capture.sha256 if row.capture else None)
        for row in measured
    )
    if content != link.content:
        names = ", ".join(row.public_id for row in measured)
        yield f"link {link.sequence}: the look {link.subject} is not what was stored (measurements {names})"


def _measured(looks: Sequence[UUID]) -> dict[UUID, list[Measurement]]:
    found: dict[UUID, list[Measurement]] = defaultdict(list)
    for row in Measurement.objects.filter(look__in=looks).select_related("body", "capture"):
        found[row.look].append(row)
    return found


def _thinned(links: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Thinning.objects.filter(link__in=links).values_list("link_id", "evidence__sha256")
    for link_id, name in rows:
        found[link_id].append(name)
    return found


def _outside_the_chain(count: Count) -> Iterator[str]:
    links = ChainLink.objects.filter(subject=OuterRef("look"))
    outside = Measurement.objects.filter(~Exists(links))
    # Captures and the chain came together: whatever has the one must have the other.
    for row in outside.filter(capture__isnull=False).order_by("id").iterator():
        yield f"measurement {row.public_id} has no link in the chain"
    count.unchained = outside.filter(capture__isnull=True).count()
    loose = Thinning.objects.exclude(link__kind="thinning").select_related("evidence")
    for thinning in loose:
        yield f"evidence {thinning.evidence.sha256} is marked as thinned, and no link says so"


def read_head(data: bytes) -> Head:
    """A head as ``as_json`` wrote it. Raises ValueError."""
    try:
        found = json.loads(data)
        return Head(str(found["sha256"]), int(found["sequence"]))
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("it is no head of a chain") from error


def _wrong_heads(count: Count, ca_file: str | None) -> Iterator[str]:
    """Whether the chain leads to the heads that are kept here with their timestamps."""
    for written in written_heads():
        count.heads += 1
        try:
            head = read_head(written.data)
            if written.reply is not None:
                proven(written.reply, written.data, ca_file=ca_file)
        except (ValueError, NotProven) as error:
            yield f"{written.path.name}: {error}"
            continue
        if not ChainLink.objects.filter(sequence=head.sequence or 0, sha256=head.sha256).exists():
            yield f"{written.path.name}: the chain does not lead to link {head.sequence} as it was written down"


def _parts(rows: Iterable[_T]) -> Iterator[list[_T]]:
    going = iter(rows)
    while some := list(islice(going, _AT_ONCE)):
        yield some
