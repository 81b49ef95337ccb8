"""A whole port of each class through the real clients: what is asked, in how many turns, and what the desk is shown."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house import Desk, Platforms, open_desk, reference, take_to_moved

PLACE = "120 Main Street, Suite 4, Springfield, IL 62701"
QUEBEC = "1250 Rue Guy, Suite 400, Montreal, QC H3H 2T4"
COMPANY = f"Blue Door Bakery LLC\nTom Baker\n{PLACE}"
PERSON = f"Maria Alvarez\n{PLACE}"
FINE, MINE, AGREED = "[All of that is true]", "[Mine: I am the account holder]", "[All correct, I agree]"


@dataclass(frozen=True)
class Way:
    """What a customer does, a line each: `[button]`, `@` for the paper, else typed; and what staff are shown of it."""

    steps: tuple[str, ...]
    asked: tuple[str, ...]
    card: tuple[str, ...]


WAYS = {
    "wireless": Way(
        (
            "415-421-8832, Verizon Wireless", FINE, "@", MINE, PERSON, "415 200 0100",
            "998877665-00001, PIN 482913", AGREED, "Maria Alvarez",
        ),
        ("No lock holds the number", "transfer PIN"),
        ("Mobile",),
    ),
    "landline": Way(
        (
            "415-421-8832, Comcast Business", FINE, "@", MINE, COMPANY, "[Nothing stays, no texts]", "415 200 0100",
            "8155300120012345", AGREED, "Tom Baker",
        ),
        ("stay on the account",),
        ("Home or office line", "Main number of the bill"),
    ),
    "voip": Way(
        (
            "415-421-8832, RingCentral", FINE, "@", MINE, PERSON, "Onvoy LLC", "415 200 0100", "998877665", AGREED,
            "Maria Alvarez",
        ),
        ("another company underneath", "screenshot of your account"),
        ("Internet line", "Company behind it", "Onvoy LLC"),
    ),
    "google_voice": Way(
        (
            "415-421-8832, Google Voice personal", FINE, "[It is unlocked]", "@", MINE, PERSON, "415 200 0100",
            AGREED, "Maria Alvarez",
        ),
        ("google.com/voice/unlock", "screenshot of the Google Voice settings"),
        ("Google Voice",),
    ),
    "toll_free": Way(
        ("800-356-9377, Comcast Business", FINE, "@", MINE, COMPANY, "415 200 0100", AGREED, "Tom Baker"),
        ("RespOrg", "ordered in a company's name"),
        ("Toll-free", "(800) 356-9377"),
    ),
    "fax": Way(
        (
            "fax 415-421-8832, Comcast Business", FINE, "@", MINE, COMPANY, "[Nothing stays]", "415 200 0100",
            "8155300120012345", AGREED, "Tom Baker",
        ),
        ("proof that the fax number is yours", "account id"),
        ("Queue", "Fax team"),
    ),
    "ca_landline": Way(
        (
            "514-861-2345, 514-861-2346 Bell home phone", "[Yes, main number (514) 861-2346]", FINE,
            "[Go on without]", MINE, f"Blue Door Bakery Inc\nTom Baker\n{QUEBEC}", "Distributel",
            "the line 514-861-2399", "[No texts]", "514-861-2399", "415 200 0100", "998877665", AGREED, "Tom Baker",
        ),
        ("not required in Canada", "exact legal name of a reseller", "becomes the main one"),
        ("Canadian home or office line", "Distributel", "(514) 861-2346", "(514) 861-2399", "not needed for Canada"),
    ),
    "ca_wireless": Way(
        (
            "514-861-2345, Rogers wireless", FINE, "@", MINE, f"Maria Alvarez\n{QUEBEC}", "[No other company]",
            "[Nothing stays]", "415 200 0100", "998877665", AGREED, "Maria Alvarez",
        ),
        ("YES within 90 minutes",),
        ("Canadian mobile",),
    ),
}  # fmt: skip
MOST_TURNS = {
    "wireless": 9, "landline": 10, "voip": 10, "google_voice": 9, "toll_free": 8, "fax": 10, "ca_landline": 14,
    "ca_wireless": 11,
}  # fmt: skip


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with Platforms().served() as platforms, open_desk(platforms, tmp_path) as opened:
        await opened.say("/start")
        yield opened


async def do(desk: Desk, step: str) -> str:
    if step == "@":
        return await desk.send_bill()
    return await desk.press(step[1:-1]) if step.startswith("[") else await desk.say(step)


@pytest.mark.parametrize("number_class", WAYS)
async def test_a_number_of_each_class_goes_from_the_first_word_to_moved(desk: Desk, number_class: str) -> None:
    way = WAYS[number_class]
    for step in way.steps:
        await do(desk, step)
    assert len(way.steps) == MOST_TURNS[number_class]
    told = "\n".join(message.text for message in desk.screen())
    assert "That is all I need" in told
    for words in way.asked:
        assert words in told
    card = str(desk.cards()[0].blocks)
    for words in way.card:
        assert words in card
    await take_to_moved(desk, reference(desk), number_class)


async def fill_as(desk: Desk, number_class: str, **other: str) -> str:
    """Go the way of a class, some of its steps done otherwise; return the reference."""
    for step in WAYS[number_class].steps:
        await do(desk, other.get(step.strip("[]@ ").lower().replace(" ", "_") or "paper", step))
    return reference(desk)


async def test_a_csr_that_the_carrier_does_not_give_us_is_asked_of_the_customer_and_compared(desk: Desk) -> None:
    ref = await fill_as(desk, "landline")
    for step in (f"submit {ref} 88123", f"advance {ref}", f"ask {ref} csr"):
        assert ref in await desk.port(step)
    told = desk.screen()[-1].text
    assert "does not give its record of your account to us" in told
    assert "customer service record" in told
    assert "Our desk compares it" in await desk.send_bill()
    assert any("CSR is here and kept" in text for text in desk.thread())
    assert "CSR check" in str(desk.cards()[0].blocks)
    assert "With the carrier" in await desk.port(f"advance {ref}")


async def test_a_number_that_is_unlocked_later_waits_for_that_and_for_its_proof(desk: Desk) -> None:
    ref = await fill_as(desk, "google_voice", it_is_unlocked="[I unlock it later]")
    assert "Waiting for the unlock" in str(desk.cards()[0].blocks)
    assert "does not fit there" in await desk.port(f"submit {ref} 88123")
    await desk.press("It is unlocked")
    await desk.send_bill()
    assert any("is unlocked now" in text for text in desk.thread())
    assert "Desk review" in str(desk.cards()[0].blocks)
    await take_to_moved(desk, ref, "google_voice")


async def test_a_number_of_another_country_reaches_the_desk_and_the_customers_words_after_it(desk: Desk) -> None:
    assert "let our desk look" in await desk.say("+44 20 7946 0958")
    assert "I have told our desk" in await desk.press("Ask our desk")
    await desk.say("it is our London office")
    card = str(desk.cards()[0].blocks)
    assert "+44 20 7946 0958" in card
    assert "United Kingdom" in card
    assert any("London office" in text for text in desk.thread())
