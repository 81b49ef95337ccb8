"""Two customers and a desk that do anything at any moment: nobody is stuck, nothing incomplete goes out, nothing leaks.

Every turn may be decided and lost before it is kept, and is then heard again, as after a crash.
"""

import tomllib
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.desk import clock, takeover
from domain.desk.customer import COMMANDS, hear
from domain.desk.heard import OTHER_KINDS, Document
from domain.desk.state import Due, Owed
from domain.desk.verbs import EFFECTS
from domain.intake.questions import QUESTIONS, next_question
from domain.orders.model import Case
from domain.orders.phases import AT_CARRIER
from domain.papers.authorization import facts_digest
from domain.policy import Policy
from tests.domain.neighbours import Side, said, two_sides
from tests.domain.talk import ROSA, SAM
from tests.domain.ways import (
    CA_LANDLINE,
    CA_WIRELESS,
    FAX,
    GOOGLE_VOICE,
    LANDLINE,
    SOMEONE_ELSES,
    TOLL_FREE,
    VOIP,
    WIRELESS,
    Answers,
    do,
)

SECRETS = ("998877665-00001", "8155300120012345", "482913")
WISHED = {
    "source": "!source.0",
    "company": "!company.0",
    "label": "Front desk",
    "kind": "!business",
    "contact": "Al Fox",
}
EVERY = (
    WIRELESS, LANDLINE, SOMEONE_ELSES, VOIP, GOOGLE_VOICE, TOLL_FREE, FAX, CA_LANDLINE, CA_WIRELESS,
)  # fmt: skip
WAYS = tuple({**way, **WISHED} for way in EVERY)
UTTERANCES = tomllib.loads((Path(__file__).parent / "utterances.toml").read_text("utf-8"))["utterance"]
TYPED = (
    *sorted({step for way in WAYS for step in way.values() if step[0] not in "!@"} - {*SECRETS}),
    *SECRETS, "415-421-8833", "415-421-8899 Verizon Wireless", "none", "same", "later", "yes", "no", " ",
    "Maria Alvarez\n120 Main Street, Springfield, IL 62701", "PO Box 9, Springfield, IL 62701", "my PIN is 482913",
    "Blue Sky Phones", "it's a fax", "+44 20 7946 0958", "800-356-9377, 415-421-8832", "fax", "x" * 4096, "<b>&" * 60,
)  # fmt: skip
FILES = (
    Document("f1", "bill.pdf", "application/pdf", 900),
    Document("f2", "pin 482913.jpg", "image/jpeg", 900),
    Document("f3", "song.mp3", "audio/mpeg", 900),
    Document("f4", "big.pdf", "application/pdf", 2**30),
)
ARGUMENTS = (
    "", "name", "pin: why", "num, address", "contact", "auth", "title", "wrong pin", "name mismatch: 8C",
    "2026-12-01", "next wed", "VZ-1", "Hello there", "scheduled",
)  # fmt: skip
USUAL = (
    ("letter", "by mail"),
    ("submit", "88123"),
    ("advance", ""),
    ("advance", ""),
    ("date", "2026-12-01"),
    ("complete", ""),
)
LAST = (
    ("undo", ""), ("reject", "wrong pin"), ("reject", "name"), ("reject", "account"), ("ask", "numbers, carrier"),
    ("ask", "authority"), ("ask", "address"), ("ask", "bill"), ("cancel", ""), ("letter", ""),
    ("letter", "in the safe"),
)  # fmt: skip
POLICIES = (Policy(), Policy(sources=("Google",), companies=("East",), asks_label=True, mails=True))
LONGEST_ID, MOST_DATA, MOST_TEXT = "9223372036854775807", 64, 4096

which = st.integers(0, 1)
steps = st.integers(1, 8)
begun = st.sampled_from([0, 5, 7, 9, 12, 16])  # right answers given before anything else happens


class House(RuleBasedStateMachine):
    """Whatever people do, in any order."""

    @initialize(
        policies=st.tuples(st.sampled_from(POLICIES), st.sampled_from(POLICIES)),
        ways=st.tuples(st.sampled_from(WAYS), st.sampled_from(WAYS)),
        turns=st.tuples(begun, begun),
        fetches=st.booleans(),
    )
    def open(
        self, policies: tuple[Policy, Policy], ways: tuple[Answers, Answers], turns: tuple[int, int], *, fetches: bool
    ) -> None:
        """Begin with two customers, somewhere on their way."""
        self.sides = two_sides(policies)
        self.ways = ways
        self.looked = [0, 0]
        for side, many in enumerate(turns):
            self.sides[side].does_errands = fetches
            self.goes_on(side, many)

    # customers

    @rule(side=which, many=steps)
    def goes_on(self, side: int, many: int) -> None:
        """Give right answers for a while."""
        talk = self.sides[side]
        for _ in range(many):
            if talk.chat.asked is None:
                talk.command("start") if talk.chat.focus is None else talk.command("status")
            else:
                self._answer(talk, self.ways[side])

    def _answer(self, talk: Side, way: Answers) -> None:
        step = way.get(str(talk.chat.asked), "none")
        shown = any(choice.code == step[1:] for each in talk.screen for choice in each.choices)
        do(talk, step if shown or not step.startswith("!") else "yes")

    @rule(
        side=which,
        text=st.sampled_from(TYPED) | st.sampled_from([u["text"] for u in UTTERANCES]) | st.text(max_size=60),
    )
    def types(self, side: int, text: str) -> None:
        """Type anything."""
        self.sides[side].say(text)

    @rule(
        side=which,
        name=st.sampled_from([*COMMANDS, "nonsense"]),
        rest=st.sampled_from(["", " Main office line", " 482913"]),
    )
    def commands(self, side: int, name: str, rest: str) -> None:
        """Send a command."""
        self.sides[side].hear("command", f"/{name}{rest}", code=name)

    @rule(side=which, at=st.integers(0, 10_000))
    def presses(self, side: int, at: int) -> None:
        """Press any button ever shown; a small number is a new one."""
        buttons = [(each, choice) for each in self.sides[side].screen for choice in each.choices]
        if buttons:
            self.sides[side].push(*buttons[-1 - at % len(buttons)])

    @rule(side=which, file=st.sampled_from(FILES), album=st.sampled_from(["", "a1"]), caption=st.sampled_from(TYPED))
    def uploads(self, side: int, file: Document, album: str, caption: str) -> None:
        """Send a file."""
        self.sides[side].hear("document", caption[:1000], document=file, album=album)

    @rule(side=which, text=st.sampled_from(TYPED))
    def edits(self, side: int, text: str) -> None:
        """Edit a message."""
        self.sides[side].hear("edit", text)

    @rule(side=which, whose=st.sampled_from(["own", "other"]))
    def shares_a_contact(self, side: int, whose: str) -> None:
        """Send a contact."""
        self.sides[side].hear("contact", "+14152000100", code=whose)

    @rule(side=which, kind=st.sampled_from(OTHER_KINDS), caption=st.sampled_from(["", "482913", "my PIN is 482913"]))
    def sends_something_else(self, side: int, kind: str, caption: str) -> None:
        """Send a thing that is no text."""
        self.sides[side].hear("other", caption, code=kind)

    @rule(side=which, kind=st.sampled_from(["blocked", "unblocked", "group"]))
    def leaves_or_comes_back(self, side: int, kind: str) -> None:
        """Block the bot, let it in again, or write from a group."""
        self.sides[side].hear(kind)  # type: ignore[arg-type] # one of its literals

    # the desk, the clock, and what goes wrong

    @rule(
        side=which,
        verb=st.sampled_from(EFFECTS),
        argument=st.sampled_from(ARGUMENTS),
        at=st.integers(0, 3),
        by=st.sampled_from([ROSA, SAM]),
    )
    def staff_act(self, side: int, verb: str, argument: str, at: int, by: str) -> None:
        """Do a verb to any request."""
        mine = self.sides[side].mine
        if mine:
            self.sides[side].staff(verb, argument, of=mine[-1 - at % len(mine)], by=by)

    @rule(side=which, many=steps, last=st.sampled_from(LAST))
    def staff_go_on(self, side: int, many: int, last: tuple[str, str]) -> None:
        """Take the newest request the usual way for some steps and then another, the customer told of each."""
        talk = self.sides[side]
        for verb, argument in (*USUAL[:many], last):
            if talk.mine:
                talk.staff(verb, argument)
                talk.forward(seconds=61)

    @rule(side=which, hours=st.sampled_from([0.02, 0.02, 0.5, 1, 25, 800]))
    def time_passes(self, side: int, hours: float) -> None:
        """Let everything become due."""
        self.sides[side].forward(hours=hours)

    @rule(side=which, reason=st.sampled_from(["", "", "wrong_type", "too_large", "gone"]))
    def errands_end(self, side: int, reason: str) -> None:
        """Fetch what was sent, or find that it is none."""
        self.sides[side].run_errands(refused=reason)

    @rule(side=which, reason=st.sampled_from(["blocked", "refused", "doubtful"]))
    def a_message_cannot_arrive(self, side: int, reason: str) -> None:
        """Find the last message undeliverable."""
        if self.sides[side].screen:
            self.sides[side].undeliverable(self.sides[side].screen[-1].owed, reason)

    @rule(side=which)
    def crashes_begin_or_end(self, side: int) -> None:
        """Lose every decision once, from here on or no more."""
        self.sides[side].crashes = not self.sides[side].crashes

    # what always holds

    @invariant()
    @precondition(lambda self: hasattr(self, "sides"))
    def nobody_is_stuck(self) -> None:
        """An unfinished request has an open question, and it can always be put."""
        for talk in self.sides:
            if talk.chat.taken_for is not None:
                assert (takeover.RULE, talk.chat.taken_for) in talk.dues  # it ends by itself
            elif not talk.chat.blocked:
                for request_id in talk.mine:
                    self._can_go_on(talk, talk.case(request_id))

    def _can_go_on(self, talk: Side, case: Case) -> None:
        if case.phase == "awaiting_documents":
            has_bill = any(p.status == "kept" and p.request_id == case.request.id for p in talk.papers.values())
            assert not has_bill or case.answer("signature") is None
        if case.phase not in ("intake", "changes_requested"):
            return
        question = next_question(case)
        assert question is not None, case
        if case.phase == "intake" and talk.chat.focus == case.request.id:
            heard = talk.in_vain(case.request.id, partial(hear, heard=said(talk.chat.id, "start"), policy=talk.policy))
        else:
            due = Due(0, "resume", case.request.id, 0, talk.now)
            heard = talk.in_vain(case.request.id, partial(clock.fire, due=due, policy=talk.policy))
        assert heard.owed[-1].key.endswith(question.key(case))
        assert heard.chat is not None
        assert heard.chat.asked == question.id

    @invariant()
    @precondition(lambda self: hasattr(self, "sides"))
    def nothing_incomplete_goes_out(self) -> None:
        """What is at the carrier has every answer that it needs, and a signature under what it says now."""
        for talk in self.sides:
            for case in map(talk.case, talk.mine):
                if case.phase in AT_CARRIER:
                    self._is_complete(case)

    def _is_complete(self, case: Case) -> None:
        for question in QUESTIONS:
            if question.needed(case):
                given = case.answers[question.id]
                assert question.late or not given.reopened, question.id
        assert case.answers["signature"].value[2] == facts_digest(case)
        assert case.answers["review"].value == ("correct",)
        assert case.request.signed_at is not None
        assert {n.e164 for n in case.numbers} == set(case.answers["numbers"].value)

    @invariant()
    @precondition(lambda self: hasattr(self, "sides"))
    def nothing_leaks_and_everything_fits(self) -> None:
        """What is owed and noted holds no secret and nothing of the neighbour, and fits its platform."""
        for side, talk in enumerate(self.sides):
            refs = [talk.requests[r].ref for r in self.sides[1 - side].mine]
            for owed in talk.owed[self.looked[side] :]:
                self._is_safe(owed)
                assert owed.kind not in ("say", "status", "mail") or not any(ref in str(owed.params) for ref in refs)
            self.looked[side] = len(talk.owed)
            assert all(len(each.text) <= MOST_TEXT for each in talk.screen[-5:])
            assert not any(secret in text for text in talk.posts[-9:] for secret in SECRETS)
            assert not any(s in f"{h.detail} {h.words}" for h in talk.history[-20:] for s in SECRETS)

    def _is_safe(self, owed: Owed) -> None:
        shown = " ".join(owed.params.values())
        assert not any(secret in shown for secret in SECRETS), owed
        for choice in (choice for row in owed.buttons for choice in row):
            asking = choice.params.get("form", owed.form).partition(".")[2]
            assert owed.kind == "post" or len(f"{LONGEST_ID}.{asking}.{choice.code}".encode()) <= MOST_DATA, choice


House.TestCase.settings = settings(
    max_examples=120, stateful_step_count=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestHouse = House.TestCase
