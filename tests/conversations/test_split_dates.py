"""Numbers of one request that go different ways, by the real clients: days, calendar files, status, the end."""

import re

import pytest

from tests.conversations.stories import TWO, Stage, Story
from tests.conversations.test_lists import documents

pytestmark = pytest.mark.asyncio(loop_scope="module")

TO_PENDING = """
    desk: submit {ref} 88123 -> We have sent your request
    desk: advance {ref} -> is reviewing your request
    desk: advance {ref} -> waiting for the date
"""


def calendar(story: Story) -> list[tuple[str, ...]]:
    """Return of each event that the customer was sent its method, last numbers, sequence and day, in their order."""
    sent = documents(story.desk, story.chat)
    files = (content.decode().replace("\r\n ", "") for name, content in sent if name.endswith(".ics"))
    return [event for text in files for event in _events(text)]


def _events(text: str) -> list[tuple[str, ...]]:
    method = re.search(r"METHOD:(.*)\r\n", text)
    assert method is not None
    found: list[tuple[str, ...]] = []
    for event in text.split("BEGIN:VEVENT")[1:]:
        numbers = "+".join(sorted(set(re.findall(r"421-(\d{4})", event))))
        sequence, day = (re.search(rf"{name}:(\d+)", event) for name in ("SEQUENCE", "DTSTART"))
        assert sequence is not None
        assert day is not None
        found.append((method[1], numbers, sequence[1], day[1]))
    return found


def on(story: Story, method: str, last: str, sequence: int, day: str) -> tuple[str, ...]:
    """Return an event as the customer should have been sent it."""
    return method, story.filled(f"{{{last}}}"), str(sequence), story.filled(f"{{{day}}}").replace("-", "")


async def test_two_numbers_of_a_request_move_on_days_of_their_own(stage: Stage) -> None:
    story = await stage.story(TWO, TO_PENDING)
    await story.play("""
        desk: date {ref} {n4} {d10} -> (415) 421-{n4}: date set,
        desk: date {ref} {m4} {d12} -> (415) 421-{m4}: date set,
        /status -> (415) 421-{n4}: date set for {w10} -> (415) 421-{m4}: date set for {w12}
        desk: date {ref} {m4} {d14} -> has moved from {d12} to
        desk: date {ref} {m4} {d15} -> has moved from {d14} to
    """)
    assert calendar(story) == [
        on(story, "PUBLISH", "n4", 0, "d10"),
        on(story, "PUBLISH", "m4", 0, "d12"),
        on(story, "PUBLISH", "m4", 1, "d14"),
        on(story, "PUBLISH", "m4", 2, "d15"),
    ]
    await story.play("""
        later: {d10} 07:05 -> the move of (415) 421-{n4}
        later: {d10} 08:45 => Has it moved?
        desk: complete {ref} {n4} -> (415) 421-{n4}: moved
        stands: ported, scheduled
        [Yes, it works] -> Do calls go out from (415) 421-{n4}
        [Yes, it works]
        [Yes, it works] -> everything works
        /status -> (415) 421-{n4}: moved on {w10} -> (415) 421-{m4}: date set for {w15}
        later: {d15} 07:05 -> the move of (415) 421-{m4}
        later: {d15} 08:45 => Has it moved?
        desk: complete {ref} {m4} -> (415) 421-{m4}: moved
        stands: ported, ported
        [Yes, it works] -> Do calls go out from (415) 421-{m4}
        [Yes, it works]
        [Yes, it works] -> everything works
        desk: texting {ref} working -> Do texts come and go on
        [Yes, it works] -> everything works
        later: {d20} 12:00
        stands: ported, ported
        later: 10 days -> You may cancel your old service now: (415) 421-{n4}, (415) 421-{m4}
        stands: closed, closed
    """)


async def test_an_order_of_its_own_has_a_day_of_its_own_and_what_is_lost_leaves_the_calendar(stage: Stage) -> None:
    story = await stage.story(TWO)
    await story.play("""
        desk: split {ref} {m4}: another rate center -> Why: another rate center
        desk: submit {ref} #1 88124 -> (415) 421-{n4}: sent to
        desk: submit {ref} #2 88125 -> We have sent your request
        desk: advance {ref} #2 -> (415) 421-{m4}: Verizon Wireless is reviewing it
        desk: advance {ref} #2 -> (415) 421-{m4}: accepted
        desk: date {ref} #2 {d10} -> (415) 421-{m4}: date set
        desk: reject {ref} #1 wrong pin -> PIN is wrong
        /status -> refused it for now -> date set for {w10}
        desk: lost {ref} #2 -> {d10} no longer stands
        771155 -> send your request
        desk: submit {ref} {n4} again -> sent to
        stands: submitted, pending_date
    """)
    assert calendar(story) == [on(story, "PUBLISH", "m4", 0, "d10"), on(story, "CANCEL", "m4", 1, "d10")]


TWELVE = TWO.replace("{n4} and 415-421-{m4}", ", 415-421-".join(map(str, range(4101, 4113))))


async def test_twelve_numbers_in_several_phases_are_shown_so_that_none_is_hidden(stage: Stage) -> None:
    story = await stage.story(TWELVE, "desk: submit {ref} 88123")
    await story.play("""
        desk: advance {ref} 4101, 4102, 4103, 4104, 4105, 4106
        desk: advance {ref} 4101, 4102, 4103, 4104
        desk: date {ref} 4101, 4102 {d10}
        desk: date {ref} 4103 {d11}
        desk: complete {ref} 4101
        desk: reject {ref} 4112 number not active
        /status -> Of 12 numbers: moved 1, date set 2, accepted 1, being reviewed 2, sent 5, refused for now 1.
    """)
    assert [line.partition(" (since")[0] for line in story.desk.shown(story.chat).split("\n")[3:-4]] == [
        story.filled(line)
        for line in (
            "(415) 421-4112: Verizon Wireless refused it for now: number not active",
            "(415) 421-4101: moved on {w0}",
            "(415) 421-4102: date set for {w10}, 08:00 to 08:30 Pacific time",
            "(415) 421-4103: date set for {w11}, 08:00 to 08:30 Pacific time",
            "(415) 421-4104: accepted, waiting for a date",
            "(415) 421-4105, (415) 421-4106: Verizon Wireless is reviewing it",
            f"{', '.join(f'(415) 421-{n}' for n in range(4107, 4112))}: sent to Verizon Wireless",
        )
    ]
    await story.play("""
        [It is in service again] -> send your request
        desk: submit {ref} again -> (415) 421-4112: sent to Verizon Wireless
    """)
