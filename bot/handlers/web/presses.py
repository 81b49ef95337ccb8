"""How often one network may ask within a minute."""

import ipaddress
from collections import deque

from starlette.requests import Request

from bot.clock import Now

_MINUTE = 60.0
_MOST_KNOWN = 5_000  # networks remembered before those are forgotten that have not asked for a minute
_ONES_OWN = 64  # bits of an IPv6 address that tell one network from another: one household has all that begin so


class Presses:
    """Counts what networks ask for. `most`: how often within a minute."""

    def __init__(self, most: int, now: Now) -> None:
        self._most = most
        self._now = now
        self._pressed: dict[str, deque[float]] = {}
        self._look_at = _MOST_KNOWN

    def may(self, host: str) -> bool:
        """Count a press of an address's network; tell whether it is none too many."""
        now = self._now().timestamp()
        if len(self._pressed) > self._look_at:
            self._pressed = {h: times for h, times in self._pressed.items() if times[-1] > now - _MINUTE}
            self._look_at = max(_MOST_KNOWN, 2 * len(self._pressed))
        times = self._pressed.setdefault(network_of(host), deque(maxlen=self._most))
        is_full = len(times) == self._most and times[0] > now - _MINUTE
        if not is_full:
            times.append(now)
        return not is_full


def host_of(request: Request) -> str:
    """Return the address that asks."""
    return request.client.host if request.client is not None else "—"


def network_of(host: str) -> str:
    """Return what of an address one sender cannot change at will: of IPv6 the network, else the address."""
    try:
        address = ipaddress.IPv6Address(host.partition("%")[0])
    except ValueError:
        return host
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(address), _ONES_OWN), strict=False).network_address)
