"""Calendar files are what RFC 5545 says, whatever stands in them; read back by a reader of its own."""

import re
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.calendars import calendar_file
from domain.calendar.ics import Event, write
from tests.domain.standing import at_phase
from tests.domain.talk import Talk

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
PRINTABLE = st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" \n,;:\\\"'"), max_size=300)


def read(content: bytes) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Return the properties of a calendar and of its events, unfolded and unescaped; parameters are left out."""
    text = content.decode().replace("\r\n ", "")
    assert "\n" not in text.replace("\r\n", "")
    head: dict[str, str] = {}
    events: list[dict[str, str]] = []
    for line in text.removesuffix("\r\n").split("\r\n"):
        found = re.fullmatch(r"([A-Z]+)(?:;[A-Z]+=\"[^\"]*\")?:(.*)", line)
        assert found, line
        name, value = found.groups()
        if line == "BEGIN:VEVENT":
            events.append({})
        elif name not in ("BEGIN", "END"):
            place = events[-1] if events else head
            assert name not in place
            place[name] = re.sub(r"\\(.)", lambda mark: "\n" if mark[1] in "nN" else mark[1], value)
    return head, events


def an_event(summary: str = "Move", about: str = "") -> Event:
    return Event("7@port-of-call", 3, NOON, NOON + timedelta(minutes=30), summary, about)


@given(PRINTABLE, PRINTABLE)
def test_what_is_written_is_read_back_and_no_line_is_too_long(summary: str, about: str) -> None:
    content = write("PUBLISH", NOON, [an_event(summary, about)], "Us")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert all(line.decode() is not None for line in content.split(b"\r\n"))  # no letter is cut apart
    [event] = read(content)[1]
    assert (event["SUMMARY"], event["DESCRIPTION"]) == (summary, about)


def test_a_file_has_what_calendars_need_to_replace_an_event() -> None:
    head, [event] = read(write("PUBLISH", NOON - timedelta(days=1), [an_event()], "Port of Call"))
    assert head == {
        "VERSION": "2.0", "PRODID": "-//port-of-call//porting dates//EN", "CALSCALE": "GREGORIAN", "METHOD": "PUBLISH",
    }  # fmt: skip
    assert {name: event[name] for name in ("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "STATUS")} == {
        "UID": "7@port-of-call", "SEQUENCE": "3", "DTSTAMP": "20261130T120000Z",
        "DTSTART": "20261201T120000Z", "DTEND": "20261201T123000Z", "STATUS": "CONFIRMED",
    }  # fmt: skip


def test_a_file_that_takes_an_event_out_says_so_in_both_places() -> None:
    head, [event] = read(write("CANCEL", NOON, [an_event()], "Us"))
    assert (head["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")


def test_a_company_cannot_break_out_of_its_quotes() -> None:
    content = write("PUBLISH", NOON, [an_event()], 'Bell "B"\n;X').decode()
    assert "ORGANIZER;CN=\"Bell 'B';X\":invalid:nomail\r\n" in content


def of(talk: Talk) -> list[tuple[dict[str, str], list[dict[str, str]]]]:
    """Return every calendar file that the customer was sent, read."""
    return [read(calendar_file(s.owed)[1]) for s in talk.screen if "calendar" in s.owed.params]


def test_a_file_follows_the_date_under_the_same_name_until_it_is_cancelled() -> None:
    talk = at_phase("scheduled")
    talk.staff("date", "2026-12-04")
    talk.forward(seconds=61)
    talk.staff("cancel")
    talk.forward(seconds=61)
    told = [(head["METHOD"], e["UID"], e["SEQUENCE"], e["DTSTART"]) for head, events in of(talk) for e in events]
    uid = f"{talk.number.id}@port-of-call"
    assert told == [
        ("PUBLISH", uid, "0", "20261201T160000Z"),
        ("PUBLISH", uid, "1", "20261204T160000Z"),
        ("CANCEL", uid, "2", "20261204T160000Z"),
    ]


def test_a_file_is_named_by_its_request_and_says_what_moves() -> None:
    talk = at_phase("scheduled")
    [shown] = [s for s in talk.screen if "calendar" in s.owed.params]
    name, content = calendar_file(shown.owed)
    [event] = read(content)[1]
    assert name == f"{talk.ref}.ics"
    assert event["SUMMARY"] == "(415) 421-8832: moves to Port of Call"
    assert talk.ref in event["DESCRIPTION"]
