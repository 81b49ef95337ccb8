"""The bench of the desk tells what is lost, late or out of order by Slack's record, and finds a desk that is well."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import burst, desk
from bench.burst import Burst, mark_of, told_in
from bench.desk import Found, Sizes, Slow, goals, measure, surprises
from bench.office import Office, fill
from bench.staff import EFFECTS, FORM, READS, Deed, Taken, at_99, taken, typed
from domain.orders.references import read_reference
from domain.readers.secrets import gives_secret
from sandbox.record import Call
from sandbox.slack import Delivered, Post
from tests.ground import open_store

MARK = "VZabcde"
STORY = [change.post.format(mark=MARK) for change in burst.STORY]
WELL = Burst(
    changes=300, seconds=1, wrong_cards=0, right=30, lost=0, doubled=0, out_of_order=0, slowed=50, taken=150,
    pressed=0, told=50,
)  # fmt: skip


def thread(*texts: str) -> list[Post]:
    return [Post(f"{at}.0", "C0DESK", "U0BOT", text, "0.5") for at, text in enumerate(texts, 1)]


def call(at: float, status: int = 200, method: str = "chat.update", **params: object) -> Call:
    return Call(1, "slack", "in", method, params, at, status, took_effect=status == 200)


def took(seen: float, deed: Deed = READS[0], *, is_late: bool = False, surprise: str = "") -> Taken:
    return Taken(deed, min(seen, 0.1), seen, is_late, surprise)


def found(
    effects: Sequence[Taken] = (took(0.1),),
    slow: Sequence[Taken] = (took(2.0, is_late=True),),
    kept: int = 1,
    bursts: tuple[Burst, ...] = (WELL,),
) -> Found:
    one = Slow(tuple(took(0.1, deed) for deed in READS), tuple(slow), sum(each.is_late for each in slow), kept)
    return Found((tuple(effects),), bursts, (one,))


def unmet(judged: Found) -> list[str]:
    return [row.goal for row in goals(judged) if row.is_met is False]


def test_the_99th_of_a_hundred_is_the_last_but_one_and_of_fewer_the_longest() -> None:
    assert at_99(float(n) for n in range(100)) == 98
    assert at_99([3.0, 1.0, 2.0]) == 3


def test_a_thread_that_tells_all_in_one_post_or_in_several_is_in_order() -> None:
    assert told_in(thread("\n".join(STORY)), MARK) == ([1] * 6, True)
    assert told_in(thread(*STORY), MARK) == ([1] * 6, True)


def test_what_a_thread_lacks_doubles_or_mixes_up_is_found() -> None:
    assert told_in(thread(*STORY[:2], *STORY[3:]), MARK) == ([1, 1, 0, 1, 1, 1], True)
    assert told_in(thread(*STORY, STORY[4]), MARK) == ([1, 1, 1, 1, 2, 1], True)
    assert told_in(thread(STORY[1], STORY[0], *STORY[2:]), MARK) == ([1] * 6, False)


def test_a_card_is_right_since_the_first_of_its_last_edits_that_look_the_same() -> None:
    edits = [call(1, ts="5.0", text="a"), call(2, ts="5.0", text="b"), call(3, ts="5.0", text="b")]
    others = [call(4, ts="6.0", text="c"), call(5, 429, ts="5.0", text="d")]
    assert burst.last_change([*edits, *others], "5.0") == 2


def test_a_call_made_while_its_method_had_to_wait_is_counted_but_none_that_was_under_way() -> None:
    refused = [call(10, 429), call(10.1, 429)]
    assert burst.pressed_on(refused) == (0, 2)
    assert burst.pressed_on([*refused, call(10.5)]) == (1, 2)
    assert burst.pressed_on([*refused, call(10.5, method="chat.postMessage"), call(11.1)]) == (0, 2)


def test_a_card_is_compared_without_the_ids_that_slack_makes_up_and_the_link_below() -> None:
    root = Post("1.0", "C0DESK", "U0BOT", "card", blocks=({"type": "divider", "block_id": "x"},))
    shown = replace(root, blocks=({"type": "divider", "block_id": "y"}, {"type": "section"}))
    assert burst.is_same(root, shown)
    assert not burst.is_same(root, replace(shown, text="another"))
    assert not burst.is_same(root, replace(shown, blocks=({"type": "header"},)))


async def test_slack_refuses_more_edits_than_a_minute_takes_and_forgets_that_afterwards(tmp_path: Path) -> None:
    office = Office(tmp_path, ())
    with burst.limited(office):
        assert office.faults.before is not None
        for _ in range(burst.BURST):
            await office.faults.before(call(0))
        assert office.faults.planned == 0
        await office.faults.before(call(0))
        assert office.faults.planned == 1
        assert office.slack.pace.per_second == 1
    assert office.faults.before is None
    assert office.slack.pace.per_second is None


def test_a_deed_is_fine_when_its_answer_is_read_or_promised() -> None:
    deed = typed("take", "take {ref}", "is yours now")
    acked = Delivered(200, None, 0.1, {})
    assert taken(deed, acked, 0.2, "P-1 is yours now.") == Taken(deed, 0.1, 0.2, is_late=False)
    assert taken(deed, acked, 0.2, "Working on P-1").is_late
    assert not taken(deed, acked, 0.2, "P-1 is not here.").is_fine
    assert not taken(deed, acked, None, "").is_fine
    assert not taken(deed, Delivered(0, None, 3, {}, "operation_timeout"), 0.2, "P-1 is yours now.").is_fine


def test_a_desk_that_is_well_meets_every_goal() -> None:
    assert unmet(found()) == []
    assert surprises(found()) == []


def test_of_effects_and_bursts_the_least_of_all_rounds_is_judged_and_the_worst_is_shown() -> None:
    noisy = replace(WELL, right=90.0, pressed=3, slowed=900)
    judged = replace(found(bursts=(noisy, WELL)), effects=((took(0.9),), (took(0.1),)))
    assert unmet(judged) == []
    assert [row.peer for row in goals(judged) if "every card right" in row.goal] == ["90.0"]
    assert [row.peer for row in goals(judged) if "effects answered, p99" in row.goal] == ["900"]


FORM_READ = next(deed for deed in READS if deed.shows == FORM)


@pytest.mark.parametrize(
    ("late", "words"),
    [(replace(took(0.6), acked=0.6), "acknowledged"), (took(0.6, FORM_READ), "opened")],
    ids=["acknowledged", "opened"],
)
def test_one_round_whose_acknowledgements_or_forms_come_late_is_judged_among_good_ones(late: Taken, words: str) -> None:
    well = found()
    (good,) = well.slow
    bad = replace(good, reads=(*good.reads, late))
    for slow in ((good, bad, good), (bad, good, good)):
        (goal,) = unmet(replace(well, slow=slow))
        assert words in goal


@pytest.mark.parametrize(
    ("judged", "words"),
    [
        (found(effects=[took(0.6)]), "effects answered"),
        (found(effects=[took(0.1, surprise="no")]), "as they should be"),
        (found(slow=[took(2.6, is_late=True)]), "400 ms late, p99"),
        (found(slow=[took(2.0, is_late=True), took(2.3)]), "Working on"),
        (found(kept=0), "Working on"),
        (found(bursts=(replace(WELL, right=61),)), "every card right"),
        (found(bursts=(replace(WELL, lost=1), WELL)), "nothing lost"),
        (found(bursts=(replace(WELL, wrong_cards=1), WELL)), "nothing lost"),
        (found(bursts=(replace(WELL, surprises=("take: no",)),)), "not answered"),
        (found(bursts=(replace(WELL, pressed=1),)), "told to wait"),
        (found(bursts=(replace(WELL, slowed=151),)), "refused for each"),
    ],
)
def test_what_is_late_lost_or_pressed_on_is_not_met(judged: Found, words: str) -> None:
    (goal,) = unmet(judged)
    assert words in goal


async def test_an_office_begins_with_requests_that_staff_have_yet_to_review(tmp_path: Path) -> None:
    refs = await fill(tmp_path, 3)
    store = await open_store(f"sqlite:///{tmp_path}/port.db", tmp_path, None)
    sheets = [await store.board.sheet(ref=ref) for ref in refs]
    await store.close()
    assert [sheet.case.phase for sheet in sheets if sheet is not None] == ["staff_review"] * 3


@given(st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=4, max_size=8))
def test_the_mark_of_a_change_is_never_taken_for_a_request_or_a_secret(body: str) -> None:
    mark = mark_of(f"P-{body}")
    assert read_reference(mark) is None
    assert not gives_secret(mark)


async def test_a_small_desk_is_measured_from_end_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "LATE", 0.01)
    monkeypatch.setattr(burst, "QUIET", 3.0)
    async with asyncio.timeout(240):
        seen = await measure(Sizes(rounds=1, reads=1, effects=1, slow_effects=1, bursts=1, burst=2))
    (one,) = seen.bursts
    assert surprises(seen) == []
    assert one.is_whole
    assert one.changes == 12
    assert [len(each.reads) for each in seen.slow] == [len(READS)]
    assert [len(each) for each in seen.effects] == [len(EFFECTS)]
