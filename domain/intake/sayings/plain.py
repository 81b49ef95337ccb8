"""People's typing made plain for the table: lower case, no accents or punctuation, short forms written out."""

import re
import unicodedata

from domain.text import visible

# Each is one word as typed, apostrophes gone, and what it stands for; spellings that are often wrong among them.
_SPELT = {
    "im": "i am", "ive": "i have", "id": "i would", "ill": "i will", "dont": "do not", "doesnt": "does not",
    "didnt": "did not", "cant": "can not", "cannot": "can not", "wont": "will not", "wouldnt": "would not",
    "couldnt": "could not", "wasnt": "was not", "isnt": "is not", "arent": "are not", "havent": "have not",
    "hasnt": "has not", "whats": "what is", "whos": "who is", "wheres": "where is", "hows": "how is",
    "whens": "when is", "thats": "that is", "theres": "there is", "its": "it is", "youre": "you are",
    "theyre": "they are", "theyve": "they have", "weve": "we have", "wanna": "want to", "gonna": "going to",
    "gotta": "have to", "dunno": "i do not know", "idk": "i do not know", "u": "you", "ur": "your", "r": "are",
    "pls": "please", "plz": "please", "plse": "please", "thankyou": "thank you", "thanx": "thanks",
    "acct": "account", "acount": "account", "accout": "account", "numer": "number", "numbr": "number",
    "nubmer": "number", "numbe": "number", "canceled": "cancelled", "canceld": "cancelled", "cancled": "cancelled",
    "cancelld": "cancelled", "canselled": "cancelled", "cancle": "cancel", "adress": "address", "addres": "address",
    "tommorow": "tomorrow", "tomorow": "tomorrow", "tommorrow": "tomorrow", "tmrw": "tomorrow",
    "statment": "statement", "bil": "bill", "biil": "bill", "suspeded": "suspended", "prepayed": "prepaid",
    "legitamate": "legit", "legitimit": "legit", "skam": "scam", "scamer": "scammer", "robo": "robot",
    "persn": "person", "humen": "human", "somone": "someone", "understnd": "understand", "undestand": "understand",
    "alredy": "already", "allready": "already", "taht": "that", "teh": "the", "waht": "what", "wat": "what",
    "wut": "what", "wrng": "wrong", "stauts": "status", "hlep": "help", "helo": "hello", "helllo": "hello",
    "mintue": "minute", "everythings": "everything is", "abt": "about", "bc": "because", "cuz": "because",
    "wth": "what the hell", "pincode": "pin", "gv": "google voice",
}  # fmt: skip
_FILLERS = (
    r"sorry|hi|hello|hey|um|uh|uhm|hmm|well|so|but|and|ok|okay|oh|also|wait|please|actually|btw|by the way|just"
    r"|because|excuse me|quick question|question|oops|listen|look|honestly|thanks|thank you|i think|i guess"
    r"|(?:can|could|may) i ask(?: you)?|(?:can|could) you tell me|tell me|do you know|i want to know"
    r"|wondering|first|no wait|one more thing|there|again|like|seriously|dude|bro|man|guys|sir|mam|maam|lol|haha"
    r"|god|omg|yo|in fact|unfortunately|though|now|to be honest|tbh|before that|before i continue"
)
_LEADING = re.compile(rf"^(?:(?:{_FILLERS}) )+(?=\S)")
_TRAILING = re.compile(rf"(?: (?:{_FILLERS}))+$")
_POLITE = re.compile(r"^(?:(?:please|ok|okay|sorry|hi|hey|hello) )+(?=\S)")
_POLITE_END = re.compile(r"(?: (?:please|thanks|sir|now))+$")
_ONLY_FILLERS = re.compile(rf"(?:{_FILLERS})(?: (?:{_FILLERS}))*")
_CLAUSE_END = re.compile(
    r"[.!?;:\n,()\u2026\u2013\u2014\u3002\uff1f\uff01]+|\s-+\s|\b(?:but|and|so|because|bc|cuz)\b", re.I
)
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc`\u00b4]")
_NO_WORD = re.compile(r"[^a-z0-9]+")


def plain(text: str) -> str:
    """Write a text plainly: only a-z, 0-9 and single spaces are left."""
    folded = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).casefold()
    bare = folded if folded.isascii() else "".join(c for c in folded if not unicodedata.combining(c))
    return " ".join(_SPELT.get(word, word) for word in _NO_WORD.sub(" ", bare).split())


def clauses(text: str) -> list[str]:
    """Split what was typed at punctuation and joining words; each part plain, empty ones dropped."""
    return [part for part in map(plain, _CLAUSE_END.split(visible(text))) if part]


def without_fillers(said: str) -> str:
    """Drop what leads up to a sentence and what trails behind it: sorry, hi, please."""
    return _TRAILING.sub("", _LEADING.sub("", said, count=1))


def without_manners(said: str) -> str:
    """Drop only what is never part of a name."""
    return _POLITE_END.sub("", _POLITE.sub("", said, count=1))


def is_filler(said: str) -> bool:
    """Tell whether nothing is said at all."""
    return _ONLY_FILLERS.fullmatch(said) is not None


def typed_as(cues: frozenset[str]) -> frozenset[str]:
    """Return the words as they may be typed: themselves, and those that `plain` turns into them."""
    return cues | {typed for typed, meant in _SPELT.items() if not cues.isdisjoint(meant.split())}
