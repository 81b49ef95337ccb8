"""What a customer does, and what comes of it: the conversation.

`hear` is the one door. No step is stored: the open question is the first needed one without an answer, and a text
is taken as its answer only when that question was the last one put to the chat.
"""

from collections.abc import Callable

from domain.desk import (
    appointing,
    approving,
    bill_told,
    calling_off,
    companies,
    copies,
    letter_seals,
    letter_stands,
    phoning,
    replying,
    signer_links,
    signing,
    signing_chat,
    takeover,
    trying,
)
from domain.desk.adding import add_said
from domain.desk.advising import advise, show_help
from domain.desk.anew import take_anew
from domain.desk.answering import answer
from domain.desk.asides import come_back
from domain.desk.asking import ask, ask_first, ask_open_or_say, greet_or_say, name_of, open_question
from domain.desk.correcting import put_right
from domain.desk.filing import hear_document
from domain.desk.forgetting import wish_to_delete
from domain.desk.going_back import go_back
from domain.desk.heard import OTHER_KINDS, Heard
from domain.desk.insisting import insists
from domain.desk.inviting import hear_link
from domain.desk.joining import add_later
from domain.desk.listing import offer, tell_state
from domain.desk.passing import WROTE, pass_on
from domain.desk.pressing import press, press_typed
from domain.desk.saying import respond
from domain.desk.speaking import hear_contact, hear_edit, hear_text, hear_verdict
from domain.desk.standing import has_missed, show_case
from domain.desk.state import Changes, Moment, Owed, State
from domain.desk.turn import DEFAULT, Turn
from domain.errors import Unreadable
from domain.intake.questions import BY_ID, Question
from domain.intake.sayings import Saying, recognise, says_more
from domain.intake.sayings.outages import tells_of_outage
from domain.intake.sayings.stopping import wants_to_stop
from domain.orders.model import Case
from domain.orders.phases import is_ended
from domain.policy import Policy
from domain.values import replace
from domain.wordkeys import nested

_COMMAND_SAYINGS = {"back": "back", "cancel": "cancel", "status": "status", "help": "help"}


def hear(state: State, moment: Moment, heard: Heard, policy: Policy = DEFAULT) -> Changes:
    """Decide what one event of a customer changes and what is owed for it."""
    turn = Turn(state, moment, "customer", policy)
    turn.by = heard.by
    if turn.chat.blocked and heard.kind not in ("blocked", "unblocked"):
        _unblocked(turn, heard)
    if not (takeover.is_taken(turn) and takeover.hear_person(turn, heard)):
        _KINDS[heard.kind](turn, heard)
    letter_seals.follow(turn)
    signer_links.follow(turn)
    appointing.follow(turn)
    return turn.changes()


def _text(turn: Turn, heard: Heard) -> None:
    """Hear a text; where a line is in trouble that the desk moves, people read the words whatever is answered."""
    _hear_words(turn, heard)
    if _is_with_desk(turn) and not turn.has_noted(WROTE) and tells_of_outage(heard.text):
        _pass_on(turn, heard)


def _is_with_desk(turn: Turn) -> bool:
    return turn.case is not None and signing.is_with_desk(turn.case)


def _pass_on(turn: Turn, heard: Heard) -> None:
    turn.say(pass_on(turn, heard), {"ref": name_of(turn.the_case().request)})


def _hear_words(turn: Turn, heard: Heard) -> None:
    """Hear what stands aside of the questions, and what people say instead of answering; the rest is an answer."""
    if signing_chat.hear_word(turn, heard) or companies.hear_aside(turn, heard):
        return
    if not heard.text.strip():
        ask_open_or_say(turn, "text.empty")
    elif not any(way(turn, heard) for way in _WAYS):
        _said(turn, heard)


_WAYS: tuple[Callable[[Turn, Heard], bool], ...] = (
    calling_off.type_quote, calling_off.type_sure, press_typed, hear_verdict,
    appointing.hear, take_anew, put_right, add_said,
    add_later, tell_state, calling_off.names_and_stops, insists, letter_stands.hear, bill_told.hear, offer,
)  # fmt: skip
"""What words may be, tried one after the other, before they are a saying or an answer."""


def _said(turn: Turn, heard: Heard) -> None:
    question = open_question(turn)
    asked = question.id if question is not None else (turn.chat.asked if turn.case is None else None)
    saying = recognise(heard.text, asked)
    if advise(turn, heard, saying):
        return
    if saying is None and _is_wish_to_stop(turn, heard):
        calling_off.ask_whether(turn, turn.the_case(), pass_on(turn, heard, "thread.wrote_stop"))
    elif saying is None:
        _words(turn, heard, question)
    elif saying.effect == "cancel" and question is not None and _is_by_the_way(turn, question):
        go_back(turn, heard)  # "never mind", of a question by the way
    elif saying.effect in _COMMAND_SAYINGS:
        _COMMANDS[_COMMAND_SAYINGS[saying.effect]](turn, heard)
        _pass_on_more(turn, heard, saying)
    else:
        respond(turn, heard, saying)


def _is_by_the_way(turn: Turn, question: Question) -> bool:
    """Tell whether the customer took a question up, and may let it be; a paper is wanted by the desk."""
    return question.late and not question.document and turn.the_case().phase != "intake"


def _words(turn: Turn, heard: Heard, question: Question | None) -> None:
    """Take words for what they are; those of trouble, where they answer nothing that is asked again, are the desk's."""
    is_trouble = question is not None and _is_with_desk(turn) and tells_of_outage(heard.text)
    if is_trouble and question is not None and isinstance(question.read(heard.text, turn.the_case()), Unreadable):
        ask_open_or_say(turn, pass_on(turn, heard))
    else:
        hear_text(turn, heard)


def _pass_on_more(turn: Turn, heard: Heard, saying: Saying) -> None:
    """Let the desk read what was said beside a question about where things stand."""
    if saying.effect == "status" and _is_with_desk(turn) and says_more(heard.text):
        _pass_on(turn, heard)


def _is_wish_to_stop(turn: Turn, heard: Heard) -> bool:
    """Tell whether words are a clear wish to stop a request that the desk has, and that may still be stopped."""
    case = turn.case
    if case is None or not signing.is_with_desk(case) or is_ended(case.phase) or case.phase == "cancel_requested":
        return False
    return wants_to_stop(heard.text)


def _command(turn: Turn, heard: Heard) -> None:
    come_back(turn)
    _COMMANDS.get(heard.code, _unknown_command)(turn, heard)


def _start(turn: Turn, heard: Heard) -> None:
    if hear_link(turn, heard):
        return
    if turn.case is not None and turn.case.phase == "intake":
        ask(turn, "start.again")
        return
    _begin(turn, "start.welcome")


def _begin(turn: Turn, lead: str) -> None:
    turn.case = None
    turn.chat = replace(turn.chat, focus=None)
    ask_first(turn, lead)


def _new(turn: Turn, _heard: Heard) -> None:
    """Begin another request; what was begun is kept. One that has no number yet is new enough."""
    if turn.case is not None and turn.case.phase == "intake" and not turn.case.numbers:
        ask(turn, "start.again")
        return
    _begin(turn, "start.another" if turn.case is not None else "start.welcome")


def _help(turn: Turn, _heard: Heard) -> None:
    show_help(turn)


def _privacy(turn: Turn, _heard: Heard) -> None:
    ask_open_or_say(turn, "privacy.text", {"years": str(turn.policy.keep_letters)})


def _status(turn: Turn, _heard: Heard) -> None:
    """Show the request that the chat is about; else the newest, by a turn of its own."""
    briefs = [b for b in turn.state.briefs if b.e164]
    if turn.case is not None:
        show_case(turn, "")
    elif briefs:
        turn.set_due("status", briefs[-1].id, 0, turn.moment.now)
    elif turn.state.theirs:
        turn.say("company.theirs", {}, approving.look_rows(turn))
    else:
        turn.say("status.none")


def _name(turn: Turn, heard: Heard) -> None:
    """Give the request a friendly name: the one behind the command, else it is asked for."""
    said = heard.text.partition(" ")[2]
    if turn.case is None or is_ended(turn.case.phase):
        ask_open_or_say(turn, "title.no_request")
    elif said.strip():
        _give_name(turn, turn.case, said, heard)
    else:
        turn.set_due("title", turn.case.request.id, turn.moment.new_id(), turn.moment.now)


def _give_name(turn: Turn, case: Case, said: str, heard: Heard) -> None:
    """Take what stands behind the command as the name; of odd signs say how a name is given, whatever else is open."""
    got = BY_ID["title"].read(said, case)
    if isinstance(got, Unreadable) and got.code == "title.length":
        ask_open_or_say(turn, got.code, got.params)
    else:
        answer(turn, BY_ID["title"], said, heard)


def _unknown_command(turn: Turn, _heard: Heard) -> None:
    ask_open_or_say(turn, "command.unknown")


def _other(turn: Turn, heard: Heard) -> None:
    """Say what we do with a thing that is no text and no paper; what stands under it may be an answer."""
    kind = heard.code if heard.code in OTHER_KINDS else "unknown"
    if turn.case is not None and signing.is_with_desk(turn.case) and heard.text.strip():
        pass_on(turn, heard)
    greet_or_say(turn, f"other.{kind}")


def _group(turn: Turn, _heard: Heard) -> None:
    turn.say("group.private_only")


def _blocked(turn: Turn, _heard: Heard) -> None:
    if not turn.chat.blocked:
        turn.chat = replace(turn.chat, blocked=True)
        if turn.case is not None and signing.is_with_desk(turn.case):
            turn.post("thread.blocked")
            turn.refresh_card()


def _unblocked(turn: Turn, _heard: Heard) -> None:
    turn.chat = replace(turn.chat, blocked=False)
    for brief in turn.state.briefs:
        if has_missed(brief) and (turn.case is None or brief.id != turn.case.request.id):
            turn.set_due("tell", brief.id, turn.moment.new_id(), turn.moment.now)
    if turn.case is not None and signing.is_with_desk(turn.case):
        turn.set_due("tell", turn.case.request.id, turn.moment.new_id(), turn.moment.now)
        trying.let_in(turn)
        turn.post("thread.unblocked")
        turn.refresh_card()


def could_not_deliver(state: State, moment: Moment, owed: Owed, reason: str) -> Changes:
    """Decide what follows when a message to a customer can never arrive, or nobody can tell whether it did."""
    turn = Turn(state, moment, "clock")
    replying.mark_undelivered(turn, owed, reason)
    if owed.kind == "delete":
        turn.say("secret.delete_yourself")
    elif signer_links.SIGNING in owed.params and owed.kind == "mail":
        signer_links.not_mailed(turn)
    elif owed.kind == "mail":
        turn.post("thread.copy_undelivered")
    elif reason == copies.LIST_DIFFERS and turn.case is not None:
        turn.post_to_desk("desk.list_differs", {"ref": turn.case.request.ref})
    elif reason in ("blocked", "chat_gone"):
        _blocked(turn, Heard(turn.chat.id, moment.event_id, "blocked"))
    elif turn.case is not None and signing.is_with_desk(turn.case):
        turn.post("thread.undelivered", {"reason": nested(f"undelivered.{reason}")})
    turn.note("undelivered", detail=reason)
    return turn.changes()


def unreadable(state: State, moment: Moment, event: str) -> Changes:
    """Tell the desk of an update that nothing could be made of; its payload is kept, encrypted."""
    turn = Turn(state, moment, "clock")
    turn.post_to_desk("desk.poison", {"event": event})
    return turn.changes()


_KINDS: dict[str, Callable[[Turn, Heard], None]] = {
    "text": _text,
    "command": _command,
    "press": press,
    "document": hear_document,
    "contact": hear_contact,
    "edit": hear_edit,
    "other": _other,
    "group": _group,
    "blocked": _blocked,
    "unblocked": _unblocked,
    "phoned": phoning.hear_link,
    "signing": signing_chat.hear_link,
}

_COMMANDS: dict[str, Callable[[Turn, Heard], None]] = {
    "start": _start,
    "back": go_back,
    "status": _status,
    "name": _name,
    "new": _new,
    "cancel": calling_off.wish_to_cancel,
    "help": _help,
    "privacy": _privacy,
    "company": companies.show_companies,
    "delete_my_data": wish_to_delete,
}

COMMANDS: tuple[str, ...] = tuple(_COMMANDS)
