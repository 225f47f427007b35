"""Names of tables and columns in the reader's language.

They are set from here when the program starts: a translated name in a model would be copied into migrations.
``manage.py makemessages`` finds the words in ``config/words.py``.
"""

from __future__ import annotations

from django.apps import apps
from django.utils.translation import gettext_lazy

OURS = ("events", "tracker")


def translate_labels() -> None:
    """Let every table and column of ours be named in the language of whoever reads."""
    for app_label in OURS:
        config = apps.get_app_config(app_label)
        config.verbose_name = gettext_lazy(str(config.verbose_name))
        for model in config.get_models():
            _translate(model)


def _translate(model: type) -> None:
    meta = model._meta  # type: ignore[attr-defined]
    meta.verbose_name = gettext_lazy(str(meta.verbose_name))
    meta.verbose_name_plural = gettext_lazy(str(meta.verbose_name_plural))
    for column in meta.fields + meta.many_to_many:
        column.verbose_name = gettext_lazy(str(column.verbose_name))
        if column.help_text:
            column.help_text = gettext_lazy(str(column.help_text))
