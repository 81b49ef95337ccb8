"""A desk that does anything to a number of any class, its customer and the clock beside it: no change but the table's.

Every request begins in the desk's review or at a gate before it; `test_machine.py` has what comes before.
"""

import copy
import functools

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.desk.told import fingerprint
from domain.orders.model import Number
from domain.orders.phases import MOVES, WAYS, goals, is_ended, may
from tests.domain.talk import Talk
from tests.domain.test_walked_ways import ANSWERS, fill_until_again
from tests.domain.ways import begun

VERBS = {move.verb for move in MOVES}
WORDS = {
    "ask": ("csr", "name", "unlock", "bill: one page is missing"),
    "submit": ("88123",),
    "advance": ("", "carrier review", "csr check", "scheduled"),
    "reject": ("wrong pin", "name: as the bill has it", "text not answered"),
    "date": ("2026-12-01", "2026-12-03", "next wed"),
    "complete": ("",),
    "cancel": ("", "stopped"),
    "end": ("failed", "not portable: no carrier", "returned"),
    "undo": ("",),
}
STEPS = [(verb, word) for verb, words in WORDS.items() for word in words]
PRESSES = ("stop.yes", "stop.no", "cancel.yes", "yes", "none", "fixed", "consented", "later", "trouble")


@functools.cache
def at_the_desk(number_class: str) -> Talk:
    """Return a request of a class that the desk has."""
    talk = begun(ANSWERS[number_class])
    assert talk.request.status == "staff_review"
    return talk


@functools.cache
def at_the_gate() -> Talk:
    """Return a request for a number that is still to be unlocked."""
    talk = begun(ANSWERS["google_voice"], "unlock")
    talk.press("later")
    fill_until_again(talk, ANSWERS["google_voice"])
    assert talk.request.status == "awaiting_unlock"
    return talk


class Desk(RuleBasedStateMachine):
    """Whatever the desk, its customer and the clock do."""

    @initialize(number_class=st.sampled_from(sorted(WAYS)), is_gated=st.booleans(), hold=st.booleans())
    def open(self, number_class: str, *, is_gated: bool, hold: bool) -> None:
        """Begin with one request."""
        gated = is_gated and number_class == "google_voice"
        self.talk = copy.deepcopy(at_the_gate() if gated else at_the_desk(number_class))
        self.id = self.talk.newest
        self.seen = len(self.talk.history)
        self.shown = len(self.talk.screen)
        self.moved = 0  # how many steps the history tells of
        self.last = ("", -1)  # the notice that was told last, and after how many steps
        if hold:
            self.talk.staff("hold", "why")
            self.talk.staff("hold", "off")

    @property
    def number(self) -> Number:
        """The number of the request that was begun with; its customer may begin others."""
        return self.talk.case(self.id).numbers[0]

    @rule(step=st.sampled_from(STEPS), waits=st.booleans())
    def staff_act(self, step: tuple[str, str], *, waits: bool) -> None:
        """Do any verb, and let its time to be taken back pass or not."""
        before = self.number
        told = self.talk.staff(*step, of=self.id)
        if told.error:
            assert self.number == before
        if waits:
            self.talk.forward(seconds=61)

    @rule(choice=st.data(), waits=st.booleans())
    def staff_go_on(self, choice: st.DataObject, *, waits: bool) -> None:
        """Take any step that the table has from here, so that nothing far away is left out."""
        number = self.number
        ways = [("advance", goal.replace("_", " ")) for goal in self._goals("advance")]
        ways += [("end", goal) for goal in self._goals("end")]
        ways += [(v, WORDS[v][0]) for v in ("date", "complete", "submit") if self._goals(v)]
        if ways and number.phase != "cancel_requested":
            self.talk.staff(*choice.draw(st.sampled_from(ways)), of=self.id)
        if waits:
            self.talk.forward(seconds=61)

    def _goals(self, verb: str) -> tuple[str, ...]:
        return goals(verb, self.number.phase, "staff", self.number.number_class)

    @rule(code=st.sampled_from(PRESSES))
    def customer_presses(self, code: str) -> None:
        """Press the newest button of a kind, where one was ever shown."""
        codes = [choice.code for each in self.talk.screen for choice in each.choices if choice.code.startswith(code)]
        if codes:
            self.talk.press(codes[-1])

    @rule(does=st.sampled_from(["cancel", "status", "document", "refused", "Maria Alvarez", "1455 Market Street"]))
    def customer_acts(self, does: str) -> None:
        """Send a command, a file that is good or not, or words."""
        if does in ("cancel", "status"):
            self.talk.command(does)
        elif does == "refused":
            self.talk.does_errands = False
            self.talk.document()
            self.talk.run_errands(refused="wrong_type")
            self.talk.does_errands = True
        elif does == "document":
            self.talk.document()
        else:
            self.talk.say(does)

    @rule(hours=st.sampled_from([0.02, 0.6, 1.2, 30, 90, 400]))
    def time_passes(self, hours: float) -> None:
        """Let everything become due."""
        self.talk.forward(hours=hours)

    # what always holds

    @invariant()
    @precondition(lambda self: hasattr(self, "talk"))
    def nothing_changes_but_by_the_table(self) -> None:
        """Every step that history tells of is the table's, for the class of the number and for who took it."""
        for row in self.talk.history[self.seen :]:
            before, arrow, after = row.detail.partition(">")
            if row.request_id == self.id and row.what in VERBS and arrow:
                self.moved += 1
                actor = row.actor.partition(":")[0].replace("errand", "customer")  # whose paper it fetched
                assert may(row.what, before, after, actor, self.number.number_class), row
            self.moved += row.what == "undone"
        self.seen = len(self.talk.history)

    @invariant()
    @precondition(lambda self: hasattr(self, "talk"))
    def the_customer_knows_once_nothing_can_be_taken_back(self) -> None:
        """With nothing left to be told, what the customer was told is what is so."""
        request = self.talk.requests[self.id]
        if ("tell", request.id) not in self.talk.dues and not self.talk.chat.blocked:
            assert request.told == fingerprint(self.talk.case(self.id))

    @invariant()
    @precondition(lambda self: hasattr(self, "talk"))
    def no_notice_comes_twice(self) -> None:
        """The same notice is told again only after something has changed."""
        for shown in self.talk.screen[self.shown :]:
            notice = next((part for part in shown.owed.key.split("+") if part.startswith("notice.")), "")
            if notice and notice not in ("notice.question", "notice.asked_again", "notice.edited"):
                assert self.last != (shown.text, self.moved), shown.text
                self.last = (shown.text, self.moved)
        self.shown = len(self.talk.screen)

    @invariant()
    @precondition(lambda self: hasattr(self, "talk"))
    def what_has_ended_keeps_no_secret_once_it_is_told(self) -> None:
        """The PIN and the account number are destroyed with the end of the move."""
        request = self.talk.requests[self.id]
        if is_ended(request.status) and ("tell", request.id) not in self.talk.dues:
            assert not [key for key in self.talk.secrets if key[0] == self.id]


Desk.TestCase.settings = settings(
    max_examples=60, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestDesk = Desk.TestCase
