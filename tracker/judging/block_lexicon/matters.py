"""Words of any language that tell a filter, a report and a site's own refusal from a network's block."""

from __future__ import annotations

FILTERS = (
    r"parental (control|lock)|(web|url|content|internet|dns|network|adult content|age|school|online|family|"
    r"site) ?-?(filter|shield|security|protection)"
    r"|content (control|lock|bar)|filter(ing|ed)? (policy|by|service|system|list|level|out)|adult content|"
    r"age-?restrict|(network|system|your|school|it|lan|the|local|proxy) administrator"
    r"|administrator of (this|your)|(acceptable|internet|company|network|security|usage|access|corporate|"
    r"organi[sz]ation(al)?)[a-z' -]{0,20} polic(y|ies)"
    r"|your (organi[sz]ation|company|school|district|employer|network operator|account holder|library|institution|"
    r"isp|internet service provider)"
    r"|network operator|categor(y|ies|ized|ised|ia|ie)\b|administrator|firewall|proxy|категори[яи]|администратор|"
    r"родительск|фильтр|контент-фильтр|kategorie|jugendschutz"
    r"|filtro|filtrage|contr[oô]le parental|control parental|kindersicherung|restriction list|blocklist|"
    r"pre[_ -]defined|malware|phishing"
    r"|家长|過濾|过滤|管理员|管理員|フィルタ|管理者|관리자|유해|filtre|aile|güvenli internet|فلترة|مدیر شبکه|"
    r"المسؤول|فئة|التصنيف"
)
"""Who keeps a filter of a household, a school, a company."""

POINTING = (
    r"access (restricted|denied|blocked|prohibited) (based on|pursuant|under|by order|according)|\b(this|you|"
    r"your|requested|dear)\b|(данн|эт[оау]|запр[ао]ш|указанн|искомы|информационн|вами|вам |абонент|"
    r"пользовател|уважаем|доступ к (ресурс|интернет))"
    r"|(цей|цього|даног|запитуван|абонент)|\b(ini|anda|dituju|pelanggan)\b|\b(bu|istediğiniz|ettiğiniz|sayin)\b|"
    r"(هذا|هذه|المطلوب|عزیزی|این|مورد نظر|درخواست|مشترک|یہ|اس)"
    r"|(นี้|ท่าน|ดังกล่าว|คุณ)|(이 |해당|요청|귀하|고객)|(您|你|该|此|本网|当前|這|當前)|\b(este|esta|usted|"
    r"solicitad[oa]|"
    r"ha intentado|voc[eê]|ce site|cette|vous|questo|questa|richiest[oa]|diese|dieser|dieses|aufgerufene?n?|"
    r"angeforderte?n?)\b"
    r"|\b(ta strona|żądan|tej stron|deze|denne|denna|dette|detta|tämä|acest|ez a|az ön)|(αυτή|този|тази|ovaj|ova |"
    r"táto|tato|ეს|այս|энэ|бул|ushbu|bu |осы|бұл|này|quý|bạn)|यह|इस|আপনার|এই|यो|この|ご|お探し|ဤ|ນີ້|នេះ|hii|huu"
)
"""Words with which a page speaks to its reader, or of what the reader asked for."""

OTHER_MATTERS = (
    r"\b(cop(y|ying|ied)|reproduc|redistribut|cookies?|javascript|pop-?ups?|ads?\b|ad-?block|advert|comments?|"
    r"thread|account|profile|user (has|was|is)|card|payment|your order|shipping"
    r"|\b(akun|akaun)\b|tài khoản"
    r"|download|upload|message|sender|e-?mail|photo|posting|hotlink|scrap|automated|robots?|bots?|spam|password|"
    r"log ?in|sign ?in|subscribers?|members?|registered)"
    r"|копирован|воспроизвед|использован[а-я]* материал|перепечат|комментар|аккаунт|учетн|реклам|файлы cookie|"
    r"карт[аыу]\b|подписчик|авториз|зарегистр|войдите"
    r"|menyalin|hesabin|hesap|çerez|yorum|kopyala|reproducci|copia|cuenta|reprodu[cç]|conta\b|compte|konto|kopier|"
    r"account|riproduzion|cookie"
    r"|账号|帐号|賬號|帳號|转载|轉載|评论|登录|登入|계정|댓글|로그인|アカウント|コメント|転載|ログイン|حساب|"
    r"نسخ|کپی|تعلیق"
)
"""What a site itself blocks or forbids: a sentence about these says nothing of a network."""

NOT_A_BLOCK = (
    r"\byour ip\b|your (ip )?address (has been|was|is) (blocked|banned)|ваш(ему|его)? ip|\bray id\b|wordfence|"
    r"sucuri|cloudflare|imunify|incapsula|mod_?security|ddos|security (service|solution|check|verification)"
    r"|(site|website) owner|owner of (this|the) (web ?)?site|web application firewall|too many requests|"
    r"unusual (traffic|activity)|suspicious activity|captcha|not a robot|you have been blocked|you are blocked"
    r"|gdpr|general data protection|licen[cs]ing (restrictions|reasons|agreement)|rights ?holder|over 18|"
    r"at least 18|aged 18|are you 18|18 years|18 or older|adults only|legal age|age verification|мне (есть |"
    r"исполнилось )?18|старше 18|18 лет"
    r"|account (has been |is |was )?(suspended|blocked|disabled)|contact your hosting|hosting provider|subscribe|"
    r"subscription|paywall|sign in to|log in to (continue|view|read)|private (page|blog|profile)|войдите|"
    r"авторизуйтесь|по подписке"
    r"|directory listing|don't have permission to access|you do not have permission|apache server|nginx/|"
    r"insufficient permissions"
)
"""What a site's own shield, age gate, paywall or server says when it refuses."""

FILTER_SAYS = (
    r"(content lock|parental controls?|web ?filter|content filter|safe ?search|broadband shield|web ?safe) (is |"
    r"are |setting |has been )?(turned |switched )?on\b"
    r"|because .{0,30}(content lock|parental controls?|web ?filter)|age-restricted content (control|bar)|"
    r"restricted access to adult content|adult content (filter|bar|lock|control)s? (is|are|has)"
    r"|\bblocked by [a-z0-9 .'-]{2,40} (url|address|category|reason)|\b(url|address|"
    r"site)\b:? .{4,200}\b(category|categories|reason|policy)\b:? .{0,300}\b(blocked|denied|restricted)\b"
    r"|\b(blocked|restricted|denied)\b.{0,200}\b(url|site|address|domain)\b ?:? .{4,200}\b(category|categories|"
    r"blocked categories|policy name|rule name)\b ?[:=]"
)
"""What only the page of a filter says, however it goes on."""
