"""Names in any script: stored as typed, compared in normal form."""

from __future__ import annotations

import re
import unicodedata

_IGNORED = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff«»„“”\"'’‘`]+")


def comparison_key(text: str) -> str:
    """The form in which two names are the same name: compatibility-folded, case-folded, quotes and
    invisible characters dropped, runs of white space one space. ``ё`` counts as ``е``, as Russian writes it."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return _IGNORED.sub(" ", unicodedata.normalize("NFKC", folded)).strip()


def order_number_key(text: str) -> str:
    """The form in which two order numbers are the same number: no №, no spaces, Latin look-alikes as Cyrillic
    when any Cyrillic letter or only look-alikes stand in it."""
    folded = re.sub(r"[\s№#]+", "", unicodedata.normalize("NFKC", text)).casefold().removeprefix("no")
    return folded.translate(_LOOKALIKES)


_LOOKALIKES = str.maketrans("aceopxykmhtb", "асеорхукмнтв")
