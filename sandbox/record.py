"""Everything that reached a sandbox server, in order: the one thing that tests judge by."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Call:
    """One request that reached a server, or one delivery that a server made to the desk.

    `took_effect` tells whether the platform's state changed; a call answered by an injected fault may or may not have
    taken effect. `status` is the HTTP status answered (0: the connection was cut without an answer).
    """

    number: int
    service: str  # "telegram" or "slack"
    direction: str  # "in": the desk called the platform; "out": the platform delivered to the desk
    method: str  # sendMessage, chat.postMessage, … ; for deliveries: update, command, action, view, event
    params: dict[str, Any]
    at: float = field(default_factory=time.time)
    status: int = 0
    answer: Any = None
    took_effect: bool = False
    fault: str | None = None


class Record:
    """Calls in the order in which they arrived; append-only."""

    def __init__(self) -> None:
        self._calls: list[Call] = []

    def open(self, service: str, direction: str, method: str, params: dict[str, Any]) -> Call:
        """Note a call before it is answered; the server fills in its outcome."""
        call = Call(len(self._calls) + 1, service, direction, method, params)
        self._calls.append(call)
        return call

    def __iter__(self) -> Iterator[Call]:
        return iter(tuple(self._calls))

    def __len__(self) -> int:
        return len(self._calls)

    def of(self, service: str, method: str, *, effective: bool = False) -> list[Call]:
        """Calls of one method, oldest first; with `effective`, only those that changed something."""
        return [
            c for c in self._calls if c.service == service and c.method == method and (c.took_effect or not effective)
        ]
