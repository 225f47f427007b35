"""How well texts are read: labelled articles in, right and wrong per field and language out.

``python bench/drafts.py FILE … [-v]``. A file has one JSON object a line, with the fields of the labelled corpus.
"""

from __future__ import annotations

import json
import os
import re
import sys
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
FIELDS = ("platform", "group", "group_kind", "handle", "authority", "authority_country", "blocked_on", "date_precision", "partial_date", "cited_reason", "territory")  # fmt: skip


@dataclass
class Figures:
    """Counts of one field: ``stated`` by the label and ``right`` of them; ``unstated`` and ``filled`` of them."""

    stated: int = 0
    right: int = 0
    unstated: int = 0
    filled: int = 0

    def line(self, name: str) -> str:
        share = f"{100 * self.right / self.stated:5.1f} %" if self.stated else "    –  "
        wrong = f"{100 * self.filled / self.unstated:5.1f} %" if self.unstated else "    –  "
        return f"{name:18} stated {self.stated:4} right {self.right:4} {share}   not stated {self.unstated:4} filled {self.filled:3} {wrong}"


@dataclass
class Measured:
    """``kinds`` right and all; figures per field, and per language over all fields; ``misses`` in words."""

    fields: dict[str, Figures] = field(default_factory=lambda: defaultdict(Figures))
    languages: dict[str, Figures] = field(default_factory=lambda: defaultdict(Figures))
    kinds: Figures = field(default_factory=Figures)
    misses: list[str] = field(default_factory=list)
    bad_spans: list[str] = field(default_factory=list)

    @property
    def total(self) -> Figures:
        sums = [
            [getattr(each, name) for each in self.fields.values()]
            for name in ("stated", "right", "unstated", "filled")
        ]
        return Figures(*map(sum, sums))

    def lines(self) -> list[str]:
        return [
            f"kind right {self.kinds.right} of {self.kinds.stated} ({100 * self.kinds.right / max(1, self.kinds.stated):.1f} %)",
            *(self.fields[name].line(name) for name in FIELDS),
            *(self.languages[name].line(f"language {name}") for name in sorted(self.languages)),
            self.total.line("all fields"),
            f"spans that do not hold: {len(self.bad_spans)}",
        ]


def measured(rows: list[dict[str, Any]]) -> Measured:
    """Reads every article as ``draft_event`` would, and compares."""
    from events.intake import draft

    result = Measured()
    for row in rows:
        title, text = row.get("article_title") or "", row["text"]
        read = draft(
            text,
            url=row.get("article_url") or "",
            title=title,
            published=row.get("article_published"),
            language=row.get("article_language") or "",
        )
        _compare(row, read, result)
        for name, reading in read.fields.items():
            source = title if reading.source == "title" else text
            if source[reading.start : reading.end] != reading.words or not reading.words.strip():
                result.bad_spans.append(f"{row['id']} {name}")
    return result


def _compare(row: dict[str, Any], read: Any, result: Measured) -> None:
    expected = "none" if row["kind"] == "negative" else row["kind"]
    kinds = {expected} | ({"threat"} if row.get("status_in_article") == "threatened" else set())
    result.kinds.stated += 1
    result.kinds.right += read.kind in kinds
    if read.kind not in kinds:
        result.misses.append(f"{row['id']}: kind {read.kind} instead of {expected}")
    if expected == "none":
        return
    for name in FIELDS:
        label, value = _label(row, name), _value(read, name)
        if name == "partial_date" and row.get("event_date"):
            continue
        is_right = value is not None and label is not None and _RIGHT[name](value, label, row, read)
        if label is None and value is not None and name == "group_kind":
            continue
        for figures in (result.fields[name], result.languages[row["article_language"]]):
            figures.stated += label is not None
            figures.right += is_right
            figures.unstated += label is None
            figures.filled += label is None and value is not None
        if not is_right and (label is not None or value is not None):
            result.misses.append(f"{row['id']}: {name} «{value}» instead of «{label}»")


def _label(row: dict[str, Any], name: str) -> str | None:
    keys = {
        "platform": "platform", "group": "target_name", "group_kind": "target_kind", "handle": "target_url_or_handle",
        "authority": "requesting_authority", "authority_country": "authority_country", "blocked_on": "event_date",
        "date_precision": "date_precision", "partial_date": "event_date_partial", "cited_reason": "cited_reason", "territory": "territory",
    }  # fmt: skip
    return row.get(keys[name])


def _value(read: Any, name: str) -> str | None:
    if name in ("blocked_on", "date_precision") and read.kind == "restoration":
        on = read.value("restored_on")
        return on if name == "blocked_on" else {10: "day", 7: "month", 4: "year"}[len(on)] if on else None
    if name == "group_kind":
        return read.value("page_kind") or read.value("group_kind")
    if name == "handle":
        return read.value("handle") or read.value("page_url")
    return read.value(name)


def _key(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ё", "е").replace("ı", "i"))
    plain = "".join(char for char in plain if not unicodedata.combining(char) or char == "\u0306")
    return " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFC", plain)))


_EMPTY = frozenset("the of a and others page account accounts channel group post posts video videos pages страница канал паблик группа страницы канали in in videos apps app tweet from".split())  # fmt: skip


def _stems(text: str) -> set[str]:
    """The words of a name that tell; of Chinese every two characters."""
    words = [word for word in _key(text).split() if word not in _EMPTY]
    stems = set()
    for word in words:
        if re.search(r"[\u3400-\u9fff]", word):
            stems |= set(re.findall(r"[\u3400-\u9fff]{2}", word)) or {word}
        else:
            stems.add(word)
    return stems


def _is_same_word(left: str, right: str) -> bool:
    """Whether two words differ only in an ending of grammar."""
    if left == right:
        return True
    shortest = min(len(left), len(right))
    if shortest < 4 or re.search(r"[\u3400-\u9fff]", left + right):
        return False
    common = next(
        (at for at, (one, two) in enumerate(zip(left, right, strict=False)) if one != two), shortest
    )
    return common >= max(3, shortest - 2) and abs(len(left) - len(right)) <= 3


def _common(mine: set[str], theirs: set[str]) -> set[str]:
    return {word for word in theirs if any(_is_same_word(word, each) for each in mine)}


def _same_name(value: str, label: str, row: dict[str, Any], _read: Any) -> bool:
    """One of the names of the label, in any case of grammar; a name inside of a description is its name."""
    names = [
        label,
        *(row.get("targets") or []),
        row.get("target_name_original") or "",
        row.get("target_url_or_handle") or "",
    ]
    names += re.findall(r"\(([^)]+)\)", label)
    mine = _stems(value)
    for name in filter(None, names):
        theirs = _stems(name)
        common = _common(mine, theirs)
        if theirs and (
            len(common) >= 0.6 * len(theirs) or (common and len(_common(theirs, mine)) == len(mine))
        ):
            return True
    return False


def _same_body(value: str, label: str, row: dict[str, Any], read: Any) -> bool:
    """The same body: by its name, or by kind and country where only these are told."""
    mine, theirs = _stems(value), _stems(label)
    common = _common(mine, theirs)
    if common and len(common) >= 0.5 * min(len(mine), len(theirs)):
        return True
    country, _, kind = (row.get("authority_class") or "").partition(":")
    if "not named" in label or (kind == "government" and read.value("authority_kind") == "government"):
        return read.value("authority_country") == country
    kinds = {"prosecutor-general": {"prosecutor"}, "court": {"court"}, "roskomnadzor": {"regulator"}}.get(
        kind
    )
    return (
        bool(kinds) and read.value("authority_kind") in kinds and read.value("authority_country") == country
    )


_KINDS = {
    "community": {"community", "outlet", "organisation", "movement"}, "personal account": {"profile", "person"},
    "channel": {"channel"}, "post": {"post"}, "video": {"video"}, "app": {"app"}, "other": {"other", "article", "site", "repository"},
}  # fmt: skip


def _overlaps(value: str, label: str, row: dict[str, Any], _read: Any) -> bool:
    """A reason is the right one when it holds the words that the article quotes, or means the same words."""
    if quote := row.get("cited_reason_quote"):
        return bool(_common(_stems(value), _stems(quote))) or _key(quote).replace(" ", "") in _key(
            value
        ).replace(" ", "")
    return True


_RIGHT = {
    "platform": lambda value, label, *_: bool(_stems(value) & _stems(label)),
    "group": _same_name,
    "group_kind": lambda value, label, *_: value in _KINDS[label],
    "handle": lambda value, label, *_: label.lstrip("@").lower().split("/")[-1] in value.lower(),
    "authority": _same_body,
    "authority_country": lambda value, label, *_: value == label,
    "blocked_on": lambda value, label, *_: value == label,
    "date_precision": lambda value, label, *_: value == label,
    "partial_date": lambda value, label, *_: value == label,
    "cited_reason": _overlaps,
    "territory": lambda value, label, *_: value in label.split(","),
}


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    verbose = "-v" in sys.argv
    for name in (each for each in sys.argv[1:] if not each.startswith("-")):
        result = measured(rows_of(Path(name)))
        print(name)
        print("\n".join(["  " + line for line in result.lines()]))
        if verbose:
            print("\n".join(["    " + line for line in [*result.misses, *result.bad_spans]]))


if __name__ == "__main__":
    main()


# ruff: noqa: E501 -- words of one meaning a line
