"""Telegram updates, made into what was heard."""
