"""What makes a text a notice in any language, how a body is introduced, and set phrases that settle a country by themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """A set phrase that only one country's, or one platform's, notices use."""

    pattern: re.Pattern[str]
    formula: str
    territory: str | None = None
    kind: str | None = None


def _phrase(pattern: str, formula: str, territory: str | None = None, kind: str | None = None) -> Phrase:
    return Phrase(re.compile(pattern, re.I | re.S), formula, territory, kind)


SETTLED: tuple[Phrase, ...] = (
    _phrase(r"5651 sayılı|law (?:nr|no|number)\.?\s*5651|turkish internet law", "law_only", "TR"),
    _phrase(r"(?-i:T\.\s?C\.)(?=\s)", "court", "TR"),
    _phrase(r"\d-FZ\b", "law_only", "RU"),
    _phrase(r"erişime? engellen\w+|erişim engeli|Güvenli İnternet", "no_authority", "TR"),
    _phrase(r"section 69A|airtel\.in/dot", "law_only", "IN"),
    _phrase(r"from within Pakistan|Surf Safely", "no_authority", "PK"),
    _phrase(r"(?:bisa|dapat) diakses melalui jaringan ini", "law_only", "ID"),
    _phrase(r"trustpositif\.(?:kominfo|komdigi)\.go\.id|internet-?\s?positif", "no_authority", "ID"),
    _phrase(r"10\.10\.34\.3[4-6]|peyvandha\.ir|internet\.ir|جمهوری اسلامی ایران|قانون جر[ای]ئ?م رایانه", "no_authority", "IR"),
    _phrase(r"in Deutschland|in Germany|NetzDG|Netzwerkdurchsetzungsgesetz", "no_authority", "DE"),
    _phrase(r"legal complaint from the government|legal request from the government", "government_complaint"),
    _phrase(r"法律法规和?《微博社区公约》|违反法律法规", "law_and_rules"),
    _phrase(r"违反《(?:微博社区公约|[^》]*社区公约)》|因违规无法查看|未予显示|Terms of Service|Community (?:Guidelines|Standards)|(?:Twitter|X) Rules", "platform_rules", None, "platform"),
    _phrase(r"violated? local laws?", "platform_withheld"),
)  # fmt: skip
# ruff: noqa: E501 -- a table reads best with one row a line

WITHHELD = re.compile(
    r"(?:withheld|restricted|blocked|unavailable|not available|not accessible|inaccessible|geo-?blocked|gesperrt|zurückgehalten)\s+"
    r"(?:within\s+|in:?|for (?:users|viewers) in|from within|to users in)\s+(?:the\s+(?:territory\s+of\s+)?)?"
    r"(?P<where>.{2,200}?)(?=\s+(?:in response|based on|due to|because|at the request|by (?:order|decision)|on the (?:basis|grounds|request)|pursuant|under|following|as it|per|"
    r"in (?:accordance|compliance)|as per|in connection|upon|since)\b|[.;:!]|\s\(|$)",
    re.I,
)

_NAME = r"(?:[A-ZÇĞİÖŞÜÄ][\w’'&-]*(?:\.(?=\s[A-Z]))?|of|the|and|for|on|in|&|at)"
GROUND: tuple[re.Pattern[str], ...] = (
    re.compile(
        r"(?i:(?:orders?|directions?|directives?|instructions?|requests?|demands?|decisions?|rulings?|resolutions?|complaints?|notices?|letters?|warrant)\s+(?:\w+\s+)?(?:(?:issued|received|made|given|passed|sent|from|of|by)\s+){1,3}(?:the\s+)?"
        r"|(?:ordered|requested|directed|demanded|instructed|required|blocked|imposed|restricted|prohibited|banned|issued|decided)\s+by\s+(?:the\s+)?|request\s+from\s+(?:the\s+)?|(?=[A-Z][\w ]{3,60}?(?:['’]s)\s+(?:order|request|decision)))"
        rf"(?P<body>[A-ZÇĞİÖŞÜÄ][\w’'&-]*(?:\s+{_NAME})*?(?:\s+[A-Z][\w’'&-]*)?)(?=\s+(?:dated|no\b|No\b|number|on\s|in case|under|pursuant|issued|has|was|as\b|via|through|and it|\()|[.,;:(]|\s*$|\s+\d|['’]s\s+(?:order|request|decision))"
    ),
    re.compile(
        r"(?i:(?:решени|предписани|постановлени|требовани|приказ|распоряжени|определени|представлени)\w*\s+)"
        r"(?P<body>(?:[А-ЯЁ][\w-]+|[а-яё-]+(?:ого|его|ой|ей))\s+[\w\s,«»\"-]{3,150}?)(?=\s+(?:от|№|принят\w+|в соответствии|согласно)\b|\s*№|[.;(]|\s*$)"
    ),
    re.compile(
        r"(?i:(?:рішення|припис\w*|постанов\w+|ухвал\w+|розпорядження|вимог\w+|наказ\w*|рашэнн\w+|пастанов\w+|прадпісанн\w+)\s+)"
        r"(?P<body>[А-ЯІЇЄҐЎ][\w’'ʼ\s,-]{3,150}?)(?=\s+(?:від|ад|№|прынят\w+|у адпаведнасці|відповідно)\b|\s*№|[.;(]|\s*$)"
    ),
    re.compile(
        r"(?P<body>(?:[A-ZÇĞİÖŞÜ][\wçğıöşü]+\s+){1,6}?(?:Bakanlığı|Başkanlığı|Kurumu|Kurulu|Savcılığı|Müdürlüğü|Valiliği))"
    ),
    re.compile(
        r"(?i:perintah|permintaan|keputusan|instruksi|surat)\s+(?:(?:dari|oleh)\s+)?(?P<body>(?:Kementerian|Badan|Otoritas|Kejaksaan|Kepolisian|Menteri|Pengadilan)(?:\s+(?:[A-Z]\w+|dan))*)"
    ),
    re.compile(
        r"(?i:(?:Anordnung|Beschluss(?:es)?|Verfügung|Entscheidung|Ersuchen|Antrag)\s+(?:der|des|von)\s+)(?P<body>[A-ZÄÖÜ][\wäöüß-]+(?:\s+(?:für|und|der|des|[A-ZÄÖÜ][\wäöüß-]+))*)"
    ),
    re.compile(r"(?:根据|依据|应)(?P<body>[\u4e00-\u9fff]{3,16}?)(?:的)?(?:要求|决定|通知|命令)"),
)

_BLOCKING = re.compile(
    r"block|withheld|withholding|restrict|suspended|not (?:available|accessible)|unavailable|inaccessible|prohibited|banned|disabled|denied|not authori[sz]ed|taken down|removed|administration measure|legal (?:demand|complaint|request|order)|local law|"
    r"заблок|ограничен|обмежен|абмежаван|недоступ|запрещ|заборонен|закрыт|внес[её]н|заблак|бұғатта|шектел|чеклан|чекл|bloklan|cheklan|"
    r"engellen|idari tedbir|kapatıl|kısıtlan|"
    r"diblokir|pemblokiran|diakses|terlarang|dilarang|internet-?\s?positif|trustpositif|"
    r"gesperrt|sperrung|nicht verfügbar|zurückgehalten|eingeschränkt|"
    r"مسدود|دسترسی|فیلتر|حجب|محجوب|peyvandha|10\.10\.34|بلاک|ممنوع|"
    r"无法查看|无法访问|屏蔽|禁止|封禁|下架|违规|违反|停止访问|不可用|"
    r"अवरुद्ध|प्रतिबंधित",
    re.I,
)
_LEGAL = re.compile(
    r"order|law|legal|court|authorit|ministr|minist[eè]|government|prosecut|direct(?:ion|ive)s?|instruction|decision|request|regulat|withheld|prohibited|telecom|surf safely|agency|department|commission|ordinance|\bact\b|"
    r"решени|предписан|постановл|требован|закон|указ|министер|суд|реестр|орган|рішення|вимог|міністэр|мiнiстэр|рашэнн|пастанов|назорат|nazorat|qaror|"
    r"karar|kanun|kurum|mahkeme|hakimli|tedbir|engellen|başkanlı|"
    r"peraturan|undang|kementerian|kominfo|komdigi|pengadilan|positif|perintah|permintaan|otoritas|badan|\bUU\b|sesuai|\bD\.?O\.?T\b|"
    r"beschlus|urteil|gesetz|gericht|behörde|anordnung|netzdg|§|recht|bundes|anstalt|"
    r"قانون|قضایی|دستور|کارگروه|کار گروه|دادگاه|دادستان|اتھارٹی|peyvandha|10\.10\.34|مصادیق|"
    r"法|规|投诉|办公室|公安|"
    r"विभाग|आदेश|कानून",
    re.I,
)


def is_notice(text: str) -> bool:
    """Whether the text says that something is kept from people, and speaks of law or of somebody with power."""
    return bool(_BLOCKING.search(text) and _LEGAL.search(text))


def language_of(text: str) -> str:
    """The language by its letters, and among those in Latin letters by their commonest words."""
    is_latin = len(_LATIN.findall(text)) > len(_OTHER.findall(text))
    for pattern, language in _LANGUAGES:
        if pattern.search(_OTHER.sub("", text) if is_latin else text):
            return language
    return "en"


_LATIN = re.compile(r"[a-z]", re.I)
_OTHER = re.compile(r"[\u0400-\u052f\u0600-\u06ff]")
"""Letters of a number such as 27-31-2020/Ид1-20 do not make an English notice a Russian one."""


_LANGUAGES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.I), language)
    for pattern, language in (
        (r"[\u4e00-\u9fff]", "zh"),
        (r"[\u0900-\u097f]", "hi"),
        (r"[ٹڈڑںے]|\bکی\b", "ur"),
        (r"[پچژگکی]", "fa"),
        (r"[\u0600-\u06ff]", "ar"),
        (r"[әғқңөұүһ]", "kk"),
        (r"[қғҳ].*ў|ў.*[қғҳ]|ушбу|сайтга", "uz"),
        (r"[ўЎ]|рашэнн|пастанов[аы]й|раёна|абмежаван|заблакаван", "be"),
        (r"[їєґ]", "uk"),
        (r"[а-яё]*[іi][а-яё]+.*(?:інфармацы|iнфармацы|рэспубл|доступ да)", "be"),
        (r"(?:від|рішення|заборонен|обмежено)", "uk"),
        (r"[а-яё]", "ru"),
        (r"(?-i:[ğışİĞŞ])|\b(?:sayılı|tarihli|erişim|kararı)\b", "tr"),
        (r"\b(?:situs|diblokir|tidak|yang|sesuai|jaringan|dengan|karena)\b", "id"),
        (r"[äöüß]|\b(?:wurde|gesperrt|nicht|aufgrund|dieser|diese)\b", "de"),
        (r"oʻ|o['’‘]z|saytga", "uz"),
    )
)
