"""Ordinary pages of a Russian newspaper, about 29 kB each, that name their own address. The same every time."""

from __future__ import annotations

import random

PARAGRAPHS = 29
LINKS = 52

_WHO = (
    "Городской совет|Областная библиотека|Местная школа|Союз садоводов|Речной порт|Детский хор|Музей|Автопарк"
)
_DOES = "открывает|обсуждает|готовит|переносит|показывает|описывает|собирает|благодарит"
_WHAT = "новую выставку|летнее расписание|ремонт набережной|старые фотографии|праздник урожая|зимний маршрут"
_WHERE = (
    "на прошлой неделе|в центре города|у старого моста|вместе с соседями|без лишнего шума|к началу сезона"
)
_SYLLABLES = "ба во ге ди жа зо ки ла му не по ра сту те фо ха цы ше щу ям".split()
_CHOICES = tuple(tuple(words.split("|")) for words in (_WHO, _DOES, _WHAT, _WHERE))


def article(url: str, number: int) -> bytes:
    """The page that stands at a URL, as UTF-8."""
    dice = random.Random(number)
    title = _sentence(dice)
    menu = "\n".join(
        f'<li class="menu__item"><a class="link link_theme_plain" href="/news/{number + step}" data-id="{step}">'
        f"{_sentence(dice)}</a></li>"
        for step in range(LINKS)
    )
    text = "\n".join(f'<p class="article__text">{_paragraph(dice)}</p>' for _ in range(PARAGRAPHS))
    return f"""<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="canonical" href="{url}">
<meta property="og:url" content="{url}">
<meta property="og:title" content="{title}">
<meta property="og:type" content="article">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/static/site.css">
<script>window.page = {{"id": {number}, "section": "news", "counters": [1, 2, 3]}};</script>
</head>
<body class="page page_kind_article">
<nav class="menu"><ul class="menu__list">
{menu}
</ul></nav>
<article class="article"><h1 class="article__title">{title}</h1>
{text}
</article>
<footer class="footer">Вечерняя газета, выходит по будням. Письма читателей печатаем по пятницам.</footer>
<script>document.documentElement.className += " js";</script>
</body>
</html>
""".encode()


def _sentence(dice: random.Random) -> str:
    """Set phrases with a name that nobody has, so that it packs no better than real text does."""
    who, *rest = (dice.choice(words) for words in _CHOICES)
    return " ".join((who, "".join(dice.choices(_SYLLABLES, k=5)).capitalize(), *rest))


def _paragraph(dice: random.Random) -> str:
    return ". ".join(f"{_sentence(dice)}, {dice.randrange(10_000)} человек" for _ in range(4)) + "."
