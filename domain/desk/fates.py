"""What became of an owed message: asked for by what follows up on it."""

from typing import Protocol

from domain.values import Value


class Fate(Value, frozen=True):
    """How a message ended: `how` as in `keeping.Settled`, None: still owed. `external_id`: the platform's."""

    how: str | None
    external_id: str | None


class Fates(Protocol):
    """Whoever knows what became of messages."""

    async def fate(self, owed_id: int) -> Fate | None:
        """Return what became of a message; None when it was settled so long ago that its row is gone."""
        ...
