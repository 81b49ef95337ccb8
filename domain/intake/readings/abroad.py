"""Numbers of other countries, and of kinds that we do not move: kept with their company, so that the desk has them."""

import re
from collections.abc import Iterable

from domain.carriers import Found, find_carrier
from domain.intake.choices import Choice
from domain.intake.given import Given, Unclear
from domain.numbers.abroad import Abroad, abroad_of, show_abroad
from domain.numbers.countries import NAMES
from domain.numbers.lists import NumberList
from domain.orders.model import Case
from domain.text import clean, words_of

ABROAD, ELSEWHERE = "abroad", "elsewhere"
"""The answers that keep such numbers, each with its region and company, and those of them that the desk was given."""

NOT_SERVED = ("number.not_us", "number.toll_free")
"""Why a number is not moved by us though it is a sound one."""

_MARK = "\x1f"  # between the parts of one
_PARTS = 3
_MOST_COMPANY = 3  # words of a company's name beside a number
_LONGEST_COMPANY = 32
_BEFORE_COMPANY = re.compile(r"(?:(?:it'?s|it is|they are|with|from|at|on|by|the|my|our|carrier|company|is)\s+)+", re.I)
_NO_COMPANY = words_of(
    "yes no ok okay please thanks hi hello number numbers phone mobile cell line lines office home fax can could you i"
    " me my we our take move port transfer what why how and or too also main landline uk us jamaica canada mexico"
    " ask desk person human somebody help"
)


def abroad_in(found: NumberList, text: str) -> tuple[Abroad, ...]:
    """Return the numbers of a message that are sound and not served, each with the company that stands beside it."""
    said = [number for number, why in found.left_out if why.code in NOT_SERVED]
    companies = [company for company in map(company_of, found.rest.split(",")) if company]
    if found.phones or len(companies) not in (1, len(said)):
        companies = [""]
    beside = companies if len(companies) == len(said) else companies * len(said)
    return tuple(abroad_of(each)._replace(company=company) for each, company in zip(said, beside, strict=True)) or (
        abroad_of(text),
    )


def company_of(said: str) -> str:
    """Return a company's name from the few words that are nothing else; empty for any other words."""
    found = find_carrier(said) if said.strip() else None
    if isinstance(found, Found):
        return found.carrier.name
    name = _BEFORE_COMPANY.sub("", clean(said).strip(" .!,"), count=1) if said else ""
    words = name.lower().split()
    is_name = 0 < len(words) <= _MOST_COMPANY and len(name) <= _LONGEST_COMPANY and _NO_COMPANY.isdisjoint(words)
    return name if is_name and sum(map(str.isalpha, name)) > 1 and not any(map(str.isdecimal, name)) else ""


def kept_abroad(case: Case) -> tuple[Abroad, ...]:
    """Return such numbers of a request, in the order given."""
    given = case.answers.get(ABROAD)
    parts = (each.split(_MARK) for each in (given.value if given is not None else ()))
    return tuple(Abroad(*each) for each in parts if len(each) == _PARTS)


def noted(new: tuple[Abroad, ...], case: Case) -> tuple[tuple[str, Given], ...]:
    """Return what is kept once such numbers were given; a company said before stays where none is said now."""
    known = {each.e164: each for each in kept_abroad(case)}
    for each in new:
        before = known.get(each.e164)
        known[each.e164] = each if each.company or before is None else before
    return ((ABROAD, Given(tuple(_MARK.join(each) for each in known.values()))),) if known else ()


def offer_desk(code: str, new: tuple[Abroad, ...], case: Case) -> Unclear:
    """Name the numbers with their country, say that we do not move them, and offer the desk; all of them are kept."""
    countries = list(dict.fromkeys(each.country for each in new))
    params = {"number": shown_abroad(each.e164 for each in new), "country": ", ".join(countries)}
    named = "number.abroad" if len(new) == 1 else "number.abroad_several"
    key = named if all(countries) else code
    rows = ((to_desk(new[0].e164, "button.to_desk"),),)
    return Unclear(key, None, params, noted(new, case), beside=rows)


def company_told(text: str, case: Case) -> Unclear | None:
    """Take a company told behind such a number, while the desk does not have it; None for other words."""
    kept, company = kept_abroad(case), company_of(text)
    if not kept or kept[-1].company or not company or ELSEWHERE in case.answers or case.numbers:
        return None
    told = tuple(each._replace(company=each.company or company) for each in kept)
    params = {"number": shown_abroad(each.e164 for each in kept), "company_said": company}
    rows = ((to_desk(kept[-1].e164, "button.to_desk"),),)
    return Unclear("elsewhere.company_noted", None, params, noted(told, case), beside=rows)


def to_desk(said: str, label: str) -> Choice:
    """Return the button that gives the desk a number, as it was written or in E.164."""
    digits = abroad_of(said).e164.removeprefix("+")
    return Choice(f"desk.{digits}", label, {"form": "0.0", **({"number": said} if label != "button.to_desk" else {})})


def shown_abroad(numbers: Iterable[str]) -> str:
    """Return numbers of any country for a sentence."""
    return ", ".join(map(show_abroad, numbers))


def with_desk(case: Case) -> tuple[str, ...]:
    """Return each number that the desk was given, with its country and company: for the card, and for the status."""
    given, known = case.answers.get(ELSEWHERE), {each.e164: each for each in kept_abroad(case)}
    numbers = given.value if given is not None else ()
    return tuple(_line(known.get(e164) or abroad_of(e164)) for e164 in numbers)


def _line(each: Abroad) -> str:
    return ", ".join(part for part in (show_abroad(each.e164), NAMES.get(each.region, ""), each.company) if part)
