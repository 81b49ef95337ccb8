"""What staff do about a message that did not get through: send it again, or let it go."""

from domain.desk.found import Undelivered
from domain.desk.roles import Role, require, role_for
from domain.desk.state import Changes, Key, Moment, OfChat, OfRequest, State, Told
from domain.desk.turn import Turn
from domain.errors import Refused
from domain.policy import Policy
from domain.text import ident
from domain.values import replace

FAILED = ("dead", "held")  # how a message ended that did not get through
EXPORT = "export"
PAGES = "pages"  # of a letter, as pictures: of the request that its parameters name, whoever's chat they are for
TO_CHATS, TO_REQUESTS = ("say", PAGES), ("post", "mail")
KEPT = (*TO_CHATS, *TO_REQUESTS, "channel", EXPORT)
"""Kinds of messages that are kept when they come to nothing; all others are blank once they are settled."""


def key_of(message: Undelivered) -> Key:
    """Return whose turn it is when a message is sent again: its chat's, its request's or the desk's own."""
    if message.owed.kind in TO_CHATS:
        return OfChat(int(message.owed.address))
    return OfRequest(int(message.owed.address) if message.owed.kind in TO_REQUESTS else 0)


def check_again(message: Undelivered, role: Role | None, policy: Policy) -> None:
    """Raise Refused where a role is too small to send an export again, or a second person would have to agree."""
    if message.owed.kind != EXPORT:
        return
    require(role, role_for(EXPORT, policy))
    if EXPORT in policy.four_eyes:
        raise Refused("held.export_anew", filters=message.owed.params.get("filters", ""))


def send_again(state: State, moment: Moment, *, message: Undelivered, staff: str, policy: Policy) -> Changes:
    """Owe the same message anew, once. Raises Refused where the customer has blocked the bot."""
    turn = Turn(state, moment, f"staff:{staff}", policy)
    if message.owed.kind in TO_CHATS and turn.chat.blocked:
        raise Refused("held.blocked")
    anew = replace(message.owed, id=moment.new_id(), once=f"again:{message.owed.id}")
    turn.note("sent_again", detail=f"{message.owed.kind} {ident(message.owed.id)}")
    turn.told = Told("held.again")
    changes = turn.changes()
    return replace(changes, owed=(*changes.owed, anew), let_go=(message.owed.id,))


def drop(state: State, moment: Moment, *, message: Undelivered, staff: str, policy: Policy) -> Changes:
    """Let a message go: it is listed no more."""
    turn = Turn(state, moment, f"staff:{staff}", policy)
    turn.note("let_go", detail=f"{message.owed.kind} {ident(message.owed.id)}")
    turn.told = Told("held.dropped")
    return replace(turn.changes(), let_go=(message.owed.id,))
