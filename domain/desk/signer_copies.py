"""The sealed letter for whoever signed on a page: what there is to download, for as long as the link's time lasts.

Whoever comes back by the link gives the digits once more, with tries of their own.
"""

from datetime import datetime

from domain.desk.blanks import VOID
from domain.desk.letter_seals import LETTER, is_failing
from domain.desk.signer_links import MOST_TRIES, SignerLink, is_mailed_to, keep_link, link_of, params_of, tell
from domain.desk.signer_screens import COPY, COPY_WHO, Screen, Visit, knows_number, masked
from domain.desk.state import Paper
from domain.desk.turn import Turn
from domain.errors import Unreadable
from domain.orders.model import Case
from domain.papers.evidence import signature_of
from domain.policy import Policy
from domain.values import Value, replace

READY, SEALING, FAILED, OVER = "ready", "sealing", "failed", "over"


class Copies(Value, frozen=True):
    """How it stands with the sealed letters of a link: READY with its `letters`, SEALING, FAILED, OVER."""

    state: str
    letters: tuple[Paper, ...] = ()


def copies_of(case: Case, papers: tuple[Paper, ...], link_id: int, now: datetime) -> Copies:
    """Return what whoever signed by a link can have of it; over with its time, and with the signature."""
    link, given = link_of(case), case.answers.get("signature")
    is_theirs = link is not None and link.id == link_id and link.state == "signed" and now < link.until
    if link is None or given is None or not is_theirs or signature_of(case) is None or given.value[2] != link.facts:
        return Copies(OVER)
    letters = tuple(p for p in papers if p.kind == LETTER and p.message_id == given.seq and p.status != VOID)
    states = {paper.status for paper in letters}
    if is_failing(case, papers) or not letters:
        return Copies(FAILED)
    return Copies(READY, letters) if states == {"kept"} else Copies(SEALING)


def copy_words(case: Case, policy: Policy, where: str) -> str:
    """Return the wording key of how a copy comes. `where`: here, a chat; page."""
    return f"sign.copy.{where}_mailed" if policy.mails and is_mailed_to(case) else f"sign.copy.{where}"


def ask_again(turn: Turn, link: SignerLink, visit: Visit) -> Screen:
    """Let whoever signed on a page, or says so, come to the copy once more by the same digits, with tries of its own.

    The signature stands whatever is tried here.
    """
    params = {**params_of(turn, link), "known": masked(turn.the_case())}
    if link.copy_tries >= MOST_TRIES:
        return Screen("copy_locked", params)
    known = knows_number(visit.word, turn.the_case()) if visit.act == "word" else None
    if known is None or isinstance(known, Unreadable):
        return Screen(COPY_WHO, params, known.code if known is not None else "")
    if known:
        turn.note("signer_copy")
        return Screen(COPY, params)
    link = replace(link, copy_tries=link.copy_tries + 1)
    keep_link(turn, link)
    if link.copy_tries >= MOST_TRIES:
        tell(turn, link, "copy_locked")
        return Screen("copy_locked", params)
    return Screen(COPY_WHO, {**params, "left": str(MOST_TRIES - link.copy_tries)}, "sign.digits_differ+sign.left")
