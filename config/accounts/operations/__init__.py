"""The only writers of sessions, counted attempts and changes of accounts."""

from config.accounts.operations.changing import (
    KINDS_BY_ANOTHER,
    changes_by_others_since,
    changes_of,
    note_change,
    note_differences,
    reset_factors,
    snapshot,
)
from config.accounts.operations.counting import (
    Refused,
    Ticket,
    forget_expired,
    may_try_code,
    may_try_password,
    may_try_reset,
    may_try_session,
    succeeded,
    use_code_once,
)
from config.accounts.operations.ending import end_session, end_sessions, sessions_of

__all__ = [
    "KINDS_BY_ANOTHER",
    "Refused",
    "Ticket",
    "changes_by_others_since",
    "changes_of",
    "end_session",
    "end_sessions",
    "forget_expired",
    "may_try_code",
    "may_try_password",
    "may_try_reset",
    "may_try_session",
    "note_change",
    "note_differences",
    "reset_factors",
    "sessions_of",
    "snapshot",
    "succeeded",
    "use_code_once",
]
