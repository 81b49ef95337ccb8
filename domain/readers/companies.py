"""Whether a name on a bill is a company's: certain where the law or the trade stands in the name."""

import re

from domain.readers.secrets import is_lone_secret
from domain.text import clean, words_of

LONGEST_COMPANY = 120
_MOST_WORDS = 18
"""Characters; vendors keep 25 of them (Bandwidth's BusinessName, read 2026-11-21), the letter all."""

_LEGAL = words_of("inc incorporated llc llp lp ltd limited corp corporation pc pllc plc pllp gmbh")
_TALK = words_of("i im you me please tomorrow today see want need send call what why how when is are was can will")
_TRADES = words_of(
    "co company pa assoc associates association foundation trust church school university college hospital "
    "clinic ministries bakery cafe coffee restaurant bar grill pizza deli salon spa barber studio gym fitness "
    "dental dentistry dentist orthodontics medical pharmacy veterinary vet law legal attorneys realty "
    "properties property insurance agency consulting consultants services service solutions systems "
    "technologies technology tech software media marketing design plumbing heating cooling hvac electric "
    "electrical roofing construction contractors builders landscaping cleaning painting moving storage towing "
    "auto automotive motors tire tires repair repairs supply supplies wholesale distributors logistics "
    "trucking transport travel hotel motel inn farm farms ranch nursery group partners holdings enterprises "
    "enterprise industries international ventures capital financial bank credit center centre shop store "
    "market boutique florist flowers jewelers gallery books academy daycare preschool office"
)
_LEGAL_APART = re.compile("[株有]式?[会會]社|公司|주식회사")  # of scripts that write no space before it
_WORD = re.compile(r"[^\W_]+")
_ODD = re.compile(r"[@?<>{}\\|]|https?:", re.I)


def names_company(text: str) -> bool:
    """Tell whether a name can only be a company's: a legal form, `&`, or a trade in three words or more."""
    words = _words(text)
    if has_legal_form(text):
        return True
    is_sentence = not _TALK.isdisjoint(words)  # "see you at the bakery tomorrow"
    return bool(words) and not is_sentence and ("&" in text or (len(words) > 2 and _tells_trade(words)))


def has_legal_form(text: str) -> bool:
    """Tell whether a legal form stands in a name: LLC, Inc, Ltd."""
    return not _LEGAL.isdisjoint(_words(text)) or _LEGAL_APART.search(text) is not None


def may_name_company(text: str) -> bool:
    """Tell whether a name may be a company's: "Acme Dental" is one, "John Church" a person, and both look alike."""
    words = _words(text)
    return names_company(text) or _tells_trade(words) or any(any(c.isdigit() for c in word) for word in words)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(clean(text).replace(".", ""))]


def _tells_trade(words: list[str]) -> bool:
    return not _TRADES.isdisjoint(words)


def read_company(text: str) -> str | None:
    """Return a company's name as typed, letter for letter; None for what is no name at all."""
    name = clean(text).strip(" ,;")
    letters = sum(c.isalpha() for c in name)
    if letters < 2 or len(name) > LONGEST_COMPANY or _ODD.search(name) or len(name.split()) > _MOST_WORDS:
        return None
    is_pin = is_lone_secret(name) and sum(c.isdigit() for c in name) > 1  # one word of letters and figures is no name
    return None if is_pin else name
