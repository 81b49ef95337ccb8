"""All parties to one request, the clock with them: what each can do where things stand."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from domain.desk.closing import lacking
from domain.desk.letter_seals import SEAL
from domain.desk.pin_times import set_time
from domain.intake.texts import FILED, notes_of
from tests.machine.customers import Customer
from tests.machine.desk import Desk
from tests.machine.house import LOST, UNANSWERED, House
from tests.machine.laws import LET_GO
from tests.machine.steps import Step
from tests.machine.taken import CANCEL, CRASH, SIDE, Goal

_NEAR_THE_DAY = {  # hours from a window, and what is said until then
    -73: "", -40: "owed reminder.ahead", -20: "owed reminder.eve", -0.1: "owed reminder.today", 0.1: "",
    1: "owed thread.window_over", 20: "owed notice.overdue",
}  # fmt: skip


OLD_PIN: tuple[Goal, ...] = tuple(
    (SIDE, "PIN", each)
    for each in ("owed thread.pin_soon", "owed thread.pin_expired", "note pin_over expired", "told submit.pin_expired")
)


class Parties(Desk, Customer):
    """Everybody who can do something, and time."""

    def clock(self) -> list[Step]:
        """Return how time can pass, and what becomes of papers that are fetched."""
        steps = [Step(f"{hours} h pass", partial(_wait, hours=hours)) for hours in (0.02, 0.6, 1.2, 30, 75, 250, 960)]
        steps += self._to_the_window()
        if "port_out" in self.case.answers:
            late = tuple((SIDE, "port-out", f"owed thread.out_{each}") for each in ("soon", "over"))
            steps.append(Step("nobody answers the other carrier", partial(_wait, hours=30), late))
        steps += self._where_they_are(self.case.numbers[0].phase)
        if "snapback" in self.case.answers:
            late = tuple((SIDE, "way back", f"owed thread.snapback_{each}") for each in ("soon", "over"))
            steps.append(Step("the day of the snapback ends", partial(_wait, hours=26), late))
        steps += self._of_papers()
        steps += self._to_the_time_of_the_pin()
        return steps

    def _to_the_time_of_the_pin(self) -> Iterator[Step]:
        """Yield that the time comes which the customer named, and that the PIN does not."""
        named = set_time(self.case)
        if named is None:
            return
        if named.is_due:
            yield Step("the PIN does not come", partial(_wait, hours=1.1), ((SIDE, "PIN", "note pin_missed"),))
            return
        is_held = self.case.request.hold is not None
        told = ("owed thread.pin_held",) if is_held else ("owed thread.pin_time", "owed pin_at.now", "note pin_missed")
        left = (named.at - self.house.now).total_seconds() / 3600
        aims = tuple((SIDE, "PIN", each) for each in told)
        yield Step("it is time for the PIN", partial(_wait, hours=max(left, 0) + 0.02), aims)

    def _where_they_are(self, first: str) -> Iterator[Step]:
        """Yield what time brings in a phase."""
        if first == "awaiting_sms_consent":
            yield self._unconsented()
        if first in ("submitted", "carrier_review", "pending_date", "resporg_release"):
            told = ("silent_release", "release_ran_out") if first == "resporg_release" else ("silent", "longer")
            aims = tuple((SIDE, "days", f"owed thread.{each}") for each in told)
            yield Step("the carrier says nothing", partial(_wait, hours=400), aims)
        if first == "ported":
            yield from self._of_the_old_service()
        if (self.id, "pin") in self.house.secrets and first in ("staff_review", "rejected"):
            yield Step("the PIN grows old", partial(_wait, hours=7.1 * 24), OLD_PIN)
        if first == "intake":
            yield Step("nobody comes back", partial(_wait, hours=960), (self._step("expire", "expired", "clock"),))

    def _unconsented(self) -> Step:
        told: tuple[str, ...] = ("owed thread.consent_unclear",)
        if "consent_given" not in self.case.answers:
            told = "owed thread.consent_missed", "owed consent.soon"
        aims = tuple((SIDE, "consent", each) for each in told)
        refused = self._step("reject", "rejected", "clock")
        return Step("nobody answers the text", partial(_wait, hours=1.7), (refused, *aims))

    def _of_the_old_service(self) -> Iterator[Step]:
        close = (self._step("close", "closed", "clock"), (SIDE, "retention", "owed closing.first"))
        over = () if lacking(self.case) else ((SIDE, "retention", "owed closing.over"),)
        if any(note.state == FILED for note in notes_of(self.case).values()):
            late = ((SIDE, "texting", "owed thread.texting_overdue"),)
            yield Step("the texts do not come", partial(_wait, hours=100), late)
        yield Step("the old service had its days", partial(_wait, hours=270), (*close, *over))

    def _of_papers(self) -> Iterator[Step]:
        for how in (LOST, UNANSWERED) if self.house.errands else ():
            yield Step(f"papers: {how}", partial(_fetch, dies=how), ((CRASH, how, "errand"),))
        if any(errand.kind == SEAL for errand in self.house.errands.values()):
            yield Step("letters are sealed", _fetch, ((SIDE, "papers", "paper letter kept"),))
        if any(errand.kind != SEAL for errand in self.house.errands.values()):
            csr = self._step("answer", "csr_check", "customer")
            kept = (csr, self._step("papers", "staff_review", "customer"), (SIDE, "papers", "paper csr kept"))
            yield Step("papers are fetched", _fetch, (*kept, (SIDE, "papers", "paper bill kept")))
            wrong = (SIDE, "papers", "paper bill refused"), (SIDE, "papers", "paper csr refused")
            yield Step("papers are none", partial(_fetch, refused="wrong_type"), wrong)

    def _to_the_window(self) -> Iterator[Step]:
        start = next((n.window_start for n in self.case.numbers if n.phase in ("scheduled", "activating")), None)
        for hours, side in _NEAR_THE_DAY.items() if start is not None else ():
            left = (start + timedelta(hours=hours) - self.house.now).total_seconds() / 3600 if start else 0
            if left > 0:
                aims: tuple[Goal, ...] = ((SIDE, "days", side),) if side else ()
                how_near = "begun" if hours > 0 else "close" if hours > -48 else "far"
                is_new = how_near != "far" and self.case.numbers[0].number_class not in LET_GO
                aims += tuple((CANCEL, "scheduled", how_near, who) for who in ("customer", "staff") if is_new)
                yield Step(f"{hours} h from the window", partial(_wait, hours=left), aims)
        if start is not None and self.house.now < start < self.house.now + timedelta(hours=48):
            yield Step("nobody reads the day", partial(_wait, hours=2.5), ((SIDE, "days", "owed thread.unseen"),))


def _fetch(house: House, refused: str = "", dies: str = "") -> None:
    house.crash = dies or house.crash
    house.run_errands(refused)


def _wait(house: House, hours: float) -> None:
    house.forward(hours=hours)
