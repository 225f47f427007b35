"""Names in any script: stored as typed, compared in normal form."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff]+"
)
_APOSTROPHES = re.compile(r"['’‘‛`´ʼʻ′]+")
_SPACES_AND_QUOTES = re.compile(r"[\s\"«»‹›„“”‟‚″〝〞「」『』]+")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")


def comparison_key(text: str) -> str:
    """The form in which two names are the same name: compatibility-folded, case-folded, apostrophes and invisible
    characters dropped, runs of white space and quotes one space. ``ё`` counts as ``е``, as Russian writes it."""
    visible = _APOSTROPHES.sub("", _INVISIBLE.sub("", text))
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", visible).casefold())
    plain = _APOSTROPHES.sub("", re.sub("е\u0308+", "е", folded))
    return _SPACES_AND_QUOTES.sub(" ", unicodedata.normalize("NFKC", plain)).strip()


def order_number_key(text: str) -> str:
    """The form in which two order numbers are the same number: no sign or word for "number", no spaces, one kind of
    dash, lower case, and Latin letters that look like Cyrillic ones as those."""
    bare = re.sub(r"[\s№#]+", "", _INVISIBLE.sub("", text))
    folded = unicodedata.normalize("NFKC", bare).casefold()
    dashed = _DASHES.sub("-", folded)
    return _NUMBER_WORD.sub("", dashed).translate(_LOOKALIKES)


_NUMBER_WORD = re.compile(r"^n[or°]?\.?(?=\d)")
_LOOKALIKES = str.maketrans("aceopxykmhtb", "асеорхукмнтв")
