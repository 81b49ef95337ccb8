"""What an administrator presses and writes about a colleague's request, in their own chat.

Nothing is decided here: the request's own turn does that (see `colleagues`), and judges once more who may.
"""

from domain.companies import WAITING
from domain.desk import approving
from domain.desk.asides import REASON, come_back, put_aside
from domain.desk.asking import ask, ask_open_or_say, open_question
from domain.desk.heard import Heard
from domain.desk.passing import wipe_if_secret
from domain.desk.state import Theirs
from domain.desk.turn import Turn
from domain.intake.choices import Choice
from domain.readers.secrets import mask_words
from domain.text import clean

_LONGEST_REASON = 300
NEVER_MIND = Choice("co.keep", "button.company.keep", {"form": "0.0"})


def _theirs(turn: Turn, heard: Heard) -> Theirs | None:
    """Return the colleague's request that a button is about, if the chat leads its company."""
    return next((each for each in turn.state.theirs if each.brief.id == heard.form), None)


def _have_turn(turn: Turn, rule: str, request_id: int, what: str = "") -> None:
    """Have it done by a turn of the request: each presser's own, so that of two at once none replaces the other."""
    turn.set_due(f"{rule}:{turn.chat.id}{what}", request_id, turn.chat.id, turn.moment.now)


def press_approve(turn: Turn, heard: Heard, _rest: str) -> bool:
    theirs = _theirs(turn, heard)
    if theirs is not None:
        _have_turn(turn, "approve", theirs.brief.id, f".{heard.asking}")
    return theirs is not None


def press_look(turn: Turn, heard: Heard, _rest: str) -> bool:
    theirs = _theirs(turn, heard)
    if theirs is not None:
        _have_turn(turn, "look", theirs.brief.id)
    return theirs is not None


def press_send_back(turn: Turn, heard: Heard, _rest: str) -> bool:
    """Ask for the reason; where somebody was faster, the request's own turn says who."""
    theirs = _theirs(turn, heard)
    if theirs is None:
        return False
    if theirs.approval != WAITING:
        _have_turn(turn, "send_back", theirs.brief.id)
        return True
    put_aside(turn, REASON, theirs.brief.id)
    turn.say("approval.why", {"ref": theirs.brief.ref, "whose": theirs.whose or "—"}, ((NEVER_MIND,),))
    return True


def press_mine(turn: Turn, _heard: Heard, _rest: str) -> bool:
    """Show the chat's own newest request again, or the list of colleagues'."""
    own = [b for b in turn.state.briefs if b.e164]
    if own:
        turn.set_due("status", own[-1].id, 0, turn.moment.now)
    else:
        turn.say("company.theirs", {}, approving.look_rows(turn))
    return True


def press_more(turn: Turn, _heard: Heard, _rest: str) -> bool:
    """Show a page of colleagues' older requests; the store has looked them up."""
    if not any(company.is_led_by(turn.chat.id) for company in turn.state.companies):
        return False
    rows = approving.look_rows(turn)
    turn.say("company.theirs_older" if rows else "company.theirs_over", {}, rows)
    return True


def hear_reason(turn: Turn, heard: Heard, request_id: int) -> None:
    """Leave the reason with the request, whose own turn sends it back."""
    words = mask_words(clean(heard.text))[:_LONGEST_REASON].strip()
    come_back(turn)
    if not words or not any(each.brief.id == request_id for each in turn.state.theirs):
        ask_open_or_say(turn, "press.stale")
        return
    wipe_if_secret(turn, heard)
    turn.leave_for(request_id, approving.reason_of(turn.chat.id), words)
    _have_turn(turn, "send_back", request_id)
    if open_question(turn) is not None:
        ask(turn)
