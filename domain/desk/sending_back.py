"""Which answers staff may ask a customer for again, and which of them they mean."""

from domain.errors import Refused
from domain.intake.questions import QUESTIONS, Question
from domain.orders.model import Answer, Case
from domain.values import replace


def questions_named(names: str, case: Case) -> tuple[str, ...]:
    """Return the questions that staff name, by beginnings, separated by commas or spaces."""
    known = askable(case)
    wanted: list[str] = []
    for name in names.replace(",", " ").lower().split():
        found = [q for q in known if q == name] or [q for q in known if q.startswith(name)]
        if len(found) != 1:
            raise Refused("ask.which", given=name[:30], ref=case.request.ref, known=", ".join(known))
        wanted.append(found[0])
    if not wanted:
        raise Refused("ask.none", known=", ".join(known))
    return tuple(dict.fromkeys(wanted))


def askable(case: Case) -> list[str]:
    """Return the questions that this customer can be asked: what the case needs, and what it may do without."""
    return [q.id for q in QUESTIONS if q.id != "review" and _isaskable(q, case)]


def _isaskable(question: Question, case: Case) -> bool:
    """Tell whether a case would need a question once it is put; what never fits it is not asked."""
    put = Answer(case.request.id, question.id, ("",), "staff", case.request.changed_at, 0)
    return question.needed(replace(case, answers={question.id: put, **case.answers}))
