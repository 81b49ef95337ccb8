"""The workshop's jobs with seals, as its child is asked for them; what they need is loaded with the first of them."""

from dataclasses import asdict, dataclass
from typing import Any

from bot.letters.sealer import Sealer


@dataclass(frozen=True, slots=True)
class SealedPdf:
    """A sealed letter. `is_stamped`: None where no time stamp was asked for, False where none could be had."""

    content: bytes
    is_stamped: bool | None


def sealed(payload: dict[str, Any]) -> dict[str, Any]:
    """Return a letter under a seal."""
    from bot.letters.seal import put_seal  # here: pyHanko takes a second and a half to load

    sealer = Sealer(payload["pkcs12"], payload["password"], payload["stamps_at"])
    return asdict(put_seal(payload["pdf"], sealer, payload["reason"]))


def seal_of(payload: dict[str, Any]) -> dict[str, Any] | None:
    """Return what the seal of a file says."""
    from bot.letters.seal import read_seal  # as above

    found = read_seal(payload["content"], payload["roots"])
    if found is None:
        return None
    return {**asdict(found), "stamped_at": found.stamped_at.isoformat() if found.stamped_at else None}
