"""The transfer PIN by appointment, by the real clients: named, moved, kept, missed; no PIN where it does not belong."""

from pathlib import Path

import pytest

from bot.slack.cards import action_of
from tests.conversations.stories import RULES, SIGNED, Clock, Stage, Story
from tests.house import STAFF, Platforms, open_desk
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="module")

WITHOUT_PIN = SIGNED.replace(", PIN 482913", "").replace(
    "    Maria Alvarez -> with our desk\n",
    "    Maria Alvarez -> transfer PIN from Verizon\n    [Later] -> All right, later\n",
)


async def test_a_time_is_named_at_the_submission_moved_and_kept(stage: Stage) -> None:
    story = await stage.story(WITHOUT_PIN)
    await story.play("""
        desk: submit {ref} 88123 -> Choose when we get it together, or type a day and a time
        sunday at noon -> Nobody is at our desk on Sunday
        {d1} at 10 -> Agreed: we get your transfer PIN => The customer fetches the transfer PIN
        desk: submit {ref} 88123 => the customer fetches the transfer PIN at
        [Another time] -> Or we get it together on
        {d1} at 11 -> Changed: we get your transfer PIN => The customer moved the time
        /status -> Your transfer PIN: we get it together on
        later: {d1} 11:01 -> It is time: our desk is ready -> #PORT => It is time for the transfer PIN
        771155 -> with our desk => It is good until
        desk: submit {ref} 88123 -> We have sent your request
        stands: submitted
    """)
    thread = "".join(story.desk.thread())
    assert "The transfer PIN is here." in thread
    assert "771155" not in thread


async def test_a_time_that_is_missed_is_told_to_both_once_and_another_one_is_named(stage: Stage) -> None:
    story = await stage.story(WITHOUT_PIN)
    await story.play("""
        [Name a time for the PIN] -> What is your transfer PIN
        {d3} at 10 -> Agreed
        later: {d3} 10:01 -> It is time => It is time for the transfer PIN
        later: 61 minutes -> has not come, and nothing can be sent without it => is not here
        {d4} at 10 -> Agreed => The customer fetches the transfer PIN
        [Drop the time] -> no time is set any more => The customer dropped the time
        stands: staff_review
    """)


async def test_staff_ask_before_the_time_where_they_are_ready_now(stage: Stage) -> None:
    story = await stage.story(WITHOUT_PIN)
    await story.play("""
        [Name a time for the PIN]
        {d3} at 10 -> Agreed
    """)
    slack = story.desk.platforms.slack
    post = next(post for post in reversed(slack.posts()) if "Ask for the PIN now" in str(post.blocks))
    await slack.press(STAFF, action_of("submit"), message_ts=post.ts, value=f"{story.ref} pin now")
    await until(lambda: "What is your transfer PIN" in story.desk.shown(story.chat))
    await story.play("""
        771155 => it can be submitted now
        desk: submit {ref} 88123 -> We have sent your request
    """)


async def test_a_time_outlives_the_program_that_heard_it(tmp_path: Path) -> None:
    clock = Clock()
    async with Platforms().served() as platforms:
        async with open_desk(platforms, tmp_path, policy=RULES, now=clock) as desk:
            story = await Stage(desk, clock).story(WITHOUT_PIN)
            await story.play("""
                [Name a time for the PIN]
                {d1} at 10 -> Agreed
            """)
        async with open_desk(platforms, tmp_path, policy=RULES, now=clock) as desk:
            again = Story(Stage(desk, clock), story.chat, story.n4, story.begun, story.card)
            await again.play("""
                later: {d1} 10:01 -> It is time: our desk is ready => It is time for the transfer PIN
                771155 => it can be submitted now
            """)
