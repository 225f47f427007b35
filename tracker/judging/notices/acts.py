"""How notices of many countries name courts, laws and the numbers of acts: patterns by language, no country's phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CAP = r"[A-ZÇĞİÖŞÜÄÉ0-9][\w’'.-]*"
COURTS: tuple[tuple[re.Pattern[str], str | None], ...] = tuple(
    (re.compile(pattern), territory)
    for pattern, territory in (
        # Fatih 2. Civil Court of First Instance; High Court of Delhi at New Delhi; Supreme Court of India
        (
            rf"(?:(?:{_CAP}|of|and|\d+(?:st|nd|rd|th))\s+){{0,5}}(?:Court|Tribunal|Judgeship|Magistrate(?:['’]s)?(?:\s+Court)?)(?!\s+(?:order|Order)s?\b)"
            rf"(?:\s+(?:of|for|at)\s+(?:the\s+)?{_CAP}(?:\s+(?!No\b|Case\b){_CAP})*|\s+in\s+(?:the\s+)?[A-Z][a-z]{{2,}}(?!\s+No\b)(?:\s+[A-Z][a-z]{{2,}})?|\s+and\s+[A-Z][a-z]+)*",
            None,
        ),
        (
            r"(?:[A-ZÇĞİÖŞÜ][\wçğıöşü]+\s+){0,2}(?:\d{1,2}\.\s*)?(?:(?:Sulh|Asliye|Ağır|Fikri|Bölge|İdare|Anadolu|ve|Sınai|Haklar|Ticaret|Aile|Hukuk|Ceza)\s+){0,6}(?:Hakimliği|Hâkimliği|Mahkemesi)",
            "TR",
        ),
        (
            r"(?:Pengadilan\s+(?:Negeri|Tinggi|Niaga|Agama|Tata\s+Usaha\s+Negara)|Mahkamah\s+(?:Agung|Konstitusi))(?:\s+(?!Nomor|No\b|Tanggal|Republik)[A-Z]\w+){0,3}",
            "ID",
        ),
        (
            r"(?:Amts|Land|Oberlandes|Verwaltungs|Oberverwaltungs|Kammer|Bundesverwaltungs|Bundesverfassungs)gericht(?:s|es)?(?:\s+[A-ZÄÖÜ][\wäöüß-]+(?:\s+am\s+Main|\s+[IVX]+(?=\W))?)?|Bundesgerichtshof(?:s|es)?",
            "DE",
        ),
        (r"دادگاه\s+(?:عمومی|انقلاب|تجدیدنظر|کیفری)(?:\s+(?!به|در|مورخ|شماره|طی)[^\s،.,]+){0,2}", "IR"),
        (r"[\u4e00-\u9fff]{2,12}?(?:人民|知识产权|互联网|海事)法院", "CN"),
        (
            r"[А-ЯІЇЄҐ][\w’'ʼ-]+(?:ого|ого)\s+(?:[а-яіїєґ’'ʼ-]+ого\s+){0,2}суду(?:\s+(?:м\.|міста)\s?[А-ЯІЇЄҐ][\w’'ʼ-]+|\s+[А-ЯІЇЄҐ][\w’'ʼ-]+(?:\s+області)?)*",
            "UA",
        ),
        (
            r"[Сс]уд[ау]?\s+[А-ЯЁІЎ][\w-]+(?:ого|его|ага|яга)\s+ра(?:йо|ё)на(?:\s+(?:г\.|города|горада)\s?[А-ЯЁІЎ][\w-]+)?",
            None,
        ),
        (
            r"[А-ЯЁ][\w-]+(?:ого|его)\s+(?:[\w-]+(?:ого|его)\s+){0,3}суда(?:\s+(?:г\.|города|гор\.|области|района)\s?[А-ЯЁ][\w-]+|\s+[А-ЯЁ][\w-]+(?:\s+(?:области|района|города|края))?)*",
            None,
        ),
    )
)
# ruff: noqa: E501 -- a court's name in one language a line

LAWS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"(?:(?:ст(?:ать\w+|\.|аття|атті|атты)|арт\w*|п(?:ункт\w*|\.))\s*\d[\d.,\s-]{0,20})?(?:Закон\w*|Кодекс\w*)\s+(?:Р(?:еспублики|эспублікі)\s+\w+|РБ|РК|РУз|України|Украины|Кыргызской\s+Республики)(?:\s+(?:от|від|ад)\s+[\d.]{8,10}\s*(?:г\.|года|р\.)?)?(?:\s*№\s*[\w-]+)?(?:\s*[«\"“][^»\"”]{1,160}[»\"”])?",
        r"\d{4}\s+sayılı\s+(?:[İI]nternet\s[\w ]{0,120}?)?(?:Kanun|Yasa)\w*(?:['’]?\w+)?(?:\s+\d+(?:/\w+)?\.?\s*(?:ve\s+\d+(?:/\w+)?\.?\s*)?madde\w*)?",
        r"(?:(?:article|section)s?\s+\d+\w*(?:/\w+)?\s+of\s+(?:the\s+)?)?(?:(?:turkish\s+)?(?:internet\s+)?law|act)\s+(?:nr|no|number)\.?\s*\d{4}(?!\d)",
        r"(?:under\s+)?(?P<kept>(?:(?:sections?|rules?|articles?|u/s)\s+\d+\s?\w{0,2}(?:\s?\(\w+\))*(?:\s*(?:,|and|read\s+with)\s*(?:(?:sections?|rules?|articles?)\s+)?\d+\w{0,2}(?:\(\w+\))*)*\s+of\s+)?(?:the\s+)?(?-i:(?<![\w])[A-Z][\w-]*\s+(?:(?:[A-Z][\w-]*,?|and|of|for|by|the|on|in|&|\((?:[A-Z][\w ,&-]+)\))\s+){0,15}?)(?-i:(?<!Court of )(?<!Government )(?<!Twitter )(?<!X )(?:Act|Rules|Ordinance|Code|Regulations?|Law|Constitution)\b)(?:,?\s+\d{4})?)",
        r"(?:(?:articles?|parts?)\s+[\d.,\s]{1,12}(?:and\s+[\d.]+\s+)?of\s+(?:the\s+)?)?Federal\s+Law\s+(?:No\.?|N)\s*\d+-FZ(?:\s+(?:of|dated)\s+[\w.,\s]{0,18}?\d{4})?(?:\s+[“\"«][^”\"»]{1,160}[”\"»])?",
        r"(?:Section\s+69A|u/s\s+69A)(?:\s+of\s+(?:the\s+)?IT\s+Act(?:,?\s+2000)?)?|IT\s+Act,?\s+2000|(?:sections?\s+\d+\w*\s+of\s+(?:the\s+)?)?PECA(?:[\s-]+20\d\d)?",
        r"(?:Pasal\s+\d+\w*(?:\s+ayat\s+\(\d+\w?\))?(?:\s+huruf\s+\w)?\s+)?(?:Undang-Undang|UU|Peraturan\s+(?:Menteri|Pemerintah)(?:\s+[A-Z]\w+(?:\s+dan\s+[A-Z]\w+)?)?|Permen\w+)(?:\s+(?:Republik\s+Indonesia\s+)?(?:(?:Nomor|No\.?)\s*\d+(?:\s+Tahun\s+\d{4}|/\d{4})|ITE|Pornografi))(?:\s+tentang(?:\s+[A-Z]\w+|\s+dan(?=\s+[A-Z])|\s+atas(?=\s+[A-Z]))+)?",
        r"sesuai\s+(?:dengan\s+)?peraturan\s+perundang-undangan(?:\s+yang\s+berlaku)?",
        r"(?:§§?\s*\d+\w?(?:\s+(?:Abs\.|Absatz)\s*\d+)?(?:\s+(?:Satz|S\.|Nr\.)\s*\d+)?\s+)?(?-i:Netzwerkdurchsetzungsgesetz(?:es)?|NetzDG|Jugendschutzgesetz(?:es)?|JuSchG|JMStV|Jugendmedienschutz-Staatsvertrag\w*|StGB|Strafgesetzbuch(?:es|s)?|Vereinsgesetz(?:es)?|VereinsG|Telemediengesetz(?:es)?|TMG|DDG|UrhG|Glücksspielstaatsvertrag\w*|GlüStV|Medienstaatsvertrag\w*|MStV)",
        r"(?:Verordnung|Regulation)\s+\(EU\)\s+(?:Nr\.\s*)?\d{4}/\d+",
        r"قانون\s+(?:جرایم|جرائم)\s+رایانه\s?‌?ای|قوانین\s+جمهوری\s+اسلامی\s+ایران",
        r"《[^《》]{2,40}(?:法|规定|条例|办法|决定)》(?:第[一二三四五六七八九十百\d]+条)?|(?<=违反|根据|依据)(?:相关|有关|国家)?法律法规",
        r"local\s+laws?(?:\(s\)|s)?",
    )
)

_TOKEN = r"[^\W_][\w./()\-–‑~:]*"  # noqa: S105 -- a piece of text
_LABEL = (
    r"(?:№|(?<!\w)(?:Numarası|Number|Nomor|Num|Nos|No|Nr|Sayı(?:sı)?|Reference|Ref|Aktenzeichen|Az|File|Esas|Karar|D\.\s?İş|Raqam|Нөмірі?)"
    r"(?:\s+No)?(?![^\W\d])\.?|شماره(?:\s+نامه)?|رقم|编号|文号|号码|#)"
)
_LABELLED = re.compile(
    rf"(?:{_LABEL}\s{{0,3}}(?:[:：#.]\s{{0,3}})?){{1,3}}(?P<number>{_TOKEN}(?:\s+(?:of|Tahun)\s+\d{{4}}(?!\d))?(?:(?<=/PN)\s+[A-Z][\w.]+)?(?:\s+[A-Z]{{1,2}}\s+\d+/\d{{2,4}})?)",
    re.I,
)
_CASE = re.compile(
    r"(?<!\w)(?P<number>(?:(?:W\.?P\.?|C\.?S\.?|O\.?A\.?|C\.?O\.?|C\.?R\.?L\.?|Crl|CM|FAO|LPA|SLP|C\.?P\.?)\s?(?:\(\s?\w+\s?\)\s?)?(?:\.\w+\.)?)\s?(?:No\.?\s*)?\d+(?:/\d{4}|\s+of\s+\d{4}))",
)
_SAYILI = re.compile(
    r"(?<![\w./])(?P<number>\d[\w./-]*)\s+(?:D\.?\s?İş\s+)?(?:sayılı|Sayılı|no[’']?lu|numaralı)(?!\w)"
)
_BARE_CASE = re.compile(
    r"(?<!\w)(?:case|decision|order|ruling|judgment|karar|putusan|beschluss|urteil|perkara|directive|letter|notice|request)\s+(?P<number>(?=[\w.]*[\d])[\w.]*\d[\w./()–-]*[/-][\w./()–-]*\d[\w-]*)",
    re.I,
)
_CHINESE = re.compile(
    r"(?P<number>[\u4e00-\u9fff]{0,6}[〔\[（(]\d{4}[〕\]）)]\s*(?:第)?[\u4e00-\u9fff]{0,6}\d+号)"
)
_GERMAN = re.compile(
    r"(?<!\w)(?P<number>\d{1,4}\s+(?:[A-Z][A-Za-z]{0,3}|[a-z]{1,2})\s+\d{1,5}/\d{2}(?:\s+\w)?)(?!\w)"
)


_YEAR_FIRST = re.compile(r"(?<![\w/.])(?P<number>(?:19|20)\d\d/\d{1,7})(?![\w/.]*\d)")
_TURKISH = re.compile(r"Hakimliği|Hâkimliği|Mahkemesi|T\.\s?C\.")


def numbers_in(text: str, language: str | None) -> Iterator[tuple[str, int, int]]:
    """Every number of an act that the text names as one: the number as written, and where it stands."""
    last = [_YEAR_FIRST] if language == "tr" or _TURKISH.search(text) else []
    patterns = [
        _CHINESE,
        _CASE,
        *([_GERMAN] if language == "de" else []),
        _SAYILI,
        _LABELLED,
        _BARE_CASE,
        *last,
    ]
    for pattern in patterns:
        for match in pattern.finditer(text):
            written = _trimmed(match["number"])
            if any(letter.isdigit() for letter in written):
                yield written, match.start("number"), match.start("number") + len(written)


def _trimmed(number: str) -> str:
    """Without the full stop, and the closing bracket that was opened before, which end the sentence and not the number."""
    number = number.rstrip(".:/-–~")
    while number.endswith(")") and number.count(")") > number.count("("):
        number = number[:-1].rstrip(".:/-–~")
    return number
