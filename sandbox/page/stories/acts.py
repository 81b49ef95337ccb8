"""What people do in a story, with the same hands as on the page; texts may have places `{…}` to be filled in."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.page.bill import sample_bill
from sandbox.page.stories.play import NoWayError, Play
from sandbox.slack import Delivered, NotPossibleError
from sandbox.slack.entries import options
from sandbox.slack.people import DESK
from sandbox.slack.views import elements
from sandbox.telegram import Message

Json = dict[str, Any]

FOLLOWS_WITHIN = 0.25  # seconds until the desk's clock has noticed that time moved


# The customer


@dataclass(frozen=True, slots=True)
class Say:
    """The customer writes a text."""

    text: str

    async def do(self, play: Play) -> None:
        """Write it."""
        play.mark()
        play.world.telegram.say(play.chat, play.fill(self.text), user={"first_name": play.name})


@dataclass(frozen=True, slots=True)
class Press:
    """The customer presses the newest button whose label fits; or, `old`, the oldest one."""

    label: str
    old: bool = False

    async def do(self, play: Play) -> None:
        """Press it. Raises: NoWayError, when there is none."""
        wanted = re.compile(self.label, re.IGNORECASE)
        messages = play.messages()
        for message in reversed(messages) if self.old else messages:
            data = _data(message, wanted)
            if data is not None:
                play.mark()
                play.world.telegram.press(play.chat, message.id, data)
                return
        raise NoWayError(f"the customer has no button like “{self.label}”")


def _data(message: Message, wanted: re.Pattern[str]) -> str | None:
    buttons = (button for row in message.keyboard for button in row)
    return next((button.data for button in buttons if wanted.search(button.text)), None)


@dataclass(frozen=True, slots=True)
class SendBill:
    """The customer sends the story's bill."""

    async def do(self, play: Play) -> None:
        """Send it, dated today."""
        lines = tuple(play.fill(line) for line in play.bill)
        content = sample_bill(play.world.clock.local().date(), lines)
        play.mark()
        play.world.telegram.upload(play.chat, content, name="bill.pdf", mime="application/pdf")


@dataclass(frozen=True, slots=True)
class SendOther:
    """The customer sends a voice message, a sticker or the like."""

    kind: str

    async def do(self, play: Play) -> None:
        """Send it."""
        play.mark()
        play.world.telegram.send_other(play.chat, self.kind)


# Staff


@dataclass(frozen=True, slots=True)
class Command:
    """Staff type `/port` and a text."""

    text: str

    async def do(self, play: Play) -> None:
        """Type it. Raises: NoWayError, when the desk does not hear it."""
        text = play.fill(self.text)
        play.listen()
        _heard(await play.world.slack.command(play.user, text))


@dataclass(frozen=True, slots=True)
class Click:
    """Staff press a button of the request's card, by its label."""

    label: str

    async def do(self, play: Play) -> None:
        """Press it. Raises: NoWayError, when there is none, or the desk does not hear it."""
        card = play.card()
        button = next((e for _, e in elements(list(card.blocks)) if self._fits(e)), None) if card else None
        if card is None or button is None:
            raise NoWayError(f"the card has no button like “{self.label}”")
        play.listen()
        _heard(await play.world.slack.press(play.user, button, message_ts=card.ts))

    def _fits(self, element: Json) -> bool:
        is_button = element["type"] == "button"
        return is_button and re.search(self.label, element["text"]["text"], re.IGNORECASE) is not None


@dataclass(frozen=True, slots=True)
class FillIn:
    """Staff fill the form before them in and send it; inputs are named by their labels, options by their words."""

    values: Mapping[str, str] = field(default_factory=dict)

    async def do(self, play: Play) -> None:
        """Do it. Raises: NoWayError, when the form has no such input, or is refused."""
        form = play.form()
        if form is None:
            raise NoWayError("staff have no form before them")
        entered: dict[str, dict[str, Any]] = {}
        for label, value in self.values.items():
            block = _input(form.blocks, label)
            entered[block["block_id"]] = {block["element"]["action_id"]: _value(block["element"], play.fill(value))}
        play.listen()
        try:
            _heard(await play.world.slack.submit(play.user, form.id, entered))
        except NotPossibleError as refused:
            raise NoWayError(f"the form cannot be sent: {refused}") from refused
        again = play.form()
        if again is not None and again.errors:
            raise NoWayError(f"the form was refused: {'; '.join(again.errors.values())}")


def _input(blocks: list[Json], label: str) -> Json:
    for block in blocks:
        if block["type"] == "input" and re.search(label, block["label"]["text"], re.IGNORECASE):
            return block
    raise NoWayError(f"the form asks for nothing like “{label}”")


def _value(element: Json, value: str) -> Any:
    """Return what is typed or picked; among options, the first whose words fit."""
    offered = options(element)
    if not offered:
        return value
    picked = next((o["value"] for o in offered if re.search(value, o["text"]["text"], re.IGNORECASE)), None)
    if picked is None:
        raise NoWayError(f"the form does not offer “{value}”")
    is_many = element["type"].startswith("multi") or element["type"] == "checkboxes"
    return [picked] if is_many else picked


@dataclass(frozen=True, slots=True)
class Write:
    """Staff write into the thread under the request's card."""

    text: str

    async def do(self, play: Play) -> None:
        """Write it. Raises: NoWayError, when there is no card, or the desk does not hear it."""
        card = play.card()
        if card is None:
            raise NoWayError("the request has no card yet")
        play.listen()
        _heard(await play.world.slack.message_event(play.user, play.fill(self.text), card.ts, channel=DESK))


def _heard(delivered: Delivered) -> None:
    if delivered.error:
        raise NoWayError(f"the desk did not hear what staff did in Slack ({delivered.error})")


# What happens to both


@dataclass(frozen=True, slots=True)
class Forward:
    """Time goes forward by so many seconds."""

    seconds: float

    async def do(self, play: Play) -> None:
        """Move it, and wait until the desk has noticed."""
        play.world.clock.forward(self.seconds)
        await asyncio.sleep(FOLLOWS_WITHIN)


@dataclass(frozen=True, slots=True)
class Morning:
    """Time goes forward to the morning of the next day on which numbers move, or of a later one of them."""

    days: int = 1

    async def do(self, play: Play) -> None:
        """Move it, and wait until the desk has noticed."""
        for _ in range(self.days):
            play.world.clock.to_morning()
        await asyncio.sleep(FOLLOWS_WITHIN)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A trouble begins; the player ends it with the story at the latest."""

    switch: str

    async def do(self, play: Play) -> None:
        """Switch it on."""
        play.switched.add(self.switch)
        play.world.switches.turn_on(self.switch)


@dataclass(frozen=True, slots=True)
class TroubleOver:
    """A trouble ends."""

    switch: str

    async def do(self, play: Play) -> None:
        """Switch it off."""
        play.switched.discard(self.switch)
        play.world.switches.turn_off(self.switch)


@dataclass(frozen=True, slots=True)
class All:
    """Several things are done at once."""

    acts: tuple[Any, ...]

    async def do(self, play: Play) -> None:
        """Do them in their order."""
        for act in self.acts:
            await act.do(play)


@dataclass(frozen=True, slots=True)
class Nothing:
    """People only read for a moment."""

    async def do(self, play: Play) -> None:
        """Do nothing."""
