"""Every step of every class's way is taken once: it leads where the table says, is told once, and can be explained."""

import copy
from collections.abc import Callable

import pytest

from domain.desk.state import Changes, Moment, State
from domain.desk.turn import Turn
from domain.orders.phases import MOVES, PHASES, WAYS, Move, moves_of, way_of
from domain.promises.notices import NOTICES
from domain.values import replace
from tests.domain.talk import Talk
from tests.domain.ways import (
    CA_LANDLINE,
    CA_WIRELESS,
    FAX,
    GOOGLE_VOICE,
    LANDLINE,
    TOLL_FREE,
    VOIP,
    WIRELESS,
    Answers,
    begun,
    do,
    fill,
    keys,
)

ANSWERS: dict[str, Answers] = {
    "wireless": WIRELESS,
    "landline": {**LANDLINE, "numbers": "415-421-8832"},
    "voip": VOIP,
    "google_voice": GOOGLE_VOICE,
    "toll_free": {**TOLL_FREE, "numbers": "800-356-9377"},
    "fax": {**FAX, "numbers": "fax 415-421-8832"},
    "ca_landline": {**CA_LANDLINE, "numbers": "514-861-2345", "btn": "514-861-2345", "bill": "@"},
    "ca_wireless": CA_WIRELESS,
}
SOMEONE_ELSES = {"authority": "!someone_else", "signer": "Anna Alvarez, anna@example.com"}
DAYS = {"scheduled": "2026-12-04", "activating": "2026-12-07"}  # another one for what has one
Taken = set[tuple[str, str, str]]


def staff(talk: Talk, verb: str, argument: str = "") -> None:
    told = talk.staff(verb, argument)
    assert not told.error, (verb, argument, told)


def _close(state: State, moment: Moment) -> Changes:
    turn = Turn(state, moment, "clock")
    turn.move(turn.the_case().numbers[0], "close", "closed", "clock")
    return turn.changes()


def _cancel(talk: Talk, move: Move) -> None:
    if move.actor == "staff":
        staff(talk, "cancel", "stopped")
        return
    talk.command("cancel")
    talk.press("cancel.yes")


def _reject(talk: Talk, move: Move) -> None:
    if move.actor == "clock":
        talk.forward(minutes=100)
    else:
        staff(talk, "reject", "name: another one")
        if move.before == "rejected":  # another reason, before the customer knows of the first
            staff(talk, "reject", "address: another one")


def _answer(talk: Talk, move: Move, answers: Answers) -> None:
    if move.before == "csr_needed":
        talk.document()
        talk.run_errands()
    else:
        fill(talk, answers)


def _submit(talk: Talk, _move: Move) -> None:
    if talk.number.phase == "rejected":
        talk.press("fixed")
    staff(talk, "submit", "88123")


def _ask(talk: Talk, move: Move) -> None:
    staff(talk, "ask", "csr" if move.before == "csr_check" else "name: they have another one")


def _unlock(talk: Talk, _move: Move) -> None:
    talk.press("yes")
    do(talk, "@")
    talk.run_errands()


def _papers(talk: Talk, _move: Move) -> None:
    if talk.errands:
        talk.run_errands()
    if talk.number.phase == "awaiting_documents":
        staff(talk, "letter", "by mail")


def _keep(talk: Talk, _move: Move) -> None:
    """Let the customer go on, who hears what stopping it would cost."""
    staff(talk, "cancel", "fee 25: your phone can be dead for a day")
    talk.forward(seconds=61)
    codes = [choice.code for shown in talk.screen for choice in shown.choices]
    talk.press(next(code for code in reversed(codes) if code.startswith("stop.no.")))


def _expire(talk: Talk, _move: Move) -> None:
    talk.forward(days=40)


def _closed(talk: Talk, _move: Move) -> None:
    talk._step(talk.newest, talk._event(), _close)


STEPS: dict[str, Callable[[Talk, Move], None]] = {
    "papers": _papers,
    "unlock": _unlock,
    "ask": _ask,
    "submit": _submit,
    "advance": lambda talk, move: staff(talk, "advance", move.after.replace("_", " ")),
    "date": lambda talk, move: staff(talk, "date", DAYS.get(move.before, "2026-12-03")),
    "complete": lambda talk, _move: staff(talk, "complete"),
    "reject": _reject,
    "cancel": _cancel,
    "end": lambda talk, move: staff(talk, "end", f"{move.after}: they wrote so"),
    "expire": _expire,
    "keep": _keep,
    "close": _closed,
    "lost": lambda talk, _move: staff(talk, "lost"),
}
_OTHERWISE = (
    "notice.date_moved",
    "notice.date_lost",
    "notice.ported_early",
)  # in place of a phase's notice
# Within the turn in which a request is handed in; the second only where its number is to be unlocked later.
PASSED_THROUGH = (("accept", "awaiting_documents"), ("papers", "awaiting_unlock"))


class Walk:
    """Goes from phase to phase of a class; each conversation that has come to a new one is gone on from."""

    def __init__(self, number_class: str) -> None:
        self.number_class = number_class
        self.answers = ANSWERS[number_class]
        self.moves = moves_of(number_class)
        self.taken: Taken = set()
        self.rest: dict[str, Talk] = {}
        self.open: list[str] = []
        self._come(begun(self.answers, "destination", self._talk()))
        if number_class == "google_voice":  # in whose papers nothing waits but a letter that somebody else signs
            self._come(begun({**self.answers, **SOMEONE_ELSES}, talk=Talk()))
            later = begun(self.answers, "unlock")
            later.press("later")
            fill_until_again(later, self.answers)
            self._come(later)

    @staticmethod
    def _talk() -> Talk:
        return Talk(does_errands=False)

    def _come(self, talk: Talk) -> None:
        rows = (row for row in talk.history if row.detail.count(">") == 1)
        self.taken |= {(row.what, *row.detail.split(">")) for row in rows}  # type: ignore[misc] # two parts each
        if talk.number.phase not in self.rest:
            self.rest[talk.number.phase] = talk
            self.open.append(talk.number.phase)

    def go(self) -> None:
        """Take every step from every phase."""
        while self.open:
            phase = self.open.pop(0)
            for move in self.moves:
                if (
                    move.before == phase
                    and (move.verb, move.after) not in PASSED_THROUGH
                    and phase != "cancel_requested"
                ):
                    self._come(self._after(move))
        for move in self.moves:
            if move.before == "cancel_requested":
                self._come(self._after_a_wish(move))

    def _after(self, move: Move) -> Talk:
        again = move.verb == "reject" and move.before == "rejected"
        talk = copy.deepcopy(self.rest[way_of(self.number_class).phases[0] if again else move.before])
        self._take(talk, move)
        return talk

    def _after_a_wish(self, move: Move) -> Talk:
        """Let the customer want to cancel where the desk then goes on from, or ends it."""
        first = way_of(self.number_class).phases[0]
        talk = copy.deepcopy(self.rest[first if PHASES[move.after].terminal else move.after])
        _cancel(talk, by_customer(move))
        self._take(talk, move)
        return talk

    def _take(self, talk: Talk, move: Move) -> None:
        before = len(talk.screen)
        if move.verb == "check":
            fill(talk, self.answers)
        elif move.verb == "answer":
            _answer(talk, move, self.answers)
        else:
            STEPS[move.verb](talk, move)
        if move.verb not in ("check", "answer"):  # which go on as far as what is here leads
            assert talk.number.phase == move.after, move
        if move.actor == "staff":
            talk.forward(seconds=61)
        if move.actor == "staff" and move.before != "intake":
            notices = [key for key in keys(talk.screen[before:]) if key.startswith("notice.")]
            assert sum(key == NOTICES[move.after] or key in _OTHERWISE for key in notices) == 1, move
        assert all("{" not in shown.text for shown in talk.screen[before:])


def by_customer(move: Move) -> Move:
    return Move(move.verb, move.before, move.after, "customer")


def fill_until_again(talk: Talk, answers: Answers) -> None:
    """Answer everything until the unlock is asked for the second time."""
    while talk.chat.asked != "unlock":
        do(talk, answers[str(talk.chat.asked)])


@pytest.mark.parametrize("number_class", WAYS)
def test_every_step_of_a_class_is_taken_and_told_once(number_class: str) -> None:
    walk = Walk(number_class)
    walk.go()
    wanted = {(m.verb, m.before, m.after) for m in moves_of(number_class)}
    assert wanted - walk.taken == set()
    assert walk.taken - wanted == set()
    assert walk.rest.keys() | {"screening"} == {p for m in moves_of(number_class) for p in (m.before, m.after)}


@pytest.mark.parametrize("number_class", WAYS)
def test_every_phase_of_a_class_is_named_and_explained_to_its_customer(number_class: str) -> None:
    walk = Walk(number_class)
    walk.go()
    for phase, talk in walk.rest.items():
        talk.chat = replace(talk.chat, focus=talk.newest)
        talk.command("status")
        assert keys(talk.hear("press", form=talk.newest, code=f"explain.{phase}")) == [f"explain.{phase}"]
        assert all("{" not in shown.text for shown in talk.screen[-2:])


def test_every_step_of_the_table_is_one_of_some_class_or_of_an_earlier_release() -> None:
    taken = {move for number_class in WAYS for move in moves_of(number_class)}
    assert set(MOVES) == taken


def test_every_class_comes_to_a_moved_and_a_closed_number() -> None:
    for number_class in WAYS:
        ends = {move.after for move in moves_of(number_class)}
        assert {"ported", "closed", "returned", "failed", "not_portable", "cancelled", "expired"} <= ends
