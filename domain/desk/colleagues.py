"""What administrators do about a colleague's request, by a turn of that request: decide about it, or look at it.

Each rule's version is the chat of whoever acts. Whether they may is judged here, by who leads the request's company
now: a button proves nothing.
"""

from collections.abc import Callable

from domain.companies import APPROVED, SENT_BACK, WAITING, Member
from domain.desk import approving, signing
from domain.desk.asking import ask, is_busy_elsewhere, name_of
from domain.desk.standing import status_params
from domain.desk.state import Due
from domain.desk.turn import Rows, Turn
from domain.intake.choices import Choice
from domain.orders.phases import is_ended
from domain.policy import Policy
from domain.promises.notices import DEADLINES
from domain.wordkeys import nested


def _approve(turn: Turn, due: Due, _policy: Policy) -> None:
    who = _decider(turn, due)
    if who is None:
        return
    if not approving.stands(turn.the_case()):  # changed since it was signed: the button showed another request
        approving.withdraw(turn)
        _answer(turn, who, "approval.changed")
        return
    if due.rule.rpartition(".")[2] != str(approving.mark_of(turn.the_case())):  # the button of an earlier check
        approving.ask(turn, "approval.renewed", who)
        return
    approving.approve(turn, who)
    signing.bring(turn)
    turn.post("thread.approved", {"who": approving.named(who)})
    turn.say("approval.approved", {"ref": name_of(turn.the_case().request), "who": approving.named(who)})
    _answer(turn, who, "approval.done")


def _send_back(turn: Turn, due: Due, _policy: Policy) -> None:
    name = approving.reason_of(due.version)
    given = turn.the_case().answers.get(name)
    turn.drop(name)
    who = _decider(turn, due)
    if who is None or given is None:
        return
    why = given.value[0]
    approving.send_back(turn, who, why)
    request = turn.the_case().request
    turn.set_due("draft", request.id, 1, turn.moment.now + DEADLINES["draft"](turn.policy))
    params = {"ref": name_of(request), "who": approving.named(who), "why": why}
    if is_busy_elsewhere(turn):
        go = Choice("go", "button.go", {"ref": name_of(request), "form": f"{request.id}.0"})
        turn.say("approval.sent_back", params, ((go,),))
    else:
        ask(turn, "approval.sent_back", params)
    _answer(turn, who, "approval.done_back")


def _decider(turn: Turn, due: Due) -> Member | None:
    """Return who decides, if they lead the request's company and nobody was faster; else tell them how it is."""
    turn.actor = f"colleague:{due.version}"
    who = _leader(turn, due)
    if who is None or approving.is_waiting(turn.the_case()):
        return who
    request = turn.the_case().request
    given = turn.the_case().answers.get("approval")
    by = given.value[0] if given is not None else "—"
    key = _DECIDED.get(request.approval or "", "approval.over")
    is_over = is_ended(turn.the_case().phase) and request.approval == WAITING
    turn.say_to((who.chat_id, who.language), "approval.over" if is_over else key, {"ref": request.ref, "who": by})
    return None


_DECIDED = {APPROVED: "approval.was_approved", SENT_BACK: "approval.was_sent_back"}


def _leader(turn: Turn, due: Due) -> Member | None:
    company = approving.company_of(turn)
    if company is not None and company.is_led_by(due.version):
        return company.member(due.version)
    turn.say_to((due.version, turn.chat.language), "approval.not_yours", {})
    return None


def _answer(turn: Turn, who: Member, key: str) -> None:
    company = approving.company_of(turn)
    name = approving.whose(company, turn.chat.id) if company is not None else "—"
    turn.say_to((who.chat_id, who.language), key, {"ref": turn.the_case().request.ref, "whose": name})


def _look(turn: Turn, due: Due, _policy: Policy) -> None:
    """Show an administrator where a colleague's request stands: its status, none of its questions or secrets."""
    who, company = _leader(turn, due), approving.company_of(turn)
    if who is None or company is None:
        return
    case = turn.the_case()
    known = status_params(case, turn)
    ball = nested("company.ball", whose=approving.whose(company, turn.chat.id))
    shown = known | {"whose": approving.whose(company, turn.chat.id), "firm": company.name}
    if known["ball"] == nested("status.ball.customer"):
        shown |= {"ball": ball}
    turn.say_to((who.chat_id, who.language), "company.look", {**shown, "message": ""}, _rows(turn))


def _rows(turn: Turn) -> Rows:
    case = turn.the_case()
    form = {"form": f"{case.request.id}.0"}
    decide = approving.decisions(case) if approving.is_waiting(case) else ()
    return (
        *decide,
        (Choice("co.look", "button.refresh", form), Choice("co.mine", "button.company.mine", form)),
    )


def _remind(turn: Turn, due: Due, _policy: Policy) -> None:
    """Ask the administrators again once a day, three times; a request that nobody decides about ends as drafts do."""
    if not approving.is_waiting(turn.the_case()):
        return
    if not approving.stands(turn.the_case()):
        approving.withdraw(turn)
        return
    if not approving.must_wait(turn):  # whoever began it leads the company by now, or nobody is left in it
        signing.bring(turn)
        return
    approving.ask_administrators(turn, "approval.again")
    is_last = due.version >= approving.REMINDERS
    rule, pause = ("expire", DEADLINES["expire"](turn.policy)) if is_last else ("approval", approving.REMIND_AFTER)
    turn.set_due(rule, due.subject, due.version + 1, turn.moment.now + pause)


RULES: dict[str, Callable[[Turn, Due, Policy], None]] = {
    "approve": _approve,
    "send_back": _send_back,
    "look": _look,
    "approval": _remind,
}
