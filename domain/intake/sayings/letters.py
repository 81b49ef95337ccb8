"""Words about a letter that is to be signed, or is: whether it is here, whether it is signed, and that it is wanted.

Each takes plain text (`plain.py`).
"""

import re

from domain.text import words_of

_MANNERS = r"(?:(?:hi|hello|hey|so|and|but|ok|okay|please|sorry) )*"
_WHEN = r"(?: (?:yet|already|now|by now|so far|please|today))*"
_LETTER = (
    r"(?:it|this|that|them|(?:the|my|our|your) (?:signed )?"
    r"(?:letter|loa|copy|pages?|scan|photos?|file|pdf|signature|link))"
)
_GOT = re.compile(
    rf"{_MANNERS}(?:(?:did|have) you (?:get|got|receive|received|see|seen|read|look|looked)(?: at)? {_LETTER}"
    rf"|(?:is|are|was|were) {_LETTER} (?:ok|okay|good|fine|complete|enough|there|here|in order|all right)"
    rf"|(?:has|have|did) {_LETTER} (?:arrived?|come|came|reach(?:ed)? you)|(?:is )?(?:anything|something) missing"
    rf"|what is (?:still )?missing){_WHEN}"
)
_WHETHER_SIGNED = re.compile(
    rf"{_MANNERS}(?:(?:has|have|did) \w+(?: \w+){{0,2}} (?:sign|signed|open|opened|decline|declined|answer|answered)"
    rf"(?: {_LETTER})?|(?:is|was) {_LETTER} (?:signed|opened)(?: by \w+(?: \w+)?)?"
    rf"|(?:has|have) {_LETTER} been (?:signed|opened)(?: by \w+(?: \w+)?)?"
    rf"|who (?:has )?signed {_LETTER}|any (?:news|word|answer) from \w+(?: \w+)?){_WHEN}"
)
_OF_LETTERS = words_of("letter loa authorization")
_WANTS = words_of(
    "send resend have get see give show need want download print copy lost deleted where find again signed my"
)
_BESIDE = words_of(
    "please can could may would you i we me us a another of pdf the our that this sealed once more back is it as like"
    " to one time here still file version not in by email chat hi hello thanks ok okay sorry which has gone"
)


def asks_whether_here(said: str) -> bool:
    """Tell whether a text asks if what was sent arrived, and does."""
    return _GOT.fullmatch(said) is not None


def asks_whether_signed(said: str) -> bool:
    """Tell whether a text asks if somebody has signed, or looked."""
    return _WHETHER_SIGNED.fullmatch(said) is not None


def wants_letter(said: str) -> bool:
    """Tell whether a text wishes for the letter, and says nothing else."""
    words = frozenset(said.split())
    is_named = not (words.isdisjoint(_OF_LETTERS) or words.isdisjoint(_WANTS))
    return is_named and words <= _OF_LETTERS | _WANTS | _BESIDE
