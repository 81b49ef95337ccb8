"""What a card offers: the right next step, the usual ones beside it, and everything else that is open from there."""

from domain.desk import routing, texting
from domain.desk.editing import open_to_edit
from domain.desk.eligibility import lacking, may_be_ticked
from domain.desk.keeping import Sheet
from domain.desk.leaving import OUT, may_leave
from domain.desk.letters import may_come
from domain.desk.sending_back import ASKED_FROM, may_be_asked
from domain.desk.signer_links import may_be_replaced
from domain.desk.splitting import may_be_split
from domain.desk.staff import open_to
from domain.desk.stepping import open_to_some
from domain.desk.stopping import KEEP
from domain.desk.submitting import awaits_repair
from domain.desk.undoing import can_be_taken_back
from domain.desk.wanted import PROMISED, of_customer
from domain.desk.way_back import SNAPBACK, moved
from domain.intake.repairs import is_rejected
from domain.intake.trial import on_trial, still_to_verify, tried_in, unverified
from domain.orders.model import Case
from domain.orders.phases import PAPERS, is_ended, possible
from domain.policy import Policy

_USUAL: dict[str, tuple[str, ...]] = {
    "awaiting_documents": ("letter",),
    "awaiting_unlock": ("letter", "ask"),
    "staff_review": ("submit", "eligible", "letter", "ask"),
    "changes_requested": ("letter",),
    "submitted": ("advance", "reject"),
    "awaiting_sms_consent": ("advance", "reject"),
    "csr_check": ("advance", "ask", "reject"),
    "csr_needed": ("advance",),
    "carrier_review": ("advance", "reject"),
    "resporg_release": ("advance", "reject"),
    "rerouting": ("date", "complete"),
    "pending_date": ("date", "reject"),
    "scheduled": ("advance", "complete", "date"),
    "activating": ("complete", "date"),
    "rejected": ("submit", "letter", "ask"),
    "cancel_requested": ("cancel", "advance"),
    "needs_attention": ("submit", "letter", "advance", "date", "complete"),
}
"""The steps of the port itself that are usual in a phase, those that are right most often first."""

MANIFOLD = ("rejected", "needs_attention")
"""Statuses whose requests differ in what is open to them: by what is repaired or told, by where each number is."""

_ALWAYS_USUAL = ("reply", "take", "undo")
_OVER = ("works", "texting", "cancel", "reply", "note", "undo")  # what is left to do when a request has ended


def offered(sheet: Sheet, policy: Policy) -> tuple[str, ...]:
    """Return every verb that is open to a request now: its own steps, the customer, the desk among themselves."""
    case = sheet.case
    checks = ("eligible",) if policy.eligibility and may_be_ticked(case) else ()
    undo = ("undo",) if can_be_taken_back(case, sheet.action, sheet.read_at, policy) else ()
    return (*_steps(case), *checks, *_after(case), *_to_customer(sheet), *_among_us(case), *undo)


def _after(case: Case) -> tuple[str, ...]:
    """Return what there is to do about the days after a move, and to have ready before it."""
    ready = ("routing",) if routing.is_shown(case) else ()
    texts = ("texting",) if texting.may_be_noted(case) else ()
    tried = ("works",) if unverified(case) or any(still_to_verify(case, each) for each in tried_in(case)) else ()
    return (*ready, *texts, *tried, *(("close",) if on_trial(case) else ()))


def open_at(status: str) -> tuple[str, ...]:
    """Return the steps of the port that are open to most requests of a status; of `MANIFOLD` ones it does not tell."""
    steps = possible(status, "staff")
    return ("ask", *steps) if status in ASKED_FROM and "ask" not in steps else steps


def _to_customer(sheet: Sheet) -> tuple[str, ...]:
    """Return how the customer can be spoken to; who has blocked the bot cannot be."""
    if sheet.taken_by is not None:
        return ("reply", "resume")
    if sheet.chat_blocked:
        return ()
    return ("reply",) if is_ended(sheet.case.phase) else ("reply", "takeover")


def _steps(case: Case) -> tuple[str, ...]:
    """Return the steps of the port; what was rejected goes out again only once that is mended."""
    steps = (*open_to(case), *_afterwards(case))
    if awaits_repair(case):
        steps = tuple(verb for verb in steps if verb != "submit")
    steps = (*steps, "link") if may_be_replaced(case) else steps
    may_ask = may_be_asked(case) and "ask" not in steps
    steps = (*steps, "split") if may_be_split(case) else steps
    return ("ask", *steps) if may_ask else steps


def _afterwards(case: Case) -> tuple[str, ...]:
    """Return what is left to do about numbers that have moved, or were stopped at their carrier."""
    keep = ("cancel",) if is_ended(case.phase) and KEEP in case.answers else ()
    back = (SNAPBACK,) if moved(case) else ()
    return (*keep, *back, *((OUT,) if may_leave(case) else ()))


def for_some(case: Case) -> tuple[str, ...]:
    """Return the steps that are open to some of the numbers alone: their forms ask which."""
    steps = open_to_some(case)
    return tuple(verb for verb in steps if verb != "submit") if awaits_repair(case) else steps


def _among_us(case: Case) -> tuple[str, ...]:
    """Return what the desk can settle among themselves, and answers that it can correct."""
    if is_ended(case.phase):
        return ("note",)
    take = () if case.request.assignee else ("take",)
    edit = ("edit",) if open_to_edit(case) else ()
    return (*take, "assign", "note", "hold", "snooze", *edit)


def right_step(sheet: Sheet, policy: Policy) -> str | None:
    """Return the one step that is right now; None while somebody else has to act."""
    open_now = (*offered(sheet, policy), *for_some(sheet.case))
    step = _right(sheet, policy)
    return step if step in open_now else None


def _right(sheet: Sheet, policy: Policy) -> str:
    case = sheet.case
    if case.phase in ("staff_review", *PAPERS, "changes_requested"):
        return _before_it_goes_out(case, policy)
    if is_rejected(case):
        return "ask" if case.request.repaired is None else "" if _is_awaited(case) else "submit"
    if case.phase == "scheduled":
        ends = [n.window_end for n in case.numbers if n.window_end is not None]
        if ends and max(ends) <= sheet.read_at:
            return "complete"
        today = sheet.read_at.astimezone(policy.desk_zone).date()
        return "" if any(n.port_date is not None and n.port_date > today for n in case.numbers) else "advance"
    return next(iter(_USUAL.get(case.phase, ())), "")


def _is_awaited(case: Case) -> bool:
    """Tell whether the customer has to answer before anything goes out."""
    return any(question not in PROMISED for question in of_customer(case))


def _before_it_goes_out(case: Case, policy: Policy) -> str:
    """Return what makes an order ready: nothing while the customer has to answer, but for what may come later."""
    if _is_awaited(case):
        return ""
    if may_come(case):
        return "letter"
    if case.phase != "staff_review":
        return ""
    return "eligible" if lacking(case, policy) else "submit"


def usual(sheet: Sheet, policy: Policy) -> tuple[str, ...]:
    """Return the verbs that a card has buttons for: the right next step first, then what is usual there."""
    case = sheet.case
    open_now = (*offered(sheet, policy), *for_some(case))
    first = right_step(sheet, policy)
    steps = _OVER if is_ended(case.phase) else (*_USUAL.get(case.phase, ()), *_ALWAYS_USUAL)
    wanted = dict.fromkeys((*((first,) if first else ()), *steps))
    return tuple(verb for verb in wanted if verb in open_now)
