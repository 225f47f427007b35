"""Every body that a passage names or means: from the gazetteer, by its kind and place, or by its kind alone."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property

from events.intake.book import Body, CountryName
from events.intake.phrases import Mark
from events.intake.scene import Scene


@dataclass(frozen=True, slots=True)
class Asker:
    """A mention of a body in the words ``first`` … ``last``. ``known`` is its row in the gazetteer; without one
    ``name`` is what the text calls it. ``is_named``: it is one body, not any court or ministry."""

    first: int
    last: int
    name: str
    kind: str
    country: str | None
    is_named: bool
    known: Body | None = None


_KIND = {"court": "court", "prosecutor": "prosecutor", "police": "police", "government": "government",
         "regulator": "regulator", "ministry": "ministry", "tax": "tax"}  # fmt: skip
_JOINS = frozenset(
    "of for and & the in de del da do das dos la las los el du des d l et y e и по та і з для в города області области "
    "республики края ve für und dan".split()
)
_SMALL_HEADS = ("ru", "uk", "fr", "es", "pt", "id", "tr")
"""Languages that write «районный суд» and «tribunal» small inside of a name."""
_LOCAL = {"tr": "TR", "id": "ID"}
"""Languages that are spoken in one country only, as far as courts go."""


_HOME_OF = re.compile(
    r"(?P<DE>amtsgericht|landgericht|oberlandesgericht|verwaltungsgericht|kammergericht|bundesgerichtshof|landeskriminalamt)|"
    r"(?P<FR>tribunal judiciaire|tribunal de grande instance|cour d.appel de)|"
    r"(?P<BR>vara c[íi]vel|tribunal de justiça|justiça eleitoral)|"
    r"(?P<ES>juzgado|guardia civil|mossos)", re.I,
)  # fmt: skip
"""Bodies that only one country calls so."""


_SAME = re.compile(r"(?:ведомств|відомств|the agency$|die behörde$|kurum\w*$|lembaga)", re.I)
"""Words for the body that was named just before."""


_SHARED = re.compile(
    r"^(?:the )?(?:union )?(?:(?:ministry|department) of|supreme court$|national police|police$|federal police|"
    r"constitutional court|interior ministry|министерств|верховн|минюст|минцифр|мвд$|мид$|следственн|генпрокурат|"
    r"генеральн|міністерств|corte constitucional|tribunal supremo|policía nacional|ministère|"
    r"conseil supérieur|haute autorité|parquet|supremo$|state security|communications authority)",
    re.I,
)  # fmt: skip
"""Names that bodies of many countries have."""


class Askers:
    """The mentions of bodies in a scene, each once: a known name before a general word in the same place."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        scene.keep("body", [mark for mark in scene.marks["body"] if not self._is_judge_of_other(mark)])

    @cached_property
    def all(self) -> list[Asker]:
        known = [self._known(mark) for mark in self.scene.of("body")]
        places = [(asker.first, asker.last) for asker in known]
        general = [
            self._general(mark)
            for mark in self.scene.of("generic")
            if not any(first <= mark.last and mark.first <= last for first, last in places)
        ]
        known += [self._state(mark) for mark in self.scene.of("country") if self._is_state(mark)]
        apart = [
            each
            for each in general
            if each and not any(a <= each.last and each.first <= b for a, b in places)
        ]
        return sorted([*known, *apart], key=lambda each: each.first)

    def _is_state(self, mark: Mark) -> bool:
        """``Thailand ordered``, ``at the request of India``: a country's name for its government."""
        if mark.value.form != "n" or mark.value.code == "EU":
            return False
        end = self.scene.sentence_at(mark.first).last
        behind = self.scene.within(mark.last + 1, min(end, mark.last + 4), "ask.did")
        is_subject = any(
            each.first == mark.last + 1
            and not re.search(r"[,.;:]", self.scene.passage.text[mark.end : each.start])
            for each in behind
        )
        before = self.scene.near(mark.first, 6, 0, "ask.by")
        is_named = any(each.last == mark.first - 1 for each in before)
        return is_subject or (is_named and self.scene.language in ("en", "de", "fr", "es", "pt"))

    def _state(self, mark: Mark) -> Asker:
        return Asker(
            mark.first,
            mark.last,
            self.scene.words(mark.first, mark.last),
            "government",
            mark.value.code,
            False,
        )

    def _is_judge_of_other(self, mark: Mark) -> bool:
        """A judge named right behind another court, of which he speaks here."""
        if "moraes" not in self.scene.words(mark.first, mark.last).lower():
            return False
        return any(each.last < mark.first for each in self.scene.near(mark.first, 5, 0, "body"))

    def _known(self, mark: Mark) -> Asker:
        body: Body = mark.value
        if other := self._other_country(mark, body):
            behind = self.scene.within(mark.last + 1, mark.last + 2, "country")
            last = behind[0].last if behind and self._joint(mark, behind[0]) == " " else mark.last
            return Asker(mark.first, last, self.scene.words(mark.first, last), body.kind, other, True)
        return Asker(mark.first, mark.last, body.name, body.kind, body.country, True, body)

    def _other_country(self, mark: Mark, body: Body) -> str | None:
        """The country of the text, where a body has a name that many countries have: ``Ministry of Home Affairs``."""
        if not _SHARED.search(self.scene.words(mark.first, mark.last)):
            return None
        beside = self.scene.within(mark.last + 1, mark.last + 2, "country")
        beside += self.scene.within(mark.first - 1, mark.first - 1, "country")
        own = {each.value.code for each in beside if not re.search(r"[,.;:()]", self._joint(mark, each))}
        if len(own) == 1:
            code: str = own.pop()
            return code if code != body.country else None
        named = {each.value.code for each in self.scene.of("country")}
        return named.pop() if len(named) == 1 and body.country not in named else None

    def _joint(self, mark: Mark, country: Mark) -> str:
        text = self.scene.passage.text
        return text[mark.end : country.start] if country.first > mark.last else text[country.end : mark.start]

    def _general(self, mark: Mark) -> Asker | None:
        """A court, a ministry, the police: with the name and the place that stand around the word."""
        first, last = self._reach(mark)
        scene = self.scene
        country = self._country(mark, first, last)
        proper = [
            token
            for at, token in enumerate(scene.tokens[first : last + 1], first)
            if (token.is_capital or token.is_number) and not mark.first <= at <= mark.last
        ]
        is_named = bool(proper) or (scene.tokens[mark.first].is_han and first < mark.first)
        if scene.language in ("de", "tr") and mark.last > first and proper:
            is_named = True
        return Asker(first, last, scene.words(first, last), _KIND[mark.value], country, is_named)

    def _reach(self, mark: Mark) -> tuple[int, int]:
        """The words of the name around its general word: capitals, and small words between capitals."""
        if self.scene.tokens[mark.first].is_han:
            return self._reach_han(mark)
        return self._reach_back(mark), self._reach_on(mark)

    def _reach_back(self, mark: Mark) -> int:
        scene, start, first = self.scene, self._bounds(mark)[0], mark.first
        if scene.tokens[mark.first].is_capital or scene.language in _SMALL_HEADS:
            while first > start and mark.first - first < 4 and self._is_part(first - 1):
                first -= 1
            return first
        people = scene.within(first - 1, first - 1, "country")
        return first - 1 if first > start and any(each.value.form == "a" for each in people) else first

    def _reach_on(self, mark: Mark) -> int:
        scene, end, reach = self.scene, self._bounds(mark)[1], mark.last
        for at in range(mark.last + 1, min(end, mark.last + 9) + 1):
            token = scene.tokens[at]
            if scene.is_quoted(at) or re.search(r"[,.;:!?()]", scene.passage.between(at - 1, at)):
                break
            if token.is_capital and self._is_part(at):
                reach = at
            elif token.key not in _JOINS and not token.is_number:
                break
        return reach

    def _bounds(self, mark: Mark) -> tuple[int, int]:
        sentence = self.scene.sentence_at(mark.first)
        return sentence.first, sentence.last

    def _is_part(self, at: int) -> bool:
        """Whether a word may belong to a body's name: a capital that begins no sentence, or a number like 11'inci."""
        scene = self.scene
        token = scene.tokens[at]
        if scene.of("platform") and any(mark.first <= at <= mark.last for mark in scene.of("platform")):
            return False
        if (
            re.search(r"[,.;:!?()«»\"“”]", scene.passage.between(at, at + 1))
            if at + 1 < len(scene.tokens)
            else False
        ) and not (token.is_number and scene.language in ("de", "tr", "pt")):
            return False
        if scene.language in ("ru", "uk") and re.search(
            r"(?:ск|цк|ськ|цьк|н)(?:ого|ий|им|ому|ой|ая|их|ими|ие|і|а|у|ою|ої)$", token.key
        ):
            return True
        if token.is_number or token.key in ("inci", "nci", "uncu", "ncu", "ª", "º", "a", "aª"):
            return scene.language in ("tr", "pt", "es")
        return token.is_capital and (at not in scene.passage.breaks or self._is_place(at))

    def _is_place(self, at: int) -> bool:
        return any(mark.first <= at <= mark.last for mark in self.scene.of("country"))

    def _reach_han(self, mark: Mark) -> tuple[int, int]:
        """北京互联网法院, 德里高等法院: the characters before, back to a place or a small word."""
        first = mark.first
        for country in self.scene.within(max(0, mark.first - 8), mark.first, "country"):
            if re.fullmatch(
                r"[\u3400-\u9fff]*", self.scene.passage.text[self.scene.tokens[country.last].end : mark.start]
            ):
                first = country.first
                break
        return first, mark.last

    def _country(self, mark: Mark, first: int, last: int) -> str | None:
        """The country in or right beside the name; else the only one of the sentence; else of the text."""
        scene = self.scene
        start, end = self._bounds(mark)
        near = scene.within(max(start, first - 3), min(end, last + 4), "country")
        inside = [each for each in near if first - 2 <= each.first and each.last <= last + 3]
        for each in sorted(inside, key=lambda each: abs(each.first - mark.first)):
            return str(each.value.code)
        if scene.language in _LOCAL:
            return _LOCAL[scene.language]
        if found := _HOME_OF.search(scene.words(first, last)):
            return str(found.lastgroup)
        return self.country_of_text(start, end)

    def country_of_text(self, start: int, end: int) -> str | None:
        """The one country that a sentence names, or else the one that the whole text names, or its head."""
        head = next((each for each in self.scene.lead if not each.is_title), None)
        spans = [(start, end), (0, len(self.scene.tokens) - 1)]
        if head:
            spans.append((0, head.last))
        for first, last in spans:
            named = self._named(first, last)
            if len(named) == 1:
                return next(iter(named))
        return None

    def _named(self, first: int, last: int) -> Counter[str]:
        named: Counter[str] = Counter()
        for mark in self.scene.within(first, last, "country"):
            value: CountryName = mark.value
            named[value.code] += 1
        for mark in self.scene.within(first, last, "body"):
            named[mark.value.country] += 1
        return named

    def resolved(self, asker: Asker) -> Asker:
        """A regulator or ministry that is only called so, as the one of its kind that the text names elsewhere."""
        if asker.is_named:
            return asker
        if _SAME.match(self.scene.words(asker.first, asker.last)):
            before = [each for each in self.all if each.last < asker.first and each.is_named]
            if (
                before
                and self.scene.sentence_at(asker.first).number
                - self.scene.sentence_at(before[-1].first).number
                <= 1
            ):
                return replace(before[-1])
        others = [
            each
            for each in self.all
            if each.is_named
            and each.kind == asker.kind
            and each.kind in ("regulator", "ministry", "prosecutor")
            and (asker.country in (None, each.country))
        ]
        names = {each.name for each in others}
        if len(names) == 1:
            return replace(others[0])
        return asker
