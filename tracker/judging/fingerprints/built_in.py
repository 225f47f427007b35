"""The block pages that come with the product: a distinctive phrase or address each, with who saw it.

What a page may well quote or link to (the name of a law, the address of a register) is filed as vague words here:
that tells something only where another page should be.
"""

from __future__ import annotations

from tracker.judging.fingerprints.fingerprint import BODY, DNS, LOCATION, TEXT, Fingerprint, Kind, Scope

_ANNOTATIONS = "citizenlab/filtering-annotations fad9089"
_YT_DLP = "yt-dlp 81ecd58, extractor/common.py"
_OONI = "ooni/blocking-fingerprints 171641e"
_PRODUCT = "the product's own block page"


def _text(name: str, countries: str, pattern: str, source: str) -> Fingerprint:
    return _print(name, Scope.NATIONAL, TEXT, pattern, countries, source)


def _body(name: str, countries: str, pattern: str, source: str) -> Fingerprint:
    return _print(name, Scope.NATIONAL, BODY, pattern, countries, source)


def _led_to(name: str, countries: str, pattern: str, source: str = _OONI) -> Fingerprint:
    return _print(name, Scope.NATIONAL, LOCATION, pattern, countries, source)


def _vague(name: str, place: str, pattern: str, source: str = _ANNOTATIONS) -> Fingerprint:
    return _print(name, Scope.VAGUE, place, pattern, "", source)


def _filter(name: str, place: str, pattern: str, source: str = _PRODUCT) -> Fingerprint:
    return _print(name, Scope.PRODUCT, place, pattern, "", source)


def _print(name: str, scope: Scope, place: str, pattern: str, countries: str, source: str) -> Fingerprint:
    return Fingerprint(name, scope, place, Kind.REGEXP, pattern, tuple(countries.split()), source)


_STATES: tuple[Fingerprint, ...] = (
    _text("by_mininform", "BY", r"на основании решения министерства информации республики беларусь", _ANNOTATIONS),
    _text("ru_149_fz", "RU", r"ресурсу ограничен на основании (федерального закона|фз)", _ANNOTATIONS),
    _text("ru_register", "RU", r"внес[её]н[ао]? в единый реестр запрещ[её]нных сайтов", _ANNOTATIONS),
    _text("ru_authority_decision", "RU",
          r"заблокирован[ао]? по решению органов государственной власти", _ANNOTATIONS),
    _text("ru_court_or_other", "RU",
          r"доступ ограничен по решению суда или по иным основаниям, установленным", _ANNOTATIONS),
    _text("ru_single_register", "RU",
          r"сетевой адрес, позволяющий идентифицировать сайт в сети .интернет., включ[её]н в", _ANNOTATIONS),
    _text("ru_public_authorities", "RU",
          r"blocked by decision of public authorities of (the )?russian federation", _ANNOTATIONS),
    _body("ru_ttk", "RU", r"<title>ttk :: доступ к ресурсу ограничен", _YT_DLP),
    _body("ru_lantanet", "RU", r"lanta-net\.ru/zapret", _ANNOTATIONS),
    _text("tr_5651", "TR", r"administration measure has been taken for this website", _OONI),
    _text("tr_5651_review", "TR", r"teknik inceleme ve hukuki değerlendirme", _OONI),
    _body("tr_tib", "TR", r"<title>telekomünikasyon i\x{307}?letişim başkanlığı", _OONI),
    _text("in_dot_directions", "IN", r"as per the directions received from department of telecommunications", _OONI),
    _text("in_dot_instructions", "IN",
          r"blocked as per the instructions of the (dot|competent government authority)", _OONI),
    _body("in_dot_title", "IN", r"<title>the url you requested has been blocked</title>", _YT_DLP),
    _body("in_airtel", "IN", r"airtel\.in/dot", _YT_DLP),
    _text("pk_surf_safely", "PK", r"prohibited for viewership from within pakistan", _ANNOTATIONS),
    _text("id_regulation_19", "ID", r"(no|nomor|number)\.? ?19 ?(/|of|tahun) ?2014", _ANNOTATIONS),
    _text("id_regulations", "ID", r"jaringan ini sesuai peraturan perundang-undangan", _OONI),
    _body("id_healthy_internet", "ID",
          r"<title>[^<]{0,40}\b(internet (sehat|positif|baik)|negatif konten|netsafe)\b", _ANNOTATIONS),
    _body("id_warning_picture", "ID", r"src=.dnswarning\.jpg", _ANNOTATIONS),
    _body("ir_peyvandha", "IR", r"peyvandha\.ir", _OONI),
    _body("ir_iframe", "IR", r"http://10\.10\.34\.3", _OONI),
    _text("sa_should_not_be_blocked", "SA", r"if you believe the requested page should not be blocked", _OONI),
    _text("ae_access_policy", "AE", r"prohibited under the internet access management", _ANNOTATIONS),
    _body("bh_batelco", "BH", r"www\.anonymous\.com\.bh/", _ANNOTATIONS),
    _body("ye_yemennet", "YE", r"deny\.yemen\.net\.ye", _ANNOTATIONS),
    _text("my_not_available", "MY", r"this website is not available in malaysia as it violate", _OONI),
    _text("mm_directive", "MM", r"blocked as per directive received from the ministry", _OONI),
    _body("mm_legal_picture", "MM", r"src=.legaltext\.png", _ANNOTATIONS),
    _body("th_mdes_picture", "TH", r"src=.mdes\.jpg", _OONI),
    _text("th_court_order", "TH", r"website you are accessing has been blocked because it contain", _ANNOTATIONS),
    _text("kr_warning", "KR", r"불법.{0,4}유해 ?정보.{0,40}차단", "warning.or.kr"),
    _text("ca_federal_court", "CA", r"disabled pursuant to an order of the federal court \(canada\)", _ANNOTATIONS),
    _text("au_federal_court", "AU", r"disabled by an order of the federal court of australia", _OONI),
    _body("fr_blocage", "FR", r"page-blocage-terrorisme", _OONI),
    _body("it_agcom", "IT", r"<title>agcom stop page", _OONI),
)  # fmt: skip

_ADDRESSES: tuple[Fingerprint, ...] = (
    _led_to("ir_redirect", "IR", r"//10\.10\.34\.3[456]"),
    _led_to("kr_redirect", "KR", r"//(www\.)?warning\.or\.kr"),
    _led_to("id_redirect", "ID", r"//(internet-?positif|trustpositif|internetsehat)[^/]*\."),
    _led_to("id_uzone_redirect", "ID", r"//(internetpositif|mercusuar)\.uzone\.id"),
    _led_to("in_airtel_redirect", "IN", r"airtel\.in/dot"),
    _led_to("uz_redirect", "UZ", r"//reestr\.mitc\.uz"),
    _led_to("by_redirect", "BY", r"//82\.209\.230\.23|a1\.by/mininfo|velcom\.by/mininfo|internet\.mts\.by/blocked"),
    _led_to("ru_rostelecom_redirect", "RU", r"//(warning|block\.ip\.center)\.rt\.ru"),
    _led_to("ru_redirect", "RU",
          r"//(blocked\.(mts|netbynet|akado|tinkoff)\.ru|block\.mgts\.ru|blackhole\.beeline\.ru"
            r"|lawfilter\.ertelecom\.ru|forbidden\.yota\.ru|t2blocked\.com|m\.megafonpro\.ru/rkn)"),
    _led_to("ae_du_redirect", "AE", r"//lighthouse\.du\.ae"),
    _led_to("bh_batelco_redirect", "BH", r"//(www\.)?anonymous\.com\.bh"),
    _led_to("kw_zain_redirect", "KW", r"//restrict\.kw\.zain\.com"),
    _led_to("ye_yemennet_redirect", "YE", r"//deny\.yemen\.net\.ye"),
    _led_to("mm_myanmarnet_redirect", "MM", r"//notice\.myanmarnet\.com"),
    _led_to("pl_gambling_redirect", "PL", r"finanse\.mf\.gov\.pl/.*hazard"),
    Fingerprint("ir_address_34", Scope.NATIONAL, DNS, Kind.FULL, "10.10.34.34", ("IR",), _OONI),
    Fingerprint("ir_address_35", Scope.NATIONAL, DNS, Kind.FULL, "10.10.34.35", ("IR",), _OONI),
    Fingerprint("ir_address_36", Scope.NATIONAL, DNS, Kind.FULL, "10.10.34.36", ("IR",), _OONI),
    Fingerprint("by_mts_address", Scope.PROVIDER, DNS, Kind.FULL, "134.17.0.7", ("BY",), _OONI),
    Fingerprint("by_beltelecom_address", Scope.PROVIDER, DNS, Kind.FULL, "82.209.230.23", ("BY",), _ANNOTATIONS),
)  # fmt: skip

_VAGUE: tuple[Fingerprint, ...] = (
    _vague("ru_register_links", BODY, r"(blocklist|eais|nap|398-fz)\.rkn\.gov\.ru|zapret-info\.gov\.ru"),
    _vague("tr_law_5651", TEXT, r"5651 sayılı kanun", _OONI),
    _vague("id_trustpositif", BODY, r"trustpositif\.(kominfo|komdigi)\.go\.id|internet-positif", _ANNOTATIONS),
    _vague("sa_internet_gov", BODY, r"internet\.gov\.sa", _OONI),
    _vague("kr_warning_link", BODY, r"warning\.or\.kr", _OONI),
    _vague("uz_register_link", BODY, r"reestr\.mitc\.uz", _OONI),
    _vague("host_named_for_blocking", LOCATION,
           r"//([^/]*[.-])?(zapret|blocked|blackhole|lawfilter|rkn|block-?page|engelli)[.-][^/]+", "host names"),
)  # fmt: skip

_FILTERS: tuple[Fingerprint, ...] = (
    _filter("fortinet", TEXT, r"fortiguard|fortinet|violation of your internet usage policy"),
    _filter("opendns", TEXT, r"this (site|domain) is blocked (due to|because of) "),
    _filter("opendns_redirect", LOCATION, r"//([a-z]+\.)*(block|phish|malware|hit-adult)\.opendns\.com"),
    _filter("meraki", TEXT, r"(blocked by your network operator|blocked by cisco meraki)"),
    _filter("contentkeeper", TEXT, r"blocked by contentkeeper"),
    _filter("juniper", TEXT, r"juniper web filtering"),
    _filter("iserv", TEXT, r"wurde vom administrator gesperrt"),
    _filter("rm_safetynet", TEXT, r"safetynet.{0,20}this page is filtered|blocked by restriction list"),
    _filter("rm_policy", BODY, r"rm\.com/filteringpolicy"),
    _filter("check_point", TEXT, r"check ?point usercheck"),
    _filter("netsweeper", BODY, r"netsweeper|/webadmin/deny|dpruleid="),
    _filter("netsweeper_redirect", LOCATION, r"/webadmin/deny|dpruleid=|[?&]dpid=\d+"),
    _filter("forcepoint", BODY, r"cgi-bin/block(page|_message)\.cgi|websense|forcepoint"),
    _filter("forcepoint_redirect", LOCATION, r":15871/cgi-bin/block"),
    _filter("blue_coat", BODY, r"notify\.bluecoat\.com|blue ?coat|proxysg"),
    _filter("blue_coat_redirect", LOCATION, r"//notify\.bluecoat\.com"),
    _filter("zscaler", BODY, r"internet security by zscaler|zscaler"),
    _filter("zscaler_redirect", LOCATION, r"//gateway\.zscaler[a-z]*\.net"),
    _filter("palo_alto", TEXT, r"blocked in accordance with company policy|web page blocked.{0,80}company policy"),
    _filter("sonicwall", BODY, r"sonicwall"),
    _filter("sophos", TEXT, r"sophos (web|utm|firewall|xg|home)|blocked by sophos"),
    _filter("barracuda", TEXT, r"barracuda (web|networks|load|content)"),
    _filter("kerio", TEXT, r"blocked by kerio|kerio control"),
    _filter("untangle", TEXT, r"because it violates network policy"),
    _filter("squidguard", BODY, r"squidguard|dansguardian|e2guardian|diladele"),
    _filter("lightspeed", TEXT, r"lightspeed (systems?|filter)"),
    _filter("schools", TEXT, r"securly|goguardian|smoothwall|linewize|blocksi|contentwatch|cipafilter|fortinet"),
    _filter("iboss", TEXT, r"iboss|has been restricted due to its contents"),
    _filter("watchguard", TEXT, r"watchguard"),
    _filter("cyberoam", TEXT, r"cyberoam"),
    _filter("olfeo", BODY, r"olfeo"),
    _filter("gateways", TEXT,
          r"mcafee web gateway|trend micro.{0,40}(blocked|url)|kaspersky.{0,60}(blocked|запрещ)|usergate|"
          r"ideco (utm|ics|ngfw)|traffic inspector|dr\.?web.{0,40}(gate|заблок)"),
    _filter("family_dns", TEXT,
          r"skydns|safedns|cleanbrowsing|blocked by (adguard|nextdns|pi-?hole|norton)|norton connectsafe|nawala"),
    _filter("router_asus", BODY, r"/blocking\.asp\?cat_id="),
    _filter("gb_parental", TEXT,
          r"(bt|sky|talktalk|virgin media|vodafone|plusnet|ee|o2|three) (parental controls?|"
          r"broadband shield|homesafe|web ?safe|protect)", _ANNOTATIONS),
    _filter("gb_content_lock", TEXT,
          r"content lock|age-restricted content|adult content (filter|control|bar|lock)|"
          r"over 18 for this website", _ANNOTATIONS),
    _filter("gb_parental_links", BODY,
          r"broadbandshield\.sky\.com|talktalk\.co\.uk/notices/parental|internetmatters\.org|"
          r"blockpage\.bt\.com", _ANNOTATIONS),
    _filter("gb_redirect", LOCATION,
          r"//(blockpage\.bt\.com|block\.cf\.sky\.com|assets\.o2\.co\.uk/18plus)|"
          r"talktalk\.co\.uk/notices/parental|content-?lock", _OONI),
)  # fmt: skip

BUILT_IN: tuple[Fingerprint, ...] = (*_STATES, *_ADDRESSES, *_VAGUE, *_FILTERS)
