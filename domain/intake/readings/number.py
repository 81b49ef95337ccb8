"""Stage 1: the numbers, the carrier they leave, and whether they can go at all."""

import re

from domain.carriers import CARRIERS, Carrier, CarrierId, Found, Maybe, find_carrier, mentions
from domain.errors import Unreadable
from domain.intake.about import OTHER, moving
from domain.intake.choices import Choice
from domain.intake.given import NO, YES, Given, Rows, Unclear, bare_word
from domain.intake.opening.lines import CUES_OF_FAX, is_fax
from domain.intake.opening.saying import Saying
from domain.intake.readings.abroad import NOT_SERVED, abroad_in, company_told, offer_desk
from domain.intake.readings.apart import take_together
from domain.intake.readings.free import free_among, not_free
from domain.intake.readings.left_out import about_left_out, left_out_rows, remembered
from domain.intake.readings.one_bill import without_one_bill
from domain.intake.readings.spans import answered_span, ask_about
from domain.intake.readings.which import chosen_among_offered, chosen_at_once
from domain.intake.sayings.plain import plain
from domain.numbers import Phone, read_phone, show, spot
from domain.numbers.lists import MOST_NUMBERS, NumberList, read_number_list
from domain.numbers.spans import read_spans
from domain.numbers.together import travelling
from domain.numbers.verdicts import SERVED, TOLL_FREE
from domain.orders.model import Case
from domain.text import clean, clean_lines, words_of
from domain.values import replace

CHOSEN = "is:"  # before a carrier's id in a button that names it; typed, its id is a brand like any other
CONFIRMED = "as:"  # before a carrier's name in a button that confirms it
ADD = "add:"  # before a number in a button that adds it to the request
SWAP = "swap:"  # before two numbers in a button that puts the second in the first one's place

_LONGEST_KIND = 200  # characters; in a longer message a fax may be any other line
_LONGEST_NAME = 32  # bytes: with the form before it, a button's data stays within Telegram's 64
_MOST_NAME_WORDS = 6
_NEVER_A_NAME = words_of(
    "i you not why what how when where who which because know sure forgot remember dunno please sorry cheap cheapest"
)
_REMARK = words_of(
    "me my we us our your it its this that these those the a an is are was am do does did have has had can will would"
    " need want think guess say said tell ask yes no yeah nope ok okay maybe none nothing something someone other"
    " another different same idea unknown random whatever anything everything one ones guys thing stuff plan"
    " wife wifes husband husbands mom moms dad dads kids"
)
_GENERIC = words_of(
    "company carrier provider phone mobile cell number line bill old new to for with from of in on and or"
)
_ANOTHER_PART = re.compile(r"\b(?:or|not|calls?|ring|rings|forward\w*|reach|instead|i meant?|wait|scratch)\b", re.I)
_PART_END = re.compile(r"[,;!?\n]|\.(?=\s|$)")
_ELSEWHERE = re.compile(r"\b(?:to|not|no|never|isn'?t|was|used|call|reach|text|left)\b", re.I)
_NO_STOP = re.compile(r"^\s*(?:no|nope|nah)\s?[,.;:!]\s*(?=\S)", re.I)
_LEADING_NO = re.compile(r"\s*(?:no|nope|nah)(?P<stop>[\s,.;:!-]+)(?=\S)(?!not\b)", re.I)
OFFERED_CARRIERS = (
    "verizon", "att", "tmobile", "xfinity_mobile", "comcast_business", "xfinity_home", "spectrum_mobile",
    "spectrum_voice",
)  # fmt: skip


def read_numbers(text: str, case: Case) -> Given | Unclear | Unreadable:
    """Take every number of a list; what is none is told, and spoils nothing. A carrier named beside them is taken."""
    if text.startswith((ADD, SWAP)):
        return _with_another(text.removeprefix(ADD), case) if text.startswith(ADD) else _put_right(text, case)
    span = answered_span(text, case)
    if isinstance(span, Unclear):
        return span
    text = span or text
    spans = read_spans(text, case.served)
    return _read_list(text, case) if spans is None else ask_about(spans, _read_list(spans.text, case), text)


def _read_list(text: str, case: Case) -> Given | Unclear | Unreadable:
    found = read_number_list(text, case.served)
    if isinstance(found, Unreadable):
        return found
    if not any(c.isdecimal() for c in text):
        return company_told(text, case) or Unreadable("number.none")
    if not found.phones:
        return _or_desk(_alone(text, found, case), text, found, case)
    if len(found.phones) > 1 and _ANOTHER_PART.search(found.rest):
        return Unreadable("numbers.which")
    numbers = tuple(phone.e164 for phone in found.phones)
    rings_at = case.answer("destination")
    if rings_at is not None and rings_at[0] in numbers:
        return Unreadable("number.is_destination")
    return _free_ones(numbers, found, text, case)


def _free_ones(numbers: tuple[str, ...], found: NumberList, text: str, case: Case) -> Given | Unclear | Unreadable:
    """Take the numbers of a list that can move to us; of the others it is told, one by one, why not."""
    refused = not_free(numbers, case)
    if refused is not None:
        return refused
    rest, is_one_bill = without_one_bill(found.rest)
    more, then = _carrier_beside(rest, text, case)
    more = (*_fax_beside(text, case), *more, *(_on_one_bill(numbers) if is_one_bill else ()))
    left_out, why = about_left_out(found)
    got = free_among(numbers, case)
    return replace(
        got,
        more=(*got.more, *more, *remembered(found, case)),
        then=then,
        lead="+".join(each for each in (left_out, got.lead) if each),
        params={**why, **got.params},
        beside=(*left_out_rows(found), *got.beside),
    )


def _fax_beside(text: str, case: Case) -> tuple[tuple[str, Given], ...]:
    """Read that the numbers are those of a fax, where a short message calls them so and nothing else."""
    said = "\n".join(clean_lines(text)) if len(text) <= _LONGEST_KIND else ""
    is_said = CUES_OF_FAX.may_stand_in(said) and is_fax(Saying(said, served=case.served))
    return (("line", Given(("fax",))),) if is_said else ()


def _or_desk(
    got: Given | Unclear | Unreadable, text: str, found: NumberList, case: Case
) -> Given | Unclear | Unreadable:
    """Offer the desk for a number that nobody here moves the usual way: of another country, or of a kind not served."""
    if not isinstance(got, Unreadable) or got.code not in NOT_SERVED:
        return got
    return offer_desk(got.code, abroad_in(found, text), case)


def _alone(text: str, found: NumberList, case: Case) -> Given | Unclear | Unreadable:
    """Read the one number of a text that is no list, or say what is wrong with what was left out."""
    if found.left_out:
        return found.left_out[0][1]
    phone = read_phone(text, case.served)
    if isinstance(phone, Unreadable):
        return phone
    return not_free((phone.e164,), case) or take_together((phone.e164,), case)


def _with_another(text: str, case: Case) -> Given | Unclear | Unreadable:
    found = read_phone(text, case.served)
    if isinstance(found, Unreadable):
        return found
    if case.answer("destination") == (found.e164,):
        return Unreadable("number.is_destination")
    refused = not_free((found.e164,), case)
    if refused is not None:
        return refused
    numbers = tuple(dict.fromkeys((*moving(case), found.e164)))
    too_many = Unreadable("numbers.too_many", {"most": str(MOST_NUMBERS)})
    return take_together(numbers, case) if len(numbers) <= MOST_NUMBERS else too_many


def _put_right(text: str, case: Case) -> Given | Unclear | Unreadable:
    _, wrong, right = text.split(":")
    if case.answer("destination") == (right,):
        return Unreadable("number.is_destination")
    refused = not_free((right,), case)
    if refused is not None:
        return refused
    numbers = tuple(dict.fromkeys(right if number == wrong else number for number in moving(case)))
    got = take_together(numbers, case)
    lead = f"numbers.corrected+{got.lead}" if got.lead else "numbers.corrected"
    return replace(got, lead=lead, params={**got.params, "number": show(Phone(right))})


def _on_one_bill(numbers: tuple[str, ...]) -> tuple[tuple[str, Given], ...]:
    return (("one_bill", Given(("yes",))),) if len(numbers) > 1 else ()


def _carrier_beside(
    rest: str, text: str, case: Case
) -> tuple[tuple[tuple[str, Given], ...], tuple[str, Unclear] | None]:
    """Read a carrier out of what stands beside the numbers: taken when it is certain, asked about when it is not."""
    if case.answer("carrier") is not None or not rest.strip():
        return (), None
    found = find_carrier(rest)
    if isinstance(found, Found):
        return (("carrier", Given((found.carrier.id, found.carrier.name))),), None
    which = _which(_of_number(found, text, case)) if isinstance(found, Maybe) else _carrier_with_number(text)
    return (), (("carrier", which) if which is not None else None)


def _of_number(found: Maybe, text: str, case: Case) -> Maybe:
    """Return those of several lines of business that can have the number: of its country, toll-free none of mobiles."""
    phone = read_phone(text, case.served)
    if isinstance(phone, Unreadable):
        return found
    there = travelling(phone.e164)
    if there == TOLL_FREE:
        rows = tuple(row for row in found.carriers if row.number_class != "wireless")
    else:
        rows = tuple(row for row in found.carriers if row.country == there)
    return Maybe(rows or found.carriers)


def carrier_choice(carrier: Carrier) -> Choice:
    """Return the button that names a carrier."""
    return Choice(f"{CHOSEN}{carrier.id}", "button.carrier", {"carrier": carrier.name})


def _which(found: Maybe) -> Unclear:
    if len(found.carriers) == 1:
        carrier = found.carriers[0]
        yes, no = Choice(f"{CHOSEN}{carrier.id}", "button.yes"), Choice("another", "button.carrier_is_not")
        return Unclear("carrier.is_it", ((yes,), (no,)), {"carrier": carrier.name}, _offer(carrier.id, carrier.name))
    rows = tuple((carrier_choice(c),) for c in found.carriers)
    kept = _offer("", *(carrier.id for carrier in found.carriers))
    return Unclear("carrier.which", (*rows, (Choice("another", "button.another_carrier"),)), keeps=kept)


def _offer(*carrier: str) -> tuple[tuple[str, Given], ...]:
    """Remember what was offered, for who types instead of pressing: one company with its name, or "" and their ids."""
    return (("offered", Given(carrier)),)


def _carrier_with_number(text: str) -> Unclear | None:
    """Return what to ask about the one company that stands in a number's own part of a message."""
    parts = (part for part in _PART_END.split(text) if any(c.isdigit() for c in part))
    part = next((part for part in parts if spot(clean(part), SERVED)), "")
    return carrier_in_passing(part) if part and not _ELSEWHERE.search(part) else None


def carrier_in_passing(text: str) -> Unclear | None:
    """Return what to ask about the one company that a message names beside something else; it is never just taken."""
    named = mentions(clean(text))
    if len(named) != 1:
        return None
    found = named[0].found
    return _which(Maybe((found.carrier,)) if isinstance(found, Found) else found)


def _answered_offer(text: str, case: Case) -> Given | Unclear | None:
    offered = case.answer("offered")
    word = bare_word(text)
    if not offered or offered[0] == "":
        return chosen_among_offered(text, case)
    if word not in YES | NO:
        return None
    return Given(offered) if word in YES else Unclear("carrier.type_it", None, keeps=_offer(""))


def read_carrier(text: str, case: Case) -> Given | Unclear | Unreadable:
    """Take a carrier's line of business that is named exactly; a brand with several is asked about once."""
    answered = _answered_offer(text, case)
    if answered is not None:
        return answered
    chosen = CARRIERS.get(CarrierId(text.removeprefix(CHOSEN))) if text.startswith(CHOSEN) else None
    if chosen is not None:
        return Given((chosen.id, chosen.name))
    said, is_one_bill = without_one_bill(text)
    found = _named(said, case)
    if isinstance(found, Found):
        more = _on_one_bill(moving(case)) if is_one_bill else ()
        return Given((found.carrier.id, found.carrier.name), more=more)
    at_once = chosen_at_once(said, found.carriers) if isinstance(found, Maybe) and found.carriers[1:] else None
    if at_once is not None:
        return at_once
    return _which(found) if isinstance(found, Maybe) else _read_other_carrier(_NO_STOP.sub("", said))


def _named(text: str, case: Case) -> Found | Maybe | None:
    """Find the company; a "no" in front of it corrects what was asked before, and is asked back where nothing was."""
    no = _LEADING_NO.match(text)
    found = find_carrier(text[no.end() :]) if no else find_carrier(text)
    is_sure = no is None or not no["stop"].isspace() or "offered" in case.answers
    return Maybe((found.carrier,)) if isinstance(found, Found) and not is_sure else found


def _read_other_carrier(text: str) -> Given | Unclear | Unreadable:
    """Take a name that the table does not know only when it is confirmed by a button."""
    if text.startswith(CONFIRMED):
        return Given((OTHER, text.removeprefix(CONFIRMED)))
    name = " ".join(text.split())
    letters = sum(c.isalpha() for c in name)
    digits = sum(c.isdigit() for c in name)
    is_like_a_pin = digits > 1 and name.isalnum() and len(name) > 3
    is_no_name = letters < 3 or digits > 2 or any(c in name for c in "@?")
    if is_like_a_pin or is_no_name or len(name.encode()) > _LONGEST_NAME or _is_remark(name):
        return Unreadable("carrier.unreadable")
    yes = Choice(f"{CONFIRMED}{name}", "button.carrier_yes")
    no = Choice("another", "button.another_carrier")
    return Unclear("carrier.unknown", ((yes,), (no,)), {"carrier": name}, _offer(OTHER, name))


def _is_remark(said: str) -> bool:
    """Tell whether words are said to us, and are no company's name: "the blue one", "why do you need it"."""
    words = plain(said).split()
    if not _NEVER_A_NAME.isdisjoint(words) or (_GENERIC | _REMARK).issuperset(words):
        return True
    is_written_as_name = any(word[:1].isupper() for word in said.split()[1:])
    told = sum(word in _REMARK for word in words)
    return not is_written_as_name and (told > 1 or (told > 0 and words[-1] == "one") or len(words) > _MOST_NAME_WORDS)


def carrier_rows(_case: Case) -> Rows:
    """Return buttons for the carriers that most people leave, two in a row."""
    buttons = [carrier_choice(CARRIERS[CarrierId(c)]) for c in OFFERED_CARRIERS]
    pairs = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    return (*pairs, (Choice("another", "button.another_carrier"),))
