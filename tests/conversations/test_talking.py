"""Staff and customers talking through the whole desk, on both databases: every word by the real clients."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import pytest

from bot import gathering
from bot.clock import Now, utc_now
from domain.policy import Policy
from sandbox.faults import Fault
from sandbox.telegram.screen import Document
from tests.conversations.canaries import Canary, files_below, scan
from tests.conversations.test_canaries import rows_of
from tests.house import BILL, STAFF, Desk, Platforms, fill_in, open_desk, reference, sign
from tests.storage.conftest import Place

OTHER = "U0STAFF2"
AT_ONCE = Policy(undo=timedelta(0))


@asynccontextmanager
async def a_desk(place: Place, policy: Policy = AT_ONCE, now: Now = utc_now) -> AsyncIterator[Desk]:
    """Open a desk on a database, with a request that its customer has signed."""
    url = None if place.is_sqlite else place.url
    async with (
        Platforms().served() as platforms,
        open_desk(platforms, place.folder, policy=policy, now=now, url=url) as desk,
    ):
        await fill_in(desk)
        await sign(desk)
        yield desk


@pytest.fixture
async def desk(place: Place) -> AsyncIterator[Desk]:
    async with a_desk(place) as opened:
        yield opened


@pytest.fixture
async def file_desk(file_place: Place) -> AsyncIterator[Desk]:
    """Return a desk on SQLite, for what people are shown before anything is kept: no database has a part in it."""
    async with a_desk(file_place) as opened:
        yield opened


def replies(desk: Desk) -> list[str]:
    return [text for text in desk.thread() if "wrote to the customer" in text]


async def press_button(desk: Desk, action: str, user: str = STAFF) -> None:
    """Press a button of the newest post that has it."""
    posts = [p for p in desk.platforms.slack.posts() if action in str(p.blocks)]
    await desk.click(action, posts[-1].ts, user)


async def hand_in(desk: Desk, values: dict[str, dict[str, object]] | None = None, user: str = STAFF) -> None:
    """Hand in the form that is on top."""
    slack = desk.platforms.slack
    await slack.submit(user, slack.modals(user)[-1].id, values)
    await desk.quiet()


# a person in the intake's place


async def test_while_a_person_answers_everything_goes_to_the_thread_until_they_give_it_back(desk: Desk) -> None:
    ref = reference(desk)
    before = len(desk.said())
    assert "in person" in await desk.port(f"takeover {ref}")
    (here,) = desk.said()[before:]
    assert "Maya" in here
    before = len(desk.said())
    await desk.say("Is Friday fine?")
    assert desk.said()[before:] == []
    assert "Is Friday fine?" in desk.thread()[-1]
    await desk.port(f"reply {ref} Friday is fine.")
    assert "Friday is fine." in desk.shown()
    assert "go on with the customer" in await desk.port(f"resume {ref}")
    assert "handed over to me again" in desk.shown()
    await desk.say("The shop is closed on Friday, by the way")
    assert "passed your message" in desk.shown()


async def test_one_takes_over_from_another_and_the_card_has_the_way_back(desk: Desk) -> None:
    ref = reference(desk)
    await desk.port(f"takeover {ref} Maya")
    await desk.port(f"tk {ref}", OTHER)
    assert any("resume" in str(card.blocks) for card in desk.cards())
    sheet = await desk.house.keeper.board.sheet(ref=ref)
    assert sheet is not None
    assert sheet.taken_by == OTHER


# replies


async def test_a_reply_shows_in_the_thread_when_it_was_delivered(desk: Desk) -> None:
    await desk.port(f"reply {reference(desk)} On Tuesday.")
    (shown,) = replies(desk)
    assert "On Tuesday." in shown
    assert "delivered" in shown


async def test_a_reply_that_meets_a_blocked_bot_says_so_in_its_place(desk: Desk) -> None:
    desk.platforms.faults.add(Fault("telegram", "sendMessage", "403"))
    await desk.port(f"reply {reference(desk)} On Tuesday.")
    (shown,) = replies(desk)
    assert "On Tuesday." in shown
    assert "not delivered: they have blocked the bot" in shown
    assert "has blocked the bot" in await desk.port(f"reply {reference(desk)} Hello?")


async def test_the_form_shows_what_the_customer_will_read_before_it_is_sent(file_desk: Desk) -> None:
    before = len(file_desk.said())
    await press_button(file_desk, "verb.reply")
    await hand_in(file_desk, {"words": {"value": "It moves on\nTuesday."}})
    look = file_desk.platforms.slack.modals(STAFF)[-1]
    assert "It moves on\nTuesday." in look.blocks[1]["text"]["text"]
    assert file_desk.said()[before:] == []
    await hand_in(file_desk)
    (told,) = file_desk.said()[before:]
    assert "It moves on\nTuesday." in told
    assert file_desk.platforms.slack.modals(STAFF) == []


async def test_a_saved_reply_is_a_choice_away_and_filled_with_the_requests_facts(file_desk: Desk) -> None:
    ref = reference(file_desk)
    slack = file_desk.platforms.slack
    await press_button(file_desk, "verb.reply")
    await slack.press(STAFF, "write.saved", view_id=slack.modals(STAFF)[-1].id, value="received")
    await file_desk.quiet()
    await hand_in(file_desk)
    assert f"news about {ref}" in slack.modals(STAFF)[-1].blocks[1]["text"]["text"]
    await hand_in(file_desk)
    assert f"news about {ref}" in file_desk.shown()


async def test_a_saved_reply_that_lacks_a_fact_says_which_in_the_form(file_desk: Desk) -> None:
    slack = file_desk.platforms.slack
    await press_button(file_desk, "verb.reply")
    await slack.press(STAFF, "write.saved", view_id=slack.modals(STAFF)[-1].id, value="date")
    await file_desk.quiet()
    assert "needs the date" in str(slack.modals(STAFF)[-1].blocks)


async def test_an_empty_form_and_a_secret_are_refused_at_the_words(file_desk: Desk) -> None:
    slack = file_desk.platforms.slack
    await press_button(file_desk, "verb.reply")
    await hand_in(file_desk)
    assert list(slack.modals(STAFF)[-1].errors) == ["words"]
    await hand_in(file_desk, {"words": {"value": "Your PIN 482913 was wrong."}})
    assert "doesn't belong" in slack.modals(STAFF)[-1].errors["words"]
    assert not replies(file_desk)


async def test_the_stored_pin_and_account_number_are_refused_without_their_names_too(desk: Desk) -> None:
    slack, ref = desk.platforms.slack, reference(desk)
    before = len(desk.said())
    for words in ("is 482913 right?", "Is 99887766500001 the number on the bill?", "the PIN you gave, 445566"):
        assert "belong in a chat" in await desk.port(f"reply {ref} {words}")
    await press_button(desk, "verb.reply")
    await hand_in(desk, {"words": {"value": "is 482913 right?"}})
    assert "doesn't belong" in slack.modals(STAFF)[-1].errors["words"]
    assert (desk.said()[before:], replies(desk)) == ([], [])


async def test_figures_as_long_as_the_pin_are_sent_once_somebody_says_that_they_are_none(desk: Desk) -> None:
    slack, ref = desk.platforms.slack, reference(desk)
    words = "Please name ticket 664422 to the carrier."
    assert "*Reply*" in await desk.port(f"reply {ref} {words}")
    await press_button(desk, "verb.reply")
    await hand_in(desk, {"words": {"value": words}})
    look = slack.modals(STAFF)[-1]
    assert "664422" in repr(look.blocks)
    assert "no PIN: send" in repr(look.body["submit"])
    await hand_in(desk)
    assert words in desk.shown()
    sheet = await desk.house.keeper.board.sheet(ref=ref)
    assert sheet is not None
    assert ("no_secret", f"staff:{STAFF}") in [(row.what, row.actor) for row in sheet.history]


async def test_many_figures_as_long_as_the_pin_are_refused_so_that_none_is_found_by_trying(file_desk: Desk) -> None:
    await press_button(file_desk, "verb.reply")
    await hand_in(file_desk, {"words": {"value": "Is it 664421, 664422, 664423 or 664424?"}})
    assert "don't belong" in file_desk.platforms.slack.modals(STAFF)[-1].errors["words"]


async def test_a_pin_that_came_while_a_reply_was_looked_at_is_not_sent(desk: Desk) -> None:
    """The customer gives a new PIN between the look at a reply that has it and the press that would send it."""
    await press_button(desk, "verb.reply")
    await hand_in(desk, {"words": {"value": "Please name ticket 771155 to the carrier."}})
    await desk.port(f"ask {reference(desk)} pin: it is a new one")
    await desk.say("771155")
    before = len(desk.said())
    await hand_in(desk)
    assert (desk.said()[before:], replies(desk)) == ([], [])


async def test_a_call_for_help_beside_a_question_about_the_status_reaches_the_thread_and_home(desk: Desk) -> None:
    before = len(desk.thread())
    await desk.say("so has it moved or not? my phone is dead")
    assert any("my phone is dead" in text for text in desk.thread()[before:])
    assert "passed your message" in desk.shown()
    sheet = await desk.house.keeper.board.sheet(ref=reference(desk))
    assert sheet is not None
    assert sheet.case.request.waits_since is not None


async def test_a_call_for_help_stays_unanswered_through_steps_that_are_taken_back_until_words_answer_it(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "GATHER", timedelta(0))  # each of its dozen posts would wait for others
    async with a_desk(place, Policy()) as desk:
        ref, board = reference(desk), desk.house.keeper.board

        async def unanswered() -> bool:
            sheet = await board.sheet(ref=ref)
            return sheet is not None and sheet.case.request.waits_since is not None

        await desk.say("have somebody call me at once")
        for typed in (f"ask {ref} name: the bill says Maria J.", f"cancel {ref}"):
            await desk.port(typed)
            assert await unanswered() is typed.startswith("cancel")
            await desk.port(f"undo {ref}")
            assert await unanswered()
        await desk.port(f"reply {ref} I call you now.")
        assert not await unanswered()


def is_of_letter(document: Document) -> bool:
    """Tell whether a file is a page of the letter, or the sealed one."""
    return document.is_photo or "-letter-" in document.name


async def test_files_go_with_a_reply_and_are_kept_no_longer_than_needed(desk: Desk) -> None:
    slack, telegram = desk.platforms.slack, desk.platforms.telegram
    file = slack.attach("form.pdf", b"%PDF-1.4 the form")
    await press_button(desk, "verb.reply")
    await hand_in(desk, {"words": {"value": "Please sign this."}, "files": {"value": [file]}})
    await hand_in(desk)
    await desk.quiet()
    said = [m for m in desk.screen() if m.from_bot]
    (document,) = [m.document for m in said if m.document is not None and not is_of_letter(m.document)]
    assert telegram.content(document.file_id) == b"%PDF-1.4 the form"
    assert any("Please sign this." in m.text for m in said)
    shown = replies(desk)
    assert len(shown) == 2
    assert all("delivered" in text for text in shown)
    folder = desk.settings.data_dir / "files"
    kept = [path.name for path in folder.glob("*/*")]
    assert not [name for name in kept if name.startswith("reply-")]


async def test_a_file_that_is_too_large_is_not_sent_and_the_thread_says_why(place: Place) -> None:
    async with a_desk(place, Policy(undo=timedelta(0), reply_mb=1)) as desk:
        file = desk.platforms.slack.attach("film.mov", b"x" * (1024 * 1024 + 1))
        await press_button(desk, "verb.reply")
        await hand_in(desk, {"files": {"value": [file]}})
        await hand_in(desk)
        await desk.quiet()
        assert any("more than 1 MB" in text for text in desk.thread())
        assert all(is_of_letter(m.document) for m in desk.screen() if m.from_bot and m.document is not None)


async def test_a_file_of_the_customers_opens_for_staff_alone_and_once(desk: Desk) -> None:
    ref = reference(desk)
    await desk.port(f"takeover {ref}")
    await desk.send_bill(name="second.pdf")
    slack = desk.platforms.slack
    await press_button(desk, "papers.open")
    address = re.search(r"<(http[^|>]+/desk/[^|>]+)", str(slack.ephemerals(STAFF)[-1].blocks))
    assert address is not None
    async with aiohttp.ClientSession() as session:
        async with session.post(address[1]) as opened:
            assert (opened.status, "second.pdf" in await opened.text()) == (200, True)
        async with session.post(address[1]) as again:
            assert again.status == 410
    sheet = await desk.house.keeper.board.sheet(ref=ref)
    assert sheet is not None
    assert f"staff:{STAFF}" in [h.actor for h in sheet.history if h.what == "opened_secrets"]


async def test_no_pin_of_a_talk_gets_out_of_the_desk(place: Place) -> None:
    canaries = [Canary("said to a person", "739164"), Canary("under a file", "284617"), Canary("as a file", "518273")]
    said, under, called = (canary.text for canary in canaries)
    async with a_desk(place) as desk:
        ref, slack = reference(desk), desk.platforms.slack
        await desk.port(f"takeover {ref}")
        await desk.say(f"my PIN is {said}")
        await desk.say(said)
        desk.platforms.telegram.upload(5001, BILL, name=f"{called}.pdf", mime="application/pdf", caption=f"pin {under}")
        await desk.quiet()
        assert "My words" in await _replied_with_file(desk, f"{called}.pdf")
        told = [
            (call.method, str([call.params, call.answer])) for call in desk.platforms.record if call.service == "slack"
        ]
        places = [(method, text.encode()) for method, text in told if "file" not in method and "view" not in method]
        assert slack.posts()
        kept = [] if place.is_sqlite else rows_of(place.url)
        found = scan(canaries, [*places, *kept, *files_below(place.folder)])
    assert found == []


async def _replied_with_file(desk: Desk, name: str) -> str:
    """Send words and a file by the form; return what the thread shows."""
    file = desk.platforms.slack.attach(name, b"%PDF-1.4")
    await press_button(desk, "verb.reply")
    await hand_in(desk, {"words": {"value": "My words"}, "files": {"value": [file]}})
    await hand_in(desk)
    await desk.quiet()
    return " ".join(replies(desk))


# words among staff


async def test_what_staff_write_in_a_thread_stays_among_them(file_desk: Desk) -> None:
    (card,) = file_desk.cards()
    before = len(file_desk.said())
    delivered = await file_desk.platforms.slack.message_event(STAFF, "He sounds nervous.", card.ts)
    assert delivered.is_acked
    await file_desk.platforms.slack.message_event(STAFF, "Lunch?")
    await file_desk.quiet()
    assert file_desk.said()[before:] == []
    assert "nervous" not in str([p.text for p in file_desk.platforms.slack.ephemerals(STAFF)])


# hours


async def test_unanswered_customers_are_nudged_for(place: Place) -> None:
    ahead = timedelta(0)
    async with a_desk(place, now=lambda: utc_now() + ahead) as desk:
        await desk.port(f"take {reference(desk)}")
        await desk.say("The shop is closed on Friday, by the way")
        ahead = timedelta(minutes=31)
        await desk.house.schedule.tick()
        await desk.quiet()
        assert sum("has waited for an answer" in text for text in desk.thread()) == 1
        assert any("has waited" in p.text for p in desk.platforms.slack.ephemerals(STAFF))


async def test_a_chat_is_given_back_by_itself_after_the_policys_hours(place: Place) -> None:
    ahead = timedelta(0)
    async with a_desk(place, now=lambda: utc_now() + ahead) as desk:
        await desk.port(f"takeover {reference(desk)}")
        ahead = timedelta(hours=8, minutes=1)
        await desk.house.schedule.tick()
        await desk.quiet()
        assert "handed over to me again" in desk.shown()
        assert any("The time is over" in text for text in desk.thread())
