"""The bot as python-telegram-bot knows it, and what it tells Telegram about itself at start."""

import logging

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
    """Set commands and descriptions, and the webhook or its absence; an outage is only noted: a restart repeats it."""
    words = sentences("en")
    try:
        await bot.set_my_commands([BotCommand(name, words[f"menu.{name}"]) for name in COMMANDS])
        await bot.set_my_description(words["menu.description"])
        await bot.set_my_short_description(words["menu.short_description"])
        if settings.telegram_webhook_url:
            await bot.set_webhook(
                settings.telegram_webhook_url,
                secret_token=settings.telegram_webhook_secret,
                allowed_updates=list(WANTED),
                max_connections=40,
            )
        else:
            await bot.delete_webhook(drop_pending_updates=False)
    except TelegramError as e:
        log.warning("telegram not_introduced error=%s", type(e).__name__)
