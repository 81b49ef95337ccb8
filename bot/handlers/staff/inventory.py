"""`/port inventory`: which numbers are ours, one looked up or freed, a short list loaded by a form."""

from collections.abc import Awaitable, Callable
from functools import partial

from bot.handlers.staff.actions import open_view
from bot.slack.deciding import carry_out
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard
from bot.slack.modals import argument_of, modal
from bot.slack.reply import Reply
from domain.desk.inventory import free, load
from domain.desk.state import OfRequest, Told
from domain.desk.verbs import VERBS
from domain.errors import Refused, Unreadable
from domain.numbers import Phone, read_phone, show
from domain.numbers.inventory import ROLES, read_stock
from domain.numbers.verdicts import SERVED
from domain.wordkeys import LINE, nested

INVENTORY = "inventory"
_NAMES = (INVENTORY, INVENTORY)  # of what is worked on, and of the verb


async def inventory(desk: SlackDesk, heard: Heard, reply: Reply, rest: str) -> None:
    """Take what follows `/port inventory`; nothing: how many numbers there are."""
    word, _, said = rest.partition(" ")
    way = _WAYS.get(word.lower())
    if way is None:
        verb = VERBS[INVENTORY]
        raise Refused("inventory.usage", usage=f"{verb.name} {verb.usage}", example=verb.example)
    await way(desk, heard, reply, said.strip())


async def loaded(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Take a pasted list; the desk channel reads what it changed, for a form's answer has no words."""
    stock = read_stock(argument_of(INVENTORY, heard.entered))
    key = OfRequest(0, tuple(row.e164 for row in stock.rows))
    await carry_out(desk, heard, reply, key, partial(load, staff=heard.user, stock=stock), _NAMES)


async def _count(desk: SlackDesk, _heard: Heard, reply: Reply, _said: str) -> None:
    await reply.take()
    by_role = await desk.board.inventory()
    lines = (nested(f"inventory.count.{role}", count=str(by_role[role])) for role in ROLES if role in by_role)
    await reply.tell(Told("inventory.counts", {"lines": LINE.join(lines) or nested("inventory.count.none")}))


async def _find(desk: SlackDesk, _heard: Heard, reply: Reply, said: str) -> None:
    phone = _phone(said)
    await reply.take()
    ours = await desk.board.ours(phone.e164)
    if ours is None:
        await reply.tell(Told("inventory.not_there", {"number": show(phone)}))
        return
    params = {"number": show(phone), "role": nested(f"inventory.role.{ours.role}"), "owner": ours.owner}
    await reply.tell(Told("inventory.found_for" if ours.owner else "inventory.found", params))


async def _free(desk: SlackDesk, heard: Heard, reply: Reply, said: str) -> None:
    e164 = _phone(said).e164
    await carry_out(desk, heard, reply, OfRequest(0, (e164,)), partial(free, staff=heard.user, e164=e164), _NAMES)


async def _load(desk: SlackDesk, heard: Heard, reply: Reply, _said: str) -> None:
    await reply.take()
    await open_view(desk, heard, reply, modal(INVENTORY, ""))


def _phone(said: str) -> Phone:
    if not said:
        raise Refused("inventory.none")
    found = read_phone(said, SERVED)
    if isinstance(found, Unreadable):
        raise Refused("inventory.which", given=said[:30])
    return found


_WAYS: dict[str, Callable[[SlackDesk, Heard, Reply, str], Awaitable[None]]] = {
    "": _count,
    "find": _find,
    "free": _free,
    "load": _load,
}
