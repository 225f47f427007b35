"""Bodies outside Russia that order blocks, under their usual names, and what a name that nobody listed tells by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Body:
    """``name`` is the usual one, in the language of the notice; ``territory`` where its writ runs."""

    pattern: re.Pattern[str]
    name: str
    kind: str
    territory: str | None


def _body(pattern: str, name: str, kind: str, territory: str | None) -> Body:
    return Body(
        re.compile(rf"(?<![^\W\u4e00-\u9fff])(?:{pattern})".replace(" ", r"\s+"), re.I), name, kind, territory
    )


BODIES: tuple[Body, ...] = (
    # Russia, in English
    _body(r"(?:(?:Office of the )?Prosecutor[- ]General(?:['’]s)?(?: Office)?|General Prosecutor(?:['’]s)?(?: Office)?)(?: of (?:the )?(?:Russian Federation|Russia|RF))", "Prosecutor General's Office of the Russian Federation", "prosecutor", "RU"),
    _body(r"(?:Office of the )?Prosecutor[- ]General(?:['’]s)?(?: Office)?(?! of)|General Prosecutor(?:['’]s)?(?: Office)?(?! of)", "Prosecutor General's Office", "prosecutor", None),
    _body(r"Roskomnadzor|Roscomnadzor|Federal Service for Supervision (?:of|in the (?:Field|Sphere) of) Communications(?:,? [\w, ]{0,60}(?:Mass Media|Communications))?", "Roskomnadzor", "regulator", "RU"),
    _body(r"Roszdravnadzor|Federal Service for (?:Surveillance|Supervision) in (?:the (?:Field|Sphere) of )?Health ?care", "Roszdravnadzor", "regulator", "RU"),
    _body(r"Rospotrebnadzor", "Rospotrebnadzor", "regulator", "RU"),
    _body(r"Rosmolode[zj]h|Federal Agency for Youth Affairs", "Rosmolodezh", "executive", "RU"),
    _body(r"Federal Tax(?:ation)? Service(?: of (?:the Russian Federation|Russia))?", "Federal Tax Service", "tax", "RU"),
    _body(r"(?:Ministry of (?:the )?(?:Interior|Internal Affairs)) of (?:the )?(?:Russian Federation|Russia)", "Ministry of Internal Affairs of the Russian Federation", "ministry", "RU"),
    # Belarus
    _body(r"Министерств\w+ информации(?: Республики Беларусь| РБ| Беларуси)", "Министерство информации Республики Беларусь", "ministry", "BY"),
    _body(r"Мининформ\w*", "Министерство информации Республики Беларусь", "ministry", "BY"),
    _body(r"М[iі]н[iі]стэрств\w+ [iі]нфармацы[iі](?: Рэспубл[iі]к[iі] Беларусь)?", "Министерство информации Республики Беларусь", "ministry", "BY"),
    _body(r"Ministry of Information(?: of (?:the Republic of )?Belarus)", "Ministry of Information of the Republic of Belarus", "ministry", "BY"),
    _body(r"(?:РУП )?БелГИЭ|Государственн\w+ инспекци\w+ Республики Беларусь по электросвязи", "БелГИЭ", "regulator", "BY"),
    _body(r"Оперативно-аналитическ\w+ центр\w*(?: при Президенте Республики Беларусь)?|Operat(?:ional|ive)(?: and)?[ -]Analytical Cent(?:er|re)", "Оперативно-аналитический центр при Президенте Республики Беларусь", "executive", "BY"),
    _body(r"Генеральн\w+ прокуратур\w+ Республики Беларусь", "Генеральная прокуратура Республики Беларусь", "prosecutor", "BY"),
    _body(r"Генеральн\w+ прокуратур\w+ Республики Казахстан|Генпрокуратур\w+ Казахстана", "Генеральная прокуратура Республики Казахстан", "prosecutor", "KZ"),
    _body(r"Генеральн\w+ прокуратур\w+ (?:Кыргызской Республики|Кыргызстана)", "Генеральная прокуратура Кыргызской Республики", "prosecutor", "KG"),
    _body(r"Президент\w? України", "Президент України", "government", "UA"),
    # Ukraine, Kazakhstan, Uzbekistan
    _body(r"РНБО(?: України)?|Рад\w+ національної безпеки і оборони(?: України)?", "Рада національної безпеки і оборони України", "government", "UA"),
    _body(r"СНБО(?: Украины)?|Совет\w* национальной безопасности и обороны(?: Украины)?", "Совет национальной безопасности и обороны Украины", "government", "UA"),
    _body(r"НКЕК|Національн\w+ комісі\w+,? що здійснює державне регулювання у сферах електронних комунікацій[\w, ]{0,90}?(?=від|№|\.|$)", "НКЕК", "regulator", "UA"),
    _body(r"(?:НЦУ|Національн\w+ центр\w* оперативно-технічного управління)(?: мережами телекомунікацій(?: України)?| електронних комунікаційних мереж(?: України)?)?", "Національний центр оперативно-технічного управління мережами телекомунікацій", "executive", "UA"),
    _body(r"Служб\w+ безпеки України|СБУ", "Служба безпеки України", "executive", "UA"),
    _body(r"Генеральн\w+ прокуратур\w+ України|Офіс\w* Генерального прокурора", "Офіс Генерального прокурора", "prosecutor", "UA"),
    _body(r"Узкомназорат|Ўзкомназорат\w*|O[ʻ'’‘`]?zkomnazorat", "Ўзкомназорат", "regulator", "UZ"),
    # Turkey
    _body(r"Bilgi Teknolojileri ve [İI]letişim Kurumu", "Bilgi Teknolojileri ve İletişim Kurumu", "regulator", "TR"),
    _body(r"(?:Information (?:and Communication|Technologies and Communications?)s? Technolog(?:ies|y) Authority|Information (?:Technologies and Communications?|and Communication Technologies) Authority)(?: of T[uü]rk(?:ey|iye))?", "Information and Communication Technologies Authority", "regulator", "TR"),
    _body(r"BTK", "Bilgi Teknolojileri ve İletişim Kurumu", "regulator", "TR"),
    _body(r"Telekom[uü]nikasyon [İIi]letişim Başkanlığı", "Telekomünikasyon İletişim Başkanlığı", "regulator", "TR"),
    _body(r"Telecommunications? (?:Communication )?Presidency", "Telecommunication Communication Presidency", "regulator", "TR"),
    _body(r"Erişim Sağlayıcıları Birliği", "Erişim Sağlayıcıları Birliği", "other", "TR"),
    _body(r"Radyo ve Televizyon Üst Kurulu|RTÜK", "Radyo ve Televizyon Üst Kurulu", "regulator", "TR"),
    # India
    _body(r"Department of Telecom(?:munication)?s?(?=\W|$)|D\.?o\.?T\.?(?=[\W_]|$)(?! com)", "Department of Telecommunications", "ministry", "IN"),
    _body(r"Ministry of Electronics (?:and|&) (?:Information Technology|IT)|MeitY", "Ministry of Electronics and Information Technology", "ministry", "IN"),
    _body(r"Ministry of Information (?:and|&) Broadcasting", "Ministry of Information and Broadcasting", "ministry", "IN"),
    _body(r"(?:Union )?Ministry of Home Affairs(?:, Government of India)?", "Ministry of Home Affairs", "ministry", None),
    _body(r"CERT-In", "CERT-In", "regulator", "IN"),
    _body(r"दूरसंचार विभाग", "दूरसंचार विभाग", "ministry", "IN"),
    _body(r"(?:the )?Government of India", "Government of India", "government", "IN"),
    # Pakistan
    _body(r"Pakistan Telecommunications? Authority|PTA", "Pakistan Telecommunication Authority", "regulator", "PK"),
    _body(r"پاکستان ٹیلی کمیونیکیشن اتھارٹی|پی ٹی اے", "پاکستان ٹیلی کمیونیکیشن اتھارٹی", "regulator", "PK"),
    # Indonesia
    _body(r"Kementerian Komunikasi dan (?:Informatika|Digital)(?: Republik Indonesia)?|Kom(?:info|digi)", "Kementerian Komunikasi dan Informatika", "ministry", "ID"),
    _body(r"Ministry of Communications? and (?:Information Technology|Informati(?:cs|on)|Digital Affairs)(?: of (?:the Republic of )?Indonesia)", "Ministry of Communication and Informatics", "ministry", "ID"),
    _body(r"Badan Pengawas Obat dan Makanan|BPOM", "Badan Pengawas Obat dan Makanan", "regulator", "ID"),
    _body(r"Otoritas Jasa Keuangan|OJK", "Otoritas Jasa Keuangan", "regulator", "ID"),
    _body(r"Bappebti|Badan Pengawas Perdagangan Berjangka Komoditi", "Bappebti", "regulator", "ID"),
    # Iran
    _body(r"کار[\s\u200c]?گروه تعیین مصادیق محتوای مجرمانه", "کارگروه تعیین مصادیق محتوای مجرمانه", "executive", "IR"),
    _body(r"(?:مقام|مقامات) (?:محترم )?قضایی", "مقام قضایی", "court", "IR"),
    _body(r"دادستانی کل(?: کشور)?", "دادستانی کل کشور", "prosecutor", "IR"),
    _body(r"شورای عالی فضای مجازی", "شورای عالی فضای مجازی", "executive", "IR"),
    _body(r"(?:Working Group|Committee|Commission) (?:for|to) Determin(?:e|ing|ation of)(?: Instances of)? Criminal Content", "Committee to Determine Instances of Criminal Content", "executive", "IR"),
    # China
    _body(r"国家互联网信息办公室|中央网信办|国家网信办", "国家互联网信息办公室", "regulator", "CN"),
    _body(r"Cyberspace Administration of China", "Cyberspace Administration of China", "regulator", "CN"),
    _body(r"(?:(?:(?![被由经据])[\u4e00-\u9fff]){2,3}[省市区])?(?:互联网信息办公室|网信办)", "", "regulator", "CN"),
    _body(r"(?:[\u4e00-\u9fff]{2,3}[省市区])?公安(?:局|厅|部|机关)", "", "police", "CN"),
    # Germany
    _body(r"Bundesprüfstelle für jugendgefährdende Medien|BPjM", "Bundesprüfstelle für jugendgefährdende Medien", "regulator", "DE"),
    _body(r"Bundeszentrale für Kinder- und Jugendmedienschutz|BzKJ", "Bundeszentrale für Kinder- und Jugendmedienschutz", "regulator", "DE"),
    _body(r"Bundesnetzagentur", "Bundesnetzagentur", "regulator", "DE"),
    _body(r"Bundeskriminalamts?|BKA", "Bundeskriminalamt", "police", "DE"),
    _body(r"Bundesamt(?:e?s)? für Justiz", "Bundesamt für Justiz", "ministry", "DE"),
    _body(r"Kommission für Jugendmedienschutz", "Kommission für Jugendmedienschutz", "regulator", "DE"),
    _body(r"(?:Landesanstalt für Medien|Landesmedienanstalt)(?: (?:NRW|Nordrhein-Westfalen))?|Landesmedienanstalt(?: \w+)?|Medienanstalt \w+(?:-\w+)*", "", "regulator", "DE"),
    _body(r"CUII|Clearingstelle Urheberrecht im Internet", "Clearingstelle Urheberrecht im Internet", "other", "DE"),
)  # fmt: skip
# ruff: noqa: E501 -- a table reads best with one row a line

COUNTRIES = {
    "germany": "DE", "deutschland": "DE", "russia": "RU", "russian federation": "RU", "turkey": "TR", "türkiye": "TR", "turkiye": "TR",
    "india": "IN", "france": "FR", "brazil": "BR", "pakistan": "PK", "ukraine": "UA", "belarus": "BY", "indonesia": "ID", "china": "CN",
    "austria": "AT", "south korea": "KR", "korea": "KR", "united kingdom": "GB", "uk": "GB", "iran": "IR", "kazakhstan": "KZ",
    "uzbekistan": "UZ", "thailand": "TH", "vietnam": "VN", "malaysia": "MY", "singapore": "SG", "saudi arabia": "SA", "egypt": "EG",
    "italy": "IT", "spain": "ES", "poland": "PL", "netherlands": "NL", "united states": "US", "japan": "JP", "israel": "IL", "nepal": "NP",
    "bangladesh": "BD", "sri lanka": "LK", "myanmar": "MM", "kyrgyzstan": "KG", "tajikistan": "TJ", "azerbaijan": "AZ", "armenia": "AM",
    "georgia": "GE", "moldova": "MD", "hong kong": "HK", "taiwan": "TW", "mexico": "MX", "australia": "AU", "canada": "CA",
    "united arab emirates": "AE", "uae": "AE", "jordan": "JO", "kuwait": "KW", "qatar": "QA", "european union": "EU",
    "россии": "RU", "рф": "RU", "российской федерации": "RU", "республики беларусь": "BY", "беларуси": "BY", "белоруссии": "BY",
    "республики казахстан": "KZ", "казахстана": "KZ", "республики узбекистан": "UZ", "узбекистана": "UZ", "украины": "UA", "україни": "UA",
    "кыргызской республики": "KG", "кыргызстана": "KG", "республики таджикистан": "TJ", "таджикистана": "TJ",
    "турции": "TR", "германии": "DE", "рэспублікі беларусь": "BY", "türkiye'de": "TR", "indonesia'": "ID", "republik indonesia": "ID",
}  # fmt: skip
_COUNTRY_NAMES = "|".join(re.escape(name) for name in sorted(COUNTRIES, key=len, reverse=True))
COUNTRY = re.compile(
    rf"(?<!\w)(?:the\s+)?(?:republic\s+of\s+)?(?P<country>{_COUNTRY_NAMES})(?!\w)".replace(r"\ ", r"\s+"),
    re.I,
)

CITIES = re.compile(
    r"(?P<IN>Delhi|Mumbai|Bombay|Madras|Calcutta|Kolkata|Karnataka|Kerala|Allahabad|Gujarat|Hyderabad|Punjab and Haryana)"
    r"|(?P<PK>Lahore|Islamabad|Sindh|Peshawar|Balochistan|Karachi)|(?P<TR>Ankara|Istanbul|İstanbul|Izmir|İzmir|Diyarbakır|Gölbaşı)"
    r"|(?P<ID>Jakarta|Surabaya|Bandung)|(?P<RU>Moscow|Saint Petersburg|St\. Petersburg)|(?P<BY>Minsk|Минск|Мінск)|(?P<IR>Tehran)"
    r"|(?P<DE>Berlin|Hamburg|Munich|Cologne|Frankfurt)|(?P<UA>Kyiv|Kiev)"
)
"""Where the courts sit whose names say no country."""

KIND_WORDS: tuple[tuple[str, str], ...] = (
    ("court", r"court|tribunal|judge|magistrate|\bсуд\w*|mahkeme|hakimli|pengadilan|gericht|دادگاه|法院|عدالت"),
    ("prosecutor", r"prosecutor|attorney[- ]general|прокур\w+|прокуратур|savcılı|kejaksaan|staatsanwalt|دادسرا|检察"),
    ("tax", r"\btax|налогов|податков"),
    ("police", r"police|полици|мили[цч]и|поліці|emniyet|polizei|polri|cyber ?crime|公安"),
    ("ministry", r"minist|министерств|міністерств|bakanlı|kementerian|وزارت|ведомств"),
    ("regulator", r"authority|commission|regulator|regulatory|department|agency|inspect|служб\w+ по надзору|надзор|комитет|агентств|комісі|"
     r"комисси|инспекци|kurumu|kurulu|başkanlı|otoritas|badan|anstalt|behörde|办公室|supervis|directorate"),
    ("executive", r"\boffice\b|\bservice\b|\bcent(?:re|er)\b|\badministration\b"),
    ("government", r"government|кабинет|president|cabinet|council|президент|совет"),
)  # fmt: skip


def kind_of(name: str) -> str | None:
    """The kind that a name tells by its own words, or None."""
    return next((kind for kind, words in KIND_WORDS if re.search(words, name, re.I)), None)


def country_of(name: str) -> str | None:
    """The one country that a text names, or None when it names none or several."""
    named = {COUNTRIES[re.sub(r"\s+", " ", match["country"]).lower()] for match in COUNTRY.finditer(name)}
    return named.pop() if len(named) == 1 else None
