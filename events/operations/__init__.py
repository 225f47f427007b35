"""The only writer of the researchers' tables. Verbs, keyword-only; ``by=`` who, ``because=`` why, ``now=`` when."""

from events.operations.batches import count_batch, record_batch, record_rows
from events.operations.bulk import MOST_AT_ONCE, Outcome, change_many, preview_bulk, undo_bulk
from events.operations.catalogue import (
    ensure_platforms,
    find_authority,
    find_order,
    find_page,
    keep,
    name_authority,
    name_group,
    record_authority,
    record_group,
    record_order,
    record_page,
    remove,
)
from events.operations.desk import dismiss_twins, remove_view, save_view, see_changes
from events.operations.editing import (
    Entry,
    close_draft,
    drafts_of,
    drop_old_drafts,
    find_draft,
    keep_draft,
    others_at,
    say_closed,
    say_open,
)
from events.operations.episodes import block_again, end_block, interval
from events.operations.following import check_now
from events.operations.gathering import Gathering
from events.operations.proposing import accept_proposal, consider_notices, dismiss_proposal
from events.operations.recording import (
    add_date,
    add_erratum,
    add_source,
    correct_event,
    keep_event,
    publish_event,
    record_event,
    send_to_review,
    set_interval,
    withdraw_event,
)
from events.operations.roles import ensure_roles
from events.operations.searching import make_all_search_texts, search_texts_together
from events.operations.undoing import Undoing, plan_undo, undo_batch
from events.operations.writing import Actor, Inconsistent, Signed

__all__ = [
    "MOST_AT_ONCE",
    "Actor",
    "Entry",
    "Gathering",
    "Inconsistent",
    "Outcome",
    "Signed",
    "Undoing",
    "accept_proposal",
    "add_date",
    "add_erratum",
    "add_source",
    "block_again",
    "change_many",
    "check_now",
    "close_draft",
    "consider_notices",
    "correct_event",
    "count_batch",
    "dismiss_proposal",
    "dismiss_twins",
    "drafts_of",
    "drop_old_drafts",
    "end_block",
    "ensure_platforms",
    "ensure_roles",
    "find_authority",
    "find_draft",
    "find_order",
    "find_page",
    "interval",
    "keep",
    "keep_draft",
    "keep_event",
    "make_all_search_texts",
    "name_authority",
    "name_group",
    "others_at",
    "plan_undo",
    "preview_bulk",
    "publish_event",
    "record_authority",
    "record_batch",
    "record_event",
    "record_group",
    "record_order",
    "record_page",
    "record_rows",
    "remove",
    "remove_view",
    "save_view",
    "say_closed",
    "say_open",
    "search_texts_together",
    "see_changes",
    "send_to_review",
    "set_interval",
    "undo_batch",
    "undo_bulk",
    "withdraw_event",
]
