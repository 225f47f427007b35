"""The closed lists of the researchers' tables, as plain lists: value, English label. Values are public words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

GROUP_KINDS = [
    ("community", _("community")),
    ("outlet", _("news outlet")),
    ("person", _("person")),
    ("organisation", _("organisation")),
    ("movement", _("movement or party")),
    ("other", _("other")),
    ("unknown", _("not known")),
]
PAGE_KINDS = [
    ("community", _("community")),
    ("profile", _("profile")),
    ("channel", _("channel")),
    ("post", _("post")),
    ("video", _("video")),
    ("app", _("app")),
    ("repository", _("repository")),
    ("article", _("article")),
    ("site", _("website")),
    ("other", _("other")),
]
AUTHORITY_KINDS = [
    ("prosecutor", _("prosecutor")),
    ("court", _("court")),
    ("court_or_agency", _("court or authorised executive body")),
    ("regulator", _("regulator")),
    ("ministry", _("ministry")),
    ("police", _("police")),
    ("tax", _("tax service")),
    ("government", _("government")),
    ("executive", _("other executive body")),
    ("legislature", _("legislature")),
    ("platform", _("the platform itself")),
    ("other", _("other")),
    ("unknown", _("not known")),
]
RESTRICTIONS = [
    ("withheld", _("withheld from a territory")),
    ("removed", _("removed everywhere")),
    ("suspended", _("account suspended")),
    ("demoted", _("demoted or hidden from search")),
    ("delisted", _("taken out of a store or search")),
    ("network", _("blocked by networks")),
    ("other", _("other")),
    ("unknown", _("not known")),
]
REASON_STATUSES = [
    ("given", _("given")),
    ("none_given", _("expressly none given")),
    ("not_known", _("not known")),
]
REASON_CATEGORIES = [
    ("extremism", _("extremism")),
    ("war_reporting", _("war reporting or “false information” about armed forces")),
    ("protest", _("calls to assemble or protest")),
    ("national_security", _("national security or public order")),
    ("lgbt", _("LGBT content")),
    ("drugs", _("drugs")),
    ("medicine", _("medicines and health products")),
    ("gambling", _("gambling")),
    ("suicide", _("suicide")),
    ("religion", _("religion")),
    ("defamation", _("defamation, honour or privacy")),
    ("falsehood", _("false statements")),
    ("copyright", _("copyright")),
    ("sanctions", _("sanctions")),
    ("unlawful_organisation", _("undesirable, foreign-agent or banned organisation")),
    ("criticism", _("criticism of officials")),
    ("platform_rules", _("the platform's own rules")),
    ("fraud", _("fraud or forged documents")),
    ("other", _("other")),
]
PUBLICATION = [
    ("draft", _("draft")),
    ("in_review", _("in review")),
    ("published", _("published")),
    ("withdrawn", _("withdrawn")),
]
PRECISIONS = [("day", _("day")), ("month", _("month")), ("year", _("year")), ("unknown", _("not known"))]
DATE_KINDS = [
    ("ordered", _("ordered")),
    ("effective", _("took effect")),
    ("observed", _("observed")),
    ("reported", _("reported")),
    ("restored", _("restored")),
]
ENDINGS = [
    ("restored", _("restored by the platform")),
    ("order_lifted", _("the order was lifted")),
    ("court_reversed", _("a court reversed it")),
    ("left_register", _("left the register")),
    ("page_deleted", _("the page was deleted")),
    ("unknown", _("ended, not known how")),
]
STANCES = [("supports", _("supports")), ("contradicts", _("contradicts")), ("denies", _("denies"))]
SOURCE_KINDS = [
    ("news", _("news report")),
    ("group", _("statement of the group")),
    ("authority", _("document of the authority")),
    ("platform", _("notice or statement of the platform")),
    ("register", _("official register")),
    ("research", _("research or NGO")),
    ("dataset", _("data set")),
    ("other", _("other")),
]
RELIABILITY = [
    ("A", _("A: completely reliable")),
    ("B", _("B: usually reliable")),
    ("C", _("C: fairly reliable")),
    ("D", _("D: not usually reliable")),
    ("E", _("E: unreliable")),
    ("F", _("F: cannot be judged")),
]
CREDIBILITY = [
    (1, _("1: confirmed by others")),
    (2, _("2: probably true")),
    (3, _("3: possibly true")),
    (4, _("4: doubtful")),
    (5, _("5: improbable")),
    (6, _("6: cannot be judged")),
]
"""Source grades after the Admiralty scale (MISP taxonomy admiralty-scale)."""
PROPOSAL_STATES = [
    ("open", _("open")),
    ("filled", _("filled in by itself")),
    ("accepted", _("accepted")),
    ("dismissed", _("dismissed")),
]
PROPOSAL_REASONS = [
    ("filled", _("nobody had entered an order or an authority")),
    ("not_a_draft", _("the event is no draft any more")),
    ("entered", _("somebody has entered an order or an authority")),
    ("suspect", _("a value of the notice looks wrong")),
    ("incomplete", _("the notice does not state authority, number and date")),
]
APPELLANTS = [
    ("unknown", _("not known")),
    ("group", _("the group")),
    ("platform", _("the platform")),
    ("readers", _("readers or subscribers")),
    ("other", _("somebody else")),
]
APPEAL_OUTCOMES = [
    ("unknown", _("not known")),
    ("pending", _("not decided yet")),
    ("upheld", _("the block was upheld")),
    ("lifted", _("the block was lifted")),
    ("partly", _("the block was lifted in part")),
]
CORRECTION_STATES = [
    ("open", _("waits for a second person")),
    ("taken", _("taken")),
    ("dismissed", _("dismissed")),
]
BATCH_STATES = [("stored", _("stored")), ("parked", _("parked")), ("undone", _("undone"))]
ROW_OUTCOMES = [("created", _("created")), ("updated", _("updated")), ("unchanged", _("unchanged"))]
PREVIEW_OUTCOMES = [*ROW_OUTCOMES, ("error", _("error"))]
UPLOAD_STATES = [
    ("waiting", _("waiting to be checked")),
    ("checking", _("being checked")),
    ("checked", _("checked")),
    ("refused", _("refused")),
    ("accepted", _("waiting to be imported")),
    ("importing", _("being imported")),
    ("imported", _("imported")),
    ("failed", _("failed")),
    ("dropped", _("dropped")),
]
SNAPSHOT_STATES = [("taken", _("taken")), ("doubted", _("doubted")), ("parked", _("parked"))]
TWIN_REASONS = [
    ("page", _("the same page")),
    ("order", _("the same order and group")),
    ("name", _("nearly the same name")),
]
BULK_KINDS = [
    ("publish", _("publish")),
    ("review", _("send to review")),
    ("withdraw", _("withdraw")),
    ("category", _("set the category of the reason")),
]
