"""Every phone number in a pasted mess, what is wrong with the others, and the words that stood between them."""

import re
from collections import Counter
from dataclasses import dataclass

from domain.errors import Unreadable
from domain.numbers.phone import Phone
from domain.numbers.reading import EXTENSION, NO_STREET, PLAIN, TEN, Spotted, foreign, vanities
from domain.numbers.verdicts import ONLY_US, Served, verdict
from domain.text import ascii_digits, clean_lines

MOST_NUMBERS = 100
LONGEST_SHOWN = 40
"""Characters of a number left out that are shown back."""

_GAP = r"[ ().\-\u2010-\u2015\u2212/+]{0,3}"
_RUN = re.compile(rf"[+(]{{0,2}}\d(?:{_GAP}\d)*")
_ENUMERATED = re.compile(
    r"(?:^|(?<=[\s,;]))(?:\(?\d{1,2}\)|#\d{1,2}[.):]?)(?=\s)|^\s*\d{1,3}[.:](?=\s)"
    r"|(?<=[\s,;])\d{1,2}[.:](?=\s\(?[2-9]\d\d)"
    r"|\b(?:line|phone|number|num|no\.|tel|location|store)\s?#?\d{1,2}(?:\s?[:.)–-])?(?=\s)",  # noqa: RUF001 - as pasted
    re.I | re.M,
)
_FULL_STOP = re.compile(r"(?<=\d{4})\.(?=\s)")
_SECRET = re.compile(
    r"\b(?:account|acct|acc|cuenta|pin|nip|pass ?code|password|code|ssn|social|order|ref|reference|confirmation|imei"
    r"|iccid|eid|sim|invoice|ticket|case|tracking|routing|ein|tax|customer|member|zip)\b[\s.:#=-]*"
    r"(?:(?:number|numbers|num|no|nr|id|code|card|security|is|was|de|es)\b[\s.:#=-]*){0,4}$",
    re.I,
)
_BEFORE = 60  # characters in front of a number in which its name stands
_FOREIGN = re.compile(r"\+\s*\(?(?!1)\d|(?:011|00[2-9])")
_SHORTENED = re.compile(r"\s?/\s?\d{1,4}(?!\d)")
_ENDINGS = re.compile(
    r"(?:\s?,\s?\d{4}(?!\d)){0,30}\s?,?\s(?:and|&|y)\s\d{4}(?!\d)"
    r"(?!\W{1,3}(?:(?:is|as|that's|for)\s)?(?:my |the )?(?:pin|code|passcode|zip|account|ext))"
    r"(?=\s?(?:$|[.,;)!?\n]|(?:moved|ported|transferred|are|to|over|please|pls|plz|from|with|too|asap)\b))",
    re.I,
)
_BETWEEN = re.compile(
    r"(?:\s?,\s?\d{4}(?!\d)){1,30}"
    r"(?=\s?,?\s?(?:(?:and|&|y)\s)?(?:\+?1[ .-]?)?\(?(\d{3})\)?[ .-]{0,2}(\d{3})[ .-]?\d{4}(?!\d))",
    re.I,
)  # last four digits alone, and behind them a whole number: of the same block, so that they can be nothing else
_ONE_MORE = re.compile(
    r"(?:\s?[,;]\s?(?:(?:and|&|y)\s)?|\s(?:and|&|y)\s)[-\u2010-\u2015]?(?P<four>\d{4})(?!\d|[-./]\d)"
    r"(?!\W{1,3}(?:(?:is|as|that's|for)\s)?(?:my |the )?(?:pin|code|passcode|zip|acct|account|ext))"
    rf"{NO_STREET}",
    re.I,
)
_CLOSE = 99  # how far apart two numbers of one company mostly are: no PIN and no year stands there by chance
_OTHER_FIGURES = re.compile(r"\d{5}-\d{4}|\d{3}[- ]\d{2}[- ]\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d?-\d\d?")
_TOO_SHORT = re.compile(r"\(?\d{3}\)?[ .-]{0,2}\d{4}|\d{8,9}|\(?\d{3}\)?[ .-]{0,2}\d{3}[ .-]?\d{2,3}")
_SERVICE_CODE = re.compile(r"[2-9]11")
_SHORTEST = 7  # digits of a local number
_TEN_DIGITS = 10

_LABEL = (
    r"(?:(?:my|our|the|this|these|and|y|plus|also|then|is|are|it'?s|main|fax|office|home|work|shop|store|cell|cellphone"
    r"|mobile|landline|phone|phones|line|lines|numbers?|nums?|no|nr|tel|telephone|list|first|second|third|hi|hello"
    r"|please|pls|thanks|thank you|ok|yes)\b)"
)
_LEADING = re.compile(rf"^(?:[\s\W]*{_LABEL})*[\s\W]*$", re.I)
_JOINED = re.compile(r"^(?:and|y|plus|also|are|is)\b|\b(?:and|y|plus|also)$", re.I)
_MARKS = " \t-–—:;,./|•*·>=()[]#&+"  # noqa: RUF001 - what stands between the entries of a pasted list


@dataclass(frozen=True, slots=True)
class NumberList:
    """Numbers in the order given, each once; what was left out, as typed, with why; the words that remain.

    `repeated`: numbers of several that stand there more than once.
    """

    phones: tuple[Phone, ...]
    left_out: tuple[tuple[str, Unreadable], ...] = ()
    rest: str = ""
    repeated: tuple[Phone, ...] = ()


def read_number_list(text: str, served: Served = ONLY_US) -> NumberList | Unreadable:
    """Read every number of a list; `numbers.too_many` beyond `MOST_NUMBERS`.

    Codes of what is left out: those of `read_phone`, `number.extension` and `number.shortened` ("421-8832/33").
    """
    plain = PLAIN.fullmatch(text) if text.isascii() else None
    alone = verdict(plain[1] + plain[2] + plain[3], served) if plain else None
    if isinstance(alone, Phone):
        return NumberList((alone,))
    said = ascii_digits("\n".join(clean_lines(text)))
    items = spot_list(said, served)
    if len(items) > MOST_NUMBERS:
        return Unreadable("numbers.too_many", {"most": str(MOST_NUMBERS)})
    phones = Counter(each.found for each in items if isinstance(each.found, Phone))
    bad = {said[i.start : i.end].strip()[:LONGEST_SHOWN]: i.found for i in items if isinstance(i.found, Unreadable)}
    codes, rest = _service_codes(_rest(said, items))
    bad |= dict.fromkeys(codes, Unreadable("number.special"))
    repeated = tuple(phone for phone, count in phones.items() if count > 1 and len(phones) > 1)
    return NumberList(tuple(phones), tuple(bad.items()), rest, repeated)


def _service_codes(rest: str) -> tuple[list[str], str]:
    """Part entries such as "911" from the other words beside numbers."""
    pieces = rest.split(", ")
    codes = [piece for piece in pieces if _SERVICE_CODE.fullmatch(piece)]
    return codes, ", ".join(piece for piece in pieces if piece not in codes)


def spot_list(said: str, served: Served = ONLY_US) -> tuple[Spotted, ...]:
    """Find all that is or was meant as a phone number in clean lines, but for what is called a PIN or an account."""
    figures = _FULL_STOP.sub("\n", _ENUMERATED.sub(lambda marker: " " * len(marker[0]), said))
    items = [each for run in _RUN.finditer(figures) for each in _judge(said, figures, run, served)]
    items += [each for one in items for each in _endings(said, one, served)]
    items += vanities(said, served)
    return tuple(sorted(items, key=lambda each: each.start))


def _endings(said: str, one: Spotted, served: Served) -> list[Spotted]:
    """Give the numbers of which only the last four digits follow: "602-955-3301, 3302 and 3307"."""
    if not isinstance(one.found, Phone):
        return []
    block = one.found.e164[-_TEN_DIGITS:-4]
    between = _BETWEEN.match(said, one.end)
    behind = between if between and between[1] + between[2] == block else _ENDINGS.match(said, one.end)
    if behind is None:
        spans = _one_by_one(said, one)
    else:
        spans = [(one.end + four.start(), one.end + four.end()) for four in re.finditer(r"\d{4}", behind[0])]
    return [Spotted(verdict(block + said[start:end], served), start, end) for start, end in spans]


def _one_by_one(said: str, one: Spotted) -> list[tuple[int, int]]:
    """Give where last four digits alone stand behind a number, whatever follows: several, or one that is close to it.

    Only one, and far from the number, may be a PIN.
    """
    spans: list[tuple[int, int]] = []
    at = one.end
    while more := _ONE_MORE.match(said, at):
        spans.append(more.span("four"))
        at = more.end()
    if len(spans) == 1:
        first, second = int(said[one.end - 4 : one.end]), int(said[slice(*spans[0])])
        return spans if 0 < abs(first - second) <= _CLOSE else []
    return spans


def _judge(said: str, figures: str, run: re.Match[str], served: Served) -> list[Spotted]:
    """Give the numbers in one unbroken run of figures; figures too many or too few spoil the whole run."""
    start, end = run.span()
    count = sum(c.isdecimal() for c in run[0])
    if count < _SHORTEST or _OTHER_FIGURES.fullmatch(run[0]) or is_secret(said, start):
        return []
    tens = list(TEN.finditer(figures, start, end))
    abroad = foreign(run[0]) if _FOREIGN.match(run[0]) else None
    if abroad:
        return [Spotted(abroad, start, end)]
    if sum(c.isdecimal() for ten in tens for c in ten[0]) != count:
        return _spoiled(said, run, tens, count)
    found = [Spotted(verdict(ten[1] + ten[2] + ten[3], served), ten.start(), ten.end()) for ten in tens]
    return [*found[:-1], _with_extension(said, found[-1])]


def _spoiled(said: str, run: re.Match[str], tens: list[re.Match[str]], count: int) -> list[Spotted]:
    start, end = run.span()
    if count < _TEN_DIGITS:
        fault = Unreadable("number.too_short", {"digits": str(count)})
        return [Spotted(fault, start, end)] if _TOO_SHORT.fullmatch(run[0]) else []
    if tens and _SHORTENED.match(said, tens[0].end()):
        return [Spotted(Unreadable("number.shortened"), start, end)]
    return [Spotted(Unreadable("number.too_long", {"digits": str(count)}), start, end)]


def _with_extension(said: str, one: Spotted) -> Spotted:
    """Leave out a number with an extension: only the whole line behind it can move, and that is to be asked."""
    behind = EXTENSION.match(said, one.end)
    return Spotted(Unreadable("number.extension"), one.start, behind.end()) if behind else one


def is_secret(said: str, start: int) -> bool:
    """Tell whether figures that begin here are called a PIN, an account number or like."""
    return _SECRET.search(said[max(0, start - _BEFORE) : start]) is not None


def _rest(said: str, items: tuple[Spotted, ...]) -> str:
    """Give what remains beside numbers, separators and the words that only name a number in a list."""
    starts, ends = [each.start for each in items], [each.end for each in items]
    between = [said[a:b] for a, b in zip([0, *ends], [*starts, len(said)], strict=True)]
    pieces = [piece for text in between for piece in re.split(r"[,;\n|•]", _ENUMERATED.sub(" ", text))]
    kept = [_JOINED.sub("", piece.strip(_MARKS)).strip(_MARKS) for piece in pieces if not _LEADING.match(piece)]
    return ", ".join(piece for piece in kept if piece)
