"""Web requests: Telegram's webhook, health, metrics; Slack's come through `bot.slack`."""
