"""A local server that keeps the rules of Telegram's Bot API 10.0, with a customer's thumb and screen."""

from sandbox.telegram.pace import Pace
from sandbox.telegram.params import Upload
from sandbox.telegram.screen import Button, Document, Message
from sandbox.telegram.telegram import Telegram

__all__ = ["Button", "Document", "Message", "Pace", "Telegram", "Upload"]
