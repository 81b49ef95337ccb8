"""The bot as python-telegram-bot knows it, and what it tells Telegram about itself at start."""

import asyncio
import logging
from collections.abc import Awaitable
from itertools import chain, repeat

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.handlers.customer.updates import WANTED
from bot.settings import Settings
from bot.telegram.request import AiohttpRequest
from bot.wording import sentences
from domain.desk.customer import COMMANDS

log = logging.getLogger(__name__)


def make_bot(settings: Settings, request: AiohttpRequest, polling: AiohttpRequest) -> Bot:
    """Return the bot on our own network; `polling` has connections of its own, so that no send waits for a poll."""
    return Bot(
        settings.telegram_token,
        base_url=f"{settings.telegram_api}/bot",
        base_file_url=f"{settings.telegram_api}/file/bot",
        request=request,
        get_updates_request=polling,
    )


async def introduce(bot: Bot, settings: Settings) -> None:
    """Set the webhook, or its absence, until that is done; then commands and descriptions, which a restart sets too."""
    words = sentences("en")
    for pause in chain((1, 5, 15, 30), repeat(60)):  # without it nobody is heard, so it is tried until it is done
        if await _attempt("webhook", _receive(bot, settings)):
            break
        await asyncio.sleep(pause)
    await _attempt("commands", bot.set_my_commands([BotCommand(name, words[f"menu.{name}"]) for name in COMMANDS]))
    await _attempt("description", bot.set_my_description(words["menu.description"]))
    await _attempt("short_description", bot.set_my_short_description(words["menu.short_description"]))


def _receive(bot: Bot, settings: Settings) -> Awaitable[bool]:
    if not settings.telegram_webhook_url:
        return bot.delete_webhook(drop_pending_updates=False)
    return bot.set_webhook(
        settings.telegram_webhook_url,
        secret_token=settings.telegram_webhook_secret,
        allowed_updates=list(WANTED),
        max_connections=40,
    )


async def _attempt(what: str, call: Awaitable[bool]) -> bool:
    try:
        return await call
    except TelegramError as e:
        log.warning("telegram not_introduced what=%s error=%s", what, type(e).__name__)
        return False
