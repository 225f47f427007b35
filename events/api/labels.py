"""Every public word in English and Russian, so that a dashboard need not translate by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from babel import Locale
from django.utils import translation

from events.api.parameters import countries
from events.models import vocabulary as words
from tracker.facts import REHEARSAL_TERRITORY

Labels = Mapping[str, Mapping[str, str]]

STATE = {
    "blocked": ("Still blocked", "Всё ещё заблокировано"),
    "likely_blocked": ("Likely blocked", "Вероятно, заблокировано"),
    "removed": ("Removed by the platform", "Удалено платформой"),
    "gone": ("Gone", "Не существует"),
    "restricted": ("Behind a wall", "Доступ ограничен входом"),
    "reachable": ("Reachable", "Доступно"),
    "down": ("Down for everyone", "Не работает ни у кого"),
    "insufficient": ("Not enough evidence", "Недостаточно данных"),
}
MECHANISM = {
    "notice": ("Notice of the platform", "Уведомление платформы"),
    "http_451": ("HTTP 451, unavailable for legal reasons", "HTTP 451: недоступно по юридическим причинам"),
    "geo_withheld": ("Withheld in this country by the platform", "Платформа скрыла страницу в этой стране"),
    "dns": ("False answer to the name", "Подмена или отказ DNS"),
    "tcp": ("Connection cut or refused", "Соединение разрывается или отклоняется"),
    "tls": ("Encrypted connection disturbed", "Помехи при установке шифрованного соединения"),
    "http": ("Request or answer disturbed", "Вмешательство в запрос или ответ HTTP"),
    "blockpage": ("Block page of a network", "Страница-заглушка провайдера"),
    "platform_rules": ("The platform's own rules", "Правила самой платформы"),
    "login_wall": ("Login required", "Требуется вход"),
    "age_gate": ("Age check", "Проверка возраста"),
    "geo_fence": ("The site refuses this country", "Сайт сам не принимает посетителей из этой страны"),
}
STAGE = {
    "dns": ("Looking up the name", "Поиск имени (DNS)"),
    "tcp": ("Connecting", "Соединение (TCP)"),
    "tls": ("Encrypting", "Шифрование (TLS)"),
    "http": ("Request and answer", "Запрос и ответ (HTTP)"),
    "content": ("Content of the page", "Содержание страницы"),
}
ROLE = {
    "experiment": ("Experiment", "Проверка на месте"),
    "control": ("Control", "Контрольная проверка"),
    "endpoint": ("Second address", "Второй адрес"),
}

RUSSIAN: Mapping[str, Mapping[str, str]] = {
    "group_kind": {
        "community": "сообщество",
        "outlet": "издание",
        "person": "человек",
        "organisation": "организация",
        "movement": "движение или партия",
        "other": "другое",
        "unknown": "неизвестно",
    },
    "page_kind": {
        "community": "сообщество",
        "profile": "профиль",
        "channel": "канал",
        "post": "запись",
        "video": "видео",
        "app": "приложение",
        "repository": "репозиторий",
        "article": "статья",
        "site": "сайт",
        "other": "другое",
    },
    "authority_kind": {
        "prosecutor": "прокуратура",
        "court": "суд",
        "court_or_agency": "суд или уполномоченный орган исполнительной власти",
        "regulator": "надзорное ведомство",
        "ministry": "министерство",
        "police": "полиция",
        "tax": "налоговая служба",
        "government": "правительство",
        "executive": "другой орган исполнительной власти",
        "legislature": "парламент",
        "platform": "сама платформа",
        "other": "другое",
        "unknown": "неизвестно",
    },
    "restriction": {
        "withheld": "скрыто на территории страны",
        "removed": "удалено везде",
        "suspended": "учётная запись заморожена",
        "demoted": "понижено в выдаче или скрыто из поиска",
        "delisted": "исключено из магазина приложений или из поиска",
        "network": "заблокировано операторами связи",
        "other": "другое",
        "unknown": "неизвестно",
    },
    "cited_reason_status": {
        "given": "причина названа",
        "none_given": "причина не названа, о чём прямо сказано",
        "not_known": "неизвестно",
    },
    "reason_category": {
        "extremism": "экстремизм",
        "war_reporting": "сообщения о войне или «ложная информация» о вооружённых силах",
        "protest": "призывы к собраниям или протестам",
        "national_security": "государственная безопасность или общественный порядок",
        "lgbt": "темы ЛГБТ",
        "drugs": "наркотики",
        "medicine": "лекарства и медицинские изделия",
        "gambling": "азартные игры",
        "suicide": "самоубийство",
        "religion": "религия",
        "defamation": "клевета, честь и достоинство, частная жизнь",
        "falsehood": "недостоверные сведения",
        "copyright": "авторское право",
        "sanctions": "санкции",
        "unlawful_organisation": "нежелательная, запрещённая организация или «иностранный агент»",
        "criticism": "критика должностных лиц",
        "platform_rules": "правила самой платформы",
        "fraud": "мошенничество или поддельные документы",
        "other": "другое",
    },
    "precision": {"day": "до дня", "month": "до месяца", "year": "до года", "unknown": "неизвестно"},
    "date_kind": {
        "ordered": "дата решения",
        "effective": "вступило в силу",
        "observed": "замечено",
        "reported": "сообщено",
        "restored": "доступ возвращён",
    },
    "ending": {
        "restored": "платформа вернула доступ",
        "order_lifted": "решение отменено",
        "court_reversed": "решение отменил суд",
        "left_register": "исключено из реестра",
        "page_deleted": "страница удалена",
        "unknown": "закончилось, как — неизвестно",
    },
    "stance": {"supports": "подтверждает", "contradicts": "противоречит", "denies": "отрицает"},
    "source_kind": {
        "news": "сообщение СМИ",
        "group": "заявление самой группы",
        "authority": "документ ведомства",
        "platform": "уведомление или заявление платформы",
        "register": "официальный реестр",
        "research": "исследование или НКО",
        "dataset": "набор данных",
        "other": "другое",
    },
    "reliability": {
        "A": "A: полностью надёжный источник",
        "B": "B: обычно надёжный",
        "C": "C: довольно надёжный",
        "D": "D: не всегда надёжный",
        "E": "E: ненадёжный",
        "F": "F: надёжность нельзя оценить",
    },
    "credibility": {
        "1": "1: подтверждено другими источниками",
        "2": "2: вероятно, верно",
        "3": "3: возможно, верно",
        "4": "4: сомнительно",
        "5": "5: маловероятно",
        "6": "6: достоверность нельзя оценить",
    },
}
ENGLISH: Mapping[str, list[tuple[Any, Any]]] = {
    "group_kind": words.GROUP_KINDS,
    "page_kind": words.PAGE_KINDS,
    "authority_kind": words.AUTHORITY_KINDS,
    "restriction": words.RESTRICTIONS,
    "cited_reason_status": words.REASON_STATUSES,
    "reason_category": words.REASON_CATEGORIES,
    "precision": words.PRECISIONS,
    "date_kind": words.DATE_KINDS,
    "ending": words.ENDINGS,
    "stance": words.STANCES,
    "source_kind": words.SOURCE_KINDS,
    "reliability": words.RELIABILITY,
    "credibility": words.CREDIBILITY,
}


@cache
def labels() -> Mapping[str, Labels]:
    """Vocabulary, then value, then language. The Russian of every value is there, or this raises KeyError."""
    pairs = {"state": STATE, "mechanism": MECHANISM, "stage": STAGE, "role": ROLE}
    with translation.override("en"):
        told = {name: _told(RUSSIAN[name], choices) for name, choices in ENGLISH.items()}
    return {name: _paired(pair.items()) for name, pair in pairs.items()} | told | {"territory": territories()}


def vocabulary(name: str) -> tuple[str, ...]:
    """The values of one vocabulary, in their order."""
    return tuple(labels()[name])


def english(name: str, value: str | None) -> str | None:
    """A value in English words; None for a value without any, such as a code that is no country any more."""
    word = labels()[name].get(value) if value is not None else None
    return word["en"] if word else None


@cache
def territories() -> Labels:
    """Names of countries from the Unicode CLDR."""
    en, ru = Locale("en").territories, Locale("ru").territories
    found = ((code, (en[code], ru[code])) for code in sorted(countries() - {REHEARSAL_TERRITORY}))
    return _paired([*found, (REHEARSAL_TERRITORY, ("Rehearsal", "Учебная территория"))])


def _told(russian: Mapping[str, str], choices: Iterable[tuple[Any, Any]]) -> Labels:
    return _paired((str(value), (str(label), russian[str(value)])) for value, label in choices)


def _paired(pairs: Iterable[tuple[str, tuple[str, str]]]) -> Labels:
    return {value: {"en": en, "ru": ru} for value, (en, ru) in pairs}
