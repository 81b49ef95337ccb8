"""What people type where their name belongs as a signature: that they will not, a question, a remark, a name."""

import re
from typing import Literal

from domain.intake.sayings.no_names import is_no_name
from domain.intake.sayings.plain import plain
from domain.intake.sayings.recognising import recognise
from domain.readers.names import PersonName
from domain.text import clean, words_of

Typed = Literal["refuses", "not_me", "paper", "talk", "part", "name"]

_NO_MORE = (
    r"(?: (?:it|this|that|anything|(?:the|this|that|your|any) (?:letter|loa|form|thing|authorization)))?"
    r"(?: (?:now|today|at all|any ?more|thanks|thank you|sorry|please))*"
)
_REFUSES = re.compile(
    r"(?:(?:sorry|well|um|oh|ok|okay|but|hi|hello) )*(?:"
    r"(?:(?:no|nope|nah|never|no way|not me) ?)+(?:thanks|thank you|sorry|please)?"
    r"|stop(?: (?:it|this|that|now|please))*|cancel(?: (?:it|this|that|please))*|never ?mind|refuse|decline|declined"
    r"|(?:(?:no|nope|nah|stop|sorry|wait) )*(?:i|we) (?:do not (?:want to|wish to|agree|consent|sign)|will not"
    r"|would rather not|am not|are not|refuse|decline|disagree|can not|have decided not to|(?:have )?changed my mind)"
    rf"(?: (?:to|sign|signing|do|doing|agree|agreeing|going to|authorize|consent|continue))*{_NO_MORE}"
    rf"|(?:i am |we are )?not (?:going to )?(?:sign|signing|agree|agreeing|do|doing){_NO_MORE}"
    rf"|do not (?:sign|do){_NO_MORE}"
    r")"
)
_NOT_ME = re.compile(
    r"(?:no |sorry |but )*(?:(?:i am|this is|that is|it is) not (?:me|her|him|them|that person|my name)|wrong person"
    r"|you have the wrong person|(?:that|this|it) is (?:somebody|someone) else|i am (?:somebody|someone) else)"
)
_NOT_NAMED = re.compile(r"(?:no |sorry |but )*(?:i am|this is|my name is) not (.+)")
_TALKS = words_of(
    "i you he she it we they me him us them my your his her our their the a is are was were am be been not no yes ok"
    " okay what who whom whose why how when where which that this these those has have had did does sign signed signing"
    " letter loa need want wrong right please thanks thank and or but if with for from to of on in at by as so just"
    " yet already again now later never always need help stop cancel wait hello hi hey done agree agreed sure fine"
    " nothing something anything everything nobody somebody someone name number phone link page click press button"
)
_FEWEST, _MOST = 2, 6  # words of a name


def typed_for_name(text: str, expected: PersonName) -> Typed:
    """Return what stands where a name belongs that is not the expected one; only a plausible name is a try.

    `part`: a word of the expected one alone.
    """
    said = plain(text)
    if "?" not in text and _refuses(said):
        return "refuses"
    if _is_not_me(said, expected):
        return "not_me"
    saying = recognise(text, "signature")
    if saying is not None and saying.effect == "paper":
        return "paper"
    if saying is None and clean(text).isalpha() and said in plain(expected.full).split():
        return "part"
    is_talk = saying is not None or "?" in text or is_no_name(text) or not _may_be_name(text, expected)
    return "talk" if is_talk else "name"


def refuses(text: str) -> bool:
    """Tell whether a text says that somebody will not sign."""
    return "?" not in text and _refuses(plain(text))


def _refuses(said: str) -> bool:
    return said == "n" or _REFUSES.fullmatch(said) is not None


def _is_not_me(said: str, expected: PersonName) -> bool:
    named = _NOT_NAMED.fullmatch(said)
    is_named = named is not None and not set(plain(expected.full).split()).isdisjoint(named[1].split())
    return is_named or _NOT_ME.fullmatch(said) is not None


def _may_be_name(text: str, expected: PersonName) -> bool:
    """Tell whether a text is written like a name: some words of letters, none of them one of a sentence."""
    words = clean(text).split()
    fewest = min(_FEWEST, len(expected.full.split()))
    are_letters = all(any(c.isalpha() for c in word) and not any(c.isdigit() for c in word) for word in words)
    own = set(plain(expected.full).split())
    is_sentence = any(word in _TALKS and word not in own for word in plain(text).split())
    return fewest <= len(words) <= _MOST and are_letters and not is_sentence
