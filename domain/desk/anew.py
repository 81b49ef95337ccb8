"""What comes unasked and is kept all the same: a newer PIN, a figure that the desk waits for, a signer's e-mail."""

import re

from domain.desk.answering import answer, keep
from domain.desk.asking import ask_open_or_say, open_question
from domain.desk.heard import Heard
from domain.desk.turn import Turn
from domain.errors import Unreadable
from domain.intake.about import is_class_known, kind_of, wants
from domain.intake.given import Given
from domain.intake.questions import BY_ID, TAKES_ANSWERS
from domain.intake.readings.after import read_the_pin
from domain.intake.readings.beside import account_alone, is_stray_account
from domain.orders.model import Case
from domain.readers.emails import put_email_right
from domain.readers.secrets import gives_secret, is_lone_secret

_LONGEST = 120  # characters; in a longer text a figure may be anything
_HESITATES = re.compile(
    r"^(?:(?:wait|no|nope|sorry|oops|actually|correction|hold on|my bad|i mean|i meant|but|well|hey|hi|ok|okay|oh|so)\b"
    r"[\s,.!:;-]*)+",
    re.I,
)
_NAMES_THE_PIN = re.compile(r"\b(?:pin|passcode)\b", re.I)
_FAULTS = ("pin.several", "pin.wrong_length", "pin.never", "pin.is_the_number", "pin.looks_like_ssn")
_HERE = ("••••",)
_OTHER_EMAILS = ("signer", "email", "second")


def take_anew(turn: Turn, heard: Heard) -> bool:
    """Take what was said of a secret or of the signer though something else is asked, or nothing; tell if it was."""
    case = turn.case
    if case is None or case.phase not in TAKES_ANSWERS or len(heard.text) > _LONGEST:
        return False
    return any(way(turn, heard, case) for way in (_awaited, _newer_pin, _unasked_account, _signers_email))


def _awaited(turn: Turn, heard: Heard, case: Case) -> bool:
    """Take a figure that staff have just asked for, before the customer is told so."""
    question = turn.following()
    if question is None or not question.secret or open_question(turn) is not None:
        return False
    if not any(looks(heard.text) for looks in (is_lone_secret, gives_secret, is_stray_account)):
        return False
    got = question.read(heard.text, case)
    if not isinstance(got, Given) or got.secret is None:
        return False
    answer(turn, question, heard.text, heard)
    return True


def _newer_pin(turn: Turn, heard: Heard, case: Case) -> bool:
    """Put another PIN, called so, in the place of the one that is here or was to come later."""
    known = case.answer("pin")
    if known not in (_HERE, ("later",)) or not _NAMES_THE_PIN.search(heard.text):
        return False
    question = open_question(turn)
    if question is not None and question.secret:
        return False
    got = read_the_pin(_HESITATES.sub("", heard.text, count=1), case)
    is_faulty = isinstance(got, Unreadable) and got.code in _FAULTS
    if not is_faulty and not (isinstance(got, Given) and got.secret is not None):
        return False
    turn.delete_message(heard.message_id)
    if isinstance(got, Unreadable):
        ask_open_or_say(turn, got.code, got.params)
        return True
    keep(turn, "pin", got)
    ask_open_or_say(turn, "pin.replaced" if known == _HERE else "answer.noted")
    return True


def _unasked_account(turn: Turn, heard: Heard, case: Case) -> bool:
    """Keep an account number that is called so, where the class may have one and is not asked for it."""
    question = open_question(turn)
    is_offered = is_class_known(case) and "account" in kind_of(case).needs and not wants(case, "account")
    if case.phase != "intake" or not is_offered or (question is not None and question.id == "account"):
        return False
    got = account_alone(heard.text, case)
    if got is None:
        return False
    turn.delete_message(heard.message_id)
    keep(turn, "account", got)
    ask_open_or_say(turn, "answer.noted")
    return True


def _signers_email(turn: Turn, heard: Heard, case: Case) -> bool:
    """Put the e-mail address right at which somebody else is to sign, until the letter is signed."""
    question, signer = open_question(turn), case.answer("signer")
    is_other = question is not None and question.id in _OTHER_EMAILS
    if signer is None or "signature" in case.answers or is_other or not BY_ID["signer"].needed(case):
        return False
    name, old = signer
    new = put_email_right(heard.text, old, name)
    if new is None:
        return False
    keep(turn, "signer", Given((name, new)))
    ask_open_or_say(turn, "signer.email_now", {"signer": name, "email": new})
    return True
