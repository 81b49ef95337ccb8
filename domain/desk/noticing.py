"""How a notice is put to a chat: with what explains and confirms it, never in place of another request's question."""

from domain.desk import consent, short_notice
from domain.desk.asking import ask, is_busy_elsewhere, name_of
from domain.desk.refused import call_of_three
from domain.desk.turn import Rows, Turn
from domain.intake.choices import Choice
from domain.intake.questions import Question
from domain.orders.model import Case, Number


def put(
    turn: Turn, key: str, params: dict[str, str], question: Question | None, soon: Number | None, *, known: bool
) -> None:
    """Say a notice with what belongs under it; `soon`: the number that moves at short notice, if one does."""
    case, seen = turn.the_case(), () if soon is None else short_notice.rows_of(soon)
    if soon is not None:
        key = f"notice.short+{key}"
        short_notice.watch(turn, soon)
    if question is None:
        rows = () if known else (*consent.rows(case), *_explained(case), *call_of_three(case))
        turn.say(key, params, (*seen, *rows), paced=soon is None)
    elif is_busy_elsewhere(turn):
        go = Choice("go", "button.go", {"ref": name_of(case.request), "form": f"{case.request.id}.0"})
        turn.say(key, params, (*seen, (go,)), paced=soon is None)
    else:
        ask(turn, key, params, beside=(*seen, *call_of_three(case)))


def _explained(case: Case) -> Rows:
    """Return the button that explains what a notice's phase means."""
    phase = "rejected" if case.phase == "needs_attention" else case.phase
    return ((Choice(f"explain.{phase}", "button.explain", {"form": f"{case.request.id}.0"}),),)
