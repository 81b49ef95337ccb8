"""What a sender is to the relay: it tries one owed message once, and says how that went."""

from typing import Protocol

from domain.desk.keeping import Card, StatusMessage, Waiting
from domain.values import Value


class Sent(Value, frozen=True):
    """The platform took it, or had it already. `card`, `status`: where a card or a status message now stands.

    `more`: the ids of the message for the first of those that could go with it; the rest did not.
    """

    external_id: str | None = None
    card: Card | None = None
    status: StatusMessage | None = None
    more: tuple[str, ...] = ()


class Again(Value, frozen=True):
    """Not now: try again after `seconds`. `ambiguous`: it may have arrived, and nobody can tell."""

    seconds: float
    ambiguous: bool = False
    reason: str = ""


class Never(Value, frozen=True):
    """It cannot be delivered: `reason` is a short code (blocked, refused_400, gone)."""

    reason: str


Result = Sent | Again | Never


class Progress(Protocol):
    """Shows how far a long task is, in one message of a chat; nothing is owed for it, and nothing waits for it."""

    async def __call__(self, chat: int, task: int, key: str, params: dict[str, str], *, is_last: bool = False) -> None:
        """Send the message that belongs to a task, or edit it; `is_last`: only edit it, and forget it."""
        ...


class Sender(Protocol):
    """Delivers the kinds of owed messages that are its own."""

    kinds: frozenset[str]

    async def send(self, waiting: Waiting) -> Result:
        """Try once, within half a lease; never raises for anything that the platform or the network does."""
        ...
