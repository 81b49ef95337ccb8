"""Request, order, number and answer as values; `storage/` maps them to rows."""

from collections.abc import Mapping
from datetime import date, datetime

from domain.carriers import TABLE, Book
from domain.numbers.claims import Claim
from domain.numbers.inventory import Ours
from domain.numbers.verdicts import SERVED, Served
from domain.orders.phases import roll_up
from domain.values import Value, field, replace

_BEFORE_ANY = roll_up(())  # told a dozen times in a turn


class Request(Value, frozen=True):
    """One customer's wish to move numbers.

    `status` is the roll-up of its numbers' phases (`needs_attention` and `partial` beside the phase ids). `version`
    grows with every change that staff can see. `repaired` tells how a rejection was answered: `corrected` (new
    answers), `carrier_fixed` (nothing reopened), None (not yet, or nothing to repair). `told` is the fingerprint of
    what the customer knows of the numbers (see `signing.fingerprint`). `note` is what staff last wrote to the
    customer. `title` is the name that the customer gave it, at most 40 characters. `company_id`: the company for which
    it was begun; `approval`: how it stands with its administrators (see `domain.companies.APPROVALS`).
    `assignee`: who of the staff has it (a Slack user id). `snoozed_until`: until then it is left out of their lists.
    `hold`: why nothing of it is submitted or moved on for now, empty where nobody said; None: it goes on.
    `waits_since`: since when its customer waits for an answer of the desk's; no change that staff can see.
    """

    id: int
    ref: str
    chat_id: int
    status: str
    version: int
    created_at: datetime
    changed_at: datetime
    signed_at: datetime | None = None
    repaired: str | None = None
    told: str | None = None
    note: str | None = None
    title: str | None = None
    company_id: int | None = None
    approval: str | None = None
    assignee: str | None = None
    snoozed_until: datetime | None = None
    hold: str | None = None
    waits_since: datetime | None = None


class Order(Value, frozen=True):
    """Numbers of one request that travel together to one carrier. `carrier` is a carriers-table id or `other`."""

    id: int
    request_id: int
    number_class: str
    carrier: str
    status: str
    carrier_order: str | None = None


class Number(Value, frozen=True):
    """A telephone number on its way; E.164.

    `since`: when it entered `phase`; of a closed one, when it had moved.
    `came_from`: the phase before `cancel_requested`. `port_date` is a local date of
    the desk's zone; `window_start`/`window_end` the same day's window in UTC. `attempts` counts submissions.
    """

    id: int
    order_id: int
    request_id: int
    e164: str
    number_class: str
    phase: str
    version: int
    since: datetime
    attempts: int = 0
    port_date: date | None = None
    window_start: datetime | None = None
    window_end: datetime | None = None
    rejection: str | None = None
    came_from: str | None = None


class Answer(Value, frozen=True):
    """A question's value: a tuple of fields whose meaning the question's reader gives, e.g. (first, last).

    For a secret, `value` holds only what may be shown (`("••••21",)`) and `secret` the plain text on its way to the
    vault; a loaded answer never has `secret`. `seq` orders answers as they were given. `reopened`: must be given
    again; the old value stays until then.
    """

    request_id: int
    question: str
    value: tuple[str, ...]
    source: str  # typed, read, inferred, staff
    at: datetime
    seq: int
    reopened: bool = False
    secret: "Hidden | None" = None


class Hidden(Value, frozen=True):
    """A secret's plain text, hidden from every repr."""

    plain: str

    def __repr__(self) -> str:
        return "Hidden(…)"


class Case(Value, frozen=True):
    """A request with everything that one decision needs. `rivals`: references of other open requests for its number.

    `orders`: those among which its numbers are parted, the oldest first; one of them until the request is split.
    `others`: while something concerns only some of its numbers, those that it leaves as they are.
    `ours`: what its numbers, and those that the event names, do here already, `claims`: what else is known of those
    that the event names (see `State`). `book`: the carriers as
    staff corrected them. `served`, `classes`: the regions and the classes of numbers that the company moves today;
    without `classes` all of them. `circles`: numbers at which calls of rows of its list shall ring, and that come in
    here themselves. `pages`: whether people can sign on a page of ours.
    """

    request: Request
    orders: tuple[Order, ...]
    numbers: tuple[Number, ...]
    answers: dict[str, Answer]
    rivals: tuple[str, ...] = ()
    ours: Mapping[str, Ours] = field(default_factory=dict)
    book: Book = TABLE
    served: Served = SERVED
    classes: tuple[str, ...] = ()
    claims: Mapping[str, Claim] = field(default_factory=dict)
    circles: tuple[str, ...] = ()
    others: tuple[Number, ...] = ()
    pages: bool = False

    @property
    def order(self) -> Order | None:
        """Return the first of its orders, with which the others have carrier and class in common; None: it has none."""
        return self.orders[0] if self.orders else None

    @property
    def own_orders(self) -> tuple[Order, ...]:
        """Return the orders of the numbers that it is about."""
        ids = {number.order_id for number in self.numbers}
        return tuple(order for order in self.orders if order.id in ids)

    def about(self, numbers: tuple[Number, ...]) -> "Case":
        """Return the case about some of its numbers alone; the others are left as they are."""
        ids = {number.id for number in numbers}
        others = tuple(number for number in self.whole.numbers if number.id not in ids)
        return replace(self, numbers=numbers, others=others)

    @property
    def whole(self) -> "Case":
        """Return the case with all numbers of the request, also those that are left as they are."""
        if not self.others:
            return self
        return replace(self, numbers=tuple(sorted((*self.numbers, *self.others), key=lambda n: n.id)), others=())

    def answer(self, question: str) -> tuple[str, ...] | None:
        """Return the value of a question that is answered and not reopened."""
        found = self.answers.get(question)
        return None if found is None or found.reopened else found.value

    @property
    def phase(self) -> str:
        """Return the roll-up of the numbers; `intake` while there are none."""
        numbers = self.numbers
        if len(numbers) > 1:
            return roll_up(tuple(n.phase for n in numbers))
        return numbers[0].phase if numbers else _BEFORE_ANY


def in_phase(case: Case, phase: str) -> tuple[Number, ...]:
    """Return the numbers of a case that stand in one phase, wherever the others do."""
    return tuple(number for number in case.numbers if number.phase == phase)


def rolled_up(case: Case, version: int, now: datetime) -> tuple[Request, tuple[Order, ...]]:
    """Return request and orders as stored after a change, with true status columns; the only place that does."""
    status = case.phase
    orders = tuple([_status_of(order, case, status) for order in case.orders])
    return replace(case.request, status=status, version=version, changed_at=now), orders


def _status_of(order: Order, case: Case, status: str) -> Order:
    if len(case.orders) > 1:
        status = roll_up(tuple(n.phase for n in case.numbers if n.order_id == order.id))
    return order if order.status == status else replace(order, status=status)
