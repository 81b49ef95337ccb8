"""`/port help`, and words that are no verb: answered with the nearest one."""

from difflib import SequenceMatcher, get_close_matches

from bot.slack.arguments import begins_with_a_request
from bot.slack.choosing import grouped, run_button, with_button
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard
from bot.slack.reply import Reply
from bot.wording import slack_text
from domain.desk.carrying import carriable
from domain.desk.state import Told
from domain.desk.verbs import GROUPS, VERBS, Verb, verb_of
from domain.wordkeys import LINE, nested

_NEAR = 0.5  # how alike words must be, from 0 to 1
_ALIKE_ENOUGH = 3  # letters of a short form that a slip may be near to


async def help_(_desk: SlackDesk, _heard: Heard, reply: Reply, about: str) -> None:
    """Tell what there is, by what it is for; or explain one verb with examples."""
    verb = verb_of(about.partition(" ")[0])
    if verb is not None:
        await reply.tell(_explained(verb))
        return
    if about:
        await reply.tell(_no_verb(about.partition(" ")[0], _nearest(about.partition(" ")[0])))
        return
    groups = [
        [slack_text("staff.help.group", {"group": nested(f"help.group.{group}")}), *_lines(group)] for group in GROUPS
    ]
    message = grouped(slack_text("staff.help.head", {}), [*groups, [slack_text("staff.help.foot", {})]])
    await reply.show(message.text, message.blocks)


def _lines(group: str) -> list[str]:
    verbs = [verb for verb in VERBS.values() if verb.group == group]
    return [_line(verb) for verb in verbs]


def _line(verb: Verb) -> str:
    params = {"usage": _usage(verb), "what": nested(f"staff.help.{verb.name}"), "short": ", ".join(verb.short)}
    return slack_text("staff.help.line_short" if verb.short else "staff.help.line", params)


def _usage(verb: Verb) -> str:
    return f"{verb.name} {verb.usage}".strip()


def _explained(verb: Verb) -> Told:
    params = {
        "usage": _usage(verb),
        "what": nested(f"staff.help.{verb.name}"),
        "examples": LINE.join(nested("staff.help.example", example=example) for example in verb.examples),
        "short": ", ".join(verb.short),
    }
    return Told("staff.help.one_short" if verb.short else "staff.help.one", params)


async def guess(heard: Heard, reply: Reply, word: str, rest: str) -> None:
    """Answer a word that is no verb with the nearest one, and a button that runs it where nothing else is missing."""
    near = _nearest(word)
    told = _no_verb(word, near)
    if near is None or not _is_whole(near, rest):
        await reply.tell(told)
        return
    message = with_button(
        told, run_button(heard, f"{near.name} {carriable(near.name, rest)}".strip(), "choose.run", {})
    )
    await reply.show(message.text, message.blocks)


def _no_verb(word: str, near: Verb | None) -> Told:
    """Return what is told of a word that is no verb: the nearest one, or all that there are."""
    if near is None:
        return Told("staff.verb.unknown", {"given": word[:30], "known": ", ".join(VERBS)}, error=True)
    return Told("staff.verb.near", {"given": word[:30], "near": near.name, "example": near.example}, error=True)


def _nearest(word: str) -> Verb | None:
    known = [*VERBS, *(short for verb in VERBS.values() for short in verb.short if len(short) >= _ALIKE_ENOUGH)]
    begun = [verb for verb in VERBS if len(word) > 1 and verb.startswith(word.lower())]
    near = begun or get_close_matches(word.lower(), known, n=len(known), cutoff=_NEAR)
    return verb_of(_most_like(word.lower(), near)) if near else None


def _most_like(word: str, near: list[str]) -> str:
    """Return what is most like a word; of several that are the same, what stands first among the verbs."""
    alike = {each: SequenceMatcher(None, word, each).ratio() for each in near}
    best = [each for each in near if alike[each] == max(alike.values())]
    return next((verb for verb in VERBS if verb in best), best[0])


def _is_whole(verb: Verb, rest: str) -> bool:
    """Tell whether a verb has what it needs, so far as can be told without a look at what there is."""
    ref, _, argument = rest.partition(" ")
    if "<ref>" not in verb.usage:
        return "<" not in verb.usage.partition("[")[0] or bool(rest)
    return begins_with_a_request(ref) and (not verb.needs or bool(argument.strip()))
