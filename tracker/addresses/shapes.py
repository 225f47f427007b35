# ruff: noqa: E501 -- a table reads best with one row a line
"""What an address is on each platform: a table of the shapes that its own addresses have.

Adding a shape is adding a row. The first that fits wins; an address of no known shape keeps its path and its
query, and only its host is folded. A shape's ``url`` must fit a shape of the same platform and give itself
again: canonical addresses are canonical.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of address. ``target`` is matched against host and path, each of ``parameters`` against the
    query parameter of its name. ``url`` (without the scheme), ``native_id`` and ``handle`` are filled from the
    named groups, of which those in ``lower`` are lower-cased: the platform itself does not tell them apart."""

    target: re.Pattern[str]
    url: str
    kind: str | None = None
    native_id: str = ""
    handle: str = ""
    lower: tuple[str, ...] = ("name",)
    parameters: tuple[tuple[str, re.Pattern[str]], ...] = ()


def _shape(target: str, url: str, kind: str | None = None, **rest: object) -> Shape:
    parameters = {"parameters": _compiled(rest.pop("parameters", {}))}
    return Shape(re.compile(target), url, kind, **rest, **parameters)  # type: ignore[arg-type]


def _compiled(parameters: object) -> tuple[tuple[str, re.Pattern[str]], ...]:
    assert isinstance(parameters, dict)
    return tuple((name, re.compile(pattern)) for name, pattern in parameters.items())


def _folds(*pairs: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), host) for pattern, host in pairs)


_NUMBER = r"[1-9]\d{0,19}"
_NAME = r"(?P<name>[A-Za-z0-9_.-]{1,100})"
_SITE = r"(?P<name>[a-z0-9-]{1,63})"

_GOOGLE = r"google\.(?:com|[a-z]{2}|com?\.[a-z]{2})"

FOLDS: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "vk": _folds((r"(?:www\.|m\.|new\.)?(?:vk\.com|vk\.ru|vkontakte\.ru)", "vk.com")),
    "ok": _folds((r"(?:www\.|m\.)?(?:ok|odnoklassniki)\.ru", "ok.ru")),
    "telegram": _folds((r"(?:www\.)?(?:t\.me|telegram\.me|telegram\.dog)", "t.me")),
    "youtube": _folds((r"(?:www\.|m\.)?youtube(?:-nocookie)?\.com", "www.youtube.com"), (r"(?:www\.)?youtu\.be", "youtu.be")),
    "x": _folds((r"(?:www\.|m\.|mobile\.)?(?:x|twitter)\.com", "x.com")),
    "facebook": _folds(
        (r"(?:www\.|m\.|web\.|mbasic\.|touch\.|[a-z]{2}-[a-z]{2}\.)?(?:facebook|fb)\.com", "www.facebook.com")
    ),
    "instagram": _folds((r"(?:www\.|m\.)?instagram\.com", "www.instagram.com")),
    "tiktok": _folds((r"(?:www\.|m\.)?tiktok\.com", "www.tiktok.com")),
    "reddit": _folds((r"(?:www\.|old\.|new\.|np\.|m\.|i\.)?reddit\.com", "www.reddit.com")),
    "github": _folds((r"(?:www\.)?github\.com", "github.com")),
    "wordpress": _folds((r"(?:www\.)?wordpress\.com", "wordpress.com"), (rf"{_SITE}\.wordpress\.com", r"\g<name>.wordpress.com")),
    "medium": _folds((r"(?:www\.)?medium\.com", "medium.com"), (rf"{_SITE}\.medium\.com", r"\g<name>.medium.com")),
    "substack": _folds((r"(?:www\.)?substack\.com", "substack.com"), (rf"{_SITE}\.substack\.com", r"\g<name>.substack.com")),
    "tumblr": _folds((r"(?:www\.)?tumblr\.com", "www.tumblr.com"), (rf"{_SITE}\.tumblr\.com", r"\g<name>.tumblr.com")),
    "twitch": _folds((r"(?:www\.|m\.)?twitch\.tv", "www.twitch.tv")),
    "discord": _folds((r"(?:www\.)?discord(?:app)?\.com", "discord.com"), (r"(?:www\.)?discord\.gg", "discord.gg")),
    "bluesky": _folds((r"(?:www\.)?bsky\.app", "bsky.app")),
    "mastodon": _folds((r"(?:www\.)?(mastodon\.(?:social|online))", r"\1")),
    "wikipedia": _folds((r"([a-z0-9-]+)(?:\.m)?\.wikipedia\.org", r"\1.wikipedia.org")),
    "linkedin": _folds((r"(?:www\.|[a-z]{2}\.)?linkedin\.com", "www.linkedin.com")),
    "wechat": _folds((r"mp\.weixin\.qq\.com", "mp.weixin.qq.com")),
    "weibo": _folds((r"(?:www\.)?weibo\.com", "weibo.com"), (r"(?:m\.)?weibo\.cn", "m.weibo.cn")),
    "bilibili": _folds((r"(?:www\.|m\.)?bilibili\.com", "www.bilibili.com"), (r"space\.bilibili\.com", "space.bilibili.com")),
    "zhihu": _folds((r"(?:www\.)?zhihu\.com", "www.zhihu.com"), (r"zhuanlan\.zhihu\.com", "zhuanlan.zhihu.com")),
    "google-search": _folds((rf"(?:www\.)?({_GOOGLE})", r"www.\1")),
    "app-store": _folds((r"(?:apps|itunes)\.apple\.com", "apps.apple.com")),
}  # fmt: skip
"""Which spellings of a host are the same place, by platform: a pattern and the host it becomes, always over https."""

_VIDEO = r"(?P<v>[A-Za-z0-9_-]{6,20})"

_VK: tuple[Shape, ...] = (
    *(
        shape
        for kind, what in (("wall", "post"), ("video", "video"), ("clip", "video"), ("photo", "photo"), ("topic", "topic"))
        for shape in (
            _shape(rf"vk\.com/{kind}(?P<object>-?[1-9]\d{{0,19}}_\d{{1,19}})/*", f"vk.com/{kind}{{object}}", what, native_id="{object}"),
            _shape(r"vk\.com/.*", f"vk.com/{kind}{{object}}", what, native_id="{object}",
                   parameters={"w" if kind in ("wall", "topic") else "z": rf"{kind}(?P<object>-?[1-9]\d{{0,19}}_\d{{1,19}})(?:/.*)?"}),
        )
    ),
    _shape(r"vk\.com/video_ext\.php", "vk.com/video{owner}_{n}", "video", native_id="{owner}_{n}",
           parameters={"oid": r"(?P<owner>-?[1-9]\d{0,19})", "id": r"(?P<n>\d{1,19})"}),
    _shape(r"(?:www\.|m\.)?vkvideo\.ru/(?P<way>video|clip)(?P<object>-?[1-9]\d{0,19}_\d{1,19})/*", "vk.com/{way}{object}", "video", native_id="{object}"),
    _shape(rf"vk\.com/(?i:club|public|event)0*(?P<n>{_NUMBER})/*", "vk.com/club{n}", "community", native_id="-{n}"),
    _shape(rf"vk\.com/(?i:id)0*(?P<n>{_NUMBER})/*", "vk.com/id{n}", "person", native_id="{n}"),
    _shape(r"vk\.com/@(?P<name>[A-Za-z0-9_.-]{1,200})/*", "vk.com/@{name}", "article"),
    _shape(r"vk\.com/(?P<name>[A-Za-z0-9_.]{2,64})/*", "vk.com/{name}", handle="{name}"),
)  # fmt: skip
_TELEGRAM_NAME = r"(?:s/)?(?P<name>[A-Za-z][A-Za-z0-9_]{2,63})"

SHAPES: dict[str, tuple[Shape, ...]] = {
    "vk": _VK,
    "ok": (
        _shape(rf"ok\.ru/group/(?P<n>{_NUMBER})/*", "ok.ru/group/{n}", "community", native_id="{n}"),
        _shape(rf"ok\.ru/(?P<owner>(?:group|profile)/{_NUMBER})/(?P<way>topic|statuses)/(?P<post>{_NUMBER})/*", "ok.ru/{owner}/{way}/{post}", "post", native_id="{post}"),
        _shape(rf"ok\.ru/profile/(?P<n>{_NUMBER})/*", "ok.ru/profile/{n}", "person", native_id="{n}"),
        _shape(rf"ok\.ru/(?:video|videoembed|live)/(?P<n>{_NUMBER})/*", "ok.ru/video/{n}", "video", native_id="{n}"),
        _shape(rf"ok\.ru/{_NAME}/*", "ok.ru/{name}", handle="{name}"),
    ),
    "telegram": (
        _shape(r"t\.me/(?:joinchat/|\+)(?P<code>[A-Za-z0-9_-]{6,64})/*", "t.me/+{code}", "invite", native_id="{code}"),
        _shape(rf"t\.me/c/(?P<chat>{_NUMBER})/(?P<post>{_NUMBER})/*", "t.me/c/{chat}/{post}", "post", native_id="{chat}/{post}"),
        _shape(rf"t\.me/(?!c/){_TELEGRAM_NAME}/(?P<post>{_NUMBER})/*", "t.me/{name}/{post}", "post", native_id="{name}/{post}", handle="{name}"),
        _shape(rf"t\.me/{_TELEGRAM_NAME}/*", "t.me/{name}", "channel", handle="{name}"),
    ),
    "youtube": (
        _shape(r"www\.youtube\.com/watch/*", "www.youtube.com/watch?v={v}", "video", native_id="{v}", parameters={"v": _VIDEO}),
        _shape(rf"(?:youtu\.be|www\.youtube\.com/(?:shorts|live|embed|v))/{_VIDEO}/*", "www.youtube.com/watch?v={v}", "video", native_id="{v}"),
        _shape(r"www\.youtube\.com/playlist/*", "www.youtube.com/playlist?list={list}", "playlist", native_id="{list}",
               parameters={"list": r"(?P<list>[A-Za-z0-9_-]{2,64})"}),
        _shape(r"www\.youtube\.com/channel/(?P<id>UC[A-Za-z0-9_-]{10,30})(?:/.*)?", "www.youtube.com/channel/{id}", "channel", native_id="{id}"),
        _shape(rf"www\.youtube\.com/@{_NAME}(?:/.*)?", "www.youtube.com/@{name}", "channel", handle="@{name}"),
        _shape(rf"www\.youtube\.com/(?P<way>c|user)/{_NAME}(?:/.*)?", "www.youtube.com/{way}/{name}", "channel", handle="{name}"),
    ),
    "x": (
        _shape(rf"x\.com/i/(?:web/)?status/(?P<n>{_NUMBER})(?:/.*)?", "x.com/i/status/{n}", "post", native_id="{n}"),
        _shape(rf"x\.com/(?P<name>\w{{1,15}})/status(?:es)?/(?P<n>{_NUMBER})(?:/.*)?", "x.com/{name}/status/{n}", "post", native_id="{n}", handle="{name}"),
        _shape(r"x\.com/(?!i/|search/*$|explore/*$|home/*$|hashtag/)@?(?P<name>\w{1,15})/*", "x.com/{name}", "profile", handle="{name}"),
    ),
    "facebook": (
        _shape(r"www\.facebook\.com/profile\.php", "www.facebook.com/profile.php?id={id}", "profile", native_id="{id}", parameters={"id": rf"(?P<id>{_NUMBER})"}),
        _shape(rf"www\.facebook\.com/groups/{_NAME}/*", "www.facebook.com/groups/{name}", "community", handle="{name}"),
        _shape(r"www\.facebook\.com/watch/*", "www.facebook.com/watch/?v={v}", "video", native_id="{v}", parameters={"v": rf"(?P<v>{_NUMBER})"}),
        _shape(r"www\.facebook\.com/(?P<name>[A-Za-z0-9.-]{2,100})/*(?<!\.php)", "www.facebook.com/{name}", "profile", handle="{name}"),
    ),
    "instagram": (
        _shape(r"www\.instagram\.com/(?:[\w.]+/)?(?P<way>p|reel|tv)/(?P<code>[A-Za-z0-9_-]{4,40})/*", "www.instagram.com/{way}/{code}/", "post", native_id="{code}"),
        _shape(r"www\.instagram\.com/(?P<name>[A-Za-z0-9_.]{1,30})/*", "www.instagram.com/{name}/", "profile", handle="{name}"),
    ),
    "tiktok": (
        _shape(rf"www\.tiktok\.com/@(?P<name>[\w.]{{1,30}})/video/(?P<n>{_NUMBER})/*", "www.tiktok.com/@{name}/video/{n}", "video", native_id="{n}", handle="@{name}"),
        _shape(r"www\.tiktok\.com/@(?P<name>[\w.]{1,30})/*", "www.tiktok.com/@{name}", "profile", handle="@{name}"),
    ),
    "reddit": (
        _shape(r"www\.reddit\.com/r/(?P<name>\w{2,30})/comments/(?P<id>[a-z0-9]{3,12})(?:/[^/]*)?/*", "www.reddit.com/r/{name}/comments/{id}/", "post", native_id="{id}"),
        _shape(r"redd\.it/(?P<id>[a-z0-9]{3,12})/*", "redd.it/{id}", "post", native_id="{id}"),
        _shape(r"www\.reddit\.com/r/(?P<name>\w{2,30})/*", "www.reddit.com/r/{name}/", "community", handle="r/{name}"),
        _shape(r"www\.reddit\.com/u(?:ser)?/(?P<name>[\w-]{2,30})/*", "www.reddit.com/user/{name}/", "person", handle="u/{name}"),
    ),
    "github": (
        _shape(r"github\.com/(?P<name>[A-Za-z0-9-]{1,39})/*", "github.com/{name}", "profile", handle="{name}"),
        _shape(r"github\.com/(?P<name>[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}?)(?:\.git)?/*", "github.com/{name}", "repository", handle="{name}"),
    ),
    "wordpress": (
        _shape(rf"(?!public-api|en\.|wordpress){_SITE}\.wordpress\.com/", "{name}.wordpress.com/", "site", handle="{name}"),
    ),
    "medium": (
        _shape(r"medium\.com/@(?P<name>[\w.-]{1,60})/*", "medium.com/@{name}", "profile", handle="@{name}"),
        _shape(rf"{_SITE}\.medium\.com/", "{name}.medium.com/", "site", handle="{name}"),
        _shape(r"medium\.com/p/(?P<id>[0-9a-f]{8,12})/*", "medium.com/p/{id}", "article", native_id="{id}"),
        _shape(r"(?P<at>(?:[a-z0-9-]{1,63}\.)?medium\.com(?:/@?[\w.-]{1,100})?)/(?P<slug>[\w%.-]{0,300}-)(?P<id>[0-9a-f]{8,12})/*", "{at}/{slug}{id}", "article", native_id="{id}"),
    ),
    "substack": (
        _shape(rf"(?!substack){_SITE}\.substack\.com/", "{name}.substack.com/", "site", handle="{name}"),
        _shape(rf"(?!substack){_SITE}\.substack\.com/p/(?P<slug>[\w%-]{{1,200}})/*", "{name}.substack.com/p/{slug}", "article", handle="{name}"),
        _shape(r"substack\.com/@(?P<name>[\w.-]{1,60})/*", "substack.com/@{name}", "profile", handle="@{name}"),
    ),
    "tumblr": (
        _shape(r"(?!www\.)(?P<name>[a-z0-9-]{1,32})\.tumblr\.com/", "{name}.tumblr.com/", "site", handle="{name}"),
        _shape(rf"(?!www\.)(?P<name>[a-z0-9-]{{1,32}})\.tumblr\.com/post/(?P<n>{_NUMBER})(?:/.*)?", "{name}.tumblr.com/post/{n}", "post", native_id="{n}", handle="{name}"),
        _shape(rf"www\.tumblr\.com/(?!(?i:www|explore|search|tagged)/)(?P<name>[A-Za-z0-9](?:[A-Za-z0-9-]{{0,30}}[A-Za-z0-9])?)/(?P<n>{_NUMBER})(?:/.*)?", "{name}.tumblr.com/post/{n}", "post", native_id="{n}", handle="{name}"),
        _shape(r"www\.tumblr\.com/(?!(?i:www|explore|search|dashboard|login|register|tagged)/*$)(?P<name>[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?)/*", "{name}.tumblr.com/", "site", handle="{name}"),
    ),
    "twitch": (
        _shape(rf"www\.twitch\.tv/videos/(?P<n>{_NUMBER})/*", "www.twitch.tv/videos/{n}", "video", native_id="{n}"),
        _shape(r"www\.twitch\.tv/(?P<name>\w{3,25})/*", "www.twitch.tv/{name}", "channel", handle="{name}"),
    ),
    "discord": (
        _shape(r"(?:discord\.gg|discord\.com/invite)/(?P<code>[A-Za-z0-9-]{2,60})/*", "discord.com/invite/{code}", "invite", native_id="{code}"),
    ),
    "bluesky": (
        _shape(r"bsky\.app/profile/(?P<name>[A-Za-z0-9.:-]{3,253})/post/(?P<id>[a-z0-9]{5,20})/*", "bsky.app/profile/{name}/post/{id}", "post", native_id="{id}", handle="{name}"),
        _shape(r"bsky\.app/profile/(?P<name>[A-Za-z0-9.:-]{3,253})/*", "bsky.app/profile/{name}", "profile", handle="{name}"),
    ),
    "mastodon": (
        _shape(rf"(?P<at>mastodon\.\w+)/@(?P<name>[\w.@-]{{1,100}})/(?P<n>{_NUMBER})/*", "{at}/@{name}/{n}", "post", native_id="{n}", handle="@{name}"),
        _shape(r"(?P<at>mastodon\.\w+)/@(?P<name>[\w.@-]{1,100})/*", "{at}/@{name}", "profile", handle="@{name}"),
    ),
    "wikipedia": (
        _shape(r"(?P<lang>[a-z-]{2,20})\.wikipedia\.org/wiki/(?P<title>.+)", "{lang}.wikipedia.org/wiki/{title}", "article"),
    ),
    "linkedin": (
        _shape(r"www\.linkedin\.com/(?P<way>in|company)/(?P<name>[\w%.-]{1,200})/*", "www.linkedin.com/{way}/{name}", "profile", handle="{name}"),
    ),
    "wechat": (
        _shape(r"mp\.weixin\.qq\.com/s/(?P<code>[A-Za-z0-9_-]{8,64})/*", "mp.weixin.qq.com/s/{code}", "article", native_id="{code}"),
        _shape(r"mp\.weixin\.qq\.com/s/*", "mp.weixin.qq.com/s?__biz={biz}&mid={mid}&idx={idx}&sn={sn}", "article", native_id="{mid}/{idx}",
               parameters={"__biz": r"(?P<biz>[A-Za-z0-9+/]{4,40}={0,2})", "mid": rf"(?P<mid>{_NUMBER})", "idx": r"(?P<idx>\d{1,2})", "sn": r"(?P<sn>[0-9a-f]{8,64})"}),
    ),
    "weibo": (
        _shape(rf"(?:weibo\.com/u|m\.weibo\.cn/(?:u|profile))/(?P<n>{_NUMBER})/*", "weibo.com/u/{n}", "profile", native_id="{n}"),
        _shape(rf"weibo\.com/(?P<n>{_NUMBER})/(?P<code>[A-Za-z0-9]{{5,20}})/*", "weibo.com/{n}/{code}", "post", native_id="{n}/{code}"),
        _shape(r"m\.weibo\.cn/(?:status|detail)/(?P<code>[A-Za-z0-9]{5,20})/*", "m.weibo.cn/detail/{code}", "post", native_id="{code}"),
        _shape(rf"weibo\.com/(?P<n>{_NUMBER})/*", "weibo.com/u/{n}", "profile", native_id="{n}"),
        _shape(r"weibo\.com/(?P<name>[A-Za-z0-9_-]{2,40})/*", "weibo.com/{name}", "profile", handle="{name}"),
    ),
    "bilibili": (
        _shape(r"www\.bilibili\.com/video/(?P<id>BV[A-Za-z0-9]{8,14}|av\d{1,15})/*", "www.bilibili.com/video/{id}", "video", native_id="{id}"),
        _shape(rf"www\.bilibili\.com/(?P<way>read/cv|opus/)(?P<n>{_NUMBER})/*", "www.bilibili.com/{way}{n}", "article", native_id="{n}"),
        _shape(rf"space\.bilibili\.com/(?P<n>{_NUMBER})(?:/.*)?", "space.bilibili.com/{n}", "profile", native_id="{n}"),
    ),
    "zhihu": (
        _shape(rf"www\.zhihu\.com/question/(?P<n>{_NUMBER})/*", "www.zhihu.com/question/{n}", "topic", native_id="{n}"),
        _shape(rf"www\.zhihu\.com/question/(?P<q>{_NUMBER})/answer/(?P<n>{_NUMBER})/*", "www.zhihu.com/question/{q}/answer/{n}", "post", native_id="{n}"),
        _shape(rf"www\.zhihu\.com/answer/(?P<n>{_NUMBER})/*", "www.zhihu.com/answer/{n}", "post", native_id="{n}"),
        _shape(r"www\.zhihu\.com/org/(?P<name>[\w-]{1,80})/*", "www.zhihu.com/org/{name}", "profile", handle="{name}"),
        _shape(r"www\.zhihu\.com/people/(?P<name>[\w-]{1,80})/*", "www.zhihu.com/people/{name}", "profile", handle="{name}"),
        _shape(rf"zhuanlan\.zhihu\.com/p/(?P<n>{_NUMBER})/*", "zhuanlan.zhihu.com/p/{n}", "article", native_id="{n}"),
    ),
    "google-search": (
        _shape(rf"(?P<at>www\.{_GOOGLE})/search/*", "{at}/search?q={q}", "search", parameters={"q": r"(?P<q>(?s:.){1,500})", "tbm": "", "udm": "", "start": "0?"}),
        _shape(rf"(?P<at>www\.{_GOOGLE})/search/*", "{at}/search?q={q}&tbm={tbm}", "search", parameters={"q": r"(?P<q>(?s:.){1,500})", "tbm": r"(?P<tbm>[a-z]{3,4})", "start": "0?"}),
    ),
    "app-store": (
        _shape(rf"apps\.apple\.com/(?P<shop>[a-z]{{2}})/app/(?:[^/]+/)?id(?P<n>{_NUMBER})/*", "apps.apple.com/{shop}/app/id{n}", "app", native_id="{n}"),
        _shape(rf"apps\.apple\.com/app/(?:[^/]+/)?id(?P<n>{_NUMBER})/*", "apps.apple.com/app/id{n}", "app", native_id="{n}"),
    ),
}  # fmt: skip
