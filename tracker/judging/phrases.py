"""What short pages say in place of a page, in the languages that they say it in.

Each meaning is a table of phrases by language, in the words that such pages use everywhere. Phrases are looked for
in short pages only: a long page may quote any of them.
"""

from __future__ import annotations

import re


def _any(**by_language: str) -> re.Pattern[str]:
    """One expression for a meaning, from one a language."""
    return re.compile("|".join(f"(?:{expression})" for expression in by_language.values()), re.IGNORECASE)


BOT_CHECK = _any(
    en=r"(?:verif\w+|confirm|prove|make sure|check\w*) (?:that )?you(?:'|’)?(?: a)?re (?:a )?(?:human|not a (?:ro)?bot)"
    r"|are you (?:a )?(?:human|(?:ro)?bot)\b|not a robot|captcha|checking (?:your|if the site) (?:browser|connection)"
    r"|security (?:check|verification)|unusual traffic|press and hold|human verification|one more step"
    r"|enable javascript and cookies to continue|ddos protection by",
    de=r"kein roboter|ein mensch sind|sie menschlich sind|sicherheits(?:über)?prüfung"
    r"|(?:ihr )?browser wird (?:über)?prüft",
    fr=r"pas un robot|(?:êtes|es) (?:bien )?(?:un )?humain|vérification de (?:sécurité|votre navigateur)",
    es=r"no (?:es|eres|soy) un robot|(?:es|eres) (?:un ser )?humano|(?:comprobación|verificación) de seguridad",
    pt=r"não (?:é|sou) um robô|(?:é|você é) humano|verificação de segurança",
    it=r"non sei un robot|sei (?:un essere )?umano|verifica di sicurezza",
    nl=r"geen robot|een mens bent|beveiligingscontrole",
    pl=r"nie jesteś robotem|jesteś człowiekiem|weryfikacja bezpieczeństwa",
    ru=r"не робот|что вы (?:— |- )?человек|провер(?:ка|яем) (?:ваш(?:его)? )?браузер"
    r"|введите (?:код|символы) с картинки|капч[ау]"
    r"|проверка безопасности",
    uk=r"не робот|що ви (?:— |- )?людина|перевірка (?:вашого )?браузера|перевірка безпеки",
    kk=r"робот емес",
    tr=r"robot olmadığınızı|insan olduğunuzu|güvenlik (?:kontrolü|doğrulaması)|tarayıcınız kontrol",
    id_=r"bukan robot|anda (?:adalah )?manusia|(?:pemeriksaan|verifikasi) keamanan",
    vi=r"không phải (?:là )?(?:robot|người máy)|xác minh bạn là con người|kiểm tra bảo mật",
    ar=r"لست روبوت|لستَ روبوت|أنك (?:إنسان|بشر)|التحقق (?:من )?الأمني|فحص الأمان",
    fa=r"ربات نیستید|انسان هستید|بررسی امنیتی",
    hi=r"रोबोट नहीं|इंसान हैं|सुरक्षा जाँच",
    th=r"ไม่ใช่หุ่นยนต์|เป็นมนุษย์|ตรวจสอบความปลอดภัย",
    zh=r"不是机器人|不是機器人|人机验证|人機驗證|安全验证|安全驗證|完成验证|滑动验证|输入验证码|去验证|环境异常",
    ja=r"ロボットではない|ロボットではありません|人間であること|セキュリティ(?:チェック|確認)",
    ko=r"로봇이 아닙니다|로봇이 아님|사람인지 확인|보안 확인",
)
"""A check whether the visitor is a person."""

AGE_CHECK = _any(
    en=r"(?:must|have to) be (?:at least |over )?(?:16|18|21|eighteen|twenty-one)\b"
    r"|are you (?:at least |over )?(?:16|18|21|eighteen|twenty-one)\b"
    r"|(?:verify|confirm) (?:that you are (?:over|at least) \d\d|your age)|age verification"
    r"|(?:18|21) (?:years )?or older",
    de=r"alters(?:verifikation|prüfung|nachweis|bestätigung)|(?:über|mindestens) 18 jahre|alter bestätigen",
    fr=r"(?:vérifi\w+|confirm\w+) (?:de )?(?:votre |l.)?âge|(?:plus de|au moins) 18 ans|majeurs? de 18",
    es=r"(?:verifi\w+|confirm\w+) (?:de |su |tu )?(?:la )?edad|mayor(?:es)? de (?:edad|18)|más de 18 años",
    pt=r"(?:verifi\w+|confirm\w+) (?:de |sua |a sua )?idade|maior(?:es)? de (?:idade|18)|mais de 18 anos",
    it=r"(?:verific\w+|conferm\w+) (?:la )?(?:tua |dell.)?età|maggiorenn|più di 18 anni",
    pl=r"potwierdź (?:swój )?wiek|ukończone 18 lat|weryfikacja wieku",
    ru=r"(?:подтверд\w+|подтверждение) (?:свой |ваш |вашего )?возраст"
    r"|(?:исполнилось|старше|достигли|мне есть|вам есть) 18"
    r"|вам уже (?:исполнилось|есть) 18",
    uk=r"(?:підтверд\w+|підтвердження) (?:свій |ваш |вашого )?вік|(?:виповнилося|більше|старше) 18",
    tr=r"yaş(?:ınızı)? doğrula|18 yaşından (?:büyük|gün almış)|18 yaşını doldur",
    id_=r"(?:verifikasi|konfirmasi) usia|berusia (?:di atas|minimal)? ?18",
    vi=r"xác (?:minh|nhận) (?:độ )?tuổi|trên 18 tuổi",
    ar=r"(?:تأكيد|التحقق من) (?:ال)?عمر|فوق 18|أكبر من 18",
    fa=r"تأیید سن|بالای ۱۸|بالای 18",
    zh=r"(?:年龄|年齡)(?:确认|確認|验证|驗證)|(?:年满|年滿|已满|已滿)\s?18|18\s?[岁歲]以上",
    ja=r"年齢(?:確認|認証)|18歳以上",
    ko=r"연령 확인|나이 확인|18세 이상|19세 이상",
)
"""A question for the visitor's age."""

NOT_THERE = _any(
    en=r"\b404\b|not found|(?:doesn.t|does not|no longer) exists?|no longer (?:available|here)"
    r"|isn.t available anymore"
    r"|(?:has been|was|were) (?:deleted|removed by (?:its|the) (?:author|owner))"
    r"|(?:deleted|removed) by (?:its|the) (?:author|owner)"
    r"|(?:author|owner|user) (?:has )?deleted|(?:post|page|account|article|video|photo) (?:is )?deleted",
    ru=r"не найден|не существует|удал[её]н[аоы]?\b|страница удалена|(?:автор|владелец|пользователь) удалил"
    r"|такой страницы нет",
    uk=r"не знайдено|не існує|видален[оаі]?\b|(?:автор|власник) видалив|такої сторінки немає",
    be=r"не знойдзен|не існуе|выдалена",
    kk=r"табылмады|жойылған|жоқ бет",
    de=r"nicht (?:mehr )?gefunden|existiert nicht|(?:wurde|ist) gelöscht|nicht mehr (?:vorhanden|verfügbar)",
    fr=r"introuvable|n.existe (?:pas|plus)|(?:a été|est) supprimée?|n.est plus disponible",
    es=r"no (?:ha sido )?encontrad|no existe|(?:ha sido|fue) (?:eliminad|borrad)|ya no está disponible",
    pt=r"não (?:foi )?encontrad|não existe|(?:foi|foram) (?:removid|exclu[ií]d|apagad)|não está mais disponível",
    it=r"non trovat|non esiste|(?:è stat[ao]) (?:eliminat|rimoss|cancellat)|non (?:è )?più disponibile",
    nl=r"niet gevonden|bestaat niet|is verwijderd",
    pl=r"nie znalezion|nie istnieje|został[aoy]? usunięt",
    tr=r"bulunamadı|mevcut değil|(?:silindi|silinmiş|kaldırıldı)\b|artık yok",
    id_=r"tidak ditemukan|tidak ada|(?:telah|sudah) dihapus",
    vi=r"không tìm thấy|không tồn tại|đã bị xóa",
    ar=r"غير موجود|لم يتم العثور|تم حذف|لا توجد صفحة",
    fa=r"پیدا نشد|یافت نشد|وجود ندارد|حذف شده",
    hi=r"नहीं मिला|मौजूद नहीं|हटा दिया गया",
    th=r"ไม่พบหน้า|ไม่พบ|ถูกลบ",
    zh=r"不存在|未找到|找不到|已(?:被)?(?:作者)?(?:删除|刪除)",
    ja=r"見つかりません|存在しません|削除されました",
    ko=r"찾을 수 없|존재하지 않|삭제되었|삭제된",
)
"""A page that is not there, or not any more."""

NOT_IN_YOUR_COUNTRY = _any(
    en=r"(?:in|from|for|serve visitors from|to) your (?:country|region|location|area)"
    r"|your (?:country|region) (?:is|has been)",
    de=r"in (?:ihrem|deinem) land\b|in (?:ihrer|deiner) region",
    fr=r"(?:dans|depuis|de) votre (?:pays|région|zone)",
    es=r"(?:en|desde|de) (?:su|tu) (?:país|región|zona|ubicación)",
    pt=r"(?:no|do|em) (?:seu|teu) país|(?:na|da|em) (?:sua|tua) região",
    it=r"(?:nel|dal) (?:tuo|suo|vostro) paese|nella (?:tua|sua|vostra) (?:regione|zona|area)",
    nl=r"in (?:uw|jouw|je) (?:land|regio)",
    pl=r"w (?:twoim|państwa) (?:kraju|regionie)",
    ru=r"(?:в|из|для) ваше(?:й|м|го) (?:стран\w+|регион\w*)|из вашей страны",
    uk=r"(?:у|в|з|для) ваш(?:ій|ої|ому|ого) (?:країн\w+|регіон\w*)",
    tr=r"(?:ülkenizde|bölgenizde|ülkenizden|bulunduğunuz (?:ülkede|bölgede))",
    id_=r"di (?:negara|wilayah|lokasi) anda",
    vi=r"(?:quốc gia|khu vực|vùng) của bạn",
    ar=r"(?:في|من) (?:بلدك|منطقتك|دولتك)",
    fa=r"(?:در|از) (?:کشور|منطقه) شما",
    hi=r"आपके (?:देश|क्षेत्र)",
    th=r"ในประเทศของคุณ|ในภูมิภาคของคุณ",
    zh=r"(?:您|你)?(?:所在|当前|當前)的?(?:国家|國家|地区|地區)|(?:您|你)的(?:国家|國家|地区|地區)",
    ja=r"お住まいの(?:国|地域)|お使いの(?:国|地域)",
    ko=r"(?:귀하|회원님)의 (?:국가|지역)|해당 (?:국가|지역)",
)
"""Words for the country or region that the visitor comes from."""

UNAVAILABLE = _any(
    en=r"not available|unavailable|isn.t available|not serve|not accessible"
    r"|(?:restricted|blocked|banned|denied|limited)\b|can(?:not|.t) be (?:accessed|viewed|shown|displayed)",
    de=r"nicht verfügbar|gesperrt|nicht erreichbar|nicht zugänglich",
    fr=r"(?:pas|plus|non) disponible|indisponible|inaccessible|restreint|bloqué",
    es=r"no (?:est[áa] )?disponible|restringid|bloquead|no (?:es|está) accesible",
    pt=r"não (?:está )?disponível|indisponível|restrit|bloquead",
    it=r"non (?:è )?disponibile|limitat|bloccat",
    nl=r"niet beschikbaar|geblokkeerd",
    pl=r"niedostępn|nie jest dostępn|zablokowan",
    ru=r"недоступ|не доступ|огранич\w+|заблокирован|закрыт",
    uk=r"недоступ|не доступ|обмеж\w+|заблокован|закрит",
    tr=r"kullanılamıyor|erişilemiyor|mevcut değil|kısıtlan|engellen",
    id_=r"tidak tersedia|tidak dapat diakses|dibatasi|diblokir",
    vi=r"không (?:khả dụng|có sẵn)|bị (?:hạn chế|chặn)",
    ar=r"غير متاح|غير متوفر|محظور|محجوب",
    fa=r"در دسترس نیست|محدود|مسدود",
    hi=r"उपलब्ध नहीं|प्रतिबंधित",
    th=r"ไม่พร้อมใช้งาน|ไม่สามารถ(?:เข้าถึง|ใช้งาน)|ถูกจำกัด",
    zh=r"不可用|无法(?:访问|查看|观看)|無法(?:訪問|查看|觀看)|不可见|受限|不提供",
    ja=r"利用できません|ご覧いただけません|視聴できません|制限されています",
    ko=r"이용할 수 없|사용할 수 없|제한",
)
"""That something cannot be had."""

ERROR = _any(
    en=r"\berror\b|access denied|legal reasons|legal (?:request|demand)|removed|withheld|\b(?:403|451)\b",
    de=r"fehler|zugriff verweigert|entfernt",
    fr=r"erreur|accès refusé|retiré",
    es=r"\berror\b|acceso denegado|retirad",
    pt=r"\berro\b|acesso negado|retirad",
    ru=r"ошибка|доступ запрещ[её]н",
    uk=r"помилка|доступ заборонен",
    tr=r"\bhata\b|kaldırıl|erişim",
    id_=r"kesalahan|akses ditolak",
    ar=r"خطأ",
    fa=r"خطا",
    zh=r"错误|錯誤|禁止访问|禁止訪問",
    ja=r"エラー",
    ko=r"오류",
)
"""How a message is headed that says something else below."""

RULES_BROKEN = _any(
    en=r"(?:violat\w+|breach\w*|broke|infring\w+|against) .{0,60}?"
    r"(?:terms|rules|polic(?:y|ies)|guidelines|standards|agreement)",
    de=r"(?:verst[oö]\w+|verletz\w+) .{0,60}?(?:nutzungsbedingungen|richtlinien|regeln|agb|standards)",
    fr=r"(?:enfrein\w+|viol\w+|non-respect|contraire) .{0,60}?(?:conditions|règles|règlement|politiques?|charte)",
    es=r"(?:viola\w*|infring\w+|incumpl\w+) .{0,60}?(?:términos|normas|condiciones|reglas|políticas?|directrices)",
    pt=r"(?:viola\w*|infring\w+|descumpr\w+) .{0,60}?(?:termos|regras|normas|condições|políticas?|diretrizes)",
    it=r"(?:viola\w+|infrang\w+|infranto) .{0,60}?(?:termini|regole|condizioni|norme|linee guida|standard)",
    pl=r"(?:narusz\w+|złama\w+) .{0,60}?(?:regulamin\w*|zasad\w*|warunk\w+)",
    ru=r"нарушени\w+ .{0,60}?(?:правил|соглашени|услови|политик|норм сообщества|стандарт)",
    uk=r"порушенн\w+ .{0,60}?(?:правил|угод|умов|політик|стандарт)",
    be=r"парушэнн\w+ .{0,60}?(?:правіл|пагадненн|умоў)",
    tr=r"(?:kural|koşul|politika|ilke|standart|sözleşme)\w* .{0,60}?ihlal",
    id_=r"melanggar .{0,60}?(?:ketentuan|aturan|pedoman|kebijakan|standar)",
    vi=r"vi phạm .{0,60}?(?:điều khoản|quy tắc|chính sách|tiêu chuẩn|nguyên tắc)",
    ar=r"(?:انتهاك|مخالفة|لمخالفته|ينتهك|انتهك) .{0,60}?(?:شروط|سياس|معايير|إرشادات)",
    fa=r"(?:نقض|تخلف از) .{0,60}?(?:شرایط|ضوابط|سیاست|راهنما)",
    zh=r"(?:违反|違反|违规|違規).{0,30}?(?:规定|規定|公约|公約|条款|條款|规范|規範|准则|準則|规则|規則)",
    ja=r"(?:規約|ルール|ガイドライン|ポリシー|規定).{0,20}?違反",
    ko=r"(?:약관|규정|정책|가이드라인|기준).{0,20}?위반",
)
"""That something broke a platform's own rules."""

LAW_OR_AUTHORITY = _any(
    en=r"\b(?:laws?|legal (?:request|demand|order|complaint|reason|process|obligation|requirement)s?|legislation"
    r"|courts?|government|ministry|authorit(?:y|ies)|regulators?|prosecutors?|federal service|judicial|roskomnadzor)\b",
    de=r"gesetz\w*|rechtlich\w*|gericht\w*|behörd\w+|ministerium|staatsanwalt\w*|netzdg|verordnung|anordnung",
    fr=r"\b(?:lois?|légal\w*|judiciaire\w*|justice|tribunal|gouvernement|ministère|autorités?|préfet|arcom|décret)\b",
    es=r"\b(?:ley(?:es)?|legal(?:es)?|judicial(?:es)?|juzgado|tribunal|gobierno|ministerio|autoridad(?:es)?|fiscal[íi]a)\b",
    pt=r"\b(?:leis?|legal|legais|judicia(?:l|is)|tribunal|justiça|governo|ministério|autoridades?|anatel)\b",
    it=r"\b(?:legg[ei]|legal[ei]|giudiziari\w|tribunale|governo|ministero|autorità|procura|agcom)\b",
    nl=r"\b(?:wet(?:ten|telijk\w*)?|rechter|rechtbank|regering|ministerie|autoriteit\w*)\b",
    pl=r"\b(?:praw(?:o|a|em|n\w+)|ustaw\w*|sąd\w*|rząd\w*|ministerstw\w*|organ\w*|prokurat\w*)\b",
    ru=r"закон\w*|суд(?:а|ом|ебн\w+)?\b|прокурат\w+|генпрокурат\w+|роскомнадзор\w*|\bркн\b|министерств\w+|ведомств\w+"
    r"|правительств\w+|государственн\w+ орган\w*|орган\w+ (?:государственной )?власти|надзор\w*|постановлени\w+",
    uk=r"закон\w*|суд(?:у|ом|ов\w+)?\b|прокурат\w+|міністерств\w+|уряд\w*|рнбо|орган\w+ (?:державної )?влади|указ\w*",
    be=r"закон\w*|суд(?:а|ом)?\b|пракурат\w+|міністэрств\w+",
    kk=r"заң\w*|сот\w*|прокуратура\w*|министрліг\w*|үкімет\w*",
    tr=r"kanun\w*|yasa\w*|mahkeme\w*|hakimli\w+|savcılı\w+|bakanlı\w+|\bbtk\b|hukuki|yasal|resmi makam\w*",
    id_=r"hukum|undang-undang|perundang\w*|pengadilan|pemerintah|kementerian|kominfo|komdigi|peraturan",
    vi=r"pháp luật|luật|tòa án|chính phủ|bộ thông tin|cơ quan chức năng",
    ar=r"قانون|القانون|قوانين|القوانين|محكمة|المحكمة|حكومة|الحكومة|وزارة|هيئة|النيابة|السلطات|قضائي",
    fa=r"قانون|قوانین|دادگاه|قضایی|دولت|وزارت|کارگروه|دادستان",
    hi=r"क़ानून|कानून|न्यायालय|अदालत|सरकार|मंत्रालय",
    th=r"กฎหมาย|ศาล|กระทรวง|พ\.ร\.บ|รัฐบาล",
    zh=r"法律|法规|法規|法院|政府|主管部门|主管部門|有关部门|有關部門|司法|监管",
    ja=r"法律|法令|裁判所|政府|当局|法的",
    ko=r"법률|법령|법원|정부|당국|법적|방송통신",
)
"""Who or what withholds something by law."""


def says_withheld_by_law(text: str) -> bool:
    """Whether a short text says that something cannot be had and names a law or an authority."""
    return bool(UNAVAILABLE.search(text)) and bool(LAW_OR_AUTHORITY.search(text))
