"""What a customer has been told, by the messages alone: every change once, in time, truly, and none forgotten.

Nothing of what the desk keeps of it (`Request.told`, its marks beside the answers) is believed here.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.desk.state import Due, Owed
from domain.numbers import Phone, show
from domain.orders.model import Number
from domain.orders.rejections import codes_of
from tests.machine.house import Happened, House
from tests.machine.laws import MOVED, PROGRESS, WORST_FIRST

Standing = tuple[str, str, str, int, int]  # phase, date, rejection, attempt, place of the order
CLOSING = {"closing.over", "closing.over_some", "closing.over_early"}  # which say themselves of what they are
SAYS_MORE = {  # notices that tell how it stands in other words than `notice.<phase>`
    "scheduled": {"notice.date_moved"},
    "ported": {"notice.ported_early"},
    "cancelled": {"notice.cancelled_late", "notice.cancelled_lost"},
    "closed": CLOSING,
    "returned": {"notice.gone_back"},
    "pending_date": {"notice.date_lost"},
    "rerouting": {"notice.date_lost"},
}
OF_PARTS = {"notice.split", "notice.parts"}
TELLING = {
    *(f"notice.{phase}" for phase in (*PROGRESS, *WORST_FIRST, *MOVED, "rejected")),
    *(key for keys in SAYS_MORE.values() for key in keys),
    *OF_PARTS,
}
ONCE = {  # what is said of a fact once: its values that name the fact
    "reminder.ahead": ("date",), "reminder.eve": ("date",), "reminder.today": ("date",), "notice.overdue": ("days",),
    "notice.longer": ("expected_to",), "closing.first": (), "notice.expired": (),
    **dict.fromkeys(CLOSING, ("number",)),
}  # fmt: skip
AT_MOST = {"reminder.draft": 3, "trial.again": 2 * 3}
TOGETHER = 0  # in place of an order's place: all of the request travel in one; and the first of several
DAYS_BEFORE = timedelta(days=2)  # a day that was told as long before is reminded of on its eve and its morning


@dataclass
class Ears:
    """What one customer knows: how each number stands, by its id, and what was said once of what."""

    known: dict[int, Standing] = field(default_factory=dict)
    said: dict[tuple[str, ...], int] = field(default_factory=dict)
    dated: dict[int, tuple[str, datetime]] = field(default_factory=dict)  # which day was told of it, and when
    texting: dict[tuple[int, str], str] = field(default_factory=dict)  # by request and number: what was said last of it
    deaf: bool = False  # the bot was blocked once: what was said meanwhile was said to nobody

    def fork(self) -> "Ears":
        """Return the same knowledge of somebody else."""
        return Ears(dict(self.known), dict(self.said), dict(self.dated), dict(self.texting), self.deaf)

    def hear(self, house: House, turn: Happened) -> None:
        """Take in what one turn says, and check that it is new, true, and neither too early nor too often."""
        says = [owed for owed in turn.changes.owed if owed.kind == "say" and owed.address == str(house.chat.id)]
        keys = {part for owed in says for part in owed.key.split("+")}
        self.deaf |= house.chat.blocked
        self._let_go_of_dropped(house, turn)
        if turn.party == "staff":
            assert not any(self._tells(key) for key in keys), ("told while it can be taken back", keys)
        elif turn.party == "clock":
            self._be_told(house, turn, says, keys)
        else:
            self._be_answered(house, turn, says)
        for owed in says:
            self._count(owed, turn)

    # how it stands

    def _let_go_of_dropped(self, house: House, turn: Happened) -> None:
        """Forget numbers that are gone; an order that another one's end has moved up is no news."""
        for gone in turn.changes.dropped_numbers:
            self.known.pop(gone, None)
        for number in house.numbers.values() if turn.changes.dropped_orders else ():
            was, known = turn.before.numbers.get(number.id), self.known.get(number.id)
            place = standing(number, house)[-1]  # that all travel together again may be taken back: see `is_same`
            if was is not None and known == standing(was, turn.before) and place != TOGETHER:
                self.known[number.id] = (*known[:-1], place)

    def _be_answered(self, house: House, turn: Happened, says: list[Owed]) -> None:
        """Know what one did oneself, which is answered at once; what happens while the bot is blocked is told later."""
        if house.chat.blocked:
            return
        for number in turn.changes.numbers:
            was = turn.before.numbers.get(number.id)
            is_new = was is None or standing(was, turn.before) != standing(number, house)
            if number.phase != "intake" and is_new:
                is_thanked = turn.party == "errand" and number.phase == "csr_check"  # as the file was sent
                assert says or is_thanked, ("a change of the customer's own is not answered", turn.changes)
                self.known[number.id] = standing(number, house)
        if any("cancel.draft" in owed.key for owed in says):  # a draft is thrown away whole
            here = (n for n in house.numbers.values() if n.request_id == turn.request_id)
            self.known.update({number.id: standing(number, house) for number in here})

    def _be_told(self, house: House, turn: Happened, says: list[Owed], keys: set[str]) -> None:
        telling = {key for key in keys if self._tells(key)}
        subjects = {owed.params.get("ref") for owed in says if any(map(self._tells, owed.key.split("+")))}
        assert len(subjects) <= 1, subjects
        if not telling:
            return
        numbers = [n for n in house.numbers.values() if n.request_id == turn.request_id]
        news = [n for n in numbers if not is_same(self.known.get(n.id), standing(n, house))]
        if telling <= CLOSING:  # what staff did of others a moment ago is told in its own time
            news = [n for n in news if n.phase == "closed" != turn.before.numbers[n.id].phase]
        assert news, ("told twice", telling, [standing(n, house) for n in numbers])
        _check_in_time(house, turn)
        moved = [n for n in news if self.known.get(n.id, ("",))[:-1] != standing(n, house)[:-1]]  # else only its order
        check_true(moved, numbers, telling, says)
        for number in news:
            self.known[number.id] = standing(number, house)
            if number.port_date is not None and number.phase == "scheduled":
                self.dated[number.id] = (number.port_date.isoformat(), house.now)

    @staticmethod
    def _tells(key: str) -> bool:
        return key in TELLING

    # what is said of one thing once

    def _count(self, owed: Owed, turn: Happened) -> None:
        request = str(turn.request_id)
        for part in owed.key.split("+"):
            fact = ONCE.get(part)
            if fact is not None:
                self._say_once((part, request, *(owed.params[name] for name in fact)), 1)
            elif part in AT_MOST:
                self._say_once((part, request), AT_MOST[part])
            elif part.startswith("texting.told."):
                self._hear_of_texts(part, owed, turn.request_id)
            elif part in ("quote.fee", "quote.free") and turn.party == "clock" and "quote.again" not in owed.key:
                self._say_once((part, request, owed.buttons[0][0].code), 1)
            elif part == "consent.soon":
                self._say_once((part, request, owed.params["consent_until"], str(turn.before.now.date())), 1)

    def _hear_of_texts(self, part: str, owed: Owed, request_id: int) -> None:
        for number in owed.params["number"].split(", "):
            assert self.texting.get((request_id, number)) != part, ("told twice", part, number)
            self.texting[request_id, number] = part

    def _say_once(self, fact: tuple[str, ...], most: int) -> None:
        self.said[fact] = self.said.get(fact, 0) + 1
        assert self.said[fact] <= most, ("told twice", fact)

    # what is missing

    def check_nothing_is_missing(self, house: House) -> None:
        """Check that all is known where nothing is left to be told, and that what is left is told in time."""
        if house.chat.blocked:
            return
        for request in house.requests.values():
            due = house.dues.get(("tell", request.id))
            if due is None:
                self._check_known(house, request.id)
                self._check_texting(house, request.id)
            else:
                assert due.at <= house.now + house.policy.undo, ("told too late", due)
        for number in house.numbers.values():
            self._check_reminded(house, number)

    def _check_known(self, house: House, request_id: int) -> None:
        numbers = [n for n in house.numbers.values() if n.request_id == request_id and n.phase != "intake"]
        unknown = [(self.known.get(n.id), standing(n, house)) for n in numbers]
        assert all(is_same(known, now) for known, now in unknown), ("a notice is missing", unknown)
        self.known.update({number.id: standing(number, house) for number in numbers})

    def _check_texting(self, house: House, request_id: int) -> None:
        """Check that what is noted of the texts of each number that has moved was told of that number."""
        noted = house.answers[request_id].get("texting_is")
        due: Due | None = house.dues.get(("texting", request_id))
        moved = {n.e164 for n in house.numbers.values() if n.request_id == request_id and n.phase == "ported"}
        waits = due is not None and due.at <= house.now + house.policy.undo
        if noted is None or waits or self.deaf:
            return
        for e164, state, *_ in (each.split("|") for each in noted.value):
            if e164 in moved and state != "unwanted":
                told = self.texting.get((request_id, show(Phone(e164))))
                assert told == f"texting.told.{state}", ("a notice is missing", told, noted)

    def _check_reminded(self, house: House, number: Number) -> None:
        """Check that the eve and the morning of a day were told of that was known long before."""
        day, at = self.dated.get(number.id, ("", house.now))
        start = number.window_start
        if self.deaf or start is None or number.port_date is None or number.phase not in ("scheduled", "activating"):
            return
        if day == number.port_date.isoformat() and at + DAYS_BEFORE < start < house.now:
            for each in ("reminder.eve", "reminder.today"):
                assert (each, str(number.request_id), day) in self.said, ("a notice is missing", each, number)


def _check_in_time(house: House, turn: Happened) -> None:
    """Check that staff can take nothing back of what is told: its time is over, or the request has changed since."""
    action = turn.before.state(turn.request_id).action
    if action is None or action.verb in ("take", "assign", "hold", "snooze") or turn.changes.numbers:
        return  # or it is the clock's own doing
    stands = action.version == turn.before.requests[turn.request_id].version
    assert not stands or action.at + house.policy.undo <= house.now, ("told while it can be taken back", action.verb)


def is_same(known: Standing | None, now: Standing) -> bool:
    """Tell whether a number stands as is known; that it travels with the others again is nothing to be told."""
    return known is not None and known[:-1] == now[:-1] and (known[-1] == now[-1] or now[-1] == TOGETHER)


def standing(number: Number, house: House) -> Standing:
    """Return how a number stands, as a customer can know it."""
    orders = sorted(o.id for o in house.orders.values() if o.request_id == number.request_id)
    place = orders.index(number.order_id) if len(orders) > 1 else TOGETHER
    day = number.port_date.isoformat() if number.port_date else ""
    return (number.phase, day, number.rejection or "", number.attempts, place)


def check_true(news: list[Number], numbers: list[Number], telling: set[str], says: list[Owed]) -> None:
    """Check that a notice says what is so of the numbers of which it is news."""
    told = [owed for owed in says if any(Ears._tells(part) for part in owed.key.split("+"))]
    assert len(told) == 1, ("one change, several messages", [owed.key for owed in told])
    params = told[0].params
    if telling & OF_PARTS:
        for number in news if "notice.parts" in telling else ():
            assert _part_of(number) in params["parts"], (number, params)
        return
    assert len(telling) == 1, telling
    for number in news:
        assert telling <= {f"notice.{number.phase}"} | SAYS_MORE.get(number.phase, set()), (telling, number)
        if number.phase == "scheduled":
            assert params["date"] == str(number.port_date), (params, number)
        for code in codes_of(number.rejection) if number.phase == "rejected" else ():
            assert f"rejection.{code}" in params["reason"], (params, number)
    is_of_some = telling <= {"notice.expired", *CLOSING}
    assert is_of_some or len({n.phase for n in numbers}) == 1, ("one sentence for all, that stand apart", numbers)


def _part_of(number: Number) -> str:
    return f"status.phase.{number.phase}"
