"""What of a long message arrives: the sandbox of Telegram reads markup and measures text as Telegram does."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from telegram import Bot

from bot.clock import utc_now
from bot.sending import Sent
from bot.telegram.request import AiohttpRequest
from bot.telegram.sender import LONGEST_MESSAGE, TelegramSender, fit
from bot.wording import sentences
from domain.desk.keeping import Waiting
from domain.desk.replying import LONGEST_REPLY
from domain.desk.state import Owed
from sandbox.faults import Faults
from sandbox.record import Record
from sandbox.serve import serve
from sandbox.telegram import Message, Telegram
from sandbox.telegram.markup import parse, units
from tests.ground import open_store

ANNA = 5001
Say = Callable[[str, str], Awaitable[Message]]


@pytest.fixture
async def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Say]:
    """Send a sentence with a text in it, and return what the chat shows then."""
    monkeypatch.setitem(sentences("en"), "test.bold", "<b>The desk says: {text}</b>")
    store = await open_store(f"sqlite:///{tmp_path}/desk.sqlite", tmp_path, None)
    request, telegram = AiohttpRequest(timeout=2), Telegram(Record(), Faults())
    telegram.state.arrive(ANNA, None)
    async with serve(Starlette(routes=[*telegram.routes])) as url:
        sender = TelegramSender(Bot(telegram.token, base_url=f"{url}/bot", request=request), request, store, utc_now)

        async def send(key: str, text: str) -> Message:
            owed = Owed(1, "say", f"chat:{ANNA}", str(ANNA), key, "once", {"text": text})
            assert isinstance(await sender.send(Waiting(owed, 0, 0)), Sent)
            return telegram.chat(ANNA)[-1]

        try:
            yield send
        finally:
            await request.shutdown()
            await store.close()
            await telegram.close()


@pytest.mark.parametrize("text", ["&" * 2000, "<" * 2000, "word " * 799 + "ended", "\U0001f4f1" * LONGEST_REPLY])
@pytest.mark.parametrize("key", ["reply.text", "test.bold"])
async def test_a_long_text_that_telegram_takes_arrives_whole(say: Say, key: str, text: str) -> None:
    shown = await say(key, text)
    assert shown.text.endswith(text)
    assert not shown.text.endswith("…")


@pytest.mark.parametrize("text", ["&" * 5000, "<b>" * 2000, "words " * 900, "\U0001f4f1" * 2100])
@pytest.mark.parametrize("key", ["reply.text", "test.bold"])
async def test_a_text_that_is_too_long_arrives_as_far_as_it_may_and_shows_that_it_was_cut(
    say: Say, key: str, text: str
) -> None:
    shown = (await say(key, text)).text
    assert shown.endswith("…")
    assert LONGEST_MESSAGE - 2 <= units(shown) <= LONGEST_MESSAGE
    assert text.startswith(re.split(r"desk:\n|says: ", shown)[1].removesuffix("…"))


def test_a_message_of_just_the_longest_length_is_left_as_it_is() -> None:
    text = "<b>&amp;</b>" + "x" * (LONGEST_MESSAGE - 1)
    assert fit(text) == text
    assert fit(f"{text}x") == "<b>&amp;</b>" + "x" * (LONGEST_MESSAGE - 2) + "…"


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from(["a", "word ", "&amp;", "&lt;", "\U0001f4f1", "<b>{}</b>", "<i>{}</i>x"]), max_size=9),
    st.integers(400, 900),
)
def test_however_a_text_is_made_it_is_cut_to_markup_that_telegram_reads(pieces: list[str], times: int) -> None:
    text = "{}".join(pieces).replace("{}", "&gt;in<b>ner</b>") * times
    cut = fit(text)
    shown, whole = parse(cut), parse(text)
    assert units(shown.text) <= LONGEST_MESSAGE
    assert whole.text.startswith(shown.text.removesuffix("…"))
    assert (cut == text) == (units(parse(f"{text}.").text) - 1 <= LONGEST_MESSAGE)
