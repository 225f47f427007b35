"""Nothing of ours is left in English on a Russian page: the catalogue is whole, compiled, and names every column."""

from __future__ import annotations

from pathlib import Path

from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from config import words

FOLDER = Path(settings.BASE_DIR) / "config" / "locale" / "ru" / "LC_MESSAGES"


def catalogue() -> dict[str, str]:
    with (FOLDER / "django.po").open("rb") as file:
        messages = [message for message in read_po(file, locale="ru") if message.id]
    flat = {}
    for message in messages:
        ids = message.id if isinstance(message.id, tuple | list) else [message.id]
        texts = message.string if isinstance(message.string, tuple | list) else [message.string]
        flat[ids[0]] = "" if not all(texts) or message.fuzzy else str(texts[0])
    return flat


def test_every_message_has_its_russian() -> None:
    assert [message for message, russian in catalogue().items() if not russian] == []


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with translation.override("ru"):
        told = {message: gettext(message) for message in catalogue()}
    stale = {
        m for m, russian in catalogue().items() if told[m] != russian and "%(n)s" not in m and "%d" not in m
    }
    plural = {m for m in stale if gettext(m) == m}  # a plural is asked for by its number
    assert stale - plural == set()


def test_every_table_and_column_is_named_in_the_list_of_words() -> None:
    with translation.override(None):
        named = {str(model._meta.verbose_name) for model in _ours()}
        named |= {str(c.verbose_name) for model in _ours() for c in model._meta.fields if c.editable}
    missing = named - set(words.WORDS) - set(catalogue())
    assert missing == set()


def _ours() -> list[type]:
    models = [m for app in ("events", "tracker", "accounts") for m in apps.get_app_config(app).get_models()]
    return [model for model in models if not model.__name__.startswith("Historical")]
