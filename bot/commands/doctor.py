"""Look at everything that must be right before customers come, and say in plain words what is not."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from telegram.error import TelegramError

from bot.settings import Settings
from bot.telegram.bot import make_bot
from bot.telegram.request import AiohttpRequest


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is well, and what to do if not."""

    name: str
    is_well: bool
    sentence: str


async def doctor(settings: Settings, schema: Callable[[], tuple[str | None, str]]) -> list[Finding]:
    """Return what was found; `schema` tells the database's revision and the code's."""
    findings = [await _attempt("database", _database(schema))]
    if not settings.has_tokens:
        findings.append(Finding("tokens", is_well=True, sentence="No tokens are set: `run` starts the sandbox."))
        return findings
    findings.append(await _attempt("telegram", _telegram(settings)))
    findings.append(await _attempt("slack", _slack(settings)))
    return findings


async def _attempt(name: str, look: Awaitable[Finding]) -> Finding:
    try:
        return await look
    except (TelegramError, SlackClientError, aiohttp.ClientError, OSError, TimeoutError) as e:
        return Finding(
            name, is_well=False, sentence=f"It could not be reached ({type(e).__name__}); check address and token."
        )


async def _database(schema: Callable[[], tuple[str | None, str]]) -> Finding:
    current, head = schema()
    well = current == head
    sentence = "The schema is current." if well else f"The schema is {current}, the code wants {head}: run `migrate`."
    return Finding("database", well, sentence)


async def _telegram(settings: Settings) -> Finding:
    request = AiohttpRequest()
    bot = make_bot(settings, request, AiohttpRequest())
    try:
        await request.initialize()
        me = await bot.get_me()
        hook = await bot.get_webhook_info()
    finally:
        await request.shutdown()
    if bool(hook.url) != bool(settings.telegram_webhook_url):
        wrong = "A webhook is set at Telegram but not here" if hook.url else "No webhook is set at Telegram yet"
        return Finding(
            "telegram", is_well=False, sentence=f"@{me.username}: {wrong}; `run` puts it right at its start."
        )
    return Finding("telegram", is_well=True, sentence=f"@{me.username} answers; {hook.pending_update_count} waiting.")


async def _slack(settings: Settings) -> Finding:
    client = AsyncWebClient(settings.slack_token, base_url=settings.slack_api, timeout=10, retry_handlers=[])
    try:
        who = await client.auth_test()
        await client.conversations_history(channel=settings.desk_channel, limit=1)
    except SlackApiError as e:
        code = str(e.response.get("error", "")) if e.response is not None else ""
        return Finding("slack", is_well=False, sentence=_SLACK_TROUBLE.get(code, f"Slack refuses with “{code[:40]}”."))
    return Finding(
        "slack", is_well=True, sentence=f"Team {who.get('team')} answers, and the desk channel is open to us."
    )


_SLACK_TROUBLE = {
    "invalid_auth": "The token is not valid; copy SLACK_BOT_TOKEN anew from the app's page.",
    "not_in_channel": "The bot is not in the desk channel; invite it there.",
    "channel_not_found": "There is no such channel for the bot; check SLACK_DESK_CHANNEL, and invite the bot there.",
    "missing_scope": "The app lacks a scope; install it again from manifest.yml.",
}
