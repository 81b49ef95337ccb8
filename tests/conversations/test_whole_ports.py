"""Whole ports as people live them, through the real clients: few turns, several numbers, somebody else's account."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house import WITH_CSR, Desk, Platforms, open_desk, reference, take_to_moved

WIRELESS_TURNS = 9
LANDLINE_TURNS = 11
TURNS_OF_ANOTHER_NUMBER = 1
ADDRESS = "1455 Market Street, San Francisco, CA 94103"


@dataclass
class Person:
    """A customer whose every message, press and file is counted."""

    desk: Desk
    turns: int = 0

    async def say(self, text: str) -> str:
        self.turns += 1
        return await self.desk.say(text)

    async def press(self, label: str) -> str:
        self.turns += 1
        return await self.desk.press(label)

    async def send_bill(self) -> str:
        self.turns += 1
        return await self.desk.send_bill()


@pytest.fixture
async def person(tmp_path: Path) -> AsyncIterator[Person]:
    async with Platforms().served() as platforms, open_desk(platforms, tmp_path) as opened:
        await opened.say("/start")
        yield Person(opened)


async def send_the_bill(person: Person) -> None:
    """Say that nothing is in the way, and send the bill."""
    await person.press("All of that is true")
    await person.send_bill()


async def signed(person: Person) -> str:
    """Bring a wireless request to the desk; return its reference."""
    await person.say("415-421-8832, Verizon Wireless")
    await send_the_bill(person)
    await person.press("Mine: I am the account holder")
    await person.say(f"Maria Alvarez\n{ADDRESS}")
    await person.say("415 200 0100")
    await person.say("998877665-00001, PIN 482913")
    await person.press("All correct, I agree")
    assert "That is all I need" in await person.say("Maria Alvarez")
    return reference(person.desk)


async def signed_by_company(person: Person, stays: str) -> str:
    """Bring a request for landlines to the desk once they are named, pressing `stays`; return its reference."""
    await send_the_bill(person)
    await person.press("Mine: I am the account holder")
    await person.say(f"Blue Door Bakery LLC\nMaria Alvarez\n{ADDRESS}")
    await person.press(stays)
    await person.say("415 200 0100")
    await person.say("8499-10-123-4567890")
    await person.press("All correct, I agree")
    assert "That is all I need" in await person.say("Maria Alvarez")
    return reference(person.desk)


async def test_a_clean_wireless_number_takes_nine_turns_with_its_pin(person: Person) -> None:
    ref = await signed(person)
    assert person.turns <= WIRELESS_TURNS
    assert ref in await person.desk.port(f"submit {ref} 88123")  # the PIN is here, nothing is missing
    assert "We have sent your request" in person.desk.shown()


async def test_three_office_numbers_on_one_bill_move_together_with_one_notice_each_time(person: Person) -> None:
    await person.say("415-421-8832, 415-421-8833 and 415-421-8834, Comcast Business")
    await person.press("Yes, main number (415) 421-8832")
    ref = await signed_by_company(person, "Nothing stays, no texts")
    assert person.turns <= LANDLINE_TURNS + 2 * TURNS_OF_ANOTHER_NUMBER
    for notice in await take_to_moved(person.desk, ref, WITH_CSR):
        for number in ("(415) 421-8832", "(415) 421-8833", "(415) 421-8834"):
            assert number in notice
    assert len(person.desk.cards()) == 1


async def test_one_office_number_takes_eleven_turns(person: Person) -> None:
    await person.say("415-421-8832, Comcast Business")
    await signed_by_company(person, "Nothing stays, but texts matter")
    assert person.turns <= LANDLINE_TURNS


async def test_somebody_elses_account_goes_on_to_moved_once_the_desk_has_the_letter(person: Person) -> None:
    await person.say("415-421-8832, Verizon Wireless")
    await send_the_bill(person)
    await person.press("Somebody else has to sign")
    await person.say("Ann Lee, ann@example.com")
    await person.say(f"Ann Lee\n{ADDRESS}")
    await person.say("415 200 0100")
    await person.say("998877665-00001, PIN 482913")
    done = await person.press("All correct, I agree")
    assert "Ann Lee" in done
    assert "nothing goes out before that" in done
    ref = reference(person.desk)
    assert "Ann Lee" in str(person.desk.cards()[0].blocks)
    refused = await person.desk.port(f"submit {ref} 88123")
    assert "We have sent" not in person.desk.shown()
    assert "letter" in refused.lower()
    assert "Ann Lee" in await person.desk.port(f"letter {ref} by mail, in the folder of November")
    await take_to_moved(person.desk, ref)


async def test_a_wrong_number_is_put_right_after_signing_and_signed_anew(person: Person) -> None:
    ref = await signed(person)
    asked = await person.say("I typed the wrong number")
    assert "Which number" in asked
    letter = await person.say("212-736-5000")
    assert "To sign" in letter
    assert any("Telephone numbers: (212) 736-5000" in m.text for m in person.desk.screen())
    assert "We have sent" not in await person.desk.port(f"submit {ref} 88123")  # unsigned as it stands now
    assert "We have sent" not in person.desk.shown()
    await person.say("Maria Alvarez")
    shown = str(person.desk.cards()[-1].blocks)
    assert "(212) 736-5000" in shown
    assert "(415) 421-8832" not in shown
    assert [text for text in person.desk.thread() if "The card shows it" in text], person.desk.thread()
    assert ref in await person.desk.port(f"submit {ref} 88123")
    assert "(212) 736-5000" in person.desk.shown()


async def test_a_wrong_number_at_the_carrier_is_a_wish_that_reaches_the_desk(person: Person) -> None:
    ref = await signed(person)
    await person.desk.port(f"submit {ref} 88123")
    told = await person.say("I typed the wrong number")
    assert ref in told
    assert "desk" in told
    assert any("I typed the wrong number" in text for text in person.desk.thread())
    assert "(415) 421-8832" in str(person.desk.cards()[-1].blocks)
    await person.say("It should be 212-736-5000")
    assert any("It should be" in text and "5000" in text for text in person.desk.thread())
