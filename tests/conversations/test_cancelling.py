"""Each case of cancelling through the real clients: what the customer types and presses, what staff answer, the end."""

import pytest

from domain.orders.cancelling import (
    ASKS,
    AT_ONCE,
    BEGUN,
    CLOSE,
    FAR,
    KNOWN,
    MOVED,
    OVER,
    RELEASED,
    RULES,
    STOPPED,
    URGENT,
    Rule,
)
from tests.conversations.intakes import INTAKES
from tests.conversations.stories import SIGNED, TWO, Stage

told = pytest.mark.asyncio(loop_scope="module")

SUBMIT, ADVANCE = "desk: submit {ref} 88123", "desk: advance {ref}"
DATED = (SIGNED, SUBMIT, ADVANCE, ADVANCE, "desk: date {ref} {d10}")
GONE = (*DATED, "desk: complete {ref}")
WITHDRAWN = """
    /cancel -> hall I
    [Yes, stop it]
"""
PLACES: dict[tuple[str, str], tuple[str, ...]] = {
    ("intake", FAR): ("415-421-{n4}, Verizon Wireless",),
    ("awaiting_documents", FAR): (SIGNED.replace("@", "[Later]").replace("with our desk", "send me the bill"),),
    ("awaiting_unlock", FAR): (INTAKES["google_voice"],),
    ("staff_review", FAR): (SIGNED,),
    ("changes_requested", FAR): (SIGNED, "desk: ask {ref} name: the bill says Maria J."),
    ("submitted", FAR): (SIGNED, SUBMIT),
    ("awaiting_sms_consent", FAR): (INTAKES["ca_wireless"], SUBMIT),
    ("csr_check", FAR): (INTAKES["fax"], SUBMIT, ADVANCE),
    ("csr_needed", FAR): (INTAKES["landline"], SUBMIT, ADVANCE, "desk: ask {ref} csr"),
    ("resporg_release", FAR): (INTAKES["toll_free"], SUBMIT, ADVANCE),
    ("rerouting", FAR): (INTAKES["toll_free"], SUBMIT, ADVANCE, ADVANCE),
    ("carrier_review", FAR): (SIGNED, SUBMIT, ADVANCE),
    ("pending_date", FAR): (SIGNED, SUBMIT, ADVANCE, ADVANCE),
    ("rejected", FAR): (SIGNED, SUBMIT, "desk: reject {ref} wrong pin"),
    ("cancel_requested", FAR): (SIGNED, SUBMIT, WITHDRAWN),
    ("scheduled", FAR): DATED,
    ("scheduled", CLOSE): (*DATED, "later: {d10} 05:00"),
    ("scheduled", BEGUN): (*DATED, "later: {d10} 08:10"),
    ("activating", BEGUN): (*DATED, ADVANCE),
    ("ported", FAR): GONE,
    ("closed", FAR): (*GONE, "desk: works {ref} all", "desk: texting {ref} not wanted", "later: 35 days"),
    ("cancelled", FAR): (SIGNED, WITHDRAWN),
    ("not_portable", FAR): (SIGNED, "desk: end {ref} not portable: no carrier of ours is there"),
    ("failed", FAR): (SIGNED, SUBMIT, "desk: end {ref} failed: the order was closed"),
    ("expired", FAR): ("415-421-{n4}, Verizon Wireless", *("later: 40 days",) * 5),
    ("returned", FAR): (*GONE, "desk: snapback {ref} : another was meant", "desk: snapback {ref} done"),
}
FEE = "desk: cancel {ref} fee 25: the line can be dead for a day -> charges us $25"
NOT_STOPPED = "desk: cancel {ref} denied: it is in its last step -> does not stop the move"
PAID = """
    [Yes, cancel for $25] -> for $25 => wants it
    desk: cancel {ref} stopped -> It costs you $25
    stands: cancelled
"""
CUSTOMERS: dict[str, tuple[str, ...]] = {
    AT_ONCE: (
        "/cancel",
        "[No, keep it] -> nothing is cancelled",
        "stands: {phase}",
        WITHDRAWN + " -> stays where it is",
    ),
    ASKS: (
        "/cancel",
        "[No, keep it] -> nothing is cancelled",
        "stands: {phase}",
        WITHDRAWN + " -> not to disconnect",
        "stands: cancel_requested",
        NOT_STOPPED,
        "stands: {phase}",
        WITHDRAWN,
        FEE,
        "[No, go on] -> goes on as before",
        "stands: {phase}",
        WITHDRAWN,
        FEE,
        PAID,
    ),
    KNOWN: ("/cancel -> already asked our desk", "stands: {phase}"),
    URGENT: (
        "/cancel -> as urgent",
        "/cancel -> knows already",
        NOT_STOPPED,
        "/cancel -> as urgent",
        FEE,
        "[No, go on] -> goes on as before",
        "stands: {phase}",
        "/cancel -> as urgent",
        FEE,
        PAID,
    ),
    RELEASED: ("/cancel -> can no longer be stopped", "stands: {phase}"),
    MOVED: (
        "/cancel -> has moved already",
        "[Ask our desk for it] -> told our desk => wants",
        "stands: {phase}",
    ),
    OVER: ("/cancel -> no open request to cancel", "stands: {phase}"),
}
STAFFS: dict[str, tuple[str, ...]] = {
    AT_ONCE: ("desk: cancel {ref} -> is cancelled", "stands: cancelled"),
    STOPPED: (
        "desk: cancel {ref} => was not cancelled",
        "stands: {phase}",
        "desk: cancel {ref} stopped -> is cancelled",
        "stands: cancelled",
    ),
    RELEASED: ("desk: cancel {ref} => does not fit there", "stands: {phase}"),
    MOVED: ("desk: cancel {ref} => has moved", "stands: {phase}"),
    OVER: ("desk: cancel {ref} => “cancel” does not fit there", "stands: {phase}"),
}
PLAYED = [rule for rule in RULES if rule.phase != "screening"]  # in which no request ever rests
NEVER_ENDS = (RELEASED, MOVED, OVER)


def name_of(rule: Rule) -> str:
    return f"{rule.phase}-{rule.near}"


@told
@pytest.mark.parametrize("rule", PLAYED, ids=name_of)
async def test_what_a_customer_comes_to_who_cancels(stage: Stage, rule: Rule) -> None:
    story = await stage.story(*PLACES[rule.phase, rule.near])
    story.names["phase"] = rule.phase
    for act in CUSTOMERS[rule.customer]:
        await story.play(act)
    if rule.staff in NEVER_ENDS:
        for act in STAFFS[rule.staff]:
            await story.play(act)


@told
@pytest.mark.parametrize("rule", [rule for rule in PLAYED if rule.staff not in NEVER_ENDS], ids=name_of)
async def test_what_staff_come_to_who_cancel(stage: Stage, rule: Rule) -> None:
    story = await stage.story(*PLACES[rule.phase, rule.near])
    story.names["phase"] = rule.phase
    if rule.phase == "intake":
        await story.play("/cancel")  # which names the reference
    for act in STAFFS[rule.staff]:
        await story.play(act)


def test_there_is_a_story_for_every_rule() -> None:
    assert {(rule.phase, rule.near) for rule in PLAYED} == PLACES.keys()


@told
async def test_a_released_number_cannot_be_stopped_with_a_day_either(stage: Stage) -> None:
    await (await stage.story(*PLACES["rerouting", FAR])).play("""
        desk: date {ref} {d10}
        /cancel -> has released it already
        desk: cancel {ref} stopped => does not fit there
        stands: scheduled
    """)


@told
async def test_yes_and_no_can_be_typed(stage: Stage) -> None:
    await (await stage.story(SIGNED, SUBMIT, WITHDRAWN, FEE)).play(f"""
        no, too expensive -> goes on as before
        {WITHDRAWN.strip()}
        {FEE}
        yes cancel it -> for $25
        desk: cancel {{ref}} -> It costs you $25
    """)


SOME = {
    "named by its button": """
        /cancel -> Which shall I stop?
        [(415) 421-{m4}] -> (415) 421-{m4}
        [Yes, stop it] -> I have asked our desk to have it stopped => (415) 421-{m4}
        stands: submitted, cancel_requested
        desk: cancel {ref} {m4} -> (415) 421-{m4}: cancelled
        stands: submitted, cancelled
        /status -> cancelled
    """,
    "named in words": """
        please cancel 415-421-{m4} -> (415) 421-{m4}
        [No, keep it] -> nothing is cancelled
        stop {m4} only -> (415) 421-{m4}
        [Yes, stop it]
        stands: submitted, cancel_requested
        /cancel -> (415) 421-{n4} of your request
        [No, keep it] -> nothing is cancelled
        desk: cancel {ref} {m4} denied: it is in its last step -> does not stop the move of (415) 421-{m4}
        stands: submitted, submitted
    """,
    "for a fee": """
        /cancel {m4}
        [Yes, stop it]
        desk: cancel {ref} {m4} fee 25 -> charges us $25
        [Yes, cancel for $25]
        desk: cancel {ref} {m4} -> It costs you $25
        stands: submitted, cancelled
    """,
    "both, one of them with a day": """
        desk: advance {ref} {m4}
        desk: advance {ref} {m4}
        desk: date {ref} {m4} {d10}
        stands: submitted, scheduled
        /cancel
        [All of them]
        [Yes, stop it] -> as urgent -> I have asked our desk to have it stopped
        stands: cancel_requested, scheduled
    """,
    "one has moved": """
        desk: advance {ref} {m4}
        desk: advance {ref} {m4}
        desk: date {ref} {m4} {d10}
        desk: complete {ref} {m4} -> moved
        /cancel
        [Yes, stop it]
        stands: cancel_requested, ported
        desk: cancel {ref} {n4} -> cancelled
        stands: cancelled, ported
        /cancel -> has moved already -> If you want (415) 421-{m4} to move on
        desk: works {ref} all
        desk: texting {ref} not wanted
        later: 35 days -> cancel your old service now: (415) 421-{m4} -> stays with Verizon Wireless: (415) 421-{n4}.
        stands: cancelled, closed
    """,
}


@told
@pytest.mark.parametrize("case", SOME)
async def test_some_numbers_of_a_request_are_stopped_and_the_others_go_on(stage: Stage, case: str) -> None:
    await stage.story(TWO, SUBMIT, SOME[case])


WAYS_BACK = {
    "in words": """
        I want my number back -> asks us for it
        stands: ported
    """,
    "moved wrongly": """
        you moved the wrong number -> as urgent => should not have moved
        desk: snapback {ref} : it was another one => snapback
        desk: snapback {ref} done -> has gone back to
        stands: returned
        /status -> no longer with us
    """,
    "asked for by another carrier": """
        desk: out {ref} to Verizon: Maria Alvarez, called back; name, pin; yes => Verizon gets
        desk: out {ref} left => has left for Verizon
        desk: out {ref} routing, texting, billing => has left for Verizon
        stands: returned
    """,
}


@told
@pytest.mark.parametrize("case", WAYS_BACK)
async def test_what_has_moved_goes_back_by_its_own_ways(stage: Stage, case: str) -> None:
    await (await stage.story(*GONE)).play(WAYS_BACK[case])
