"""From where the page cannot be seen, where the text says so: never only because of who asked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from events.intake.happening import Deed, Happening, Mood
from events.intake.phrases import Mark
from events.intake.scene import Scene


@dataclass(frozen=True, slots=True)
class Land:
    """A country or union by its code, with the words that say it."""

    code: str
    first: int
    last: int
    confidence: float


def land(scene: Scene, happening: Happening, asker_country: str | None, kind: str = "block") -> Land | None:
    """The territory of the block or of its end; None when no words say one, or when they say several."""
    deeds = _deeds(happening)
    if kind == "restoration":
        deeds += [
            deed
            for deed in happening.restorations
            if deed.mood is Mood.DONE and happening.weight(deed.sentence) >= 2.0
        ]
    found = [each for deed in deeds for each in _of_deed(scene, happening, deed)]
    found += [
        *_at_home(scene, happening, asker_country),
        *_of_shop(scene, happening),
        *_on_ground(scene, happening),
    ]
    if any(happening.weight(scene.sentence_at(mark.first)) >= 3.0 for mark in scene.of("unmet")):
        return None
    unmet = {scene.sentence_at(mark.first).number for mark in scene.of("unmet")}
    found = [each for each in found if scene.sentence_at(each.first).number not in unmet]
    if not found:
        return None
    return max(found, key=lambda each: each.confidence)


def _deeds(happening: Happening) -> list[Deed]:
    return [
        deed
        for deed in happening.blocks
        if deed.mood not in (Mood.NOT, Mood.MAY)
        and not deed.is_earlier
        and happening.weight(deed.sentence) >= 1.0
    ]


def _of_deed(scene: Scene, happening: Happening, deed: Deed) -> list[Land]:
    """``blocked in Russia``, ``из России не открывается``, ``Türkiye'den kapatıldı``."""
    sentence = deed.sentence
    found = []
    for country in scene.within(sentence.first, sentence.last, "country"):
        form = country.value.form
        if not (_is_audience(scene, country) if form == "a" else form == "n" and _is_where(scene, country)):
            continue
        gap = scene.gap(deed.mark, country)
        reach = 18 if happening.weight(sentence) >= 3.0 else 9
        if gap <= reach and not _is_away(scene, country) and not _is_of_other(scene, deed, country):
            weight = happening.weight(sentence)
            found.append(
                Land(country.value.code, country.first, country.last, 0.5 + 0.1 * weight - 0.02 * gap)
            )
    return found


def _of_shop(scene: Scene, happening: Happening) -> list[Land]:
    """``its Russian App Store``, ``Google Play Store Indonesia``: a shop of one country."""
    found = []
    for shop in scene.of("platform"):
        if "Store" not in shop.value.name and "Play" not in shop.value.name:
            continue
        weight = happening.weight(scene.sentence_at(shop.first))
        for country in scene.near(shop.first, 1, shop.last - shop.first + 1, "country"):
            if weight >= 1.0 and country.value.form != "city":
                found.append(Land(country.value.code, country.first, country.last, 0.5 + 0.1 * weight))
    return found


_CATALOGUE = re.compile(
    r"\s(?:каталог|магазин|сегмент|верси|catalog|version|storefront|sürüm|mağaza|Katalog|catálog|versão|版)",
    re.I,
)


def _of_catalogue(scene: Scene, happening: Happening) -> list[Land]:
    """``из российского каталога``: the part of a platform that is one country's."""
    found = []
    for country in scene.of("country"):
        weight = happening.weight(scene.sentence_at(country.first))
        is_part = country.value.form == "a" and _CATALOGUE.match(
            scene.passage.text[country.end : country.end + 14]
        )
        if is_part and weight >= 1.0 and not happening.is_earlier(country):
            found.append(Land(country.value.code, country.first, country.last, 0.4 + 0.1 * weight))
    return found


_GROUND = re.compile(
    r"(?:территори\w+|territory of|Gebiet|territoire|territorio|território|wilayah)\s+(?:de(?:l|r)? |do |da )?$",
    re.I,
)


def _on_ground(scene: Scene, happening: Happening) -> list[Land]:
    """``должна исполнить требование на территории России``: where the order holds, with no deed in the sentence."""
    found = []
    for country in scene.of("country"):
        weight = happening.weight(scene.sentence_at(country.first))
        before = scene.passage.text[max(0, country.start - 40) : country.start]
        if (
            country.value.form == "n"
            and weight >= 1.0
            and _GROUND.search(before)
            and not _HAPPENED.search(before)
        ):
            sentence = scene.sentence_at(country.first)
            if scene.within(sentence.first, sentence.last, "act", "ask", "block", "reason"):
                found.append(Land(country.value.code, country.first, country.last, 0.45 + 0.08 * weight))
    return found


_TURKISH = frozenset("de da den dan te ta ten tan deki daki".split())


def _is_where(scene: Scene, country: Mark) -> bool:
    """Whether the words before or behind a country make it a place where something is so."""
    tokens = scene.tokens
    if scene.language == "tr":
        behind = tokens[country.last + 1].key if country.last + 1 < len(tokens) else ""
        return behind in _TURKISH or bool(re.search(r"(?:[dt][ea]n?)$", tokens[country.last].key))
    start = scene.sentence_at(country.first).first
    before = scene.within(max(start, country.first - 6), country.first, "within")
    if scene.language == "zh":
        behind = "".join(token.raw for token in tokens[country.last + 1 : country.last + 4])
        return bool(re.match(r"(?:境内|境內|大陆|用户|用戶|区|區|地区)", behind)) or any(
            mark.last == country.first - 1 for mark in before
        )
    if _is_resident(scene, country):
        return False
    following = (
        scene.tokens[country.last + 1] if country.last < scene.sentence_at(country.first).last else None
    )
    if (
        following
        and following.key == "s"
        and scene.passage.between(country.last, country.last + 1) in ("'", "’")
    ):
        return False
    if following and scene.within(country.last + 1, country.last + 1, "people"):
        return True
    return any(_leads_to(scene, mark, country) for mark in before)


def _is_audience(scene: Scene, country: Mark) -> bool:
    """``для российских зрителей``: for whom it is closed."""
    sentence = scene.sentence_at(country.first)
    people = scene.within(country.last + 1, min(sentence.last, country.last + 1), "people")
    before = scene.within(max(sentence.first, country.first - 2), country.first - 1, "within")
    if people and not before:
        is_from = scene.tokens[max(0, country.first - 1)].key in _FROM
        behind = scene.within(people[0].last + 1, min(sentence.last, people[0].last + 4), "block")
        return is_from or any(each.first == people[0].last + 1 for each in behind)
    return bool(people and before)


_FROM = frozenset("от від vor aux".split())


_ARTICLES = frozenset(
    "the l all whole mainland der die das den ganz ganzen la le les el los las o a os as toda todo всей всю всій".split()
)


def _leads_to(scene: Scene, mark: Mark, country: Mark) -> bool:
    between = {token.key for token in scene.tokens[mark.last + 1 : country.first]}
    return mark.last < country.first and country.first - mark.last <= 2 and between <= _ARTICLES


_RESIDENT = re.compile(
    r"(?:install|bas[ée]|viv|resid|located|living|situat|живущ|прожива|наход|расположен|ansässig|wohn|lebend|radicad|"
    r"instalad|ubicad|who live|born|родивш)\w*\s+\w{1,3}\s*$",
    re.I,
)


def _is_resident(scene: Scene, country: Mark) -> bool:
    """``activists living in France``: where somebody is, not where something is closed."""
    return bool(_RESIDENT.search(scene.passage.text[max(0, country.start - 40) : country.start]))


def _is_away(scene: Scene, country: Mark) -> bool:
    start = scene.sentence_at(country.first).first
    return bool(scene.within(max(start, country.first - 3), country.first, "away"))


_HAPPENED = re.compile(
    r"войн|войну|війн|\bwar\b|invasion|вторжен|нападен|вторгн|krieg|guerre|guerra|perang|savaş|событи|действия|развит|gelişme|погибш|погиб|"
    r"protest|протест|митинг|manifest|election|выбор|вибор|elecc|eleiç|wahl|seçim|pemilu|crackdown|massacre|unrest|attack|attentat",
    re.I,
)


def _is_of_other(scene: Scene, deed: Deed, country: Mark) -> bool:
    """``over the war in Ukraine``, ``posts about events in Syria``: where something else is so."""
    start = scene.sentence_at(country.first).first
    before = scene.passage.text[scene.tokens[max(start, country.first - 4)].start : country.start]
    if _HAPPENED.search(before):
        return True
    if _is_of_subject(scene, deed, country):
        return True
    between = range(min(deed.mark.last, country.last) + 1, max(deed.mark.first, country.first))
    return any(
        mark.first in between
        for mark in scene.within(deed.sentence.first, deed.sentence.last, "reason", "person")
    )


_ABOUT = re.compile(
    r"\s(?:on|about|over|regarding|о|об|про|über|sur|sobre|acerca de|tentang|soal)\s(?!\s*(?:the )?(?:Facebook|Twitter|X|YouTube|Instagram|TikTok|Telegram)\b)"
)


def _is_of_subject(scene: Scene, deed: Deed, country: Mark) -> bool:
    """``the video on the plight of people in China``: what a post is about."""
    start = scene.sentence_at(country.first).first
    for noun in scene.within(max(start, country.first - 12), country.first, "noun"):
        text = scene.passage.text[noun.end : country.start]
        is_deed_between = noun.last < deed.mark.first < country.first
        if noun.value in ("post", "video", "other") and _ABOUT.match(text) and not is_deed_between:
            return not re.search(r"[,;:.]", text)
    return False


def _at_home(scene: Scene, happening: Happening, country: str | None) -> list[Land]:
    """``unavailable in the country`` under an order of that country's own."""
    if country is None:
        return []
    found = []
    for mark in scene.of("home"):
        sentence = scene.sentence_at(mark.first)
        near = [
            deed
            for deed in _deeds(happening)
            if deed.sentence == sentence and scene.gap(deed.mark, mark) <= 8
        ]
        if near:
            found.append(Land(country, mark.first, mark.last, 0.5 + 0.08 * happening.weight(sentence)))
    return found


# ruff: noqa: E501 -- words of one meaning a line
