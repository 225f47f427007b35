"""A short page that speaks of blocking and of a law or an authority: a block page that no fingerprint knows yet.

Words are no artefact, so they never make more than ``likely_blocked``, and only where the control sees the page.
Each language needs a word from both sides: that something is blocked, and who or what says so.
"""

from __future__ import annotations

import re

MAX_TEXT = 6_000
"""Characters of visible text. A longer page reports about blocking."""

_BLOCKED = re.compile(
    r"заблокирован|доступ\w*\s.{0,60}?(?:ограничен|запрещ[её]н|закрыт)|ограничен\w*\sдоступ"
    r"|\b(?:is|been|was|has been)\s(?:\w+\s)?(?:blocked|restricted|prohibited|suspended|banned|denied)"
    r"|\bblocked\b|\bprohibited\b"
    r"|diblokir|tidak (?:dapat|bisa) diakses"
    r"|engellen|erişim\w*\s(?:engel|kapat)|محجوب|حجب|ระงับ|ถูกปิด|차단|已被封锁|禁止访问",
    re.I,
)
_SAYS_WHO = re.compile(
    r"роскомнадзор|\bРКН\b|федеральн\w+ закон|законодательств|решени\w+ суда|прокуратур"
    r"|единый реестр|государственн\w+ орган"
    r"|министерств|надзор"
    r"|\blaws?\b|\blegal\b|\bcourt\b|\bgovernment\b|\bministry\b|\bauthorit(?:y|ies)\b|\bregulat(?:ions?|ory)\b"
    r"|\bdepartment of\b"
    r"|peraturan|perundang|undang-undang|kominfo|internet (?:sehat|positif)|negatif"
    r"|\bkanun|mahkeme|hakimli|idari tedbir"
    r"|هيئة|وزارة|القانون|กระทรวง|กฎหมาย|พ\.ร\.บ|방송통신|법률|法律|法规",
    re.I,
)


def speak_of_a_block(text: str) -> bool:
    """Whether the visible text of a page is short and says that something is blocked, and by whom or what."""
    return len(text) < MAX_TEXT and bool(_BLOCKED.search(text)) and bool(_SAYS_WHO.search(text))
