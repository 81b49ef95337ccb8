"""What each party can do where things stand: steps that hope to take something, and some that are only tried."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from domain.calendar import next_porting_day
from domain.desk import letters
from domain.desk.pins import lacks_the_pin
from domain.desk.stopping import AT_IT
from domain.desk.undoing import can_be_taken_back
from domain.intake.questions import next_question
from domain.intake.repairs import asked_for, mended, reasons_of
from domain.intake.trial import TRIALS, failing, on_trial
from domain.orders.model import Case, Number
from domain.orders.phases import AT_CARRIER, goals, is_ended
from domain.orders.rejections import ANSWERS, REJECTIONS
from tests.domain.ways import Answers, do
from tests.machine.house import House
from tests.machine.laws import near, wish_of_customer
from tests.machine.taken import CANCEL, DESK, REASON, SIDE, STEP, Goal, ways_out

Act = Callable[[House], None]
NEW = {  # what is given where something was wrong
    "name": "Maria J. Alvarez", "address": "88 King Street, San Francisco, CA 94107", "account": "998877665-00002",
    "pin": "771155", "numbers": "415-421-8840", "new_btn": "415-421-8899", "contact": "Ben Alvarez",
    "signer": "Anna B. Alvarez, anna@example.com", "bill": "@", "csr": "@", "destination": "415 200 0101",
    "title": "Front desk",
}  # fmt: skip
BUTTONS = {
    "one_bill": "!yes", "authority": "!allowed", "reseller": "!none", "stays": "!nothing.all", "unlock": "!yes",
    "review": "!correct", "working": "!yes", "texting": "!yes", "kind": "company",
}  # fmt: skip
OPEN_REASONS = 3  # of those that are still to be taken, how many are offered at a time


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody can do. `aims`: what it hopes to take; a step without any is only tried."""

    label: str
    act: Act
    aims: tuple[Goal, ...] = ()

    @property
    def is_last(self) -> bool:
        """Tell whether it may well be the last one: it ends the move, or is meant to."""
        return self.label.startswith(("end ", "cancel", "nobody comes"))


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers that stand alike. `said`: how staff name them, empty for all of the request."""

    numbers: tuple[Number, ...]
    said: str

    @property
    def first(self) -> Number:
        """Return the first of them."""
        return self.numbers[0]


class Parties:
    """Everybody who can do something to one request; `answers`: what its customer answers. `wanted`: what is open."""

    def __init__(self, house: House, request_id: int, answers: Answers, wanted: Callable[[Goal], bool]) -> None:
        self.house, self.id, self.answers, self.wanted = house, request_id, answers, wanted
        self.case: Case = house.case(request_id)
        self.groups = tuple(self._groups())

    def _groups(self) -> Iterator[Group]:
        numbers = self.case.numbers
        if len({n.phase for n in numbers}) == 1:
            yield Group(numbers, "")
        if len(numbers) > 1:
            yield from (Group((number,), number.e164[-4:]) for number in numbers)

    # staff, of their own accord

    def staff(self) -> list[Step]:
        """Return what the desk does by itself: sends, asks, ends, holds, sets up, notes what works, takes back."""
        steps = [step for group in self.groups for step in self._of_desk(group)]
        return [*steps, *self._aside(), *self._after_the_move(), *self._going_away(), *self._tried()]

    def _of_desk(self, group: Group) -> Iterator[Step]:
        phase = group.first.phase
        for goal in self._goals(group, "advance"):
            yield self._verb("advance", goal.replace("_", " "), group, goal)
        for goal in self._goals(group, "submit"):
            order = "again" if phase == "rejected" else "88123"
            yield self._verb("submit", order, group, goal, *self._hoped_for(group))
            if lacks_the_pin(self.case):
                yield self._verb("submit", f"no pin {order}", group, goal, (SIDE, "PIN", "answer pin none"))
        for goal in self._goals(group, "end"):
            yield self._verb("end", f"{goal}: they wrote so", group, goal)
        for said in ("", "stopped"):
            yield from self._cancel(group, said)
        if len(self.case.numbers) > 1 and group.said:
            yield self._verb("split", ": another rate center", group, "", (SIDE, "parts", "note split"))

    def _hoped_for(self, group: Group) -> tuple[Goal, ...]:
        """Return which reasons are put right when a group goes out again, as they are mended by now."""
        if group.first.phase != "rejected":
            return ()
        known = mended(self.case)
        return tuple(
            (REASON, r.code, known.get(r.code, ANSWERS if ANSWERS in ways_out(r.code) else DESK))
            for r in reasons_of(self.case)
        )

    def _cancel(self, group: Group, said: str) -> Iterator[Step]:
        number = group.first
        case = (CANCEL, number.phase, near(number, self.house.now), "staff")
        may = "cancelled" in self._goals(group, "cancel")
        yield self._verb("cancel", said, group, "cancelled" if may else "", *(() if said else (case,)))

    def _aside(self) -> Iterator[Step]:
        """Yield what is beside the way: asking, mending, holding, papers, joining."""
        phase = self.case.phase
        if phase in ("staff_review", "changes_requested", "awaiting_documents", "awaiting_unlock", "rejected"):
            yield self._plain("ask", "name: they have another one", self._step("ask", "changes_requested"))
            yield self._plain("ask", "pin", (SIDE, "PIN", "asked again pin"))
            yield self._plain("ask", "bill: one page is missing", (SIDE, "papers", "asked again bill"))
            yield self._plain("edit", "address: 88 King Street, San Francisco, CA 94107")
        if phase == "csr_check":
            yield self._plain("ask", "csr", self._step("ask", "csr_needed"))
        if letters.may_come(self.case):
            yield self._plain("letter", "", (SIDE, "papers", "owed thread.letter"), self._step("papers", "staff_review"))
        if self.case.request.hold is None and not is_ended(phase):
            yield self._plain("hold", "the customer looks for the bill", (SIDE, "hold", "note held"))
        elif self.case.request.hold is not None:
            for verb, said in (("submit", "88123"), ("advance", ""), ("date", self._day(3)), ("complete", "")):
                yield self._plain(verb, said, (SIDE, "hold", f"held back {verb}"))
            yield self._plain("hold", "off", (SIDE, "hold", "note hold_off"))
        if len(self.case.orders) > 1:
            yield self._plain("split", "off", (SIDE, "parts", "note joined"))
        yield from self._undo()

    def _undo(self) -> Iterator[Step]:
        action = self.house.state(self.id).action
        if action is not None and can_be_taken_back(self.case, action, self.house.now, self.house.policy):
            asides = action.before.asides
            verb = asides[-1].verb if asides else action.verb
            yield self._plain("undo", "", (SIDE, "undo", f"undone {verb}"))

    def _after_the_move(self) -> Iterator[Step]:
        phases = {number.phase for number in self.case.numbers}
        if phases.isdisjoint((*AT_CARRIER, "ported")):
            return
        for check in ("description", "dial", "text", "account", "assigned", "text enabled"):
            yield self._plain("routing", check, (SIDE, "routing set-up", f"note set_up {check.replace(' ', '_')}"))
        yield self._plain("routing", "only text", (SIDE, "routing set-up", "note set_down dial"))
        if not phases.isdisjoint(("scheduled", "activating", "ported")):
            yield from self._texts()
        if "ported" in phases:
            over = self._step("close", "closed", "clock")
            yield self._plain("works", "all", (SIDE, "retention", "note works"), over)
            yield self._plain("close", "tried by phone", (SIDE, "retention", "note closes"), over)
        if "closed_by" in self.case.answers:
            yield self._plain("close", "off", (SIDE, "retention", "note closes_not"))

    def _texts(self) -> Iterator[Step]:
        for said, state in (("filed", "filed"), ("working", "working"), ("trouble", "trouble"), ("off", "unwanted")):
            told = (SIDE, "texting", f"owed texting.told.{state}")
            yield self._plain("texting", said, (SIDE, "texting", f"answer texting_is {state}"), told)

    def _going_away(self) -> Iterator[Step]:
        """Yield what staff do of numbers that leave, or go back."""
        if not any(n.phase in ("ported", "closed", "returned") for n in self.case.numbers):
            return
        out = partial(self._plain, "out")
        yield out("to Verizon: Maria, called back at her number", (SIDE, "port-out", "note out_asked"))
        for check in ("name", "account", "address", "pin", "routing", "texting", "billing"):
            yield out(check, (SIDE, "port-out", f"note ticked out_{check}"))
        for answer in ("yes", "no: the name is another", "left"):
            yield out(answer, (SIDE, "port-out", f"note out_{answer.partition(':')[0]}"), self._step("end", "returned"))
        yield self._plain("snapback", ": the customer meant another number", (SIDE, "way back", "note snapback open"))
        yield self._plain("snapback", "done", (SIDE, "way back", "answer snapback back"))
        for group in self.groups:
            if group.said:
                yield self._verb("snapback", "done", group, "", (SIDE, "parts", "some snapback"))
                yield self._verb("out", "to Verizon: Maria; left", group, "", (SIDE, "parts", "some out"))

    def _tried(self) -> Iterator[Step]:
        """Yield verbs of which nobody looks whether they fit."""
        tries = (
            ("submit", "77001"), ("submit", "no pin 77001"), ("submit", ""), ("advance", ""), ("advance", "scheduled"),
            ("advance", "ported"), ("complete", ""), ("lost", ""), ("date", self._day(6)), ("end", "returned"),
            ("cancel", "kept"), ("note", "called them"), ("reply", "We look after it."), ("letter", ""),
        )  # fmt: skip
        yield from (self._plain(verb, said, (SIDE, "chat", "refused")) for verb, said in tries)

    # carriers, by what staff note of them

    def carrier(self) -> list[Step]:
        """Return what a carrier lets the desk know: a refusal, a day, one that is lost, a move, what stopping costs."""
        return [step for group in self.groups for step in (*self._of_carrier(group), *self._stops(group))]

    def _of_carrier(self, group: Group) -> Iterator[Step]:
        for goal in self._goals(group, "date"):
            for days in (1, 3, 8):
                moved = (SIDE, "days", "owed notice.date_moved")
                yield self._verb("date", self._day(days), group, goal, *((moved,) if group.first.port_date else ()))
        for verb in ("lost", "complete"):
            for goal in self._goals(group, verb):
                yield self._verb(verb, "", group, goal)
        if self._goals(group, "reject"):
            yield from self._refusals(group)

    def _refusals(self, group: Group) -> Iterator[Step]:
        """Yield a refusal for some of the reasons that are still to be put right in some way, and one for two."""
        step = self._step("reject", "rejected", number=group.first)
        left = [code for code in REJECTIONS if any(self.wanted((REASON, code, way)) for way in ways_out(code))]
        fits = [code for code in left if _fits(code, group.first.number_class)] or ["NAME_MISMATCH"]
        turn = len(self.house.history) % len(fits)
        fits = [*fits[turn:], *fits[:turn]]
        is_first = group.first.phase != "rejected"  # else it is put right before there is another
        for code in fits[: OPEN_REASONS if is_first else 1]:
            aims = tuple((REASON, code, way) for way in ways_out(code)) if is_first else ()
            yield self._verb("reject", f"{REJECTIONS[code].aliases[0]}: as they wrote", group, "", step, *aims)
        several = "name, wrong pin, unpaid balance: they wrote more"
        if is_first:
            yield self._verb("reject", several, group, "", step, (SIDE, "repair", "several reasons"))
        if is_first and "pin" in self.case.answers:
            yield self._verb("reject", "wrong pin: 8C", group, "", (SIDE, "repair", "owed repair.later"))
        refused = self.case.answers.get("refused")
        for code in sorted({each.partition(".")[0] for each in (refused.value if refused is not None else ())}):
            again = f"{REJECTIONS[code].aliases[0]}: as they wrote"
            yield self._verb("reject", again, group, "", (SIDE, "repair", "owed rejection.twice"))

    def _stops(self, group: Group) -> Iterator[Step]:
        if group.first.phase not in AT_IT:
            return
        area = "price of stopping"
        for said, key in (("fee 25: it can be dead for a day", "fee"), ("risk: it can be dead for a day", "free")):
            yield self._verb("cancel", said, group, "", (SIDE, area, f"owed quote.{key}"), *self._back("keep", "customer"))
        back = (SIDE, area, "note cancel_denied"), (SIDE, area, "owed notice.cancel_denied")
        flags = self.case.answers.get("flags")
        if group.first.phase == "cancel_requested" or (flags is not None and "wants_cancel" in flags.value):
            yield self._verb("cancel", "denied: it is in its last step", group, "", *back)
        if "keep_service" in self.case.answers:
            yield self._verb("cancel", "kept", group, "", (SIDE, area, "note keep_told"))

    # the customer

    def customer(self) -> list[Step]:
        """Return what the customer does: answers, wishes, presses, reads, leaves and comes back."""
        return [*self._answering(), *self._wishing(), *self._pressing(), *self._leaving(), *self._after()]

    def _answering(self) -> Iterator[Step]:
        question = self.house.chat.asked
        if question is None or self.house.chat.focus != self.id or self.house.chat.blocked:
            return
        following = next_question(self.case)
        if following is None or following.id != question:
            return
        reason, phase = asked_for(question, self.case), self.case.phase
        shown = {choice.code for each in self.house.screen for choice in each.choices}
        ways = [way for way in (reason.ways if reason is not None else ()) if way in shown]
        for way in ways if reason is not None else ():
            yield Step(f"way out {way}", partial(_press, code=way), ((REASON, reason.code, way),))
        aims = tuple((REASON, each.code, ANSWERS) for each in reasons_of(self.case) if ANSWERS in ways_out(each.code))
        steps = tuple(self._step(v, a) for v, a in _BY_ANSWERS.get(phase, ()))
        if question in TRIALS:
            for said in ("yes", "no", "later"):
                done = ((SIDE, "retention", "owed thread.trial_done"),) if said == "yes" else ()
                aim = (SIDE, "retention", f"answer {question} {said}")
                yield Step(f"{question}: {said}", partial(_press, code=said), (aim, *done))
        elif question != "repair":
            yield Step(f"answers {question}", partial(_answer, question=question, answers=self.answers), (*aims, *steps))
        offered = {choice.code for row in following.choices(self.case) for choice in row}
        yield from (step for step in self._otherwise(question) if step.label.rpartition(" ")[2] in {"off", *offered & shown})

    def _otherwise(self, question: str) -> Iterator[Step]:
        if question == "pin":
            later = (SIDE, "PIN", "answer pin later"), (SIDE, "repair", "owed repair.later")
            yield Step("puts the PIN off", partial(_say, text="later"), later)
        if question == "bill":
            for code in ("later", "none"):
                yield Step(f"bill {code}", partial(_press, code=code), ((SIDE, "papers", f"answer bill {code}"),))
        if question == "csr":
            yield Step("csr none", partial(_press, code="none"), ((SIDE, "papers", "answer csr none"),))
        if question == "unlock":
            yield Step("unlock later", partial(_press, code="later"))

    def _wishing(self) -> Iterator[Step]:
        """Yield wishes to cancel: the whole request, and one number of several."""
        if self.house.chat.blocked or self.house.chat.focus not in (self.id, None):
            return
        first = self.case.numbers[0]
        aims = [(CANCEL, first.phase, near(first, self.house.now), "customer")] if len(self.groups) == 1 else []
        goal = wish_of_customer(first.phase)
        aims += [self._step("cancel", goal, "customer")] if goal in ("cancelled", "cancel_requested") else []
        yield Step("cancels", partial(wish, request_id=self.id), tuple(aims))
        if len(self.case.numbers) > 1:
            for number in self.case.numbers:
                aim = self._step("cancel", wish_of_customer(number.phase), "customer", number=number)
                one = partial(wish, request_id=self.id, number=number.e164[2:])
                yield Step(f"cancels {number.e164[-4:]}", one, (aim, (SIDE, "parts", "owed cancel.some")))

    def _pressing(self) -> Iterator[Step]:
        """Yield buttons beside the questions, where one was shown, also an old one; and the last one once more."""
        area = "price of stopping"
        aims: dict[str, tuple[Goal, ...]] = {
            "stop.yes": ((SIDE, area, "note cancel_agreed"), (SIDE, area, "owed quote.old")),
            "stop.no": ((SIDE, area, "note cancel_kept"), *self._back("keep", "customer")),
            "consented": ((SIDE, "consent", "note consent_given"),),
            "seen": ((SIDE, "days", "note seen"),),
            "port_back": ((SIDE, "way back", "note wants_back"),),
            "ring": (),
            "person": (),
        }
        shown = {choice.code for each in self.house.screen[-12:] for choice in each.choices}
        for head, goals_of_it in aims.items():
            codes = [code for code in sorted(shown) if code == head or code.startswith(f"{head}.")]
            if codes:
                yield Step(f"presses {head}", partial(_press, code=codes[-1]), goals_of_it)
        if self.house.pressed is not None:
            yield Step("presses again", _press_again, ((SIDE, "chat", "pressed again"),))

    def _back(self, verb: str, actor: str) -> tuple[Goal, ...]:
        came_from = [n.came_from for n in self.case.numbers if n.phase == "cancel_requested" and n.came_from]
        return tuple(self._step(verb, phase, actor) for phase in came_from)

    def _leaving(self) -> Iterator[Step]:
        if self.house.chat.blocked:
            yield Step("comes back", partial(_hear, kind="unblocked"), ((SIDE, "chat", "owed thread.unblocked"),))
        else:
            yield Step("blocks the bot", partial(_hear, kind="blocked"), ((SIDE, "chat", "owed thread.blocked"),))
            yield Step("asks how it stands", partial(_command, name="status"))
            yield Step("says something", partial(_say, text="Thank you so much"))
            yield Step("sends a file", _send)

    def _after(self) -> Iterator[Step]:
        """Yield words about numbers that have moved."""
        if on_trial(self.case) and not self.house.chat.blocked:
            wrong = (SIDE, "way back", "owed thread.wrongly_moved"), (SIDE, "way back", "owed thread.wrongly_moved_late")
            yield Step("it was the wrong number", partial(_say, text="You moved the wrong number!"), wrong)
            if failing(self.case):
                works = (SIDE, "retention", "owed thread.trial_works")
                yield Step("it works after all", partial(_say, text="everything works"), (works,))
            yield Step("wants it back", partial(_say, text="I want my number back"), ((SIDE, "way back", "note wants_back"),))

    # the clock, and what was sent for

    def clock(self) -> list[Step]:
        """Return how time can pass, and what becomes of papers that are fetched."""
        steps = [Step(f"{hours} h pass", partial(_wait, hours=hours)) for hours in (0.02, 0.6, 1.2, 30, 75, 250, 960)]
        steps += self._to_the_window()
        first = self.case.numbers[0].phase
        if first == "awaiting_sms_consent":
            said = "missed" if "consent_given" not in self.case.answers else "unclear"
            aims = (self._step("reject", "rejected", "clock"), (SIDE, "consent", f"owed thread.consent_{said}"))
            steps.append(Step("nobody answers the text", partial(_wait, hours=1.7), aims))
        if first in ("submitted", "carrier_review", "pending_date", "resporg_release"):
            told = ("silent_release", "release_ran_out") if first == "resporg_release" else ("silent", "longer")
            aims = tuple((SIDE, "days", f"owed thread.{each}") for each in told)
            steps.append(Step("the carrier says nothing", partial(_wait, hours=400), aims))
        if first == "ported":
            close = (self._step("close", "closed", "clock"), (SIDE, "retention", "owed closing.first"))
            steps.append(Step("the old service had its days", partial(_wait, hours=270), close))
        if first == "intake":
            steps.append(Step("nobody comes back", partial(_wait, hours=960), (self._step("expire", "expired", "clock"),)))
        if self.house.errands:
            kept = (self._step("papers", "staff_review", "customer"), (SIDE, "papers", "paper csr kept"))
            steps.append(Step("papers are fetched", House.run_errands, (*kept, (SIDE, "papers", "paper bill kept"))))
            wrong = (SIDE, "papers", "paper bill refused"), (SIDE, "papers", "paper csr refused")
            steps.append(Step("papers are none", partial(House.run_errands, refused="wrong_type"), wrong))
        return steps

    def _to_the_window(self) -> Iterator[Step]:
        start = next((n.window_start for n in self.case.numbers if n.phase in ("scheduled", "activating")), None)
        for hours, side in _NEAR_THE_DAY.items() if start is not None else ():
            left = (start + timedelta(hours=hours) - self.house.now).total_seconds() / 3600 if start else 0
            if left > 0:
                aims = ((SIDE, "days", side),) if side else ()
                yield Step(f"{hours} h from the window", partial(_wait, hours=left), aims)
        if start is not None and self.house.now < start < self.house.now + timedelta(hours=48):
            yield Step("nobody reads the day", partial(_wait, hours=2.5), ((SIDE, "days", "owed thread.unseen"),))

    # how a step is made

    def _goals(self, group: Group, verb: str) -> tuple[str, ...]:
        """Return where staff can take all numbers of a group by a verb; one that wants to stop goes where it was."""
        number = group.first
        if verb == "advance" and number.phase == "cancel_requested":
            return (number.came_from,) if number.came_from else ()
        return goals(verb, number.phase, "staff", number.number_class)

    def _step(self, verb: str, after: str, actor: str = "staff", *, number: Number | None = None) -> Goal:
        number = number or self.case.numbers[0]
        return (STEP, number.number_class, verb, number.phase, after, actor)

    def _verb(self, verb: str, said: str, group: Group, goal: str, *aims: Goal) -> Step:
        hopes = (self._step(verb, goal, number=group.first),) if goal else ()
        some = ((SIDE, "parts", f"some {verb}"),) if group.said else ()
        return self._plain(verb, f"{group.said} {said}".strip(), *hopes, *some, *aims)

    def _plain(self, verb: str, said: str, *aims: Goal) -> Step:
        return Step(f"{verb} {said}".strip(), partial(House.do_verb, verb=verb, said=said, of=self.id), aims)

    def _day(self, days: int) -> str:
        """Return a day on which numbers of the case move, some days from today."""
        policy, today = self.house.policy, self.house.now.astimezone(self.house.policy.desk_zone).date()
        day: date = next_porting_day(today + timedelta(days=days), policy.days_for(self.case.numbers))
        return day.isoformat()


_NEAR_THE_DAY = {  # hours from a window, and what is said until then
    -73: "", -40: "owed reminder.ahead", -20: "owed reminder.eve", -0.1: "owed reminder.today", 0.1: "",
    1: "owed thread.window_over", 20: "owed notice.overdue",
}  # fmt: skip
_BY_ANSWERS = {
    "intake": (("check", "screening"),),
    "changes_requested": (("answer", "awaiting_documents"),),
    "csr_needed": (("answer", "csr_check"),),
    "awaiting_unlock": (("unlock", "staff_review"),),
}
_OF_CLASS = {"toll_free": "toll_free", "GV_LOCKED": "google_voice", "SMS_CONSENT_MISSED": "ca_wireless"}


def _fits(code: str, number_class: str) -> bool:
    """Tell whether a refusal is one that numbers of a class may meet."""
    wanted = _OF_CLASS.get(code) or _OF_CLASS.get(REJECTIONS[code].kind)
    return wanted in (None, number_class)


# what is done


def _press(house: House, code: str) -> None:
    house.press(code)


def _press_again(house: House) -> None:
    assert house.pressed is not None
    house.push(*house.pressed)


def _answer(house: House, question: str, answers: Answers) -> None:
    """Answer as in the intake, and with something new where what was given was wrong."""
    given = house.case().answers.get(question)
    step = answers.get(question, NEW.get(question, BUTTONS.get(question, "none")))
    if given is not None and given.reopened:
        step = NEW.get(question, BUTTONS.get(question, step))
    if question == "signature":
        case = house.case()
        step = " ".join(case.answers["contact" if "contact" in case.answers else "name"].value[-2:])
    shown = {choice.code for each in house.screen for choice in each.choices}
    do(house, step if not step.startswith("!") or step[1:] in shown else "yes")


def _hear(house: House, kind: str) -> None:
    house.hear(kind)  # type: ignore[arg-type] # one of its literals


def _command(house: House, name: str) -> None:
    house.command(name)


def _say(house: House, text: str) -> None:
    house.say(text)


def _send(house: House) -> None:
    do(house, "@")


def _wait(house: House, hours: float) -> None:
    house.forward(hours=hours)


def wish(house: House, request_id: int, number: str = "") -> None:
    """Want to cancel a request, or one of its numbers, as far as the bot lets a customer; check what comes of it."""
    before = [house.numbers[n.id] for n in house.case(request_id).numbers]
    house.command("cancel")
    if "quote." in house.screen[-1].owed.key:  # they were told at what price, and are asked that once more
        return
    asked = {choice.code for choice in house.screen[-1].choices}
    if number and f"cancel.of.{number}" in asked:
        house.press(f"cancel.of.{number}")
    elif "cancel.of.all" in asked:
        house.press("cancel.of.all")
    yes = [c.code for c in house.screen[-1].choices if c.code.startswith("cancel.yes")]
    if yes:
        house.press(yes[0])
    house.wished(before, only=number)

