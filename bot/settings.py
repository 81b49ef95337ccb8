"""Wiring from the environment, the company's rules from policy.toml; both checked at start.

Secrets are `Secret`: no repr, log or traceback shows them.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.mail.server import MailServer, read_server
from domain.policy import Policy
from domain.text import clean

PUBLIC_TELEGRAM = "https://api.telegram.org"
PUBLIC_SLACK = "https://slack.com/api/"
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # Bot API, setWebhook, read 2026-11-21
_AMOUNT = re.compile(r"[0-9]{1,7}\.[0-9]{2}")
MOST_CHOICES, LONGEST_CHOICE = 12, 30
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class SettingsError(Exception):
    """A setting cannot be used; the message is one sentence that says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that the environment decides. Addresses carry no trailing slash, but Slack's does."""

    telegram_token: str = field(repr=False)
    slack_token: str = field(repr=False)
    slack_signing_secret: str = field(repr=False)
    slack_app_token: str = field(repr=False)
    encryption_keys: str = field(repr=False)
    telegram_webhook_secret: str = field(repr=False)
    telegram_api: str
    telegram_webhook_url: str
    slack_api: str
    desk_channel: str
    slack_staff: str
    database_url: str = field(repr=False)
    data_dir: Path
    files_url: str
    host: str
    port: int
    public_url: str
    log_level: str
    mail: MailServer | None
    policy: Policy

    @property
    def has_tokens(self) -> bool:
        """Tell whether both platforms' tokens are set."""
        return bool(self.telegram_token and self.slack_token)


def read_settings(env: Mapping[str, str], root: Path) -> Settings:
    """Return the settings; raises SettingsError for one that cannot be used. `root`: where relative paths begin."""
    data_dir = root / (env.get("DATA_DIR", "") or "data")
    mail = _mail(_secret(env, "SMTP_URL"))
    settings = Settings(
        telegram_token=_secret(env, "TELEGRAM_BOT_TOKEN"),
        slack_token=_secret(env, "SLACK_BOT_TOKEN"),
        slack_signing_secret=_secret(env, "SLACK_SIGNING_SECRET"),
        slack_app_token=_secret(env, "SLACK_APP_TOKEN"),
        encryption_keys=_secret(env, "ENCRYPTION_KEYS"),
        telegram_webhook_secret=_secret(env, "TELEGRAM_WEBHOOK_SECRET"),
        telegram_api=env.get("TELEGRAM_API_URL", "").rstrip("/") or PUBLIC_TELEGRAM,
        telegram_webhook_url=env.get("TELEGRAM_WEBHOOK_URL", ""),
        slack_api=(env.get("SLACK_API_URL", "").rstrip("/") or PUBLIC_SLACK.rstrip("/")) + "/",
        desk_channel=env.get("SLACK_DESK_CHANNEL", ""),
        slack_staff=env.get("SLACK_STAFF", ""),
        database_url=env.get("DATABASE_URL", "") or f"sqlite:///{data_dir / 'port.db'}",
        data_dir=data_dir,
        files_url=env.get("FILES_URL", ""),
        host=env.get("HOST", "") or "127.0.0.1",
        port=_port(env),
        public_url=env.get("PUBLIC_URL", "").rstrip("/"),
        log_level=_level(env.get("LOG_LEVEL", "") or "INFO"),
        mail=mail,
        policy=replace(_policy(env, root), mails=mail is not None),
    )
    _check(settings)
    return settings


def _secret(env: Mapping[str, str], name: str) -> str:
    """Return a secret from the variable, or from the file that `<NAME>_FILE` names."""
    file = env.get(f"{name}_FILE", "")
    if not file:
        return env.get(name, "").strip()
    try:
        return Path(file).read_text("utf-8").strip()
    except (OSError, ValueError) as e:
        raise SettingsError(f"{name}_FILE names a file that cannot be read; check its path and its rights.") from e


def _port(env: Mapping[str, str]) -> int:
    text = env.get("PORT", "") or "8080"
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise SettingsError("PORT must be a whole number between 1 and 65535, like 8080.")
    return int(text)


def _level(text: str) -> str:
    if text.upper() not in LEVELS:
        raise SettingsError(f"LOG_LEVEL must be one of {', '.join(LEVELS)}.")
    return text.upper()


def _mail(url: str) -> MailServer | None:
    try:
        return read_server(url) if url else None
    except ValueError as e:
        raise SettingsError(str(e)) from None  # its cause would show the address, with the password in it


def _check(settings: Settings) -> None:
    if bool(settings.telegram_token) != bool(settings.slack_token):
        missing = "SLACK_BOT_TOKEN" if settings.telegram_token else "TELEGRAM_BOT_TOKEN"
        raise SettingsError(f"{missing} is not set but the other one is; set both, or neither for the sandbox.")
    if settings.has_tokens:
        _check_slack(settings)
    elif settings.mail is not None and not settings.mail.is_here:
        raise SettingsError("SMTP_URL must name this computer, or not be set, for the sandbox: nothing leaves it.")
    if settings.telegram_webhook_url and not _WEBHOOK_SECRET.fullmatch(settings.telegram_webhook_secret):
        raise SettingsError(
            "TELEGRAM_WEBHOOK_SECRET must be set with TELEGRAM_WEBHOOK_URL: 1 to 256 of A-Z a-z 0-9 _ -."
        )


def _check_slack(settings: Settings) -> None:
    if not settings.slack_signing_secret and not settings.slack_app_token:
        raise SettingsError("Set SLACK_SIGNING_SECRET (for HTTP) or SLACK_APP_TOKEN (for Socket Mode).")
    if not settings.desk_channel:
        raise SettingsError("SLACK_DESK_CHANNEL must be the id of the desk's channel, like C0123456789.")
    if not settings.slack_staff:
        raise SettingsError("SLACK_STAFF must name the staff: user ids with commas between, or a user group's id S….")


def _policy(env: Mapping[str, str], root: Path) -> Policy:
    path = root / (env.get("POLICY_FILE", "") or "policy.toml")
    if env.get("POLICY_FILE") and not path.exists():
        raise SettingsError("POLICY_FILE names a file that does not exist; check its path, or unset it.")
    try:
        table = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    except (OSError, ValueError) as e:  # TOMLDecodeError and UnicodeDecodeError are ValueErrors
        raise SettingsError(f"{path.name} is not valid TOML: {e}.") from e
    policy = _from_table(table, path.name)
    if env.get("DESK_TIMEZONE"):
        policy = replace(policy, desk_zone=_zone(env["DESK_TIMEZONE"], "DESK_TIMEZONE"))
    if env.get("DIGEST_AT"):
        policy = replace(policy, digest_at=_time(env["DIGEST_AT"], "DIGEST_AT"))
    if env.get("UNDO_SECONDS"):
        policy = replace(policy, undo=_seconds(env["UNDO_SECONDS"], "UNDO_SECONDS"))
    return policy


def _from_table(table: Mapping[str, Any], file: str) -> Policy:
    """Return the policy that a file describes; every key must be known, so that a slip is noticed."""
    usual = Policy()
    found: dict[str, Any] = {}
    for section, keys in table.items():
        for key, value in keys.items() if isinstance(keys, dict) else (("", keys),):
            rule = f"{section}.{key}".rstrip(".")
            reader = _KEYS.get(rule)
            if reader is None:
                raise SettingsError(f"{file} has an unknown rule {rule}; see the comments in policy.toml.")
            name, read = reader
            found[name] = read(value if read in _LISTS else str(value), f"{file}: {rule}")
    policy = replace(usual, **found)
    if policy.window_end <= policy.window_start:
        raise SettingsError(f"{file}: porting.window_end must be later than porting.window_start.")
    return policy


def _zone(text: str, name: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError) as e:
        raise SettingsError(f"{name} must be a time zone's name, like America/Los_Angeles.") from e


def _time(text: str, name: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError as e:
        raise SettingsError(f"{name} must be a time of day, like 08:45.") from e


def _seconds(text: str, name: str) -> timedelta:
    try:
        seconds = float(text)
    except ValueError as e:
        raise SettingsError(f"{name} must be a number of seconds.") from e
    if not 0 <= seconds <= 86400:
        raise SettingsError(f"{name} must be between 0 and 86400 seconds.")
    return timedelta(seconds=seconds)


def _count(text: str, name: str) -> int:
    if not text.isdigit():
        raise SettingsError(f"{name} must be a whole number, not negative.")
    return int(text)


def _words(text: str, _name: str) -> str:
    return text


def _amount(text: str, name: str) -> str:
    if not _AMOUNT.fullmatch(text):
        raise SettingsError(f'{name} must be an amount with two decimals in quotes, like "4.50".')
    return text


def _currency(text: str, name: str) -> str:
    if not 1 <= len(text) <= 4 or not text.isprintable() or any(c.isdigit() for c in text):
        raise SettingsError(f'{name} must be a sign of 1 to 4 characters that stands before an amount, like "$".')
    return text


def _days(value: object, name: str) -> tuple[int, int]:
    days = value if isinstance(value, list) else []
    if [type(day) for day in days] != [int, int] or not 1 <= days[0] <= days[1] <= 365:
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


def _yes_or_no(text: str, name: str) -> bool:
    if text not in ("True", "False"):
        raise SettingsError(f"{name} must be true or false.")
    return text == "True"


def _years(text: str, name: str) -> int:
    years = _count(text, name)
    if not 2 <= years <= 100:
        raise SettingsError(f"{name} must be between 2 and 100: a signed letter is kept for two years at least.")
    return years


_LISTS = (_days, _choices)  # readers that are given a value as TOML has it, not as text
_KEYS: dict[str, tuple[str, Any]] = {
    "company.name": ("company", _words),
    "desk.timezone": ("desk_zone", _zone),
    "desk.digest_at": ("digest_at", _time),
    "desk.undo_seconds": ("undo", _seconds),
    "porting.window_start": ("window_start", _time),
    "porting.window_end": ("window_end", _time),
    "porting.shortest_lead_days": ("shortest_lead", _count),
    "porting.longest_lead_days": ("longest_lead", _count),
    "porting.keep_old_service_days": ("keep_old_service", _count),
    "costs.port_fee": ("port_fee", _amount),
    "costs.monthly_fee": ("monthly_fee", _amount),
    "costs.currency": ("currency", _currency),
    "times.wireless_days": ("wireless_days", _days),
    "times.landline_days": ("landline_days", _days),
    "intake.sources": ("sources", _choices),
    "intake.companies": ("companies", _choices),
    "intake.asks_label": ("asks_label", _yes_or_no),
    "privacy.keep_letters_years": ("keep_letters", _years),
    "relay.lease_seconds": ("lease", _seconds),
}
