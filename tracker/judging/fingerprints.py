"""Known block pages: texts and addresses that networks put in the place of a page.

A small built-in set with the source of each. Patterns are plain text, never expressions, so that a set that
somebody loads cannot make the matcher slow.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Where(StrEnum):
    """Which part of an answer a pattern is looked for in."""

    BODY = "body"
    LOCATION = "location"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One known block page. ``pattern`` must be contained, without regard to case; ``countries`` are where it was
    seen (empty: anywhere); ``source`` says who saw it."""

    name: str
    where: Where
    pattern: str
    countries: tuple[str, ...]
    source: str


_ANNOTATIONS = "citizenlab/filtering-annotations fad9089"
_YT_DLP = "yt-dlp 81ecd58, extractor/common.py"
_OONI = "ooni/blocking-fingerprints 171641e"


def _body(name: str, countries: str, pattern: str, source: str) -> Fingerprint:
    return Fingerprint(name, Where.BODY, pattern.lower(), tuple(countries.split()), source)


def _location(name: str, countries: str, pattern: str, source: str) -> Fingerprint:
    return Fingerprint(name, Where.LOCATION, pattern.lower(), tuple(countries.split()), source)


BUILT_IN: tuple[Fingerprint, ...] = (
    _body("by_mininform", "BY", "на основании решения Министерства информации Республики Беларусь", _ANNOTATIONS),
    _body("ru_149_fz", "RU", "Федерального закона от 27 июля 2006 г. № 149-ФЗ", _ANNOTATIONS),
    _body("ru_149_fz_numeric", "RU", "Федерального закона от 27.07.2006 № 149-ФЗ", _ANNOTATIONS),
    _body("ru_register", "RU", "Единый реестр запрещённых сайтов", _ANNOTATIONS),
    _body("ru_register_e", "RU", "Единый реестр запрещенных сайтов", _ANNOTATIONS),
    _body("ru_single_register", "RU", "Единый реестр доменных имен, указателей страниц сайтов", _ANNOTATIONS),
    _body("ru_authority_decision", "RU", "по решению органов государственной власти", _ANNOTATIONS),
    _body("ru_rostelecom", "RU", "<title>Доступ ограничен", _YT_DLP),
    _body("ru_ttk", "RU", "<title>TTK :: Доступ к ресурсу ограничен", _YT_DLP),
    _body("ru_blocklist_check", "RU", "blocklist.rkn.gov.ru", _ANNOTATIONS),
    _body("ru_eais", "RU", "eais.rkn.gov.ru", _ANNOTATIONS),
    _body("tr_5651", "TR", "administration measure has been taken for this website", _OONI),
    _body("tr_tib", "TR", "<title>Telekomünikasyon İletişim Başkanlığı", _OONI),
    _body("tr_5651_kanun", "TR", "5651 sayılı Kanun", _OONI),
    _body("in_dot_directions", "IN", "as per the directions received from Department of Telecommunications", _OONI),
    _body("in_dot_instructions", "IN", "has been blocked as per the instructions of the DoT", _OONI),
    _body("in_dot_title", "IN", "<title>The URL you requested has been blocked</title>", _YT_DLP),
    _body("in_airtel", "IN", "airtel.in/dot", _YT_DLP),
    _body("pk_surf_safely", "PK", "prohibited for viewership from within Pakistan", _ANNOTATIONS),
    _body("id_trustpositif", "ID", "trustpositif.kominfo.go.id", _ANNOTATIONS),
    _body("id_internet_positif", "ID", "internet-positif", _ANNOTATIONS),
    _body("id_regulations", "ID", "jaringan ini sesuai peraturan perundang-undangan", _OONI),
    _body("ir_peyvandha", "IR", "peyvandha.ir", _OONI),
    _body("ir_iframe", "IR", "http://10.10.34.3", _OONI),
    _body("sa_internet_gov", "SA", "internet.gov.sa", _OONI),
    _body("my_not_available", "MY", "This website is not available in Malaysia as it violate", _OONI),
    _body("kr_warning", "KR", "warning.or.kr", _OONI),
    _body("fr_blocage", "FR", "page-blocage-terrorisme", _OONI),
    _body("uz_reestr", "UZ", "reestr.mitc.uz", _OONI),
    _location("ir_redirect", "IR", "//10.10.34.3", _OONI),
    _location("kr_redirect", "KR", "//warning.or.kr", _OONI),
    _location("id_redirect", "ID", "//internet-positif", _OONI),
    _location("id_trustpositif_redirect", "ID", "//trustpositif.", _OONI),
    _location("in_airtel_redirect", "IN", "airtel.in/dot", _OONI),
    _location("uz_redirect", "UZ", "//reestr.mitc.uz", _OONI),
)  # fmt: skip


def known(
    where: Where, text: str, territory: str, among: Iterable[Fingerprint] = BUILT_IN
) -> Fingerprint | None:
    """The first fingerprint in a text that fits the territory, or None. ``text`` is in lower case."""
    fits = (
        print_
        for print_ in among
        if print_.where is where and (not print_.countries or territory in print_.countries)
    )
    return next((print_ for print_ in fits if print_.pattern in text), None)
