"""Where a request stands, as its card says it: its bar, whom it waits for, what is missing, and how old all that is."""

from collections.abc import Iterator
from datetime import datetime

from bot.slack import bar
from bot.wording import say, slack_text
from domain.desk.counting import counted
from domain.desk.keeping import Sheet
from domain.desk.letters import may_come
from domain.desk.on_paper import is_complete
from domain.desk.overdue import overdue_days
from domain.desk.pin_age import good_until
from domain.desk.urgent import urgent_of
from domain.desk.wanted import Wanted, wanted
from domain.intake.questions import missing, next_question
from domain.intake.repairs import is_rejected
from domain.orders.model import Case
from domain.orders.phases import PAPERS, PHASES
from domain.policy import Policy
from domain.text import clean
from domain.wordkeys import nested

SHOWN_WANTED = 6
NOBODYS = ("partial",)  # a roll-up that is over; `needs_attention` is the desk's


def state(case: Case, policy: Policy) -> str:
    """Return the lines at a card's top: phase, whom it waits for, what each of them owes."""
    head = slack_text("card.state", {"bar": bar.of_request(case), **_who(case)})
    stand = counted(n.phase for n in case.numbers)
    sums = (slack_text("card.sum", {"stand": stand}),) if stand else ()
    return "\n".join((head, *sums, *(_owes(each) for each in wanted(case, policy))))


def in_short(case: Case) -> str:
    """Return phase and whom it waits for as one line, for notices and screen readers."""
    return slack_text("card.short", _who(case))


def urgent(case: Case) -> Iterator[str]:
    """Yield for what somebody has to call, in bold above everything else."""
    for flag in urgent_of(case):
        yield slack_text("card.urgent", {"flag": nested(f"staff.flag.{flag}")})


def overdue(sheet: Sheet) -> Iterator[str]:
    """Yield that a day has passed of which nobody noted what came of it."""
    days = overdue_days(sheet.case, sheet.read_at)
    if days:
        yield slack_text("card.overdue", {"days": days})


def age(case: Case, policy: Policy) -> str:
    """Return since when there is the request, its last change and its phase; Slack's client counts the days."""
    request = case.request
    since = max((n.since for n in case.numbers), default=request.created_at)
    parts = (
        _since("card.age.created", request.created_at, policy),
        _since("card.age.changed", request.changed_at, policy),
        _since("card.age.phase", since, policy),
        *_pin(case, policy),
        slack_text("card.show", {"ref": request.ref}),
    )
    return " · ".join(parts)


def _pin(case: Case, policy: Policy) -> Iterator[str]:
    """Yield until when the PIN is good that waits here to be sent: Slack's client counts down to it."""
    until = good_until(case)
    if until is not None and case.phase in ("staff_review", "changes_requested", "rejected", *PAPERS):
        yield _since("card.age.pin", until, policy)


def _since(key: str, at: datetime, policy: Policy) -> str:
    """Return words and a time that each reader sees in their own zone, with how long ago it is; else the desk's time.

    The tokens are Slack's (docs.slack.dev/messaging/formatting-message-text, known 2026-11-22).
    """
    local = at.astimezone(policy.desk_zone)
    shown = f"<!date^{int(at.timestamp())}^{{date_short_pretty}} ({{ago}})|{local:%Y-%m-%d %H:%M}>"
    return f"{slack_text(key, {})} {shown}"


def _owes(each: Wanted) -> str:
    names = [say(_label(name), {}, "en", clean) for name in each.what]
    shown = ", ".join(names[:SHOWN_WANTED])
    key = f"card.owes.{each.who}"
    if len(names) <= SHOWN_WANTED:
        return slack_text(key, {"what": shown})
    return slack_text(key, {"what": nested("card.owes_more", what=shown, more=str(len(names) - SHOWN_WANTED))})


def _label(name: str) -> str:
    return "card.reply" if name == "reply" else f"staff.answer.{name}"


def _who(case: Case) -> dict[str, str]:
    return {"phase": nested(f"phase.{case.phase}"), "who": nested(f"staff.ball.{_ball(case)}")}


def _ball(case: Case) -> str:
    """Return who has to act: with nothing open with the customer, the desk sends again, or somebody else signs."""
    if is_rejected(case) and case.request.repaired is not None:
        return "desk_again"
    if case.phase == "needs_attention" and next_question(case) is not None:
        return "customer"
    if case.phase in (*PAPERS, "staff_review") and is_complete(case):
        return "desk"
    if case.phase == "awaiting_documents" and may_come(case) and next_question(case) is None:
        return "signer"
    if case.phase == "staff_review" and _is_unsigned(case):
        return "signer" if may_come(case) else "customer"
    if case.phase in PHASES:
        return PHASES[case.phase].ball
    return "nobody" if case.phase in NOBODYS else "desk"


def _is_unsigned(case: Case) -> bool:
    """Tell whether something but the PIN, which is asked for last, is open before a request in review can go out."""
    still_open = missing(case)
    return may_come(case) or (still_open is not None and still_open.id != "pin")
