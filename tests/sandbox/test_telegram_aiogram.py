"""The sandbox's Telegram as aiogram, an independent and strict reader, sees it.

Each test loads it for itself: it takes three seconds, which a process that runs other files alone need not spend.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette

from sandbox.faults import Fault, Faults, Kind
from sandbox.record import Record
from sandbox.serve import serve
from sandbox.telegram import Telegram
from sandbox.telegram.others import OTHERS

if TYPE_CHECKING:
    from aiogram import Bot
    from aiogram.types import InlineKeyboardMarkup

CHAT = 1001
FIRST = 500
FAULTS = Faults()


@pytest.fixture
async def telegram() -> Telegram:
    FAULTS.clear()
    return Telegram(Record(), FAULTS, first_update_id=FIRST)


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator["Bot"]:
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer

    async with serve(Starlette(routes=list(telegram.routes))) as url:
        session = AiohttpSession(api=TelegramAPIServer.from_base(url), timeout=2)
        yield Bot(telegram.token, session=session)
        await (await session.create_session()).close()  # its own close waits 0.25 s more, for TLS that is not here


def keyboard(data: str) -> "InlineKeyboardMarkup":
    from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Go", callback_data=data)]])


async def test_every_kind_of_update_is_read(telegram: Telegram, bot: "Bot") -> None:
    said = telegram.say(CHAT, "/start x", user={"username": "ann"})
    telegram.say(CHAT, "again", reply_to=said)
    telegram.edit(CHAT, said, "hello")
    telegram.upload(CHAT, b"x", name="a.pdf", mime="application/pdf", caption="c", media_group_id="1")
    telegram.upload(CHAT, b"x", name="a.jpg", mime="image/jpeg", kind="photo")
    telegram.contact(CHAT, "+12125550100", CHAT)
    for kind in OTHERS:
        telegram.send_other(CHAT, kind)
    telegram.say(-5, "hello from a group")
    telegram.block(CHAT)
    telegram.unblock(CHAT)
    telegram.press(CHAT, 9999, "gone", force=True)
    updates = await bot.get_updates()
    assert [u.update_id for u in updates] == list(range(FIRST, FIRST + len(updates)))
    kinds = [u.event_type for u in updates]
    others = ["message"] * (len(OTHERS) + 1)
    assert kinds == [
        *("message", "message", "edited_message", "message", "message", "message"),
        *others,
        *("my_chat_member", "my_chat_member", "callback_query"),
    ]
    messages = [u.message for u in updates if u.message]
    assert [m.content_type for m in messages][2:] == ["document", "photo", "contact", *OTHERS, "text"]


async def test_a_message_an_edit_and_a_deletion_are_read(telegram: Telegram, bot: "Bot") -> None:
    from aiogram.exceptions import TelegramBadRequest
    from aiogram.types import Message, ReplyParameters

    said = telegram.say(CHAT, "hello")
    sent = await bot.send_message(
        CHAT,
        '<b>bold</b> <a href="https://example.com">link</a>',
        parse_mode="HTML",
        reply_markup=keyboard("go"),
        reply_parameters=ReplyParameters(message_id=said),
    )
    assert sent.html_text == '<b>bold</b> <a href="https://example.com/">link</a>'
    assert sent.reply_markup is not None
    assert sent.reply_markup.model_dump() == keyboard("go").model_dump()
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "hello"
    edited = await bot.edit_message_text("new", chat_id=CHAT, message_id=sent.message_id)
    assert isinstance(edited, Message)
    assert (edited.text, edited.reply_markup, edited.edit_date is not None) == ("new", None, True)
    marked = await bot.edit_message_reply_markup(chat_id=CHAT, message_id=sent.message_id, reply_markup=keyboard("on"))
    assert isinstance(marked, Message)
    assert telegram.chat(CHAT)[-1].data == ("on",)
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("new", chat_id=CHAT, message_id=sent.message_id, reply_markup=keyboard("on"))
    assert await bot.delete_message(CHAT, sent.message_id)
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(CHAT, sent.message_id)


async def test_a_reply_keyboard_goes_out(telegram: Telegram, bot: "Bot") -> None:
    from aiogram.types import KeyboardButton, ReplyKeyboardMarkup

    telegram.say(CHAT, "hello")
    share = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Share", request_contact=True)]])
    await bot.send_message(CHAT, "number?", reply_markup=share)
    assert telegram.chat(CHAT)[-1].keys == (("Share",),)


async def test_a_button_press_is_answered(telegram: Telegram, bot: "Bot") -> None:
    from aiogram.exceptions import TelegramBadRequest

    telegram.say(CHAT, "hello")
    sent = await bot.send_message(CHAT, "choose", reply_markup=keyboard("go"))
    number = telegram.press(CHAT, sent.message_id, "go")
    (update,) = await bot.get_updates(offset=-1)
    assert update.callback_query is not None
    assert update.callback_query.data == "go"
    assert await bot.answer_callback_query(number)
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_callback_query(number)


async def test_files_go_both_ways(telegram: Telegram, bot: "Bot") -> None:
    from aiogram.exceptions import TelegramEntityTooLarge
    from aiogram.types import BufferedInputFile

    telegram.upload(CHAT, b"theirs", name="a.pdf", mime="application/pdf")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    fetched = await bot.download(update.message.document)
    assert fetched is not None
    assert fetched.read() == b"theirs"
    sent = await bot.send_document(CHAT, BufferedInputFile(b"ours", "b.pdf"), caption="<i>c</i>", parse_mode="HTML")
    assert sent.document is not None
    assert (sent.document.file_name, sent.html_text) == ("b.pdf", "<i>c</i>")
    assert telegram.content(sent.document.file_id) == b"ours"
    pictured = await bot.send_photo(CHAT, BufferedInputFile(b"png", "b.png"))
    assert pictured.photo is not None
    with pytest.raises(TelegramEntityTooLarge):
        await bot.send_document(CHAT, BufferedInputFile(bytes(50 * 1024 * 1024 + 1), "big"))


async def test_what_a_bot_says_of_itself_is_read(bot: "Bot", telegram: Telegram) -> None:
    from aiogram.types import BotCommand, MenuButtonCommands

    telegram.say(CHAT, "hello")
    assert (await bot.get_me()).username == "port_of_call_sandbox_bot"
    commands = [BotCommand(command="start", description="Begin")]
    assert await bot.set_my_commands(commands)
    assert [c.model_dump() for c in await bot.get_my_commands()] == [c.model_dump() for c in commands]
    assert await bot.set_my_description("d")
    assert await bot.set_my_short_description("s")
    assert (await bot.get_my_description()).description == "d"
    assert (await bot.get_my_short_description()).short_description == "s"
    assert (await bot.get_my_name()).name == "Port of Call"
    assert await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert isinstance(await bot.get_chat_menu_button(), MenuButtonCommands)
    assert await bot.send_chat_action(CHAT, "typing")


async def test_webhook_settings_are_read(bot: "Bot", telegram: Telegram) -> None:
    from aiogram.exceptions import TelegramConflictError

    assert await bot.set_webhook("https://bot.invalid/hook", secret_token="s", allowed_updates=["message"])
    info = await bot.get_webhook_info()
    assert (info.url, info.allowed_updates, info.max_connections) == (
        "https://bot.invalid/hook",
        ["message"],
        40,
    )
    with pytest.raises(TelegramConflictError):
        await bot.get_updates()
    assert await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""


async def test_a_second_poller_ends_the_first(bot: "Bot") -> None:
    from aiogram.exceptions import TelegramConflictError

    first = asyncio.create_task(bot.get_updates(timeout=10))
    await asyncio.sleep(0.05)
    await bot.get_updates()
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await first


async def test_refusals_have_the_platforms_codes(bot: "Bot", telegram: Telegram) -> None:
    from aiogram import Bot
    from aiogram.exceptions import (
        TelegramBadRequest,
        TelegramForbiddenError,
        TelegramNotFound,
        TelegramUnauthorizedError,
    )
    from aiogram.methods import SendDice

    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(CHAT, "x")
    telegram.block(CHAT)
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(CHAT, "x")
    with pytest.raises(TelegramNotFound):
        await bot(SendDice(chat_id=CHAT))
    async with Bot("123456:other", session=bot.session) as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("429", "TelegramRetryAfter"),
        ("403", "TelegramForbiddenError"),
        ("502", "ClientDecodeError"),
        ("timeout_before", "TelegramNetworkError"),
        ("timeout_after", "TelegramNetworkError"),
        ("half", "TelegramNetworkError"),
    ],
)
async def test_faults_are_what_their_names_say(bot: "Bot", telegram: Telegram, kind: Kind, error: str) -> None:
    from aiogram import exceptions

    telegram.say(CHAT, "hello")
    FAULTS.add(Fault("telegram", "sendMessage", kind, hang=0.05))
    with pytest.raises(getattr(exceptions, error)):
        await bot.send_message(CHAT, "x")
    assert len(telegram.chat(CHAT)) == 1 + (kind in ("timeout_after", "half"))
