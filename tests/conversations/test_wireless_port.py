"""A wireless number from hello to moved, through the real clients; judged by what the servers show and recorded."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.telegram import Message
from tests.house import CUSTOMER, Desk, Platforms, fill_in, open_desk, reference


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with Platforms().served() as platforms, open_desk(platforms, tmp_path) as opened:
        yield opened


async def sign(desk: Desk) -> str:
    await desk.press("All correct")
    return await desk.say("Maria Alvarez")


async def test_a_number_goes_from_hello_to_moved(desk: Desk) -> None:
    review = await fill_in(desk)
    assert "Please look it over" in review
    assert "998877665" not in review
    asked = await sign(desk)
    assert "transfer PIN" in asked
    done = await desk.say("482913")
    ref = reference(desk)
    assert "with our desk" in done
    card = desk.cards()[0]
    assert ref in str(card.blocks)
    assert "482913" not in str(card.blocks)
    for wish, heard in (
        (f"submit {ref} 88123", "sent your request"),
        (f"advance {ref}", "reviewing"),
        (f"advance {ref}", "waiting for the date"),
        (f"date {ref} next tue", "is to move on"),
        (f"complete {ref}", "has moved"),
    ):
        answer = await desk.port(wish)
        assert ref in answer, wish
        assert heard in desk.shown(), wish
    assert len(desk.cards()) == 1


async def test_secrets_vanish_from_the_chat(desk: Desk) -> None:
    await fill_in(desk)
    await sign(desk)
    await desk.say("482913")
    said = [m.text for m in desk.screen(CUSTOMER) if isinstance(m, Message)]
    assert not any("482913" in text or "998877665" in text for text in said)


async def test_a_wrong_pin_reopens_the_pin_alone(desk: Desk) -> None:
    await fill_in(desk)
    await sign(desk)
    await desk.say("482913")
    ref = reference(desk)
    await desk.port(f"submit {ref}")
    await desk.port(f"reject {ref} wrong pin: 8C passcode")
    assert "PIN is wrong" in desk.shown()
    answer = await desk.say("771155")
    assert "send your request" in answer
    assert "submitted" in (await desk.port(f"submit {ref}")).lower() or ref in await desk.port(f"show {ref}")
    assert "sent your request" in desk.shown()
