"""How sends went, noted by the relay and not yet written."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable

from domain.desk.keeping import Card, Postponed, Settled, StatusMessage
from domain.text import ident
from domain.values import replace
from storage.rows import Line
from storage.saving import Tools

End = Settled | Postponed | Card | StatusMessage
log = logging.getLogger(__name__)


class Noted:
    """Notes of the relay; `flush` is called on the event loop when the oldest has waited for `seconds`."""

    def __init__(self, loop: asyncio.AbstractEventLoop, seconds: float, flush: Callable[[], None]) -> None:
        self._loop = loop
        self._seconds = seconds
        self._flush = flush
        self._ends: deque[End] = deque()
        self._cards: dict[int, Card] = {}
        self._status_messages: dict[int, StatusMessage] = {}
        self._timer: asyncio.TimerHandle | None = None

    def note(self, end: End) -> None:
        """Note an end; a card or status message is shown by its method from now on."""
        if isinstance(end, Card):
            self._cards[end.request_id] = end
        elif isinstance(end, StatusMessage):
            self._status_messages[end.chat_id] = end
        self._ends.append(end)
        if self._timer is None:
            self._timer = self._loop.call_later(self._seconds, self._flush_now)

    def _flush_now(self) -> None:
        self._timer = None
        if self._ends:
            self._flush()

    def stop(self) -> None:
        """Call `flush` no more."""
        if self._timer is not None:
            self._timer.cancel()

    def __bool__(self) -> bool:
        """Tell whether anything waits to be written."""
        return bool(self._ends)

    def take(self) -> list[End]:
        """Take everything noted so far, oldest first; from any thread."""
        taken = []
        while self._ends:  # noted to at the right end meanwhile, taken from by one thread at a time
            taken.append(self._ends.popleft())
        return taken

    def put_back(self, ends: list[End]) -> None:
        """Note again what could not be written."""
        self._ends.extendleft(reversed(ends))

    def written(self, ends: list[End]) -> None:
        """Forget cards and status messages that are committed, unless a newer one was noted."""
        for end in ends:
            if isinstance(end, Card) and self._cards.get(end.request_id) is end:
                del self._cards[end.request_id]
            elif isinstance(end, StatusMessage) and self._status_messages.get(end.chat_id) is end:
                del self._status_messages[end.chat_id]

    def card(self, request_id: int) -> Card | None:
        """Return the card noted last for a request, if it is not written yet."""
        return self._cards.get(request_id)

    def status_message(self, chat_id: int) -> StatusMessage | None:
        """Return the status message noted last for a chat, if it is not written yet."""
        return self._status_messages.get(chat_id)


Write = Callable[[list[End]], object]
Refusals = tuple[type[Exception], ...]


def write_ends(noted: Noted, ends: list[End], write: Write, refusals: Refusals) -> None:
    """Write ends together, or each alone when one of them is what the database refuses for good (`refusals`).

    After any other failure they are noted again, and written next time; else leases expire and rows are claimed again.
    """
    try:
        write(ends)
    except refusals:
        _write_each(noted, ends, write, refusals)
    except Exception as error:  # noqa: BLE001 - whatever it is, nothing that was sent may be forgotten
        _note_again(noted, ends, error)
    else:
        noted.written(ends)


def _write_each(noted: Noted, ends: list[End], write: Write, refusals: Refusals) -> None:
    for place, end in enumerate(ends):
        try:
            _write_alone(end, write, refusals)
        except Exception as error:  # noqa: BLE001 - whatever it is, this end and the rest are noted again
            _note_again(noted, ends[place:], error)
            return
        noted.written([end])


def _note_again(noted: Noted, ends: list[End], error: Exception) -> None:
    log.warning("storage notes_wait count=%d error=%s", len(ends), type(error).__name__)
    noted.put_back(ends)


def _write_alone(end: End, write: Write, refusals: Refusals) -> None:
    """Write an end; a refused one without what the platform said, lest the message be sent again; else drop it."""
    bare = [replace(end, external_id=None, reason="refused")] if isinstance(end, Settled) else []
    for known in (end, *bare):
        try:
            write([known])
        except refusals as error:
            code = ident(_subject(end))
            log.error("storage note_refused id=%s kind=%s error=%s", code, type(end).__name__, type(error).__name__)
        else:
            return


def _subject(end: End) -> int:
    """Return the id that a log line names an end by."""
    if isinstance(end, Card):
        return end.request_id
    return end.chat_id if isinstance(end, StatusMessage) else end.id


def end_writes(ends: list[End], tools: Tools) -> list[tuple[str, list[Line]]]:
    """Return the statements that write ends; a row waits first and is settled then, as it happened."""
    s = tools.statements
    rows: dict[str, list[Line]] = {s.postpone: [], s.settle: [], s.fail: [], s.keep_card: [], s.keep_status_message: []}
    for end in ends:
        statement, row = _end_row(end, tools)
        rows[statement].append(row)
    return [(statement, lines) for statement, lines in rows.items() if lines]


def _end_row(end: End, tools: Tools) -> tuple[str, Line]:
    s, t, owner = tools.statements, tools.tongue, tools.owner
    if isinstance(end, Settled):
        statement = s.settle if end.how == "sent" else s.fail
        return statement, (end.how, t.put(end.at), end.external_id, end.reason, end.id, owner)
    if isinstance(end, Postponed):
        return s.postpone, (t.put(end.until), end.attempts, end.ambiguous, end.id, owner)
    if isinstance(end, Card):
        return s.keep_card, (end.request_id, end.channel, end.message_id, end.version)
    return s.keep_status_message, (end.chat_id, end.message_id)
