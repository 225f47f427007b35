"""Pages that no recorded case holds: whatever stands in a page's place, no platform's rules may take it for a block
or for the page itself, and whoever quotes a notice does not cause one."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.judging.recorded import Case, cases
from tracker.facts import Hop, HttpLook, Observation, State, TlsLook, Verdict
from tracker.judging import judge
from tracker.judging.page import Page
from tracker.judging.platforms import ADAPTERS

PLATFORMS = tuple(key for key in ADAPTERS if key != "rehearsal")
CASES = [case for case in cases() if case.seen is not None]
CLAIMS = (State.BLOCKED, State.LIKELY_BLOCKED, State.REACHABLE)
BLOCKS = (State.BLOCKED, State.LIKELY_BLOCKED)
WHEN = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def look(
    url: str, body: str, *, status: int = 200, then: str | None = None, headers: dict[str, str] | None = None
) -> Observation:
    """An answer over an intact connection; ``then`` is where a redirect led."""
    tls = TlsLook("", 0.1)
    first = () if then is None else (Hop(url=url, tls=tls, http=HttpLook(0.1, 302, location=then)),)
    last = Hop(url=then or url, tls=tls, http=HttpLook(0.1, status, tuple((headers or {}).items())))
    return Observation(
        url=url, started_at=WHEN, seconds=0.2, hops=(*first, last), body=body.encode(), body_text=body
    )


def judged(
    platform: str, seen: Observation, control: Observation | None = None, territory: str = "RU"
) -> Verdict:
    return judge(seen=seen, control=control, canary=None, platform=platform, territory=territory)


def country(notice: str) -> str:
    """Where such a notice would be shown."""
    return "IN" if "India" in notice else "RU"


def addresses(platform: str) -> tuple[str, ...]:
    """The pages that a platform's cases and canaries are about, one of each shape at least."""
    adapter = ADAPTERS[platform]
    known = () if adapter.canaries is None else (adapter.canaries.alive,)
    recorded = (case.seen.url for case in CASES if case.platform == platform and case.seen)
    return tuple(dict.fromkeys((*known, *recorded)))[:6]


def said(seen: Observation, verdict: Verdict) -> str:
    return f"{verdict.state} by {verdict.rule_id}: {seen.url} {seen.body_text[:400]}"


def page(title: str, body: str, head: str = "") -> str:
    chrome = (
        '<header><a href="/">Home</a> <a href="/explore">Explore</a> <a href="/login">Log in</a></header>'
    )
    foot = "<footer>About Terms Privacy Help 2026</footer>"
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{chrome}<main>{body}</main>{foot}</body></html>"
    )


FORM = '<form method="post"><input name="login"><input name="password" type="password"><button>{}</button></form>'
LOGINS = (
    page("Log in", "<h1>Log in to continue</h1>" + FORM.format("Log in")),
    page("Вход", "<h1>Войдите, чтобы продолжить</h1><p>Страница доступна после входа.</p>" + FORM.format("Войти")),
    page("登录", "<h1>登录后查看更多内容</h1>" + FORM.format("登录")),
    page("Giriş", "<h1>Devam etmek için giriş yap</h1>" + FORM.format("Giriş yap")),
    page("Sign in", "<h2>Sign in</h2><button>Continue with Google</button><button>Continue with Apple</button>"),
    page(
        "Join to see more",
        '<div role="dialog"><h2>Join to see more</h2><p>People you know are already here. ' + "Sign up. " * 40
        + "</p>" + FORM.format("Join") + "</div>",
    ),
)  # fmt: skip


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_page_that_is_a_login_is_neither_a_block_nor_the_page(platform: str) -> None:
    for url in addresses(platform):
        for body in LOGINS:
            login = re.sub(r"(https://[^/]+).*", r"\1/login?next=/", url)
            for seen in (look(url, body), look(url, body, then=login)):
                for control in (None, seen):
                    verdict = judged(platform, seen, control)
                    assert verdict.state not in CLAIMS, said(seen, verdict)


def shells(platform: str) -> Iterable[str]:
    name = platform.title()
    heads = (
        "",
        f'<meta property="og:site_name" content="{name}"><meta property="og:title" content="{name}">'
        f'<meta property="og:type" content="website"><meta name="description" content="Join {name} today.">',
        '<link rel="preload" href="/a.js" as="script"><meta name="robots" content="noindex">',
    )
    roots = (
        '<div id="root"></div>',
        '<div id="app"><div class="spinner"></div></div><noscript>Enable JavaScript to run this app.</noscript>',
        '<div id="react-root"><svg></svg></div><script>window.__INITIAL_STATE__={};var ytInitialData={};</script>',
    )
    for head in heads:
        for root in roots:
            yield (
                f"<!doctype html><html><head><title>{name}</title>{head}</head>"
                f'<body>{root}<script src="/static/main.4417.js" defer></script></body></html>'
            )


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_shell_that_a_script_would_fill_tells_nothing(platform: str) -> None:
    for url in addresses(platform):
        for body in shells(platform):
            seen = look(url, body)
            verdict = judged(platform, seen)
            assert verdict.state is State.INSUFFICIENT, said(seen, verdict)


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("body", ["", "  \n", "<html></html>", "{}", "null", "[]", "OK"])
def test_an_answer_with_nothing_in_it_tells_nothing(platform: str, body: str) -> None:
    for url in addresses(platform):
        seen = look(url, body)
        verdict = judged(platform, seen)
        assert verdict.state is State.INSUFFICIENT, said(seen, verdict)


REFUSALS = (
    "<html><head><title>403 Forbidden</title></head><body><h1>403 Forbidden</h1><hr>nginx</body></html>",
    page("Access denied", "<h1>Access denied</h1><p>You do not have access to this page.</p>"),
    page("Blocked", "<h1>Sorry, you have been blocked</h1><p>Our security service stopped this request.</p>"),
    page("Доступ запрещён", "<h1>Доступ запрещён</h1><p>Ваш IP-адрес заблокирован.</p>"),
    page("访问被拒绝", "<h1>访问被拒绝</h1><p>您的请求过于频繁。</p>"),
    page("Too many requests", "<h1>Slow down</h1><p>Please try again later.</p>"),
    page(
        "Service unavailable", "<h1>We will be back soon</h1><p>The service is temporarily unavailable.</p>"
    ),
    page("Not available", "<h1>This content isn't available right now</h1><p>Please try again later.</p>"),
    '{"error":{"code":403,"message":"Forbidden"}}',
    "",
)


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("status", [403, 429, 503])
def test_a_refusal_that_gives_no_reason_of_law_settles_nothing(platform: str, status: int) -> None:
    for url in addresses(platform)[:3]:
        for body in REFUSALS:
            seen = look(url, body, status=status)
            for control in (None, seen):
                verdict = judged(platform, seen, control)
                assert verdict.state not in (*CLAIMS, State.GONE), said(seen, verdict)


@cache
def messages() -> tuple[tuple[str, str], ...]:
    """What every platform's walls, notices and errors say, each with the platform that says it."""
    told: dict[str, str] = {}
    for case in CASES:
        assert case.seen is not None
        verdict = judge(
            seen=case.seen, control=case.control, canary=case.canary, platform=case.platform,
            territory=case.territory, endpoint=case.endpoint,
        )  # fmt: skip
        text = Page(case.seen.body_text).text
        if verdict.state is not State.REACHABLE and 0 < len(text) < 700 and not text.startswith(("{", "[")):
            told.setdefault(text, case.platform)
    return tuple(told.items())


VKS_WORDS = re.compile(r"заблокирован\w* на территории")
"""In which other pages quote VK's notice, so that on a page of VK's without a name they are the notice."""


@pytest.mark.parametrize("platform", PLATFORMS)
def test_another_platforms_message_is_neither_a_block_nor_the_page(platform: str) -> None:
    url = addresses(platform)[0]
    for text, speaker in messages():
        if speaker != platform and not (platform == "vk" and VKS_WORDS.search(text)):
            seen = look(
                url, page(platform.title(), f"<section><h1>Notice</h1><p>{html.escape(text)}</p></section>")
            )
            verdict = judged(platform, seen)
            assert verdict.state not in CLAIMS, said(seen, verdict)


NOTICES = (
    "Этот материал заблокирован на территории РФ на основании требования Генеральной прокуратуры Российской Федерации "
    "от 01.03.2022 № 27-31-2022/Ид11111-22",
    "Доступ к записи ограничен на территории Российской Федерации по требованию Роскомнадзора от 11.09.2023.",
    "This channel can't be displayed because it violated local laws.",
    "This content is not available on this country domain due to a legal complaint from the government.",
    "@quay's account has been withheld in Russia in response to a legal demand. Learn more.",
    "This post has been withheld in Russia based on local law(s).",
    "In response to a legal request submitted to Google, we have removed 2 result(s) from this page.",
    "Due to a legal request, access to this content is restricted in your country.",
    "This site is no longer available in your country due to a court order.",
    "Unavailable for legal reasons: this repository is blocked in Russia by an order of Roskomnadzor.",
    "该账号因被投诉违反法律法规和《微博社区公约》的相关规定，现已无法查看。",
    "此内容因违规无法查看",
    "Govt. of India decided to block 59 apps.",
)


def alive(platform: str) -> list[Case]:
    return [
        case
        for case in CASES
        if case.platform == platform and case.verdict.get("state") == "reachable" and case.endpoint is None
    ]


def quoting(body: str, notice: str) -> Iterable[tuple[str, str]]:
    """The page with the notice as somebody's words: as a comment, in its title, in the texts that it shows or holds."""
    told = html.escape(notice)
    comment = f'<div class="comments"><div class="comment"><p>{told}</p></div></div>'
    yield "comment", body.replace("</body>", f"{comment}</body>")
    yield "lone comment", body.replace("</body>", f"<div><span>{told}</span></div></body>")
    titled = re.sub(r"<title>[^<]*", lambda _: f"<title>{told}", body)
    yield "title", re.sub(r"(<h1[^>]*>)[^<]*", lambda found: found[1] + told, titled)
    yield "text", re.sub(r"(<(?:p|span|h3)\b[^>]*>)[^<]+", lambda found: found[1] + told, body)
    quoted = json.dumps(notice, ensure_ascii=False).replace("<", "\\u003c")
    yield "data", re.sub(r'("(?:text|title|description|content|selftext|bio|full_text)"\s*:\s*)"[^"]*"',
                         lambda found: found[1] + quoted, body)  # fmt: skip


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_notice_that_somebody_quotes_blocks_nothing(platform: str) -> None:
    for case in alive(platform):
        assert case.seen is not None
        through = case.seen.final_url if case.seen.final_url != case.seen.url else None
        for notice in NOTICES:
            for where, body in quoting(case.seen.body_text, notice):
                seen = look(case.seen.url, body, then=through)
                verdict = judged(platform, seen, territory=country(notice))
                assert verdict.state not in BLOCKS, f"in the {where} of {case.name}: {said(seen, verdict)}"


FRAMES = (
    '<article class="x1lliihq"><div class="xdj266r"><p>{}</p></div></article>',
    '<div class="css-175oi2r"><div class="css-146c3p1"><span>{}</span></div></div>',
    '<ul class="comments"><li><a href="/u/anna">Anna</a><p>{}</p></li><li><p>It is like this for me too.</p></li></ul>',
    "<section><h1>{}</h1><p>So it says there, people on the quay told each other.</p></section>",
    '<div class="bio"><h1>Quay Gazette</h1><p>{}</p><p>12,345 followers</p></div>',
)
"""How pages of a design that no rule knows show people's words, under a title of their own."""


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_notice_quoted_in_a_design_that_no_rule_knows_blocks_nothing(platform: str) -> None:
    url = addresses(platform)[-1]
    card = '<meta property="og:title" content="Quay Gazette"><meta property="og:type" content="article">'
    for notice in NOTICES:
        for frame in FRAMES:
            seen = look(url, page("Quay Gazette: what we saw", frame.format(html.escape(notice)), card))
            verdict = judged(platform, seen, territory=country(notice))
            assert verdict.state not in BLOCKS, said(seen, verdict)


BODY_PIECES = (
    FORM.format("Log in"), '<nav><a href="/">Home</a></nav>', '<div class="cookie-banner">We use cookies.</div>',
    "<h1>Something went wrong</h1>", "<p>Try again later.</p>", "<p>Please verify that you are human.</p>",
    '<div class="spinner"></div>', "<aside><h2>Trending</h2><p>Late ferry</p></aside>", "<iframe></iframe>",
    "<p>Open in the app</p>", "<p>Page not available</p>", "<p>Доступ ограничен</p>", "<p>内容不可见</p>",
    '<script>window.__STATE__={"user":null}</script>', "<p>Your connection was blocked.</p>",
)  # fmt: skip
HEAD_PIECES = (
    '<meta property="og:type" content="website">', '<meta name="robots" content="noindex">',
    '<meta property="og:site_name" content="Site">', '<meta http-equiv="x-ua-compatible" content="ie=edge">',
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(PLATFORMS),
    st.lists(st.sampled_from(BODY_PIECES), max_size=7),
    st.lists(st.sampled_from(HEAD_PIECES), max_size=3, unique=True),
    st.sampled_from([200, 200, 400, 401, 403, 404, 410, 429, 500, 503]),
    st.booleans(),
)
def test_no_medley_of_walls_and_errors_is_a_block_or_the_page(
    platform: str, pieces: list[str], heads: list[str], status: int, compared: bool
) -> None:
    for url in addresses(platform)[:2]:
        seen = look(url, page(platform.title(), "".join(pieces), "".join(heads)), status=status)
        verdict = judged(platform, seen, seen if compared else None)
        assert verdict.state not in BLOCKS, said(seen, verdict)
        assert compared or verdict.state is not State.REACHABLE, said(seen, verdict)
