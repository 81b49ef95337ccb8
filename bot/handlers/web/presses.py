"""How often one address may ask within a minute."""

from collections import deque

from starlette.requests import Request

from bot.clock import Now

_MINUTE = 60.0
_MOST_KNOWN = 5_000  # addresses remembered


class Presses:
    """Counts what addresses ask for. `most`: how often within a minute."""

    def __init__(self, most: int, now: Now) -> None:
        self._most = most
        self._now = now
        self._pressed: dict[str, deque[float]] = {}

    def may(self, host: str) -> bool:
        """Count a press of an address; tell whether it is none too many."""
        now = self._now().timestamp()
        if len(self._pressed) > _MOST_KNOWN:
            self._pressed = {h: times for h, times in self._pressed.items() if times[-1] > now - _MINUTE}
        times = self._pressed.setdefault(host, deque(maxlen=self._most))
        is_full = len(times) == self._most and times[0] > now - _MINUTE
        if not is_full:
            times.append(now)
        return not is_full


def host_of(request: Request) -> str:
    """Return the address that asks."""
    return request.client.host if request.client is not None else "—"
