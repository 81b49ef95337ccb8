"""`/port <verb> …`: help, the list, a request's card, and every effect."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from difflib import get_close_matches

from slack_bolt.async_app import AsyncApp

from bot.handlers.staff.carriers import CARRIER, look_up
from bot.handlers.staff.eyes import ask_to_see
from bot.handlers.staff.inventory import inventory
from bot.handlers.staff.people import STAFF, people, with_ids
from bot.slack import cards
from bot.slack.deciding import ASSIGN, decide
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard
from bot.slack.listening import COMMAND, listener
from bot.slack.reply import Reply
from bot.slack.rules import ASK_TO_SEE
from bot.wording import say, slack_text
from domain.desk.eyes import split_override
from domain.desk.keeping import Sheet
from domain.desk.roles import role_for
from domain.desk.state import Told
from domain.desk.verbs import EFFECTS, VERBS
from domain.errors import NotFound, Refused
from domain.orders.phases import PHASES
from domain.orders.references import read_reference
from domain.text import clean
from domain.wordkeys import nested

NAME = "/port"
SHOWN_LINES = 20
STATUSES = (*PHASES, "needs_attention", "partial")

_LIKE_A_REFERENCE = re.compile(r"p-?[0-9a-z]{5,8}", re.IGNORECASE)


def register(app: AsyncApp, desk: SlackDesk) -> None:
    """Register `/port`."""
    app.command(NAME)(listener(desk, COMMAND, port))


async def port(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Take one `/port` command."""
    verb, _, rest = heard.text.partition(" ")
    verb = verb.lower() or "help"
    verb = next((known.name for known in VERBS.values() if verb in known.short), verb)
    if verb in EFFECTS:
        ref, argument = _reference(verb, with_ids(rest, heard) if verb == ASSIGN else rest)
        await decide(desk, heard, reply, ref, verb, _phase_of(argument) if verb == "advance" else argument)
    elif verb in _READS:
        await _READS[verb](desk, heard, reply, rest.strip())
    else:
        await reply.tell(_unknown(verb))


def _unknown(verb: str) -> Told:
    near = get_close_matches(verb, VERBS, n=1, cutoff=0.5)
    if near:
        return Told(
            "staff.verb.near", {"given": verb[:30], "near": near[0], "example": VERBS[near[0]].example}, error=True
        )
    return Told("staff.verb.unknown", {"given": verb[:30], "known": ", ".join(VERBS)}, error=True)


def _reference(verb: str, rest: str) -> tuple[str, str]:
    """Return the reference and what follows it. Raises: Refused, with the sentence that says how to write it."""
    written, _, argument = rest.strip().partition(" ")
    ref = read_reference(written)
    if ref is not None:
        return ref, argument.strip()
    if _LIKE_A_REFERENCE.fullmatch(written):
        raise Refused("staff.reference.mistyped", given=written)
    raise Refused("staff.reference.needed", usage=f"{verb} {VERBS[verb].usage}", example=VERBS[verb].example)


async def _help(_desk: SlackDesk, _heard: Heard, reply: Reply, about: str) -> None:
    verb = VERBS.get(about.lower())
    if verb is not None:
        params = {
            "usage": f"{verb.name} {verb.usage}",
            "what": nested(f"staff.help.{verb.name}"),
            "example": verb.example,
        }
        await reply.tell(Told("staff.help.one", params))
        return
    lines = [
        slack_text("staff.help.line", {"usage": f"{v.name} {v.usage}", "what": nested(f"staff.help.{v.name}")})
        for v in VERBS.values()
    ]
    await reply.show("\n".join([slack_text("staff.help.head", {}), *lines]), ())


async def _list(desk: SlackDesk, heard: Heard, reply: Reply, wanted: str) -> None:
    words = wanted.lower().split()
    is_mine, is_snoozed = "mine" in words, "snoozed" in words
    said = " ".join(word for word in words if word not in ("mine", "snoozed"))
    status = _status(said) if said else None
    await reply.take()
    rows = await desk.board.lines(
        status=status,
        limit=SHOWN_LINES + 1,
        offset=0,
        assignee=heard.user if is_mine else None,
        is_snoozed=is_snoozed,
    )
    keys = [f"phase.{status}" if status else "staff.list.open"]
    keys += [f"staff.list.{word}" for word, is_said in (("mine", is_mine), ("snoozed", is_snoozed)) if is_said]
    about = ", ".join(say(key, {}, "en", clean) for key in keys)
    if not rows:
        await reply.tell(Told("staff.list.none", {"phase": about}))
        return
    head = slack_text("staff.list.head", {"phase": about})
    lines = [cards.line(row, desk.now(), desk.policy) for row in rows[:SHOWN_LINES]]
    if len(rows) > SHOWN_LINES:
        lines.append(slack_text("staff.list.more", {"count": str(SHOWN_LINES)}))
    text = "\n".join([head, *lines])
    await reply.show(text, ())


def _status(wanted: str) -> str:
    """Return the status that staff mean by the beginning of its id or label. Raises: Refused, naming them all."""
    found = _meant(wanted)
    if found is None:
        raise Refused("staff.list.which", given=wanted[:30], known=", ".join(_labels().values()))
    return found


def _labels() -> dict[str, str]:
    return {status: say(f"phase.{status}", {}, "en", clean) for status in STATUSES}


def _meant(wanted: str) -> str | None:
    """Return the one status whose id or label is what was written, or begins with it."""
    said = wanted.lower().replace("_", " ")
    labels = {status: label.lower() for status, label in _labels().items()}
    exact = [s for s, label in labels.items() if said in (s.replace("_", " "), label)]
    begun = [s for s, label in labels.items() if s.replace("_", " ").startswith(said) or label.startswith(said)]
    found = exact or begun
    return found[0] if len(found) == 1 else None


def _phase_of(argument: str) -> str:
    """Return the id of the phase that staff call by its label; anything else as it is written."""
    return (_meant(argument) if argument else None) or argument


async def _show(desk: SlackDesk, heard: Heard, reply: Reply, rest: str) -> None:
    ref, argument = _reference("show", rest)
    reason = split_override(argument)[1]
    if reason is not None:
        await ask_to_see(desk, heard, reply, ref, reason)
        return
    await reply.take()
    sheet = await desk.board.sheet(ref=ref)
    if sheet is None:
        raise NotFound("staff.not_found", ref=ref)
    message = card_for(desk, heard, sheet)
    await reply.show(message.text, message.blocks)


def card_for(desk: SlackDesk, heard: Heard, sheet: Sheet) -> cards.Message:
    """Return a request's card for one person, with their own link to what Slack is never told."""
    message = cards.card(sheet, desk.policy)
    if heard.role is None or heard.role < role_for("reveal", desk.policy) or desk.link_to is None:
        return message
    if "reveal" in desk.policy.four_eyes:
        return replace(message, blocks=(*message.blocks, cards.ask_block(ASK_TO_SEE, sheet.case.request.ref)))
    link = cards.link_block(desk.link_to(sheet.case.request.id, heard.user))
    return replace(message, blocks=(*message.blocks, link))


_READS: dict[str, Callable[[SlackDesk, Heard, Reply, str], Awaitable[None]]] = {
    "help": _help,
    "list": _list,
    "show": _show,
    "inventory": inventory,
    CARRIER: look_up,
    STAFF: people,
}
