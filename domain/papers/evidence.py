"""How a request's letter was signed, as its evidence page tells it."""

from domain.orders.model import Case
from domain.papers.authorization import TEXT_VERSION
from domain.papers.letter import Signature


def signature_of(case: Case, drawing: bytes = b"") -> Signature | None:
    """Return the signature that stands; None: there is none, or staff noted one that stands on paper."""
    given = case.answers.get("signature")
    if given is None or given.source == "staff":
        return None
    return Signature(given.value[0], given.at, "typed", TEXT_VERSION, "chat", str(case.request.chat_id), drawing)
