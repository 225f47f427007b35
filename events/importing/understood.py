"""Rows that were understood and wait to be stored, in a file without a name that goes when it is closed."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from types import TracebackType
from typing import Any, Self

from events.importing.told import Told

AT_ONCE = 500
"""Rows that are looked up and stored together."""


class _Pickler(pickle.Pickler):
    """Frozen dataclasses as their values in order: the way that they have of their own names every field each time."""

    def reducer_override(self, value: Any) -> Any:
        kind: Any = type(value)
        names = _names_of(kind)
        return (kind, tuple(getattr(value, name) for name in names)) if names else NotImplemented


@cache
def _names_of(kind: Any) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else ()


class Understood:
    """``read``: how many rows of the file were read, understood or not."""

    def __init__(self) -> None:
        self.read = 0
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 closed by __exit__
        self._portion: list[tuple[int, Told]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, number: int, told: Told) -> None:
        self._portion.append((number, told))
        if len(self._portion) == AT_ONCE:
            self._put_away()

    def portions(self) -> Iterator[list[tuple[int, Told]]]:
        """The rows in order, some hundred at a time."""
        self._put_away()
        end = self._file.tell()
        self._file.seek(0)
        while self._file.tell() < end:
            yield pickle.load(self._file)  # noqa: S301 nobody else can have written this file

    def _put_away(self) -> None:
        _Pickler(self._file, protocol=pickle.HIGHEST_PROTOCOL).dump(self._portion)
        self._portion = []
