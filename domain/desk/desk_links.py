"""What staff do about a signer's link: take it back, or have a new one made in its place.

The link opens nothing from that moment; whoever asked for the signature and whoever was about to give it hear of it
once Undo is over, and the new one is made then. Undo lets the link open again, as it was.
"""

from domain.desk.signer_links import (
    NEW,
    OFF,
    OTHER,
    RULE,
    SIGNING,
    SignerLink,
    end,
    ended_rows,
    is_missing,
    keep_link,
    link_of,
    make,
    may_be_replaced,
    params_of,
    tell_chat,
)
from domain.desk.state import Action, Due
from domain.desk.turn import Turn
from domain.errors import Refused
from domain.orders.model import Case
from domain.policy import Policy
from domain.text import clean

VERB = "link"
_SAID = {"": NEW, "new": NEW, "again": NEW, "replace": NEW, "off": OFF, "revoke": OFF, "take back": OFF, "back": OFF}
_RULE = "signing_desk"  # due: both sides hear what staff did about the link


def change(turn: Turn, case: Case, argument: str) -> tuple[str, dict[str, str]]:
    """End a link as staff want it; returns what they are told, with its values. Raises Refused."""
    what, link, ref = _SAID.get(clean(argument).lower()), link_of(case), case.request.ref
    if what is None:
        raise Refused("link.which", ref=ref)
    if link is not None and link.is_open and link.whose != OTHER and what == NEW:
        raise Refused("link.own", ref=ref)
    if link is None or not (link.is_open if what == OFF else may_be_replaced(case)):
        raise Refused("link.none", ref=ref)
    if link.is_open:
        end(turn, link, "revoked")
    turn.hold(SIGNING, turn.the_case().answers[SIGNING].value)  # a change of the request, which Undo can take back
    turn.set_due(f"{_RULE}_{what}", case.request.id, link.id, turn.moment.now + turn.policy.undo)
    return f"link.{what}", {"signer": params_of(turn, link)["signer"]}


def stands_after_all(turn: Turn, _action: Action) -> None:
    """Let a link that was put back run out when it would have; nobody hears that it was taken."""
    before, request = turn.state.case, turn.the_case().request.id
    link, newer = link_of(turn.the_case()), link_of(before) if before is not None else None
    if link is not None and newer is not None and newer.id != link.id:  # its customer had one made meanwhile
        keep_link(turn, newer)
        return
    for what in (NEW, OFF):
        turn.end_due(f"{_RULE}_{what}", request)
    if link is not None and link.is_open:
        turn.set_due(RULE, request, link.id, link.until)


def _ended(turn: Turn, due: Due) -> SignerLink | None:
    """Return the link that staff ended; None where it was put back, or another one has taken its place."""
    link = link_of(turn.the_case())
    return link if link is not None and link.id == due.version and not link.is_open else None


def _taken(turn: Turn, due: Due, _policy: Policy) -> None:
    link = _ended(turn, due)
    if link is None:
        return
    tell_chat(turn, link, "revoked")
    rows = ended_rows(turn) if link.whose == OTHER and is_missing(turn.the_case()) else ()
    turn.say("signer.desk_revoked" if link.whose == OTHER else "signer.desk_revoked_own", params_of(turn, link), rows)


def _made_anew(turn: Turn, due: Due, _policy: Policy) -> None:
    link = _ended(turn, due)
    if link is None:
        return
    tell_chat(turn, link, "replaced")
    if is_missing(turn.the_case()):
        turn.say("signer.desk_new", params_of(turn, link))
        make(turn)


RULES = {f"{_RULE}_{NEW}": _made_anew, f"{_RULE}_{OFF}": _taken}
