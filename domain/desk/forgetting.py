"""Forgetting at a customer's wish: asked once more, then each request as far as it may be, by a turn of its own."""

from datetime import timedelta

from domain.desk import companies, hours, signing, takeover
from domain.desk.asking import ask_open_or_say, forget_question, form_of
from domain.desk.heard import Heard
from domain.desk.inviting import forget_memberships
from domain.desk.phoning import is_by_phone
from domain.desk.standing import is_over
from domain.desk.state import Brief, Due
from domain.desk.turn import Rows, Turn
from domain.intake.choices import Choice
from domain.orders.model import in_phase
from domain.orders.phases import is_ended
from domain.policy import Policy
from domain.promises.notices import DEADLINES
from domain.values import replace

CALLER = "forget_caller"  # the due rule by which a request is forgotten that no chat ever had
_PAUSE = timedelta(seconds=2)  # between two rounds: the requests of one are forgotten meanwhile


def wish_to_delete(turn: Turn, _heard: Heard) -> None:
    """Ask once more before everything is forgotten that may be, and say what may not."""
    if not turn.state.briefs and companies.mine_of(turn):
        companies.wish_to_leave_all(turn)
    elif not turn.state.briefs:
        turn.say("delete.nothing")
    elif turn.case is None:
        turn.set_due("delete", turn.state.briefs[-1].id, turn.moment.new_id(), turn.moment.now)
    else:
        sure_to_delete(turn)


def sure_to_delete(turn: Turn) -> None:
    """Put the question whether to delete, with buttons that belong to the turn's request."""
    turn.chat = replace(turn.chat, asking=turn.chat.asking + 1, focus=turn.the_case().request.id)
    buttons: Rows = ((Choice("delete.yes", "button.delete_yes"),), (Choice("delete.no", "button.delete_no"),))
    key = "delete.sure+company.forgotten_too" if companies.mine_of(turn) else "delete.sure"
    turn.say(key, {"years": str(turn.policy.keep_letters)}, buttons, form=form_of(turn))


def decide_delete(turn: Turn, *, wanted: bool) -> None:
    """Begin to forget, or leave everything as it is."""
    case = turn.the_case()
    if is_ended(case.phase):  # the chat was turned to it only for the question
        turn.chat = replace(turn.chat, focus=None, asked=None)
    if not wanted:
        turn.chat = replace(turn.chat, asking=turn.chat.asking + 1)  # the yes beside this no is over
        ask_open_or_say(turn, "delete.kept")
        return
    forget_memberships(turn)
    takeover.forget(turn)
    turn.chat = replace(turn.chat, hours_told=None)
    newest = max(brief.id for brief in turn.state.briefs)
    turn.set_due("forget_chat", case.request.id, newest, turn.moment.now)
    forget_question(turn)
    running = [b.ref for b in turn.state.briefs if not _may_go(b)]
    turn.say("delete.done_but" if running else "delete.done", {"refs": ", ".join(running)})


def _may_go(brief: Brief) -> bool:
    return brief.status == "intake" or is_over(brief)


def forget_chat(turn: Turn, due: Due) -> None:
    """Have the newest requests of the chat forgotten that may be; and look again, as long as there are such.

    The due row's version is the newest request at the customer's yes: what was begun later stays.
    """
    gone = [brief for brief in turn.state.briefs if _may_go(brief) and brief.id <= due.version]
    for brief in gone:
        turn.set_due("forget", brief.id, turn.moment.new_id(), turn.moment.now)
    if gone:
        turn.set_due("forget_chat", due.subject, due.version, turn.moment.now + _PAUSE)


def forget(turn: Turn, policy: Policy) -> None:
    """Forget a request as far as it may be: a draft whole, an ended one but for its used letter, a running one not.

    What staff can still take back is waited for. A forgotten number keeps its row, without the number itself, so that
    the request stays ended.
    """
    case = turn.the_case()
    shown = signing.has_card(case)
    if case.phase == "intake":
        signing.let_end(turn)
        for number in in_phase(turn.the_case(), "intake"):
            turn.move(number, "cancel", "cancelled", "customer")
    elif not is_ended(case.phase):
        return
    elif case.request.told != signing.fingerprint(case) and not is_by_phone(case):
        turn.set_due("forget", case.request.id, turn.moment.new_id(), turn.moment.now + policy.undo)
        return
    went_out = any(n.attempts for n in case.numbers)
    signing.end_request(turn)
    turn.end_due("tell", case.request.id)  # what was not told by now is forgotten with the rest
    if went_out:
        years = turn.moment.now + timedelta(days=365 * policy.keep_letters)
        turn.set_due("retire", case.request.id, turn.moment.new_id(), years)
    else:
        _blank_numbers(turn)
    _erase(turn, letter=went_out, shown=shown)


def leave_caller(turn: Turn) -> None:
    """Have a request that is over forgotten in time, where its caller never came: nobody could ask for it."""
    case = turn.the_case()
    if is_by_phone(case):
        turn.set_due(CALLER, case.request.id, 0, turn.moment.now + DEADLINES[CALLER](turn.policy))


def forget_caller(turn: Turn, _due: Due, policy: Policy) -> None:
    """Forget what a caller told who never opened their link, unless somebody took it up again."""
    case = turn.the_case()
    if is_by_phone(case) and is_ended(case.phase):
        forget(turn, policy)


def retire(turn: Turn) -> None:
    """Forget what a used letter stated, once it need not be shown any more."""
    _blank_numbers(turn)
    _erase(turn, letter=False, shown=True)


def _erase(turn: Turn, *, letter: bool, shown: bool) -> None:
    case = turn.the_case()
    turn.set_request(replace(case.request, note=None, title=None))
    hours.answered(turn)
    if shown:
        turn.refresh_card()
    turn.erase(letter=letter)


def _blank_numbers(turn: Turn) -> None:
    for number in turn.the_case().numbers:
        turn.set_number(replace(number, e164="", version=number.version + 1))
