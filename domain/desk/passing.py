"""A customer's words on their way to the desk: masked, kept, and put into the request's thread with a Reply button."""

import re

from domain.desk import hours
from domain.desk.heard import Heard
from domain.desk.owing import REPLY as REPLY
from domain.desk.pin_age import lacks_the_pin
from domain.desk.tried import masked, shown_of
from domain.desk.turn import Turn
from domain.intake.about import is_class_known, wants
from domain.intake.readings.after import pin_rule_of
from domain.readers.secrets import CUES_OF_SECRETS, gives_secret
from domain.text import ascii_digits
from domain.wordkeys import nested

_SPEAKS_OF_A_PIN = re.compile(
    r"\b(?:pin|passcode|password|account\s*(?:number|no\.?|#))\b\D{0,20}[\w-]*\d{3,}", re.IGNORECASE
)
_FIGURES = re.compile(r"(?<![\w.,:/$-])\d{4,15}(?![\w/%-]|[.,:]\d)")  # alone, no part of a number, a day or an amount
WROTE = "wrote"  # what history calls it
_FREE_TEXT = 2000  # characters of a customer's message that staff are shown


def pass_on(turn: Turn, heard: Heard, post: str = "thread.wrote") -> str:
    """Let the desk read what a customer wrote, masked; returns the wording key by which the customer is told."""
    words = masked(heard.text, turn.case)[:_FREE_TEXT]
    turn.note(WROTE, words=words)
    turn.post(post, {"text": words}, buttons=REPLY)
    hours.wrote(turn)
    is_perhaps_one = _may_be_the_pin(turn, heard.text, words)
    if not speaks_of_a_secret(heard.text) and not is_perhaps_one:
        return "text.passed_on"
    turn.delete_message(heard.message_id)
    if is_perhaps_one:
        return "secret.perhaps_pin"
    return "secret.passed_on"


def _may_be_the_pin(turn: Turn, text: str, shown: str) -> bool:
    """Tell whether words hold figures as long as the PIN that is still to come, and that nobody was shown."""
    case = turn.case
    if case is None or not lacks_the_pin(case, turn.moment.now):
        return False
    rule = pin_rule_of(case)
    found = (each for each in _FIGURES.findall(ascii_digits(text)) if each not in shown)
    return any(len(each) == rule.usual if rule.usual else rule.shortest <= len(each) <= rule.longest for each in found)


def speaks_of_a_secret(text: str) -> bool:
    """Tell whether a message gives a PIN, a code, an account or a social security number by that name."""
    is_named = CUES_OF_SECRETS.may_stand_in(text) and _SPEAKS_OF_A_PIN.search(text) is not None
    return is_named or gives_secret(text)


def not_now(turn: Turn) -> str:
    """Return what is said to a secret that nothing asks for: whether this request ever needs one."""
    case = turn.case
    if case is None or not is_class_known(case):
        return "secret.not_now"
    return "secret.not_now" if any(wants(case, question) for question in ("account", "pin")) else "secret.not_needed"


def want_person(turn: Turn) -> None:
    """Let the desk know that somebody wants a person, and what they tried to say; a draft gets its card for it."""
    question, words = shown_of(turn)
    turn.flag("wants_person")
    turn.note("wants_person", words=words or None)
    turn.refresh_card()
    if words:
        turn.post("thread.tried", {"answer": nested(f"staff.answer.{question}"), "text": words})
    turn.post("thread.wants_person", buttons=REPLY)
    hours.wrote(turn)


def wipe_if_secret(turn: Turn, heard: Heard) -> None:
    """Take a message out of the chat that speaks of a secret where none was asked for."""
    if heard.message_id and speaks_of_a_secret(heard.text):
        turn.delete_message(heard.message_id)
        turn.say(not_now(turn))
