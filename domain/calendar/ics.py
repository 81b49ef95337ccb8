"""Calendar files after RFC 5545 and RFC 5546 (read 2026-11-22): events that a later file of the same UID replaces."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

Method = Literal["PUBLISH", "CANCEL"]
_OCTETS = 75  # of a line without its end (RFC 5545, 3.1)
_ESCAPED = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n", "\r": None})


@dataclass(frozen=True, slots=True)
class Event:
    """Something at a time (aware). A higher `sequence` of the same `uid` replaces what a calendar has."""

    uid: str
    sequence: int
    start: datetime
    end: datetime
    summary: str
    about: str


def write(method: Method, at: datetime, events: Iterable[Event], organizer: str) -> bytes:
    """Return a calendar file that was made `at` a moment; CANCEL takes its events out of the customer's calendar."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//port-of-call//porting dates//EN",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method}",
        *(line for event in events for line in _lines(method, at, event, organizer)),
        "END:VCALENDAR",
    ]
    return "".join(f"{piece}\r\n" for line in lines for piece in _folded(line)).encode()


def _lines(method: Method, at: datetime, event: Event, organizer: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{_utc(at)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f'ORGANIZER;CN="{_quoted(organizer)}":invalid:nomail'  # one must be named, and we have no address
    yield f"DTSTART:{_utc(event.start)}"
    yield f"DTEND:{_utc(event.end)}"
    yield f"SUMMARY:{_text(event.summary)}"
    yield f"DESCRIPTION:{_text(event.about)}"
    yield f"STATUS:{'CANCELLED' if method == 'CANCEL' else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    return value.translate(_ESCAPED)


def _quoted(value: str) -> str:
    """Return a text for a parameter in quotes, which knows no way to write a quote."""
    return "".join(c for c in value.replace('"', "'") if c.isprintable())


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 octets, each but the first behind a space; no letter is cut apart."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    yield piece
