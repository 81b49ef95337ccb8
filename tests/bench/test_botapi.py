"""The loopback Bot API judges bots fairly, over what real clients and raw sockets send."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update

from bench.botapi import serve
from bench.customers import Load, Verdict
from bench.kills import endure
from bench.measure import Stage, read_verdict, syncs_of
from bench.ours import ours
from bench.scripts import (
    DONE,
    QUESTIONS,
    Button,
    Press,
    Rule,
    Say,
    UnexpectedTextError,
    Wait,
    by_rules,
    intake,
    interview,
    told,
)
from bench.wire import take_request


@pytest.fixture
async def port() -> AsyncIterator[int]:
    server = await serve(0)
    yield server.sockets[0].getsockname()[1]
    server.close()


@pytest.fixture
async def bot(port: int) -> AsyncIterator[Bot]:
    async with Bot("123456:bench", base_url=f"http://127.0.0.1:{port}/bot") as bot:
        yield bot


def spoken(path: str, body: bytes = b"", kind: str = "application/json") -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def read_answer(reader: asyncio.StreamReader) -> Any:
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    return orjson.loads(await reader.readexactly(length))


async def order(port: int, name: str, load: Load | None = None) -> Any:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(spoken(f"/bench/{name}", orjson.dumps(asdict(load)) if load else b""))
    answer = await asyncio.wait_for(read_answer(reader), 5)
    writer.close()
    await writer.wait_closed()
    return answer


async def verdict(port: int, name: str = "state") -> Verdict:
    return read_verdict(await order(port, name))


async def heard(bot: Bot, offset: int | None = None) -> Update:
    (update,) = await bot.get_updates(offset=offset, timeout=1)
    return update


async def interviewed(bot: Bot, texts: tuple[str, ...]) -> list[str]:
    lines: list[str] = []
    offset = 0
    for text in texts:
        update = await heard(bot, offset)
        offset = update.update_id + 1
        assert update.message is not None
        lines.append(update.message.text or "")
        await bot.send_message(update.message.chat_id, text)
    return lines


async def test_a_bot_that_asks_everything_in_order_is_clean(port: int, bot: Bot) -> None:
    await order(port, "start", Load(turns=len(QUESTIONS) + 1))
    lines = await interviewed(bot, (*QUESTIONS, DONE))
    seen = await verdict(port, "wait")
    assert lines[0] == "/start"
    assert lines[2] == "Verizon Wireless"
    assert seen.is_clean
    assert (seen.turns, seen.conversations) == (10, 1)


async def test_an_update_not_confirmed_is_handed_out_again(port: int, bot: Bot) -> None:
    await order(port, "start", Load(turns=1))
    first = await heard(bot)
    again = await heard(bot)
    assert first.update_id == again.update_id


async def test_a_second_equal_answer_is_doubled_beyond_what_a_crash_allows(port: int, bot: Bot) -> None:
    await order(port, "start", Load(turns=5))
    await interviewed(bot, (QUESTIONS[0], QUESTIONS[0]))
    seen = await verdict(port)
    assert (seen.doubled, seen.doubled_beyond) == (1, 1)


async def test_one_repeat_for_a_chat_after_a_crash_is_allowed_and_a_second_is_not(port: int, bot: Bot) -> None:
    await order(port, "start", Load(turns=5))
    update = await heard(bot)
    assert update.message is not None
    await bot.send_message(update.message.chat_id, QUESTIONS[0])
    await order(port, "crash")
    await bot.send_message(update.message.chat_id, QUESTIONS[0])
    once = await verdict(port)
    await bot.send_message(update.message.chat_id, QUESTIONS[0])
    twice = await verdict(port)
    assert (once.doubled, once.doubled_beyond) == (1, 0)
    assert (twice.doubled, twice.doubled_beyond) == (2, 1)


async def test_a_wrong_answer_and_one_out_of_order_are_told_apart(port: int, bot: Bot) -> None:
    await order(port, "start", Load(turns=5))
    lines = await interviewed(bot, ("What?", QUESTIONS[4]))
    seen = await verdict(port)
    assert lines == ["/start", "/start"]
    assert (seen.wrong, seen.out_of_order, seen.turns) == (1, 1, 0)


async def test_an_answer_that_never_comes_is_missing(port: int, bot: Bot) -> None:
    await order(port, "start", Load(seconds=0.05, drain=0.05))
    await heard(bot)
    seen = await verdict(port, "wait")
    assert seen.missing == 1


async def test_a_confirmed_line_left_unanswered_is_said_again_and_a_bot_that_forgot_has_lost_it(
    port: int, bot: Bot
) -> None:
    await order(port, "start", Load(turns=5, patience=0.05))
    await interviewed(bot, (QUESTIONS[0],))
    update = await heard(bot, 2)
    again = await heard(bot, update.update_id + 1)
    assert update.message is not None
    assert again.message is not None
    assert again.message.text == update.message.text
    await bot.send_message(again.message.chat_id, "Who are you?")
    seen = await verdict(port)
    assert (seen.unanswered, seen.lost, seen.wrong) == (1, 1, 0)


async def test_a_message_sent_late_is_answered_and_seen_late(port: int, bot: Bot) -> None:
    await order(port, "start", Load(turns=1, delay=0.1))
    update = await heard(bot)
    assert update.message is not None
    sending = asyncio.create_task(bot.send_message(update.message.chat_id, QUESTIONS[0]))
    seen = await verdict(port)
    assert (seen.turns, sending.done()) == (0, False)
    await sending
    assert (await verdict(port, "wait")).turns == 1


async def test_the_buttons_of_a_real_client_can_be_pressed(port: int, bot: Bot) -> None:
    await order(port, "start", Load(script="bench.scripts:intake", turns=5))
    update = await heard(bot)
    assert update.message is not None
    yes = InlineKeyboardMarkup([[InlineKeyboardButton("Yes, stop it", callback_data="7.1.yes")]])
    sent = await bot.send_message(update.message.chat_id, "Shall I throw away what you have told me?", reply_markup=yes)
    press = await heard(bot, update.update_id + 1)
    assert press.callback_query is not None
    assert press.callback_query.message is not None
    assert press.callback_query.data == "7.1.yes"
    assert press.callback_query.message.message_id == sent.message_id


async def test_other_methods_of_a_real_client_are_answered(bot: Bot) -> None:
    assert (await bot.get_me()).username == "bench_bot"
    assert await bot.set_my_commands([("start", "Begin")])
    assert await bot.delete_message(1, 2)
    assert await bot.answer_callback_query("1")
    assert (await bot.get_file("F")).file_size == 1
    edited = await bot.edit_message_text("New", 1, 2)
    assert isinstance(edited, bool) or edited.message_id == 2
    sent = await bot.send_document(1, b"%PDF-", caption="Letter")
    assert sent.chat.id == 1


async def test_pipelined_requests_are_answered_in_order_behind_an_open_poll(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    poll = spoken("/bot1:x/getUpdates", b'{"timeout":0.05}')
    writer.write(poll + spoken("/bot1:x/getMe") + spoken("/slack/api/auth.test"))
    answers = [await asyncio.wait_for(read_answer(reader), 5) for _ in range(3)]
    writer.close()
    await writer.wait_closed()
    assert answers[0]["result"] == []
    assert answers[1]["result"]["username"] == "bench_bot"
    assert answers[2]["team_id"] == "T0BENCH"


@pytest.mark.parametrize(
    "sent",
    [
        spoken("/x", b'{"chat_id":"7","text":"a & b"}'),
        spoken("/x", b"chat_id=7&text=a+%26+b", "application/x-www-form-urlencoded"),
        spoken(
            "/x",
            b'--B\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n7\r\n'
            b'--B\r\nContent-Disposition: form-data; name="text"\r\n\r\na & b\r\n'
            b'--B\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nxx\r\n--B--\r\n',
            "multipart/form-data; boundary=B",
        ),
        b"POST /x HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        b'e\r\n{"chat_id":"7"\r\n10\r\n,"text":"a & b"}\r\n0\r\n\r\n',
        b"GET /x?chat_id=7&text=a+%26+b HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
    ids=["json", "form", "multipart", "chunked", "query"],
)
def test_a_request_is_read_once_all_of_it_is_there(sent: bytes) -> None:
    buffer = bytearray()
    for byte in sent[:-1]:
        buffer.append(byte)
        assert take_request(buffer) is None
    buffer += sent[-1:] + b"GET"
    request = take_request(buffer)
    assert request is not None
    assert request.fields() == {"chat_id": "7", "text": "a & b"}
    assert buffer == b"GET"


def test_every_conversation_has_another_number() -> None:
    assert told("{number}", 0) == "415-200-0000"
    assert told("{number}", 10_000) == "415-201-0000"
    assert len({told("{number}", serial) for serial in range(0, 3_000_000, 997)}) == len(range(0, 3_000_000, 997))


def test_rules_say_press_wait_and_end() -> None:
    script = by_rules((Rule("bye", ends=True), Rule("hold"), Rule("sure", press="Yes"), Rule("name", say="Maria")))
    assert script("", ()) == Say("/start")
    assert script("Your name?", ()) == Say("Maria")
    assert script("Please hold", ()) == Wait()
    assert script("Are you sure?", (Button("No", "n"), Button("Yes", "y"))) == Press("y")
    assert script("Are you sure?", (Button("Yes"),)) == Say("Yes")
    assert script("bye", ()) is None
    with pytest.raises(UnexpectedTextError):
        script("Are you sure?", ())


def test_the_interview_expects_its_questions_from_the_first_on() -> None:
    script = interview()
    script("", ())
    with pytest.raises(UnexpectedTextError):
        script(QUESTIONS[1], ())
    assert isinstance(script(QUESTIONS[0], ()), Say)
    assert isinstance(intake()("", ()), Say)


def test_an_app_is_started_healthy_played_and_killed() -> None:
    standin = ours(Path(__file__).with_name("standin.py"))
    with Stage(replace(standin, name="standin")) as stage:
        played = stage.play(Load(users=3, turns=30))
        assert played.verdict.is_clean
        assert played.verdict.conversations >= 9
        endured = endure(stage, kills=1, users=2, seed=1)
        assert endured.kills == 1
        assert not endured.verdict.wrong


def test_syncs_of_checkpoints_are_told_from_syncs_of_turns() -> None:
    trace = (
        "7 fdatasync(9</d/desk.db-wal>) = 0\n7 fdatasync(9</d/desk.db-wal>) = 0\n"
        "8 fdatasync(9</d/desk.db-wal> <unfinished ...>\n8 <... fdatasync resumed>) = 0\n"
        "7 fdatasync(5</d/desk.db>) = 0\n7 fsync(4</d/files/a>) = 0\n"
    )
    found = syncs_of(trace)
    assert (found.total, found.checkpoints, found.of_turns) == (5, 1, 3)
