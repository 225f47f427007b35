"""The five kinds of words of one language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tongue:
    """``blocked`` can only mean a block, if it is said of ``here`` (the page that was asked for). ``closed`` means one
    only if it is said of ``access`` to it. ``title`` are whole titles. ``who`` names a law or an authority."""

    code: str
    here: str
    access: str
    blocked: str
    closed: str
    title: str
    who: str
