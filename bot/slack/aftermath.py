"""What a card tells of the days after a move: set up, texting, tried, and until when the old service is kept."""

from datetime import datetime

from bot.wording import say
from domain.desk import closing, routing, texting
from domain.desk.keeping import Sheet
from domain.intake.about import show_numbers
from domain.intake.texts import FILED
from domain.intake.trial import failing_at, mended_at, on_trial, still_to_verify, tried_in
from domain.orders.model import Case
from domain.policy import Policy
from domain.text import clean
from domain.wordkeys import LINE, nested


def facts(sheet: Sheet, policy: Policy) -> dict[str, str]:
    """Return them by the name of their label; an empty one is not shown."""
    return {
        "routing": _routing(sheet.case),
        "texting_is": _texting_is(sheet),
        "trial": _trial(sheet.case),
        "kept_until": _kept_until(sheet.case, policy),
    }


def _routing(case: Case) -> str:
    """Return what is set up with us and what is not yet, from the order on."""
    if not routing.is_shown(case):
        return ""
    lines = [nested("eligible.is", check=_words(f"routing.check.{check}")) for check in routing.ticked(case)]
    lines += [nested("routing.lacks", check=_words(f"routing.check.{check}")) for check in routing.lacking(case)]
    return LINE.join(lines)


def _texting_is(sheet: Sheet) -> str:
    """Return how it stands with texting, from the day on that is set; where numbers differ, of each."""
    groups = texting.states(sheet.case)
    lines = {numbers: _state(state, since, sheet.read_at) for (state, since), numbers in groups.items()}
    if len(lines) < 2:
        return "".join(lines.values())
    return LINE.join(nested("texting.of", numbers=show_numbers(each), state=line) for each, line in lines.items())


def _state(state: str, since: datetime | None, now: datetime) -> str:
    if since is None:
        return _words(f"texting.state.{state}")
    is_late = state == FILED and since + texting.COMES_WITHIN <= now
    key = "texting.overdue_since" if is_late else "texting.since"
    return _words(key, state=nested(f"texting.state.{state}"), day=since.date().isoformat())


def _trial(case: Case) -> str:
    """Return what was tried of what moved, and what came of it; of several numbers those that it is about."""
    return LINE.join(_tried(case, each) for each in tried_in(case))


def _tried(case: Case, question: str) -> str:
    failed, opened, mended = (of(case, question) for of in (failing_at, still_to_verify, mended_at))
    if failed:
        verdict, numbers = "fails", failed
    elif opened:
        verdict, numbers = "first_call" if question == "trial_in" else "open", opened
    else:
        verdict, numbers = "mended" if mended else "works", mended
    what = _words(f"staff.answer.{question}")
    is_some = numbers and len(numbers) < len(on_trial(case))
    return nested(f"staff.trial.{verdict}", what=f"{what} ({show_numbers(numbers)})" if is_some else what)


def _kept_until(case: Case, policy: Policy) -> str:
    """Return until when the customer keeps the old service, while numbers that moved are looked after."""
    day = closing.kept_until(case, policy) if on_trial(case) else None
    return day.isoformat() if day is not None else ""


def _words(key: str, **params: str) -> str:
    return say(key, params, "en", clean)
