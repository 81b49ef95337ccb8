"""A name with the whole address behind it, as on a letter: the account's, where it is a piece of its own."""

import re
from collections.abc import Iterator

from domain.intake.opening.saying import Saying
from domain.intake.opening.vocabulary import BRAND, NEGATED, NUMBER, OTHERS, PAST
from domain.readers.addresses import Address, read_address
from domain.text import words_of

_BEGINS = re.compile(
    rf"(?:^|[{NUMBER}{BRAND}]\)?(?:\s*[,.;|–—]\s|\s-\s|\s*\n)\s*)"  # noqa: RUF001 - a dash as pasted
    rf"(?P<who>[A-Z][^\d,;:!?()\n{NUMBER}{BRAND}]{{3,60}}?(?:, (?:LLC|Inc|Ltd|LLP|Corp)\.?)?)"
    r"(?=(?:\s*,\s*|\s*\n\s*|,? at )\d)"
)
_STREET = re.compile(
    rf"\s*(?:[,;]|\n|,? (?:at|of))\s*(?P<place>\d[^!?:{NUMBER}{BRAND}]{{8,140}}?"
    r"[A-Za-z]{2}[.,]?\s+\d{5}(?:-\d{4})?)"
    rf"(?=\s*(?:$|[.;!?\n]|,\s*(?:[{NUMBER}{BRAND}]|please\b|pls\b|thanks\b|thank\b)))",
    re.I,
)
_ZIP = re.compile(r"[A-Za-z]{2}[.,]?\s+\d{5}(?!\d)")
_NOBODY = words_of(
    "address home house office work business billing service mailing shipping account line phone number cell desk front"
    " back main store shop location site building floor suite unit attn care bill bills calls new old current carrier"
    " park plaza square tower towers mall complex apartments village estates heights gardens"
)
_NOT_HERE = re.compile(
    r"\b(?:send|mail|ship|shipping|mailing|billing address|bills? to|deliver\w*|lawyer|attorney|accountant|landlord"
    r"|rep|contact|call|calls|ring|reach|used to|new address|old address|not)\b",
    re.I,
)


def named(saying: Saying) -> Iterator[str]:
    """Give what stands as a name over an address, where nothing makes it another person's or another place."""
    if OTHERS.search(saying.said) or saying.is_doubted:
        return
    for found in _BEGINS.finditer(saying.masked):
        who = saying.said[slice(*found.span("who"))].strip()
        is_name = _NOBODY.isdisjoint(word.casefold().strip(".'") for word in who.split())
        if is_name and address_behind(saying, who) is not None:
            yield who


def address_behind(saying: Saying, who: str) -> Address | None:
    """Give the address that stands right behind a name and ends there; None where another one may be meant."""
    start = saying.said.find(who)
    found = _STREET.match(saying.masked, start + len(who)) if start >= 0 else None
    if found is None or len(_ZIP.findall(saying.masked)) != 1 or _is_elsewhere(saying, start, found.end()):
        return None
    read = read_address(saying.said[slice(*found.span("place"))])
    return read if isinstance(read, Address) else None


def _is_elsewhere(saying: Saying, start: int, end: int) -> bool:
    line = saying.sentence(start, end)
    return any(each.search(line) for each in (_NOT_HERE, PAST, NEGATED))
