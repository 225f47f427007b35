"""Public ids: random, so that they reveal no volume, and made once, so that they can be quoted for ever."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32, lower case: no letter that is read as a digit."""

LENGTH = 12
"""60 bits: with ten million rows, one chance in twenty thousand that any two ever meet; unique besides."""


def new_public_id() -> str:
    """A new random id of ``LENGTH`` characters."""
    bits = secrets.randbits(5 * LENGTH)
    return "".join([ALPHABET[bits >> shift & 31] for shift in range(0, 5 * LENGTH, 5)])


class PublicIdField(models.CharField):
    """The id that the world sees. A database trigger refuses to change it (see the migrations)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"max_length": LENGTH, "default": new_public_id, "editable": False}
        kwargs.setdefault("unique", True)
        super().__init__("public id", *args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        for key in ("max_length", "default", "editable", "verbose_name"):
            kwargs.pop(key, None)
        # A historical copy is not unique, and must say so: unique is what this field is by default.
        kwargs.pop("unique", None)
        return name, path, [], kwargs | ({} if self.unique else {"unique": False})
