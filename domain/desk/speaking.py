"""What a customer writes: an answer to the question put last, first words, or words for the desk."""

import re
from dataclasses import replace

from domain.desk import signing
from domain.desk.answering import answer, go_on, keep, nothing_yet
from domain.desk.asking import ask, ask_first, ask_open_or_say, greet_or_say, name_of, open_question
from domain.desk.heard import Heard
from domain.desk.passing import pass_on, speaks_of_a_secret, wipe_if_secret
from domain.desk.turn import Turn
from domain.errors import Unreadable
from domain.intake.facts import facts_of
from domain.intake.given import Given, Unclear
from domain.intake.opening import read_opening
from domain.intake.questions import BY_ID, TAKES_ANSWERS, Question
from domain.intake.sayings.plain import is_filler, plain
from domain.numbers import spot
from domain.orders.phases import is_ended
from domain.readers.secrets import is_lone_secret
from domain.text import clean

Facts = tuple[tuple[str, Given], ...]

_SHORT = 12  # words: in a longer message a carrier may be anything
_USUAL_FACTS = 2  # number and carrier, which the first question asks for
_WANTS_NUMBER = ("numbers", "destination", "second")
_WANTS_TO_MOVE = re.compile(r"\b(?:mov|port|transfer|bring|switch|chang|another|new|more|begin|start)\w*", re.I)


def hear_text(turn: Turn, heard: Heard) -> None:
    """Take a text as the answer to the question put last; as words for the desk where none is open."""
    question = open_question(turn)
    if turn.case is None or _is_numberless(turn, question):
        _first_words(turn, heard)
    elif question is None:
        _free_text(turn, heard)
    elif question.id != turn.chat.asked:
        ask(turn, "text.not_asked_yet")
    else:
        answer(turn, question, heard.text, heard)


def _is_numberless(turn: Turn, question: Question | None) -> bool:
    """Tell whether a request began with something else, a bill, and its first words are still to come."""
    is_first = question is not None and question.id == "numbers" == turn.chat.asked
    return is_first and turn.case is not None and "numbers" not in turn.case.answers


def _first_words(turn: Turn, heard: Heard) -> None:
    """Take every fact of a first message that is certain; else read it as the number that was asked for."""
    welcome = _welcome(turn)
    if take_opening(turn, heard, welcome):
        return
    if welcome and any(c.isdigit() for c in heard.text) and _is_list(turn, heard.text):
        ask(turn, welcome)
    elif welcome:
        wipe_if_secret(turn, heard)
        _without_number(turn, heard, welcome)
    else:
        answer(turn, BY_ID["numbers"], heard.text, heard)


def _welcome(turn: Turn) -> str:
    """Return how a chat is greeted in which nothing is asked; who had a request here knows the desk already."""
    if turn.chat.asked is not None:
        return ""
    return "start.anew" if turn.state.briefs else "start.welcome"


def _without_number(turn: Turn, heard: Heard, welcome: str) -> None:
    """Ask for the number; but who only says a last word to a request that is over is not asked for another."""
    if turn.state.briefs and not _WANTS_TO_MOVE.search(heard.text) and not spot(clean(heard.text)):
        turn.say("text.nothing_open")
    else:
        ask_first(turn, welcome)


def take_opening(turn: Turn, heard: Heard, lead: str) -> bool:
    """Take every certain fact of words that name a number, and go on behind a lead; tell whether there was one."""
    opening = read_opening(heard.text)
    if opening.numbers:
        _take_facts(turn, heard, facts_of(opening), lead)
    return bool(opening.numbers)


def _take_facts(turn: Turn, heard: Heard, facts: Facts, welcome: str) -> None:
    """Keep what was certain; a carrier's brand that stood beside the numbers is asked about, not asked for anew."""
    beside = BY_ID["numbers"].read(heard.text, nothing_yet(turn))
    for question, got in (*facts, *_on_one_bill(beside, facts)):
        keep(turn, question, got)
    wipe_if_secret(turn, heard)
    is_short = len(heard.text.split()) <= _SHORT
    then = beside.then if isinstance(beside, Given) and is_short else None
    lead = welcome or ("opening.read" if len(facts) > _USUAL_FACTS else "")
    go_on(turn, BY_ID["numbers"], Given((), lead=lead, then=then))


def _on_one_bill(beside: Given | Unclear | Unreadable, facts: Facts) -> Facts:
    """Return that all numbers are on one bill, where a message says so of just those that move."""
    if not isinstance(beside, Given) or beside.value != dict(facts)["numbers"].value:
        return ()
    return tuple(each for each in beside.more if each[0] == "one_bill")


def _is_list(turn: Turn, text: str) -> bool:
    """Take a first message that is nothing but numbers; tell whether it was."""
    if any(c.isalpha() for c in text):
        return False
    got = BY_ID["numbers"].read(text, nothing_yet(turn))
    if isinstance(got, Given):
        keep(turn, "numbers", got)
    return isinstance(got, Given)


def _free_text(turn: Turn, heard: Heard) -> None:
    """With nothing to ask, a customer's words go to the desk, masked, and the customer is told so.

    A lone word that can only be a secret is the PIN while one may still be given; it never goes to the desk.
    """
    case = turn.the_case()
    if is_ended(case.phase) and read_opening(heard.text).numbers:  # another wish, now that this one is over
        turn.case = None
        turn.chat = replace(turn.chat, focus=None)
        _first_words(turn, heard)
        return
    if is_lone_secret(heard.text):
        if case.phase in TAKES_ANSWERS and signing.is_with_desk(case) and BY_ID["pin"].needed(case):
            answer(turn, BY_ID["pin"], heard.text, heard)
            return
        turn.delete_message(heard.message_id)
        turn.say("secret.not_now")
        return
    if not signing.is_with_desk(case) or (is_ended(case.phase) and is_filler(plain(heard.text))):
        wipe_if_secret(turn, heard)
        turn.say("text.nothing_open")
        return
    turn.say(pass_on(turn, heard), {"ref": name_of(case.request)})


def hear_contact(turn: Turn, heard: Heard) -> None:
    """Take somebody's own number where one is asked for; anybody else's contact is nobody's to give."""
    question = open_question(turn)
    wants_number = question.id in _WANTS_NUMBER if question else turn.case is None
    if heard.code != "own":
        greet_or_say(turn, "contact.not_own")
    elif not wants_number:
        ask_open_or_say(turn, "contact.not_now")
    elif question is None:
        answer(turn, BY_ID["numbers"], heard.text)
    else:
        answer(turn, question, heard.text)


def hear_edit(turn: Turn, heard: Heard) -> None:
    """An edited message changes nothing by itself: the desk reads it once it has the request, else /back is told."""
    case = turn.case
    is_lone = is_lone_secret(heard.text)
    if case is not None and signing.is_with_desk(case) and heard.text.strip() and not is_lone:
        pass_on(turn, heard, "thread.edited")
        ask_open_or_say(turn, "edit.with_desk")
        return
    if is_lone or speaks_of_a_secret(heard.text):
        turn.delete_message(heard.message_id)
    ask_open_or_say(turn, "edit.seen")
