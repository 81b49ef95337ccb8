"""The one way to hear an event: decide and commit, then wake whoever has work from it."""

from collections.abc import Callable

from bot.clock import Now
from domain.desk.state import Decide, Key, Outcome, Turns


class Hearing:
    """A store's turns with wake-up calls behind them; itself a `Turns`."""

    def __init__(self, turns: Turns, now: Now) -> None:
        self._turns = turns
        self._now = now
        self.on_errand: Callable[[], None] = _nobody
        self.on_due: Callable[[], None] = _nobody

    async def turn(self, key: Key, event_id: str, decide: Decide) -> Outcome:
        """See `Turns.turn`."""
        outcome = await self._turns.turn(key, event_id, decide)
        changes = outcome.changes
        if changes is not None:
            if changes.errands:
                self.on_errand()
            if changes.due and min(d.at for d in changes.due) <= self._now():
                self.on_due()
        return outcome


def _nobody() -> None:
    return
