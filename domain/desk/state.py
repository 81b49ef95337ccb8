"""What a decision is given and what it gives back; the one language between desk, storage and bot.

A decision is `(State, Moment) -> Changes`. The store loads the state, calls the decision, and commits every change
together with the event's id and all that is owed. Nothing here does input or output.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from domain.carriers import TABLE, Book, Note
from domain.companies import Company, Invite, Member
from domain.desk import roles
from domain.desk.before import NOTHING, Before
from domain.desk.keys import Key, OfChat, OfRef, OfRequest
from domain.intake.choices import Choice
from domain.numbers.claims import Claim
from domain.numbers.inventory import Held, Ours
from domain.orders.model import Answer, Case, Number, Order, Request
from domain.orders.rejections import Rejection
from domain.values import Value, field


class Moment(Value, frozen=True):
    """When a decision is taken (aware UTC), for which event, and where it gets fresh ids and references."""

    now: datetime
    event_id: str
    new_id: Callable[[], int]
    new_ref: Callable[[], str]


class Chat(Value, frozen=True):
    """A customer's chat. `focus`: the request talked about. `asked`: the question put last, `asking` its count.

    `taken_by`: who of the staff answers in person for now, until `taken_until`, about the request `taken_for`.
    `hours_told`: the opening of the desk that the customer was told of last.
    """

    id: int
    focus: int | None = None
    asked: str | None = None
    asking: int = 0
    language: str = "en"
    blocked: bool = False
    heard_at: datetime | None = None
    taken_by: str | None = None
    taken_for: int | None = None
    taken_until: datetime | None = None
    hours_told: datetime | None = None

    @property
    def about(self) -> int | None:
        """The request that whatever the customer does is about: that of the person who answers them, or the focus."""
        return self.focus if self.taken_by is None else self.taken_for


class Brief(Value, frozen=True):
    """One line about a request of a chat, oldest first in a `State`. `told` and `title` as in Request.

    `e164`: its first number, `many`: how many there are.
    """

    id: int
    ref: str
    status: str
    e164: str | None
    changed_at: datetime
    told: str | None = None
    title: str | None = None
    many: int = 0


class Paper(Value, frozen=True):
    """A stored or still wanted document. `file_id` and `album` are Telegram's.

    `status`: wanted, kept, refused; of letters also void, of signed copies partly and unsure. `refused`: why; of a
    signed copy that was read, as what it was judged (`copies_named`).
    """

    id: int
    request_id: int
    kind: str
    status: str
    file_id: str
    name: str
    mime: str
    size: int
    message_id: int
    at: datetime
    refused: str | None = None
    object_key: str | None = None
    album: str = ""


class Action(Value, frozen=True):
    """A staff action that can be taken back: the numbers, orders and reopened questions as they were before."""

    id: int
    request_id: int
    staff: str
    verb: str
    at: datetime
    version: int  # of the request, after the action
    numbers: tuple[Number, ...]
    orders: tuple[Order, ...]
    reopened: tuple[str, ...]
    repaired: str | None
    undone: bool = False
    note: str | None = None
    before: Before = NOTHING


class Theirs(Value, frozen=True):
    """A colleague's request, as the administrators of its company may know it. `whose`: empty for who has left."""

    brief: Brief
    company_id: int
    whose: str
    approval: str | None


class State(Value, frozen=True):
    """What one decision may know: the chat, the case in question, the chat's other requests, papers, last action.

    For a customer's event `case` is the chat's focus; for staff, clock and errands it is the request named.
    `ours`: which of the numbers that the event names, and of the case's, do something here already; `entries`: what
    the inventory itself says of them. `claims`: which of those that the event names other requests have.
    `companies`: those to which the chat belongs, and that of the case; of those which it leads also the open `invites`
    and `theirs`, the newest requests of colleagues and all that wait, or a page of older ones; `older_theirs` is the
    request before which there are more, 0 for none. `invited`: the invitation that the event names.
    `book`: the carriers as staff corrected them, at most half a minute ago; `carrier_note`: the correction that the
    turn names, as it is now. `grants`: roles that were given in Slack; only for turns of the desk itself.
    """

    chat: Chat
    case: Case | None
    briefs: tuple[Brief, ...] = ()
    papers: tuple[Paper, ...] = ()
    action: Action | None = None
    ours: Mapping[str, Ours] = field(default_factory=dict)
    companies: tuple[Company, ...] = ()
    invites: tuple[Invite, ...] = ()
    theirs: tuple[Theirs, ...] = ()
    invited: Invite | None = None
    book: Book = TABLE
    grants: tuple[roles.Grant, ...] = ()
    carrier_note: Note | None = None
    claims: Mapping[str, Claim] = field(default_factory=dict)
    entries: Mapping[str, Held] = field(default_factory=dict)
    older_theirs: int = 0


class Owed(Value, frozen=True):
    """A message owed now.

    `kind`: say (a message to a chat; a document where the values name a `file`, a `template` or
    a `calendar`), status (where things
    stand, in one message of a chat that is edited in place),
    reply (a post of what staff write to a customer, alone in its message), mark (that post edited: what became of it),
    delete (take a customer's message away), card (show a request as it is now), post (into a card's thread), channel
    (into the desk channel), whisper (to one of the staff alone), mail (a copy by e-mail).
    `address`: chat id, request id (card, post, reply, mark, mail), channel or user id. A status's `params["message"]`
    is the id of the message to edit, `last` for the chat's newest status message, or empty for a fresh one.
    `lane` keeps order. `once` names the event; the same name is owed once. `params` never hold a secret; a value that
    is a wording key itself begins with `wordkeys.KEY`.
    `buttons` are rows of choices; their callback data is `<request>.<asking>.<code>` of `form`.
    `first`: goes before the rest of its lane (deletions of secrets). `paced`: nobody asked for it just now.
    """

    id: int
    kind: str
    lane: str
    address: str
    key: str
    once: str
    params: dict[str, str] = field(default_factory=dict)
    buttons: tuple[tuple[Choice, ...], ...] = ()
    form: str = ""
    language: str = "en"
    first: bool = False
    paced: bool = False


class Due(Value, frozen=True):
    """Something to decide at a time to come: `rule` names it, `subject` is a request id (0: the desk).

    `version` is that of the fact it depends on; (rule, subject) is unique: a new one replaces the old. A rule that
    several may wish for at once is `name:chat`.
    """

    id: int
    rule: str
    subject: int
    version: int
    at: datetime


class Errand(Value, frozen=True):
    """Slow work left behind: `kind` (fetch_bill), `subject` (a paper's id), `request_id` whose state it will change."""

    id: int
    kind: str
    subject: int
    request_id: int
    at: datetime


class History(Value, frozen=True):
    """A row of what happened, never changed. `field`: a question's name; storage adds a keyed digest of its value.

    `words` are a person's own words, kept in a side table that can be erased. `value`: of something that is no answer,
    such as a number of the inventory; only its keyed digest is kept.
    """

    id: int
    request_id: int | None
    chat_id: int | None
    actor: str  # customer, clock, errand, staff:<user id>, or colleague:<chat id>
    what: str
    at: datetime
    field: str = ""
    detail: str = ""
    words: str | None = None
    value: str = ""


class Erase(Value, frozen=True):
    """A request whose facts are to be forgotten.

    `letter`: what the signed letter states, the signature and the letter itself must still be kept; else every answer
    and every paper goes. Secrets, people's words and other papers go either way.
    """

    request_id: int
    letter: bool


class Told(Value, frozen=True):
    """What the person who acted is told at once: a wording key with parameters; `fields` name inline errors."""

    key: str
    params: dict[str, str] = field(default_factory=dict)
    error: bool = False


class Changes(Value, frozen=True):
    """Everything that one decision changes. Rows given are stored whole (inserted, or replaced by their id)."""

    chat: Chat | None = None
    request: Request | None = None
    orders: tuple[Order, ...] = ()
    numbers: tuple[Number, ...] = ()
    dropped_numbers: tuple[int, ...] = ()  # ids of numbers that no longer belong to the request
    dropped_orders: tuple[int, ...] = ()  # ids of orders that have no number any more
    answers: tuple[Answer, ...] = ()
    dropped: tuple[str, ...] = ()  # questions of the request whose answers go
    papers: tuple[Paper, ...] = ()
    history: tuple[History, ...] = ()
    owed: tuple[Owed, ...] = ()
    due: tuple[Due, ...] = ()
    done_due: tuple[tuple[str, int], ...] = ()  # (rule, subject) that are over
    errands: tuple[Errand, ...] = ()
    done_errands: tuple[int, ...] = ()
    action: Action | None = None
    told: Told | None = None
    shred: tuple[str, ...] = ()  # questions whose secrets are destroyed
    erase: tuple[Erase, ...] = ()
    held: tuple[Held, ...] = ()  # numbers that join the inventory, or do something else there now
    freed: tuple[str, ...] = ()  # numbers that leave it
    companies: tuple[Company | Member | Invite, ...] = ()  # rows of companies; of a company its members are not kept
    carrier_notes: tuple[Note, ...] = ()  # corrections of carriers' entries, new or withdrawn
    grants: tuple[roles.Grant, ...] = ()  # roles given to staff
    revoked: tuple[str, ...] = ()  # subjects whose role is taken away
    wishes: tuple[roles.Wish, ...] = ()  # acts that wait for a second person, or have found one
    focus: tuple[tuple[str, int], ...] = ()  # people of the staff, and the request of their last act
    preferences: tuple[roles.Member, ...] = ()  # how people of the staff want their digest; their focus is not kept
    let_go: tuple[int, ...] = ()  # undelivered messages that staff dropped, or had sent again


Decide = Callable[[State, Moment], Changes]


class Outcome(Value, frozen=True):
    """How a turn ended: `changes` as committed; None with `repeated` (heard before) or `missing` (no such request)."""

    changes: Changes | None
    repeated: bool = False
    missing: bool = False


class Turns(Protocol):
    """Whoever hears events durably."""

    async def turn(self, key: Key, event_id: str, decide: Decide) -> Outcome:
        """Decide and commit, once for each `event_id`; returns after the commit.

        Raises whatever `decide` raised (nothing is written then), and `storage`'s own errors when the database refuses.
        """
        ...


__all__ = [
    "Action",
    "Answer",
    "Brief",
    "Case",
    "Changes",
    "Chat",
    "Choice",
    "Decide",
    "Due",
    "Erase",
    "Errand",
    "History",
    "Key",
    "Moment",
    "Number",
    "OfChat",
    "OfRef",
    "OfRequest",
    "Order",
    "Outcome",
    "Owed",
    "Paper",
    "Rejection",
    "Request",
    "State",
    "Theirs",
    "Told",
    "Turns",
]
