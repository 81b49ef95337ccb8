"""Rejections through the real clients: each of the sources' thirteen reasons, put right by both ways out."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.orders.rejections import OF_SOURCES
from tests.house import Desk, Platforms, fill_in, open_desk, reference, sign

STREET = "88 King Street, San Francisco, CA 94107"
Steps = tuple[str, ...]  # `!` presses a button, `@` sends the bill, else typed

OURS: dict[str, Steps] = {  # what the customer gave was wrong, or what stood in the way is done
    "UNSATISFIED_BALANCE": ("!It is paid",),
    "ALL_DATA_MISMATCH": ("Maria J. Alvarez", STREET, "998877665-00002", "Maria J. Alvarez"),
    "NAME_MISMATCH": ("Maria Jane Alvarez", "Maria Jane Alvarez"),
    "ADDRESS_MISMATCH": ("90 King Street, San Francisco, CA 94107", "Maria Jane Alvarez"),
    "NUMBER_INACTIVE": ("!It is in service again",),
    "UNAUTHORIZED_SIGNER": ("!I may make changes to it", "Ben Alvarez", "Ben Alvarez"),
    "PIN_INVALID": ("771155",),
    "ACCOUNT_NUMBER_WRONG": ("998877665-00003",),
    "ACCOUNT_NUMBER_MISSING": ("998877665-00004",),
    "GV_LOCKED": ("!It is unlocked", "@"),
    "BTN_INVALID": ("415-421-8832",),
    "RESOLD_ACCOUNT": ("Blue Sky Phones", "998877665-00005", "881144"),
    "UNPORTABLE": ("!Move another number", "415-421-8840", "Ben Alvarez"),
}
THEIRS: dict[str, Steps] = {  # the carrier corrected it, or must give way
    **dict.fromkeys(OF_SOURCES, ("!My carrier has corrected it",)),
    "UNSATISFIED_BALANCE": ("!I contest it",),
    "RESOLD_ACCOUNT": ("!They wrote down how",),
}
SIGNED_AGAIN = {"ALL_DATA_MISMATCH", "NAME_MISMATCH", "ADDRESS_MISMATCH", "UNAUTHORIZED_SIGNER", "UNPORTABLE"}
SOLVED = ("send your request", "contests it")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with Platforms().served() as platforms, open_desk(platforms, tmp_path) as opened:
        await fill_in(opened)
        await sign(opened)
        await opened.port(f"submit {reference(opened)} 88123")
        yield opened


async def take(desk: Desk, step: str) -> str:
    if step == "@":
        return await desk.send_bill()
    return await desk.press(step[1:]) if step.startswith("!") else await desk.say(step)


@pytest.mark.parametrize("ways", [OURS, THEIRS], ids=["ours", "theirs"])
async def test_each_of_the_thirteen_reasons_is_put_right_and_goes_out_again(desk: Desk, ways: dict[str, Steps]) -> None:
    ref = reference(desk)
    assert ways.keys() == set(OF_SOURCES)
    for code, steps in ways.items():
        letters = sum("To sign" in text for text in desk.said())
        await desk.port(f"reject {ref} {code}")
        assert "did not accept your request" in desk.shown(), code
        shown = [await take(desk, step) for step in steps]
        assert any(words in shown[-1] for words in SOLVED), (code, shown)
        is_signed_again = code in SIGNED_AGAIN and ways is OURS
        assert (sum("To sign" in text for text in desk.said()) > letters) == is_signed_again, code
        assert any("put right" in text for text in desk.thread()[-2:]), code
        assert ref in await desk.port(f"submit {ref} again"), code
        assert "We have sent your request" in desk.shown(), code


async def test_several_reasons_are_gone_through_one_after_the_other(desk: Desk) -> None:
    ref = reference(desk)
    await desk.port(f"reject {ref} unpaid balance, wrong pin, number lock on")
    assert "not paid yet" in desk.shown()
    assert "lock keeps the number" in await desk.press("It is paid")
    assert "transfer PIN" in await desk.press("The lock is off")
    assert "send your request" in await desk.say("771155")
    assert "submitted" in (await desk.port(f"submit {ref} again")).lower()


async def test_pasted_words_are_asked_back_and_then_noted(desk: Desk) -> None:
    ref = reference(desk)
    await desk.port(f"reject {ref} 8C passcode missing or invalid")
    assert "PIN is wrong" in desk.shown()
    assert any("8C passcode" in text for text in desk.thread())


async def test_a_reason_that_is_the_desks_asks_the_customer_for_nothing(desk: Desk) -> None:
    ref = reference(desk)
    await desk.port(f"reject {ref} outage")
    assert "nothing for you to do" in desk.shown()
    assert any("This is for the desk" in text for text in desk.thread())
    assert ref in await desk.port(f"submit {ref} again")
    assert "We have sent your request" in desk.shown()
