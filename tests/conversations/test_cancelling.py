"""Each case of cancelling through the real clients: what the customer types and presses, what staff answer, the end."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import utc_now
from domain.policy import Policy
from tests.house import Desk, Platforms, fill_in, open_desk, reference, sign

MONDAY = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)  # ten in the morning at the desk
SUBMIT, ADVANCE = "submit {ref} 88123", "advance {ref}"
DATED = (SUBMIT, ADVANCE, ADVANCE, "date {ref} 2026-12-01")
SOON = (SUBMIT, ADVANCE, ADVANCE, "date {ref} 2026-11-24")
MOVED = (*DATED, "complete {ref}")
AT_CARRIER = {
    "submitted": (SUBMIT,),
    "carrier_review": (SUBMIT, ADVANCE),
    "pending_date": (SUBMIT, ADVANCE, ADVANCE),
    "rejected": (SUBMIT, "reject {ref} wrong pin"),
    "scheduled": DATED,
}
YES, NO = "Yes, stop it", "No, keep it"


@dataclass(frozen=True)
class Step:
    """One thing that somebody does, and a part of what the customer, or the one of the staff, reads then.

    `does`: `/port …` without its first word, `!label` for a button, or what the customer types.
    """

    does: str
    reads: str = ""


CANCEL, SURE = Step("/cancel"), Step(f"!{YES}")
ASKED = (CANCEL, Step(f"!{YES}", "not to disconnect"))
URGENT = (Step("/cancel", "as urgent"),)
FEE = Step("port cancel {ref} fee 25: the line can be dead for a day", "the customer is asked soon")
CASES: dict[str, tuple[tuple[str, ...], tuple[Step, ...], str]] = {
    "before it is sent it ends at once": ((), (CANCEL, Step(f"!{YES}", "Your number stays where it is")), "cancelled"),
    "and stays after a no": ((), (CANCEL, Step(f"!{NO}", "nothing is cancelled")), "staff_review"),
    **{
        f"{phase}: staff cancel for nothing": (
            steps,
            (*(URGENT if phase == "scheduled" else ASKED), Step("port cancel {ref}", "not to disconnect")),
            "cancelled",
        )
        for phase, steps in AT_CARRIER.items()
    },
    **{
        f"{phase}: the customer pays": (
            steps,
            (
                *(URGENT if phase == "scheduled" else ASKED),
                FEE,
                Step("!Yes, cancel for $25", "for $25"),
                Step("port cancel {ref}", "is cancelled"),
            ),
            "cancelled",
        )
        for phase, steps in AT_CARRIER.items()
    },
    **{
        f"{phase}: the customer does not pay": (
            steps,
            (*(URGENT if phase == "scheduled" else ASKED), FEE, Step("!No, go on", "goes on as before")),
            phase,
        )
        for phase, steps in AT_CARRIER.items()
    },
    **{
        f"{phase}: the carrier refuses": (
            steps,
            (
                *(URGENT if phase == "scheduled" else ASKED),
                Step("port cancel {ref} denied: it is in its last step", "does not stop it"),
            ),
            phase,
        )
        for phase, steps in AT_CARRIER.items()
    },
    "yes and no are typed": (
        (SUBMIT,),
        (*ASKED, FEE, Step("no, too expensive", "goes on as before"), *ASKED, FEE, Step("yes cancel it", "for $25")),
        "cancel_requested",
    ),
    "too close without the carrier's word": (
        SOON, (*URGENT, Step("port cancel {ref}", "within 48 hours")), "scheduled",
    ),
    "too close with the carrier's word": (
        SOON, (*URGENT, Step("port cancel {ref} stopped", "is cancelled")), "cancelled",
    ),
    "begun without the carrier's word": (
        (*SOON, ADVANCE), (*URGENT, Step("port cancel {ref}", "has begun")), "activating",
    ),
    "begun with the carrier's word": (
        (*SOON, ADVANCE), (*URGENT, Step("port cancel {ref} stopped", "is cancelled")), "cancelled",
    ),
    "moved: the way back": (
        MOVED,
        (
            Step("/cancel", "has moved already"),
            Step("!Ask our desk for it", "told our desk"),
            Step("port cancel {ref}", "has moved"),
        ),
        "ported",
    ),
    "moved: wanted back in words": (MOVED, (Step("I want my number back", "asks us for it"),), "ported"),
    "moved wrongly": (
        MOVED,
        (
            Step("you moved the wrong number", "as urgent"),
            Step("port snapback {ref} : it was another one", "snapback"),
            Step("port snapback {ref} done", "went back"),
        ),
        "returned",
    ),
    "asked for by another carrier": (
        MOVED,
        (
            Step("port out {ref} to Verizon: Maria Alvarez, called back; name, pin; yes", "Verizon gets"),
            Step("port out {ref} left", "has left for Verizon"),
            Step("port out {ref} routing, texting, billing", "has left for Verizon"),
        ),
        "returned",
    ),
}  # fmt: skip


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    shift = MONDAY - utc_now()
    async with (
        Platforms().served() as platforms,
        open_desk(platforms, tmp_path, policy=Policy(undo=timedelta(0)), now=lambda: utc_now() + shift) as opened,
    ):
        yield opened


async def do(desk: Desk, step: Step, ref: str) -> str:
    """Do a step; return all that the customer, or the one of the staff, reads of it."""
    before = len(desk.said())
    if step.does.startswith("port "):
        answer = await desk.port(step.does.removeprefix("port ").format(ref=ref))
        return "\n".join((answer, *desk.said()[before:]))
    if step.does.startswith("!"):
        await desk.press(step.does[1:])
    else:
        await desk.say(step.does)
    return "\n".join(desk.said()[before:])


@pytest.mark.parametrize("case", CASES)
async def test_every_case_of_cancelling_comes_to_its_end(desk: Desk, case: str) -> None:
    before, steps, end = CASES[case]
    await fill_in(desk)
    await sign(desk)
    ref = reference(desk)
    for typed in before:
        assert ref in await desk.port(typed.format(ref=ref))
    for step in steps:
        assert step.reads in await do(desk, step, ref), step
    sheet = await desk.house.keeper.board.sheet(ref=ref)
    assert sheet is not None
    assert sheet.case.phase == end
    fee = [text for text in desk.said() if "It costs you $25" in text]
    assert bool(fee) == (end == "cancelled" and any(step.does == "!Yes, cancel for $25" for step in steps))


async def test_one_number_of_two_is_stopped_and_the_roll_up_tells_of_it(desk: Desk) -> None:
    await desk.say("/start")
    await desk.say("415-421-8832 and 415-421-8833, Verizon Wireless")
    await desk.press("Yes, all on one bill")
    await desk.press("All of that is true")
    await desk.send_bill()
    await desk.press("Mine: I am the account holder")
    await desk.say("Maria Alvarez\n1455 Market Street, San Francisco, CA 94103")
    await desk.say("415 200 0100")
    await desk.say("998877665-00001")
    await sign(desk)
    ref = reference(desk)
    await desk.port(f"submit {ref} 88123")
    assert "Which shall I stop?" in await desk.say("/cancel")
    assert "(415) 421-8833" in await desk.press("(415) 421-8833")
    assert "(415) 421-8833" in await desk.press(YES)
    assert "(415) 421-8833" in desk.thread()[-1]
    sheet = await desk.house.keeper.board.sheet(ref=ref)
    assert sheet is not None
    assert [number.phase for number in sheet.case.numbers] == ["submitted", "cancel_requested"]
    assert "is cancelled" in await desk.port(f"cancel {ref} 8833")
    shown = desk.said()
    assert any("(415) 421-8833" in text and "cancelled" in text for text in shown[-2:])
    sheet = await desk.house.keeper.board.sheet(ref=ref)
    assert sheet is not None
    assert [number.phase for number in sheet.case.numbers] == ["submitted", "cancelled"]
