"""All that a customer can send in the sandbox's Telegram, as both libraries read it, and what the page is told."""

import base64
from collections.abc import AsyncIterator
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import telegram
from telegram import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat, ForceReply, ReplyKeyboardRemove
from telegram.error import BadRequest

from sandbox.faults import Faults
from sandbox.page import customer
from sandbox.page.asked import Asked, AskedWrongError
from sandbox.page.photo import SIZES, sample_photo
from sandbox.record import Record
from sandbox.telegram import Telegram, Upload
from sandbox.telegram.others import CAPTIONED, OTHERS
from tests.sandbox.telegram_scene import CHAT, OTHER_CHAT, Scene, keyboard, staged

if TYPE_CHECKING:
    from aiogram.types import Update


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with staged() as found:
        yield found


@pytest.fixture(autouse=True)
def _waits_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else python-telegram-bot warns at every RetryAfter


@pytest.fixture
def phone() -> Telegram:
    return Telegram(Record(), Faults(), clock=lambda: 1_800_000_000.0)


def act(phone: Telegram, act_name: str, /, **body: Any) -> Any:
    return customer.ACTS[act_name](phone, Asked({"chat": CHAT, **body}))


def last_update(phone: Telegram) -> "Update":
    """Return the newest update as aiogram reads it."""
    from aiogram.types import Update  # here: it takes three seconds, which those that run other files need not spend

    return Update.model_validate(phone.updates.waiting(phone.clock())[-1])


def screen(phone: Telegram) -> Any:
    return customer.screen(phone, CHAT)


# what is sent


@pytest.mark.parametrize("kind", OTHERS)
def test_each_other_kind_is_read_by_both_libraries_and_shown_with_a_line_of_what_it_is(
    phone: Telegram, kind: str
) -> None:
    act(phone, kind)
    message = last_update(phone).message
    assert message is not None
    assert message.content_type == kind
    read = telegram.Update.de_json(phone.updates.waiting(phone.clock())[-1])
    assert read.message is not None
    assert getattr(read.message, kind)
    (shown,) = screen(phone)["messages"]
    assert (shown["kind"], shown["document"], shown["text"]) == (kind, None, "")
    assert shown["about"]


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        ("voice", "0:04"),
        ("audio", "1:00"),
        ("sticker", "👍"),
        ("dice", "🎲 4"),
        ("location", "40.7128, -74.0060"),
        ("venue", "City Hall, City Hall Park"),
        ("poll", "Which line first? Mine / The office's"),
    ],
)
def test_the_line_says_it_in_few_words(phone: Telegram, kind: str, about: str) -> None:
    act(phone, kind)
    assert screen(phone)["messages"][0]["about"] == about


def test_animations_and_venues_carry_what_old_bots_look_for(phone: Telegram) -> None:
    act(phone, "animation")
    message = last_update(phone).message
    assert message is not None
    assert message.animation is not None
    assert message.document is not None
    assert message.document.file_id == message.animation.file_id
    act(phone, "venue")
    message = last_update(phone).message
    assert message is not None
    assert message.venue is not None
    assert message.location == message.venue.location


@pytest.mark.parametrize("kind", OTHERS)
def test_only_some_kinds_have_a_caption(phone: Telegram, kind: str) -> None:
    if kind not in CAPTIONED:
        with pytest.raises(ValueError, match="no caption"):
            act(phone, kind, caption="listen")
        return
    act(phone, kind, caption="listen")
    assert (screen(phone)["messages"][0]["kind"], screen(phone)["messages"][0]["text"]) == (kind, "listen")


@pytest.mark.parametrize(
    ("asked", "number", "user_id", "forwarded", "about"),
    [
        ({}, "+14154218832", CHAT, False, "Ann · +14154218832"),
        ({"phone": "14155550100", "name": "Ana Torres"}, "14155550100", CHAT, False, "Ana Torres · 14155550100"),
        ({"whose": "other"}, "+12125550123", None, False, "Maria Torres · +12125550123"),
        ({"forwarded": True}, "+14154218832", CHAT, True, "Ann · +14154218832"),
    ],
    ids=["own", "own, another number", "somebody else's", "own, but forwarded"],
)
def test_a_contact_is_ones_own_or_anothers(
    phone: Telegram, asked: dict[str, Any], number: str, user_id: int | None, forwarded: bool, about: str
) -> None:
    phone.say(CHAT, "hello", user={"first_name": "Ann"})
    act(phone, "contact", **asked)
    message = last_update(phone).message
    assert message is not None
    assert message.contact is not None
    assert (message.contact.phone_number, message.contact.user_id) == (number, user_id)
    assert (message.forward_origin is not None) == forwarded
    shown = screen(phone)["messages"][-1]
    assert (shown["kind"], shown["about"]) == ("contact", about)


def test_a_forwarded_text_names_who_wrote_it_and_cannot_be_edited(phone: Telegram) -> None:
    number = act(phone, "forward", text="/start my port", **{"from": "Bob"})["message_id"]
    message = last_update(phone).message
    assert message is not None
    assert message.forward_origin is not None
    assert (message.text, message.forward_origin.type) == ("/start my port", "hidden_user")
    (shown,) = screen(phone)["messages"]
    assert (shown["kind"], shown["text"], shown["forwarded_from"]) == ("text", "/start my port", "Bob")
    with pytest.raises(ValueError, match="cannot be edited"):
        act(phone, "edit", message_id=number, text="x")


def test_an_album_is_several_messages_of_one_group_with_one_caption(phone: Telegram) -> None:
    contents = [base64.b64encode(page).decode() for page in (b"one", b"two")]
    numbers = act(phone, "album", contents=contents, caption="my bill", kind="document", name="p.pdf")["message_ids"]
    first, second = screen(phone)["messages"]
    assert [first["id"], second["id"]] == numbers
    assert [first["text"], second["text"]] == ["my bill", ""]
    assert first["album"] == second["album"] != ""
    assert phone.content(second["document"]["file_id"]) == b"two"
    updates = [update["message"] for update in phone.updates.waiting(phone.clock())]
    assert {update["media_group_id"] for update in updates} == {first["album"]}
    act(phone, "album")
    pages = screen(phone)["messages"][2:]
    assert [page["document"]["is_photo"] for page in pages] == [True, True, True]
    assert pages[0]["album"] == pages[2]["album"] != first["album"]
    assert len({phone.content(page["document"]["file_id"]) for page in pages}) == 3


@pytest.mark.parametrize("count", [1, 11])
def test_an_album_has_two_to_ten_parts(phone: Telegram, count: int) -> None:
    with pytest.raises(ValueError, match="2 to 10"):
        phone.album(CHAT, [Upload("a.jpg", "image/jpeg", b"x")] * count)
    assert not screen(phone)["messages"]


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("album", {"contents": "one"}, "contents must be a list"),
        ("album", {"contents": [1, 2]}, "contents must be a text"),
        ("album", {"kind": "poster"}, "kind must be document or photo"),
        ("contact", {"whose": "mine"}, "whose must be own or other"),
        ("forward", {}, "text must be a text"),
    ],
)
def test_what_is_asked_wrong_is_said(phone: Telegram, name: str, body: dict[str, Any], words: str) -> None:
    with pytest.raises(AskedWrongError, match=words):
        act(phone, name, **body)
    assert not screen(phone)["messages"]


def test_a_caption_can_be_edited_and_what_has_no_words_cannot(phone: Telegram) -> None:
    number = act(phone, "sample_photo", caption="page 1")["message_id"]
    act(phone, "edit", message_id=number, text="page 2")
    edited = last_update(phone).edited_message
    assert edited is not None
    assert (edited.caption, edited.text, bool(edited.photo)) == ("page 2", None, True)
    (shown,) = screen(phone)["messages"]
    assert (shown["text"], shown["edited"], shown["kind"]) == ("page 2", True, "photo")
    sticker = act(phone, "sticker")["message_id"]
    with pytest.raises(ValueError, match="cannot be edited"):
        act(phone, "edit", message_id=sticker, text="x")


# the photo


def test_the_sample_photo_is_a_jpeg_that_decodes_to_ink_on_paper() -> None:
    photo = sample_photo(date(2026, 11, 2))
    assert (photo[:4], photo[-2:]) == (b"\xff\xd8\xff\xe0", b"\xff\xd9")
    segments = _segments(photo)
    assert list(segments) == [0xE0, 0xDB, 0xC0, 0xC4, 0xDA]
    height, width = (int.from_bytes(segments[0xC0][at : at + 2], "big") for at in (1, 3))
    shades = _decoded(photo[photo.index(b"\xff\xda") + 10 : -2], height * width // 64)
    assert set(shades) == {235, 30}
    rows = [
        "".join(" #"[shade == 30] for shade in shades[at : at + width // 8]) for at in range(0, len(shades), width // 8)
    ]
    assert [row[4:16] for row in rows[4:11]] == [  # the first two letters of SAMPLE
        " ####  ###  ",
        "#     #   # ",
        "#     #   # ",
        " ###  #   # ",
        "    # ##### ",
        "    # #   # ",
        "####  #   # ",
    ]


def _segments(photo: bytes) -> dict[int, bytes]:
    found, at = {}, 2
    while photo[at + 1] != 0xDA:
        length = int.from_bytes(photo[at + 2 : at + 4], "big")
        found[photo[at + 1]] = photo[at + 4 : at + 2 + length]
        at += 2 + length
    return {**found, 0xDA: photo[at:]}


def _decoded(scan: bytes, count: int) -> list[int]:
    """Read as many blocks, each a difference and the end of the block."""
    bits = "".join(f"{byte:08b}" for byte in scan.replace(b"\xff\0", b"\xff"))
    shades, at, shade = [], 0, 128
    for _ in range(count):
        size = next(size for size, code in enumerate(SIZES) if bits.startswith(code, at))
        at += len(SIZES[size])
        value = int(bits[at : at + size] or "0", 2)
        shade += value if not size or bits[at] == "1" else value - (1 << size) + 1
        at += size
        assert bits[at] == "0"
        at += 1
        shades.append(shade)
    assert len(bits) - at < 8
    return shades


# what the page is told


async def test_typing_shows_for_five_seconds_or_until_something_is_said(scene: Scene) -> None:
    now = scene.telegram.clock()
    scene.telegram.clock = lambda: now
    scene.telegram.say(CHAT, "hello")
    assert not screen(scene.telegram)["typing"]
    await scene.bot.send_chat_action(CHAT, "upload_document")
    assert not screen(scene.telegram)["typing"]
    await scene.bot.send_chat_action(CHAT, "typing")
    scene.telegram.say(CHAT, "and more")
    assert screen(scene.telegram)["typing"]
    assert not customer.screen(scene.telegram, OTHER_CHAT)["typing"]
    scene.telegram.clock = lambda: now + 5
    assert not screen(scene.telegram)["typing"]
    await scene.bot.send_chat_action(CHAT, "typing")
    await scene.bot.send_message(CHAT, "there")
    assert not screen(scene.telegram)["typing"]


async def test_an_answer_to_a_press_is_read_for_five_seconds(scene: Scene) -> None:
    scene.telegram.say(CHAT, "hello")
    sent = await scene.bot.send_message(CHAT, "choose", reply_markup=keyboard("go"))
    silent = scene.telegram.press(CHAT, sent.id, "go")
    await scene.bot.answer_callback_query(silent)
    assert screen(scene.telegram)["toast"] is None
    now = scene.telegram.clock()
    scene.telegram.clock = lambda: now
    number = scene.telegram.press(CHAT, sent.id, "go")
    await scene.bot.answer_callback_query(number, "That is changed now.", show_alert=True)
    assert screen(scene.telegram)["toast"] == {"id": number, "text": "That is changed now.", "alert": True, "at": now}
    assert customer.screen(scene.telegram, OTHER_CHAT)["toast"] is None
    await scene.bot.answer_callback_query(scene.telegram.press(CHAT, sent.id, "go"), "Kept.")
    assert screen(scene.telegram)["toast"]["alert"] is False
    scene.telegram.clock = lambda: now + 5
    assert screen(scene.telegram)["toast"] is None


async def test_the_menu_shows_the_narrowest_commands_in_the_customers_language(scene: Scene) -> None:
    def menu() -> list[str]:
        return [command["description"] for command in screen(scene.telegram)["commands"]]

    assert menu() == []
    scene.telegram.say(CHAT, "hola", user={"language_code": "es"})
    await scene.bot.set_my_commands([BotCommand("start", "Begin")])
    assert screen(scene.telegram)["commands"] == [{"command": "start", "description": "Begin"}]
    await scene.bot.set_my_commands([BotCommand("start", "Empezar")], language_code="es")
    assert menu() == ["Empezar"]
    await scene.bot.set_my_commands([BotCommand("start", "Private")], scope=BotCommandScopeAllPrivateChats())
    assert menu() == ["Private"]
    await scene.bot.set_my_commands([BotCommand("start", "Yours")], scope=BotCommandScopeChat(CHAT))
    assert menu() == ["Yours"]


async def test_a_message_that_came_with_a_keyboard_for_the_phone_cannot_be_edited(scene: Scene) -> None:
    scene.telegram.say(CHAT, "hello")
    markups: tuple[Any, ...] = (ForceReply(), ReplyKeyboardRemove())
    for markup in markups:
        sent = await scene.bot.send_message(CHAT, "name?", reply_markup=markup)
        with pytest.raises(BadRequest, match="Message can't be edited"):
            await scene.bot.edit_message_text("your name?", CHAT, sent.id)


async def test_a_message_that_was_deleted_cannot_be_edited(scene: Scene) -> None:
    scene.telegram.say(CHAT, "hello")
    sent = await scene.bot.send_message(CHAT, "one")
    await scene.bot.delete_message(CHAT, sent.id)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await scene.bot.edit_message_text("two", CHAT, sent.id)
    assert [message["text"] for message in screen(scene.telegram)["messages"]] == ["hello"]


def test_a_snapshot_of_an_older_version_is_taken_up(phone: Telegram) -> None:
    kept = phone.snapshot()
    kept["state"]["queries"] = {"4": {"at": 1.0, "answered": False}}
    phone.restore(kept)
    assert phone.state.queries["4"].chat_id == 0
