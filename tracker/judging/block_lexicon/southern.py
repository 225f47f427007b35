"""How blocks are told of: Turkish, Arabic, Persian, the languages of India, and three more."""

from __future__ import annotations

from tracker.judging.block_lexicon.tongue import Tongue

TONGUES: tuple[Tongue, ...] = (
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
        "tl-sw-am",
        here="(ang )?(website|pahina|site) na ito|(tovuti|ukurasa) (hii|huu|huo|hiyo)|ይህ (ድረ ?ገጽ|ገጽ)|ድረ ?ገጽ",
        access="(pag-?access|pagpasok) sa|ufikiaji wa|upatikanaji wa|መዳረሻ",
        blocked="hinarang|naka-?block|na-?block|imezuiwa|imefungwa|umezuiwa|ታግዷል|ተዘግቷል",
        closed="ipinagbabawal|pinagbabawal|umepigwa marufuku|ተከልክሏል",
        title=".*(hinarang|imezuiwa|imefungwa|ታግዷል).*",
        who="batas|korte|\\bntc\\b|pamahalaan|sheria|mamlaka|serikali|mahakama|tcra|ሕግ|መንግሥት",
    ),
)  # fmt: skip
