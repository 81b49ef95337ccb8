"""The account holder's name, exactly as it is on the bill: nothing is corrected here."""

import re
import unicodedata
from dataclasses import dataclass

from domain.errors import Unreadable
from domain.text import clean, words_of

LONGEST_NAME = 80
MOST_WORDS = 7
VENDOR_LIMIT = 25
"""Characters carriers keep of a first or last name (Bandwidth's errors 7354-7357, checked 2026-11-21)."""

_LEAD = re.compile(
    r"^(?:(?:hi|hello)[,! ]+)?(?:my name is|my name's|the name is|name is|i am|i'm|it's|it is|name)\b[: ]+",
    re.I,
)
_TITLES = words_of(
    "mr mrs ms miss mx dr prof professor rev reverend fr sir madam hon capt sgt lt col gen mister doctor"
)
_SUFFIXES = words_of("jr sr ii iii iv esq phd md")
_PARTICLES = words_of("de la del della di da das do dos du der den van von vander ten ter bin ibn al el le y e")
_JOINERS = frozenset({"and", "or", "&", "+", "und", "y/o"})
_NO_SPACES = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")  # as Unicode's names of their characters begin
_LEAST_WHOLE = 2  # characters: one for the family, one for the person
_ONLY = re.compile(r"only[ :]+([^\W\d_]{2,}(?:['\u2019-][^\W\d_]+)*)", re.I)  # of who has one name, and says so
_INNER = frozenset("-'.’ʼ‐‑`")  # noqa: RUF001 - the apostrophes and hyphens that phones and bills really use

_JOINING = frozenset(" -'’‐‑")  # noqa: RUF001 - as above
_MOST_FIRST = 3  # words of a first name


@dataclass(frozen=True, slots=True)
class PersonName:
    """First (with middle) and last (with particle and suffix), as typed; `warnings` are wording keys.

    `last` is empty of a name that is one word: in a script that writes no space in it, or because the bill has no more.
    """

    first: str
    last: str
    warnings: tuple[str, ...] = ()

    @property
    def full(self) -> str:
        return " ".join(self.parts)

    @property
    def parts(self) -> tuple[str, ...]:
        """Return first and last name, or the one that is all there is."""
        return (self.first, self.last) if self.last else (self.first,)


def read_name(text: str) -> PersonName | Unreadable:
    """Split a person's name into first and last, spelling and case untouched."""
    name = _LEAD.sub("", clean(text)).rstrip("!;,")
    fault = _fault(name)
    if fault:
        return fault
    words = _in_order(name)
    if len(words) == 1 and _is_whole(words[0]):
        return PersonName(words[0], "")
    only = _ONLY.fullmatch(name)
    if only is not None and not _is_suffix(only[1]):
        return PersonName(only[1], "")
    start = _last_name_start(words)
    if start < 1 or not _has_letter(words[0]) or not _has_letter(words[start]):
        return Unreadable("name.needs_two_words")
    first, last = " ".join(words[:start]), " ".join(words[start:])
    return PersonName(first, last, _warnings(first, last))


def is_plain(name: str) -> bool:
    """Tell whether words are just a first name: few, of letters of any script, hyphens and apostrophes."""
    are_letters = all(c.isalpha() or c in _JOINING or unicodedata.category(c)[0] == "M" for c in name)
    return are_letters and 0 < len(name.split()) <= _MOST_FIRST


def _is_whole(word: str) -> bool:
    """Tell whether a word is first and last name in one, as Chinese, Japanese and Korean people write them."""
    letters = [c for c in word if c.isalpha()]
    return len(letters) >= _LEAST_WHOLE and all(unicodedata.name(c, "").startswith(_NO_SPACES) for c in letters)


def _fault(name: str) -> Unreadable | None:
    words = name.split()
    if len(name) > LONGEST_NAME or len(words) > MOST_WORDS:
        return Unreadable("name.too_long", {"longest": str(LONGEST_NAME)})
    if any(c.isnumeric() for c in name):
        return Unreadable("name.has_digits")
    if any(word.casefold() in _JOINERS for word in words):
        return Unreadable("name.one_person")
    if words and words[0].rstrip(".").casefold() in _TITLES:
        return Unreadable("name.has_title", {"title": words[0]})
    odd = next((c for c in name if not _belongs(c)), None)
    return Unreadable("name.odd_character", {"character": odd}) if odd else None


def _belongs(c: str) -> bool:
    return c.isalpha() or c in _INNER or c in " ," or unicodedata.category(c)[0] == "M"


def _in_order(name: str) -> list[str]:
    """Turn "Last, First" around; a comma before a suffix ("Smith, Jr.") is only punctuation."""
    before, comma, after = name.partition(",")
    turned = bool(comma) and bool(after.split()) and not _is_suffix(after.split()[0])
    ordered = f"{after} {before}" if turned else name
    return [word for word in ordered.replace(",", " ").split() if _has_letter(word)]


def _last_name_start(words: list[str]) -> int:
    """Find where the last name begins: the last word, its suffixes, and lower-case particles before it."""
    start = len(words) - 1
    while start > 0 and _is_suffix(words[start]):
        start -= 1
    # In "nguyen van minh" all is lower case and "van" is a middle name: case tells nothing there.
    if words and not words[0].islower():
        while start > 1 and words[start - 1] in _PARTICLES:
            start -= 1
    return start


def _is_suffix(word: str) -> bool:
    return word.strip(".,").replace(".", "").casefold() in _SUFFIXES


def _has_letter(word: str) -> bool:
    return any(c.isalpha() for c in word)


def _warnings(first: str, last: str) -> tuple[str, ...]:
    found = []
    if max(len(first), len(last)) > VENDOR_LIMIT:
        found.append("name.longer_than_vendors_keep")
    if len(first.strip(".")) == 1:
        found.append("name.first_is_initial")
    if len(last.strip(".")) == 1:
        found.append("name.last_is_initial")
    return tuple(found)
