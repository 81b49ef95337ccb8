"""A person in the intake's place: while one of the staff answers a chat, nothing is asked there.

What the customer writes goes to the request's thread. It ends when staff say so, or by itself.
"""

from datetime import timedelta

from domain.desk.answering import answer
from domain.desk.asking import ask_open_or_say, name_of
from domain.desk.filing import hear_document
from domain.desk.heard import OTHER_KINDS, Heard
from domain.desk.passing import pass_on
from domain.desk.secrecy import holds_secret
from domain.desk.signing import is_with_desk
from domain.desk.state import Due
from domain.desk.telling import done, who_acts
from domain.desk.turn import Turn
from domain.errors import Refused
from domain.intake.questions import BY_ID, TAKES_ANSWERS
from domain.orders.model import Case
from domain.orders.phases import is_ended
from domain.policy import Policy
from domain.readers.secrets import gives_secret, is_lone_secret
from domain.text import clean
from domain.values import replace

RULE = "takeover"  # the due rule by which it ends by itself
LONGEST_NAME = 40
_COMMANDS = frozenset({"status", "help", "privacy", "delete_my_data", "cancel", "company"})
_SHOWS = {"status", "explain", "look", "faq", "topic", "talk", "co"}
_PRESSES = frozenset({*_SHOWS, "cancel", "delete", "notso", "person", "stop", "port_back"})
"""What a customer can still have of the bot itself: what shows, ends or forgets something, and asks nothing."""


def take_over(turn: Turn, case: Case, argument: str, policy: Policy) -> None:
    """Answer a chat in person; `argument` is the name that the customer reads, empty: none. Raises Refused."""
    chat, me, request = turn.chat, who_acts(turn), case.request
    if chat.blocked:
        raise Refused("takeover.blocked", ref=request.ref)
    if (chat.taken_by, chat.taken_for) == (me, request.id):
        raise Refused("takeover.yours", ref=request.ref)
    if gives_secret(argument) or holds_secret(argument, case):
        raise Refused("takeover.secret", ref=request.ref)
    if chat.taken_for is not None:
        turn.end_due(RULE, chat.taken_for)
    turn.chat = replace(chat, taken_by=me, taken_for=request.id, focus=request.id)
    last(turn)
    turn.note("taken_over")
    name = clean(argument)[:LONGEST_NAME]
    turn.say("talk.here" if name else "talk.here_nameless", {"who": name, "ref": name_of(request)})
    done(turn, "takeover.done", hours=str(policy.takeover_hours))


def last(turn: Turn) -> None:
    """Let the policy's hours begin anew in which a person answers this chat, where one does."""
    about = turn.chat.taken_for
    if about is not None:
        until = turn.moment.now + timedelta(hours=turn.policy.takeover_hours)
        turn.chat = replace(turn.chat, taken_until=until)
        turn.set_due(RULE, about, int(until.timestamp()), until)


def resume(turn: Turn, case: Case, _argument: str, _policy: Policy) -> None:
    """Give a chat back to the intake, which puts its open question again. Raises Refused when nobody answers it."""
    if turn.chat.taken_by is None:
        raise Refused("takeover.none", ref=case.request.ref)
    _give_back(turn)
    done(turn, "takeover.over")


def end(turn: Turn, due: Due, _policy: Policy) -> None:
    """Give a chat back when the time is over for which a person answers it."""
    chat = turn.chat
    if chat.taken_for != due.subject or chat.taken_until is None:
        return
    if chat.taken_until > turn.moment.now:
        turn.set_due(RULE, due.subject, due.version, chat.taken_until)
        return
    by = chat.taken_by or ""
    _give_back(turn)
    turn.post("talk.over_by_itself", {"staff": by})
    turn.refresh_card()


def _give_back(turn: Turn) -> None:
    about, case = turn.chat.taken_for, turn.the_case()
    forget(turn)
    turn.note("given_back")
    if about != case.request.id:
        turn.say("talk.gone")
    elif is_ended(case.phase):
        turn.chat = replace(turn.chat, focus=None, asked=None)
        turn.say("talk.gone")
    else:
        turn.chat = replace(turn.chat, focus=about)
        ask_open_or_say(turn, "talk.gone")


def forget(turn: Turn) -> None:
    """Let nobody answer the chat in person."""
    if turn.chat.taken_for is not None:
        turn.end_due(RULE, turn.chat.taken_for)
        turn.chat = replace(turn.chat, taken_by=None, taken_for=None, taken_until=None)


def is_taken(turn: Turn) -> bool:
    """Tell whether one of the staff answers this chat in person now."""
    chat = turn.chat
    return chat.taken_by is not None and turn.case is not None and turn.case.request.id == chat.taken_for


def hear_person(turn: Turn, heard: Heard) -> bool:
    """Pass on what a customer says to the person who answers them; tell whether that was all there is to it."""
    if heard.kind == "command":
        return _refused(turn, is_served=heard.code in _COMMANDS)
    if heard.kind == "press":
        return _refused(turn, is_served=heard.code.partition(".")[0] in _PRESSES)
    if heard.kind not in ("text", "contact", "edit", "other", "document"):
        return False  # who blocks the bot, or lets it in again
    _TO_PERSON.get(heard.kind, _words)(turn, heard)
    return True


def _refused(turn: Turn, *, is_served: bool) -> bool:
    """Say that a person answers for now, to what would have the intake ask something."""
    if not is_served:
        turn.say("talk.person_here")
    return not is_served


def _words(turn: Turn, heard: Heard) -> None:
    if not heard.text.strip():
        return
    if is_lone_secret(heard.text):
        _secret(turn, heard)
        return
    told = pass_on(turn, heard, "thread.edited" if heard.kind == "edit" else "thread.wrote")
    if told != "text.passed_on":  # who answers needs no robot to say that it is passed on
        turn.say(told)


def _secret(turn: Turn, heard: Heard) -> None:
    """Take a PIN that is waited for; any other is taken out of the chat, and staff see that there was one."""
    case = turn.the_case()
    if case.phase in TAKES_ANSWERS and BY_ID["pin"].needed(case) and is_with_desk(case):
        answer(turn, BY_ID["pin"], heard.text, heard)
        return
    pass_on(turn, heard)
    turn.delete_message(heard.message_id)
    turn.say("secret.passed_on")


def _thing(turn: Turn, heard: Heard) -> None:
    _words(turn, heard)
    turn.say(f"other.{heard.code if heard.code in OTHER_KINDS else 'unknown'}")


def _file(turn: Turn, heard: Heard) -> None:
    """Keep a file as ever; what stands under it is passed on with it, also before the desk has the request."""
    is_at_desk = is_with_desk(turn.the_case())
    if not is_at_desk:
        _words(turn, heard)
        turn.post("thread.sent_file")
    hear_document(turn, heard if is_at_desk else replace(heard, text=""))


_TO_PERSON = {"other": _thing, "document": _file}
