"""What people recorded: who was blocked, by whom, when, why, and who says so. Written by ``events.operations`` only."""

from events.models.appeals import Appeal
from events.models.authorities import Authority, AuthorityName, Order
from events.models.batches import ImportBatch, ImportRow
from events.models.blocking import BlockEvent, Episode, EventDate
from events.models.corrections import ProposedCorrection
from events.models.desk import BulkChange, BulkChangeRow, SavedView, SeenChange, Twin
from events.models.editing import FormDraft, FormOpened
from events.models.intakes import Intake
from events.models.presences import Group, GroupName, Page, Platform
from events.models.proposals import NoticeMark, OrderProposal
from events.models.registers import RegisterEntry, RegisterSnapshot
from events.models.searching import AuthorityText, EventText, GroupText, OrderText, PageText
from events.models.sources import Erratum, Source
from events.models.uploads import ImportUpload, PreviewRow

__all__ = [
    "Appeal",
    "Authority",
    "AuthorityName",
    "AuthorityText",
    "BlockEvent",
    "BulkChange",
    "BulkChangeRow",
    "Episode",
    "Erratum",
    "EventDate",
    "EventText",
    "FormDraft",
    "FormOpened",
    "Group",
    "GroupName",
    "GroupText",
    "ImportBatch",
    "ImportRow",
    "ImportUpload",
    "Intake",
    "NoticeMark",
    "Order",
    "OrderProposal",
    "OrderText",
    "Page",
    "PageText",
    "Platform",
    "PreviewRow",
    "ProposedCorrection",
    "RegisterEntry",
    "RegisterSnapshot",
    "SavedView",
    "SeenChange",
    "Source",
    "Twin",
]
