"""How a notice is put to a chat: with what explains and confirms it, never in place of another request's question."""

from domain.desk import consent, short_notice
from domain.desk.asking import ask, name_of
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
        turn.say(key, params, (*seen, *(() if known else (*consent.rows(case), *_explained(case)))), paced=soon is None)
    elif _is_busy_elsewhere(turn):
        go = Choice("go", "button.go", {"ref": name_of(case.request), "form": f"{case.request.id}.0"})
        turn.say(key, params, (*seen, (go,)), paced=soon is None)
    else:
        ask(turn, key, params, beside=seen)


def _explained(case: Case) -> Rows:
    """Return the button that explains what a notice's phase means."""
    return ((Choice(f"explain.{case.phase}", "button.explain", {"form": f"{case.request.id}.0"}),),)


def _is_busy_elsewhere(turn: Turn) -> bool:
    """Tell whether the chat is in the middle of another request, whose open question must not be taken away."""
    chat, case = turn.chat, turn.the_case()
    return chat.asked is not None and chat.focus != case.request.id
