"""Set phrases of notices outside Russia: for each, the country, who speaks, and the law where it is named.

Phrases from citizenlab/filtering-annotations fad9089, ooni/blocking-fingerprints 171641e, yt-dlp 81ecd58 and public code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.judging.notices.russia import Found


@dataclass(frozen=True, slots=True)
class Phrase:
    """One set phrase. Named groups (``law``, ``court``, ``order_number``, ``order_date``, ``where``) become values of the
    notice. ``authority`` is the normal name of who the phrase says decided; None where it says nobody."""

    pattern: re.Pattern[str]
    formula: str
    territory: str | None
    language: str
    authority: str | None = None
    kind: str | None = None


def _phrase(
    pattern: str,
    formula: str,
    territory: str | None,
    language: str,
    authority: str | None = None,
    kind: str | None = None,
) -> Phrase:
    return Phrase(re.compile(pattern, re.I | re.S), formula, territory, language, authority, kind)


PHRASES: tuple[Phrase, ...] = (
    _phrase(r"(?P<authority>Министерств\w+ информации(?: Республики Беларусь)?).{0,120}?(?P<law>Закон\w* Республики Беларусь\s*(?:[«\"][^»\"]{1,120}[»\"])?)",
            "agency_decision", "BY", "ru", "Министерство информации Республики Беларусь", "ministry"),
    _phrase(r"(?P<authority>Министерств\w+ информации Республики Беларусь)", "agency_decision", "BY", "ru", "Министерство информации Республики Беларусь", "ministry"),
    _phrase(r"(?P<authority>Мiнiстэрств\w+|Міністэрств\w+) інфармацыі", "agency_decision", "BY", "be", "Министерство информации Республики Беларусь", "ministry"),
    _phrase(r"decision no:?\s*(?P<order_number>\d{4}/\d+) of (?:T\.?\s?C\.?\s+)?(?P<court>[^.,<]{2,40}(?:\d\. )?[^.,<]{0,60}\bCourt\b[\w ]{0,40})", "court", "TR", "en", None, "court"),
    _phrase(r"(?P<court>[\wÇĞİÖŞÜçğıöşü. ]{2,60}?(?:Sulh Ceza Hakimliği|Ceza Mahkemesi|Hukuk Mahkemesi))['’]?n?[iı]?n\s+(?P<order_date>\d{1,2}[./]\d{1,2}[./]\d{4}) tarih(?:li)? ve (?P<order_number>\d{4}/\d+)",
            "court", "TR", "tr", None, "court"),
    _phrase(r"(?P<authority>Bilgi Teknolojileri ve İletişim Kurumu)", "agency_decision", "TR", "tr", "Bilgi Teknolojileri ve İletişim Kurumu", "regulator"),
    _phrase(r"(?P<authority>Telekomünikasyon İletişim Başkanlığı)", "agency_decision", "TR", "tr", "Telekomünikasyon İletişim Başkanlığı", "regulator"),
    _phrase(r"(?P<law>5651 sayılı (?:Kanun|Yasa)\w*)", "law_only", "TR", "tr"),
    _phrase(r"(?P<law>law (?:nr|no|number)\.?\s*5651)", "law_only", "TR", "en"),
    _phrase(r"(?:directions|instructions|orders?)[^.]{0,60}?(?P<authority>Department of Telecommunications|\bDoT\b)(?:, Government of India)?", "agency_decision", "IN", "en", "Department of Telecommunications", "ministry"),
    _phrase(r"(?P<authority>Ministry of Electronics and Information Technology)", "agency_decision", "IN", "en", "Ministry of Electronics and Information Technology", "ministry"),
    _phrase(r"(?P<law>section 69A of the Information Technology Act(?:, 2000)?)", "law_only", "IN", "en"),
    _phrase(r"(?P<authority>Pakistan Telecommunication Authority)", "agency_decision", "PK", "en", "Pakistan Telecommunication Authority", "regulator"),
    _phrase(r"prohibited for viewership from within Pakistan", "no_authority", "PK", "en"),
    _phrase(r"(?P<authority>Kementerian Komunikasi dan (?:Informatika|Digital))", "agency_decision", "ID", "id", "Kementerian Komunikasi dan Informatika", "ministry"),
    _phrase(r"tidak (?:bisa|dapat) diakses melalui jaringan ini (?P<law>sesuai peraturan perundang-undangan)", "law_only", "ID", "id"),
    _phrase(r"trustpositif\.(?:kominfo|komdigi)\.go\.id|internet-?positif", "no_authority", "ID", "id"),
    _phrase(r"withheld in (?P<where>.{2,200}?) in response to a legal demand", "platform_withheld", None, "en"),
    _phrase(r"withheld in (?P<where>.{2,200}?) based on (?P<law>local law(?:\(s\)|s)?)", "platform_withheld", None, "en"),
    _phrase(r"legal complaint from the government", "government_complaint", None, "en"),
    _phrase(r"violated (?P<law>local laws?)", "platform_withheld", None, "en"),
)  # fmt: skip
# ruff: noqa: E501 -- a table reads best with one row a line

COUNTRIES = {
    "germany": "DE", "russia": "RU", "turkey": "TR", "türkiye": "TR", "india": "IN", "france": "FR", "brazil": "BR", "pakistan": "PK",
    "ukraine": "UA", "belarus": "BY", "indonesia": "ID", "china": "CN", "austria": "AT", "south korea": "KR", "united kingdom": "GB",
}  # fmt: skip


def read(text: str) -> tuple[Found, Phrase] | None:
    """The parts of the first phrase that the text holds, or None."""
    for phrase in PHRASES:
        if match := phrase.pattern.search(text):
            return _found(match, phrase, text), phrase
    return None


def _found(match: re.Match[str], phrase: Phrase, text: str) -> Found:
    found = Found()
    for name, value in match.groupdict().items():
        if value and name != "where":
            found.put(name, value.strip(), match.span(name))
    _add_law(text, phrase, found)
    found.values["formula"] = phrase.formula
    who = phrase.authority or found.values.get("court")
    if who:
        found.values["authority"] = who
        found.spans.setdefault("authority", found.spans.get("court", match.span()))
    if phrase.kind:
        found.values["authority_kind"] = phrase.kind
    territory = phrase.territory or COUNTRIES.get((match.groupdict().get("where") or "").strip().lower())
    if territory:
        found.values["territory"] = territory
    return found


def _add_law(text: str, phrase: Phrase, found: Found) -> None:
    """The law that another phrase of the same country names in the same notice."""
    if "law" in found.values or phrase.territory is None:
        return
    for other in PHRASES:
        match = other.pattern.search(text) if other.territory == phrase.territory else None
        if match and match.groupdict().get("law"):
            found.put("law", match["law"], match.span("law"))
            return
