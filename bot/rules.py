"""The company's own rules from policy.toml, each value checked at start: what is no use is refused by its key."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.letters.brand import read_lines, read_logo, read_path
from bot.times import SettingsError as SettingsError
from bot.times import read_closed, read_opening, read_time, read_zone, windows_by
from domain.numbers.verdicts import TERRITORIES
from domain.policy import CLASSES, COUNTRIES, Policy
from domain.readers.printed import unprinted
from domain.text import clean

MOST_CHOICES, LONGEST_CHOICE = 12, 30
LONGEST_NAME = 60
LONGEST_SAVED, MOST_SAVED = 1500, 50  # characters of a saved reply, and how many there may be
SAVED_PLACES = ("ref", "name", "number", "carrier", "date")  # a test keeps them equal to the desk's
_SAVED_NAME = re.compile(r"[a-z0-9-]{1,30}")
_PLACE = re.compile(r"\{(\w*)\}")
_AMOUNT = re.compile(r"[0-9]{1,7}\.[0-9]{2}")
_LONGEST = 365  # days of any rule that counts days


def read_policy(env: Mapping[str, str], root: Path) -> Policy:
    """Return the rules of the file that the environment names, and of the environment. Raises SettingsError."""
    path = root / (env.get("POLICY_FILE", "") or "policy.toml")
    if env.get("POLICY_FILE") and not path.exists():
        raise SettingsError("POLICY_FILE names a file that does not exist; check its path, or unset it.")
    try:
        table = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    except (OSError, ValueError) as e:  # TOMLDecodeError and UnicodeDecodeError are ValueErrors
        raise SettingsError(f"{path.name} is not valid TOML: {e}.") from e
    policy = _from_table(table, path.name)
    if policy.logo:
        policy = replace(policy, logo=str(path.parent / policy.logo))
        read_logo(Path(policy.logo))
    if env.get("DESK_TIMEZONE"):
        policy = replace(policy, desk_zone=read_zone(env["DESK_TIMEZONE"], "DESK_TIMEZONE"))
    if env.get("DIGEST_AT"):
        policy = replace(policy, digest_at=read_time(env["DIGEST_AT"], "DIGEST_AT"))
    if env.get("UNDO_SECONDS"):
        policy = replace(policy, undo=_seconds(env["UNDO_SECONDS"], "UNDO_SECONDS"))
    return policy


def _from_table(table: Mapping[str, Any], file: str) -> Policy:
    """Return the policy that a file describes; every key must be known, so that a slip is noticed."""
    found: dict[str, Any] = {}
    for section, keys in table.items():
        for key, value in keys.items() if isinstance(keys, dict) else (("", keys),):
            rule = f"{section}.{key}".rstrip(".")
            if rule not in KEYS:
                raise SettingsError(f"{file} has an unknown rule {rule}; see the comments in policy.toml.")
            name, read = KEYS[rule]
            found[name] = read(value, f"{file}: {rule}")
    policy = replace(Policy(), **found)
    _check_served(policy, file)
    _check_together(policy, file)
    return policy


def _check_served(policy: Policy, file: str) -> None:
    """Refuse a country without a class of its own, and a class whose country is not served."""
    for country, is_its in (("CA", lambda c: c.startswith("ca_")), ("US", lambda c: not c.startswith("ca_"))):
        if (country in policy.countries) != any(map(is_its, policy.classes)):
            raise SettingsError(
                f"{file}: served.countries and served.classes do not fit: {country} needs a class of its own numbers, "
                "and those classes need it."
            )


def _check_together(policy: Policy, file: str) -> None:
    """Refuse rules that make no sense beside one another, and a letterhead that no letter could print."""
    if missing := unprinted("".join((policy.company, *policy.lines))):
        raise SettingsError(f"{file}: company.name and company.lines hold {missing[:10]}, which letters cannot print.")
    if policy.window_end <= policy.window_start:
        raise SettingsError(f"{file}: porting.window_end must be later than porting.window_start.")
    if policy.longest_lead < policy.shortest_lead:
        raise SettingsError(f"{file}: porting.longest_lead_days must not be less than porting.shortest_lead_days.")
    if policy.remind_hours >= 24 * policy.close_days:
        raise SettingsError(f"{file}: drafts.remind_hours must be less than drafts.close_days, of 24 hours each.")


def _seconds_between(least: float, most: float) -> Callable[[object, str], timedelta]:
    """Return a reader of seconds: a number, or its text in the environment."""

    def read(value: object, name: str) -> timedelta:
        try:
            seconds = float(str(value))
        except ValueError as e:
            raise SettingsError(f"{name} must be a number of seconds.") from e
        if not least <= seconds <= most:  # nor is "nan" between them
            raise SettingsError(f"{name} must be between {least} and {most} seconds.")
        return timedelta(seconds=seconds)

    return read


def _whole(least: int, most: int, said: str = "") -> Callable[[object, str], int]:
    """Return a reader of whole numbers within bounds; `said` stands behind them in the refusal."""

    def read(value: object, name: str) -> int:
        if type(value) is not int or not least <= value <= most:
            raise SettingsError(f"{name} must be a whole number between {least} and {most}{said}, without quotes.")
        return value

    return read


def _name(value: object, name: str) -> str:
    if not isinstance(value, str) or not 1 <= len(value) <= LONGEST_NAME or value != clean(value):
        raise SettingsError(f"{name} must be a name of 1 to {LONGEST_NAME} characters in quotes, on one line.")
    return value


def _amount(value: object, name: str) -> str:
    if not isinstance(value, str) or not _AMOUNT.fullmatch(value):
        raise SettingsError(f'{name} must be an amount with two decimals in quotes, like "4.50".')
    return value


def _currency(value: object, name: str) -> str:
    text = value if isinstance(value, str) else ""
    if not 1 <= len(text) <= 4 or not text.isprintable() or any(c.isdigit() for c in text):
        raise SettingsError(f'{name} must be a sign of 1 to 4 characters that stands before an amount, like "$".')
    return text


def _span(value: object, name: str) -> tuple[int, int]:
    days = value if isinstance(value, list) else []
    if [type(day) for day in days] != [int, int] or not 1 <= days[0] <= days[1] <= _LONGEST:
        raise SettingsError(f"{name} must be two whole numbers of days, the least and the most, like [2, 10].")
    return days[0], days[1]


def _choices(value: object, name: str) -> tuple[str, ...]:
    found = [each if isinstance(each, str) else "" for each in value] if isinstance(value, list) else [""]
    is_sound = all(1 <= len(each) <= LONGEST_CHOICE and each == clean(each) for each in found)
    if not is_sound or len(found) > MOST_CHOICES or len({each.casefold() for each in found}) != len(found):
        raise SettingsError(
            f"{name} must be a list of at most {MOST_CHOICES} different names of 1 to {LONGEST_CHOICE} characters each."
        )
    return tuple(found)


def _some_of(known: tuple[str, ...]) -> Callable[[object, str], tuple[str, ...]]:
    """Return a reader of a list that names some of what there is, at least one and each once."""

    def read(value: object, name: str) -> tuple[str, ...]:
        found = value if isinstance(value, list) else []
        if not found or len(found) != len([each for each in known if each in found]):
            raise SettingsError(f"{name} must be a list of at least one of {', '.join(known)}, each once.")
        return tuple(each for each in known if each in found)

    return read


def _yes_or_no(value: object, name: str) -> bool:
    if not isinstance(value, bool):
        raise SettingsError(f"{name} must be true or false, without quotes.")
    return value


_days, _days_or_none = _whole(1, _LONGEST, " days"), _whole(0, _LONGEST, " days")
_hours = _whole(1, 720, " hours")
_seconds = _seconds_between(0, 86400)

_WATCHED = ("export", "reveal", "cancel_late", "staff")  # a test keeps them equal to the desk's
_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,20}")


def _few_of(known: tuple[str, ...]) -> Callable[[object, str], tuple[str, ...]]:
    """Return a reader of a list that names some of what there is, or nothing, and each once."""

    def read(value: object, name: str) -> tuple[str, ...]:
        return () if value == [] else _some_of(known)(value, name)

    return read


def _channels_by(is_known: Callable[[str], bool], keys: str) -> Callable[[object, str], tuple[tuple[str, str], ...]]:
    """Return a reader of a table from something known to a channel's id. `keys`: what its keys are, in words."""

    def read(value: object, name: str) -> tuple[tuple[str, str], ...]:
        found = value if isinstance(value, dict) else {"": ""}
        for key, channel in found.items():
            if not is_known(key) or not isinstance(channel, str) or not _CHANNEL.fullmatch(channel):
                raise SettingsError(
                    f'{name} must name channels by {keys}, with their ids, like {{ x = "C0123456789" }}.'
                )
        return tuple(found.items())

    return read


def _is_name(key: str) -> bool:
    return 1 <= len(key) <= LONGEST_CHOICE and key == clean(key)


def _is_region(key: str) -> bool:
    return key in COUNTRIES or bool(re.fullmatch("[2-9][0-9]{2}", key))


def _saved(value: object, name: str) -> tuple[tuple[str, str], ...]:
    """Read saved replies by their names; each place in one must be a fact that can stand there."""
    found = value if isinstance(value, dict) else {"": ""}
    for key, text in found.items():
        is_sound = isinstance(text, str) and 1 <= len(text) <= LONGEST_SAVED
        if not is_sound or not _SAVED_NAME.fullmatch(key) or not set(_PLACE.findall(text)) <= set(SAVED_PLACES):
            raise SettingsError(
                f"{name} must name replies of 1 to {LONGEST_SAVED} characters by names of a-z, 0-9 and -, with no "
                f"places but {', '.join(f'{{{place}}}' for place in SAVED_PLACES)}."
            )
    if len(found) > MOST_SAVED:
        raise SettingsError(f"{name} must hold at most {MOST_SAVED} replies.")
    return tuple(found.items())


_watched, _agents = _few_of(_WATCHED), _few_of(_WATCHED[:3])
_by_company = _channels_by(_is_name, "the names of companies")
_by_class = _channels_by(CLASSES.__contains__, "the names of classes")
_by_region = _channels_by(_is_region, "US, CA or area codes")

KEYS: dict[str, tuple[str, Callable[[object, str], Any]]] = {
    "company.name": ("company", _name),
    "company.lines": ("lines", read_lines),
    "company.logo": ("logo", read_path),
    "desk.timezone": ("desk_zone", read_zone),
    "desk.digest_at": ("digest_at", read_time),
    "desk.undo_seconds": ("undo", _seconds),
    "porting.window_start": ("window_start", read_time),
    "porting.window_end": ("window_end", read_time),
    "porting.window_zone": ("window_zone", read_zone),
    "porting.closed_on": ("closed", read_closed),
    "porting.short_notice_hours": ("short_notice", _whole(0, 240, " hours")),
    "porting.shortest_lead_days": ("shortest_lead", _days_or_none),
    "porting.longest_lead_days": ("longest_lead", _days),
    "porting.keep_old_service_days": ("keep_old_service", _days_or_none),
    "porting.keep_toll_free_days": ("keep_toll_free", _days_or_none),
    "porting.cancel_cutoff_hours": ("cancel_cutoff", _whole(0, 240, " hours")),
    "windows.classes": ("class_windows", windows_by(CLASSES.__contains__, "the names of classes")),
    "windows.countries": ("country_windows", windows_by(COUNTRIES.__contains__, "US or CA")),
    "porting.port_out_hours": ("port_out_hours", _whole(5, 120, " hours")),
    "ages.bill_days": ("bill_days", _days),
    "ages.letter_days": ("letter_days", _days),
    "ages.letter_toll_free_days": ("letter_toll_free", _days),
    "drafts.remind_hours": ("remind_hours", _hours),
    "drafts.close_days": ("close_days", _days),
    "costs.port_fee": ("port_fee", _amount),
    "costs.monthly_fee": ("monthly_fee", _amount),
    "costs.currency": ("currency", _currency),
    "times.wireless_days": ("wireless_days", _span),
    "times.landline_days": ("landline_days", _span),
    "times.voip_days": ("voip_days", _span),
    "times.toll_free_days": ("toll_free_days", _span),
    "times.fax_days": ("fax_days", _span),
    "times.canada_days": ("canada_days", _span),
    "served.countries": ("countries", _some_of((*COUNTRIES, *TERRITORIES))),
    "served.classes": ("classes", _some_of(CLASSES)),
    "intake.sources": ("sources", _choices),
    "intake.companies": ("companies", _choices),
    "intake.asks_label": ("asks_label", _yes_or_no),
    "privacy.keep_letters_years": ("keep_letters", _whole(2, 100, " years (a signed letter is kept for two at least)")),
    "companies.invite_hours": ("invite_hours", _hours),
    "staff.four_eyes": ("four_eyes", _watched),
    "staff.four_eyes_minutes": ("four_eyes_minutes", _whole(1, 1440, " minutes")),
    "staff.agents_may": ("agents_may", _agents),
    "channels.companies": ("company_channels", _by_company),
    "channels.classes": ("class_channels", _by_class),
    "channels.regions": ("region_channels", _by_region),
    "eligibility.good_standing": ("good_standing", _yes_or_no),
    "eligibility.payment_card": ("payment_card", _yes_or_no),
    "eligibility.not_on_trial": ("not_on_trial", _yes_or_no),
    "talk.takeover_hours": ("takeover_hours", _whole(1, 72, " hours")),
    "talk.nudge_minutes": ("nudge_minutes", _whole(0, 1440, " minutes")),
    "talk.desk_hours": ("desk_hours", read_opening),
    "talk.pin_wait_minutes": ("pin_wait_minutes", _whole(5, 1440, " minutes")),
    "talk.saved": ("saved", _saved),
    "talk.reply_mb": ("reply_mb", _whole(1, 50, " megabytes")),
    "relay.lease_seconds": ("lease", _seconds_between(2, 600)),
}
"""Each rule of policy.toml: the policy's field, and what reads it."""
