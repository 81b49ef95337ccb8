"""Signing by a link in Telegram: the signer's chat, which sees nothing else of the request, and its customer's buttons.

A signer's chat hears in a turn of its own, which leaves what was said to a turn of the request. That one answers, and
at the end has the chat go back to what it did before.
"""

from collections.abc import Callable

from domain.desk.asides import SIGN, Aside, aside_of, come_back, put_aside
from domain.desk.asking import ask, forget_question, is_pressing
from domain.desk.heard import Heard
from domain.desk.signer_links import (
    LEAVE,
    MOST_NUDGES,
    OTHER,
    OWN,
    RULE,
    ended_rows,
    expire,
    hand_out,
    is_missing,
    keep_link,
    leave,
    link_of,
    make,
    may_ask_same,
    params_of,
    take_back,
    why_not,
)
from domain.desk.signer_screens import (
    ACTS,
    CONSENT,
    LETTER,
    PAPER,
    REASONS,
    SURE,
    SURE_NOT_ME,
    WHO,
    Screen,
    Visit,
)
from domain.desk.signers import change_whose, receive
from domain.desk.state import Changes, Due, Moment, State
from domain.desk.turn import Rows, Turn
from domain.intake.choices import Choice
from domain.papers.authorization import facts_digest
from domain.policy import Policy
from domain.values import replace

VISIT = "sign"  # due: a signer's chat, behind the colon, did something; what it said stands beside the answers
_LONGEST = 200  # characters of a name and more
_OF_SIGNER = tuple(act for act in ACTS if act not in ("open", "look", "word", "drawn"))  # what its buttons do
_OF_CUSTOMER = ("again", "revoke", "new", "whose", "same")


# the signer's chat


def hear_link(turn: Turn, heard: Heard) -> None:
    """Begin to sign: what the chat says from now on is about the letter, until it is signed or a command is sent."""
    request, _, link = heard.code.partition(".")
    come_back(turn)
    put_aside(turn, SIGN, int(request), int(link))
    _pass(turn, Aside(SIGN, int(request), "", int(link)), "open")


def hear_word(turn: Turn, heard: Heard) -> bool:
    """Take a text to the letter that the chat is about to sign; tell whether it is about to."""
    aside = aside_of(turn.chat.asked)
    if aside is None or aside.what != SIGN:
        return False
    _pass(turn, aside, "word", heard.text[:_LONGEST])
    return True


def press(turn: Turn, heard: Heard) -> bool:
    """Do what a button about a letter says; tell whether the chat may press it."""
    act = heard.code.partition(".")[2]
    aside = aside_of(turn.chat.asked)
    if act in _OF_SIGNER and aside is not None and (aside.what, aside.subject) == (SIGN, heard.form):
        _pass(turn, aside, act)
        return True
    if act in _OF_CUSTOMER and any(brief.id == heard.form for brief in turn.state.briefs):
        turn.set_due(f"{VISIT}_{act}", heard.form, turn.moment.new_id(), turn.moment.now)
        return True
    return False


def _pass(turn: Turn, aside: Aside, act: str, word: str = "") -> None:
    """Leave what was said to a turn of the request, each thing by itself and in its order."""
    rule = f"{VISIT}:{turn.chat.id}.{turn.moment.new_id()}"
    turn.leave_for(aside.subject, rule, f"{act} {word}")
    turn.set_due(rule, aside.subject, aside.of, turn.moment.now)


def leaver(due: Due) -> int | None:
    """Return the chat that has no more to do with a letter; None: this is due for another reason."""
    rule, _, chat = due.rule.partition(":")
    return int(chat) if rule == LEAVE else None


def left(state: State, moment: Moment, due: Due) -> Changes:
    """Let a chat go back to what it did before, unless it is about another letter by now."""
    turn = Turn(state, moment, "clock")
    turn.end_due(due.rule, due.subject)
    aside = aside_of(turn.chat.asked)
    if aside is not None and (aside.what, aside.subject, aside.of) == (SIGN, due.subject, due.version):
        come_back(turn)
        if is_pressing(turn):
            ask(turn)
    return turn.changes()


# turns of the request


def _visited(turn: Turn, due: Due, _policy: Policy) -> None:
    """Do what a signer's chat left, and answer it; nothing where the request was forgotten meanwhile."""
    given = turn.the_case().answers.get(due.rule)
    if given is None:
        return
    chat = int(due.rule.partition(":")[2].partition(".")[0])
    act, word = given.value[0].split(" ", 1)
    turn.drop(due.rule)
    turn.actor = "signer"
    screen = receive(turn, Visit(due.version, act, word, chat, who=f"telegram:{chat}"))
    _show(turn, chat, screen)
    if screen.is_last:
        leave(turn, chat, due.version)


def _show(turn: Turn, chat: int, screen: Screen) -> None:
    """Owe a signer's chat a screen; the letter stands alone in its message."""
    to, buttons = (chat, turn.chat.language), _rows(turn, screen.name)
    lead = f"{screen.lead}+" if screen.lead else ""
    if screen.name == LETTER and not screen.lead:
        turn.say_to(to, "sign.intro", screen.params)
        turn.say_to(to, "letter.text", screen.params)
        turn.show_pages(facts_digest(turn.the_case()), chat)
    turn.say_to(to, f"{lead}sign.{screen.name}", screen.params, buttons)
    if screen.name == PAPER:
        turn.show_pages(facts_digest(turn.the_case()), chat, key="sign.paper_file")


def _rows(turn: Turn, screen: str) -> Rows:
    form = {"form": f"{turn.the_case().request.id}.0"}
    return tuple((Choice(f"sg.{act}", _LABELS.get(act, f"button.sign.{act}"), form),) for act in _SHOWN.get(screen, ()))


_LABELS = {"agree": "button.esign"}  # as in the customer's own chat
_SHOWN = {
    WHO: ("not_me", "decline"),
    CONSENT: ("agree", "paper", "decline"),
    LETTER: ("paper", "decline"),
    PAPER: ("back", "decline"),
    SURE: ("back", *(f"no_{reason}" for reason in REASONS)),
    SURE_NOT_ME: ("back", "not_me_yes"),
}


def _again(turn: Turn, _due: Due, _policy: Policy) -> None:
    """Send the link again, some times."""
    link = link_of(turn.the_case())
    if link is None or why_not(turn.the_case(), link, link.id, turn.moment.now) or link.whose != OTHER:
        _new(turn, _due, _policy)
    elif link.nudges >= MOST_NUDGES:
        turn.say("signer.often_enough", params_of(turn, link))
    else:
        link = replace(link, nudges=link.nudges + 1)
        keep_link(turn, link)
        turn.note("signer_nudged")
        hand_out(turn, link)


def _revoke(turn: Turn, _due: Due, _policy: Policy) -> None:
    """Take a link back."""
    link = link_of(turn.the_case())
    if link is None or not link.is_open:
        turn.say("signer.nothing", {"ref": turn.the_case().request.ref})
        return
    take_back(turn, link, "revoked")
    turn.say("signer.revoked", params_of(turn, link), ended_rows(turn))
    turn.post("thread.signer_revoked", params_of(turn, link))


def _new(turn: Turn, _due: Due, _policy: Policy) -> None:
    """Make a new link in place of the one before, while a signature is awaited."""
    link = link_of(turn.the_case())
    if not is_missing(turn.the_case()):
        turn.say("signer.nothing", {"ref": turn.the_case().request.ref})
        return
    if link is not None and link.is_open:
        take_back(turn, link, "revoked")
    make(turn)


def _whose(turn: Turn, _due: Due, _policy: Policy) -> None:
    if is_missing(turn.the_case()):
        change_whose(turn, link_of(turn.the_case()))
    else:
        turn.say("signer.nothing", {"ref": turn.the_case().request.ref})


def _same(turn: Turn, _due: Due, _policy: Policy) -> None:
    """Ask the same signer once more, who declined or said to be somebody else: the account is theirs as it was."""
    link, case = link_of(turn.the_case()), turn.the_case()
    if link is None or link.is_open or not may_ask_same(case):
        turn.say("signer.nothing", {"ref": case.request.ref})
        return
    for question in ("authority", "signer"):
        if case.answers[question].reopened:
            turn.close_again(question)
    is_here = turn.chat.focus == case.request.id and turn.chat.asked in ("authority", "signer")
    if is_here:
        forget_question(turn)
    make(turn)
    after = turn.following()
    if is_here and after is not None and not after.after:
        ask(turn)


def begin_page(turn: Turn) -> None:
    """Give whoever signs for themselves a link to a page where a signature can be drawn."""
    make(turn, OWN)


RULES: dict[str, Callable[[Turn, Due, Policy], None]] = {
    VISIT: _visited,
    f"{VISIT}_again": _again,
    f"{VISIT}_revoke": _revoke,
    f"{VISIT}_new": _new,
    f"{VISIT}_whose": _whose,
    f"{VISIT}_same": _same,
    RULE: expire,
}
