"""Numbers that were set aside: on another bill, or of a kind that does not travel with the rest; what is left to do."""

from domain.desk import pin_times
from domain.desk.turn import Rows, Turn
from domain.intake.choices import Choice
from domain.orders.model import Case
from domain.orders.phases import is_ended


def others_row(turn: Turn, case: Case) -> Rows:
    """Return the button that begins a request for numbers that were set aside, while none was begun for them."""
    form = f"{case.request.id}.0"
    return ((Choice("others", "button.others", {"form": form}),),) if others_to_begin(turn, case) else ()


def others_to_begin(turn: Turn, case: Case) -> tuple[str, ...]:
    """Return the numbers that were set aside and for which the chat has no other open request yet."""
    aside = case.answers.get("set_aside")
    begun = {b.e164 for b in turn.state.briefs if b.id != case.request.id and not is_ended(b.status)}
    return () if aside is None or begun & set(aside.value) else aside.value


def rows_at_the_end(turn: Turn, case: Case) -> Rows:
    """Return what can be done once nothing more is asked: a time for the PIN, numbers set aside, a friendly name."""
    form = {"form": f"{case.request.id}.0"}
    title: Rows = () if case.request.title else ((Choice("title", "button.add.title", form),),)
    return (*pin_times.rows_of_put_off(case, turn.moment.now), *others_row(turn, case), *title)
