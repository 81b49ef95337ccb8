"""Sound numbers that are none of those we move: in E.164, their country, and how they are shown."""

from typing import NamedTuple

import phonenumbers

from domain.numbers.countries import country
from domain.numbers.phone import Phone, show
from domain.numbers.verdicts import TOLL_FREE, region_of
from domain.text import ascii_digits

_TEN_DIGITS = 10
_LONGEST = 15  # digits of a number by ITU-T E.164
_DIALLED = ("011", "00")  # before a number abroad, from here and from most other countries


class Abroad(NamedTuple):
    """A number that we do not move: E.164, its region ("" unknown, "001" toll-free), and the company that was said."""

    e164: str
    region: str
    company: str = ""

    @property
    def country(self) -> str:
        """Return its country as it stands in a sentence; empty where it has none."""
        return "" if self.region in ("", TOLL_FREE) else country(self.region)


def abroad_of(said: str) -> Abroad:
    """Read a number that is not served, as written or as bare digits; ten digits are of the North American plan."""
    said = ascii_digits(said)
    digits = "".join(c for c in said if c.isdecimal())
    prefix = next((each for each in _DIALLED if digits.startswith(each)), "") if "+" not in said else ""
    digits = digits.removeprefix(prefix)[:_LONGEST]
    if len(digits) == _TEN_DIGITS and not prefix and _in_plan(f"+1{digits}"):
        digits = f"1{digits}"
    if len(digits) == _TEN_DIGITS + 1 and digits.startswith("1"):
        return Abroad(f"+{digits}", _in_plan(f"+{digits}"))
    return _elsewhere(f"+{digits}")


def _in_plan(e164: str) -> str:
    return region_of(Phone(e164))


def _elsewhere(written: str) -> Abroad:
    try:
        number = phonenumbers.parse(written)
    except phonenumbers.NumberParseException:
        return Abroad(written, "")
    if not phonenumbers.is_valid_number(number):
        return Abroad(written, "")
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Abroad(e164, phonenumbers.region_code_for_number(number) or "")


def show_abroad(e164: str) -> str:
    """Show a number of any country: "(876) 927-1234", "+44 20 7946 0958"."""
    if e164.startswith("+1"):
        return show(Phone(e164))
    try:
        return phonenumbers.format_number(phonenumbers.parse(e164), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    except phonenumbers.NumberParseException:
        return e164
