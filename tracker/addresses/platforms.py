"""Which platforms there are, who runs them and from where: facts that the shapes and the database share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlatformFact:
    """One platform. ``hosts`` are its domains, each with its subdomains; ``country`` is where the company
    has its seat (ISO 3166-1 alpha-2), None where no one company runs it."""

    key: str
    name: str
    hosts: tuple[str, ...]
    home_url: str | None
    company: str | None
    country: str | None


PLATFORMS: tuple[PlatformFact, ...] = (
    PlatformFact(
        "vk", "VK", ("vk.com", "vk.ru", "vkontakte.ru", "vkvideo.ru"), "https://vk.com/", "VK", "RU"
    ),
    PlatformFact("ok", "Odnoklassniki", ("ok.ru", "odnoklassniki.ru"), "https://ok.ru/", "VK", "RU"),
    PlatformFact(
        "telegram", "Telegram", ("t.me", "telegram.me", "telegram.dog"), "https://t.me/", "Telegram", "AE"
    ),
    PlatformFact(
        "youtube",
        "YouTube",
        ("youtube.com", "youtu.be", "youtube-nocookie.com"),
        "https://www.youtube.com/",
        "Google",
        "US",
    ),
    PlatformFact("x", "X (Twitter)", ("x.com", "twitter.com"), "https://x.com/", "X Corp.", "US"),
    PlatformFact(
        "facebook", "Facebook", ("facebook.com", "fb.com", "fb.me"), "https://www.facebook.com/", "Meta", "US"
    ),
    PlatformFact("instagram", "Instagram", ("instagram.com",), "https://www.instagram.com/", "Meta", "US"),
    PlatformFact("tiktok", "TikTok", ("tiktok.com",), "https://www.tiktok.com/", "ByteDance", "CN"),
    PlatformFact("reddit", "Reddit", ("reddit.com", "redd.it"), "https://www.reddit.com/", "Reddit", "US"),
    PlatformFact("github", "GitHub", ("github.com",), "https://github.com/", "Microsoft", "US"),
    PlatformFact(
        "wordpress", "WordPress.com", ("wordpress.com",), "https://wordpress.com/", "Automattic", "US"
    ),
    PlatformFact("medium", "Medium", ("medium.com",), "https://medium.com/", "A Medium Corporation", "US"),
    PlatformFact("substack", "Substack", ("substack.com",), "https://substack.com/", "Substack", "US"),
    PlatformFact("tumblr", "Tumblr", ("tumblr.com",), "https://www.tumblr.com/", "Automattic", "US"),
    PlatformFact("twitch", "Twitch", ("twitch.tv",), "https://www.twitch.tv/", "Amazon", "US"),
    PlatformFact(
        "discord",
        "Discord",
        ("discord.com", "discord.gg", "discordapp.com"),
        "https://discord.com/",
        "Discord",
        "US",
    ),
    PlatformFact("bluesky", "Bluesky", ("bsky.app",), "https://bsky.app/", "Bluesky Social", "US"),
    PlatformFact(
        "mastodon", "Mastodon", ("mastodon.social", "mastodon.online"), "https://mastodon.social/", None, None
    ),
    PlatformFact(
        "wikipedia",
        "Wikipedia",
        ("wikipedia.org",),
        "https://www.wikipedia.org/",
        "Wikimedia Foundation",
        "US",
    ),
    PlatformFact("linkedin", "LinkedIn", ("linkedin.com",), "https://www.linkedin.com/", "Microsoft", "US"),
    PlatformFact("wechat", "WeChat", ("weixin.qq.com",), "https://weixin.qq.com/", "Tencent", "CN"),
    PlatformFact("weibo", "Weibo", ("weibo.com", "weibo.cn"), "https://weibo.com/", "Weibo", "CN"),
    PlatformFact(
        "bilibili", "Bilibili", ("bilibili.com", "b23.tv"), "https://www.bilibili.com/", "Bilibili", "CN"
    ),
    PlatformFact("zhihu", "Zhihu", ("zhihu.com",), "https://www.zhihu.com/", "Zhihu", "CN"),
    PlatformFact("google-search", "Google Search", (), "https://www.google.com/search", "Google", "US"),
    PlatformFact(
        "app-store",
        "App Store",
        ("apps.apple.com", "itunes.apple.com"),
        "https://apps.apple.com/",
        "Apple",
        "US",
    ),
    PlatformFact("web", "Web site", (), None, None, None),
    PlatformFact("rehearsal", "Rehearsal", (), None, None, None),
)
"""In the order in which a researcher is offered them."""

_BY_HOST = {host: fact.key for fact in PLATFORMS for host in fact.hosts}


def platform_of(host: str, path: str) -> str:
    """The key of the platform that serves a host name, or ``web``.

    Google's search lives on one domain a country, beside other things, so it is known by its path.
    """
    labels = host.split(".")
    for start in range(len(labels) - 1):
        if key := _BY_HOST.get(".".join(labels[start:])):
            return key
    if path == "/search" and "google" in labels[-3:-1] and labels[0] in ("www", "google"):
        return "google-search"
    return "web"
