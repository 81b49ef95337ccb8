"""Keyboards under messages and in place of the phone's own, checked as Telegram checks them."""

from dataclasses import dataclass
from typing import Any

from sandbox.telegram.params import Params
from sandbox.telegram.refusals import Refused, bad

Json = dict[str, Any]

LONGEST_DATA = 64  # bytes of a button's callback_data
ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
)  # fmt: skip
LINKS = ("http://", "https://", "tg://")


@dataclass(frozen=True, slots=True)
class Markup:
    """What came as `reply_markup`: an inline keyboard is the message's, the rest the input field's."""

    inline: Json | None = None
    keys: Json | None = None


def read_markup(params: Params, chat_id: int) -> Markup:
    """Check a call's `reply_markup` and return it. Raises `Refused`."""
    given = params.mapping("reply_markup")
    if given is None:
        return Markup()
    if "inline_keyboard" in given:
        rows = [[_button(button) for button in row] for row in _rows(given["inline_keyboard"], "inline keyboard")]
        rows = [row for row in rows if row]
        return Markup(inline={"inline_keyboard": rows} if rows else None)
    if "keyboard" in given:
        for row in _rows(given["keyboard"], "keyboard"):
            for button in row:
                _check_key(button, chat_id)
        return Markup(keys=given)
    if given.get("remove_keyboard") or given.get("force_reply"):
        return Markup(keys=given)
    raise bad("can't parse reply keyboard markup JSON object")


def _rows(rows: Any, what: str) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad(f'field "{what.replace(" ", "_")}" of the ReplyMarkup must be an Array of Arrays')
    return rows


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise _unreadable("Object expected")
    if not button.get("text"):
        raise _unreadable('Can\'t find field "text"')
    if not any(action in button for action in ACTIONS):
        raise _unreadable("Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= LONGEST_DATA:
        raise bad("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not str(url).lower().startswith(LINKS):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return button


def _check_key(button: Any, chat_id: int) -> None:
    text = button if isinstance(button, str) else button.get("text") if isinstance(button, dict) else None
    if not text:
        raise bad("can't parse keyboard button: Can't find field \"text\"")
    if chat_id < 0 and isinstance(button, dict) and button.get("request_contact"):
        raise bad("phone number can be requested in private chats only")


def _unreadable(why: str) -> Refused:
    return bad(f"can't parse inline keyboard button: {why}")
