"""Stage 3: what stays on the account, what hangs on it, and who else stands behind it."""

import re

from domain.errors import Unreadable
from domain.intake.about import carrier_name, carrier_of, country_of, moving, wants
from domain.intake.choices import Choice
from domain.intake.given import NO, YES, Given, Rows, Unclear, bare_word, choice_rows
from domain.intake.readings.holder import is_talk
from domain.intake.repairs import asked_for
from domain.intake.sayings.plain import plain
from domain.numbers import Phone, show, spot
from domain.numbers.lists import spot_list
from domain.numbers.verdicts import CANADA, SERVED
from domain.orders.model import Case
from domain.readers.companies import read_company
from domain.readers.secrets import is_lone_secret, mask_words
from domain.text import clean
from domain.values import replace

_MOST_BEHIND = 3  # companies offered as the one behind another
_LONGEST_STAYS = 300
TIED = {
    "dsl": re.compile(r"\b(?:dsl|internet|wi-?fi|broadband|cable|tv)\b", re.I),
    "alarm": re.compile(r"\b(?:alarms?|security|burglar|fire panel|monitor\w*)\b", re.I),
    "elevator": re.compile(r"\b(?:elevators?|lifts?)\b", re.I),
    "fax": re.compile(r"\bfax(?:es)?\b", re.I),
    "hunt": re.compile(r"\b(?:hunt(?:ing)?|roll ?over|ring group|call group)\b", re.I),
}
"""What is often tied to a number, each with advice of its own (`stays.may_go_…`) and a flag (`tied_…`)."""

_NOTHING = re.compile(
    r"(?:(?:no|nope|nah|well|so|then|and) )*(?:nothing|none|(?:there (?:is|are) )?no other (?:numbers?|lines?|phones?)"
    r"|no (?:numbers?|lines?)|everything (?:moves|goes)|all (?:the |of the )?(?:lines|numbers) move"
    r"|(?:it|they) all moves?)"
    r"(?: else)?(?: (?:at all|really))?(?: (?:stays?|is staying|remains?|left))?"
    r"(?: (?:behind|there|here|with them|on (?:it|there|the (?:account|bill))))?"
    r"(?: (?:please|thanks|thank you|at all))*"
)
_FOUR = re.compile(r"(?<![\w.,/])(?:(?<!\d)-)?(\d{4})(?![\w/]|[-.,]\d)")
_CALLED = r"(?:pin|pass ?code|pass ?word|passphrase|code|acct|account|ssn|social|zip)"
_SECRET_BEFORE = re.compile(rf"\b{_CALLED}\b[^\d,;\n]{{0,20}}$", re.I)
_SECRET_BEHIND = re.compile(rf"\W{{1,3}}(?:(?:is|as|that's|for)\s)?(?:my |the |our )?(?:\w+ )?{_CALLED}\b", re.I)
_LINE = re.compile(
    r"\b(?:lines?|landlines?|alarms?|burglar|dsl|internet|fax(?:es)?|elevators?|lifts?|modems?|stays?|staying|remains?"
    r"|keep(?:s|ing)?)\b",
    re.I,
)
_SEAM = re.compile(r"[,;.\n]")
_NEAR = 25  # characters in which a line is named
_CLOSE = 99  # between the last four digits of numbers that one company has
_TEXTS_BEHIND = re.compile(r"[\s,;.]*\b(?:and |but )?(no texts?|no texting|texts matter)[.! ]*$", re.I)
_STAYS_CODES = {"nothing.no": ("no",), "nothing.yes": ("yes",)}


def read_stays(text: str, case: Case) -> Given | Unclear | Unreadable:
    """Read what remains on the account, as typed; the buttons say with it whether people text the number."""
    if text in _STAYS_CODES:
        return Given(("nothing",), more=(("texting", Given(_STAYS_CODES[text])),))
    if text == "nothing.all":
        return Given(("nothing",))
    if text == "some":
        return Unclear("stays.what", ())
    return _stays_and_texts(text, case) or what_stays(text, case)


def _stays_and_texts(text: str, case: Case) -> Given | Unclear | None:
    """Read what is said of texts behind what stays: "the internet stays, no texts"; None where nothing is."""
    found = _TEXTS_BEHIND.search(clean(text)[:_LONGEST_STAYS])
    if found is None:
        return None
    texting = ("texting", Given(("no" if found[1].lower().startswith("no") else "yes",)))
    before = clean(text)[: found.start()]
    got = what_stays(before, case) if before else None
    if isinstance(got, Given):
        return replace(got, more=(*got.more, texting))
    return Unclear("text.also_noted", None, keeps=(texting,)) if got is None else None


def what_stays(text: str, case: Case) -> Given | Unreadable:
    """Read what remains, as typed, secrets masked; numbers alone are lines that stay, and are said back."""
    said = clean(text)[:_LONGEST_STAYS]
    if bare_word(said) in NO or says_nothing_stays(said):
        return Given(("nothing",))
    lines = lines_alone(said, case)
    if lines:
        return _staying_lines(lines, case)
    if sum(c.isalpha() for c in said) < 3 and sum(c.isdigit() for c in said) < 4:
        return Unreadable("stays.press")
    if is_lone_secret(said):
        return Unreadable("secret.not_now")
    said = mask_but_phones(said, moving(case))
    return Given((said,), lead="+".join(f"stays.may_go_{kind}" for kind in tied(said)))


def says_nothing_stays(text: str) -> bool:
    """Tell whether a text says, in whatever words, that nothing is left on the account."""
    return _NOTHING.fullmatch(plain(text)) is not None


def lines_alone(said: str, case: Case) -> tuple[str, ...]:
    """Return the numbers (E.164) of a text that is nothing but numbers, or last four digits like those that move."""
    if any(c.isalpha() for c in said):
        return ()
    found = [each.found.e164 for each in spot_list(said, SERVED) if isinstance(each.found, Phone)]
    fours = [] if found else re.findall(r"(?<!\d)\d{4}(?!\d)", said)
    blocks = [next((e164[:-4] for e164 in moving(case) if _is_close(four, e164)), "") for four in fours]
    known = sum(c.isdecimal() for c in said) == 4 * len(fours)
    found += [block + four for block, four in zip(blocks, fours, strict=True)] if all(blocks) and known else []
    return tuple(dict.fromkeys(found))


def _staying_lines(lines: tuple[str, ...], case: Case) -> Given | Unreadable:
    """Take numbers that stay; one of those that move does not."""
    shown = ", ".join(show(Phone(e164)) for e164 in lines)
    both = ", ".join(show(Phone(e164)) for e164 in lines if e164 in moving(case))
    if both:
        return Unreadable("stays.it_moves", {"staying": both})
    again = Choice("notso.stays", "button.not_so", {"form": f"{case.request.id}.0"})
    return Given((shown,), lead="stays.understood", params={"staying": shown}, beside=((again,),))


def _is_close(four: str, e164: str) -> bool:
    """Tell whether last four digits are of the block from which a number is: no PIN is, but by chance.

    A request that ended before a number was given has a blank one.
    """
    return e164 != "" and abs(int(four) - int(e164[-4:])) <= _CLOSE


def mask_but_phones(said: str, block: tuple[str, ...] = ()) -> str:
    """Mask what may be a secret in words that staff read; phone numbers stay, they say which lines are meant.

    So do last four digits that are called a line, or are close to those of a number (E.164) of the `block`.
    """
    phones = [(each.start, each.end) for each in spot(said, SERVED) if isinstance(each.found, Phone)]
    endings = [four.span(1) for four in _FOUR.finditer(said) if _is_line(said, four, block)]
    kept, start = [], 0
    for begin, end in sorted((*phones, *endings)):
        if begin >= start:
            kept += [mask_words(said[start:begin]), said[begin:end]]
            start = end
    return "".join((*kept, mask_words(said[start:])))


def _is_line(said: str, four: re.Match[str], block: tuple[str, ...]) -> bool:
    before, behind = said[max(0, four.start(1) - _NEAR) : four.start(1)], said[four.end(1) : four.end(1) + _NEAR]
    if _SECRET_BEFORE.search(before) or _SECRET_BEHIND.match(behind):
        return False
    beside = f"{_SEAM.split(before)[-1]} {_SEAM.split(behind)[0]}"
    return _LINE.search(beside) is not None or any(_is_close(four[1], e164) for e164 in block)


def tied(said: str) -> tuple[str, ...]:
    """Return what of that which stays is often tied to a number: internet, alarm, elevator, fax, a hunt group."""
    return tuple(kind for kind, named in TIED.items() if named.search(said))


def stays_rows(case: Case) -> Rows:
    """Return the usual answers: nothing stays, with and without texting where that is asked, or something does."""
    nothing = ("nothing.no", "nothing.yes") if wants(case, "texting") else ("nothing.all",)
    return choice_rows("stays", *nothing, "some")


def read_reseller(text: str, case: Case) -> Given | Unreadable:
    """Read which other company stands on the bill or behind it, or that there is none."""
    said = clean(text)
    if bare_word(said) in NO | {"no one", "nobody", "only them", "just them", "no reseller"}:
        return _nobody(case)
    chosen = next((c for i, c in enumerate(_behind(case)) if bare_word(said) == f"behind.{i}"), None)
    company = chosen or read_company(said)
    if company is None or is_talk(said) or not any(c.isalpha() for c in said):
        return Unreadable("reseller.unreadable")
    return _nobody(case) if company.casefold() == carrier_name(case).casefold() else Given((company,))


def _nobody(case: Case) -> Given | Unreadable:
    """Take it that nobody stands behind; not where the losing carrier says that somebody does."""
    return Given(("none",)) if asked_for("reseller", case) is None else Unreadable("reseller.there_is_one")


def reseller_words(case: Case) -> str:
    """Return how it is asked for: for the first time, or as the losing carrier has found who is meant to be wrong."""
    reason = asked_for("reseller", case)
    if reason is not None:
        return "ask.reseller_behind" if "account" in reason.reopens else "ask.reseller_exact"
    return "ask.reseller_canada" if country_of(case) == CANADA else "ask.reseller"


def reseller_rows(case: Case) -> Rows:
    """Return that there is none, unless a carrier says otherwise, and the companies known to stand behind this one."""
    known = tuple((Choice(f"behind.{i}", "button.named", {"name": name}),) for i, name in enumerate(_behind(case)))
    return (*(choice_rows("reseller", "none") if asked_for("reseller", case) is None else ()), *known)


def _behind(case: Case) -> tuple[str, ...]:
    carrier = carrier_of(case)
    return carrier.underlying[:_MOST_BEHIND] if carrier is not None else ()


def read_texting(text: str, _case: Case) -> Given | Unreadable:
    """Read whether people text the numbers."""
    word = bare_word(text)
    if word in YES or word in NO:
        return Given(("yes" if word in YES else "no",))
    return Unreadable("texting.press")


def texting_rows(_case: Case) -> Rows:
    """Return yes and no."""
    return choice_rows("texting", "yes", "no")
