"""What stands in front of a page: bot checks, rate limits, consent, logins. None of these says anything about a block.

Checks for bots come before every rule about content, because they use words like "blocked" and "access denied".
Logins come after what a platform says: its notices and its pages may have a login form beside them.
Sources: OONI issues 1734 and 2298, wafw00f acf6104, WhatsMyName e62338e, yt-dlp 81ecd58, gallery-dl 86047cf,
maigret 149acb17.
"""

from __future__ import annotations

from tracker.facts import Mechanism, State
from tracker.judging import phrases
from tracker.judging.sight import READABLE, Rule, Sight, host_of, path_of

SHORT_TEXT = 3_000
"""Characters of visible text. A wall has little to say; a page with more is not one, whatever words it quotes."""

VERY_SHORT_TEXT = 800
"""The same for words that a page may also have in a corner."""

_CLOUDFLARE_SCRIPTS = (b"_cf_chl_opt", b"jschl-answer", b"jschl_vc", b"/cdn-cgi/challenge-platform/h/")
_CLOUDFLARE_TITLES = ("just a moment", "attention required! | cloudflare")
_OTHER_SCRIPTS = (
    b"/ddos-guard/js-challenge/", b"_incapsula_resource", b"incapsula incident id",
    b"awswafintegration.forcerefreshtoken", b"awswafcookiedomainlist", b"tiktok-verify-page", b"slardarwaf",
    b"/mp/wappoc_appmsgcaptcha", b"<title>client challenge</title>", b"px-captcha",
)  # fmt: skip
_BOT_WORDS = (
    "verify you are a human", "verify you are human", "verify that you are human", "verifying you are human",
    "confirm you’re not a bot", "confirm you're not a bot", "are you a robot", "not a robot",
    "press and hold the button", "unusual traffic from your computer network", "checking your browser before accessing",
    "making sure you're not a bot", "enable javascript and cookies to continue", "подтвердите, что вы не робот",
    "подтвердите, что запросы отправляли вы", "вы не робот", "проверяем, что вы человек", "环境异常", "去验证",
    "you've been blocked by network security",
)  # fmt: skip
_SLOW_DOWN = (
    "вы попытались загрузить более одной однотипной страницы в секунду",
    "please wait a few minutes before you try again",
    "访问过于频繁", "操作频繁", "this content isn't available, try again later",
)  # fmt: skip
_CHALLENGE_PATHS = (
    "/challenge.html",
    "/account/unhuman",
    "/cdn-cgi/challenge-platform",
    "/showcaptcha",
    "/sorry/index",
)
_CONSENT_HOSTS = ("consent.youtube.com", "consent.google.com")
_VISITOR_HOSTS = ("passport.weibo.com",)
_LOGIN_PATHS = (
    "login",
    "signin",
    "sign-in",
    "sign_in",
    "authwall",
    "auth",
    "i/flow/login",
    "accounts/login",
    "uas/login",
)
_EVERYBODY_LOGS_IN = ("instagram", "facebook", "linkedin", "x", "tiktok")


def _short(sight: Sight) -> bool:
    return not sight.page.has_text(SHORT_TEXT)


def _says(sight: Sight, words: tuple[str, ...]) -> bool:
    return _short(sight) and any(word in sight.page.words for word in words)


def _cloudflare(sight: Sight) -> bool:
    title = (sight.page.title or "").lower()
    return (
        sight.header("cf-mitigated").lower() == "challenge"
        or title.startswith(_CLOUDFLARE_TITLES)
        or sight.page.mentions(*_CLOUDFLARE_SCRIPTS)
    )


def _bot_check(sight: Sight) -> bool:
    scripted = _short(sight) and sight.page.mentions(*_OTHER_SCRIPTS)
    asked = sight.page.says_shortly(phrases.BOT_CHECK, VERY_SHORT_TEXT)
    return scripted or asked or sight.path.startswith(_CHALLENGE_PATHS) or _says(sight, _BOT_WORDS)


def _akamai_refusal(sight: Sight) -> bool:
    return (
        sight.status == 403
        and _says(sight, ("you don't have permission to access",))
        and sight.page.mentions(b"reference #")
    )


def _geo_fence(sight: Sight) -> bool:
    return _says(sight, ("has banned the country or region your ip address is in",))


def _login_path(url: str) -> bool:
    path = path_of(url).strip("/").lower()
    return any(
        path == login or path.startswith(f"{login}/") or path.endswith(f"/{login}") for login in _LOGIN_PATHS
    )


def _led_to_login(sight: Sight) -> bool:
    return sight.moved and _login_path(sight.final_url) and not _login_path(sight.asked)


def _login_form(sight: Sight) -> bool:
    return (
        not sight.page.has_text(1_000)
        and sight.page.has("input[type=password]")
        and not sight.page.has("article")
    )


def _age_gate(sight: Sight) -> bool:
    return sight.page.says_shortly(phrases.AGE_CHECK, VERY_SHORT_TEXT)


RULES: tuple[Rule, ...] = (
    Rule(
        "cloudflare_challenge", State.INSUFFICIENT, None, _cloudflare,
        "Cloudflare answered with a check for bots, so the page itself was not seen.",
        "bot_challenge", alone=True,
    ),
    Rule(
        "site_geo_fence", State.RESTRICTED, Mechanism.GEO_FENCE, _geo_fence,
        "The site's own shield says that its owner shuts out visitors from this country.", "geo_fence",
    ),
    Rule(
        "rate_limited", State.INSUFFICIENT, None,
        lambda sight: sight.status in (429, 999) or _says(sight, _SLOW_DOWN),
        "The site asked to be visited less often, so the page itself was not seen.", "rate_limited", alone=True,
    ),
    Rule(
        "bot_challenge", State.INSUFFICIENT, None, _bot_check,
        "A check for bots stood in front of the page, so the page itself was not seen.",
        "bot_challenge", alone=True,
    ),
    Rule(
        "shield_refusal", State.INSUFFICIENT, None, _akamai_refusal,
        "The site's shield refused the request by its own judgement, so the page itself was not seen.",
        "bot_challenge", alone=True,
    ),
    Rule(
        "consent_wall", State.INSUFFICIENT, None, lambda sight: host_of(sight.final_url) in _CONSENT_HOSTS,
        "A form about cookies stood in front of the page, so the page itself was not seen.", "consent_wall", alone=True,
    ),
    Rule(
        "visitor_wall", State.INSUFFICIENT, None, lambda sight: host_of(sight.final_url) in _VISITOR_HOSTS,
        "The platform sends every new visitor to a registration step, so the page itself was not seen.",
        "login_wall", alone=True,
    ),
)  # fmt: skip

LOGINS: tuple[Rule, ...] = (
    Rule(
        "platform_login_wall", State.INSUFFICIENT, None,
        lambda sight: sight.platform in _EVERYBODY_LOGS_IN and (_led_to_login(sight) or _login_form(sight)),
        "This platform asks anonymous visitors to log in whatever the page is, so nothing was learned about it.",
        "login_wall", alone=True,
    ),
    Rule(
        "login_redirect", State.RESTRICTED, Mechanism.LOGIN_WALL, _led_to_login,
        "The site sends visitors of this page to its login.", "login_wall",
    ),
    Rule(
        "login_form", State.RESTRICTED, Mechanism.LOGIN_WALL,
        lambda sight: sight.platform in READABLE and _login_form(sight),
        "The site shows a login form in place of this page.", "login_wall",
    ),
    Rule(
        "age_gate", State.RESTRICTED, Mechanism.AGE_GATE, _age_gate,
        "The site asks for the visitor's age in place of this page.", "age_gate",
    ),
)  # fmt: skip
