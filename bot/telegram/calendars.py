"""The calendar file that a message owes, in the words of its language."""

from datetime import datetime
from typing import Literal

from bot.wording import plain_text
from domain.calendar import ics
from domain.desk.calendars import Entry, read_owed
from domain.desk.state import Owed


def calendar_file(owed: Owed) -> tuple[str, bytes]:
    """Return name and content of a message's calendar file."""
    params = owed.params
    method: Literal["PUBLISH", "CANCEL"] = "CANCEL" if params["method"] == "CANCEL" else "PUBLISH"
    events = [_event(owed, entry, numbers) for entry, numbers in read_owed(params["calendar"])]
    organizer = plain_text("calendar.organizer", {}, owed.language)
    content = ics.write(method, datetime.fromisoformat(params["at"]), events, organizer)
    return f"{params['made']}.ics", content


def _event(owed: Owed, entry: Entry, numbers: str) -> ics.Event:
    said = {"numbers": numbers, "ref": owed.params["ref"]}
    return ics.Event(
        f"{entry.numbers[0]}@port-of-call",
        entry.sequence,
        entry.start,
        entry.end,
        plain_text("calendar.summary", said, owed.language),
        plain_text("calendar.about", said, owed.language),
    )
