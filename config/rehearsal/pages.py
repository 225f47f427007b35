"""What the rehearsal platform answers: one small page for each thing that can become of a page."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from string import Template

from config.rehearsal.store import Kind, Page

INSIDE = "XX"
"""The territory in which pages are withheld. ISO 3166 leaves the code to users: no country has it."""

NOTICE = (
    "Этот материал заблокирован на территории XX на основании требования "
    "Учебной прокуратуры от 01.02.2026 № 00-01-2026/Уч1-26"
)
"""In the grammar of real notices, about a territory and an authority that do not exist."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    html: str


_FRAME = Template("""<!DOCTYPE html>
<html lang="$lang">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>$title</title>
$head<style>
body { margin: 0 auto; max-width: 40rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif }
aside { border: 2px solid; padding: .5rem 1rem }
article { border-top: 1px solid; margin-top: 1rem }
</style>
</head>
<body>
<aside>
<p>Rehearsal: a practice page on your own computer. No page, platform or authority here is real.</p>
<p lang="ru">Репетиция: учебная страница на вашем компьютере. Страницы, площадка и ведомство вымышлены.</p>
</aside>
$main
</body>
</html>
""")

_ALIVE = Template("""<main>
<h1>$title</h1>
<p>$about</p>
<article><h2>Today</h2><p>The doors open at seven. Bring a friend and a warm coat.</p></article>
<article><h2>Yesterday</h2><p>Forty of us came. The photographs are with the treasurer.</p></article>
<article lang="ru"><h2>Позавчера</h2><p>Спасибо всем, кто пришёл. До встречи через неделю.</p></article>
</main>""")


def answer(page: Page, *, address: str, country: str | None) -> Answer:
    """What a visitor from a country (None: from nowhere in particular) gets at a page's address."""
    match page.kind:
        case Kind.ALIVE:
            return _alive(page, address)
        case Kind.WITHHELD if country != INSIDE:
            return _alive(page, address)
        case Kind.WITHHELD:
            return _marked(200, "Материал заблокирован", page.kind, escape(NOTICE), lang="ru")
        case Kind.REMOVED:
            return _marked(
                200, "Page removed", page.kind, "This page was removed under the platform's rules."
            )
        case Kind.DELETED:
            return no_such_page()
        case Kind.LOGIN:
            return _marked(200, "Sign in", page.kind, "Sign in to see this page.")
        case Kind.OUTAGE:
            return _framed(503, "Out of order", "<main><p>The platform is out of order.</p></main>")


KNOWN = Page("lighthouse", "Lighthouse", "It is here whatever becomes of the others.", Kind.ALIVE)
"""The page by which it is seen that the rules still read this platform right. Nobody can turn it."""


def no_such_page() -> Answer:
    return _marked(404, "No such page", Kind.DELETED, "There is no page at this address.")


def front(names: list[str]) -> Answer:
    links = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in names)
    return _framed(200, "Rehearsal platform", f"<main><h1>Rehearsal platform</h1><ul>{links}</ul></main>")


def canary() -> Answer:
    """The page that always opens: it tells a working way to the platform from a broken one."""
    return _framed(200, "Rehearsal canary", "<main><p>rehearsal canary</p></main>")


def refused(status: int, sentence: str) -> Answer:
    return _framed(status, "Refused", f"<main><p>{escape(sentence)}</p></main>")


def _alive(page: Page, address: str) -> Answer:
    title, about, url = escape(page.title), escape(page.about), escape(address)
    head = (
        f'<meta name="rehearsal-page" content="{page.name}">\n'
        f'<meta property="og:title" content="{title}">\n'
        f'<meta property="og:description" content="{about}">\n'
        f'<meta property="og:url" content="{url}">\n'
        f'<link rel="canonical" href="{url}">\n'
    )
    return _framed(200, title, _ALIVE.substitute(title=title, about=about), head=head)


def _marked(status: int, title: str, kind: Kind, words: str, *, lang: str = "en") -> Answer:
    main = f'<main data-rehearsal="{kind}"><h1>{title}</h1><p>{words}</p></main>'
    return _framed(status, title, main, lang=lang)


def _framed(status: int, title: str, main: str, *, head: str = "", lang: str = "en") -> Answer:
    return Answer(status, _FRAME.substitute(title=title, main=main, head=head, lang=lang))
