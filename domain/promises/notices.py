"""THE tables of notices and reminders.

A notice is told to the customer when a number has entered a phase; a deadline says when the clock looks at a request
again.
"""

from collections.abc import Callable
from datetime import timedelta

from domain.policy import Policy

NOTICES: dict[str, str] = {
    "submitted": "notice.submitted",
    "awaiting_sms_consent": "notice.awaiting_sms_consent",
    "csr_check": "notice.csr_check",
    "csr_needed": "notice.csr_needed",
    "carrier_review": "notice.carrier_review",
    "resporg_release": "notice.resporg_release",
    "rerouting": "notice.rerouting",
    "pending_date": "notice.pending_date",
    "scheduled": "notice.scheduled",
    "activating": "notice.activating",
    "ported": "notice.ported",
    "closed": "notice.closed",
    "returned": "notice.returned",
    "not_portable": "notice.not_portable",
    "failed": "notice.failed",
    "rejected": "notice.rejected",
    "changes_requested": "notice.changes_requested",
    "cancelled": "notice.cancelled",
    "staff_review": "notice.staff_review",  # the letter that somebody else was to sign is here; and see below
    # An undo can lead back to these after the customer was told, when the undo time was made longer meanwhile.
    "awaiting_documents": "notice.awaiting_documents",
    "awaiting_unlock": "notice.awaiting_unlock",
    "cancel_requested": "notice.cancel_requested",
    "expired": "notice.expired",  # only told again to somebody who had blocked the bot when it was
}

DEADLINES: dict[str, Callable[[Policy], timedelta]] = {
    "draft": lambda policy: timedelta(hours=policy.remind_hours),  # an unfinished request is recalled, three times
    "expire": lambda policy: timedelta(days=policy.close_days),  # and given up after this long without a word
    "forget_caller": lambda policy: timedelta(days=policy.close_days),  # and forgotten, where no chat ever had it
}

DRAFT_REMINDERS = 3
STALE_AFTER = timedelta(days=3)
NEVER_STALE = ("intake",)  # statuses that wait for nobody of the desk: customers are reminded of their drafts

OVERDUE_AFTER = timedelta(hours=16)
"""How long after its window a move is overdue: with a window in the morning the next day has begun by then."""

SILENT_AFTER: dict[str, int] = {
    "wireless": 1,
    "landline": 3,
    "voip": 3,
    "google_voice": 3,
    "toll_free": 2,
    "fax": 3,
    "ca_landline": 2,
    "ca_wireless": 2,
}
"""Business days after which a carrier that has not answered is silent, by class (porting research §2.7, §4.3)."""

USUALLY_SILENT_AFTER = 3
SILENT_IN: dict[str, int] = {"submitted": 0, "carrier_review": 0, "pending_date": 0, "resporg_release": 10}
"""The phases in which a carrier has to answer; with the business days after which what we asked has run out, 0: never.

A RespOrg answers within two business days, and a request runs out after ten (support.somos.com, read 2026-11-21).
"""

SILENT = "silent"  # the due rule that notices it
OVERDUE = "overdue"  # the due rule that tells the desk of it
