"""The customers of a load: they play their scripts in a closed loop, time each turn and judge each answer."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from bench.scripts import Keyboard, Move, OutOfOrderError, Say, Script, UnexpectedTextError, Wait


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked of the customers; the first of `turns` and `seconds` to come ends it, 0 is no limit."""

    script: str = "bench.scripts:interview"  # module:factory of a script
    users: int = 1
    turns: int = 0
    seconds: float = 0.0
    delay: float = 0.0  # seconds before sendMessage is answered and the customer sees it
    pause: float = 0.0  # seconds that a customer thinks before each line, half as much to half as much again
    patience: float = 0.0  # seconds after which a line confirmed and unanswered is said again; 0 is never
    stall: float = 20.0  # seconds without any answer after which the load is given up
    drain: float = 8.0  # seconds that the last answers may take when the load has ended


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a load, by the record of the Bot API alone; in seconds unless the name says other."""

    turns: int
    seconds: float
    turns_per_s: float
    p50_ms: float
    p99_ms: float
    conversations: int
    wrong: int  # answers that no step of the script knows
    out_of_order: int  # answers that belong to another step
    doubled: int  # answers that came again
    doubled_beyond: int  # of these, more than one for a chat and a crash
    missing: int  # lines still unanswered when the load had ended and drained
    unanswered: int  # lines confirmed, yet unanswered when the customer's patience ended
    lost: int  # conversations that did not go on where they were after such a line
    surprises: tuple[str, ...]  # a few texts of wrong answers

    @property
    def is_clean(self) -> bool:
        """Whether nothing was wrong, doubled or missing."""
        return not (self.wrong or self.out_of_order or self.doubled or self.missing or self.unanswered)

    def plain(self) -> dict[str, Any]:
        """Give the verdict as one JSON object."""
        return asdict(self)


@dataclass(slots=True)
class Customer:
    """One chat: its script, the open line and what was shown last."""

    chat: int
    script: Script
    line: Move | None = None
    update_id: int = 0
    handed_at: float = 0.0
    confirmed_at: float = 0.0
    message_id: int = 0  # the message with the buttons shown last
    shown: str = ""
    is_repeating: bool = False
    answered_in: int = -1  # the last crash after which this chat was answered
    doubled_in: int = -1  # the last crash that gave this chat a doubled answer


@dataclass(slots=True)
class _Tally:
    conversations: int = 0
    wrong: int = 0
    out_of_order: int = 0
    doubled: int = 0
    doubled_beyond: int = 0
    missing: int = 0
    unanswered: int = 0
    lost: int = 0
    surprises: list[str] = field(default_factory=list)


class Crowd:
    """All customers of one load. `utter` hands a customer's open line to the Bot API as an update."""

    def __init__(
        self, load: Load, chats: range, script: Callable[[], Script], utter: Callable[[Customer], None]
    ) -> None:
        self.load = load
        self._utter = utter
        self._customers = {chat: Customer(chat, script()) for chat in chats}
        self._tally = _Tally()
        self._latencies: list[float] = []
        self._began = 0.0
        self._heard_at = 0.0
        self._ended = 0.0
        self._turns = 0
        self._crashes = 0
        self._is_closing = False
        self.is_over = False

    def begin(self, now: float) -> None:
        """Let every customer open a conversation."""
        self._began = self._heard_at = now
        for customer in self._customers.values():
            self._open(customer)

    def finish(self) -> None:
        """Let conversations come to their end and open no new ones."""
        self._is_closing = True

    def crash(self) -> None:
        """Note that the contestant was killed: from now on one repeat for each chat is allowed."""
        self._crashes += 1

    def is_settled(self) -> bool:
        """Whether every customer has been answered rightly since the last crash."""
        return all(customer.answered_in == self._crashes for customer in self._customers.values())

    def show(self, chat: int, text: str, keyboard: Keyboard, message_id: int, now: float) -> None:
        """Judge a message that the bot sent; the customer answers it at once."""
        customer = self._customers.get(chat)
        if customer is None or self.is_over:
            return
        try:
            move = self._judge(customer, text, keyboard)
        except UnexpectedTextError as surprise:
            self._note(customer, surprise, now)
            return
        if isinstance(move, Wait):
            return
        customer.message_id, customer.shown = message_id, text
        self._answered(customer, now)
        self._go_on(customer, move, now)

    def tick(self, now: float) -> None:
        """End the load when its time has come, and let customers out of patience repeat themselves."""
        if self.is_over:
            return
        if not self._ended and self._is_due(now):
            self._ended = now
        if self.load.patience:
            self._repeat(now)
        if now - self._heard_at > self.load.stall:
            self._close(now)
        if self._ended and now - self._ended > self.load.drain:
            self._close(now)

    def verdict(self, now: float) -> Verdict:
        """Sum up what has been seen so far."""
        seconds = (self._ended or now) - self._began
        times = sorted(self._latencies) or [0.0]
        tally = {name: getattr(self._tally, name) for name in _Tally.__slots__ if name != "surprises"}
        return Verdict(
            turns=self._turns,
            seconds=round(seconds, 3),
            turns_per_s=round(self._turns / seconds, 1) if seconds else 0.0,
            p50_ms=round(times[len(times) // 2] * 1000, 3),
            p99_ms=round(times[int(len(times) * 0.99)] * 1000, 3),
            surprises=tuple(self._tally.surprises),
            **tally,
        )

    def _judge(self, customer: Customer, text: str, keyboard: Keyboard) -> Move | Wait | None:
        if text == customer.shown:
            raise _DoubledError(text)
        move = customer.script(text, keyboard)
        if customer.line is None and not isinstance(move, Wait):
            raise UnexpectedTextError(text)
        return move

    def _note(self, customer: Customer, surprise: UnexpectedTextError, now: float) -> None:
        """Count a surprise; a customer who had to repeat a line or got a wrong answer starts again."""
        tally = self._tally
        if customer.is_repeating:
            tally.lost += 1
        elif isinstance(surprise, _DoubledError):
            tally.doubled += 1
            tally.doubled_beyond += customer.doubled_in == self._crashes or not self._crashes
            customer.doubled_in = self._crashes
            return
        elif isinstance(surprise, OutOfOrderError):
            tally.out_of_order += 1
        else:
            tally.wrong += 1
        if len(tally.surprises) < 5:
            tally.surprises.append(str(surprise)[:120])
        if customer.line is not None:
            self._heard_at = now
            customer.is_repeating, customer.shown = False, ""
            self._open(customer)

    def _answered(self, customer: Customer, now: float) -> None:
        self._heard_at = now
        customer.line = None
        customer.is_repeating = False
        customer.answered_in = self._crashes
        if not self._ended:
            self._turns += 1
            self._latencies.append(now - (customer.handed_at or now))
            if self._turns == self.load.turns:
                self._ended = now

    def _go_on(self, customer: Customer, move: Move | None, now: float) -> None:
        if move is None:
            self._tally.conversations += 1
        if self._ended or (self._is_closing and move is None):
            self._close_when_silent(now)
        elif move is None:
            self._open(customer)
        else:
            self._say(customer, move)

    def _open(self, customer: Customer) -> None:
        move = customer.script("", ())
        self._say(customer, move if isinstance(move, Say) else Say("/start"))

    def _say(self, customer: Customer, move: Move) -> None:
        customer.line = move
        customer.handed_at = customer.confirmed_at = 0.0
        self._utter(customer)

    def _is_due(self, now: float) -> bool:
        return bool(self.load.seconds) and now - self._began >= self.load.seconds

    def _repeat(self, now: float) -> None:
        for customer in self._customers.values():
            due = customer.confirmed_at and now - customer.confirmed_at > self.load.patience
            if due and customer.line is not None:
                self._tally.unanswered += not customer.is_repeating
                customer.is_repeating = True
                self._say(customer, customer.line)

    def _close_when_silent(self, now: float) -> None:
        if not any(customer.line for customer in self._customers.values()):
            self._close(now)

    def _close(self, now: float) -> None:
        self._ended = self._ended or now
        self._tally.missing = sum(customer.line is not None for customer in self._customers.values())
        self.is_over = True


class _DoubledError(UnexpectedTextError):
    """The same text as the last one shown."""
