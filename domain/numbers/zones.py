"""In which time zones a number can stand, by the digits it begins with."""

from functools import lru_cache

from domain.numbers.phone import Phone

_TOLL_FREE = ("800", "833", "844", "855", "866", "877", "888")


@lru_cache(maxsize=256)
def zones_of(phone: Phone) -> tuple[str, ...]:
    """Return the zones of a number's area code as phonenumbers has them; none for toll-free, which stand nowhere.

    A mobile phone may be anywhere: it is where the number is from, not where its owner is. The first call imports
    3,000 prefixes.
    """
    from phonenumbers import PhoneNumber
    from phonenumbers.timezone import UNKNOWN_TIMEZONE, time_zones_for_geographical_number

    if not phone.national or phone.national[:3] in _TOLL_FREE:
        return ()
    found = time_zones_for_geographical_number(PhoneNumber(country_code=1, national_number=int(phone.national)))
    return tuple(zone for zone in found if zone != UNKNOWN_TIMEZONE)
