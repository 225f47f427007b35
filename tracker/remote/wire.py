"""Frozen dataclasses as JSON and back, strictly by their declared types: what a stranger sends is checked, not cast."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

LONGEST_LIST = 1000
LARGEST_NUMBER = 2**53

Reader = Callable[[Any], Any]


class Malformed(ValueError):
    """What came is not what was agreed on. The message says where, and repeats nothing of it."""


def plain(value: Any) -> Any:
    """A value of JSON types only."""
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def typed(kind: Any, value: Any) -> Any:
    """The value of that type which ``plain`` wrote down. Raises Malformed.

    A field that is missing has its default; a name that is unknown is refused.
    """
    try:
        return _reader(kind)(value)
    except RecursionError:
        raise Malformed("a value within a value within a value without end") from None


@cache
def _reader(kind: Any) -> Reader:
    if is_dataclass(kind):
        return _dataclass(kind)
    if get_origin(kind) in (Union, UnionType):
        return _optional(*(part for part in get_args(kind) if part is not NoneType))
    if get_origin(kind) is tuple:
        return _tuple(*get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _member(kind)
    return _SIMPLE[kind]


def _dataclass(kind: Any) -> Reader:
    def read(value: Any) -> Any:
        known, required = _fields(kind)  # not before: a type may hold values of itself
        if not isinstance(value, Mapping) or not required <= set(value) or not set(value) <= set(known):
            raise Malformed(f"not the fields of {kind.__name__}")
        read_values = {}
        for name, given in value.items():
            try:
                read_values[name] = known[name](given)
            except Malformed as error:
                raise Malformed(f"{kind.__name__}.{name}: {error}") from None
        try:
            return kind(**read_values)
        except ValueError as error:
            raise Malformed(f"not a {kind.__name__}") from error

    return read


@cache
def _fields(kind: Any) -> tuple[dict[str, Reader], set[str]]:
    """How each field is read, and the names of those that have no default."""
    hints = get_type_hints(kind)
    known = {each.name: _reader(hints[each.name]) for each in fields(kind)}
    return known, {each.name for each in fields(kind) if _is_required(each)}


def _is_required(each: Field[Any]) -> bool:
    return each.default is MISSING and each.default_factory is MISSING


def _optional(inner: Any, *more: Any) -> Reader:
    if more:
        raise TypeError("a union of one type and None is all that is read")
    read = _reader(inner)
    return lambda value: None if value is None else read(value)


def _tuple(*parts: Any) -> Reader:
    readers = tuple(_reader(part) for part in parts if part is not Ellipsis)
    is_open = parts[-1] is Ellipsis

    def read(value: Any) -> Any:
        if not isinstance(value, list) or len(value) > LONGEST_LIST:
            raise Malformed("not a list of that length")
        if is_open:
            return tuple(readers[0](inner) for inner in value)
        if len(value) != len(readers):
            raise Malformed("not a list of that length")
        return tuple(reader(inner) for reader, inner in zip(readers, value, strict=True))

    return read


def _member(kind: type[Enum]) -> Reader:
    def read(value: Any) -> Any:
        try:
            return kind(value)
        except ValueError:
            raise Malformed(f"not one of {kind.__name__}") from None

    return read


def _exactly(kind: type) -> Reader:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise Malformed(f"not of type {kind.__name__}")
        return value

    return read


def _integer(value: Any) -> int:
    if type(value) is not int or abs(value) > LARGEST_NUMBER:
        raise Malformed("not a whole number")
    return value


def _number(value: Any) -> float:
    if type(value) not in (int, float) or not abs(value) <= LARGEST_NUMBER:  # so that NaN is none either
        raise Malformed("not a number")
    return float(value)


def _bytes(value: Any) -> bytes:
    try:
        return base64.b64decode(value if type(value) is str else "?", validate=True)
    except (binascii.Error, ValueError):
        raise Malformed("not base64") from None


def _moment(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value if type(value) is str else "")
    except ValueError:
        raise Malformed("not a moment") from None
    if moment.utcoffset() is None:
        raise Malformed("a moment without its zone")
    return moment


_SIMPLE: dict[Any, Reader] = {
    str: _exactly(str),
    bool: _exactly(bool),
    int: _integer,
    float: _number,
    bytes: _bytes,
    datetime: _moment,
}
