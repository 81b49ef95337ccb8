"""The consent to sign electronically: given with the press under the check, asked for by itself where it is missing."""

from domain.errors import Unreadable
from domain.intake.about import is_someone_elses
from domain.intake.choices import Choice
from domain.intake.given import YES, Given, Params, Rows, bare_word
from domain.orders.model import Case
from domain.papers.authorization import CONSENT_VERSION, consent_words
from domain.wordkeys import nested

PAPER = Choice("paper", "button.sign.on_paper")
"""The button of whoever is to sign, as the consent names it."""

_AGREED = ("agree", "i agree", "agreed", "i consent")


def needs_consent(case: Case) -> bool:
    """Tell whether who writes here is to sign, and has not yet; somebody else gives their own consent.

    Before the check nothing of the kind is missing: its press gives it.
    """
    is_checked = case.phase != "intake" or case.answer("review") is not None
    return is_checked and not is_someone_elses(case) and case.answer("signature") is None


def read_consent(text: str, _case: Case) -> Given | Unreadable:
    """Take a press, or a plain yes, as the consent to the text as it is now."""
    word = bare_word(text)
    return Given((CONSENT_VERSION,)) if word in YES or word in _AGREED else Unreadable("esign.press")


def consent_params(_case: Case) -> Params:
    """Return the text that is consented to."""
    return {"esign": nested(consent_words(CONSENT_VERSION))}


def consent_rows(_case: Case) -> Rows:
    """Return the button that consents, and the one that signs on paper instead."""
    return ((Choice("agree", "button.esign"),), (PAPER,))


def consent_beside(case: Case) -> tuple[tuple[str, Given], ...]:
    """Return the consent that the press under the check gives where it showed the text."""
    return () if is_someone_elses(case) else (("consent", Given((CONSENT_VERSION,))),)


def signing_line(case: Case) -> str:
    """Return what the check says of how the letter is signed: the consent, or that somebody else gets a link."""
    return nested("esign.another") if is_someone_elses(case) else nested(consent_words(CONSENT_VERSION))
