"""The words in which networks say that they block: one entry a language, written by us.

Each value is an alternation in the syntax of RE2, over text that ``block_words.folded`` made: lower case, no marks on
Arabic letters, ``ё`` as ``е``, ``ı`` as ``i``. What the five kinds of words are for stands at ``Tongue``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tongue:
    """``blocked`` can only mean a block, if it is said of ``here`` (the page that was asked for). ``closed`` means one
    only if it is said of ``access`` to it. ``title`` are whole titles. ``who`` names a law or an authority."""

    code: str
    here: str
    access: str
    blocked: str
    closed: str
    title: str
    who: str


TONGUES: tuple[Tongue, ...] = (
    Tongue(
        "ru",
        here="(данн|эт|запр[ао]шиваем|указанн|иском|выбранн)[а-я]{1,4} (вами )?(интернет[- ]|веб[- ])?"
        "(ресурс|сайт|страниц|домен|адрес|url)|(ресурс|страниц|сайт)[а-я]* по (данному|этому) (ip-)?адресу|"
        "интернет[- ]ресурс"
        "|сетевой адрес|доменное имя|адрес сайта|^(домен|ресурс|сайт|страница) за|указатель страницы",
        access="доступ к сайту,|просмотр (данн|эт|запр[ао]ш)[а-я]*|доступ[а-я]* (в сети |через сеть )?(на|к) (данн|эт|запр[ао]ш|указанн|информационн|вами|требуем|"
        "иском|выбранн|ресурс"
        "|интернет|веб|странице \\(|странице$|сайту \\()[а-я]*|доступ (был )?(за|огранич)[а-я]* "
        "(в соответствии|на основании|по решени|по требовани|во исполнение)",
        blocked="запрещен[а-я]* к просмотру|заблокир|блокировк|внесен[а-я]* в (единый |федеральный )?(реестр|список|перечень)|"
        "включен[а-я]* в (единый |федеральный )?(реестр|список)",
        closed="ограничен|запрещен|закрыт|прекращен|приостановлен|недоступен|невозмож",
        title="доступ (к (данному |этому |запрашиваемому |указанному )?(информационному |интернет[- ]?)?(ресурсу|"
        "сайту|странице) )?"
        "(ограничен|запрещен|закрыт|заблокирован)[ !.]*|(данный |этот |интернет[- ]?)?(ресурс|сайт|домен|"
        "страница)( по данному адресу)? "
        "(за?блокирован|запрещен)[ао]?[ !.]*|ограничение доступа( к (сайту|ресурсу))?|(сайт|ресурс|"
        "страница) заблокирован[а-я]* .*|блокировка ресурса",
        who="роскомнадзор|ркн\\b|rkn\\.gov|zapret-?info|минюст|федеральн[а-я]+ (закон|служб|спис)|"
        "закон[а-я]*( рф| российской| республики)"
        "|законодательств|\\d+[- ]?фз|решени[а-я]+ (суд|уполномоч|орган|государств|генерал|прокур)|"
        "по решению органов|прокурат"
        "|един[а-я]+ реестр|реестр[а-я]* (доменн|запрещ|нарушит)|орган[а-я]* государственн|государством|"
        "правоохранительн"
        "|министерств|мининформ|постановлени|надзор|экстремистск|территории (рф|российской|республики|страны)",
    ),
    Tongue(
        "uk",
        here="(цей|даний|цього|даного|запитуван[а-яії]+|вказан[а-яії]+) (веб-?|інтернет[- ])?(ресурс|сайт|"
        "сторінк|домен)[а-яії]*|веб-?ресурс",
        access="доступ[у]? (до|на) (цього|даного|запитуван|вказан|інформаційн|веб|ресурс|інтернет|сайту,)[а-яії]*",
        blocked="заблок|блокуєт|внесен[а-яії]* до (реєстру|переліку|списку)",
        closed="обмежен|заборонен|закрит|припинен|неможлив",
        title="доступ (до (цього |даного )?(ресурсу|сайту|сторінки) )?(обмежено|заборонено|заблоковано|закрито)[ !.]*"
        "|(ресурс|сайт|сторінку) заблоковано[ !.]*",
        who="указ[а-яії]* президента|рнбо|санкці|закон[а-яії]* україни|рішенн[а-яії]+ (суд|рнбо|ради|нцу|нкек)|"
        "нцу\\b|нкек|нкрзі"
        "|розпорядженн|центр[а-яії]* оперативно|прокуратур|міністерств|на території україни|законодавств",
    ),
    Tongue(
        "be",
        here="(гэты|дадзены|запытан[а-яіў]+) (інтэрнэт-|вэб-)?(рэсурс|сайт|старонк)[а-яіў]*|інтэрнэт-рэсурс",
        access="доступ да (гэтага|дадзенага|запытан|інфармацыйн|інтэрнэт|рэсурс)[а-яіў]*",
        blocked="заблакіраван|заблякаван|блакіраванн",
        closed="абмежаван|забаронен|закрыт",
        title="доступ (да (рэсурсу|сайта) )?(абмежаваны|забаронены|закрыты)[ !.]*",
        who="міністэрств|мінінфарм|закон[а-яіў]*|рашэнн[а-яіў]+|пракуратур|суда|рэспублікі беларусь|указ[а-яіў]*",
    ),
    Tongue(
        "kk",
        here="(бұл|осы|аталған|сұралған) (интернет-?|веб-?)?(ресурс|сайт|бет|парақша)[а-яәғқңөұүһі]*|интернет-ресурс",
        access="(сайтқа|ресурсқа|ресурсына|бетке|ресурстарына) (кіру|қол жеткізу|қолжетімділік)|қолжетімділік",
        blocked="бұғатта|блокта",
        closed="шектел|тыйым салын|жабыл|тоқтатыл",
        title="(сайт|ресурс|бет|қолжетімділік|кіру) (бұғатталған|шектелген|шектелді)[ !.]*",
        who="заң|сот шешімі|соттың|министрліг|комитет|прокуратура|қазақстан республикасы",
    ),
    Tongue(
        "uz",
        here="(ushbu|bu|so.ralgan|mazkur) (internet[- ]?|veb[- ]?)?(resurs|sayt|sahifa|manba)[a-z]*"
        "|(ушбу|мазкур|бу) (интернет[- ]?|веб[- ]?)?(ресурс|сайт|саҳифа)[а-яўқғҳ]*",
        access="(resurs|sayt|sahifa|manba)(ga|lariga)? (kirish|ulanish|foydalanish)|(ресурс|сайт|"
        "саҳифа)га (кириш|уланиш)",
        blocked="bloklan|blokirovka|to.sib qo.yil|блокланган|тўсиб қўйил",
        closed="cheklan|taqiqlan|yopilgan|чекланган|тақиқланган",
        title="(sayt|resurs|sahifa) bloklangan[ !.]*|kirish (cheklangan|taqiqlangan)[ !.]*",
        who="qonun|qaror|sud |vazirlig|prokuratura|reestr|respublikasi|agentligi|қонун|қарор|вазирлиг|прокуратура",
    ),
    Tongue(
        "en",
        here=r"\b(this|that|(the |your )?requested|the following) (web ?)?(site|page|url|address|domain|location|content|link|"
        r"resource|website|webpage)|\bthe (web ?)?(site|page|url|address|domain|location|content|resource)( that| which)? (you|has been "
        r"(blocked|restricted)|is (blocked|restricted|prohibited)|requested)|\byou (have |are |were )?(tried|attempted|trying|attempting) to|"
        r"\byour request|^(web ?)?(page|site|url|website|domain) (is |was |has been )?(blocked|restricted)|blocked (url|site|website|page|domain)",
        access=r"\baccess to (this|that|the requested|your requested|requested|information|the (web ?)?(site|page|location|content|url|domain|"
        r"resource|address)s?\b)|\byour access (to|has|is|was)\b|\baccess (is |was |has been )?(blocked|denied|restricted|disabled|prohibited|"
        r"forbidden|limited|suspended) (by|under|pursuant|due|in accordance|according|because|for|based on)"
        r"|\b(this|the|that|your requested) (web ?)?(site|page|url|content|resource)( you .{1,60})? (is|are) (not|un|in)\w*|contains (content|material|"
        r"information)? ?(that|which)? ?(is|are)? ?(prohibited|illegal|unlawful|objectionable)|(pages?|sites?|websites?) (are|is) (restricted|"
        r"prohibited|banned) (for|from|in)|\bprohibited (for|from) view|restricted site|\byou (are|were) trying to (access|visit|reach|view|open)",
        blocked=r"\b(blocked|block listed|blocklisted|blacklisted|block page|blocking this|been filtered|page is filtered|site is filtered|"
        r"is censored|been banned)\b",
        closed=r"\b(denied|restricted|prohibited|prohibits|forbidden|disabled|suspended|not accessible|inaccessible|not available|"
        r"unavailable|banned|limited|not permitted|violates?|in violation|illegal|unlawful|objectionable|inappropriate)\b",
        title=r"((this |the |your requested )?(url|site|website|web site|page|web page|webpage|domain|content|resource)( you requested)?|access( to (this|"
        r"the) (site|website|page|web ?page|url))?) (is |was |has been )?(blocked|restricted|prohibited|banned|filtered)[ !.]*"
        r"|blocked (url|site|website|page|content|domain)|(web|url) ?(site )?block(ed)? ?(page|notice|notification)?|restricted (site|website|page)|"
        r"block ?page|surf safely!?|unavailable (for|due to) legal reasons|blocking notice",
        who=r"\b(laws?|legal|illegal|unlawful|legislation|act|statut\w+|court|judg\w+|tribunal|government|ministry|minister|ministerial|"
        r"authorit(y|ies)|regulat(ion|ions|or|ory)|directive|decree|department of|commission|prosecutor|police|telecommunications?|"
        r"national|public order|pursuant to|in compliance|cyber ?crime)\b",
    ),
    Tongue(
        "id",
        here="(situs|website|web|laman|halaman|alamat|domain|konten|url)( web| web ini| internet)? (ini|tersebut|"
        "tujuan|yang|yg|anda|terlarang)|permintaan alamat",
        access="akses (anda )?(ke|menuju|pada|terhadap|situs|internet)( [a-z]+)? ?(situs|website|halaman|laman|"
        "ini|konten|domain|url)?|akses ditutup|akses anda|(tidak|tdk) (dapat|bisa) (di ?akses|dibuka|dikunjungi)",
        blocked="di ?blok|blokir|masuk (dalam )?daftar (hitam|blokir)|terblokir|internet (sehat|positif|baik)|"
        "situs terlarang|konten negatif|negatif konten|nawala",
        closed="ditutup|dibatasi|dilarang|terlarang|menutup|(tidak|tdk) (dapat|bisa) (di ?akses|dibuka|"
        "dikunjungi)|dialihkan",
        title="(situs|website|halaman|akses|konten|laman)( anda)? (di ?blokir|terblokir|terlarang|ditutup|"
        "dilarang)[ !.]*|internet (sehat|positif|baik)( .*)?|(halaman )?blokir|negatif konten|konten negatif",
        who="peraturan|perundang|undang[- ]undang|\\buu (no|ite)|kominfo|komdigi|kemkominfo|komunikasi dan|"
        "kementerian|menteri|pemerintah|trust ?\\+? ?positif|internet (sehat|positif|baik)"
        "|pornografi|\\bjudi\\b|perjudian|konten negatif|negatif konten|regulasi",
    ),
    Tongue(
        "ms",
        here="(laman|tapak) (sesawang|web) (ini|tersebut)|laman ini|kandungan ini",
        access="(tidak|tak) (dapat|boleh) (di ?akses|dilayari|dibuka)|akses (ke|kepada) (laman|tapak|kandungan)",
        blocked="disekat|di sekat|penyekatan",
        closed="(tidak|tak) (dapat|boleh) (di ?akses|dilayari)|dihalang|melanggar",
        title="(laman|tapak) (sesawang|web)?( ini)? ?(telah )?disekat[ !.]*|makluman ?/ ?notification",
        who="undang-undang|suruhanjaya|skmm|mcmc|akta|kerajaan|mahkamah|melanggar",
    ),
    Tongue(
        "tr",
        here="(bu|eriştiğiniz|erişmek istediğiniz|girmek istediğiniz|ulaşmak istediğiniz|talep ettiğiniz|"
        "istediğiniz)( internet| web)? ?(site|sayfa|adres|içeri|alan ad)[a-zçğiöşü]*|internet sitesi hakkinda",
        access="(siteye|sayfaya|siteye ait|adrese|içeriğe|sitesine) erişim|erişim[a-zçğiöşü]*",
        blocked="engellen|engelli|engelleme karar|erişime kapat|erişime engel",
        closed="kapatil|kisitlan|yasaklan|durdurul|tedbir|mümkün değil",
        title="(bu )?(siteye |sayfaya |internet sitesine )?eriş[a-zçğiöşü]* (engellen|kisitlan|"
        "yasaklan)[a-zçğiöşü]*[ !.]*|(site|sayfa|internet sitesi) engellendi[ !.]*|erişim engeli",
        who="kanun|mahkeme|hakimli|idari tedbir|savcilig|bilgi teknolojileri|telekomünikasyon|\\bbtk\\b|"
        "\\btib\\b|başkanliğ|karari|sayili|5651",
    ),
    Tongue(
        "az",
        here="(bu|istədiyiniz) (internet|veb)? ?(sayt|səhifə|resurs)[a-zəçğiöşü]*",
        access="(sayta|səhifəyə|resursa|sayt[a-z]*) (giriş|daxil olma|çıxış)",
        blocked="bloklan|bloka düş",
        closed="məhdudlaşdiril|qadağan",
        title="(sayt|giriş) (bloklanib|bloklanmişdir|məhdudlaşdirilib|qadağandir)[ !.]*",
        who="qanun|məhkəmə|nazirliy|prokurorluq|respublikasi",
    ),
    Tongue(
        "ar",
        here="(هذا|هذه|الموقع|الصفحه|الرابط|العنوان|المحتوي)( ال[ء-ي]+)? ?(المطلوب|المطلوبه|الذی|التی|الموقع|"
        "الصفحه|الرابط|محجوب|المحتوی|غیر)?",
        access="(الوصول|الدخول|الولوج|النفاذ) (الی|إلی|ل)|الموقع (المطلوب )?غیر متاح|الصفحه (المطلوبه )?غیر متاح|"
        "غیر متاح (فی|داخل)|تصفح",
        blocked="محجوب|حجب|تحجب|محظور|حظر",
        closed="ممنوع|غیر متاح|مقید|یتعارض|مخالف|غیر مسموح|منع ",
        title=".*(العنوان|الموقع|الصفحه|الرابط|هذا الموقع|هذه الصفحه) (محجوب|محظور|محجوبه|محظوره)( .*)?|"
        "موقع محجوب|صفحه محجوبه|تصفح بامان",
        who="هیئه|هییه|وزاره|القانون|قانون|قوانین|انظمه|الانظمه|محکمه|النیابه|سلطه|لوائح|سیاسه|ضوابط|تنظیم|"
        "الاتصالات|الداخلیه|حکوم|المملکه|الدوله|الاخلاق|خدمه الانترنت",
    ),
    Tongue(
        "fa",
        here="(این|وب ?سایت|سایت|صفحه|تارنما|پایگاه|نشانی)( [ء-ی]+)? ?(مورد نظر|درخواستی|درخواست شده|اینترنتی|این)?",
        access="دسترسی (به|شما)|مشترک گرامی|کاربر گرامی",
        blocked="فیلتر|مسدود|پالایش",
        closed="محدود|(امکان ?پذیر|ممکن|مقدور|میسر) ?(نیست|نمی ?باشد)|غیرمجاز|ممنوع",
        title="(سایت|صفحه|این سایت|دسترسی)?.*(مسدود|فیلتر|محدود) (شده|است|شد).*|پیوندها|فیلترینگ",
        who="قانون|قوانین|جرایم رایانه|کارگروه|قضایی|دادگاه|دستور|محتوای مجرمانه|مصادیق|پیوندها|جمهوری|وزارت|"
        "مقررات|پلیس|internet\\.ir|peyvandha",
    ),
    Tongue(
        "ur",
        here="(یہ|اس|مطلوبہ) (ویب ?سائٹ|ویب سایٹ|سائٹ|صفحہ|مواد|لنک)",
        access="(رسائی|رسایی)",
        blocked="بلاک|مسدود",
        closed="ممنوع|محدود|ناقابل رسائی|پابندی",
        title=".*(سائٹ|ویب سائٹ|صفحہ) (بلاک|بند|مسدود).*",
        who="قانون|پی ٹی اے|عدالت|حکومت|اتھارٹی|پاکستان",
    ),
    Tongue(
        "he",
        here="(אתר|דף|האתר|הדף|כתובת|תוכן)( האינטרנט)? ?(זה|המבוקש|הזה|שביקשת)?",
        access="(הגישה|גישה) (ל|אל)",
        blocked="נחסם|חסום|חסומה|נחסמה|חסימת",
        closed="מוגבל|אסור|הוגבל",
        title="(האתר|אתר|הדף|הגישה|גישה).* (נחסם|חסום|חסומה|נחסמה).*",
        who="צו |בית ה?משפט|חוק|משטר|הוראת|רשות|משרד",
    ),
    Tongue(
        "hi",
        here="(यह|इस|आपके द्वारा|अनुरोधित) ?(अनुरोधित )?(वेबसाइट|साइट|पृष्ठ|पेज|यूआरएल|url|वेब)|यूआरएल|url",
        access="(तक पहुंच|तक पहुँच|पहुंच|एक्सेस)",
        blocked="ब्लॉक|अवरुद्ध|अवरोधित",
        closed="प्रतिबंधित|निषिद्ध|बंद",
        title=".*(वेबसाइट|साइट|पृष्ठ|यूआरएल|url) .*(ब्लॉक|अवरुद्ध|प्रतिबंधित).*",
        who="दूरसंचार|सरकार|न्यायालय|अदालत|कानून|अधिनियम|विभाग|मंत्रालय|आदेश|निर्देश",
    ),
    Tongue(
        "bn",
        here="(এই|অনুরোধকৃত) (ওয়েবসাইট|ওয়েবসাইট|সাইট|পাতা|পেজ)",
        access="(প্রবেশ|প্রবেশাধিকার)",
        blocked="ব্লক|অবরুদ্ধ",
        closed="নিষিদ্ধ|বন্ধ|সীমিত",
        title=".*(ওয়েবসাইট|ওয়েবসাইট|সাইট).*(ব্লক|বন্ধ).*",
        who="বিটিআরসি|সরকার|আইন|আদালত|মন্ত্রণালয়|মন্ত্রণালয়|নির্দেশ",
    ),
    Tongue(
        "ne",
        here="(यो|यस|अनुरोध गरिएको) (वेबसाइट|साइट|पृष्ठ|पेज)",
        access="पहुँच",
        blocked="ब्लक|अवरुद्ध|रोक लगाइ",
        closed="प्रतिबन्ध|बन्द|निषेध",
        title=".*(वेबसाइट|साइट).*(ब्लक|बन्द).*",
        who="प्राधिकरण|सरकार|मन्त्रालय|कानुन|ऐन|अदालत|निर्देशन",
    ),
    Tongue(
        "th",
        here="เว็บไซต์นี้|เว็บไซต์ที่|เว็บไซต์ดังกล่าว|เว็บเพจนี้|หน้านี้|ข้อมูลดังกล่าว|เนื้อหานี้|เว็บไซด์นี้|"
        "url นี้|เว็บที่ท่าน|เว็บไซต์",
        access="การเข้าถึง|เข้าชม|การเข้าชม|เข้าใช้|ไม่สามารถเข้า",
        blocked="ถูกปิดกั้น|ปิดกั้น|ระงับ|บล็อก|บล๊อก|ถูกปิด",
        closed="ไม่เหมาะสม|ต้องห้าม|ห้าม|ผิดกฎหมาย|ขัดต่อ|ไม่สามารถ",
        title=".*(ถูกปิดกั้น|ถูกระงับ|ระงับการ).*",
        who="กระทรวง|กฎหมาย|พ\\.ร\\.บ|พระราชบัญญัติ|คำสั่งศาล|ศาล|กสทช|ตำรวจ|ดิจิทัลเพื่อเศรษฐกิจ|ราชอาณาจักร|"
        "ความมั่นคง",
    ),
    Tongue(
        "lo",
        here="ເວັບໄຊ(ນີ້|ທ໌ນີ້|ທີ່)?|ໜ້ານີ້",
        access="ການເຂົ້າເຖິງ|ເຂົ້າເບິ່ງ",
        blocked="ຖືກບລັອກ|ຖືກປິດກັ້ນ|ບລັອກ|ຖືກປິດ",
        closed="ຫ້າມ|ຈຳກັດ",
        title=".*(ຖືກປິດກັ້ນ|ຖືກບລັອກ).*",
        who="ກົດໝາຍ|ກະຊວງ|ສານ|ລັດຖະບານ",
    ),
    Tongue(
        "km",
        here="(គេហទំព័រ|វេបសាយ|វិបសាយ|ទំព័រ)(នេះ|ដែល)?",
        access="ការចូល|ចូលទៅ|ចូលមើល",
        blocked="រារាំង|ទប់ស្កាត់|បិទ|ប្លុក",
        closed="ហាម|មិនអាច|កម្រិត",
        title=".*(ត្រូវបាន)?(រារាំង|ទប់ស្កាត់).*",
        who="ក្រសួង|ច្បាប់|តុលាការ|និយ័តករ|រដ្ឋាភិបាល",
    ),
    Tongue(
        "vi",
        here="(trang|website|địa chỉ|nội dung|đường dẫn|tên miền)( web| thông tin)? (này|mà|bạn|quý|đang|trên)",
        access="(truy cập|truy nhập) (vào|đến|tới|trang|website|nội dung|của)",
        blocked="bị chặn|đã chặn|ngăn chặn|bị khóa|bị khoá|đã bị (chặn|khóa)",
        closed="bị cấm|hạn chế|không được phép|vi phạm|bị từ chối",
        title="(trang|website|truy cập|trang web).* bị (chặn|cấm|khóa|hạn chế).*",
        who="pháp luật|luật|bộ (thông tin|công an|văn hóa)|nghị định|cơ quan|quy định|tòa án|toà án|sở thông tin|"
        "cục ",
    ),
    Tongue(
        "my",
        here="ဤ ?url|ဤ ?(ဝဘ်ဆိုက်|ဝက်ဘ်ဆိုက်|စာမျက်နှာ|website)|ဒီ ?(ဝဘ်ဆိုက်|ဝက်ဘ်ဆိုက်|စာမျက်နှာ)|စာမျက်နှာ|"
        "ဝဘ်ဆိုက်|ဝက်ဘ်ဆိုဒ်",
        access="ကြည့် ?ရှု|ဝင်ရောက်|၀င်ရောက်",
        blocked="ပိတ် ?ပင်|ပိတ်ထား|ပိတ်ဆို့|တားဆီး",
        closed="ခွင့်မပြု|တားမြစ်|မရှိပါ|မရပါ",
        title=".*(ပိတ်ပင်|ပိတ်ထား|ပိတ်ဆို့).*",
        who="ဝန် ?ကြီး ?ဌာန|၀န် ?ကြီး ?ဌာန|ညွှန်ကြား|ညွန် ?ကြား|ဥပဒေ|တရားရုံး|အစိုးရ",
    ),
    Tongue(
        "ko",
        here="(이|해당|요청하신|접속하신|접속하려는|현재|귀하가|귀하께서) ?(접속하려는|접속하고자 하는|요청한)? ?(사이트|웹 ?사이트|페이지|정보|인터넷)|불법·?유해|정보\\(사이트\\)",
        access="접속이|접속을|접근이|접근을|접속하려는|접속하고자|열람",
        blocked="차단",
        closed="제한|금지|불가",
        title=".*(사이트|접속|접근|페이지|불법|유해).{0,12}차단.*|차단 ?안내.*",
        who="방송통신|방송미디어통신|방미통위|심의위원회|법률|법령|경찰|관련 ?법|불법|게임물관리|사행산업|정보통신망|식품의약품",
    ),
    Tongue(
        "ja",
        here="(この|お探しの|ご指定の|要求された|当該|アクセスしようとした)(ウェブ|web)? ?(サイト|ページ|url)",
        access="(へ|への|する)(の)?(アクセス|閲覧|接続)",
        blocked="ブロック|遮断|フィルタリング",
        closed="制限|禁止|できません",
        title=".*(アクセス|サイト|ページ|閲覧).{0,8}(ブロック|遮断|制限|規制).*",
        who="法律|法令|政府|裁判所|警察|児童ポルノ",
    ),
    Tongue(
        "zh",
        here="(该|此|本|您(所|要|正在|请求)?(访问|浏览|請求|請求的|访问的)?的?|您(所|欲|要|正在)?(造訪|瀏覽|存取|連線)的?|當前|当前|這個|这个)(网站|网页|页面|域名|网址|"
        "链接|站点|網站|網頁|頁面|網址|連結|網域)",
        access="(访问|浏览|連線|存取|造訪|瀏覽)(已|被|此|该|本|受)|无法(访问|浏览)|無法(存取|瀏覽|連線)|(禁止|限制)(访问|訪問|存取|連線|瀏覽|浏览)"
        "|您(所|正|欲|要)?(在)?(访问|訪問|瀏覽|造訪|存取)",
        blocked="屏蔽|封锁|封鎖|被封|阻断|阻斷|被拦截|已拦截|停止解析|停止解析|凍結|限制解析|封堵|關閉網站|暂停访问|暫停連線",
        closed="禁止|限制|暂时无法|暂停|不予|涉嫌违法|違法|违法|违规|詐騙|诈骗",
        title=".*(网站|网页|页面|访问|網站|網頁|連線).{0,6}(被)?(屏蔽|封锁|封鎖|拦截|阻断|阻斷|禁止|限制).*|(禁止访问|网站访问报错|網站已被查扣|停止解析)",
        who="法律|法规|法規|条例|條例|公安|政府|监管|監管|管理局|部门|部門|法院|工信部|通信管理|網信|网信|备案|備案|法務部|調查局|警政|刑事|電信",
    ),
    Tongue(
        "es",
        here="(est[ae]|el|la) (sitio|p[aá]gina|web|url|contenido|dominio|direcci[oó]n)( web)?( (que|al|a la|"
        "solicitad[oa]|est[aá]|ha|se))?|(sitio|p[aá]gina)( web)? (solicitad[oa]|no permitid[oa])",
        access="(el )?acceso (a|al|a la|a este|a esta) ?(este|esta|p[aá]gina|sitio|web|contenido|url|dominio|"
        "portal)?",
        blocked="bloquead|bloqueo|bloqueó",
        closed="restringid|prohibid|denegad|suspendid|inaccesible|cerrad|limitad",
        title="(acceso|sitio|p[aá]gina|web|contenido|url|dominio)( web)?( a (este|esta|la) (sitio|p[aá]gina|"
        "web))?( ha sido| est[aá])? (bloquead|restringid|denegad|prohibid)[oa](.*)",
        who="\\bley(es)?\\b|orden judicial|juzgado|tribunal|autoridad|ministerio|resoluci[oó]n|decreto|judicial|"
        "conatel|audiencia|polic[ií]a|guardia civil|gobierno|reglament|normativa|superintendencia|fiscal[ií]a|"
        "juegos? ilegal|legislaci[oó]n",
    ),
    Tongue(
        "pt",
        here="(est[ea]|o|a) (site|s[ií]tio|p[aá]gina|conte[uú]do|url|dom[ií]nio|endere[cç]o)( web)?( (que|foi|"
        "est[aá]|solicitad[oa]|a que))?",
        access="(o )?acesso (a|ao|à|a este|a esta) ?(este|esta|site|s[ií]tio|p[aá]gina|conte[uú]do|endere[cç]o)?",
        blocked="bloquead|bloqueio|bloqueou",
        closed="restrit|proibid|negad|suspens|inacess[ií]vel|interdit",
        title="(acesso|site|s[ií]tio|p[aá]gina|conte[uú]do)( a(o)? (este )?(site|s[ií]tio))?( foi|"
        " est[aá])? (bloquead|restrit|negad|proibid|suspens)[oa](.*)",
        who="\\blei(s)?\\b|ordem judicial|tribunal|justi[cç]a|judicial|autoridade|minist[eé]rio|decis[aã]o|"
        "anatel|anacom|igac|pol[ií]cia|governo|srij|jogo ilegal|regulament|legisla[cç][aã]o|supremo",
    ),
    Tongue(
        "fr",
        here="(ce|le|cette|la) (site|page|contenu|adresse|url|domaine)( internet| web)?( (que vous|auquel|"
        "demand[eé]e?|est|a [eé]t[eé]))?",
        access="l.acc[eè]s (a|à|au|aux) ?(ce|cette|site|page|contenu|la)?|acc[eè]s (au|à ce|à cette) (site|page)",
        blocked="bloqu[eé]|blocage|filtr[eé]e? par",
        closed="interdit|restreint|suspendu|refus[eé]|limit[eé]|inaccessible",
        title="(acc[eè]s|site|page|contenu)( (au|à ce|à cette) (site|page))?( est| a [eé]t[eé])? (bloqu|interdit|"
        "restreint|suspendu|filtr)[eé]?[a-z]*(.*)",
        who="\\blois?\\b|d[eé]cision|tribunal|justice|judiciaire|autorit[eé]|minist[eè]re|arcom|arjel|\\banj\\b|"
        "arcep|police|r[eé]glementation|gouvernement|juridi|terrorisme|p[eé]dopornograph|code p[eé]nal|"
        "l[eé]gislation",
    ),
    Tongue(
        "de",
        here="(diese|die|dieser|angeforderte|aufgerufene|gewünschte|die aufgerufene|die angeforderte|"
        "dieses)[a-z]* (web-?|internet-?)?(seite|site|website|webseite|internetseite|url|domain|adresse|inhalt|"
        "inhalte|angebot)",
        access="(der |ihr )?(zugriff|zugang) (auf|zu) (die|diese|dieser|das|den|aufgeruf|angeford)[a-z]*",
        blocked="gesperrt|blockiert|geblockt|sperrung|netzsperre|sperrseite",
        closed="verweigert|eingeschränkt|untersagt|verboten|nicht (erlaubt|gestattet|zugelassen|möglich)",
        title="(web-?|internet-?)?(seite|site|website|webseite|zugriff|zugang|inhalt|url)( wurde|"
        " ist)? (gesperrt|blockiert|verweigert|geblockt|eingeschränkt)[ !.]*|sperrseite",
        who="gesetz|gericht|behörd|anordnung|urheberrecht|bundes|ministerium|landesmedienanstalt|bnetza|"
        "clearingstelle|polizei|verordnung|rechtlich|glücksspiel|richtlinie der|beschluss|§",
    ),
    Tongue(
        "it",
        here="(il|questo|la|questa|l.) ?(sito|pagina|contenuto|indirizzo|url|dominio|accesso)( web|"
        " internet)?( (che|è|e|richiest[oa]|non))?",
        access="l.accesso (a|al|alla|allo|ai) ?(sito|pagina|presente|questo|questa|contenuto)?|accesso al sito|"
        "sito( web)? non (è )?(raggiungibile|accessibile)",
        blocked="bloccat|oscurat|inibit|inibizione|sequestrat|blocco",
        closed="vietat|negat|sospes|non (è )?(raggiungibile|autorizzat|consentit|accessibile)|"
        "privo delle autorizzazioni|limitat",
        title="(accesso|sito|pagina|contenuto)( web| al sito)?( è stato| è)? (bloccat|oscurat|sequestrat|negat|"
        "inibit|vietat)[oa](.*)|.*stop page",
        who="\\blegg[ei]\\b|autorit[aà]|tribunale|decreto|agcom|aams|\\badm\\b|dogane|monopoli|"
        "guardia di finanza|polizia|procura|provvedimento|giudiziari|consob|ministero|normativa|delibera",
    ),
    Tongue(
        "pl",
        here="(ta|ta|strona|żądana|witryna|podana|domena)( internetowa| www)? ?(strona|witryna|domena|której|do|"
        "została|jest)",
        access="dostęp do (tej|strony|witryny|treści|żądan|serwisu|niniejsz)[a-ząćęłńóśźż]*",
        blocked="zablokowan|blokad|wpisan[ae] do rejestru",
        closed="ograniczon|zabronion|wstrzyman|zakazan",
        title="(strona|witryna|dostęp|domena)( została| został| jest)? (zablokowan|ograniczon|zabronion)[aey](.*)",
        who="ustaw|sąd|ministerstw|rejestr|prokuratur|minister|urząd|hazard|cert polska|organ(u|ów|y|ami)? (państw|nadzor|ścig|właśc)|prawo",
    ),
    Tongue(
        "nl",
        here="(deze|de) (web)?(site|pagina|website|webpagina|inhoud|url)",
        access="(de )?toegang tot (deze|de) (web)?(site|pagina|website|inhoud)",
        blocked="geblokkeerd|blokkade",
        closed="ontzegd|beperkt|verboten|niet toegestaan|afgesloten",
        title="(site|website|pagina|toegang)( is)? (geblokkeerd|geweigerd|beperkt)[ !.]*",
        who="\\bwet\\b|wetgeving|rechtbank|rechter|vonnis|gerechtelijk|autoriteit|ministerie|politie|verordening|"
        "kansspel|overheid|sancties",
    ),
    Tongue(
        "nordic",
        here="(denne|dette|denna|detta|den|siden|sidan|siden du|sidan du|hjemmesiden|webbplatsen|nettsiden|"
        "nettstedet|hjemmeside|tämä|sivusto)( (side|sida|hjemmeside|webbplats|nettside|nettsted|websted|sivu|"
        "sivusto|som|du))?",
        access="(adgang|tilgang|åtkomst|tillgång|pääsy) (til|till|tälle)? ?(denne|denna|dette|siden|sidan|"
        "hjemmesiden|webbplatsen|sivustolle)?",
        blocked="blokeret|blokkert|blockerad|spærret|sperret|spärrad|stoppet|estetty|stängts",
        closed="begrænset|begrenset|begränsad|forbudt|nægtet|nektet|nekad|kielletty",
        title="(siden|sidan|hjemmesiden|nettsiden|adgang|tilgang|åtkomst|denne side|sivusto|stopp?)!?.*(blokeret|"
        "blokkert|blockerad|spærret|sperret|spärrad|estetty).*",
        who="politi|polis|\\blov|\\blag(en)?\\b|domstol|fogedret|kendelse|myndighed|myndighet|kripos|fogedforbud|"
        "spillemyndigheden|poliisi|laki|tuomioistuin|børneporno|barnporr",
    ),
    Tongue(
        "balkan",
        here="(acest|această|aceasta|acestui|această|pagina|site-ul|ez a|az ön|a keresett|αυτή|αυτη|η|този|тази|"
        "ta|ova|ovaj|táto|tato|tento|této)[a-zăâîșțşţáéíóöőúüűčćšžđýěůα-ωάέήίόύώа-я-]*"
        " (site|pagină|pagina|web|oldal|weboldal|honlap|ιστοσελίδα|σελίδα|ιστότοπος|сайт|страница|stranica|stran|"
        "stránka|stránky|sajt|doména|domény|adresa)[a-zα-ωа-я-]*"
        "|site-ul|weboldal|ιστοσελίδα|ιστότοπο[υς]*|webov[éá]{1,2} str[áa]nk[ya]",
        access="accesul (la|către)|(az oldalhoz|weboldalhoz|tartalomhoz|oldal).{0,20}(hozzáférés|elérés)|"
        "(hozzáférést|elérhetősége)|(η )?πρόσβαση (σε|στην|στον|στο)|достъпът до|достъп до|pristup (ovoj|"
        "stranici|sadržaju|web)|dostop do|přístup (k|na)|prístup (k|na)",
        blocked="blocat|blokkol|letilt|αποκλει|αποκλεισ|блокиран|blokiran|zablokov|blokov|onemogočen|onemoguć",
        closed="restricționat|restrictionat|interzis|korlátoz|hozzáférhetetlen|megszüntet|περιορισ|απαγορ|"
        "ограничен|спрян|ograničen|zabranjen|omejen|zakázán|omezen|obmedzen|znemožněn",
        title=".*(blocat|blokkolva|letiltva|αποκλεισμένη|αποκλεισμένος|блокиран|blokirana|blokiran|zablokována|"
        "zablokovaná)[ !.]*",
        who="\\blege|ordin|hotăr|onjn|autorit|törvény|bíróság|hatóság|határozat|nav\\b|ügyészség|νόμο|νομοθ|"
        "δικαστ|επιτροπή|εεεπ|υπουργ|закон|комиси|съд|министерств|zakon|sud[au]?\\b|sodišč|ministerstv|zákon|"
        "soud|súd|rozhodnut|agencij|uprav[ae]|finanč",
    ),
    Tongue(
        "caucasus",
        here="(ეს|აღნიშნული|მოთხოვნილი) (საიტი|ვებ-?გვერდი|გვერდი)|ვებ-?გვერდი|(այս|տվյալ) (կայք|էջ)[ա-և]*|"
        "կայք[ա-և]*",
        access="(წვდომა|წვდომის)|մուտք[ա-և]*|հասանելիություն[ա-և]*",
        blocked="დაბლოკ|იბლოკება|արգելափակ",
        closed="შეზღუდულ|აკრძალულ|սահմանափակ|արգելվ",
        title=".*(დაბლოკილია|შეზღუდულია|արգելափակված).*",
        who="კანონ|სასამართლო|კომისი|სამინისტრო|օրենք|դատարան|նախարար|հանձնաժողով",
    ),
    Tongue(
        "mn-ky-tg",
        here="(энэ|таны хандсан|бул|сиз сураган|ин|мазкур) (вэб|веб|интернет)?[- ]?(сайт|хуудас|барак|баракча|"
        "ресурс|сомона|саҳифа)[а-яөүңқғҷӣӯҳ]*",
        access="(сайтад|сайтка|ресурска|хуудсанд) (хандах|кирүү|нэвтрэх)|дастрасӣ ба|хандалт|кирүү мүмкүнчүлүгү",
        blocked="хаагд|бөгөттөл|блоклон|блоктол|масдуд|блок карда",
        closed="хязгаарла|чектел|тыюу салын|маҳдуд|манъ",
        title=".*(хаагдсан|бөгөттөлгөн|масдуд).*",
        who="хууль|шүүх|зохицуулах хороо|мыйзам|сот|министрлиг|прокуратура|қонун|суд|вазорат|хадамоти алоқа",
    ),
    Tongue(
        "tl-sw-am",
        here="(ang )?(website|pahina|site) na ito|(tovuti|ukurasa) (hii|huu|huo|hiyo)|ይህ (ድረ ?ገጽ|ገጽ)|ድረ ?ገጽ",
        access="(pag-?access|pagpasok) sa|ufikiaji wa|upatikanaji wa|መዳረሻ",
        blocked="hinarang|naka-?block|na-?block|imezuiwa|imefungwa|umezuiwa|ታግዷል|ተዘግቷል",
        closed="ipinagbabawal|pinagbabawal|umepigwa marufuku|ተከልክሏል",
        title=".*(hinarang|imezuiwa|imefungwa|ታግዷል).*",
        who="batas|korte|\\bntc\\b|pamahalaan|sheria|mamlaka|serikali|mahakama|tcra|ሕግ|መንግሥት",
    ),
)  # fmt: skip

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
    r"|家长|過濾|过滤|管理员|管理員|フィルタ|管理者|관리자|유해|filtre|aile|güvenli internet|فلترة|مدیر شبکه|المسؤول|فئة|التصنيف"
)
"""Who keeps a filter of a household, a school, a company."""

POINTING = (
    r"access (restricted|denied|blocked|prohibited) (based on|pursuant|under|by order|according)|\b(this|you|your|requested|dear)\b|(данн|эт[оау]|запр[ао]ш|указанн|искомы|информационн|вами|вам |абонент|"
    r"пользовател|уважаем|доступ к (ресурс|интернет))"
    r"|(цей|цього|даног|запитуван|абонент)|\b(ini|anda|dituju|pelanggan)\b|\b(bu|istediğiniz|ettiğiniz|sayin)\b|"
    r"(هذا|هذه|المطلوب|عزیزی|این|مورد نظر|درخواست|مشترک|یہ|اس)"
    r"|(นี้|ท่าน|ดังกล่าว|คุณ)|(이 |해당|요청|귀하|고객)|(您|你|该|此|本网|当前|這|當前)|\b(este|esta|usted|solicitad[oa]|"
    r"ha intentado|voc[eê]|ce site|cette|vous|questo|questa|richiest[oa]|diese|dieser|dieses|aufgerufene?n?|"
    r"angeforderte?n?)\b"
    r"|\b(ta strona|żądan|tej stron|deze|denne|denna|dette|detta|tämä|acest|ez a|az ön)|(αυτή|този|тази|ovaj|ova |"
    r"táto|tato|ეს|այս|энэ|бул|ushbu|bu |осы|бұл|này|quý|bạn)|यह|इस|আপনার|এই|यो|この|ご|お探し|ဤ|ນີ້|នេះ|hii|huu"
)
"""Words with which a page speaks to its reader, or of what the reader asked for."""

OTHER_MATTERS = (
    r"\b(cop(y|ying|ied)|reproduc|redistribut|cookies?|javascript|pop-?ups?|ads?\b|ad-?block|advert|comments?|"
    r"thread|account|profile|user (has|was|is)|card|payment|your order|shipping"
    r"|download|upload|message|sender|e-?mail|photo|posting|hotlink|scrap|automated|robots?|bots?|spam|password|"
    r"log ?in|sign ?in|subscribers?|members?|registered)"
    r"|копирован|воспроизвед|использован[а-я]* материал|перепечат|комментар|аккаунт|учетн|реклам|файлы cookie|"
    r"карт[аыу]\b|подписчик|авториз|зарегистр|войдите"
    r"|menyalin|hesabin|hesap|çerez|yorum|kopyala|reproducci|copia|cuenta|reprodu[cç]|conta\b|compte|konto|kopier|"
    r"account|riproduzion|cookie"
    r"|账号|帐号|賬號|帳號|转载|轉載|评论|登录|登入|계정|댓글|로그인|アカウント|コメント|転載|ログイン|حساب|نسخ|کپی|تعلیق"
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
    r"(content lock|parental controls?|web ?filter|content filter|safe ?search|broadband shield|web ?safe) (is |are |setting |has been )?(turned |switched )?on\b"
    r"|because .{0,30}(content lock|parental controls?|web ?filter)|age-restricted content (control|bar)|restricted access to adult content|adult content (filter|bar|lock|control)s? (is|are|has)"
    r"|\bblocked by [a-z0-9 .'-]{2,40} (url|address|category|reason)|\b(url|address|site)\b:? .{4,200}\b(category|categories|reason|policy)\b:? .{0,300}\b(blocked|denied|restricted)\b"
    r"|\b(blocked|restricted|denied)\b.{0,200}\b(url|site|address|domain)\b ?:? .{4,200}\b(category|categories|blocked categories|policy name|rule name)\b ?[:=]"
)
"""What only the page of a filter says, however it goes on."""
