"""What a card tells of the days after a move: set up, texting, tried, and until when the old service is kept."""

from bot.wording import say
from domain.desk import closing, routing, texting
from domain.desk.keeping import Sheet
from domain.intake.trial import failing, on_trial, still_to_try, tried_in
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
    """Return how it stands with texting, from the day on that is set."""
    case = sheet.case
    state, since = texting.state_of(case), texting.since(case)
    if not texting.may_be_noted(case) and since is None:
        return ""
    if since is None:
        return nested(f"texting.state.{state}")
    key = "texting.overdue_since" if texting.is_overdue(case, sheet.read_at) else "texting.since"
    return nested(key, state=nested(f"texting.state.{state}"), day=since.date().isoformat())


def _trial(case: Case) -> str:
    """Return what the customer has tried of what moved, and what came of it."""
    return LINE.join(
        nested(f"staff.trial.{_verdict(case, each)}", what=_words(f"staff.answer.{each}")) for each in tried_in(case)
    )


def _verdict(case: Case, question: str) -> str:
    if question in failing(case):
        return "fails"
    if not still_to_try(case, question):
        return "works"
    return "first_call" if question == "trial_in" else "open"


def _kept_until(case: Case, policy: Policy) -> str:
    """Return until when the customer keeps the old service, while numbers that moved are looked after."""
    day = closing.kept_until(case, policy) if on_trial(case) else None
    return day.isoformat() if day is not None else ""


def _words(key: str) -> str:
    return say(key, {}, "en", clean)
