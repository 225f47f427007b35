"""Country codes that a person may type: ISO 3166-1 alpha-2, Kosovo's XK, and the rehearsal's XX."""

from __future__ import annotations

from functools import cache

from babel import Locale

from tracker.facts import REHEARSAL_TERRITORY

# In CLDR's list, and no countries: unions, test locales, the unknown one, the outlying islands of nobody.
_NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}


@cache
def country_codes() -> frozenset[str]:
    territories = {str(code) for code in Locale("en").territories}
    codes = {code for code in territories if len(code) == 2 and code.isalpha()}
    return frozenset(codes - _NO_COUNTRIES | {REHEARSAL_TERRITORY})
