"""Rejections through the real clients: each of the sources' thirteen reasons, put right by every way out."""

import pytest

from domain.orders.rejections import ANSWERS, OF_SOURCES, REJECTIONS
from tests.conversations.intakes import INTAKES
from tests.conversations.stories import SIGNED, Stage, Story

told = pytest.mark.asyncio(loop_scope="module")

OURS = "with what is new"  # what the customer reads who gave something anew
AS_IT_WAS = "again as it was"  # and who gave nothing
SIGN = "To sign"  # the letter is put before them once more
FIXED = f"[My carrier has corrected it] -> {AS_IT_WAS}"
SENT = "desk: submit {ref} 88123 -> We have sent your request"
INTAKE = {
    "wireless": (SIGNED, SENT),
    "landline": (INTAKES["landline"], SENT),
    "voip": (INTAKES["voip"], SENT),
    "google_voice": (INTAKES["google_voice"], "[It is unlocked]", "@ => Desk review", SENT),
}
STREETS = tuple(f"{house} King Street, San Francisco, CA 94107" for house in (88, 90))
WAYS: dict[str, dict[str, dict[str, str]]] = {
    # Which class of number tells it, for which reason, and by each way out what the customer does.
    "wireless": {
        "UNSATISFIED_BALANCE": {"done": f"[It is paid] -> {AS_IT_WAS}", "contest": "[I contest it] -> contests it"},
        "NAME_MISMATCH": {
            ANSWERS: f"Maria Jane Alvarez -> {SIGN} \n Maria Jane Alvarez -> {OURS}",
            "fixed": FIXED,
        },
        "ADDRESS_MISMATCH": {
            ANSWERS: f"{STREETS[0]} -> {SIGN} \n Maria Jane Alvarez -> {OURS}",
            "fixed": FIXED,
        },
        "NUMBER_INACTIVE": {"done": f"[It is in service again] -> {AS_IT_WAS}", "fixed": FIXED},
        "PIN_INVALID": {
            ANSWERS: f"771155 -> {OURS}",
            "done": f"[The lock is off] -> {AS_IT_WAS}",
            "fixed": FIXED,
        },
        "ACCOUNT_NUMBER_WRONG": {ANSWERS: f"998877665-00003 -> {OURS}", "fixed": FIXED},
        "UNPORTABLE": {
            "fixed": FIXED,
            "other_number": f"""
                [Move another number]
                415-421-{{m4}} -> {SIGN}
                Maria Jane Alvarez -> {OURS}
            """,
            "forward": "[Keep it, and forward calls] -> its calls are forwarded",
        },
    },
    "landline": {
        "ALL_DATA_MISMATCH": {
            ANSWERS: f"""
                415-421-{{n4}}
                Blue Door Bakery Inc / Tom Baker
                {STREETS[1]}
                8155300120012399 -> {SIGN}
                Tom Baker -> {OURS}
            """,
            "fixed": FIXED,
        },
        "UNAUTHORIZED_SIGNER": {
            ANSWERS: f"[I may make changes to it] \n Ben Baker -> {SIGN} \n Ben Baker -> {OURS}",
            "fixed": FIXED,
        },
        "ACCOUNT_NUMBER_MISSING": {ANSWERS: f"8155300120012344 -> {OURS}", "fixed": FIXED},
        "BTN_INVALID": {ANSWERS: f"415-421-8700 -> {OURS}", "fixed": FIXED},
    },
    "google_voice": {
        "GV_LOCKED": {ANSWERS: f"[It is unlocked] \n @ -> {OURS}", "fixed": FIXED},
    },
    "voip": {
        "RESOLD_ACCOUNT": {
            ANSWERS: f"Blue Sky Phones \n 998877665-00005 -> {OURS}",
            "fixed": FIXED,
            "written": "[They wrote down how] -> what they wrote",
        },
    },
}


async def put_right(story: Story, code: str, way: str, does: str) -> None:
    """Have a carrier refuse, and the customer put it right; it goes out again unless the number shall stay."""
    await story.play(f"desk: reject {{ref}} {code} -> did not accept your request")
    *others, last = filter(None, map(str.strip, does.splitlines()))
    await story.play("\n".join((*others, f"{last} => put right")))
    if way != "forward":
        await story.play("desk: submit {ref} again -> We have sent your request")


@told
@pytest.mark.parametrize("number_class", WAYS)
async def test_each_reason_is_put_right_by_each_way_out_and_goes_out_again(stage: Stage, number_class: str) -> None:
    story = await stage.story(*INTAKE[number_class])
    for code, ways in WAYS[number_class].items():
        letters = sum(SIGN in text for text in story.desk.said(story.chat))
        for way, does in ways.items():
            await put_right(story, code, way, does)
        again = sum(SIGN in does for does in ways.values())
        assert sum(SIGN in text for text in story.desk.said(story.chat)) == letters + again, code


def test_no_reason_of_the_sources_and_no_way_out_of_one_is_left_out() -> None:
    told = {code: set(ways) for each in WAYS.values() for code, ways in each.items()}
    reasons = {code: REJECTIONS[code] for code in OF_SOURCES}
    assert told == {code: {*reason.ways, *((ANSWERS,) if reason.reopens else ())} for code, reason in reasons.items()}


@told
async def test_the_second_time_for_the_same_reason_a_call_of_three_is_offered(stage: Stage) -> None:
    await (await stage.story(SIGNED, SENT)).play("""
        desk: reject {ref} wrong pin -> PIN is wrong
        771155 -> with what is new
        desk: submit {ref} again -> We have sent your request
        desk: reject {ref} wrong pin -> second time for the same reason
        [Call me with them] => asks for a person
    """)


@told
async def test_several_reasons_are_gone_through_one_after_the_other(stage: Stage) -> None:
    await (await stage.story(SIGNED, SENT)).play("""
        desk: reject {ref} unpaid balance, wrong pin, number lock on -> not paid yet
        [It is paid] -> lock keeps the number
        [The lock is off] -> transfer PIN
        771155 -> send your request
        desk: submit {ref} again -> We have sent your request
    """)


@told
async def test_pasted_words_are_asked_back_and_then_noted(stage: Stage) -> None:
    await (await stage.story(SIGNED, SENT)).play("""
        desk: reject {ref} 8C passcode missing or invalid -> PIN is wrong => 8C passcode
    """)


@told
async def test_a_reason_that_is_the_desks_asks_the_customer_for_nothing(stage: Stage) -> None:
    await (await stage.story(SIGNED, SENT)).play("""
        desk: reject {ref} outage -> nothing for you to do => This is for the desk
        desk: submit {ref} again -> We have sent your request
    """)
