"""What the numbering plan says of ten digits: ours to move, somebody else's, or nobody's."""

import re

import phonenumbers
from phonenumbers import PhoneNumberType

from domain.errors import Unreadable
from domain.numbers.phone import Phone


def _compiled() -> re.Pattern[str]:
    """Compile phonenumbers' own pattern for US numbers, so that the fast path cannot differ from it."""
    metadata = phonenumbers.PhoneMetadata.metadata_for_region("US", None)
    pattern = metadata.fixed_line.national_number_pattern if metadata and metadata.fixed_line else None
    if pattern is None:
        raise RuntimeError("phonenumbers came without its metadata for the US")
    return re.compile(pattern)


_US = _compiled()
_TOLL_FREE = re.compile(r"8(?:00|33|44|55|66|77|88)[2-9]\d{6}")
# Service codes as area or exchange, pay-per-call 976, directory assistance, and the numbers kept for fiction:
# nationalnanpa.com on N11, 555 and 900 numbers, checked 2026-11-21.
_SPECIAL = re.compile(r"[2-9]11\d{7}|\d{3}[2-9]11\d{4}|\d{3}976\d{4}|\d{3}555(?:01\d\d|1212)")
_SPECIAL_TYPES = frozenset({PhoneNumberType.PREMIUM_RATE, PhoneNumberType.PERSONAL_NUMBER})


def verdict(digits: str) -> Phone | Unreadable:
    """Judge ten ASCII digits of the North American plan as a US wireless number to move."""
    if _SPECIAL.fullmatch(digits):
        return Unreadable("number.special")
    if _US.fullmatch(digits):
        return Phone(f"+1{digits}")
    if _TOLL_FREE.fullmatch(digits):
        return Unreadable("number.toll_free")
    return _from_the_library(digits)


def _from_the_library(digits: str) -> Phone | Unreadable:
    number = phonenumbers.PhoneNumber(country_code=1, national_number=int(digits))
    # A leading zero is lost in the integer; no area code begins with 0 or 1.
    region = phonenumbers.region_code_for_number(number) if digits[0] > "1" else None
    if region is None:
        return Unreadable("number.not_valid")
    if region != "US":
        return Unreadable("number.not_us", {"region": region})
    if phonenumbers.number_type(number) in _SPECIAL_TYPES:
        return Unreadable("number.special")
    return Unreadable("number.not_valid")
