"""What a sender is to the relay: it tries one owed message once, and says how that went."""

from dataclasses import dataclass
from typing import Protocol

from domain.desk.keeping import Card, StatusMessage, Waiting


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform took it, or had it already. `card`, `status`: where a card or a status message now stands."""

    external_id: str | None = None
    card: Card | None = None
    status: StatusMessage | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """Not now: try again after `seconds`. `ambiguous`: it may have arrived, and nobody can tell."""

    seconds: float
    ambiguous: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Never:
    """It cannot be delivered: `reason` is a short code (blocked, refused_400, gone)."""

    reason: str


Result = Sent | Again | Never


class Sender(Protocol):
    """Delivers the kinds of owed messages that are its own."""

    kinds: frozenset[str]

    async def send(self, waiting: Waiting) -> Result:
        """Try once, within half a lease; never raises for anything that the platform or the network does."""
        ...
