"""`/port carrier` through Slack: an entry shown, corrected by words and by form, its versions, and who reads it."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.slack.carriers import SHOWN_CHOICES, SHOWN_VERSIONS, choices, entry, form, history
from bot.wording import for_slack, for_telegram, telegram_text
from domain.carriers import CARRIERS, Carrier, CarrierId
from domain.carriers.corrections import FIELDS, facts_of
from domain.desk.clock import fire
from domain.desk.state import Due, OfRequest
from domain.policy import Policy
from sandbox.slack.limits import check_blocks, check_view
from sandbox.slack.views import View
from tests.bot.slackworld import BEN, GWEN, MAYA, World, open_world
from tests.bot.test_slack_desk import type_
from tests.domain.test_carrier_corrections import note
from tests.waiting import until

PIN = "Press nine <b>now</b> & ask."
TYPED = f"carrier tmobile pin: {PIN} (a call with T-Mobile)"
TMOBILE = CARRIERS[CarrierId("tmobile")]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path) as opened:
        yield opened


async def blocks(world: World, text: str, user: str = MAYA) -> str:
    """Type a command; return all that its answer shows."""
    await type_(world, text, user)
    return str(world.slack.ephemerals(user)[-1].blocks)


async def press(world: World, action: str, value: str, user: str = MAYA) -> None:
    """Press a button of what a person was shown last."""
    shown = world.slack.ephemerals(user)[-1]
    await world.slack.press(user, action, message_ts=shown.ts, value=value)


async def form_of(world: World) -> View:
    await type_(world, "carrier tmobile")
    await press(world, "book.correct", "tmobile")
    [view] = world.slack.modals(MAYA)
    return view


def entered(field: str, text: str, source: str, *doubt: str) -> dict[str, dict[str, Any]]:
    values: dict[str, Any] = {"field": field, "text": text, "source": source, "doubt": list(doubt)}
    return {block: {"value": value} for block, value in values.items()}


# shown


@pytest.mark.parametrize("row", CARRIERS.values(), ids=CARRIERS)
def test_every_entry_is_shown_whole_and_within_slacks_limits(row: Carrier) -> None:
    notes = [note(at, field, "word " * 60, row.id) for at, field in enumerate(FIELDS)]
    for known in ((), notes):
        message = entry(row, known, Policy())
        check_blocks([block.to_dict() for block in message.blocks])
        assert for_slack(row.name) in message.text
    shown = str([block.to_dict() for block in entry(row, (), Policy()).blocks])
    assert row.account_hint.checked.isoformat() in shown
    assert ("worded as advice" in shown) is any(fact.doubtful for fact in facts_of(row).values() if fact)
    check_view(form(row).to_dict(), ("modal",))


def test_many_choices_and_many_versions_stay_within_slacks_limits() -> None:
    rows = tuple(CARRIERS.values())
    check_blocks([block.to_dict() for block in choices(rows, "x" * 500).blocks])
    assert len(choices(rows, "x").blocks) == 1 + SHOWN_CHOICES
    versions = [note(at, "pin", "word " * 60) for at in range(SHOWN_VERSIONS + 7)]
    shown = history(TMOBILE, versions, Policy())
    check_blocks([block.to_dict() for block in shown.blocks])
    assert "and 7 older." in str(shown.blocks[-1].to_dict())


async def test_an_entry_is_shown_by_id_by_name_and_by_a_button_where_several_are_meant(world: World) -> None:
    for said in ("tmobile", "T-Mobile", "TMOBILE", "t mobile"):
        assert "T-Mobile" in await type_(world, f"carrier {said}")
    assert TMOBILE.pin_hint is not None
    assert TMOBILE.pin_hint.source in str(world.slack.ephemerals(MAYA)[-1].blocks)
    for said in ("verizon_home", for_slack("verizon_home"), "verizon home"):  # ids as they are, as Slack shows them
        assert "Fios" in await type_(world, f"carrier {said}")
    assert "Which one?" in await type_(world, "carrier verizon wireless or fios")
    await press(world, "book.show", "verizon_home")
    await until(lambda: "Which one?" not in world.said(MAYA))
    assert "verizon" in world.said(MAYA)
    assert CARRIERS[CarrierId("verizon_home")].name.split()[0] in world.said(MAYA)


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ("att", ("att_home", "att_prepaid", "att_business")),
        ("rogers", ("rogers_home",)),
        ("Verizon", ("verizon_home",)),
    ],
)
async def test_an_id_that_is_a_brands_name_too_asks_which_line_and_its_button_opens_that_one(
    world: World, said: str, lines: tuple[str, ...]
) -> None:
    assert "Which one?" in await type_(world, f"carrier {said}")
    shown = str(world.slack.ephemerals(MAYA)[-1].blocks)
    assert all(f"`{line}`" in shown for line in lines)
    await press(world, "book.show", said.lower())
    await until(lambda: "Which one?" not in world.said(MAYA))
    assert f"`/port carrier {said.lower()} pin:" in str(world.slack.ephemerals(MAYA)[-1].blocks)
    assert "Which one?" not in await type_(world, f"carrier {lines[0]}")
    assert "was corrected so far" in await type_(world, f"carrier {said} history")


def test_of_a_field_that_says_nothing_neither_source_nor_certainty_is_told() -> None:
    row = next(row for row in CARRIERS.values() if row.oddity is None)
    shown = [str(block.to_dict()) for block in entry(row, (), Policy()).blocks]
    [oddity] = [block for block in shown if "*Oddity*" in block]
    assert "*Oddity*: nothing known'" in oddity
    corrected = entry(row, [note(1, "oddity", "none", row.id)], Policy())
    assert "corrected by" in next(str(b.to_dict()) for b in corrected.blocks if "*Oddity*" in str(b.to_dict()))


def test_ids_can_be_copied_where_slack_shows_them() -> None:
    row = CARRIERS[CarrierId("att_home")]
    shown = entry(row, (), Policy())
    told = shown.text + str([block.to_dict() for block in (*shown.blocks, *choices((row,), "at&t").blocks)])
    assert told.count("att_home") >= 4
    assert for_slack("att_home") not in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("carrier", "/port carrier tmobile pin:"),
        ("carrier qqqq", "No entry is called"),
        ("carrier qqqq history", "No entry is called"),
        ("carrier verizon or fios pin: Ask them for it. (page)", "verizon_home"),
        ("carrier tmobile class: pager (page)", "“pager” is no class"),
        ("carrier tmobile name: Tee (page)", "“name” can't be corrected"),
        ("carrier : hello (page)", "name what shall be corrected"),
        ("carrier tmobile pin: Dial *PIN from the phone.", "name the source in brackets"),
        ("carrier tmobile pin life: soon (page)", "“soon” is no life time"),
        ("carrier tmobile undo", "Nothing of the entry of T-Mobile is corrected"),
    ],
)
async def test_what_cannot_be_done_is_answered_with_how_to_write_it(world: World, text: str, told: str) -> None:
    assert told in await type_(world, text)
    assert not [owed for owed in world.owed if owed.kind == "channel"]


# corrected


async def test_a_typed_correction_is_what_customers_read_from_the_next_turn_on(world: World) -> None:
    told = await type_(world, TYPED)
    assert "Customers read it from now on" in told
    [owed] = [each for each in world.owed if each.kind == "channel"]
    await world.send(owed)
    assert f"<@{MAYA}> corrected the entry of T-Mobile" in world.slack.posts()[-1].text
    shown = await blocks(world, "carrier tmobile")
    assert f"corrected by <@{MAYA}>" in shown
    assert "2026-11-23" in shown
    assert "Press nine &lt;b&gt;now&lt;/b&gt; &amp; ask." in await asked_for_the_pin(world, chat=4)
    await type_(world, "carrier tmobile undo")
    said = await asked_for_the_pin(world, chat=5)
    assert "Press nine" not in said
    assert TMOBILE.pin_hint is not None
    assert for_telegram(TMOBILE.pin_hint.text) in said


async def asked_for_the_pin(world: World, chat: int) -> str:
    """Have the desk ask a customer of T-Mobile for the PIN; return what Telegram is given."""
    ref = await world.request(chat=chat, facts={"carrier": ("tmobile", "T-Mobile")})
    await type_(world, f"ask {ref} pin")
    world.clock.forward(seconds=61)  # nothing of it can be taken back any more
    case = (await world.sheet(ref)).case
    due = Due(1, "tell", case.request.id, 1, world.clock())
    await world.store.turn(OfRequest(case.request.id), f"tell:{ref}", partial(fire, due=due, policy=world.policy))
    said = [owed for owed in world.owed if owed.kind == "say" and owed.address == str(chat)]
    return telegram_text(said[-1].key, said[-1].params, "en")


async def test_a_form_corrects_and_its_doubt_is_shown(world: World) -> None:
    view = await form_of(world)
    assert view.private_metadata == "tmobile"
    await world.slack.submit(MAYA, view.id, entered("lock", "Ask them to take the lock off.", "a page", "doubtful"))
    assert not world.slack.modals(MAYA)
    shown = await blocks(world, "carrier tmobile")
    assert "Ask them to take the lock off." in shown
    assert "doubtful, worded as advice · corrected by" in shown


@pytest.mark.parametrize(
    ("field", "text", "source", "doubt", "told"),
    [
        ("pin", "The PIN is 842917.", "a page", (), "PIN"),
        ("pin", "Dial it from the phone.", "a page", ("doubtful",), "may only be advice"),
        ("life", "for ever", "a page", (), "no life time"),
    ],
)
async def test_a_form_that_says_what_customers_should_not_read_stays_open(
    world: World, field: str, text: str, source: str, doubt: tuple[str, ...], told: str
) -> None:
    view = await form_of(world)
    await world.slack.submit(MAYA, view.id, entered(field, text, source, *doubt))
    [view] = world.slack.modals(MAYA)
    assert told in view.errors["field"]
    assert await world.store.board.carrier_notes("tmobile") == ()


async def test_versions_are_told_with_who_and_when_also_those_taken_back(world: World) -> None:
    assert "Nothing of the entry" in await type_(world, "carrier tmobile history")
    await type_(world, TYPED)
    await type_(world, "carrier tmobile life: 3 days (a call)", BEN)
    assert "3 days" in await blocks(world, "carrier tmobile")
    assert "How long the PIN works" in await type_(world, "carrier tmobile undo", BEN)
    await type_(world, "carrier tmobile")
    before = len(world.slack.ephemerals(MAYA))
    await press(world, "book.history", "tmobile")
    await until(lambda: len(world.slack.ephemerals(MAYA)) > before)
    shown = str(world.slack.ephemerals(MAYA)[-1].blocks)
    assert shown.index("3 days") < shown.index("Press nine")
    assert f"taken back by <@{BEN}>, 2026-11-23 09:00" in shown
    assert f"2026-11-23 09:00 <@{MAYA}>" in shown
    assert "7 days" in await blocks(world, "carrier tmobile") or TMOBILE.pin_life is None


async def test_a_button_takes_back_the_correction_that_it_names_and_no_other(world: World) -> None:
    await type_(world, TYPED)
    await type_(world, "carrier tmobile life: 3 days (a call)")
    first, second = await world.store.board.carrier_notes("tmobile")
    await type_(world, "carrier tmobile")
    shown = world.slack.ephemerals(MAYA)[-1]
    for _ in range(2):
        await world.slack.press(MAYA, "book.undo", message_ts=shown.ts, value=f"tmobile {second.id}")
    assert "already" in world.said(MAYA)
    standing = [each.id for each in await world.store.board.carrier_notes("tmobile") if each.stands]
    assert standing == [first.id]


async def test_nobody_but_staff_reads_or_corrects_an_entry(world: World) -> None:
    for text in ("carrier tmobile", TYPED, "carrier tmobile history", "carrier tmobile undo"):
        assert "porting desk's staff" in await type_(world, text, GWEN)
    assert await world.store.board.carrier_notes("tmobile") == ()
