"""A manager's request waits for an administrator of its company, before the desk sees it.

A side state beside the phase: the numbers stay at `intake` meanwhile, and what may happen to a draft may happen to it.
"""

from datetime import timedelta

from domain.companies import APPROVED, SENT_BACK, WAITING, Company, Member, companies_of, labelled
from domain.desk.on_paper import is_complete
from domain.desk.state import Theirs
from domain.desk.turn import Rows, Turn
from domain.intake.about import account_name, asks, carrier_name, is_someone_elses, show_moving, signer_name
from domain.intake.choices import Choice
from domain.intake.questions import BY_ID
from domain.orders.agreed import shown
from domain.orders.model import Answer, Case
from domain.promises.notices import DEADLINES
from domain.values import replace
from domain.wordkeys import nested

REMIND_AFTER = timedelta(hours=24)
REMINDERS = 3
_NAMED = 3  # administrators that a sentence names
_REASON = "reason:"
MORE = "co.more"  # the code of the button that shows older requests; its form is the one before which they are
_MOST_SHOWN = 20  # colleagues' requests that one message lists
_OF_COMPANIES = ("own", "company")  # the wishes of a request that say whose it may be


def company_of(turn: Turn) -> Company | None:
    """Return the company for which the turn's request was begun; None for a private one, and where nobody is left."""
    wanted = turn.case.request.company_id if turn.case is not None else None
    return next((c for c in turn.state.companies if c.id == wanted), None)


def company_taken(turn: Turn) -> None:
    """Let the request belong to the company that was chosen among the customer's own; one that was left is none."""
    case = turn.the_case()
    chosen = labelled(companies_of(turn.state.companies, turn.chat.id)).get(case.answers["company"].value[0])
    if chosen is not None:
        turn.set_request(replace(case.request, company_id=chosen.id))
    elif asks(case, "own"):
        _ask_whose(turn)


def has_no_owner(turn: Turn) -> bool:
    """Tell whether a signed request is of none of the companies it could be of; it is asked for and signed anew."""
    if turn.the_case().request.company_id is not None or not asks(turn.the_case(), "own"):
        return False
    _ask_whose(turn)
    reopen(turn, None)
    return True


def _ask_whose(turn: Turn) -> None:
    """Have the company asked for once more, of those to which the customer belongs by now; a single one is taken."""
    turn.drop("company")
    mine = labelled(companies_of(turn.state.companies, turn.chat.id))
    others = (each for each in turn.the_case().answers["asks"].value if each.partition(":")[0] not in _OF_COMPANIES)
    fresh = (each for each in turn.policy.wishes(tuple(mine)) if each.partition(":")[0] in _OF_COMPANIES)
    turn.answer("asks", (*others, *fresh), source="inferred")
    if len(mine) == 1:
        ((name, company),) = mine.items()
        turn.answer("company", (name,), source="inferred")
        turn.set_request(replace(turn.the_case().request, company_id=company.id))


def must_wait(turn: Turn) -> bool:
    """Tell whether somebody else has to approve the request: whoever does not lead its company cannot do it alone."""
    company = company_of(turn)
    return company is not None and not company.is_led_by(turn.chat.id)


def is_waiting(case: Case) -> bool:
    """Tell whether a request waits for an administrator now."""
    return case.request.approval == WAITING and case.phase == "intake"


def hold(turn: Turn) -> None:
    """Let a signed request wait, and ask every administrator; drafts' reminders rest meanwhile."""
    case = turn.the_case()
    turn.drop("approval")
    turn.set_request(replace(turn.the_case().request, approval=WAITING))
    turn.note("approval_asked")
    turn.end_due("draft", case.request.id)
    turn.end_due("expire", case.request.id)
    turn.set_due("approval", case.request.id, 1, turn.moment.now + REMIND_AFTER)
    ask_administrators(turn, "approval.ask")


def withdraw(turn: Turn) -> None:
    """Take a waiting request back, to be changed, and signed again; it is recalled like any draft."""
    _end(turn)
    reopen(turn, None)
    request = turn.the_case().request
    turn.set_due("draft", request.id, 1, turn.moment.now + DEADLINES["draft"](turn.policy))


def stands(case: Case) -> bool:
    """Tell whether a waiting request is still what was confirmed and signed, with none of it being asked anew."""
    is_signed = is_someone_elses(case) or case.answer("signature") is not None or is_complete(case)
    again = [q for q, given in case.answers.items() if given.reopened and q in BY_ID and BY_ID[q].signed]
    return case.answer("review") is not None and is_signed and not again


def changed(turn: Turn, question: str, before: Answer | None) -> None:
    """Take a waiting request back when an answer makes another one of it than the administrators were shown.

    `before` is the answer that was replaced; the friendly name of a request is nothing that they decide about.
    """
    case = turn.the_case()
    if not is_waiting(case) or question == "title":
        return
    is_signed = question in BY_ID and BY_ID[question].signed
    is_other = is_signed and (before is None or before.value != case.answer(question))
    if is_other or not stands(case):
        withdraw(turn)
        turn.say("approval.withdrawn")


def reopen(turn: Turn, approval: str | None) -> None:
    """Have the answers checked and signed anew."""
    for question in ("review", "agreements", "signature"):
        turn.drop(question)
    turn.set_request(replace(turn.the_case().request, approval=approval, signed_at=None))


def ask_administrators(turn: Turn, key: str) -> None:
    """Show a request to every administrator of its company, without secrets, with the buttons that decide."""
    company = company_of(turn)
    for each in company.administrators if company is not None else ():
        ask(turn, key, each)


def ask(turn: Turn, key: str, who: Member) -> None:
    """Show the request to one administrator, without secrets, with the buttons that decide about what is shown."""
    company, case = company_of(turn), turn.the_case()
    if company is not None:
        turn.say_to((who.chat_id, who.language), key, summary(turn, case, company), decisions(case))


def mark_of(case: Case) -> int:
    """Return what tells one check of a request from a later one: when it was confirmed, in ms since 1970."""
    given = case.answers.get("review")
    return int(given.at.timestamp() * 1000) if given is not None else 0


def decisions(case: Case) -> Rows:
    """Return the buttons by which an administrator decides about the request as it was confirmed last."""
    form = {"form": f"{case.request.id}.{mark_of(case)}"}
    return ((Choice("co.approve", "button.approve", form), Choice("co.send_back", "button.send_back", form)),)


def summary(turn: Turn, case: Case, company: Company) -> dict[str, str]:
    """Return what an administrator reads of a request: never an account number or a PIN."""
    rings = case.answer("destination")
    signer = signer_name(case)
    return {
        "ref": case.request.ref,
        "whose": whose(company, turn.chat.id),
        "firm": company.name,
        "number": show_moving(case),
        "carrier": carrier_name(case),
        "holder": account_name(case) or "—",
        "rings": shown(rings) if rings and rings != ("none",) else "—",
        "letter": nested("approval.letter_another" if is_someone_elses(case) else "approval.letter", signer=signer),
    }


def whose(company: Company, chat_id: int) -> str:
    """Return how colleagues call a member; who has left has no name there any more."""
    member = company.member(chat_id)
    return (member.name if member is not None else "") or "—"


def deciders(turn: Turn) -> str:
    """Return the names of those who can approve the turn's request."""
    company = company_of(turn)
    names = [named(each) for each in company.administrators] if company is not None else []
    more = f" (+{len(names) - _NAMED})" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more or "—"


def named(member: Member) -> str:
    """Return a member's name, or a dash for one whom Telegram gave none."""
    return member.name or "—"


def how_it_waits(turn: Turn, case: Case) -> dict[str, str]:
    """Return what the status message says instead, while a request waits for an administrator or came back from one."""
    if is_waiting(case):
        who = deciders(turn)
        return {"ball": nested("approval.ball", who=who), "next": nested("approval.next", who=who)}
    given = case.answers.get("approval")
    if case.request.approval == SENT_BACK and case.phase == "intake" and given is not None:
        who, why = given.value
        return {"next": nested("approval.next_sent_back", who=who, why=why)}
    return {}


def reason_of(chat_id: int) -> str:
    """Return the name under which the reason of an administrator waits for the request's own turn."""
    return f"{_REASON}{chat_id}"


def _end(turn: Turn) -> None:
    """Let nobody be reminded any more, and forget the reasons of those who were slower."""
    case = turn.the_case()
    turn.end_due("approval", case.request.id)
    for question in [q for q in case.answers if q.startswith(_REASON)]:
        turn.drop(question)


def approve(turn: Turn, who: Member) -> None:
    """Note who approved; the caller gives the request to the desk."""
    _end(turn)
    turn.answer("approval", (named(who), ""), source="inferred")
    turn.set_request(replace(turn.the_case().request, approval=APPROVED))
    turn.note("approved")


def send_back(turn: Turn, who: Member, why: str) -> None:
    """Give the request back to whoever began it, with the reason."""
    _end(turn)
    turn.answer("approval", (named(who), why), source="inferred")
    reopen(turn, SENT_BACK)
    turn.note("sent_back", words=why)


def look_rows(turn: Turn) -> Rows:
    """Return a button for each request of colleagues that the chat may look at, and one for more of them."""
    found = [each for each in turn.state.theirs if each.brief.e164][-_MOST_SHOWN:]
    older = turn.state.older_theirs
    more = ((Choice(MORE, "button.company.more", {"form": f"{older}.0"}),),) if older else ()
    return (*((_look_at(each),) for each in found), *more)


def _look_at(each: Theirs) -> Choice:
    waits = each.approval == WAITING and each.brief.status == "intake"
    label = "button.company.look_waiting" if waits else "button.company.look"
    return Choice("co.look", label, {"ref": each.brief.ref, "whose": each.whose or "—", "form": f"{each.brief.id}.0"})
