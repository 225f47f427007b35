"""How blocks are told of: Polish, Dutch, the Nordic languages and those of the Balkans and the Danube."""

from __future__ import annotations

from tracker.judging.block_lexicon.tongue import Tongue

TONGUES: tuple[Tongue, ...] = (
    Tongue(
        "pl",
        here="(ta|ta|strona|żądana|witryna|podana|domena)( internetowa| www)? ?(strona|witryna|domena|której|do|"
        "została|jest)",
        access="dostęp do (tej|strony|witryny|treści|żądan|serwisu|niniejsz)[a-ząćęłńóśźż]*",
        blocked="zablokowan|blokad|wpisan[ae] do rejestru",
        closed="ograniczon|zabronion|wstrzyman|zakazan",
        title="(strona|witryna|dostęp|domena)( została| został| jest)? (zablokowan|ograniczon|zabronion)[aey](.*)",
        who="ustaw|sąd|ministerstw|rejestr|prokuratur|minister|urząd|hazard|cert polska|organ(u|ów|y|"
        "ami)? (państw|nadzor|ścig|właśc)|prawo",
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
)  # fmt: skip
