"""What staff do of their own accord, and what carriers let them know."""

from collections.abc import Iterator
from functools import partial

from domain.desk import letters
from domain.desk.pin_age import USED, over
from domain.desk.pin_times import set_time
from domain.desk.pins import lacks_the_pin
from domain.desk.stopping import AT_IT
from domain.desk.undoing import can_be_taken_back
from domain.intake.repairs import mended
from domain.orders.phases import AT_CARRIER, is_ended
from domain.orders.rejections import ANSWERS, REJECTIONS
from tests.machine.laws import near
from tests.machine.steps import Basis, Group, Step
from tests.machine.taken import CANCEL, DESK, REASON, SIDE, STEP, Goal, ways_out

OPEN_REASONS = 3  # of those that are still to be taken, how many are offered at a time
_OF_CLASS = {"toll_free": "toll_free", "GV_LOCKED": "google_voice", "SMS_CONSENT_MISSED": "ca_wireless"}


def _fits(code: str, number_class: str) -> bool:
    """Tell whether a refusal is one that numbers of a class may meet."""
    wanted = _OF_CLASS.get(code) or _OF_CLASS.get(REJECTIONS[code].kind)
    return wanted in (None, number_class)


class Desk(Basis):
    """Staff, and the carriers by what staff note of them."""

    def staff(self) -> list[Step]:
        """Return what the desk does by itself: sends, asks, ends, holds, sets up, notes what works, takes back."""
        steps = [step for group in self.groups for step in self._of_desk(group)]
        return [*steps, *self._aside(), *self._after_the_move(), *self._going_away(), *self._tried()]

    def _of_desk(self, group: Group) -> Iterator[Step]:
        phase = group.first.phase
        for goal in self._goals(group, "advance"):
            yield self._verb("advance", goal.replace("_", " "), group, goal, *self._with_the_pin(goal))
        for goal in self._goals(group, "submit"):
            order = "again" if phase == "rejected" else "88123"
            yield self._verb(
                "submit",
                order,
                group,
                goal,
                *self._hoped_for(group),
                *self._asked_for_the_pin(),
                *self._with_the_pin(""),
            )
            yield from self._without_the_pin(group, goal, order)
        for goal in self._goals(group, "end"):
            yield self._verb("end", f"{goal}: they wrote so", group, goal)
        for said in ("", "stopped"):
            yield from self._cancel(group, said)
        if len(self.case.numbers) > 1 and group.said:
            yield self._verb(
                "split",
                ": another rate center",
                group,
                "",
                (SIDE, "parts", "note split"),
                (SIDE, "parts", "note joined"),
            )

    def _without_the_pin(self, group: Group, goal: str, order: str) -> Iterator[Step]:
        """Yield what staff say of a PIN that is missing."""
        if lacks_the_pin(self.case, self.house.now):
            yield self._verb("submit", f"no pin {order}", group, goal, (SIDE, "PIN", "answer pin none"))
        if set_time(self.case) is not None:
            yield self._verb("submit", "pin now", group, "", (SIDE, "PIN", "note pin_unset"))

    def _asked_for_the_pin(self) -> tuple[Goal, ...]:
        """Return what may be told of a PIN without which nothing goes out."""
        if not lacks_the_pin(self.case, self.house.now):
            return ()
        named = set_time(self.case)
        if named is not None and not named.is_due:
            return ((SIDE, "PIN", "told submit.pin_at"),)
        why = over(self.case, self.house.now) or "missing"
        return tuple((SIDE, "PIN", f"told submit.pin_{each}") for each in (why, "awaited"))

    def _with_the_pin(self, goal: str) -> tuple[Goal, ...]:
        """Return what becomes of a PIN that is here, once it is accepted."""
        is_here = (self.id, "pin") in self.house.secrets and goal in ("", "carrier_review", "pending_date")
        return ((SIDE, "PIN", "note pin_over used"), (SIDE, "PIN", "told submit.pin_used")) if is_here else ()

    def _hoped_for(self, group: Group) -> tuple[Goal, ...]:
        """Return which reasons are put right when a group goes out again, as they are mended by now."""
        if group.first.phase != "rejected":
            return ()
        known = mended(self.case)
        return self._several() + tuple(
            (REASON, code, known.get(code, ANSWERS if ANSWERS in ways_out(code) else DESK)) for code in self._codes()
        )

    def _cancel(self, group: Group, said: str) -> Iterator[Step]:
        number = group.first
        case = (CANCEL, number.phase, near(number, self.house.now), "staff")
        may = "cancelled" in self._goals(group, "cancel")
        quote = self.case.answers.get("cancel_quote")
        is_agreed = quote is not None and quote.value[0] == "agreed"
        fee = ((SIDE, "price of stopping", "owed notice.cancelled_fee"),) if is_agreed else ()
        yield self._verb("cancel", said, group, "cancelled" if may else "", *(() if said else (case,)), *fee)

    def _aside(self) -> Iterator[Step]:
        """Yield what is beside the way: asking, mending, holding, papers, joining."""
        phase = self.case.phase
        if phase in ("staff_review", "changes_requested", "awaiting_documents", "awaiting_unlock", "rejected"):
            of = self.case.numbers[0].number_class
            then = (
                (STEP, of, "answer", "changes_requested", "awaiting_documents", "customer"),
                (STEP, of, "cancel", "changes_requested", "cancelled", "customer"),
            )
            yield self._plain("ask", "name: they have another one", self._step("ask", "changes_requested"), *then)
            yield self._plain("ask", "pin", (SIDE, "PIN", "asked again pin"))
            yield self._plain("ask", "bill: one page is missing", (SIDE, "papers", "asked again bill"))
            undone = (SIDE, "undo", "undone edit")
            yield self._plain("edit", "address: 88 King Street, San Francisco, CA 94107", undone)
        if phase == "csr_check":
            back = (STEP, self.case.numbers[0].number_class, "answer", "csr_needed", "csr_check", "customer")
            yield self._plain("ask", "csr", self._step("ask", "csr_needed"), back)
        if letters.may_come(self.case):
            yield self._plain(
                "letter",
                "by mail",
                (SIDE, "papers", "owed thread.letter_unseen"),
                (SIDE, "undo", "undone letter"),
                self._step("papers", "staff_review", "customer"),
            )
        yield from self._holding()
        if len(self.case.orders) > 1:
            yield self._plain("split", "off", (SIDE, "parts", "note joined"))
        yield from self._undo()

    def _holding(self) -> Iterator[Step]:
        if self.case.request.hold is None and not is_ended(self.case.phase):
            yield self._plain("hold", "the customer looks for the bill", (SIDE, "hold", "note held"))
        elif self.case.request.hold is not None:
            for verb, said in (("submit", "88123"), ("advance", ""), ("date", self._day(3)), ("complete", "")):
                yield self._plain(verb, said, (SIDE, "hold", f"held back {verb}"))
            yield self._plain("hold", "off", (SIDE, "hold", "note hold_off"))

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
            back = (STEP, self.case.numbers[0].number_class, "end", "closed", "returned", "staff")
            over = (self._step("close", "closed", "clock"), back)
            off = (SIDE, "retention", "note closes_not")
            told = tuple((SIDE, "retention", f"owed {each}") for each in ("closing.over", "trial.mended"))
            yield self._plain("works", "all", (SIDE, "retention", "note works"), *over, *told)
            for group in (each for each in self.groups if each.said and each.first.phase == "ported"):
                some = (SIDE, "retention", "owed closing.over_some")
                yield self._verb("close", "tried by phone", group, "", some)
            yield self._plain("close", "tried by phone", (SIDE, "retention", "note closes"), *over, off)
        if "closed_by" in self.case.answers:
            yield self._plain("close", "off", (SIDE, "retention", "note closes_not"))

    def _texts(self) -> Iterator[Step]:
        for said, state in (("filed", "filed"), ("working", "working"), ("trouble", "trouble"), ("off", "unwanted")):
            told = (SIDE, "texting", f"owed texting.told.{state}")
            tried = tuple((SIDE, "retention", f"answer trial_texts {each}") for each in ("yes", "no", "later"))
            over = (SIDE, "retention", "owed closing.over")
            aims = (told, *((*tried, over) if state == "working" else ()))
            yield self._plain("texting", said, (SIDE, "texting", f"answer texting_is {state}"), *aims)

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
        late = tuple((SIDE, "way back", f"owed thread.snapback_{each}") for each in ("soon", "over"))
        begun = (SIDE, "way back", "note snapback open")
        yield self._plain("snapback", ": the customer meant another number", begun, *late)
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
            ("cancel", "kept"), ("note", "called them"), ("reply", "We look after it."), ("letter", "by mail"),
        )  # fmt: skip
        yield from (self._plain(verb, said, (SIDE, "chat", "refused")) for verb, said in tries)

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
                yield self._verb(verb, "", group, goal, (SIDE, "undo", f"undone {verb}"))
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
            used = ((SIDE, "PIN", "told submit.pin_used"),) if over(self.case, self.house.now) == USED else ()
            yield self._verb("reject", f"{REJECTIONS[code].aliases[0]}: as they wrote", group, "", step, *aims, *used)
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
            in_words = tuple((SIDE, area, f"{each} in words") for each in ("agreed", "kept"))
            aims = ((SIDE, area, f"owed quote.{key}"), *in_words, *self._back("keep", "customer"))
            yield self._verb("cancel", said, group, "", *aims)
        back = (SIDE, area, "note cancel_denied"), (SIDE, area, "owed notice.cancel_denied")
        flags = self.case.answers.get("flags")
        if group.first.phase == "cancel_requested" or (flags is not None and "wants_cancel" in flags.value):
            yield self._verb("cancel", "denied: it is in its last step", group, "", *back)
        if "keep_service" in self.case.answers:
            yield self._verb("cancel", "kept", group, "", (SIDE, area, "note keep_told"))
