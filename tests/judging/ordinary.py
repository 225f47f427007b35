"""Ordinary pages, composed of our own sentences: what a look may meet that is no network's block page.

Half of them are short or speak of blocking: news of blocks, encyclopedias, courts, regulators, providers' help, help
about blocked accounts, refusals by a site's own shield, age gates, paywalls, shops that forbid copying.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, product
from pathlib import Path

import yaml

_WORDS = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
Text = tuple[str, list[str]]


def _texts(kind: str) -> list[Text]:
    return [(one["title"], one["text"]) for one in _WORDS[kind]]


@dataclass(frozen=True)
class Ordinary:
    name: str
    html: str
    is_short_or_about_blocks: bool


def ordinary_pages() -> list[Ordinary]:
    """Some 300 pages, the same ones every time."""
    return [*_about_blocks(), *_refusals(), *_short(), *_everyday(), *_mixed()]


def _about_blocks() -> Iterator[Ordinary]:
    for number, ((title, text), layout) in enumerate(product(_texts("about_blocks"), (_article, _bare))):
        yield Ordinary(f"about-{number}", layout(title, text, number), True)


def _refusals() -> Iterator[Ordinary]:
    for number, (title, text) in enumerate(_texts("own_refusals")):
        yield Ordinary(f"refusal-{number}", _bare(title, text, number), True)


def _short() -> Iterator[Ordinary]:
    for number, (title, text) in enumerate(_texts("short")):
        yield Ordinary(f"short-{number}", _bare(title, text, number), True)


def _everyday() -> Iterator[Ordinary]:
    layouts = cycle((_article, _portal, _blog, _shop))
    for number, (title, text) in enumerate(_texts("everyday")):
        for size in (1, 3):
            yield Ordinary(f"everyday-{number}-{size}", next(layouts)(title, text * size, number), False)


def _mixed() -> Iterator[Ordinary]:
    """Front pages: many short items of news, some of them about blocks."""
    items = [*_texts("everyday"), *_texts("news")]
    for number in range(70):
        chosen = [items[(number * 7 + step * 5) % len(items)] for step in range(4 + number % 9)]
        layout = (_portal, _blog, _shop)[number % 3]
        lines = [f"{title}. {text[0]}" for title, text in chosen]
        yield Ordinary(f"front-{number}", layout(chosen[0][0], lines, number), False)


def _bare(title: str, lines: list[str], number: int) -> str:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
    )


def _article(title: str, lines: list[str], number: int) -> str:
    body = "".join(f'<p class="par">{line}</p>' for line in lines)
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title} — Quay Notes</title></head>"
        f"<body><header><nav><a href='/'>Home</a> <a href='/news'>News</a></nav></header><main><article>"
        f"<h1>{title}</h1><time>2026-11-{number % 28 + 1:02}</time>{body}</article></main>"
        f"<footer>© Quay Notes. All rights reserved.</footer></body></html>"
    )


def _portal(title: str, lines: list[str], number: int) -> str:
    items = "".join(f"<li><a href='/item/{n}'>{line}</a></li>" for n, line in enumerate(lines))
    menu = "".join(
        f"<a href='/{word}'>{word}</a> " for word in "weather sport money culture maps mail".split()
    )
    return (
        f"<html><head><title>{title} | Harbour Portal</title></head><body><div id=menu>{menu}</div>"
        f"<ul class=list>{items}</ul><div class=ad>Ferry tickets from 3.50</div>"
        f"<form action=/search><input name=q><button>Search</button></form></body></html>"
    )


def _blog(title: str, lines: list[str], number: int) -> str:
    posts = "".join(
        f"<section class='post p{n}'><h2>{line[:40]}</h2><p>{line}</p></section>"
        for n, line in enumerate(lines)
    )
    aside = "<aside>About me. Archive.</aside>"
    return f"<html><head><title>{title}</title></head><body class=blog>{aside}{posts}</body></html>"


def _shop(title: str, lines: list[str], number: int) -> str:
    cells = "".join(f"<td><b>{n + 1}.</b> {line}</td>" for n, line in enumerate(lines))
    return (
        f"<html><head><title>{title} – Net and Rope Shop</title></head><body><table><tr>{cells}</tr></table>"
        f"<p>Prices include tax. Copying the pictures of this site is prohibited by law.</p>"
        f"<p>Cart: {number} items</p></body></html>"
    )
