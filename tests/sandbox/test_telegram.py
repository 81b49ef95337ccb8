"""What a bot says and changes in the sandbox's Telegram, as the real python-telegram-bot sees it."""

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import telegram
from telegram import (
    Bot,
    BotCommand,
    ForceReply,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden, InvalidToken
from telegram.request import HTTPXRequest

from tests.sandbox.telegram_scene import CHAT, DAY, FIRST, Scene, keyboard, staged


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with staged() as found:
        yield found


@pytest.fixture(autouse=True)
def _waits_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # else python-telegram-bot warns at every RetryAfter


async def test_a_bot_learns_who_it_is(scene: Scene) -> None:
    me = await scene.bot.get_me()
    assert (me.id, me.is_bot, me.username) == (123456, True, "port_of_call_sandbox_bot")


async def test_what_a_customer_says_arrives_with_its_command_marked(scene: Scene) -> None:
    number = scene.telegram.say(CHAT, "😀 /start now", user={"first_name": "Ann", "username": "ann"})
    (update,) = await scene.updates()
    message = update.message
    assert message is not None
    assert message.from_user is not None
    assert (update.update_id, message.message_id, message.chat.id) == (FIRST, number, CHAT)
    assert message.from_user.first_name == "Ann"
    assert message.parse_entities(["bot_command"]) == {message.entities[0]: "/start"}


async def test_a_message_shows_on_the_screen_and_in_the_answer(scene: Scene) -> None:
    quoted = scene.telegram.say(CHAT, "hello")
    sent = await scene.bot.send_message(
        CHAT,
        "<b>Fish</b> &amp; <i>chips 😀</i>",
        parse_mode="HTML",
        reply_markup=keyboard("yes", "no"),
        reply_parameters=ReplyParameters(quoted),
    )
    assert sent.text_html == "<b>Fish</b> &amp; <i>chips 😀</i>"
    assert sent.reply_to_message is not None
    shown = scene.telegram.chat(CHAT)[-1]
    assert (shown.id, shown.from_bot, shown.text, shown.kind) == (sent.id, True, "Fish & chips 😀", "text")
    assert shown.html == sent.text_html
    assert shown.keyboard == ((("YES", "yes"),), (("NO", "no"),))
    assert (shown.reply_to, shown.edited) == (quoted, False)
    (call,) = scene.record.of("telegram", "sendMessage", effective=True)
    assert (call.status, call.params["chat_id"]) == (200, CHAT)
    assert call.params["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "yes"
    assert call.answer["result"]["message_id"] == sent.id


async def test_times_are_whole_unix_seconds(scene: Scene) -> None:
    scene.telegram.clock = lambda: 1_800_000_000.75
    scene.telegram.say(CHAT, "hello")
    _, answer = await scene.call("sendMessage", chat_id=CHAT, text="hello")
    assert answer["result"]["date"] == 1_800_000_000


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"text": "hello"}, "chat_id is empty"),
        ({"chat_id": 9, "text": "hello"}, "chat not found"),
        ({"chat_id": "@someone", "text": "hello"}, "chat not found"),
        ({"chat_id": CHAT}, "message text is empty"),
        ({"chat_id": CHAT, "text": " \n\t"}, "message text is empty"),
        ({"chat_id": CHAT, "text": "x" * 4097}, "message is too long"),
        ({"chat_id": CHAT, "text": "😀" * 2049}, "message is too long"),
        ({"chat_id": CHAT, "text": "x", "parse_mode": "Wiki"}, "unsupported parse_mode"),
        ({"chat_id": CHAT, "text": "x", "reply_markup": "oops"}, "object expected as reply markup"),
        ({"chat_id": CHAT, "text": "x", "reply_markup": "{oops"}, "object expected as reply markup"),
        (
            {"chat_id": CHAT, "text": "x", "reply_markup": {"x": 1}},
            "can't parse reply keyboard markup JSON object",
        ),
        (
            {"chat_id": CHAT, "text": "x", "reply_markup": {"inline_keyboard": [1]}},
            'field "inline_keyboard" of the ReplyMarkup must be an Array of Arrays',
        ),
        ({"chat_id": CHAT, "text": "x", "entities": [1]}, "can't parse entities JSON object"),
        (
            {"chat_id": CHAT, "text": "x", "reply_parameters": {"message_id": 9999}},
            "message to be replied not found",
        ),
    ],
)
async def test_a_message_that_telegram_refuses(scene: Scene, params: dict[str, Any], description: str) -> None:
    scene.telegram.say(CHAT, "hello")
    status, answer = await scene.call("sendMessage", **params)
    assert status == 400
    assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {description}"}
    assert len(scene.telegram.chat(CHAT)) == 1
    assert not scene.record.of("telegram", "sendMessage", effective=True)


async def test_length_is_counted_in_utf_16_after_the_markup_is_read(scene: Scene) -> None:
    scene.telegram.say(CHAT, "hello")
    sent = await scene.bot.send_message(CHAT, f"<b>{'&amp;' * 4096}</b>", parse_mode="HTML")
    assert sent.text == "&" * 4096
    assert (await scene.bot.send_message(CHAT, "😀" * 2048)).text == "😀" * 2048


@pytest.mark.parametrize(
    ("button", "description"),
    [
        ({"text": "x", "callback_data": "й" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"callback_data": "x"}, "can't parse inline keyboard button: Can't find field \"text\""),
        ("x", "can't parse inline keyboard button: Object expected"),
        ({"text": "x", "url": "nowhere"}, "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
    ],
)
async def test_a_button_that_telegram_refuses(scene: Scene, button: Any, description: str) -> None:
    scene.telegram.say(CHAT, "hello")
    markup = {"inline_keyboard": [[button]]}
    _, answer = await scene.call("sendMessage", chat_id=CHAT, text="x", reply_markup=json.dumps(markup))
    assert answer["description"] == f"Bad Request: {description}"


async def test_sixty_four_bytes_fit_on_a_button(scene: Scene) -> None:
    scene.telegram.say(CHAT, "hello")
    await scene.bot.send_message(CHAT, "choose", reply_markup=keyboard("й" * 32))
    assert scene.telegram.chat(CHAT)[-1].data == ("й" * 32,)


async def test_reply_keyboards_come_and_go(scene: Scene) -> None:
    scene.telegram.say(CHAT, "hello")
    share = ReplyKeyboardMarkup([[KeyboardButton("Share", request_contact=True)], ["Skip"]])
    await scene.bot.send_message(CHAT, "number?", reply_markup=share)
    await scene.bot.send_message(CHAT, "thanks", reply_markup=ReplyKeyboardRemove())
    await scene.bot.send_message(CHAT, "name?", reply_markup=ForceReply())
    assert [m.keys for m in scene.telegram.chat(CHAT)[1:]] == [(("Share",), ("Skip",)), (), None]
    scene.telegram.say(-5, "hello from a group")
    with pytest.raises(BadRequest, match="private chats only"):
        await scene.bot.send_message(-5, "number?", reply_markup=share)
    empty = {"keyboard": [[{"request_contact": True}]]}
    _, answer = await scene.call("sendMessage", chat_id=CHAT, text="x", reply_markup=empty)
    assert answer["description"] == "Bad Request: can't parse keyboard button: Can't find field \"text\""


async def test_entities_may_come_beside_the_text(scene: Scene) -> None:
    scene.telegram.say(CHAT, "hello")
    bold = telegram.MessageEntity("bold", 2, 3)
    sent = await scene.bot.send_message(CHAT, "  abc def", entities=[bold])
    assert sent.text_html == "<b>abc</b> def"


async def test_an_edit_replaces_text_and_keyboard(scene: Scene) -> None:
    scene.telegram.say(CHAT, "hello")
    sent = await scene.bot.send_message(CHAT, "one", reply_markup=keyboard("go"))
    edited = await scene.bot.edit_message_text("<b>two</b>", CHAT, sent.id, parse_mode="HTML")
    assert isinstance(edited, telegram.Message)
    assert edited.edit_date is not None
    shown = scene.telegram.chat(CHAT)[-1]
    assert (shown.text, shown.keyboard, shown.edited) == ("two", (), True)
    await scene.bot.edit_message_reply_markup(CHAT, sent.id, reply_markup=keyboard("on"))
    assert scene.telegram.chat(CHAT)[-1].data == ("on",)
    assert scene.telegram.chat(CHAT)[-1].html == "<b>two</b>"
    first = scene.record.of("telegram", "sendMessage")[0]
    assert first.answer["result"]["text"] == "one"


async def test_an_edit_that_changes_nothing_is_refused(scene: Scene) -> None:
    scene.telegram.say(CHAT, "hello")
    sent = await scene.bot.send_message(CHAT, "one", reply_markup=keyboard("go"))
    for _ in range(2):
        with pytest.raises(BadRequest, match="specified new message content and reply markup are exactly"):
            await scene.bot.edit_message_text("one", CHAT, sent.id, reply_markup=keyboard("go"))
    with pytest.raises(BadRequest, match="Message is not modified"):
        await scene.bot.edit_message_reply_markup(CHAT, sent.id, reply_markup=keyboard("go"))
    assert not scene.telegram.chat(CHAT)[-1].edited


async def test_only_the_bots_own_texts_can_be_edited(scene: Scene) -> None:
    theirs = scene.telegram.say(CHAT, "hello")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await scene.bot.edit_message_text("x", CHAT, theirs)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await scene.bot.edit_message_text("x", CHAT, 9999)
    paper = await scene.bot.send_document(CHAT, b"x", filename="x.txt")
    with pytest.raises(BadRequest, match="no text in the message to edit"):
        await scene.bot.edit_message_text("x", CHAT, paper.id)
    _, answer = await scene.call("editMessageText", chat_id=CHAT, text="x")
    assert answer["description"] == "Bad Request: message identifier is not specified"


async def test_a_message_can_be_deleted_for_two_days(scene: Scene) -> None:
    theirs = scene.telegram.say(CHAT, "my PIN is 1234")
    ours = await scene.bot.send_message(CHAT, "thanks")
    assert await scene.bot.delete_message(CHAT, theirs)
    assert [m.id for m in scene.telegram.chat(CHAT)] == [ours.id]
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await scene.bot.delete_message(CHAT, theirs)
    aged = scene.telegram.clock() + 2 * DAY + 2
    scene.telegram.clock = lambda: aged
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await scene.bot.delete_message(CHAT, ours.id)


async def test_a_bot_does_not_delete_what_others_say_in_a_group(scene: Scene) -> None:
    theirs = scene.telegram.say(-5, "hello")
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await scene.bot.delete_message(-5, theirs)


async def test_a_pressed_button_is_answered_once(scene: Scene) -> None:
    scene.telegram.say(CHAT, "hello")
    sent = await scene.bot.send_message(CHAT, "choose", reply_markup=keyboard("go"))
    number = scene.telegram.press(CHAT, sent.id, "go")
    query = (await scene.updates(offset=-1))[0].callback_query
    assert query is not None
    assert query.message is not None
    assert (query.id, query.data, query.message.message_id) == (number, "go", sent.id)
    with pytest.raises(BadRequest, match="Message_too_long"):
        await query.answer("x" * 201)
    assert await query.answer("x" * 200)
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
        await query.answer()


async def test_an_old_button_press_cannot_be_answered(scene: Scene) -> None:
    scene.telegram.say(CHAT, "hello")
    sent = await scene.bot.send_message(CHAT, "choose", reply_markup=keyboard("go"))
    number = scene.telegram.press(CHAT, sent.id, "go")
    later = scene.telegram.clock() + 61
    scene.telegram.clock = lambda: later
    with pytest.raises(BadRequest, match="Query is too old"):
        await scene.bot.answer_callback_query(number)


async def test_only_a_forced_press_reaches_a_button_that_is_gone(scene: Scene) -> None:
    scene.telegram.say(CHAT, "hello")
    sent = await scene.bot.send_message(CHAT, "choose", reply_markup=keyboard("go"))
    await scene.bot.delete_message(CHAT, sent.id)
    with pytest.raises(ValueError, match="no button 'go'"):
        scene.telegram.press(CHAT, sent.id, "go")
    scene.telegram.press(CHAT, sent.id, "go", force=True)
    query = (await scene.updates(offset=-1))[0].callback_query
    assert query is not None
    assert query.message is not None
    assert not query.message.is_accessible


async def test_a_customer_edits_what_they_said(scene: Scene) -> None:
    number = scene.telegram.say(CHAT, "/start")
    scene.telegram.edit(CHAT, number, "hello")
    edited = (await scene.updates(offset=-1))[0].edited_message
    assert edited is not None
    assert (edited.text, edited.entities, edited.edit_date is not None) == ("hello", (), True)
    ours = await scene.bot.send_message(CHAT, "x")
    with pytest.raises(ValueError, match="not the customer's"):
        scene.telegram.edit(CHAT, ours.id, "hello")


async def test_a_customer_answers_a_message(scene: Scene) -> None:
    scene.telegram.say(CHAT, "hello")
    ours = await scene.bot.send_message(CHAT, "your name?")
    scene.telegram.say(CHAT, "Ann", reply_to=ours.id)
    message = (await scene.updates(offset=-1))[0].message
    assert message is not None
    assert message.reply_to_message is not None
    assert message.reply_to_message.text == "your name?"
    with pytest.raises(ValueError, match="no message 9999"):
        scene.telegram.say(CHAT, "Ann", reply_to=9999)


async def test_a_blocked_bot_is_told_so_until_it_is_unblocked(scene: Scene) -> None:
    scene.telegram.say(CHAT, "hello")
    scene.telegram.block(CHAT)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await scene.bot.send_message(CHAT, "x")
    scene.telegram.unblock(CHAT)
    await scene.bot.send_message(CHAT, "x")
    turns = [u.my_chat_member for u in await scene.updates() if u.my_chat_member]
    assert [t.new_chat_member.status for t in turns] == ["kicked", "member"]


async def test_chat_actions_are_only_recorded(scene: Scene) -> None:
    scene.telegram.say(CHAT, "hello")
    assert await scene.bot.send_chat_action(CHAT, "typing")
    assert [c.params["action"] for c in scene.record.of("telegram", "sendChatAction")] == ["typing"]
    with pytest.raises(BadRequest, match="Wrong parameter action"):
        await scene.bot.send_chat_action(CHAT, "dancing")


async def test_commands_words_and_the_menu_button_are_kept(scene: Scene) -> None:
    bot = scene.bot
    await bot.set_my_commands([BotCommand("start", "Begin")])
    await bot.set_my_commands([BotCommand("start", "Empezar")], language_code="es")
    assert [c.description for c in await bot.get_my_commands()] == ["Begin"]
    assert [c.description for c in await bot.get_my_commands(language_code="es")] == ["Empezar"]
    await bot.delete_my_commands(language_code="es")
    assert await bot.get_my_commands(language_code="es") == ()
    await bot.set_my_description("Ports numbers")
    await bot.set_my_short_description("Ports")
    await bot.set_my_name("Porter")
    assert (await bot.get_my_description()).description == "Ports numbers"
    assert (await bot.get_my_short_description()).short_description == "Ports"
    assert (await bot.get_my_name()).name == "Porter"
    await bot.set_chat_menu_button(menu_button=telegram.MenuButtonCommands())
    assert (await bot.get_chat_menu_button()).type == "commands"


@pytest.mark.parametrize(
    ("command", "description", "error"),
    [
        ("Start!", "Begin", "BOT_COMMAND_INVALID"),
        ("start", "", "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("start", "x" * 257, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ],
)
async def test_a_command_that_telegram_refuses(scene: Scene, command: str, description: str, error: str) -> None:
    commands = [{"command": command, "description": description}]
    _, answer = await scene.call("setMyCommands", commands=commands)
    assert answer["description"] == f"Bad Request: {error}"
    _, answer = await scene.call("setMyCommands", commands=commands * 101)
    assert answer["description"] == "Bad Request: BOT_COMMANDS_TOO_MUCH"


async def test_a_description_that_is_too_long_is_refused(scene: Scene) -> None:
    with pytest.raises(BadRequest, match="Short description is too long"):
        await scene.bot.set_my_short_description("x" * 121)


async def test_a_wrong_token_or_method_is_turned_away_and_recorded(scene: Scene) -> None:
    async with HTTPXRequest() as request:
        with pytest.raises(InvalidToken):
            await Bot("123456:other", base_url=f"{scene.url}/bot", request=request).get_me()
    status, answer = await scene.call("sendTelepathy")
    assert (status, answer["description"]) == (404, "Not Found: method not found")
    assert [c.status for c in scene.record][-2:] == [401, 404]


async def test_calls_come_as_query_form_or_json_alike(scene: Scene) -> None:
    scene.telegram.say(CHAT, "hello")
    url = f"{scene.url}/bot{scene.telegram.token}/sendmessage"
    given = {"chat_id": str(CHAT), "text": "x"}
    async with aiohttp.ClientSession() as session:
        async with session.get(url, params=given) as response:
            assert response.status == 200
        async with session.post(url, data=given) as response:
            assert response.status == 200
        async with session.post(url, json=given) as response:
            assert response.status == 200
        for broken in ("{", "[]"):
            headers = {"content-type": "application/json"}
            async with session.post(url, data=broken, headers=headers) as response:
                assert response.status == 400
    sent = scene.record.of("telegram", "sendMessage", effective=True)
    assert [c.params for c in sent] == [{"chat_id": CHAT, "text": "x"}] * 3


async def test_an_answer_to_a_lost_message_may_go_without_it(scene: Scene) -> None:
    scene.telegram.say(CHAT, "hello")
    lost = ReplyParameters(9999, allow_sending_without_reply=True)
    sent = await scene.bot.send_message(CHAT, "x", reply_parameters=lost)
    assert sent.reply_to_message is None


async def test_a_number_that_is_none_is_read_as_zero(scene: Scene) -> None:
    scene.telegram.say(CHAT, "hello")
    _, answer = await scene.call("deleteMessage", chat_id=CHAT, message_id="first")
    assert answer["description"] == "Bad Request: message to delete not found"
