# ruff: noqa: E501 -- a table reads best with one row a line
"""Every spelling of a page's address becomes one, and what is no page's address is refused in a sentence."""

from __future__ import annotations

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.addresses import MAX_LENGTH, PLATFORMS, AddressRefused, canonical

ORIGIN = "http://127.0.0.1:8091"


@pytest.mark.parametrize(
    ("spellings", "url", "native_id", "handle", "kind"),
    [
        (["https://vk.com/club123", "http://m.vk.com/public123", "https://www.vk.com/event123?from=top", "https://vk.ru/Club0123/",
          "https://vkontakte.ru/club123#wall"], "https://vk.com/club123", "-123", None, "community"),
        (["https://vk.com/id7", "http://vk.com/ID7"], "https://vk.com/id7", "7", None, "person"),
        (["https://vk.com/Prichal.News", "https://m.vk.com/prichal.news?w=club5"], "https://vk.com/prichal.news", None, "prichal.news", None),
        (["https://vk.com/wall-1_2", "https://vk.com/prichal?w=wall-1_2", "https://m.vk.com/wall-1_2?reply=3"],
         "https://vk.com/wall-1_2", "-1_2", None, "post"),
        (["https://vk.com/video-1_2", "https://vk.com/video?z=video-1_2%2Fpl_cat"], "https://vk.com/video-1_2", "-1_2", None, "video"),
        (["https://t.me/Quay", "https://t.me/s/quay", "http://telegram.me/quay", "https://telegram.dog/quay/"], "https://t.me/quay", None, "quay", "channel"),
        (["https://t.me/Quay/15?single", "https://t.me/s/quay/15"], "https://t.me/quay/15", "quay/15", "quay", "post"),
        (["https://t.me/joinchat/AbCdEf12", "https://t.me/+AbCdEf12"], "https://t.me/+AbCdEf12", "AbCdEf12", None, "invite"),
        (["https://www.youtube.com/@Quay", "https://m.youtube.com/@quay/videos", "http://youtube.com/@quay?si=x"],
         "https://www.youtube.com/@quay", None, "@quay", "channel"),
        (["https://youtu.be/dQw4w9WgXcQ?si=x&t=3", "https://www.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ", "https://youtube.com/shorts/dQw4w9WgXcQ",
          "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"], "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "dQw4w9WgXcQ", None, "video"),
        (["https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv/about"], "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv",
         "UCabcdefghijklmnopqrstuv", None, "channel"),
        (["https://twitter.com/Quay", "https://mobile.twitter.com/quay", "http://www.x.com/quay?lang=en"], "https://x.com/quay", None, "quay", "profile"),
        (["https://twitter.com/Quay/status/17?s=20", "https://x.com/quay/status/17/photo/1"], "https://x.com/quay/status/17", "17", "quay", "post"),
        (["https://ru-ru.facebook.com/Quay.News", "https://m.facebook.com/quay.news/?ref=x"], "https://www.facebook.com/quay.news", None, "quay.news", "profile"),
        (["https://www.facebook.com/profile.php?id=100&fbclid=z"], "https://www.facebook.com/profile.php?id=100", "100", None, "profile"),
        (["https://instagram.com/Quay", "https://www.instagram.com/quay/?igsh=1"], "https://www.instagram.com/quay/", None, "quay", "profile"),
        (["https://m.ok.ru/group/53", "https://www.odnoklassniki.ru/group/53/"], "https://ok.ru/group/53", "53", None, "community"),
        (["https://old.reddit.com/r/Quay"], "https://www.reddit.com/r/quay/", None, "r/quay", "community"),
        (["https://github.com/Quay/Boats.git"], "https://github.com/quay/boats", None, "quay/boats", "repository"),
        (["http://Quay.wordpress.com"], "https://quay.wordpress.com/", None, "quay", "site"),
        (["https://ru.m.wikipedia.org/wiki/Причал"], "https://ru.wikipedia.org/wiki/%D0%9F%D1%80%D0%B8%D1%87%D0%B0%D0%BB", None, None, "article"),
        (["https://vk.com/video_ext.php?oid=-1&id=2&hash=x", "https://vkvideo.ru/video-1_2", "https://m.vk.com/video-1_2"], "https://vk.com/video-1_2",
         "-1_2", None, "video"),
        (["https://ok.ru/group/53/topic/77", "https://m.ok.ru/group/53/topic/77/"], "https://ok.ru/group/53/topic/77", "77", None, "post"),
        (["https://ok.ru/videoembed/77", "https://ok.ru/live/77"], "https://ok.ru/video/77", "77", None, "video"),
        (["https://medium.com/@quay/late-ferry-0a1b2c3d4e5f?source=rss"], "https://medium.com/@quay/late-ferry-0a1b2c3d4e5f", "0a1b2c3d4e5f", None, "article"),
        (["https://quay.medium.com/late-ferry-0a1b2c3d4e5f"], "https://quay.medium.com/late-ferry-0a1b2c3d4e5f", "0a1b2c3d4e5f", None, "article"),
        (["https://quay.substack.com/p/late-ferry?r=x"], "https://quay.substack.com/p/late-ferry", None, "quay", "article"),
        (["https://quay.tumblr.com/post/77/late-ferry", "https://www.tumblr.com/quay/77/late-ferry"], "https://quay.tumblr.com/post/77", "77", "quay", "post"),
        (["https://mp.weixin.qq.com/s?__biz=MzA4NDc=&mid=26&idx=1&sn=0a1b2c3d4e&chksm=ff&scene=21#wechat_redirect",
          "http://mp.weixin.qq.com/s?sn=0a1b2c3d4e&idx=1&mid=26&__biz=MzA4NDc%3D"], "https://mp.weixin.qq.com/s?__biz=MzA4NDc%3D&mid=26&idx=1&sn=0a1b2c3d4e",
         "26/1", None, "article"),
        (["https://m.weibo.cn/profile/77", "https://weibo.com/77"], "https://weibo.com/u/77", "77", None, "profile"),
        (["https://www.bilibili.com/read/cv77?from=search"], "https://www.bilibili.com/read/cv77", "77", None, "article"),
        (["https://www.zhihu.com/org/Quay"], "https://www.zhihu.com/org/quay", None, "quay", "profile"),
        (["https://www.google.de/search?q=late+ferry&sca_esv=1&ei=2", "https://google.de/search?ie=UTF-8&q=late%20ferry&start=0"],
         "https://www.google.de/search?q=late+ferry", None, None, "search"),
        (["https://www.google.com.tr/search?hl=tr&q=%D0%BF%D0%B0%D1%80%D0%BE%D0%BC%26x%3D1"], "https://www.google.com.tr/search?q=%D0%BF%D0%B0%D1%80%D0%BE%D0%BC%26x%3D1",
         None, None, "search"),
        (["https://www.google.com/search?q=1%2B1&tbm=nws&source=x"], "https://www.google.com/search?q=1%2B1&tbm=nws", None, None, "search"),
        (["https://apps.apple.com/ru/app/quay/id99?mt=8", "https://itunes.apple.com/ru/app/id99"], "https://apps.apple.com/ru/app/id99", "99", None, "app"),
    ],
)  # fmt: skip
def test_spellings_of_one_page_become_one_address(
    spellings: list[str], url: str, native_id: str | None, handle: str | None, kind: str | None
) -> None:
    for spelling in spellings:
        found = canonical(spelling)
        assert (found.url, found.native_id, found.handle, found.kind) == (url, native_id, handle, kind), (
            spelling
        )


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("http://Quay.Example:80/a?b=2&utm_source=x&a=1&fbclid=y#part", "http://quay.example/a?b=2&a=1"),
        ("https://quay.example.", "https://quay.example/"),
        (
            "https://ПРИЧАЛ.рф/новости",
            "https://xn--80apknf7b.xn--p1ai/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8",
        ),
        ("https://quay.example:8443/", "https://quay.example:8443/"),
        ("http://93.174.93.100/list.php", "http://93.174.93.100/list.php"),
        ("  https://quay.example/ ", "https://quay.example/"),
        ("https://quay.example/?q=a%20b&empty=", "https://quay.example/?q=a%20b&empty="),
    ],
)
def test_a_page_of_the_open_web_keeps_its_scheme_path_and_query_order(written: str, url: str) -> None:
    found = canonical(written)
    assert (found.url, found.platform) == (url, "web")
    assert found.url.isascii()


@pytest.mark.parametrize(
    "written",
    [
        "", "   ", "vk.com/club1", "ftp://quay.example/", "javascript:alert(1)", "file:/etc/passwd", "https://", "https:///x",
        "https://user:secret@vk.com/club1", "https://user@vk.com/club1", "https://@vk.com/club1", "https://vk.com/a b", "https://vk.com/a\nb",
        "https://vk.com/a\x00b", "https://vk.com/\u202egnp.exe", "https://vk.com/" + "a" * MAX_LENGTH, "https://quay.example/" + "я" * 400,
        "http://localhost/", "http://quay/", "http://router.lan/", "http://x.onion/", "http://127.0.0.1:8091/harbour", "http://127.1/",
        "http://0x7f000001/", "http://10.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://169.254.169.254/latest", "http://224.0.0.1/",
        "http://quay..example/", "http://-quay-.example/", "http://quay.local./", "https://quay.example\\@vk.com/",
    ],
)  # fmt: skip
def test_what_is_no_pages_address_is_refused_with_what_would_be_accepted(written: str) -> None:
    with pytest.raises(AddressRefused) as refusal:
        canonical(written)
    assert str(refusal.value).startswith("Give ")
    assert str(refusal.value).endswith(".")


def test_a_rehearsal_page_is_let_through_on_exactly_its_own_origin() -> None:
    found = canonical(f"{ORIGIN}/harbour", rehearsal_origin=ORIGIN)
    assert (found.url, found.platform, found.handle) == (f"{ORIGIN}/harbour", "rehearsal", "harbour")
    for other in (
        f"{ORIGIN}/a/b",
        f"{ORIGIN}/",
        f"{ORIGIN}/x?y=1",
        "http://127.0.0.1:8092/harbour",
        "https://127.0.0.1:8091/harbour",
    ):
        with pytest.raises(AddressRefused):
            canonical(other, rehearsal_origin=ORIGIN)


@pytest.mark.parametrize("origin", ["http://127.0.0.1", "http://10.0.0.1:8091", "http://quay.lan:8091"])
def test_no_place_but_loopback_with_a_port_can_be_the_rehearsals(origin: str) -> None:
    with pytest.raises(AddressRefused):
        canonical(f"{origin}/harbour", rehearsal_origin=origin)


def test_a_platforms_other_hosts_and_ports_are_left_alone() -> None:
    assert canonical("https://api.github.com/repos/a/b").url == "https://api.github.com/repos/a/b"
    assert canonical("https://api.github.com/repos/a/b").platform == "github"
    assert canonical("https://vk.com:8443/club1").platform == "web"
    assert canonical("https://notvk.com/club1").platform == "web"
    assert canonical("https://vk.com.evil.example/club1").platform == "web"


def test_every_platform_is_listed_once() -> None:
    keys = [fact.key for fact in PLATFORMS]
    assert len(keys) == len(set(keys))
    assert {"vk", "telegram", "google-search", "app-store", "web", "rehearsal"} <= set(keys)
    hosts = [host for fact in PLATFORMS for host in fact.hosts]
    assert len(hosts) == len(set(hosts))


_HOSTS = [host for fact in PLATFORMS for host in fact.hosts] + [
    "www.google.ru",
    "google.com.tr",
    "vkvideo.ru",
    "quay.example",
    "a.wordpress.com",
    "m.vk.com",
    "127.0.0.1",
]
_PIECES = ["club", "public", "id", "search?q=", "+", "s?__biz=MzA4&mid=1&idx=1&sn=0a0b0c0d", "p/late-0a1b2c3d", "video_ext.php?oid=-1&id=2", "wall-1_2", "w", "z", "@", "s", "watch", "v", "status", "12", "0", "Name", "..", "%2F", "%", "", "i", "search",
           "channel", "UCabcdefghijklmnop", "?", "&", "=", "#", "/", "utm_x", "\\", "é", "+abcdefg", "video-1_2", "list", ";", "{n}", "video"]  # fmt: skip


@example("HTTP:TUMBLR.COM/WWW")
@given(
    st.one_of(
        st.text(max_size=80),
        st.builds(
            lambda scheme, host, pieces: f"{scheme}://{host}/{''.join(pieces)}",
            st.sampled_from(["http", "https", "HTTPS"]),
            st.sampled_from(_HOSTS),
            st.lists(st.sampled_from(_PIECES) | st.text(alphabet=string.printable, max_size=4), max_size=8),
        ),
    )
)
def test_canonical_is_idempotent_and_raises_nothing_but_its_refusal(written: str) -> None:
    try:
        once = canonical(written)
    except AddressRefused:
        return
    assert once.url.isascii()
    assert len(once.url) <= MAX_LENGTH
    assert canonical(once.url) == once
