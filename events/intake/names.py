"""Names that stand in a passage: between quotation marks, in capitals, as a handle. Not yet whose they are."""

from __future__ import annotations

import re
from functools import cached_property

from events.intake.names_han import Name, han_names
from events.intake.persons import is_first_name
from events.intake.scene import Scene

_INNER = frozenset(
    "of the and de da do dos das del la las le les el von van der den zu al bin ibn abu y e et i’m ben ul ud di du des für in's d l v na".split()
)
_NOT_FIRST = frozenset(
    "the a an in on at it its he she they this that these those his her their we but and as after before when while since for "
    "from with by to of if not no one two three four five six seven eight nine ten many most some all both each several according last earlier now then there here what who why how over more "
    "mr mrs ms dr also another such under during about nearly almost around over roughly only "
    "в во на по за из с со у о об это эта этот эти как так что кто где когда для от до он она они его ее их после теперь ранее раньше прежде причем также однако сам сама "
    "і й та у з що як це цей ця ці він вона вони його її їх про після раніше кілька майже "
    "der die das den dem ein eine im in am bei nach mit von auch es er sie wie für auf zu zum zur des und oder "
    "le la les un une des du de au aux ce cette ces il elle ils elles en dans sur pour par selon après l d "
    "el la los las un una en de del al por para con según tras se su este esta "
    "o a os as um uma em no na do da de por para com segundo após se seu sua este esta "
    "bir bu şu o ve ile için "
    "di dan yang ini itu pada dari untuk oleh sejak "
    "i my we our".split()
)
_SERVICES = frozenset(
    "plattform videoplattform netzwerk dienst kurznachrichtendienst konzern google meta bytedance alphabet".split()
)
"""What platforms and their owners are called besides."""
_PRONOUNS = frozenset("i i’m he she".split())
_BREAK = re.compile(r"[,.;:!?()«»\"“”„\[\]/|—–…、。\n@]|\s[-]\s")
_NICKNAME = re.compile(
    r"(?:绰号|綽號|外号|外號|人称|nickname\w*|прозвищ\w+|прозван\w+|apodado|apodo|apelid\w+|surnomm\w+|Spitznam\w+|genannt|lakab\w*|julukan)\s*$",
    re.I,
)
_NO_NAMES = frozenset("us uk eu usa un uae utc gmt msk est edt cet cest pst pdt bst wib".split())
_LATIN_INITIAL = re.compile(r"^[A-Z]\.?$")


class Names:
    """The names of a scene, in their order."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    @cached_property
    def all(self) -> list[Name]:
        quoted = self.quoted
        taken = [(name.first, name.last) for name in quoted]
        others = [*self.capital, *han_names(self.scene)]
        free = [name for name in others if not any(a <= name.last and name.first <= b for a, b in taken)]
        return sorted([*quoted, *free], key=lambda each: each.first)

    @cached_property
    def _is_title_case(self) -> bool:
        """Whether the title writes nearly every word with a capital, which then tells nothing."""
        words = [
            token
            for token in self.scene.tokens
            if token.end < self.scene.passage.body and token.raw.isalpha()
        ]
        return self.scene.language == "en" and sum(token.is_capital for token in words) > 0.7 * len(words) > 0

    @cached_property
    def _written_small(self) -> set[str]:
        """Words that stand somewhere without a capital: one at the beginning of a sentence is no name then."""
        return {token.key for token in self.scene.tokens if token.raw.islower()}

    @cached_property
    def _capital_inside(self) -> set[str]:
        """The beginnings of words that have a capital inside of a sentence."""
        breaks = self.scene.passage.breaks
        return {
            token.key[: max(3, len(token.key) - 2)]
            for at, token in enumerate(self.scene.tokens)
            if token.is_capital and at not in breaks and token.start >= self.scene.passage.body
        }

    @cached_property
    def quoted(self) -> list[Name]:
        """Short quotations that begin as a name does: a capital, a number, a Chinese character."""
        found = []
        for quote in self.scene.passage.quotes:
            first = self.scene.tokens[quote.first]
            if (
                quote.last - quote.first < (30 if first.is_han else 14)
                and (first.is_capital or first.is_number or first.is_han or first.raw[0].isdigit())
                and not self._is_host(quote.first, quote.last)
                and not self._is_speech(quote.first, quote.last, quote.end)
                and not _NICKNAME.search(self.scene.passage.text[: quote.start - 1][-16:])
            ):
                found.append(Name(quote.first, quote.last, quote.start, quote.end, True))
        return found

    def _is_speech(self, first: int, last: int, end: int) -> bool:
        """``«Los invito a seguirme», escribió``: what somebody says, and no name."""
        if last - first < 2:
            return False
        behind = self.scene.within(last + 1, last + 3, "said")
        text = self.scene.passage.text[end : end + 4]
        return bool(re.match(r".?\s?[»\"”]?,", text)) and any(each.first == last + 1 for each in behind)

    def _is_host(self, first: int, last: int) -> bool:
        """Whether a quotation is the name of a platform or a body and nothing else."""
        marks = self.scene.within(first, last, "platform", "body")
        return any(mark.first == first and mark.last == last for mark in marks)

    @cached_property
    def _taken(self) -> set[int]:
        """Words that are the name of a platform, a country or its people, a month: no group's by themselves."""
        return {
            at
            for mark in self.scene.of("platform", "country", "body")
            for at in range(mark.first, mark.last + 1)
        }

    @cached_property
    def capital(self) -> list[Name]:
        """Runs of words in capitals, with the small words between them that names have."""
        scene, found, at = self.scene, [], 0
        tokens = scene.tokens
        while at < len(tokens):
            if not self._begins(at):
                at += 1
                continue
            last = self._run(at)
            if (trimmed := self._trimmed(at, last)) and self._is_name(*trimmed):
                first, end = trimmed
                found.append(Name(first, end, tokens[first].start, tokens[end].end, False))
            at = last + 1
        return found

    def _trimmed(self, first: int, last: int) -> tuple[int, int] | None:
        """Without what somebody is, before or behind: ``President``, ``Facebook``, ``Telegram-Kanal``."""
        if self._is_only_taken(first, last) or self._is_office_of(first, last):
            return None
        first, last = self._without_titles(first, last)
        tokens = self.scene.tokens
        if last - first >= 2:
            first = next((at for at in range(first + 1, last) if is_first_name(tokens[at].raw)), first)
        while first < last and (
            (tokens[first].key in _INNER and tokens[first].raw.islower()) or self._is_people(first)
        ):
            first += 1
        last = self._long_office(first, last)
        while first < last and tokens[last].key in _INNER and not tokens[last].raw.isupper():
            last -= 1
        return (first, last) if first <= last and not self._is_only_taken(first, last) else None

    def _is_office_of(self, first: int, last: int) -> bool:
        """``Dono da Havan, Luciano Hang``: what somebody is, of what, before how he is called."""
        scene = self.scene
        if scene.language not in ("pt", "es", "fr", "en") or last + 1 >= len(scene.tokens):
            return False
        marks = [mark for mark in scene.within(first, last, "person") if mark.first == first]
        is_of = any(mark.last < last and scene.tokens[mark.last + 1].key in _INNER for mark in marks)
        between = scene.passage.between(last, last + 1)
        return is_of and between == ", " and scene.tokens[last + 1].is_capital

    def _without_titles(self, first: int, last: int) -> tuple[int, int]:
        scene = self.scene
        who = ("outlet", "person") if scene.language == "de" else ()
        if inside := scene.within(first + 1, last - 1, "noun", *who):
            first = inside[-1].last + 1
        marks = [
            each
            for each in scene.of("person", "platform", "noun", *(("outlet",) if who else ()))
            if not scene.tokens[each.first].raw.isupper()
        ]
        changed = True
        while changed and first <= last:
            changed = False
            for mark in marks:
                if mark.first == first and mark.last < last:
                    first, changed = mark.last + 1, True
                elif mark.last == last and mark.first > first and mark.kind in ("noun", "platform"):
                    last, changed = mark.first - 1, True
        return first, last

    def _is_people(self, at: int) -> bool:
        """``the Chadian X``: of which country somebody is."""
        marks = self.scene.within(at, at, "country")
        return bool(marks) and marks[0].value.form == "a" and not self.scene.tokens[at].raw.isupper()

    def _long_office(self, first: int, last: int) -> int:
        """``Office fédéral de la communication``: where only the first word of a name has a capital."""
        scene = self.scene
        if (
            first != last
            or scene.language not in ("fr", "es", "pt")
            or not scene.within(first, last, "outlet", "generic")
        ):
            return last
        end, at = scene.sentence_at(last).last, last
        while at < end and at - last < 6 and not _BREAK.search(scene.passage.between(at, at + 1)):
            token = scene.tokens[at + 1]
            if token.is_number or scene.within(
                at + 1, at + 3, "block", "said", "restore", "passive", "ask.did"
            ):
                break
            at += 1
        return at

    def _is_name(self, first: int, last: int) -> bool:
        """Whether capitals are those of a name, and not of a title, a sentence's beginning or a German noun."""
        scene, token = self.scene, self.scene.tokens[first]
        if token.end < scene.passage.body and self._is_title_case:
            return self._is_told_in_text(first, last)
        marks = scene.of("person", "outlet", "noun", "generic", "reason", "block")
        held = [mark for mark in marks if mark.first <= first and last <= mark.last]
        held = [mark for mark in held if mark.kind != "block" or mark.last - mark.first < 2]
        if held and not token.raw.isupper():
            return False
        if self._is_sum(first, last) or self._is_dateline(last):
            return False
        is_short = first == last and token.key in _NO_NAMES
        if is_short or scene.passage.text[token.start - 1 : token.start] == "#":
            return False
        if first < last and self._is_office(first, last):
            return False
        if sum(char.isupper() for char in token.raw) > 1 or any(char.isdigit() for char in token.raw):
            return True
        if first == last and first in scene.passage.breaks:
            stem = token.key[: max(3, len(token.key) - 2)]
            return token.key not in self._written_small and stem in self._capital_inside
        if scene.language == "de" and first == last:
            return bool(scene.passage.text[token.end : token.end + 1] in ')"”“') or token.key in _GIVEN_DE
        return True

    def _is_office(self, first: int, last: int) -> bool:
        """``Supreme Leader``, ``Dono da Havan``: what somebody is, and not how somebody is called."""
        scene = self.scene
        marks = scene.within(first, last, "person")
        if scene.language == "en":
            return any(each.last == last and each.first >= first for each in marks) and last - first == 1
        return any(each.first == first and each.last < last for each in marks) and not any(
            is_first_name(scene.tokens[at].raw) for at in range(first, last + 1)
        )

    def _is_sum(self, first: int, last: int) -> bool:
        """``Rs 2 crore``, ``AU$785,000``, ``Sebanyak 2.145``: money, or a number behind a word."""
        text = self.scene.passage.text
        tokens = self.scene.tokens
        ends = tokens[last].raw.isdigit() and bool(
            re.match(r"[.,]\d", text[tokens[last].end : tokens[last].end + 2])
        )
        return (
            ends
            or "$" in text[tokens[first].start : tokens[last].end]
            or tokens[first].raw in ("Rs", "USD", "EUR")
        )

    def _is_dateline(self, last: int) -> bool:
        """``KUALA LUMPUR, June 19 —``: where the report was written."""
        scene = self.scene
        head = scene.passage.text[scene.passage.body : scene.passage.body + 60]
        match = re.match(r"[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Я .,-]{2,30}(?:[,(][^—–:\n]{0,25})?\s?[—–:-]\s", head)
        return bool(match) and scene.tokens[last].end <= scene.passage.body + match.end()  # type: ignore[union-attr]

    def _is_told_in_text(self, first: int, last: int) -> bool:
        words = self.scene.words(first, last)
        return words in self.scene.passage.text[self.scene.passage.body :]

    def _begins(self, at: int) -> bool:
        token = self.scene.tokens[at]
        if token.is_han or self.scene.is_quoted(at):
            return False
        if token.is_number or token.raw[0].isdigit():
            return self._digit_begins(at)
        if not token.is_capital:
            return (
                token.raw[:1].islower()
                and any(char.isupper() for char in token.raw[1:])
                and len(token.raw) > 2
            )
        if token.key in _NOT_FIRST and self._is_at_beginning(at):
            return token.raw.isupper() and len(token.raw) > 1
        return token.key not in _PRONOUNS

    def _is_at_beginning(self, at: int) -> bool:
        """Whether a word has its capital only because something begins with it."""
        scene, token = self.scene, self.scene.tokens[at]
        if at in scene.passage.breaks or (token.end < scene.passage.body and self._is_title_case):
            return True
        return bool(re.search(r"[:«“„\"—–]\s*$", scene.passage.text[max(0, token.start - 3) : token.start]))

    def _digit_begins(self, at: int) -> bool:
        """``4 PM News``, ``112 Ukraine``: a number right before a capital, and not a quantity or a date."""
        tokens = self.scene.tokens
        if at + 1 >= len(tokens) or len(tokens[at].raw) > 4:
            return False
        if self.scene.language == "tr" and self.scene.passage.between(at, at + 1) in ("'", "’"):
            return False
        after = tokens[at + 1]
        return (
            after.is_capital
            and not after.is_han
            and self.scene.passage.between(at, at + 1) in (" ", "")
            and not self._is_taken_or_date(at + 1)
        )

    def _is_taken_or_date(self, at: int) -> bool:
        return at in self._taken or self.scene.tokens[at].key[:3] in _MONTHS

    def _run(self, first: int) -> int:
        scene, tokens = self.scene, self.scene.tokens
        last, at = first, first + 1
        while at < len(tokens) and at - last <= 2 and at - first < 9:
            gap = scene.passage.between(at - 1, at)
            if at in scene.passage.breaks or (_BREAK.search(gap) and not self._is_initial(at - 1, gap)):
                break
            token = tokens[at]
            if token.is_han or scene.is_quoted(at):
                break
            if gap in ("'", "’") and token.key in ("s",):
                break
            if scene.language == "tr" and gap in ("'", "’"):
                break
            if (
                token.is_capital
                or (token.raw[0].isdigit() and len(token.raw) <= 4 and at == last + 1)
                or any(c.isupper() for c in token.raw)
            ):
                last = at
            elif self._joins_members(first, at) or self._joins_aim(at):
                pass
            elif (
                token.key not in _INNER
                or (token.key in ("in", "and", "e", "y", "et") and scene.language != "en")
                or token.key in ("and", "in")
            ):
                break
            at += 1
        return last

    def _joins_members(self, first: int, at: int) -> bool:
        """``Council of Wives and Mothers``: two kinds of members behind one "of" are one name, and not two."""
        tokens = self.scene.tokens
        if tokens[at].key not in _AND or at - first < 3 or at + 1 >= len(tokens):
            return False
        before, after = tokens[at - 1], tokens[at + 1]
        are_alike = before.key[-1:] == after.key[-1:] == "s" and before.is_capital and after.is_capital
        return are_alike and tokens[at - 2].key in _OF

    def _joins_aim(self, at: int) -> bool:
        """``Centre for Human Rights``: what an organisation is for is a part of its name."""
        tokens = self.scene.tokens
        if tokens[at].key != "for" or self.scene.language != "en" or at + 1 >= len(tokens):
            return False
        after = tokens[at + 1]
        return tokens[at - 1].is_capital and after.is_capital and at + 1 not in self._taken

    def _is_initial(self, at: int, gap: str) -> bool:
        return gap.strip() == "." and bool(_LATIN_INITIAL.match(self.scene.tokens[at].raw)) and len(gap) <= 2

    def _is_only_taken(self, first: int, last: int) -> bool:
        return all(
            at in self._taken or self.scene.tokens[at].key in _SERVICES or self.scene.tokens[at].key in _INNER
            for at in range(first, last + 1)
        )


_AND = frozenset("and et e y".split())
_OF = frozenset("of for de des das dos del".split())
_GIVEN_DE = frozenset("google meta".split())
_MONTHS = frozenset(
    "jan feb mar apr may jun jul aug sep oct nov dec янв фев мар апр мая июн июл авг сен окт ноя дек".split()
)

# ruff: noqa: E501 -- words of one meaning a line
