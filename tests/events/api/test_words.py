"""The vocabularies, the rules, and the list of lists."""

from __future__ import annotations

import re
from typing import Any

from events.api.labels import ENGLISH, labels
from tests.events.api.conftest import World
from tracker import facts
from tracker.operations import rules


def test_every_public_word_is_told_in_both_languages(world: World, get: Any) -> None:
    told = get("labels/")
    for name, enum in {
        "state": facts.State,
        "mechanism": facts.Mechanism,
        "stage": facts.Stage,
        "role": facts.Role,
    }.items():
        assert set(told[name]) == {word.value for word in enum}
    for name, choices in ENGLISH.items():
        assert set(told[name]) == {str(value) for value, _ in choices}
    for vocabulary in told.values():
        for word in vocabulary.values():
            assert set(word) == {"en", "ru"}
            assert all(word.values())


def test_russian_is_russian_and_english_is_not() -> None:
    for name, vocabulary in labels().items():
        for value, word in vocabulary.items():
            assert re.search("[а-яё]", word["ru"].lower()), (name, value)
            assert not re.search("[а-яё]", word["en"].lower()), (name, value)


def test_english_stays_english_for_a_reader_of_russian(client: Any, world: World) -> None:
    told = client.get("/api/v1/labels/", headers={"accept-language": "ru"}).json()
    assert told["restriction"]["withheld"]["en"] == "withheld from a territory"
    assert told["territory"]["RU"] == {"en": "Russia", "ru": "Россия"}


def test_every_rule_says_why(world: World, get: Any) -> None:
    told = get("rules/", page_size=500)["results"]
    assert [row["rule_id"] for row in told] == [rule.rule_id for rule in rules()]
    assert all(row["because"] and row["rules_version"] for row in told)


def test_the_root_names_every_list_and_each_answers(world: World, get: Any, client: Any) -> None:
    told = get("")
    assert {"events", "status-changes", "labels", "stats", "schema", "docs"} <= set(told)
    for name, url in told.items():
        assert client.get(url).status_code == (400 if name == "stats" else 200), name


def test_addresses_without_parameters_refuse_any(world: World, refused: Any) -> None:
    event = world.event()
    for path in ("", "labels/", f"events/{event.public_id}/", "schema/"):
        assert refused(path, q="x")["errors"][0]["parameter"] == "q"
