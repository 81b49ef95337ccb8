"""Methods about the bot itself: who it is, its commands and descriptions, and files it may fetch."""

import re

from sandbox.telegram.params import Params
from sandbox.telegram.refusals import bad
from sandbox.telegram.state import Json, State

LARGEST_DOWNLOAD = 20 * 1024 * 1024
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MOST_COMMANDS = 100
LONGEST_COMMAND_DESCRIPTION = 256
LONGEST = {"name": 64, "description": 512, "short_description": 120}


def get_me(state: State, params: Params) -> Json:
    """Return the bot with what only it may know of itself."""
    return {
        **state.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_commands(state: State, params: Params) -> bool:
    """Keep the command list of one scope and language."""
    commands = params.objects("commands")
    if len(commands) > MOST_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= LONGEST_COMMAND_DESCRIPTION:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    state.settings[_place("commands", params)] = commands
    return True


def get_commands(state: State, params: Params) -> list[Json]:
    """Return the command list of exactly this scope and language."""
    commands: list[Json] = state.settings.get(_place("commands", params), [])
    return commands


def menu(state: State, chat_id: int) -> list[Json]:
    """Return the commands that a chat's menu shows: those of the narrowest scope, in the customer's language first."""
    chat = state.chats.get(chat_id)
    language = chat.user.get("language_code", "") if chat else ""
    everywhere = "all_private_chats" if chat_id > 0 else "all_group_chats"
    for scope in (f"chat {chat_id}", everywhere, "default"):
        for place in (f"commands {scope} {language}", f"commands {scope}"):
            if place in state.settings:
                return [_without_slash(command) for command in state.settings[place]]
    return []


def introduction(state: State) -> str:
    """Return what a chat shows of the bot before the first message: its description, if it has given one."""
    words: str = state.settings.get("description default", "")
    return words


def _without_slash(command: Json) -> Json:
    return {"command": command["command"].removeprefix("/"), "description": command["description"]}


def delete_commands(state: State, params: Params) -> bool:
    """Forget the command list of one scope and language."""
    state.settings.pop(_place("commands", params), None)
    return True


def set_words(state: State, params: Params) -> bool:
    """Keep the bot's name, description or short description for a language."""
    for name, longest in LONGEST.items():
        if name in params.values:
            if len(params.text(name)) > longest:
                raise bad(f"{name.replace('_', ' ')} is too long")
            state.settings[_place(name, params)] = params.text(name)
    return True


def get_name(state: State, params: Params) -> Json:
    """Return the bot's name for a language."""
    return {"name": state.settings.get(_place("name", params), state.bot["first_name"])}


def get_description(state: State, params: Params) -> Json:
    """Return the description for a language."""
    return {"description": state.settings.get(_place("description", params), "")}


def get_short_description(state: State, params: Params) -> Json:
    """Return the short description for a language."""
    return {"short_description": state.settings.get(_place("short_description", params), "")}


def set_menu_button(state: State, params: Params) -> bool:
    """Keep the menu button of one chat, or of all."""
    state.settings[f"menu_button {params.number('chat_id')}"] = params.mapping("menu_button") or {"type": "default"}
    return True


def get_menu_button(state: State, params: Params) -> Json:
    """Return the menu button of one chat, or of all."""
    button: Json = state.settings.get(f"menu_button {params.number('chat_id')}", {"type": "default"})
    return button


def get_file(state: State, params: Params) -> Json:
    """Return where a file can be fetched. Raises `Refused` for one above 20 MB."""
    file = state.files.get(params.text("file_id"))
    if file is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if len(file.content) > LARGEST_DOWNLOAD:
        raise bad("file is too big")
    size = len(file.content)
    return {
        "file_id": file.id,
        "file_unique_id": f"u{file.id[-6:]}",
        "file_size": size,
        "file_path": file.path,
    }


def _place(what: str, params: Params) -> str:
    scope = params.mapping("scope") or {"type": "default"}
    parts = [str(scope[name]) for name in ("type", "chat_id", "user_id") if name in scope]
    return " ".join([what, *parts, params.text("language_code")]).rstrip()
