"""A wireless number from hello to moved, through the real clients; judged by what the servers show and recorded."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.telegram import Message
from tests.house import CUSTOMER, Desk, Platforms, fill_in, open_desk, reference, sign, take_to_moved


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with Platforms().served() as platforms, open_desk(platforms, tmp_path) as opened:
        yield opened


async def test_a_number_goes_from_hello_to_moved(desk: Desk) -> None:
    review = await fill_in(desk)
    assert "(415) 421-8832" in review
    assert "998877665" not in review
    await desk.press("All correct, I agree")
    asked = await desk.say("Maria Alvarez")
    assert "transfer PIN" in asked
    done = await desk.say("482913")
    ref = reference(desk)
    assert "with our desk" in done
    card = desk.cards()[0]
    assert ref in str(card.blocks)
    assert "482913" not in str(card.blocks)
    notices = await take_to_moved(desk, ref)
    assert "Verizon Wireless is reviewing your request" in notices[1]
    assert len(desk.cards()) == 1


async def test_secrets_vanish_from_the_chat(desk: Desk) -> None:
    await fill_in(desk)
    await sign(desk)
    said = [m.text for m in desk.screen(CUSTOMER) if isinstance(m, Message)]
    assert not any("482913" in text or "998877665" in text for text in said)


async def test_a_wrong_pin_reopens_the_pin_alone(desk: Desk) -> None:
    await fill_in(desk)
    await sign(desk)
    ref = reference(desk)
    await desk.port(f"submit {ref} 88123")
    await desk.port(f"reject {ref} wrong pin: 8C passcode")
    assert "PIN is wrong" in desk.shown()
    answer = await desk.say("771155")
    assert "send your request" in answer
    assert "submitted" in (await desk.port(f"submit {ref} 88123")).lower() or ref in await desk.port(f"show {ref}")
    assert "We have sent your request" in desk.shown()


async def test_the_status_message_is_edited_in_place_as_things_go_on(desk: Desk) -> None:
    await fill_in(desk)
    await sign(desk)
    ref = reference(desk)
    await desk.say("/status")
    page = desk.screen()[-1]
    assert "with our desk" in page.text
    await desk.port(f"submit {ref} 88123")
    shown = {m.id: m.text for m in desk.screen()}
    assert "sent to Verizon Wireless" in shown[page.id]
    assert sum(f"Your request {ref}" in text and "Whose turn" in text for text in shown.values()) == 1
    await desk.press("Look again")
    assert {m.id for m in desk.screen()} == set(shown)
