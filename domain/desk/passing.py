"""A customer's words on their way to the desk: masked, kept, and put into the request's thread with a Reply button."""

import re

from domain.desk.heard import Heard
from domain.desk.turn import Turn
from domain.intake.choices import Choice
from domain.intake.readings.account import mask_but_phones
from domain.readers.secrets import mask_words, names_secret
from domain.text import clean

REPLY = ((Choice("reply", "staff.button.reply"),),)
_SPEAKS_OF_A_PIN = re.compile(
    r"\b(?:pin|passcode|password|account\s*(?:number|no\.?|#))\b\D{0,20}[\w-]*\d{3,}", re.IGNORECASE
)
_NAMES_AN_ACCOUNT = re.compile(r"\b(?:pin|pass|account|acct|acc|ssn|code)", re.IGNORECASE)
_FREE_TEXT = 2000  # characters of a customer's message that staff are shown


def pass_on(turn: Turn, heard: Heard, post: str = "thread.wrote") -> str:
    """Let the desk read what a customer wrote, masked; returns the wording key by which the customer is told."""
    is_secret = _NAMES_AN_ACCOUNT.search(heard.text) is not None
    words = (mask_words(heard.text) if is_secret else mask_but_phones(clean(heard.text)))[:_FREE_TEXT]
    turn.note("wrote", words=words)
    turn.post(post, {"text": words}, buttons=REPLY)
    if not speaks_of_a_secret(heard.text):
        return "text.passed_on"
    turn.delete_message(heard.message_id)
    return "secret.passed_on"


def speaks_of_a_secret(text: str) -> bool:
    """Tell whether a message gives a PIN or an account number by that name."""
    return _SPEAKS_OF_A_PIN.search(text) is not None or names_secret(text)


def want_person(turn: Turn) -> None:
    """Let the desk know that somebody wants a person; a draft gets its card for it."""
    turn.flag("wants_person")
    turn.note("wants_person")
    turn.refresh_card()
    turn.post("thread.wants_person", buttons=REPLY)


def wipe_if_secret(turn: Turn, heard: Heard) -> None:
    """Take a message out of the chat that speaks of a secret where none was asked for."""
    if heard.message_id and speaks_of_a_secret(heard.text):
        turn.delete_message(heard.message_id)
        turn.say("secret.not_now")
