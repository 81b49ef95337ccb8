"""Seals history every few seconds, in whichever process holds the lease."""

import logging

from domain.desk.keeping import Leases
from domain.desk.sealing import Seals
from domain.errors import NotKept
from domain.text import ident

log = logging.getLogger(__name__)

SEAL = 5.0  # seconds between looks at what waits to be sealed
LEASE = 30.0  # seconds


class Sealing:
    """A tick that seals; `waiting`: how many rows were not sealed when it last looked."""

    def __init__(self, seals: Seals, leases: Leases) -> None:
        self.seals = seals
        self.waiting = 0
        self._leases = leases
        self._refused: tuple[int, ...] = ()

    async def tick(self) -> None:
        """Seal what waits, unless another process does; where nothing waits, nothing is written."""
        try:
            self.waiting = await self.seals.waiting()
            if self.waiting and await self._leases.acquire("seal", LEASE) is not None:
                self._tell(await self.seals.seal())
                self.waiting = await self.seals.waiting()
        except NotKept as e:
            log.warning("sealing not_kept error=%s", type(e).__name__)

    def _tell(self, refused: tuple[int, ...]) -> None:
        """Log once which rows are not as they were written."""
        if refused and refused != self._refused:
            log.error("sealing refused rows=%d first=%s hint=audit_verify", len(refused), ident(refused[0]))
        self._refused = refused

    async def close(self) -> None:
        """Let another process seal at once."""
        await self._leases.give_up("seal")
