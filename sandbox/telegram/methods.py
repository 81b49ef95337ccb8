"""Which methods of the Bot API the sandbox keeps, by name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.telegram import about, albums, amending, posting
from sandbox.telegram.params import Params
from sandbox.telegram.state import State


@dataclass(frozen=True, slots=True)
class Method:
    """A method that answers at once; `changes` tells whether success changes anything on the platform."""

    run: Callable[[State, Params], Any]
    changes: bool = True


METHODS = {
    "sendMessage": Method(posting.send_message),
    "sendDocument": Method(posting.send_document),
    "sendPhoto": Method(posting.send_photo),
    "sendMediaGroup": Method(albums.send_media_group),
    "sendChatAction": Method(posting.send_chat_action),
    "editMessageText": Method(amending.edit_text),
    "editMessageReplyMarkup": Method(amending.edit_markup),
    "deleteMessage": Method(amending.delete),
    "answerCallbackQuery": Method(amending.answer_query),
    "getMe": Method(about.get_me, changes=False),
    "setMyCommands": Method(about.set_commands),
    "getMyCommands": Method(about.get_commands, changes=False),
    "deleteMyCommands": Method(about.delete_commands),
    "setMyName": Method(about.set_words),
    "getMyName": Method(about.get_name, changes=False),
    "setMyDescription": Method(about.set_words),
    "getMyDescription": Method(about.get_description, changes=False),
    "setMyShortDescription": Method(about.set_words),
    "getMyShortDescription": Method(about.get_short_description, changes=False),
    "setChatMenuButton": Method(about.set_menu_button),
    "getChatMenuButton": Method(about.get_menu_button, changes=False),
    "getFile": Method(about.get_file, changes=False),
}
RECEIVING = ("getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo")
NAMES = {name.lower(): name for name in (*METHODS, *RECEIVING)}  # the platform does not mind capitals
