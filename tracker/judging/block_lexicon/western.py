"""How blocks are told of: English, Spanish, Portuguese, French, German, Italian."""

from __future__ import annotations

from tracker.judging.block_lexicon.tongue import Tongue

TONGUES: tuple[Tongue, ...] = (
    Tongue(
        "en",
        here=r"\b(this|that|(the |your )?requested|the following) (web ?)?(site|page|url|address|domain|"
        r"location|content|link|"
        r"resource|website|webpage)|\bthe (web ?)?(site|page|url|address|domain|location|content|"
        r"resource)( that| which)? (you|has been "
        r"(blocked|restricted)|is (blocked|restricted|prohibited)|requested)|\byou (have |are |were )?(tried|"
        r"attempted|trying|attempting) to|"
        r"\byour request|^(web ?)?(page|site|url|website|domain) (is |was |has been )?(blocked|restricted)|"
        r"blocked (url|site|website|page|domain)",
        access=r"\baccess to (this|that|the requested|your requested|requested|information|the (web ?)?(site|"
        r"page|location|content|url|domain|"
        r"resource|address)s?\b)|\byour access (to|has|is|was)\b|\baccess (is |was |has been )?(blocked|denied|"
        r"restricted|disabled|prohibited|"
        r"forbidden|limited|suspended) (by|under|pursuant|due|in accordance|according|because|for|based on)"
        r"|\b(this|the|that|your requested) (web ?)?(site|page|url|content|resource)( you .{1,60})? (is|"
        r"are) (not|un|in)\w*|contains (content|material|"
        r"information)? ?(that|which)? ?(is|are)? ?(prohibited|illegal|unlawful|objectionable)|(pages?|sites?|"
        r"websites?) (are|is) (restricted|"
        r"prohibited|banned) (for|from|in)|\bprohibited (for|from) view|restricted site|\byou (are|"
        r"were) trying to (access|visit|reach|view|open)",
        blocked=r"\b(blocked|block listed|blocklisted|blacklisted|block page|blocking this|been filtered|"
        r"page is filtered|site is filtered|"
        r"is censored|been banned)\b",
        closed=r"\b(denied|restricted|prohibited|prohibits|forbidden|disabled|suspended|not accessible|"
        r"inaccessible|not available|"
        r"unavailable|banned|limited|not permitted|violates?|in violation|illegal|unlawful|objectionable|"
        r"inappropriate)\b",
        title=r"((this |the |your requested )?(url|site|website|web site|page|web page|webpage|domain|content|"
        r"resource)( you requested)?|access( to (this|"
        r"the) (site|website|page|web ?page|url))?) (is |was |has been )?(blocked|restricted|prohibited|banned|"
        r"filtered)[ !.]*"
        r"|blocked (url|site|website|page|content|domain)|(web|url) ?(site )?block(ed)? ?(page|notice|"
        r"notification)?|restricted (site|website|page)|"
        r"block ?page|surf safely!?|unavailable (for|due to) legal reasons|blocking notice",
        who=r"\b(laws?|legal|illegal|unlawful|legislation|act|statut\w+|court|judg\w+|tribunal|government|"
        r"ministry|minister|ministerial|"
        r"authorit(y|ies)|regulat(ion|ions|or|ory)|directive|decree|department of|commission|prosecutor|police|"
        r"telecommunications?|"
        r"national|public order|pursuant to|in compliance|cyber ?crime)\b",
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
)  # fmt: skip
