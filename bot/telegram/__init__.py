"""Customers' side: Telegram's Bot API through python-telegram-bot, over aiohttp."""

import os

# python-telegram-bot 22 gives `retry_after` as whole seconds, with a warning, unless it is asked for time spans.
os.environ.setdefault("PTB_TIMEDELTA", "true")
