"""Troubles that the page switches on and off, in people's words."""

import asyncio
from dataclasses import dataclass
from typing import Any

from sandbox.faults import Fault, Faults, Kind
from sandbox.record import Call

Json = dict[str, Any]

SLOWNESS = 2.0  # seconds that a slow platform takes for an answer; a form can be opened for three
WAIT = 3.0  # seconds that a platform asks for when it is asked too often

TELEGRAM_WRITES = ("sendMessage", "editMessageText", "editMessageReplyMarkup", "deleteMessage", "sendDocument")
SLACK_WRITES = ("chat.postMessage", "chat.update", "chat.postEphemeral", "views.publish")


@dataclass(frozen=True, slots=True)
class Switch:
    """A trouble: what goes wrong with which of a platform's methods; `kind` None: its answers are slow."""

    id: str
    label: str
    service: str
    kind: Kind | None = None
    methods: tuple[str, ...] = ()

    def faults(self) -> tuple[Fault, ...]:
        """Return what to plan while it is on."""
        if self.kind is None:
            return ()
        return tuple(Fault(self.service, m, self.kind, retry_after=WAIT, lasting=True) for m in self.methods)


SWITCHES = (
    Switch("telegram_slow", "Telegram answers slowly", "telegram"),
    Switch("telegram_down", "Telegram is down", "telegram", "502", ("*",)),
    Switch("telegram_wait", "Telegram asks us to wait", "telegram", "429", TELEGRAM_WRITES),
    Switch("slack_slow", "Slack answers slowly", "slack"),
    Switch("slack_down", "Slack is down", "slack", "502", ("*",)),
    Switch("slack_wait", "Slack asks us to wait", "slack", "429", SLACK_WRITES),
)
_BY_ID = {switch.id: switch for switch in SWITCHES}


class Switches:
    """All of them, off at first. Takes the hook `before` of the faults for what is slow."""

    def __init__(self, faults: Faults, slowness: float = SLOWNESS) -> None:
        self._faults = faults
        self._slowness = slowness
        self._on: dict[str, tuple[Fault, ...]] = {}
        faults.before = self._slow_down

    def turn_on(self, switch_id: str) -> None:
        """Begin a trouble. Raises: LookupError, when there is none of that name."""
        switch = _BY_ID[switch_id]
        if switch_id not in self._on:
            self._on[switch_id] = switch.faults()
            for fault in self._on[switch_id]:
                self._faults.add(fault)

    def turn_off(self, switch_id: str) -> None:
        """End a trouble. Raises: LookupError, when there is none of that name."""
        for fault in self._on.pop(_BY_ID[switch_id].id, ()):
            self._faults.take_away(fault)

    def all_off(self) -> None:
        """End every trouble."""
        for switch_id in tuple(self._on):
            self.turn_off(switch_id)

    def tell(self) -> list[Json]:
        """List them all, as the page shows them."""
        return [{"id": s.id, "label": s.label, "on": s.id in self._on} for s in SWITCHES]

    async def _slow_down(self, call: Call) -> None:
        """Hold up a call to a platform that is slow; what the platform itself delivers is not held up."""
        slow = any(_BY_ID[on].kind is None and _BY_ID[on].service == call.service for on in self._on)
        if slow and call.direction == "in":
            await asyncio.sleep(self._slowness)
