"""A conversation without network or disk: pure decisions stepped over in memory, with a clock that a test moves.

What the store does with `Changes` is repeated here in a few lines; what is owed is worded as it would be sent.
"""

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.wording import labels_like, slack_text, telegram_text
from domain.carriers import TABLE, Book
from domain.desk import clock, staff
from domain.desk.customer import could_not_deliver, hear
from domain.desk.heard import Document, Heard, HeardKind
from domain.desk.on_paper import LIES
from domain.desk.papers import bill_kept, bill_refused
from domain.desk.risks import Seen
from domain.desk.roles import Role
from domain.desk.state import (
    Action,
    Brief,
    Changes,
    Chat,
    Choice,
    Decide,
    Due,
    Erase,
    Errand,
    History,
    Moment,
    Owed,
    Paper,
    State,
    Told,
)
from domain.errors import DeskError
from domain.intake.questions import CHECKS, QUESTIONS
from domain.numbers.claims import Claim, strongest_claim
from domain.numbers.inventory import Held, Ours, named_numbers, strongest
from domain.orders.model import Answer, Case, Number, Order, Request
from domain.orders.phases import AT_CARRIER, MOVED, PHASES, roll_up
from domain.orders.references import make_reference
from domain.policy import Policy
from domain.values import replace

CHAT = 5001
USUAL = {"submit": "88123", "letter": "by mail, in the folder of 11-23"}  # what staff type behind a verb
ROSA, SAM = "U0STAFF1", "U0STAFF2"
MONDAY = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)  # ten in the morning at the desk
BILL = Document("file-1", "bill.pdf", "application/pdf", 900)
POLICY = Policy()
TAPPED = ("working", "authority", "review")  # questions that are answered by a button
SENT = {*AT_CARRIER, "rejected", "cancel_requested", "needs_attention", *MOVED, "partial"}  # calls ring somewhere
OVER = {phase.id for phase in PHASES.values() if phase.terminal}
NOT_AT_DESK = {"intake", "partial", *OVER}  # no rivals
STATED = (
    *(question.id for question in QUESTIONS if question.signed), "agreements", "signature", "evidence", "list", LIES,
)  # fmt: skip
SIGNED = ("letter", "drawn", "signed_copy")  # papers that belong to one
MOST_BRIEFS = 10  # of a chat's requests, the newest that are not erased
ANSWERS: dict[str, str] = {
    "numbers": "415-421-8832",
    "carrier": "Verizon Wireless",
    "working": "yes",
    "bill": "",
    "authority": "holder",
    "name": "Maria Alvarez",
    "address": "1455 Market Street, San Francisco, CA 94103",
    "destination": "415 200 0100",
    "account": "998877665-00001",
    "review": "correct",
    "signature": "Maria Alvarez",
    "pin": "482913",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as the customer reads it, with what it was owed as."""

    owed: Owed
    text: str

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Return its buttons, row after row."""
        return tuple(choice for row in self.owed.buttons for choice in row)


@dataclass
class Talk:
    """One customer's chat and the desk. Every step returns what the customer is shown for it."""

    policy: Policy = POLICY
    now: datetime = MONDAY
    chat: Chat = field(default_factory=lambda: Chat(CHAT))
    requests: dict[int, Request] = field(default_factory=dict)
    orders: dict[int, Order] = field(default_factory=dict)
    numbers: dict[int, Number] = field(default_factory=dict)
    answers: dict[int, dict[str, Answer]] = field(default_factory=dict)
    secrets: dict[tuple[int, str], str] = field(default_factory=dict)
    papers: dict[int, Paper] = field(default_factory=dict)
    actions: dict[int, Action] = field(default_factory=dict)
    erased: set[int] = field(default_factory=set)
    inventory: dict[str, Ours] = field(default_factory=dict)
    ported: set[str] = field(default_factory=set)  # numbers of it that moved here
    dues: dict[tuple[str, int], Due] = field(default_factory=dict)
    errands: dict[int, Errand] = field(default_factory=dict)
    history: list[History] = field(default_factory=list)
    screen: list[Shown] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)  # what staff read, worded
    owed: list[Owed] = field(default_factory=list)
    does_errands: bool = True
    name: str = ""  # as Telegram tells it
    book: Book = TABLE
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _chance: random.Random = field(default_factory=lambda: random.Random(7))

    # the customer

    def say(self, text: str) -> list[Shown]:
        """Type a text."""
        return self.hear("text", text)

    def command(self, name: str) -> list[Shown]:
        """Send a command, named without its slash."""
        return self.hear("command", f"/{name}", code=name)

    def document(self, document: Document | None = BILL, caption: str = "") -> list[Shown]:
        """Send a file."""
        return self.hear("document", caption, document=document)

    def press(self, code: str) -> list[Shown]:
        """Press the newest button of that code."""
        for shown in reversed(self.screen):
            for choice in shown.choices:
                if choice.code == code:
                    return self.push(shown, choice)
        raise AssertionError(f"no button {code!r} on the screen")

    def push(self, shown: Shown, choice: Choice) -> list[Shown]:
        """Press a button of any message that was ever shown."""
        form, asking = (int(part) for part in choice.params.get("form", shown.owed.form).split("."))
        return self.hear("press", form=form, asking=asking, code=choice.code)

    def hear(
        self, kind: HeardKind, text: str = "", *, form: int = 0, asking: int = 0, code: str = "",
        document: Document | None = None, album: str = "",
    ) -> list[Shown]:  # fmt: skip
        """Let the bot hear anything from the chat, a moment after what was heard before."""
        self.now += timedelta(milliseconds=1)
        event, number = self._event(), next(self._ids)
        labels = labels_like(text) if kind == "text" else frozenset()
        heard = Heard(self.chat.id, event, kind, text, number, form, asking, code, document, album, self.name, labels)
        decide = partial(hear, heard=heard, policy=self.policy)
        named = named_numbers(f"{text} {code}")
        return self._step(self.chat.about, event, decide, is_named=False, named=named)

    def answer(self, question: str) -> list[Shown]:
        """Answer a question as it is usually answered."""
        if question == "bill":
            return self.document()
        return self.press(ANSWERS[question]) if question in TAPPED else self.say(ANSWERS[question])

    def until(self, question: str) -> list[Shown]:
        """Begin, and answer everything before a question."""
        shown = self.command("start")
        for each in ANSWERS:
            if each == question:
                return shown
            shown = self.answer(each)
        return shown

    # staff, clock and errands

    def staff(
        self, verb: str, argument: str | None = None, *, of: int | None = None, by: str = ROSA, is_sure: bool = True
    ) -> Told:
        """Do a verb on a request (the newest), sure of it; a refusal is returned as its sentence.

        What is submitted without a word has an order number.
        """
        said = USUAL.get(verb, "") if argument is None else argument
        seen = Seen(self.requests[of or self.newest].version, 0)
        wish = staff.Order(by, verb, said, Role.ADMIN, seen=seen, is_sure=is_sure)
        answers: list[Told | None] = []

        def act(state: State, moment: Moment) -> Changes:
            changes = staff.act(state, moment, wish, self.policy)
            answers.append(changes.told)
            return changes

        try:
            self._step(of or self.newest, self._event(), act)
        except DeskError as error:
            answers.append(Told(error.code, error.params, error=True))
        told = answers[-1]
        assert told is not None
        slack_text(told.key, told.params)
        return told

    def forward(self, **more: float) -> list[Shown]:
        """Let time pass, and everything become due in its order; return what the customer is shown meanwhile."""
        until = self.now + timedelta(**more)
        before = len(self.screen)
        while ripe := [due for due in self.dues.values() if due.at <= until]:
            due = min(ripe, key=lambda d: d.at)
            self.now = max(self.now, due.at)
            self._step(due.subject, self._event(), partial(clock.fire, due=due, policy=self.policy))
        self.now = until
        return self.screen[before:]

    def run_errands(self, refused: str = "") -> list[Shown]:
        """Fetch every bill that is wanted, or find it to be none."""
        before = len(self.screen)
        for errand in list(self.errands.values()):
            if errand.subject not in self.papers:  # erased meanwhile
                del self.errands[errand.id]
                continue
            if errand.kind != "fetch_bill":  # of a list: its tests do it
                continue
            kept = partial(bill_kept, errand=errand, object_key="k", mime="application/pdf", size=9)
            wrong = partial(bill_refused, errand=errand, reason=refused)
            self._step(errand.request_id, self._event(), wrong if refused else kept)
        return self.screen[before:]

    def undeliverable(self, owed: Owed, reason: str) -> list[Shown]:
        """Find out that a message can never arrive."""
        return self._step(self.chat.focus, self._event(), partial(could_not_deliver, owed=owed, reason=reason))

    # what is known

    @property
    def newest(self) -> int:
        """Return the id of the newest request."""
        return max(self.requests)

    @property
    def request(self) -> Request:
        """Return the newest request."""
        return self.requests[self.newest]

    @property
    def number(self) -> Number:
        """Return the newest request's number."""
        return next(n for n in self.numbers.values() if n.request_id == self.newest)

    @property
    def ref(self) -> str:
        """Return the newest request's reference."""
        return self.request.ref

    def texts(self) -> list[str]:
        """Return everything that the customer was shown."""
        return [shown.text for shown in self.screen]

    def case(self, request_id: int | None = None) -> Case:
        """Return a request (the newest) with all that belongs to it."""
        wanted = request_id or self.newest
        found = (n for n in self.numbers.values() if n.request_id == wanted)
        numbers = tuple(sorted(found, key=lambda n: n.id))
        mine = {n.e164 for n in numbers}
        rivals = {n.request_id for n in self.numbers.values() if n.e164 in mine and n.request_id != wanted}
        at_desk = [self.requests[r].ref for r in rivals if self.requests[r].status not in NOT_AT_DESK]
        orders = tuple(sorted((o for o in self.orders.values() if o.request_id == wanted), key=lambda o: o.id))
        answers = dict(sorted(self.answers.get(wanted, {}).items(), key=lambda item: item[1].seq))
        return Case(self.requests[wanted], orders, numbers, answers, tuple(sorted(at_desk)))

    def ours(self, e164: str, apart_from: int = 0) -> Ours | None:
        """Return what a number does here: by the inventory, or because calls of a submitted request ring at it."""
        found = self.inventory.get(e164)
        for request in self.requests.values():
            rings = self.answers.get(request.id, {}).get("destination")
            is_theirs = rings is not None and rings.value == (e164,) and request.id != apart_from
            if is_theirs and request.status in SENT:
                found = strongest(found, Ours("receiving", request.ref))
        return found

    def _ours(self, named: tuple[str, ...], checked: Case | None) -> dict[str, Ours]:
        found = {e164: self.ours(e164) for e164 in named}
        if checked is not None:
            rings = checked.answers.get("destination")
            found |= {e164: self.inventory.get(e164) for e164 in (rings.value if rings else ())}
            found |= {number.e164: self.ours(number.e164, checked.request.id) for number in checked.numbers}
        return {e164: ours for e164, ours in found.items() if ours is not None}

    def _claims(self, named: tuple[str, ...], request_id: int) -> dict[str, Claim]:
        """Return what the chat may know of other requests for numbers that it names."""
        found: dict[str, Claim] = {}
        for number in self.numbers.values():
            request = self.requests[number.request_id]
            has_moved = not {request.status, number.phase}.isdisjoint(MOVED)
            is_open = request.status not in NOT_AT_DESK and number.phase not in OVER
            if number.e164 not in named or request.id == request_id or not (has_moved or is_open):
                continue
            is_own = request.chat_id == self.chat.id and request.id not in self.erased
            claim = Claim(has_moved, request.ref, request.id) if is_own else Claim(has_moved)
            found[number.e164] = strongest_claim(found.get(number.e164), claim)
        return found

    def _entries(self, named: tuple[str, ...], checked: Case | None) -> dict[str, Held]:
        """Return what the inventory says of the numbers that are looked up."""
        rings = checked.answers.get("destination") if checked is not None else None
        mine = [n.e164 for n in checked.numbers] if checked is not None else []
        looked = {*named, *mine, *(rings.value if rings is not None else ())}
        return {e164: self._held(e164) for e164 in looked if e164 in self.inventory}

    def _held(self, e164: str) -> Held:
        ours = self.inventory[e164]
        return Held(e164, ours.role, ours.owner, "port" if e164 in self.ported else "import")

    def state(self, request_id: int | None, *, is_named: bool = True, named: tuple[str, ...] = ()) -> State:
        """Return what a decision about a request is given."""
        briefs = self._briefs(request_id)
        claims = self._claims(named, request_id or 0)
        if not request_id:
            return State(self.chat, None, briefs, ours=self._ours(named, None), claims=claims)
        case = self.case(request_id)
        checked = case if is_named or self.chat.asked in CHECKS else None
        ours = self._ours(named, checked)
        case = replace(case, ours=ours, claims=claims, book=self.book)
        entries = self._entries(named, checked)
        papers = tuple(p for p in self.papers.values() if p.request_id == request_id)
        done = [a for a in self.actions.values() if a.request_id == request_id and not a.undone]
        action = max(done, key=lambda a: a.id, default=None)
        if not is_named:
            case, action = replace(case, rivals=()), None
        return State(self.chat, case, briefs, papers, action, ours, claims=claims, entries=entries)

    def _briefs(self, request_id: int | None) -> tuple[Brief, ...]:
        mine = [r for r in self.requests.values() if r.chat_id == self.chat.id and r.id not in self.erased]
        older = [r for r in mine[:-MOST_BRIEFS] if r.id == request_id]
        return tuple(self._brief(request) for request in (*older, *mine[-MOST_BRIEFS:]))

    def _brief(self, request: Request) -> Brief:
        mine = sorted(n.id for n in self.numbers.values() if n.request_id == request.id)
        first = self.numbers[mine[0]].e164 if mine else None
        return Brief(
            request.id, request.ref, request.status, first, request.changed_at, request.told, request.title, len(mine)
        )

    # the store's part

    def _event(self) -> str:
        return f"event-{next(self._ids)}"

    def _step(
        self, request_id: int | None, event: str, decide: Decide, *, is_named: bool = True, named: tuple[str, ...] = ()
    ) -> list[Shown]:
        before = len(self.screen)
        new_id: Callable[[], int] = partial(next, self._ids)
        moment = Moment(self.now, event, new_id, lambda: make_reference(self._chance.choice))
        changes = decide(self.state(request_id, is_named=is_named, named=named), moment)
        self._keep(changes, request_id)
        self._owe(changes)
        self._check_roll_up()
        now_due = [due for due in self.dues.values() if due.at <= self.now]
        if now_due:
            self.forward()
        if self.errands and self.does_errands:
            self.run_errands()
        return self.screen[before:]

    def _keep(self, changes: Changes, request_id: int | None) -> None:
        wanted = changes.request.id if changes.request else request_id or 0
        self.chat = changes.chat or self.chat
        if changes.request is not None:
            self.requests[changes.request.id] = changes.request
        self.orders.update({order.id: order for order in changes.orders})
        for gone in changes.dropped_orders:
            del self.orders[gone]
        self._keep_numbers(changes, wanted)
        self.papers.update({p.id: p for p in changes.papers})
        if changes.action is not None:
            self.actions[changes.action.id] = changes.action
        self._keep_answers(changes, wanted)
        self.inventory = {e164: ours for e164, ours in self.inventory.items() if e164 not in changes.freed}
        self.inventory |= {held.e164: Ours(held.role, held.owner) for held in changes.held}
        self.ported -= {*changes.freed, *(held.e164 for held in changes.held)}
        self.ported |= {held.e164 for held in changes.held if held.source == "port"}
        self.history += changes.history
        self._keep_future(changes)
        for erase in changes.erase:
            self._erase(erase)

    def _keep_numbers(self, changes: Changes, request_id: int) -> None:
        for gone in changes.dropped_numbers:
            if gone in self.numbers and self.numbers[gone].request_id == request_id:
                del self.numbers[gone]
        self.numbers.update({n.id: n for n in changes.numbers})

    def _keep_future(self, changes: Changes) -> None:
        for rule, subject in changes.done_due:
            self.dues.pop((rule, subject), None)
        self.dues.update({(d.rule, d.subject): d for d in changes.due})
        for done in changes.done_errands:
            self.errands.pop(done, None)
        self.errands.update({e.id: e for e in changes.errands})

    def _erase(self, erase: Erase) -> None:
        """Forget a request; last of all, so that nothing of the same turn stays. Files are not pretended here."""
        wanted = erase.request_id
        self.requests[wanted] = replace(self.requests[wanted], title=None, note=None)
        kept = self.answers.get(wanted, {})
        self.answers[wanted] = {q: a for q, a in kept.items() if erase.letter and q in STATED}
        self.secrets = {key: plain for key, plain in self.secrets.items() if key[0] != wanted}
        self.papers = {
            p.id: p
            for p in self.papers.values()
            if p.request_id != wanted or (erase.letter and p.kind in SIGNED and p.status == "kept")
        }
        self.history = [replace(h, words=None) if h.request_id == wanted else h for h in self.history]
        self.actions = {a.id: a for a in self.actions.values() if a.request_id != wanted}
        self.erased.add(wanted)

    def _keep_answers(self, changes: Changes, request_id: int) -> None:
        kept = self.answers.setdefault(request_id, {}) if request_id else {}
        for question in (*changes.dropped, *changes.shred):
            self.secrets.pop((request_id, question), None)
        for question in changes.dropped:
            kept.pop(question, None)
        for answer in changes.answers:
            kept[answer.question] = replace(answer, secret=None)
            if answer.secret is not None:
                self.secrets[request_id, answer.question] = answer.secret.plain

    def _owe(self, changes: Changes) -> None:
        self.owed += changes.owed
        for owed in changes.owed:
            if owed.kind == "say" or (owed.kind == "status" and owed.params["message"] != "last"):
                self.screen.append(Shown(owed, telegram_text(owed.key, owed.params, owed.language)))
            elif owed.kind in ("post", "channel"):
                self.posts.append(slack_text(owed.key, owed.params))

    def _check_roll_up(self) -> None:
        """The stored statuses are what the phases say, after every single decision."""
        for request in self.requests.values():
            status = roll_up(tuple(n.phase for n in self.numbers.values() if n.request_id == request.id))
            assert request.status == status
            orders = [order for order in self.orders.values() if order.request_id == request.id]
            for order in orders:
                here = tuple(n.phase for n in self.numbers.values() if n.order_id == order.id)
                assert order.status == (roll_up(here) if len(orders) > 1 else status)
