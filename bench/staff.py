"""What staff do at the desk, and how long they wait for it: each deed with what they see when it is done."""

import json
import math
import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from bench.office import MAYA, Office, until
from bot.slack.cards import MENU, action_of
from sandbox.record import Call
from sandbox.slack import Delivered, NotPossibleError
from sandbox.slack.views import elements

PATIENCE = 60.0  # seconds after which something is no longer waited for
LATER = "Working on"  # what is said in place of an answer that takes longer
ACK, WORDS, FORM, HOME = "ack", "response_url", "views.open", "views.publish"  # by what people see that it is done
SECTION = "section.unassigned"

Do = Callable[[Office, str], Awaitable[Delivered]]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that one of the staff does with a request. `answer`: what they read when it is done, a pattern.

    `shows`: by what they see it; words come in the acknowledgement, too.
    """

    name: str
    do: Do
    shows: str = WORDS
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """How long a deed took, in seconds: until Slack had its 200, and until the person saw something."""

    deed: Deed
    acked: float
    seen: float
    is_late: bool  # they read that it takes longer
    surprise: str = ""  # what they read in place of the answer; not empty, where they saw nothing

    @property
    def is_fine(self) -> bool:
        """Whether it was answered as it should."""
        return not self.surprise


async def timed(office: Office, deed: Deed, ref: str) -> Taken:
    """Do something and wait until it is seen."""
    start = len(office.record)
    done = await deed.do(office, ref)
    said = json.dumps(done.body, ensure_ascii=False) if done.body else ""
    if deed.shows == ACK or (deed.shows == WORDS and said):
        return taken(deed, done, done.seconds, said)
    shown = await _shown(office, deed.shows, start)
    if shown is None:
        return taken(deed, done, None, "")
    began = next(call.at for call in list(office.record)[start:] if call.direction == "out")
    return taken(deed, done, shown.at - began, str(shown.params.get("text", "")))


async def _shown(office: Office, method: str, start: int) -> Call | None:
    """Wait for the call by which the desk shows something; None: it never does."""

    def found() -> Call | None:
        return next((call for call in list(office.record)[start:] if call.method == method), None)

    await until(found, PATIENCE, every=0.005)
    return found()


def taken(deed: Deed, done: Delivered, seen: float | None, said: str) -> Taken:
    """Sum one deed up."""
    is_late, surprise = LATER in said, ""
    if not done.is_acked or seen is None:
        surprise = f"{deed.name}: nothing was shown, {done.error or 'acknowledged'}"
    elif not is_late and not re.search(deed.answer, said):
        surprise = f"{deed.name}: {said[:200]}"
    return Taken(deed, done.seconds, math.inf if seen is None else seen, is_late, surprise)


def at_99(times: Iterable[float]) -> float:
    """Give the 99th percentile by nearest rank: of less than a hundred the longest."""
    ordered = sorted(times)
    return ordered[math.ceil(len(ordered) * 0.99) - 1] if ordered else math.inf


def typed(name: str, words: str, answer: str = "", shows: str = WORDS) -> Deed:
    """Type a command."""

    async def do(office: Office, ref: str) -> Delivered:
        return await office.slack.command(MAYA, words.format(ref=ref))

    return Deed(name, do, shows, answer)


def pressed(name: str, verb: str, answer: str = "", shows: str = WORDS) -> Deed:
    """Press a button on a request's card, or choose the verb in its menu."""
    return Deed(name, partial(_press, verb), shows, answer)


async def _press(verb: str, office: Office, ref: str) -> Delivered:
    root = office.roots()[ref]
    try:
        return await office.slack.press(MAYA, action_of(verb), message_ts=root.ts)
    except NotPossibleError:
        menus = [element for _, element in elements(list(root.blocks)) if element["action_id"] == MENU]
        options = [option["value"] for menu in menus for option in menu["options"]]
        chosen = next(option for option in options if option.split()[0] == verb)
        return await office.slack.press(MAYA, MENU, message_ts=root.ts, value=chosen)


async def _hand_in_note(office: Office, ref: str) -> Delivered:
    """Open the form of a note and hand it in; what is timed is the latter."""
    await _press("note", office, ref)
    await until(lambda: office.slack.modals(MAYA), PATIENCE)
    return await office.slack.submit(MAYA, office.slack.modals(MAYA)[-1].id, {"words": {"value": "by the form"}})


async def _open_home(office: Office, _ref: str) -> Delivered:
    return await office.slack.open_home(MAYA)


async def _press_at_home(office: Office, _ref: str) -> Delivered:
    home = office.slack.home(MAYA)
    return await office.slack.press(MAYA, SECTION, view_id=home.id if home else "")


async def close_forms(office: Office) -> None:
    """Close what is open, so that the next form can be."""
    while forms := office.slack.modals(MAYA):
        await office.slack.close(MAYA, forms[-1].id)


READS: Sequence[Deed] = (
    typed("/port help", "help", "What `/port` can do"),
    typed("/port list", "list"),
    typed("/port list mine", "list mine"),
    typed("/port show", "show {ref}", "^P-"),
    typed("/port show … timeline", "show {ref} timeline"),
    typed("/port find Jones", "find Jones"),
    typed("/port find, a form", "find", shows=FORM),
    typed("/port new, a form", "new", shows=FORM),
    pressed("a card's button, a form", "reply", shows=FORM),
    pressed("a card's menu, a form", "note", shows=FORM),
    Deed("Home", _open_home, HOME),
    Deed("Home, another section", _press_at_home, HOME),
)
# What is done to three requests in turn, so that what stands on a card is what its buttons say.
EFFECTS: Sequence[tuple[int, Deed]] = (
    (0, typed("take", "take {ref}", "is yours now")),
    (1, typed("note", "note {ref} Called the carrier.", "Your note stands")),
    (2, pressed("take, a button", "take", "is yours now")),
    (0, typed("submit", "submit {ref} 88123", "is marked as submitted")),
    (1, typed("snooze", "snooze {ref} 3h", "is out of the lists")),
    (0, typed("advance", "advance {ref}", "is now: With the carrier")),
    (1, typed("hold", "hold {ref} the bill is missing", "is on hold")),
    (0, typed("advance again", "advance {ref}", "is now")),
    (1, typed("hold off", "hold {ref} off", "is no longer on hold")),
    (2, Deed("note, a form", _hand_in_note, ACK, "")),
)
