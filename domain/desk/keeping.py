"""What the desk needs of whoever keeps things: the small protocols between `bot/` and `storage/`."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime
from typing import Literal, Protocol

from domain.carriers import Note
from domain.desk.errands import ErrandList
from domain.desk.fates import Fates
from domain.desk.found import FindingBoard
from domain.desk.home import HomeBoard
from domain.desk.lines import Line as Line
from domain.desk.roles import PeopleBoard
from domain.desk.sealing import Sealed
from domain.desk.state import Action, Due, History, Owed, Paper, Turns
from domain.desk.tokens import Links as Links
from domain.desk.tokens import Signing
from domain.numbers.inventory import Counted, Held, LeftOut, Ours
from domain.numbers.listing import Entry
from domain.numbers.portability import Known
from domain.orders.model import Case
from domain.values import Value


class Waiting(Value, frozen=True):
    """An owed message taken up again: how often it was tried, and how often it may have arrived unnoticed.

    `more`: others of its lane that may go with it as one message, in the order owed.
    """

    owed: Owed
    attempts: int
    ambiguous: int
    more: tuple[Owed, ...] = ()


class Settled(Value, frozen=True):
    """The end of an owed message. `sent`: the platform took it; `dead`: it never can; `held`: staff must look."""

    id: int
    how: Literal["sent", "dead", "held"]
    at: datetime
    external_id: str | None = None
    reason: str = ""


class Postponed(Value, frozen=True):
    """An owed message that waits for another try; it stays leased to this process and keeps its lane waiting."""

    id: int
    until: datetime
    attempts: int
    ambiguous: int


class Card(Value, frozen=True):
    """The message that shows a request in the desk channel. `message_id` is Slack's ts."""

    request_id: int
    channel: str
    message_id: str
    version: int


class StatusMessage(Value, frozen=True):
    """The newest message that shows a chat where its requests stand. `message_id` is Telegram's."""

    chat_id: int
    message_id: str


class Outbox(Fates, Protocol):
    """Messages owed now."""

    def listen(self, on_owed: Callable[[tuple[Owed, ...]], None]) -> None:
        """Call `on_owed` on the event loop after each commit, in commits' order, with rows leased to this process."""
        ...

    def settle(self, end: Settled | Postponed | Card | StatusMessage) -> None:
        """Note how a send went; written with the next commit or within 250 ms, with what was noted before it."""
        ...

    async def claim(self, limit: int) -> list[Waiting]:
        """Lease up to `limit` rows that nobody holds, heads of their lanes first, in each lane in the order owed."""
        ...

    async def renew(self, ids: Collection[int]) -> None:
        """Prolong the leases of these rows; a row of this process that is not among them is claimed when it ends."""
        ...

    async def release(self) -> None:
        """Write what was noted and give up every lease of this process."""
        ...

    async def owe(self, owed: tuple[Owed, ...]) -> None:
        """Owe messages that no decision owed (a late answer to staff); the same `once` is owed once."""
        ...

    async def card(self, request_id: int) -> Card | None:
        """Return the card of a request, also one noted and not yet written."""
        ...

    async def status_message(self, chat_id: int) -> StatusMessage | None:
        """Return a chat's newest status message, also one noted and not yet written."""
        ...


class DueTable(Protocol):
    """What will be owed at a time to come."""

    async def due(self, now: datetime, limit: int) -> list[Due]:
        """Return what is due, earliest first. Firing it twice is harmless: its turn's event id is `due_event(due)`."""
        ...

    async def next_due(self) -> datetime | None:
        """Return when the next is due."""
        ...

    async def drop_due(self, rule: str, subject: int, version: int) -> None:
        """Delete what is due by this rule for this subject, unless another version has taken its place."""
        ...


def due_event(due: Due) -> str:
    """Return the event id of a due row's turn: rule, subject, version of the fact, and when it was due."""
    return f"due:{due.rule}:{due.subject}:{due.version}:{int(due.at.timestamp() * 1000)}"


class Files(Protocol):
    """Where documents are kept, encrypted."""

    async def keep(self, object_key: str, content: bytes) -> None:
        """Encrypt, write and sync the content under a fresh key, before any row refers to it."""
        ...

    async def read(self, object_key: str) -> bytes:
        """Return the content; raises KeyError when there is none."""
        ...

    async def drop(self, object_key: str) -> None:
        """Delete the content, after the commit that gave it up; one that is gone already is no error."""
        ...


class Sheet(Value, frozen=True):
    """What staff read of one request. `read_at`: when.

    `action`: what staff did last and have not taken back. `carrier_wrote`: with the rejection that stands.
    `taken_by`: who of the staff answers its customer in person now. `newest`: the id of the newest row of its whole
    history that makes a decision another one (`risks.MATTERS`); 0: there is none.
    """

    case: Case
    papers: tuple[Paper, ...]
    history: tuple[History, ...]  # newest last, at most 20, without people's words
    chat_blocked: bool
    read_at: datetime
    action: Action | None = None
    carrier_wrote: str = ""
    taken_by: str | None = None
    newest: int = 0


class Numbers(Value, frozen=True):
    """The desk in figures, for the digest: requests by status, and lines worth a look, at most 10 each."""

    by_status: dict[str, int]
    dates_today: tuple[Line, ...]
    stale: tuple[Line, ...]  # as the glossary has it
    undelivered: int
    overdue: tuple[Line, ...] = ()  # as the glossary has it


class Board(PeopleBoard, HomeBoard, FindingBoard, Protocol):
    """What staff read; never the writer's engine."""

    async def sheet(self, *, ref: str | None = None, request_id: int | None = None) -> Sheet | None:
        """Return one request whole, by reference (folded) or id."""
        ...

    async def changes(self, request_id: int, after: int) -> tuple[History, ...]:
        """Return what of a whole history came after a row and makes a decision another one, oldest first, no words."""
        ...

    async def numbers(self, *, today: str, stale_before: datetime) -> Numbers:
        """Return the desk in figures; `today` is the desk's local date, ISO."""
        ...

    async def inventory(self) -> dict[str, int]:
        """Return how many numbers of the inventory there are, by what they do."""
        ...

    async def ours(self, e164: str) -> Ours | None:
        """Return what a number does here; None where it is not ours."""
        ...

    async def is_list_whole(self, ref: str) -> bool:
        """Tell whether the kept numbers of a request's list are those agreed to, by their SHA-256; true without one."""
        ...

    async def carrier_notes(self, carrier: str) -> tuple[Note, ...]:
        """Return every correction of a carrier's entry, also withdrawn ones, oldest first."""
        ...

    async def reveal(self, request_id: int, question: str) -> str | None:
        """Return a secret's plain text; the caller writes the history of it first."""
        ...


class Inventory(Protocol):
    """The numbers that are ours already."""

    async def take_in(self, rows: Sequence[Held], *, replace: bool) -> Counted:
        """Keep a list in small batches; with `replace` what earlier files brought, and this one does not name, goes."""
        ...

    async def take_out(self, ref: str) -> None:
        """Remove the numbers that moved here with a request, in small batches: it was taken back."""
        ...

    async def left_out(self, rows: Sequence[Held]) -> LeftOut:
        """Return what of earlier files a list does not name, which is what it would remove if it replaced them."""
        ...


class Lists(Protocol):
    """Lists of numbers that are too long for a case, in rows of their own."""

    async def known(self, numbers: Sequence[str], request_id: int) -> Known:
        """Return what is known of numbers (E.164) apart from one request, looked up in small batches."""
        ...

    async def put(
        self, request_id: int, paper_id: int, entries: Sequence[Entry], told: Callable[[int], Awaitable[None]]
    ) -> None:
        """Keep the rows of the list that came with a paper, in small batches; the same again changes nothing.

        `told` hears after each batch how many rows are kept by then.
        """
        ...

    async def entries(self, request_id: int, paper_id: int) -> list[Entry]:
        """Return a list's rows in their order; `line` counts from 1."""
        ...

    async def drop(self, request_id: int, paper_id: int) -> None:
        """Delete the rows of the list that came with a paper, in small batches."""
        ...


class Poison(Protocol):
    """Where updates go that nothing can be made of."""

    async def keep_poison(self, event_id: str, raw: bytes) -> None:
        """Keep the payload encrypted; the same event once."""
        ...


class Leases(Protocol):
    """Who may poll: a row each, with an epoch, by the database's clock."""

    async def acquire(self, name: str, seconds: float) -> int | None:
        """Take or keep the lease; returns its epoch, None while another process holds it."""
        ...

    async def give_up(self, name: str) -> None:
        """End this process's lease at once."""
        ...


class Keeper(Turns, Outbox, DueTable, ErrandList, Poison, Links, Sealed, Signing, Protocol):
    """Everything that is kept, in one hand: what `app.py` opens and hands to `bot/`."""

    @property
    def new_id(self) -> Callable[[], int]:
        """Return what gives fresh ids, in the order of time."""
        ...

    @property
    def board(self) -> Board:
        """Return what staff read."""
        ...

    @property
    def files(self) -> Files:
        """Return where documents are."""
        ...

    @property
    def inventory(self) -> Inventory:
        """Return the numbers that are ours already."""
        ...

    @property
    def lists(self) -> Lists:
        """Return the lists that are too long for a case."""
        ...

    @property
    def leases(self) -> Leases:
        """Return who may poll."""
        ...

    async def ping(self) -> None:
        """Return when whoever writes is free and well; raises when it is not."""
        ...

    async def read_carriers(self) -> None:
        """Read staff's corrections of carriers' entries anew: turns have them from then on.

        A correction made in this process needs no such look; other processes learn of it by theirs.
        """
        ...

    async def sweep(self, now: datetime) -> None:
        """Remove what has been settled long ago, in small batches."""
        ...

    async def close(self) -> None:
        """Write what is noted, and close."""
        ...
