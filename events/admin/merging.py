"""Two people change one event: what each changed alone is kept, and what both changed is shown side by side.

A form carries what it showed when it was opened (the base). When it comes back, each field is what it was, what the
person made of it, and what is stored by now. Nothing here reads or writes the database.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict

Values = list[str]
Row = dict[str, Values]
"""A field's name in its form, and what the browser sends for it."""
Shown = dict[str, dict[str, Row]]
"""What a page shows: prefix of the formset (empty for the form itself), id of the row (empty there), its fields."""
_APART = frozenset({"because", "erratum", "is_typo", "DELETE"})
"""Fields that belong to one saving and not to the event."""


@dataclass(frozen=True, slots=True)
class Key:
    """One field of one row of the page."""

    prefix: str
    row: str
    name: str

    @property
    def html(self) -> str:
        """As it stands in the names of what the page asks."""
        return "|".join((self.prefix, self.row, self.name))


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both changed it. ``mine`` stands in the form; ``theirs`` is stored."""

    key: Key
    mine: Values
    theirs: Values


@dataclass(slots=True)
class Merged:
    """``post`` is what the form shall hold. ``taken`` came from the other person, ``conflicts`` wait for a choice."""

    post: QueryDict
    taken: list[Key] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    revived: list[Key] = field(default_factory=list)
    """Rows that were removed meanwhile and had been changed here: they stand in the form as new ones."""

    @property
    def must_ask(self) -> bool:
        return bool(self.conflicts or self.revived)


def shown(form: forms.BaseForm, formsets: Iterable[Any]) -> Shown:
    """What unbound forms show, in the words in which a browser sends it back."""
    found: Shown = {"": {"": _row(form)}}
    for formset in formsets:
        rows = ((str(each.instance.pk), each) for each in formset.initial_forms)
        found[formset.prefix] = {pk: _row(each) for pk, each in rows}
    return found


def encoded(what: Shown) -> str:
    return json.dumps(what, ensure_ascii=False, separators=(",", ":"))


def decoded(text: str) -> Shown:
    """The base that a form brought back. What cannot be read is an empty base: then every difference is asked about."""
    try:
        read = json.loads(text)
        return {
            str(prefix): {
                str(pk): {str(n): [str(v) for v in vs] for n, vs in row.items()} for pk, row in rows.items()
            }
            for prefix, rows in read.items()
        }
    except (ValueError, AttributeError, TypeError):
        return {}


def merge(
    post: QueryDict, *, base: Shown, theirs: Shown, form: forms.BaseForm, formsets: Iterable[Any]
) -> Merged:
    """Three-way: ``post`` is mine. ``form`` and ``formsets`` tell how their fields are sent."""
    merged = Merged(post.copy())
    _merge_row(merged, form, "", ("", ""), _of(base, "", ""), _of(theirs, "", ""))
    for formset in formsets:
        _merge_rows(merged, formset, base.get(formset.prefix, {}), theirs.get(formset.prefix, {}))
    return merged


def chosen(post: QueryDict, key: Key) -> str:
    """``mine``, ``theirs``, or empty while nothing was chosen."""
    answer = post.get(f"_choose:{key.html}", "")
    return answer if answer in {"mine", "theirs"} else ""


def _of(what: Shown, prefix: str, pk: str) -> Row:
    return what.get(prefix, {}).get(pk, {})


def _row(form: forms.BaseForm) -> Row:
    return {
        name: sent(form.fields[name], form[name].value())
        for name in form.fields
        if name not in _APART and not form.fields[name].disabled and not _is_key(form, name)
    }


def _is_key(form: forms.BaseForm, name: str) -> bool:
    """The row's own id, and the event that it belongs to."""
    return isinstance(form.fields[name], forms.models.InlineForeignKeyField) or (
        isinstance(form, forms.BaseModelForm) and name == form._meta.model._meta.pk.name
    )


def sent(a_field: forms.Field, value: Any) -> Values:
    """A value as the browser sends it: texts without the difference that a text area makes to line ends."""
    widget: Any = getattr(a_field.widget, "widget", a_field.widget)
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value not in (None, False, "", "False", "off") else []
    if isinstance(widget, forms.MultiWidget):
        parts: Any = value if isinstance(value, (list, tuple)) else widget.decompress(value)
        return [_text(sub.format_value(part)) for sub, part in zip(widget.widgets, parts, strict=False)]
    formatted = widget.format_value(value)
    if isinstance(formatted, (list, tuple)):
        return sorted(text for text in map(_text, formatted) if text)
    text = _text(formatted)
    return [text] if text else []


def _text(value: Any) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _merge_row(
    merged: Merged, form: forms.BaseForm, at: str, whose: tuple[str, str], base: Row, theirs: Row
) -> None:
    """One row: ``at`` is what its fields' names begin with in the page."""
    for name, stored in theirs.items():
        a_field, html = form.fields.get(name), f"{at}-{name}" if at else name
        if a_field is None:
            continue
        key = Key(*whose, name)
        mine = sent(a_field, a_field.widget.value_from_datadict(merged.post, {}, html))
        _merge_field(merged, a_field, html, Conflict(key, mine, stored), base.get(name))


def _merge_field(
    merged: Merged, a_field: forms.Field, html: str, both: Conflict, base: Values | None
) -> None:
    key, mine, theirs = both.key, both.mine, both.theirs
    is_asked = key.html in merged.post.getlist("_conflict")
    if mine == theirs or (theirs == base and not is_asked):
        return
    if is_asked and (choice := chosen(merged.post, key)):
        if choice == "theirs":
            _put(merged.post, a_field, html, theirs)
        return
    if mine == base and not is_asked:
        _put(merged.post, a_field, html, theirs)
        merged.taken.append(key)
    elif isinstance(a_field, forms.ModelMultipleChoiceField) and base is not None and not is_asked:
        _put(merged.post, a_field, html, _united(mine, theirs, base))
        merged.taken.append(key)
    else:
        merged.conflicts.append(both)


def _united(mine: Values, theirs: Values, base: Values) -> Values:
    """Of two changed lists: what either added, without what either took away."""
    gone = (set(base) - set(mine)) | (set(base) - set(theirs))
    return sorted((set(mine) | set(theirs)) - gone)


def _put(post: QueryDict, a_field: forms.Field, html: str, values: Values) -> None:
    widget: Any = getattr(a_field.widget, "widget", a_field.widget)
    if hasattr(widget, "widgets_names"):  # of several parts
        for suffix, value in zip(widget.widgets_names, values or [""] * len(widget.widgets), strict=False):
            post[html + suffix] = value
    elif values or isinstance(widget, (forms.CheckboxInput, forms.SelectMultiple)):
        post.setlist(html, values)
    else:
        post[html] = ""


def _merge_rows(merged: Merged, formset: Any, base: Mapping[str, Row], theirs: Mapping[str, Row]) -> None:
    """The rows of a formset: told apart by their ids, since the places of two pages need not agree."""
    prefix, post = formset.prefix, merged.post
    if f"{prefix}-TOTAL_FORMS" not in post:
        return
    old, new = _taken_apart(post, prefix, formset.model._meta.pk.name)
    for pk, sent_row in list(old.items()):
        if pk not in theirs:
            _settle_removed(merged, formset, (pk, sent_row), base.get(pk, {}), old, new)
    added = [pk for pk in theirs if pk not in old and pk not in base]
    merged.taken += [Key(prefix, pk, "") for pk in added]
    _put_together(post, prefix, formset.model._meta.pk.name, [*old.items(), *((pk, {}) for pk in added)], new)
    for place, pk in enumerate([*old, *added]):
        start = theirs[pk] if pk in added else base.get(pk, {})
        if pk in added:
            for name, values in theirs[pk].items():
                _put(post, formset.empty_form.fields[name], f"{prefix}-{place}-{name}", values)
        if not _settle_removing(
            merged, f"{prefix}-{place}-DELETE", Key(prefix, pk, "DELETE"), start == theirs[pk]
        ):
            _merge_row(merged, formset.empty_form, f"{prefix}-{place}", (prefix, pk), start, theirs[pk])


def _settle_removing(merged: Merged, html: str, key: Key, is_as_it_was: bool) -> bool:
    """Whether the row goes. One that somebody else changed meanwhile is asked about, and takes their changes first."""
    post, is_asked = merged.post, key.html in merged.post.getlist("_conflict")
    if html not in post:
        return False
    choice = chosen(post, key) if is_asked else ""
    if choice == "theirs":
        del post[html]
        return False
    if choice == "" and (is_asked or not is_as_it_was):
        merged.conflicts.append(Conflict(key, ["on"], []))
        return False
    return True


def _settle_removed(
    merged: Merged,
    formset: Any,
    mine: tuple[str, Row],
    base: Row,
    old: dict[str, Row],
    new: list[Row],
) -> None:
    """Somebody removed the row. Untouched here it goes; what was changed here stays, as a new row."""
    pk, sent_row = mine
    del old[pk]
    form, post = formset.empty_form, QueryDict(mutable=True)
    for name, values in sent_row.items():
        post.setlist(name, values)
    now = {
        name: sent(form.fields[name], form.fields[name].widget.value_from_datadict(post, {}, name))
        for name in base
        if name in form.fields
    }
    if "DELETE" in sent_row or now == base:
        merged.taken.append(Key(formset.prefix, pk, ""))
        return
    new.append(sent_row)
    merged.revived.append(Key(formset.prefix, pk, ""))


def _taken_apart(post: QueryDict, prefix: str, key: str) -> tuple[dict[str, Row], list[Row]]:
    """The rows of a formset as they were sent: stored ones by their id, and new ones. They leave ``post``."""
    total = post.get(f"{prefix}-TOTAL_FORMS", "0")
    rows: list[Row] = [{} for _ in range(min(int(total) if total.isdecimal() else 0, 1000))]
    for name in [name for name in post if name.startswith(f"{prefix}-")]:
        place, _, rest = name[len(prefix) + 1 :].partition("-")
        if place.isdecimal() and int(place) < len(rows) and rest:
            rows[int(place)][rest] = post.pop(name)
    old: dict[str, Row] = {}
    new: list[Row] = []
    for row in rows:
        pk = (row.get(key) or [""])[0]
        if pk and pk not in old:
            old[pk] = row
        else:
            new.append(row)
    return old, new


def _put_together(post: QueryDict, prefix: str, key: str, old: list[tuple[str, Row]], new: list[Row]) -> None:
    for place, (pk, row) in enumerate(old):
        for name, values in (row | {key: [pk]}).items():
            post.setlist(f"{prefix}-{place}-{name}", values)
    for place, row in enumerate(new, start=len(old)):
        for name, values in row.items():
            if name != key:
                post.setlist(f"{prefix}-{place}-{name}", values)
    post[f"{prefix}-INITIAL_FORMS"], post[f"{prefix}-TOTAL_FORMS"] = str(len(old)), str(len(old) + len(new))
