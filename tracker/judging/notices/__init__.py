"""What a block notice states: who decided, by which act, of which date, for which country. Never a guess.

Notices are set phrases with people's slips in them. ``russia`` knows the grammar of the notices that VK shows in
Russia, ``elsewhere`` the set phrases of other countries and platforms; ``numbers`` knows what order numbers look like.
"""

from tracker.judging.notices.numbers import normalise_number
from tracker.judging.notices.parsing import NOTICE_CHARS, parse_notice

__all__ = ["NOTICE_CHARS", "normalise_number", "parse_notice"]
