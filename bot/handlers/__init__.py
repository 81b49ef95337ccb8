"""What comes in: Telegram updates, Slack commands and clicks, web requests."""
