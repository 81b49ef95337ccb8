"""What is kept as evidence of a signature, beside it: how it was made, by which consent, where and by whom."""

from domain.orders.model import Case
from domain.papers.letter import How, Signature

EVIDENCE = "evidence"  # beside the answers: how, the consent's version, where (a wording key), who
CHAT, OWN_PAGE = "letter.where.chat", "letter.where.page_own"  # of whoever owns the request
LINK_CHAT, LINK_PAGE, MAIL_PAGE = "letter.where.chat_link", "letter.where.page_link", "letter.where.page_mail"


def evidence(how: How, consent: str, where: str, who: str) -> tuple[str, ...]:
    """Return what is kept of a signature. `consent`: a version; `where`: a place above; `who`: account or device."""
    return (how, consent, where, who)


def signature_of(case: Case, drawing: bytes = b"") -> Signature | None:
    """Return how the letter was signed as it stands; None while it is not, or where staff noted a letter by hand.

    `drawing`: what was drawn, a PNG, kept as the newest paper of kind `drawn`. Evidence of an earlier signature does
    not count.
    """
    signed, known = case.answers.get("signature"), case.answers.get(EVIDENCE)
    if signed is None or signed.reopened or known is None or known.at != signed.at:
        return None
    _, consent, where, who = known.value
    how: How = "drawn" if known.value[0] == "drawn" else "typed"
    asked = case.answers.get("authority") if where in (CHAT, OWN_PAGE) else None
    authority = asked.value[0] if asked is not None else ""
    drawn = drawing if how == "drawn" else b""
    return Signature(signed.value[0], signed.at, how, consent, where, who, drawn, authority)
