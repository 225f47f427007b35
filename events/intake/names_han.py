"""Names in Chinese that no mark sets off: behind what somebody does, before ``的账号``, at the head of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from events.intake.scene import Scene


@dataclass(frozen=True, slots=True)
class Name:
    """The words ``first`` … ``last``; ``start`` and ``end`` in characters, without quotation marks."""

    first: int
    last: int
    start: int
    end: int
    is_quoted: bool


_SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許邓鄧韩韓冯馮曹彭曾肖萧蕭田董潘袁蔡蒋蔣余于於杜叶葉程魏苏蘇吕呂丁任卢盧姚沈"
    "钟鐘姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付方邹鄒熊白孟秦邱侯江尹薛闫閻段雷龙龍黎史陶贺賀毛郝顾顧龚龔邵万萬覃武钱錢戴严嚴莫孔向常艾方童"
)
_HAN_NAME = re.compile(
    r"(?:作家|记者|記者|学者|學者|教授|律师|律師|博主|歌手|演员|演員|艺人|藝人|导演|诗人|网红|網紅|主播|评论员|評論員|活动人士|維權人士|维权人士|议员|議員|经济学家)"
    r"([\u4e00-\u9fff]{2,3}?)(?=[因在于於的、,\uff0c(\uff08被遭和及与與称稱说說之\d]|$)|"
    r"(?:^|[、,\uff0c。\s])([\u4e00-\u9fff]{2,8})(?=[(\uff08、][^。]{0,60}?等\s?\d*[个個]?[\u4e00-\u9fff]{0,4}[帐帳账賬公频頻])|"
    r"([\u4e00-\u9fff]{2,4})的(?=[\u4e00-\u9fff]{0,3}(?:账号|帳號|賬號|帐号|微博|公众号|公眾號|频道|頻道|主页))|"
    r"(?:^|\n|[。,，::的])([\u4e00-\u9fff]{2,4}?)(?=(?:昨[日天午晚]?|今[日天晨]?)?(?:在?(?:微博|推特|抖音|B站|全网|平台)上?)?(?:突然)?(?:被(?:全网|永久|销|封|禁|删|消)|遭(?:全网|永久|封|禁|删)|消失))"
)


_COMPOUND = ("司马", "欧阳", "诸葛", "上官", "司徒", "東方", "东方", "慕容", "司馬", "歐陽")
_THINGS = re.compile(r"[号號博文章帖频頻道视視应應软軟群页頁网網站信息内容用户它他她]")


def _is_called(words: str) -> bool:
    """Whether these characters are a person's name: a surname first, and nothing that can be blocked."""
    return (words[0] in _SURNAMES or words.startswith(_COMPOUND)) and not _THINGS.search(words)


def han_names(scene: Scene) -> list[Name]:
    """Names in Chinese that no mark sets off: behind what somebody does, before ``的账号``, at the head of a list."""
    found = []
    for match in _HAN_NAME.finditer(scene.passage.text):
        group = match.lastindex or 1
        words = match[group]
        if group == 3 and (words[-2:-1] in _SURNAMES or words[-3:-2] in _SURNAMES):
            start = match.start(3) + (len(words) - 3 if words[-3:-2] in _SURNAMES else len(words) - 2)
        elif group == 3 or (group == 4 and not _is_called(words)):
            continue
        else:
            start = match.start(group)
        end = match.end(group)
        found.append(Name(scene.passage.token_at(start), scene.passage.token_at(end - 1), start, end, False))
    return found
