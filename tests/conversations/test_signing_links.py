"""Somebody else's signature by a link in Telegram, through the real clients: every way that it can go."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from domain.policy import Policy
from storage import Store
from storage.tables import TABLES
from tests.conversations.signing import ANN, MARIA, SIGNER, THIRD, Shifted, fresh_token, wait_for_signer
from tests.conversations.test_companies import everything_kept
from tests.house import Desk, Platforms, open_desk, reference
from tests.storage.conftest import Place
from tests.storage.test_erasing import rows
from tests.waiting import until


@pytest.fixture
def clock() -> Shifted:
    return Shifted()


@pytest.fixture
async def desk(place: Place, tmp_path: Path, clock: Shifted) -> AsyncIterator[Desk]:
    """Run a desk on each database."""
    url = None if place.is_sqlite else place.url
    policy = Policy(undo=timedelta(0))
    async with (
        Platforms().served() as platforms,
        open_desk(platforms, tmp_path, url=url, policy=policy, now=clock) as opened,
    ):
        yield opened


async def confirm(desk: Desk, token: str, chat: int = ANN) -> None:
    """Open the link and show who one is; the consent is asked for by a turn of the request."""
    asked = sum("may it be done electronically?" in text for text in desk.said(chat))
    await desk.say(f"/start {token}", chat)
    await desk.say("8832", chat)
    await until(lambda: sum("may it be done electronically?" in text for text in desk.said(chat)) > asked, 20)


async def sign(desk: Desk, name: str = SIGNER) -> None:
    """Type the name; what comes of it comes by a turn of the request, and the sealed letter may be here by then."""
    await desk.say(name, ANN)
    await until(lambda: "Signed, thank you." in "".join(desk.said(ANN)), 20)
    await desk.quiet()


async def test_somebody_else_signs_by_a_link_and_both_sides_hear_of_it(
    desk: Desk, place: Place, tmp_path: Path
) -> None:
    token = await wait_for_signer(desk)
    said = desk.said(MARIA)
    assert any("Please forward the next message to Ann Lee" in text for text in said)
    assert any("Maria asks Ann Lee to sign" in text and token in text for text in said)
    if place.is_sqlite:  # the link is in the chat, and nowhere in what we keep
        kept = everything_kept(tmp_path)
        assert b"signer_token" in kept
        assert token.encode() not in kept

    rows_kept = str([await rows(cast("Store", desk.house.keeper), table) for table in TABLES])
    assert "signing" in rows_kept
    assert token not in rows_kept

    asked = await desk.say(f"/start {token}", ANN)
    assert "Maria asks Ann Lee to sign a letter" in asked
    assert "8832" not in "".join(desk.said(ANN))
    assert "The link for Ann Lee was opened" in "".join(desk.said(MARIA))
    assert "The link for Ann Lee was opened." in desk.thread()
    assert "may it be done electronically?" in await desk.say("8832", ANN)
    await desk.press("I agree", ANN)
    await until(lambda: any(m.kind == "photo" for m in desk.screen(ANN)), 20)  # its pages, as they are printed
    letter = next(text for text in desk.said(ANN) if text.startswith("Letter of Authorization"))
    assert "1455 Market Street" in letter
    await sign(desk, "ann lee")
    assert "Ann Lee has signed the letter." in "".join(desk.said(MARIA))
    assert "Ann Lee has signed the letter by the link." in desk.thread()
    assert "998877665" not in "".join(desk.said(ANN))

    await desk.say("415-200-7777", ANN)  # the chat is its own again
    assert "(415) 200-7777" in "".join(desk.said(ANN)[-2:])


async def test_a_link_signs_once(desk: Desk) -> None:
    token = await wait_for_signer(desk)
    await confirm(desk, token)
    await desk.press("I agree", ANN)
    await desk.say(SIGNER, ANN)
    for chat in (ANN, THIRD):
        await desk.say(f"/start {token}", chat)
        assert any("nothing more to do" in text for text in desk.said(chat)[-3:])
    assert desk.thread().count("Ann Lee has signed the letter by the link.") == 1


async def test_a_signer_who_declines_leads_back_to_whose_account_it_is(desk: Desk) -> None:
    token = await wait_for_signer(desk)
    await confirm(desk, token)
    await desk.press("I will not sign", ANN)
    assert "Why will you not sign?" in desk.shown(ANN)
    await desk.press("Go back, nothing has ended", ANN)
    assert "may it be done electronically?" in desk.shown(ANN)
    assert "does not want to sign" not in "".join(desk.said(MARIA))
    await desk.press("I will not sign", ANN)
    await desk.press("Something in the letter is wrong", ANN)
    assert "nothing is signed" in desk.shown(ANN)
    asked = desk.shown(MARIA)
    assert "Ann Lee does not want to sign the letter" in asked
    assert "account" in asked
    assert "something in it is wrong" in asked
    assert "Ann Lee declined to sign: something in it is wrong" in "".join(desk.thread())
    await desk.press("Somebody else has to sign", MARIA)
    await desk.say("Bob Stone, bob@example.com", MARIA)
    fresh = await fresh_token(desk, token)
    assert "Maria asks Bob Stone to sign" in await desk.say(f"/start {fresh}", THIRD)


async def test_the_wrong_person_says_so_and_the_account_is_asked_about_again(desk: Desk) -> None:
    token = await wait_for_signer(desk)
    await desk.say(f"/start {token}", THIRD)
    await desk.press("I am somebody else", THIRD)
    await desk.press("Yes, I am somebody else", THIRD)
    assert "Thank you for saying so" in desk.shown(THIRD)
    assert "says that they are somebody else" in desk.shown(MARIA)
    await desk.press("Mine: I am the account holder", MARIA)
    await desk.press("I agree", MARIA)  # their own consent, which nobody asked of them before
    assert "To sign, type your full name" in desk.shown(MARIA)


async def test_a_link_runs_out_and_a_new_one_can_be_made(desk: Desk, clock: Shifted) -> None:
    token = await wait_for_signer(desk)
    clock.by += timedelta(hours=73)
    await desk.house.schedule.tick()
    await desk.quiet()
    assert "Nobody signed in time" in "".join(desk.said(MARIA))
    assert "The link for Ann Lee is over; nobody signed." in "".join(desk.thread())
    assert "This link is over" in await desk.say(f"/start {token}", ANN)
    await desk.press("Make a new link", MARIA)
    await confirm(desk, await fresh_token(desk, token))
    assert "may it be done electronically?" in desk.shown(ANN)


async def test_a_link_is_taken_back(desk: Desk) -> None:
    token = await wait_for_signer(desk)
    await confirm(desk, token)
    await desk.press("Take the link back", MARIA)
    assert "The link for Ann Lee works no more" in desk.shown(MARIA)
    assert "This link was taken back" in desk.shown(ANN)
    assert "This link was taken back" in await desk.say(f"/start {token}", THIRD)
    await desk.press("Make a new link", MARIA)
    assert "there is a newer one" in await desk.say(f"/start {token}", ANN)


async def test_the_desk_takes_a_link_back_and_has_a_new_one_made(desk: Desk) -> None:
    token = await wait_for_signer(desk)
    await confirm(desk, token)
    await desk.port(f"link {reference(desk)} off")
    assert "This link was taken back" in desk.shown(ANN)
    assert "Our desk took the link for Ann Lee back" in desk.shown(MARIA)
    assert "took the link for Ann Lee back" in "".join(desk.thread())
    assert "This link was taken back" in await desk.say(f"/start {token}", ANN)
    await desk.port(f"link {reference(desk)}")
    assert "Our desk has a new link made for Ann Lee" in "".join(desk.said(MARIA))
    fresh = await fresh_token(desk, token)
    assert "there is a newer one" in await desk.say(f"/start {token}", ANN)
    await confirm(desk, fresh)
    assert "may it be done electronically?" in desk.shown(ANN)


async def test_a_signer_in_telegram_who_wants_paper_is_sent_the_letter_and_can_come_back(desk: Desk) -> None:
    await confirm(desk, await wait_for_signer(desk))
    await desk.press("Sign on paper instead", ANN)
    [blank] = [m.document for m in desk.screen(ANN) if m.document and m.text.startswith("The letter, to be printed")]
    assert desk.platforms.telegram.content(blank.file_id).startswith(b"%PDF-")
    assert "Ann Lee wants to sign on paper" in "".join(desk.said(MARIA))
    assert "Ann Lee wants to sign on paper" in "".join(desk.thread())
    await desk.press("Go back, nothing has ended", ANN)
    await desk.press("I agree", ANN)
    await sign(desk)


async def test_a_signer_without_an_address_signs_by_the_link_that_is_passed_on(desk: Desk) -> None:
    token = await wait_for_signer(desk, signer=f"{SIGNER}, no e-mail")
    await confirm(desk, token)
    await desk.press("I agree", ANN)
    await sign(desk)


async def test_a_link_forwarded_to_a_third_person_locks_after_five_tries(desk: Desk) -> None:
    token = await wait_for_signer(desk)
    await desk.say(f"/start {token}", THIRD)
    for left in (4, 3, 2, 1):
        assert f"Tries that are left: {left}." in await desk.say("1234", THIRD)
    assert "This link is locked" in await desk.say("4321", THIRD)
    assert "I have locked the link for Ann Lee" in desk.shown(MARIA)
    assert "is locked: five times" in "".join(desk.thread())
    assert "This link is locked" in await desk.say(f"/start {token}", ANN)


async def test_who_has_shown_who_they_are_has_the_link_for_themselves(desk: Desk) -> None:
    token = await wait_for_signer(desk)
    await confirm(desk, token)
    assert "Somebody else has shown already" in await desk.say(f"/start {token}", THIRD)
    await desk.say(f"/start {token}", MARIA)
    assert "Please forward it" in "".join(desk.said(MARIA)[-2:])  # and the open question is put again
    await desk.press("I agree", ANN)
    assert "not quite the name" in await desk.say("Zed Zoo", ANN)
    await sign(desk)


async def test_a_letter_that_changed_meanwhile_is_not_signed(desk: Desk) -> None:
    token = await wait_for_signer(desk)
    await confirm(desk, token)
    await desk.press("I agree", ANN)
    await desk.port(f"edit {reference(desk)} address: 99 Main Street, San Francisco, CA 94103")
    assert "says something else by now" in desk.shown(ANN)
    assert "The letter of" in "".join(desk.said(MARIA)[-3:])
    assert "works no more" in "".join(desk.said(MARIA)[-3:])
    fresh = await fresh_token(desk, token)
    await confirm(desk, fresh)
    await desk.press("I agree", ANN)
    assert any("Letter of" in text and "99 Main Street" in text for text in desk.said(ANN))
    await sign(desk)


async def test_a_link_is_sent_again_some_times_and_every_copy_opens_it(desk: Desk) -> None:
    first = await wait_for_signer(desk)
    for _ in range(3):
        await desk.press("Send the link again", MARIA)
    assert await fresh_token(desk, first) != first
    await desk.press("Send the link again", MARIA)
    assert "often enough" in desk.shown(MARIA)
    await desk.say("/status", MARIA)
    assert any(button.text == "Take the link back" for row in desk.screen(MARIA)[-1].keyboard for button in row)
    assert "asks Ann Lee" in await desk.say(f"/start {first}", ANN)
    assert "may it be done electronically?" in await desk.say("(415) 421-8832", ANN)


async def test_a_word_that_looks_like_a_token_opens_nothing(desk: Desk) -> None:
    await wait_for_signer(desk)
    assert "none of my invitations" in await desk.say(f"/start {'A' * 43}", THIRD)
