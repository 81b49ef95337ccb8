"""Decisions that tests let a store take."""

from domain.desk.state import Changes, Decide, Due, Errand, History, Moment, Owed, Paper, State
from domain.orders.model import Answer, Hidden, Number, Order, Request
from domain.values import replace

PHONE = "+14155550142"


def begin(state: State, moment: Moment) -> Changes:
    """Make a request with one number and put the chat's focus on it."""
    request = Request(moment.new_id(), moment.new_ref(), state.chat.id, "intake", 1, moment.now, moment.now)
    order = Order(moment.new_id(), request.id, "wireless", "verizon", "intake")
    number = Number(moment.new_id(), order.id, request.id, PHONE, "wireless", "intake", 1, moment.now)
    chat = replace(state.chat, focus=request.id)
    return Changes(chat=chat, request=request, orders=(order,), numbers=(number,))


def nothing(state: State, moment: Moment) -> Changes:
    """Change nothing."""
    return Changes()


def count(state: State, moment: Moment) -> Changes:
    """Add one to the chat's count of questions."""
    return Changes(chat=replace(state.chat, asking=state.chat.asking + 1))


def answer(question: str, *value: str, secret: str | None = None) -> Decide:
    """Give an answer, with a history row that names it."""

    def decide(state: State, moment: Moment) -> Changes:
        assert state.case is not None
        request, seq = state.case.request.id, len(state.case.answers)
        hidden = None if secret is None else Hidden(secret)
        given = Answer(request, question, value, "typed", moment.now, seq, secret=hidden)
        told = History(moment.new_id(), request, state.chat.id, "customer", "answered", moment.now, field=question)
        return Changes(answers=(given,), history=(told,))

    return decide


def owe(*texts: str, lane: str | None = None, once: str = "", first: bool = False) -> Decide:
    """Owe messages to the chat."""

    def decide(state: State, moment: Moment) -> Changes:
        to = lane or f"telegram:{state.chat.id}"
        names = [once or f"event:{moment.event_id}:{text}" for text in texts]
        return Changes(
            owed=tuple(
                Owed(moment.new_id(), "say", to, str(state.chat.id), text, name, {"name": text}, first=first)
                for text, name in zip(texts, names, strict=True)
            )
        )

    return decide


def due(rule: str, version: int, moment_later: float) -> Decide:
    """Make something due so many seconds later."""

    def decide(state: State, moment: Moment) -> Changes:
        at = moment.now.fromtimestamp(moment.now.timestamp() + moment_later, moment.now.tzinfo)
        return Changes(due=(Due(moment.new_id(), rule, state.chat.id, version, at),))

    return decide


def fetch(state: State, moment: Moment) -> Changes:
    """Want a bill, and leave an errand behind to fetch it."""
    assert state.case is not None
    request = state.case.request.id
    paper = Paper(
        moment.new_id(), request, "bill", "wanted", "tg-file", "bill.pdf", "application/pdf", 10, 5, moment.now
    )
    return Changes(papers=(paper,), errands=(Errand(moment.new_id(), "fetch_bill", paper.id, request, moment.now),))
