"""What VK's messages say, in the languages of its interface. Each pattern fits from the first word of a message.

The legal notice is in Russian whatever the interface is; everything else follows the interface. Sources: see ``vk``;
the Belarusian forms and some of the English ones are from general knowledge, not verified.
"""

from __future__ import annotations

import re


def _any(*forms: str) -> re.Pattern[str]:
    return re.compile("|".join(forms), re.IGNORECASE)


_COUNTRY_RU = (
    r"(?:рф|росси(?:и|йской федерации)|(?:республики )?беларус[ьи]|белоруссии|(?:республики )?казахстана?"
    r"|украины|узбекистана|киргизии|кыргызстана|армении|турции)\b"
)
_COUNTRY_EN = r"(?:the )?(?:russian federation|russia|(?:republic of )?belarus|kazakhstan)"
_THING_RU = (
    r"(?:материал|видео(?:запись|ролик)?|запись|сообществ[оа]|групп[аы]|страниц[аы]|публикаци[яи]|пост|клип|статья"
    r"|аудиозапись|фото(?:графия)?|обсуждение|трансляция|контент|профиль)"
)
_NO_AUTHORITY = (
    "администрац|модерац|модератор|владел|автор|создател|правообладат|пользоват|сообществ|вконтакте|vk"
)
NO_AUTHORITY = _any(_NO_AUTHORITY)
_PRIVATE = rf"(?!\s+(?:{_NO_AUTHORITY}))"
"""Whose demand or decision is none of an authority's."""
_GROUND_RU = (
    r"[^.]{0,60}? (?:на основании|согласно|по|в соответствии с|во исполнение)"
    r" (?:требовани|решени|постановлени|предписани|определени|распоряжени|указани|закон)\w*\b" + _PRIVATE
)
_GROUND_EN = (
    r"[^.]{0,80}? (?:at the request of|by order of|by (?:a )?decision of|on the basis of|pursuant to|under"
    r"|as required by|following a demand (?:of|from))"
    r" (?:the |a )?(?:roskomnadzor|prosecutor|general prosecutor|court|federal|ministry|authorit|russian|local law|law)"
)

BLOCKED_HERE = _any(
    rf"(?:эт(?:от|а|о)|данн(?:ый|ая|ое)) {_THING_RU} (?:заблокирован|ограничен|недоступ)\w*"
    rf" на территории {_COUNTRY_RU}",
    rf"(?:эт\w+ |данн\w+ )?{_THING_RU} (?:был[ао]? )?(?:заблокирован|ограничен)[ао]?{_GROUND_RU}",
    rf"доступ к (?:\w+ ){{1,3}}(?:был )?(?:ограничен|заблокирован){_GROUND_RU}",
    rf"(?:ограничен|заблокирован) доступ к (?:\w+ ?){{1,3}}{_GROUND_RU}",
    r"(?:цей|даний) матеріал заблокован\w* на території (?:рф\b|росі\w+|російськ\w+ федерац\w+)",
    r"(?:гэты|дадзены) матэрыял заблакаван\w* на тэрыторыі (?:рф\b|расі\w+|расійск\w+ федэрацы\w+|рэспублікі беларусь)",
    r"this (?:material|content|post|video|community|page|profile) (?:has been |is |was )?(?:blocked|restricted)"
    rf"(?: on the territory of {_COUNTRY_EN}|(?: (?:in|within|for) {_COUNTRY_EN})?{_GROUND_EN})",
)
RULES_IN_LEGAL_WORDS = _any(
    r"запрещ[её]нн\w+ правилами сайта",
    r"нарушени\w+ правил (?:сайта|сообщества|вконтакте)",
    r"заборонен\w+ правилами сайту",
    r"порушенн\w+ правил сайту",
    r"забаронен\w+ правіламі сайта",
)
RULES_BROKEN = _any(
    r"(?:данное |это )?(?:сообщество|страница)[^.]{0,20} заблокирован[ао]? (?:в связи с|за|из-за)"
    r"[^.]{0,60}(?:нарушени|правил)",
    r"(?:ваша )?страница заблокирована за размещение информации, запрещ[её]нной правилами",
    r"(?:this )?(?:community|page|profile|user) has been (?:suspended|blocked|banned) for"
    r" [^.]{0,30}violati(?:ng|on of) the vk terms",
    r"(?:спільнот|сторінк)[ау][^.]{0,20} заблокован[оа][^.]{0,60}(?:порушенн|правил)",
    r"(?:супольнасць|суполка|старонка)[^.]{0,20} заблакаван[аы]*[^.]{0,60}(?:парушэнн|правіл)",
    r"this video is unavailable because its creator has been blocked",
    r"(?:это )?видео(?:запись)? недоступн[ао], так как е(?:е|ё|го) автор (?:был )?заблокирован",
    r"(?:цей )?відеозапис недоступний, (?:тому що|оскільки) його автор(?:а)? (?:було )?заблокован",
    r"(?:эта |данная )?(?:аудио|видео)запись (?:была )?(?:изъята|удалена) [^.]{0,40}правообладател",
    r"[^.]{0,60}(?:по (?:требованию|обращению|жалобе|заявлению)|в связи с обращением) правообладател",
    r"[^.]{0,60}заблокирован[ао]? по решению (?:администрации|модератор)",
    r"страница (?:этого )?пользователя заблокирована",
    r"сторінку користувача заблоковано",
    r"старонка карыстальніка заблакавана",
    r"(?:this )?(?:user.s )?(?:page|profile) has been blocked(?: by (?:the )?(?:site )?administration)?\W*$",
)
DELETED = _any(
    r"страница удалена либо ещ[её] не создана",
    r"(?:this )?page (?:has either been|was either|is either) deleted or not (?:been )?created yet",
    r"сторінк[ау] (?:видалено|видалена) або ще не створен[оа]",
    r"старонка (?:альбо )?выдалена[, ]+(?:або|альбо|ці) яшчэ не створана",
    r"страница (?:этого )?пользователя удалена",
    r"сторінку користувача видалено",
    r"(?:this )?(?:user.s )?(?:page|profile) (?:has been|was) deleted",
    r"(?:эта )?запись (?:была )?(?:удалена|не найдена)",
    r"(?:цей )?запис (?:було )?(?:видалено|не знайдено)",
    r"(?:this )?post (?:has been |was )?(?:deleted|not found)",
    r"(?:это )?сообщество (?:было )?удалено",
    r"(?:this )?community (?:has been |was )?deleted",
    r"(?:эта )?видеозапись (?:была )?удалена",
    r"(?:это )?видео (?:было )?удалено",
    r"(?:this )?video (?:has been|was) (?:deleted|removed by)",
    r"404 not found\W*$",
)
CLOSED = _any(
    r"это закрытый профиль",
    r"this (?:profile|account) is (?:private|closed)",
    r"this is a (?:private|closed) (?:profile|account|page)",
    r"це закритий профіль",
    r"гэта закрыты профіль",
    r"закрытая группа",
    r"(?:this is a )?(?:closed|private) (?:group|community)\b",
    r"закрита (?:група|спільнота)",
    r"закрытая суполка",
    r"это (?:частное|закрытое) сообщество",
    r"мне исполнилось 18 лет",
    r"i am (?:over )?18",
    r"страница доступна только авторизованным пользователям",
    r"(?:this )?page is (?:only )?available to (?:authori[sz]ed|logged-in) users",
    r"access to this video has been restricted by its creator",
    r"доступ к (?:этому )?видео ограничен (?:его )?(?:автором|владельцем|создателем)",
    r"please sign in to view this video",
    r"sign in to vk to view",
    r"access denied\W*$",
)
OTHER_COUNTRY = _any(
    r"(?:this|the) video (?:\S{1,60} )?is (?:unavailable|not available) in your (?:country|region)",
    r"(?:это |эта )?видео(?:запись)? недоступн[ао] в (?:вашей стране|вашем регионе)",
    r"(?:цей )?відео(?:запис)? недоступн(?:ий|е) у (?:вашій країні|вашому регіоні)",
)
FOR_NOW = _any(
    r"видео(?:запись)? временно недоступн[ао]",
    r"(?:this )?video is temporarily unavailable",
    r"відео тимчасово недоступн",
)
TITLE_OF_A_MESSAGE = _any(
    r"(?:vk|вк|вконтакте|vk видео|vk video|ошибка.{0,40}|error.{0,40}|помилка|памылка|информация|information)",
    r"(?:доступ|ограничен|этот|данный|материал|запись|сообщество|видео\w*|страница|публикация|контент|access|content"
    r"|page|post)\b.{0,40}(?:заблокирован|ограничен|недоступн|удален|blocked|restricted|unavailable|denied|deleted).{0,20}",
)
"""The title of a page that has no name of its own; used as a whole."""
