"""Whether a sealed letter is as it was sealed: THE table of verdicts, by its seal and by its hash in history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

Verdict = Literal["untouched", "void", "broken", "appended", "changed", "foreign", "unsealed", "unknown"]
"""What a file is.

`untouched`: byte for byte a letter that this desk sealed, and that counts. `void`: the same, but it counts no more.
`broken`: bytes that this desk sealed, whose seal cannot be read: the desk's own trouble. `appended`: sealed here, and
something was added behind the seal. `changed`: sealed, and its bytes are others since. `foreign`: sealed by somebody
else. `unsealed`: no seal is on it. `unknown`: it bears the desk's seal, but history knows no such letter.
"""


@dataclass(frozen=True, slots=True)
class Known:
    """What history says of a file's hash: the request whose letter it is, since when, and since when it is void."""

    request_id: int
    ref: str
    paper_id: int
    sealed_at: datetime
    void_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seal:
    """What a seal says by itself. `is_intact`: of the bytes that it covers; `is_whole`: these are all of the file.

    `signer`: the SHA-256 (hex) of the certificate. `stamped_at`: by a time stamp authority.
    """

    is_intact: bool
    is_whole: bool
    signer: str
    stamped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with what it rests on."""

    verdict: Verdict
    known: Known | None = None
    seal: Seal | None = None


def judge(known: Known | None, seal: Seal | None, ours: str) -> Judged:
    """Return the verdict on a file. `seal`: None where no seal can be read; `ours`: the certificate's SHA-256."""
    return Judged(_of_known(known, seal) if known is not None else _of_unknown(seal, ours), known, seal)


def _of_known(known: Known, seal: Seal | None) -> Verdict:
    """Judge bytes that history knows: whoever sealed them then was the desk, whatever its certificate is today."""
    if seal is None or not (seal.is_intact and seal.is_whole):
        return "broken"
    return "void" if known.void_at is not None else "untouched"


def _of_unknown(seal: Seal | None, ours: str) -> Verdict:
    if seal is None:
        return "unsealed"
    if not seal.is_intact:
        return "changed"
    if seal.signer != ours:
        return "foreign"
    return "unknown" if seal.is_whole else "appended"


class LetterBoard(Protocol):
    """Who knows the files of sealed letters by their hash."""

    async def letter(self, sha256: str) -> Known | None:
        """Return what history says of a file by its SHA-256 (hex); None: it is no letter of ours."""
        ...
