"""How blocks are told of: the languages from Indonesia to Japan."""

from __future__ import annotations

from tracker.judging.block_lexicon.tongue import Tongue

TONGUES: tuple[Tongue, ...] = (
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
        here="(이|해당|요청하신|접속하신|접속하려는|현재|귀하가|귀하께서) ?(접속하려는|접속하고자 하는|"
        "요청한)? ?(사이트|웹 ?사이트|페이지|정보|인터넷)|불법·?유해|정보\\(사이트\\)",
        access="접속이|접속을|접근이|접근을|접속하려는|접속하고자|열람",
        blocked="차단",
        closed="제한|금지|불가",
        title=".*(사이트|접속|접근|페이지|불법|유해).{0,12}차단.*|차단 ?안내.*",
        who="방송통신|방송미디어통신|방미통위|심의위원회|법률|법령|경찰|관련 ?법|불법|게임물관리|사행산업|"
        "정보통신망|식품의약품",
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
        here="(该|此|本|您(所|要|正在|请求)?(访问|浏览|請求|請求的|访问的)?的?|您(所|欲|要|正在)?(造訪|瀏覽|存取|"
        "連線)的?|當前|当前|這個|这个)(网站|网页|页面|域名|网址|"
        "链接|站点|網站|網頁|頁面|網址|連結|網域)",
        access="(访问|浏览|連線|存取|造訪|瀏覽)(已|被|此|该|本|受)|无法(访问|浏览)|無法(存取|瀏覽|連線)|(禁止|"
        "限制)(访问|訪問|存取|連線|瀏覽|浏览)"
        "|您(所|正|欲|要)?(在)?(访问|訪問|瀏覽|造訪|存取)",
        blocked="屏蔽|封锁|封鎖|被封|阻断|阻斷|被拦截|已拦截|停止解析|停止解析|凍結|限制解析|封堵|關閉網站|暂停访问|"
        "暫停連線",
        closed="禁止|限制|暂时无法|暂停|不予|涉嫌违法|違法|违法|违规|詐騙|诈骗",
        title=".*(网站|网页|页面|访问|網站|網頁|連線).{0,6}(被)?(屏蔽|封锁|封鎖|拦截|阻断|阻斷|禁止|限制).*|"
        "(禁止访问|网站访问报错|網站已被查扣|停止解析)",
        who="法律|法规|法規|条例|條例|公安|政府|监管|監管|管理局|部门|部門|法院|工信部|通信管理|網信|网信|备案|"
        "備案|法務部|調查局|警政|刑事|電信",
    ),
)  # fmt: skip
