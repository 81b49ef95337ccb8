"""What does not work after a move, through the real clients: urgent for the desk, which notes what works by then."""

import pytest

from tests.conversations.stories import SIGNED, Stage
from tests.house import STAFF
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="module")

MOVED = """
    desk: submit {ref} 88123
    desk: advance {ref}
    desk: advance {ref}
    desk: date {ref} {d10}
    desk: complete {ref} -> Moved: -> telephone of another company
    /status -> Pending until the first call
"""


async def test_a_no_is_urgent_for_the_desk_which_notes_what_works_by_the_button_under_it(stage: Stage) -> None:
    story = await stage.story(SIGNED, MOVED, "[No] -> I have told our desk => Does not work, says the customer")
    slack = story.desk.platforms.slack
    [post] = [post for post in slack.posts() if "Does not work, says the customer" in post.text]
    assert "Calls in" in post.text
    await story.desk.click("verb.works", post.ts)
    [form] = slack.modals(STAFF)
    await slack.submit(STAFF, form.id, {"checks": {"value": ["trial_in"]}})
    await until(lambda: "Calls in: works" in story.card_now())
    await story.play("desk: works {ref} calls out => Noted as working => Voicemail: not tried yet")
    await until(lambda: any("found that it works now" in text for text in story.desk.said(story.chat)), 20)
