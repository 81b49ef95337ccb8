"""What a customer does: answers, wishes, presses, leaves and comes back."""

from collections.abc import Iterator
from functools import partial

from domain.desk.pin_times import may_be_named, next_times, set_time
from domain.desk.quoting import TOLD, quote_of
from domain.intake.about import is_someone_elses
from domain.intake.questions import next_question
from domain.intake.repairs import asked_for, mended
from domain.intake.trial import TRIALS, failing, on_trial
from domain.orders.rejections import ANSWERS, Rejection
from tests.domain.ways import Answers, do
from tests.machine.house import House
from tests.machine.laws import near, wish_of_customer
from tests.machine.steps import Basis, Step
from tests.machine.taken import CANCEL, REASON, SIDE, STEP, Goal, ways_out

NEW = {  # what is given where something was wrong
    "name": "Maria J. Alvarez", "address": "88 King Street, San Francisco, CA 94107", "account": "998877665-00002",
    "pin": "771155", "numbers": "415-421-8840", "new_btn": "415-421-8899", "contact": "Ben Alvarez",
    "signer": "Anna B. Alvarez, anna@example.com", "bill": "@", "csr": "@", "destination": "415 200 0101",
    "title": "Front desk",
}  # fmt: skip
BUTTONS = {
    "one_bill": "!yes", "authority": "!allowed", "reseller": "Onvoy LLC", "stays": "!nothing.all", "unlock": "!yes",
    "review": "!correct", "working": "!yes", "texting": "!yes", "kind": "company",
}  # fmt: skip
_BY_ANSWERS = {
    "intake": (("check", "screening"),),
    "changes_requested": (("answer", "awaiting_documents"),),
    "csr_needed": (("answer", "csr_check"),),
    "awaiting_unlock": (("unlock", "staff_review"),),
}


class Customer(Basis):
    """Whoever has the chat."""

    def customer(self) -> list[Step]:
        """Return what the customer does: answers, wishes, presses, reads, leaves and comes back."""
        told = (*self._answering(), *self._wishing(), *self._pressing(), *self._leaving(), *self._after())
        return [*told, *self._fetching_the_pin()]

    def _answering(self) -> Iterator[Step]:
        question = self.house.chat.asked
        if question is None or self.house.chat.focus != self.id or self.house.chat.blocked:
            return
        following = next_question(self.case)
        if following is None or following.id != question:
            return
        reason, phase = asked_for(question, self.case), self.case.phase
        shown = {choice.code for each in self.house.screen for choice in each.choices}
        yield from self._ways_out(reason, shown, self._several())
        aims = self._several()
        aims += tuple((REASON, code, ANSWERS) for code in self._codes() if ANSWERS in ways_out(code))
        aims += tuple((REASON, code, way) for code, way in mended(self.case).items())
        steps = tuple(self._step(v, a, "customer") for v, a in _BY_ANSWERS.get(phase, ()))
        steps += self._beyond()
        if question in TRIALS:
            for said in ("yes", "no", "later"):
                then = {"yes": ("owed thread.trial_done",), "no": ("owed trial.mended",)}.get(said, ())
                tried = tuple((SIDE, "retention", each) for each in (f"answer {question} {said}", *then))
                yield Step(f"{question}: {said}", partial(_press, code=said), tried)
        elif question != "repair":
            yield Step(
                f"answers {question}", partial(_answer, question=question, answers=self.answers), (*aims, *steps)
            )
        offered = {choice.code for row in following.choices(self.case) for choice in row}
        yield from (
            step for step in self._otherwise(question) if step.label.rpartition(" ")[2] in {"off", *offered & shown}
        )

    @staticmethod
    def _ways_out(reason: Rejection | None, shown: set[str], several: tuple[Goal, ...]) -> Iterator[Step]:
        for way in reason.ways if reason is not None else ():
            if reason is not None and way in shown:
                yield Step(f"way out {way}", partial(_press, code=way), ((REASON, reason.code, way), *several))

    def _beyond(self) -> tuple[Goal, ...]:
        """Return what can be taken only beyond the answers: while papers are awaited, and a letter of somebody else."""
        of = self.case.numbers[0].number_class if self.case.numbers else ""
        found: list[Goal] = []
        if self.case.phase == "intake":
            ways = (
                ("cancelled", "cancel", "customer"),
                ("cancelled", "cancel", "staff"),
                ("not_portable", "end", "staff"),
            )
            found = [(STEP, of, verb, "awaiting_documents", after, who) for after, verb, who in ways]
            found.append((STEP, of, "papers", "awaiting_documents", "staff_review", "customer"))
        if is_someone_elses(self.case):
            sides = (
                ("papers", "owed signed.by_another"),
                ("papers", "owed thread.letter_unseen"),
                ("undo", "undone letter"),
            )
            found += [(SIDE, area, each) for area, each in sides]
        return tuple(found)

    def _otherwise(self, question: str) -> Iterator[Step]:
        if question == "pin":
            sides = ("answer pin later", "told submit.pin_missing", "answer pin none")
            later = (*((SIDE, "PIN", each) for each in sides), (SIDE, "repair", "owed repair.later"))
            yield Step("puts the PIN off", partial(_say, text="later"), later)
        if question == "bill":
            for code in ("later", "none"):
                yield Step(f"bill {code}", partial(_press, code=code), ((SIDE, "papers", f"answer bill {code}"),))
        if question == "csr":
            yield Step("csr none", partial(_press, code="none"), ((SIDE, "papers", "answer csr none"),))
        if question == "unlock":
            yield Step("unlock later", partial(_press, code="later"))

    def _fetching_the_pin(self) -> Iterator[Step]:
        """Yield what becomes of a time for the PIN: named, moved, dropped; and the PIN, which may come before."""
        if self.house.chat.blocked or not may_be_named(self.case, self.house.now):
            return
        named = set_time(self.case)
        times = next_times(self.house.now, self.house.policy)
        at = next(each for each in times if named is None or each != named.at)
        then = (
            "owed thread.pin_time",
            "owed pin_at.now",
            "told submit.pin_at",
            "note pin_missed",
            "owed thread.pin_held",
        )
        what = "note pin_set" if named is None else "note pin_moved"
        chosen = partial(_hear_of_time, request_id=self.id, code=f"at.{int(at.timestamp())}")
        yield Step("names a time", chosen, _of_pin(what, *(then if named is None else ())))
        if named is not None:
            drop = partial(_hear_of_time, request_id=self.id, code="at.drop")
            yield Step("drops the time", drop, _of_pin("note pin_unset"))
            yield Step("has the PIN", partial(_say, text=NEW["pin"]), _of_pin("note pin_kept"))

    def _wishing(self) -> Iterator[Step]:
        """Yield wishes to cancel: the whole request, and one number of several."""
        if self.house.chat.blocked or self.house.chat.focus not in (self.id, None):
            return
        first = self.case.numbers[0]
        aims: list[Goal] = (
            [(CANCEL, first.phase, near(first, self.house.now), "customer")] if len(self.groups) == 1 else []
        )
        goal = wish_of_customer(first.phase, first.number_class)
        aims += [self._step("cancel", goal, "customer")] if goal in ("cancelled", "cancel_requested") else []
        if goal == "cancel_requested":
            back = (("keep", "customer"), ("advance", "staff"))
            aims += [(STEP, first.number_class, verb, goal, first.phase, who) for verb, who in back]
        yield Step("cancels", partial(wish, request_id=self.id), tuple(aims))
        if len(self.case.numbers) > 1:
            for number in self.case.numbers:
                wanted = wish_of_customer(number.phase, number.number_class)
                aim = self._step("cancel", wanted, "customer", number=number)
                one = partial(wish, request_id=self.id, number=number.e164[2:])
                yield Step(f"cancels {number.e164[-4:]}", one, (aim, (SIDE, "parts", "owed cancel.some")))

    def _pressing(self) -> Iterator[Step]:
        """Yield buttons beside the questions, where one was shown, also an old one; and the last one once more."""
        area = "price of stopping"
        aims: dict[str, tuple[Goal, ...]] = {
            "stop.yes": (
                (SIDE, area, "note cancel_agreed"),
                (SIDE, area, "owed quote.old"),
                (SIDE, area, "owed notice.cancelled_fee"),
            ),
            "stop.no": ((SIDE, area, "note cancel_kept"), *self._back("keep", "customer")),
            "consented": ((SIDE, "consent", "note consent_given"), (SIDE, "consent", "owed thread.consent_unclear")),
            "seen": ((SIDE, "days", "note seen"),),
            "port_back": ((SIDE, "way back", "note wants_back"),),
            "ring": (),
            "person": (),
        }
        quote = quote_of(self.case)
        for said, how in (("yes please", "agreed"), ("no thanks", "kept")) if quote and quote.stands == TOLD else ():
            yield Step(f"types {said}", partial(_say_to_it, text=said), ((SIDE, area, f"{how} in words"),))
        shown = {choice.code for each in self.house.screen[-12:] for choice in each.choices}
        for head, goals_of_it in aims.items():
            codes = [code for code in sorted(shown) if code == head or code.startswith(f"{head}.")]
            if codes:
                yield Step(f"presses {head}", partial(_press, code=codes[-1]), goals_of_it)
        if self.house.pressed is not None:
            yield Step("presses again", _press_again, ((SIDE, "chat", "pressed again"),))

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
            wrong = (
                (SIDE, "way back", "owed thread.wrongly_moved"),
                (SIDE, "way back", "owed thread.wrongly_moved_late"),
            )
            yield Step("it was the wrong number", partial(_say, text="You moved the wrong number!"), wrong)
            if failing(self.case):
                works = (SIDE, "retention", "owed thread.trial_works")
                yield Step("it works after all", partial(_say, text="everything works"), (works,))
            yield Step(
                "wants it back", partial(_say, text="I want my number back"), ((SIDE, "way back", "note wants_back"),)
            )


# what is done


def _press(house: House, code: str) -> None:
    house.press(code)


def _hear_of_time(house: House, request_id: int, code: str) -> None:
    house.hear("press", form=request_id, code=code)


def _of_pin(*found: str) -> tuple[Goal, ...]:
    return tuple((SIDE, "PIN", each) for each in found)


def _press_again(house: House) -> None:
    assert house.pressed is not None
    house.push(*house.pressed)


def _answer(house: House, question: str, answers: Answers) -> None:
    """Answer as in the intake, and with something new where what was given was wrong."""
    given = house.case().answers.get(question)
    step = answers.get(question, NEW.get(question, BUTTONS.get(question, "none")))
    if given is not None and given.reopened:
        step = NEW.get(question, BUTTONS.get(question, step))
    if question == "numbers" and given is not None:
        first, new = house.case().numbers[0].e164, 8840 + sum(row.what == "number_dropped" for row in house.history)
        step = f"{first[2:5]}-{first[5:8]}-{new}"  # of the same kind, and the same region
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


def _say_to_it(house: House, text: str) -> None:
    """Type a yes or no to what stopping would cost."""
    before = len(house.history)
    house.say(text)
    said = (row.what.removeprefix("cancel_") for row in house.history[before:])
    house.found |= {f"{each} in words" for each in said if each in ("agreed", "kept")}


def _send(house: House) -> None:
    do(house, "@")


def wish(house: House, request_id: int, number: str = "") -> None:
    """Want to cancel a request, or one of its numbers, as far as the bot lets a customer; check what comes of it."""
    before = [house.numbers[n.id] for n in house.case(request_id).numbers]
    shown = house.command("cancel")
    if any("quote." in each.owed.key for each in shown):  # they were told at what price, and are asked that once more
        return
    asked = {choice.code for each in shown for choice in each.choices}
    if number and f"cancel.of.{number}" in asked:
        shown = house.press(f"cancel.of.{number}")
    elif "cancel.of.all" in asked:
        shown = house.press("cancel.of.all")
    yes = [c.code for each in shown for c in each.choices if c.code.startswith("cancel.yes")]
    if yes:
        house.press(yes[0])
    house.wished(before, only=number)
