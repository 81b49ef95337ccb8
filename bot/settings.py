"""Wiring from the environment, checked at start; the company's rules are read in `rules.py`.

Secrets are `Secret`: no repr, log or traceback shows them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.mail.server import MailServer, read_server
from bot.rules import SettingsError, read_policy
from domain.policy import Policy

__all__ = ["Settings", "SettingsError", "read_settings"]

PUBLIC_TELEGRAM = "https://api.telegram.org"
PUBLIC_SLACK = "https://slack.com/api/"
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # Bot API, setWebhook, read 2026-11-21
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


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
    seal_certificate: str
    seal_password: str = field(repr=False)
    seal_tsa_url: str
    seal_tsa_roots: str
    trusted_proxies: str
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
        seal_certificate=env.get("SEAL_CERTIFICATE", ""),
        seal_password=_secret(env, "SEAL_PASSWORD"),
        seal_tsa_url=_address(env, "SEAL_TSA_URL"),
        seal_tsa_roots=env.get("SEAL_TSA_ROOTS", ""),
        trusted_proxies=env.get("FORWARDED_ALLOW_IPS", ""),
        policy=replace(read_policy(env, root), mails=mail is not None, pages=bool(env.get("PUBLIC_URL"))),
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


def _address(env: Mapping[str, str], name: str) -> str:
    address = env.get(name, "").strip()
    if address and not address.startswith(("https://", "http://")):
        raise SettingsError(f"{name} must begin with https:// or http://.")
    return address


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
