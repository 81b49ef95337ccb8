"""Faults that a test, or the page, can ask of a sandbox server: which call, and what goes wrong with it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from sandbox.record import Call

Kind = Literal[
    "429",  # too many requests, with `retry_after`; no effect
    "403",  # Telegram: the bot was blocked; Slack: `not_in_channel`; no effect
    "502",  # bad gateway with an HTML body; no effect
    "timeout_before",  # never answered, no effect
    "timeout_after",  # took effect, never answered
    "half",  # took effect, half an answer, then the connection is cut
    "duplicate",  # deliveries only: delivered twice
]


@dataclass(slots=True)
class Fault:
    """What goes wrong, with which calls. `method` may be `*`; `skip` calls pass first; then `times` calls fail.

    One that is `lasting` does not count: it goes on until it is taken away.
    """

    service: str
    method: str
    kind: Kind
    times: int = 1
    skip: int = 0
    retry_after: float = 1.0
    hang: float = 30.0  # seconds for which a call that times out is held open
    lasting: bool = False


class Faults:
    """The plan of faults, and hooks that see each call before its effect and after it.

    Hooks serve fault runs that kill the desk at the n-th call: `before` runs when a call has arrived and nothing has
    happened yet, `after` when its effect is done and its answer not yet sent.
    """

    def __init__(self) -> None:
        self.plan: list[Fault] = []
        self.before: Callable[[Call], Awaitable[None]] | None = None
        self.after: Callable[[Call], Awaitable[None]] | None = None

    def add(self, fault: Fault) -> None:
        """Plan a fault; faults planned earlier are met first."""
        self.plan.append(fault)

    @property
    def planned(self) -> int:
        """How many faults are planned, those that last aside."""
        return sum(not fault.lasting for fault in self.plan)

    def take_away(self, fault: Fault) -> None:
        """Forget one fault; it need not be there any more."""
        self.plan = [other for other in self.plan if other is not fault]

    def clear(self) -> None:
        """Forget every planned fault."""
        self.plan.clear()

    def meet(self, service: str, method: str) -> Fault | None:
        """Return the fault that this call meets, counting it down; None: all goes well."""
        for fault in self.plan:
            if fault.service != service or fault.method not in ("*", method):
                continue
            if fault.skip:
                fault.skip -= 1
                continue
            self._count(fault)
            return fault
        return None

    def _count(self, fault: Fault) -> None:
        if fault.lasting:
            return
        fault.times -= 1
        if fault.times <= 0:
            self.take_away(fault)
