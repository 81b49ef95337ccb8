"""What the numbering plan says of ten digits: ours to move, somebody else's, or nobody's."""

import re
from collections.abc import Iterable

import phonenumbers

from domain.errors import Unreadable
from domain.numbers.phone import Phone
from domain.values import Value

US, CANADA, TOLL_FREE = "US", "CA", "001"
"""Regions as phonenumbers calls them; a toll-free number belongs to the whole plan, for which "001" stands."""

TERRITORIES = ("PR", "VI", "GU")
"""What may be served beside the countries, and moves as numbers of the US do: Puerto Rico, the Virgin Islands, Guam."""

_CLASSES_IN_CANADA = frozenset({"ca_landline", "ca_wireless"})


class Served(Value, frozen=True):
    """The regions whose numbers we move; `TOLL_FREE` counts as one."""

    regions: frozenset[str]


SERVED = Served(frozenset({US, CANADA, TOLL_FREE}))
ONLY_US = Served(frozenset({US}))


def served_by(countries: Iterable[str], classes: Iterable[str]) -> Served:
    """Give the regions of a policy: Canada is served with one of its classes, toll-free as a class of its own."""
    wanted = set(classes)
    regions = {country for country in countries if country != CANADA or wanted & _CLASSES_IN_CANADA}
    return Served(frozenset(regions | ({TOLL_FREE} if "toll_free" in wanted else set())))


_ORDINARY = ("fixed_line", "mobile")
_ALL = (
    *_ORDINARY, "toll_free", "premium_rate", "shared_cost", "personal_number", "voip", "pager", "uan", "voicemail",
)  # fmt: skip


def _metadata(region: str) -> phonenumbers.PhoneMetadata:
    found = phonenumbers.PhoneMetadata.metadata_for_region(region, None)
    if found is None:
        raise RuntimeError(f"phonenumbers came without its metadata for {region}")
    return found


def _pattern(region: str, *kinds: str) -> str:
    """Join phonenumbers' own patterns for kinds of numbers, so that what is compiled cannot differ from it."""
    descriptions = (getattr(_metadata(region), kind) for kind in kinds)
    found = (each.national_number_pattern for each in descriptions if each)
    return "|".join(dict.fromkeys(pattern for pattern in found if pattern))


_OTHERS = tuple(
    region
    for region in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[1]
    if region not in (US, CANADA) and _metadata(region).leading_digits
)
# Service codes as exchange, pay-per-call 976, directory assistance, and the numbers kept for fiction:
# nationalnanpa.com on N11, 555 and 900 numbers, checked 2026-11-21. Toll-free numbers use N11 and 976 as any other.
_KEPT_555 = r"\d{3}555(?:01\d\d|1212)"
_SPECIAL = re.compile(rf"[2-9]11\d{{7}}|{_KEPT_555}|(?!8(?:00|33|44|55|66|77|88))\d{{3}}(?:[2-9]11|976)\d{{4}}")
_OURS = re.compile(
    rf"(?!{_SPECIAL.pattern})"
    rf"(?:({_pattern(US, *_ORDINARY)})|({_pattern(CANADA, *_ORDINARY)})|({_pattern(US, 'toll_free')}))"
)
_REGIONS = ("", US, CANADA, TOLL_FREE)  # by the group of _OURS
_VALID = re.compile("|".join((_pattern(US, *_ALL), _pattern(CANADA, *_ALL))))
_LEADING = re.compile("|".join(f"({_metadata(region).leading_digits})" for region in _OTHERS))
_ELSEWHERE = tuple(re.compile(_pattern(region, *_ALL)) for region in _OTHERS)


def region_of(phone: Phone) -> str:
    """Give "US", "CA", "001" for toll-free, another region of the plan, or "" for what is no ordinary number."""
    return region_of_digits(phone.national) or _elsewhere(phone.national)


def region_of_digits(digits: str) -> str:
    """Judge ten ASCII digits at full speed: "US", "CA" or "001"; "" for all else, which `verdict` can explain."""
    found = _OURS.fullmatch(digits)
    return _REGIONS[found.lastindex or 0] if found else ""


def verdict(digits: str, served: Served = ONLY_US) -> Phone | Unreadable:
    """Judge ten ASCII digits of the North American plan as a number to move.

    Codes: `number.special`, `number.not_valid`, and of valid numbers that are not served `number.toll_free` and
    `number.not_us` (region).
    """
    region = region_of_digits(digits)
    if not region and (_SPECIAL.fullmatch(digits) or _VALID.fullmatch(digits)):
        return Unreadable("number.special")
    region = region or _elsewhere(digits)
    if region in served.regions:
        return Phone(f"+1{digits}")
    if region == TOLL_FREE:
        return Unreadable("number.toll_free")
    return Unreadable("number.not_us", {"region": region}) if region else Unreadable("number.not_valid")


def _elsewhere(digits: str) -> str:
    """Give the region of a valid number of the plan outside the US and Canada: the Caribbean, the Pacific."""
    leading = _LEADING.match(digits)
    if leading is None or leading.lastindex is None:
        return ""
    is_valid = _ELSEWHERE[leading.lastindex - 1].fullmatch(digits)
    return _OTHERS[leading.lastindex - 1] if is_valid else ""


def region_abroad(digits: str) -> str:
    """Give the region of a valid number outside the plan, from its country code on; "" where there is none."""
    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return ""
    if number.country_code == 1 or not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.region_code_for_number(number) or ""
