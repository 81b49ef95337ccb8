"""The doctor's look at Slack: the token, the app's scopes, its channel, its way in, who is staff, and the clock."""

import re
from collections.abc import AsyncIterator, Coroutine
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Now
from bot.settings import Settings
from bot.slack.trouble import code_of

MANIFEST = Path(__file__).resolve().parents[2] / "manifest.yml"
MOST_SKEW = 60.0  # seconds; Slack's signatures are refused beyond 300
_ODD = {
    "deleted": "is deactivated",
    "is_bot": "is a bot",
    "is_restricted": "is a guest",
    "is_ultra_restricted": "is a guest",
    "is_stranger": "is of another workspace",
}

Found = tuple[str, bool, str]  # name, whether it is well, sentence


def wanted_scopes(manifest: str) -> list[str]:
    """Return the bot's scopes that a manifest asks for, in its order."""
    listed = re.search(r"^    bot:\n((?:      - .*\n)+)", manifest, re.MULTILINE)
    return re.findall(r"- ([a-z:.]+)", re.sub(r"#.*", "", listed[1])) if listed else []


async def examine_slack(settings: Settings, now: Now) -> AsyncIterator[Found]:
    """Yield what was found; with a token that does not work, there is nothing more to be asked."""
    client = AsyncWebClient(settings.slack_token, base_url=settings.slack_api, timeout=10, retry_handlers=[])
    try:
        who = await client.auth_test()
    except _FAILURES as e:
        yield "slack", False, _trouble(e, _TOKEN)
        return
    yield "slack", True, f"The token is of “{who.get('team')}”, and of the bot “{who.get('user')}” there."
    headers = {name.lower(): value for name, value in who.headers.items()}
    yield _scopes(headers.get("x-oauth-scopes", ""))
    yield _clock(headers.get("date", ""), now)
    yield "channel", *await _attempt(_channel(client, settings.desk_channel), _CHANNEL)
    for channel in settings.policy.channels:
        yield f"channel {channel}", *await _attempt(_channel(client, channel), _CHANNELS)
    yield "staff", *await _staff(client, settings.slack_staff)
    if settings.slack_app_token:
        yield "socket", *await _attempt(_socket(client, settings.slack_app_token), _SOCKET)


def _scopes(header: str) -> Found:
    granted = {scope.strip() for scope in header.split(",")}
    missing = [scope for scope in wanted_scopes(MANIFEST.read_text("utf-8")) if scope not in granted]
    if missing:
        return "scopes", False, f"The app lacks {', '.join(missing)}: give it manifest.yml anew, and install it again."
    return "scopes", True, "The app has every scope that manifest.yml asks for."


def _clock(header: str, now: Now) -> Found:
    """Compare our clock with Slack's, by the time at which it answered."""
    try:
        skew = abs((now() - parsedate_to_datetime(header)).total_seconds())
    except (TypeError, ValueError):
        return "clock", True, "Slack did not say what time it is there; make sure that this computer's clock is kept."
    if skew > MOST_SKEW:
        return "clock", False, f"It is {skew:.0f} s off: keep it by NTP, or Slack's requests are refused."
    return "clock", True, "It agrees with Slack's."


async def _channel(client: AsyncWebClient, channel: str) -> str:
    await client.conversations_history(channel=channel, limit=1)
    return "The bot is in the channel."


async def _socket(client: AsyncWebClient, token: str) -> str:
    await client.apps_connections_open(app_token=token)
    return "Slack would open a socket for SLACK_APP_TOKEN."


async def _staff(client: AsyncWebClient, staff: str) -> tuple[bool, str]:
    names = [name.strip() for name in staff.split(",") if name.strip()]
    wrong: list[str] = []
    for name in names:
        is_well, sentence = await _attempt(_one_of_staff(client, name), {})
        if not is_well:
            wrong.append(sentence)
        elif sentence:
            wrong.append(f"{name} {sentence}")
    if wrong or not names:
        return False, f"{'; '.join(wrong) or 'Nobody is named'}. Correct SLACK_STAFF."
    return True, f"Everybody whom SLACK_STAFF names is known ({len(names)})."


async def _one_of_staff(client: AsyncWebClient, name: str) -> str:
    """Return what is wrong with a person or a user group; empty if nothing is."""
    unknown = {"user_not_found", "user_not_visible", "no_such_subteam", "subteam_not_found"}
    try:
        if name.startswith("S"):
            members = await client.usergroups_users_list(usergroup=name)
            return "" if members.get("users") else "is a group with nobody in it"
        person = (await client.users_info(user=name)).get("user") or {}
    except SlackApiError as e:
        if code_of(e) in unknown:
            return "is not known there"
        raise
    return next((words for odd, words in _ODD.items() if person.get(odd)), "")


async def _attempt(look: Coroutine[Any, Any, str], words: dict[str, str]) -> tuple[bool, str]:
    try:
        return True, await look
    except _FAILURES as e:
        return False, _trouble(e, words)


def _trouble(error: Exception, words: dict[str, str]) -> str:
    code = code_of(error) if isinstance(error, SlackApiError) else ""
    if code in words:
        return words[code]
    if code:
        return f"Slack refuses with “{code[:40]}”: try again in a minute, then look at the app's page."
    return f"It could not be reached ({type(error).__name__}): check the network and SLACK_API_URL."


_FAILURES = (SlackClientError, aiohttp.ClientError, OSError, TimeoutError)
_COPY_ANEW = "The token is not valid: copy SLACK_BOT_TOKEN anew from the app's page."
_TOKEN = dict.fromkeys(("invalid_auth", "token_revoked", "account_inactive", "not_allowed_token_type"), _COPY_ANEW)
_CHANNEL = {
    "not_in_channel": "The bot is not in the desk channel: invite it there.",
    "channel_not_found": "There is no such channel for the bot: check SLACK_DESK_CHANNEL, and invite the bot there.",
}
_CHANNELS = {
    "not_in_channel": "The bot is not in this channel of policy.toml: invite it there.",
    "channel_not_found": "There is no such channel: check [channels] in policy.toml, and invite the bot there.",
}
_MAKE_ANEW = "SLACK_APP_TOKEN is no app-level token with connections:write: make one on the app's page."
_SOCKET = dict.fromkeys(("invalid_auth", "missing_scope", "not_allowed_token_type"), _MAKE_ANEW)
