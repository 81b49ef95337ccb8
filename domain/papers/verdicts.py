"""Whether a letter is as this desk made it: THE table of verdicts, by its seal and by hash and code in history."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

Verdict = Literal[
    "untouched", "void", "broken", "appended", "changed", "foreign", "unsigned", "unsigned_void", "copy", "copy_void",
    "copy_unsigned", "copy_unsigned_void", "on_paper", "on_paper_void", "copy_on_paper", "copy_on_paper_void",
    "unsealed", "unknown",
]  # fmt: skip
"""What a file is.

`untouched`: byte for byte a letter that this desk sealed, and that counts. `void`: the same, but it counts no more.
`broken`: bytes that this desk sealed, whose seal cannot be read: the desk's own trouble. `appended`: sealed here, and
something was added behind the seal. `changed`: sealed, and its bytes are others since. `foreign`: sealed by somebody
else. `unsigned`: byte for byte a letter that this desk printed to be signed. `on_paper`: byte for byte a scan or photo
that was accepted as a letter signed on paper. `copy`: no seal is on it, but the code of a letter that this desk sealed:
a print or a scan of it, or another file with its code on it; `copy_unsigned`, `copy_on_paper`: the same of a letter
that was printed to be signed, or accepted on paper. `_void`: the same of one that counts no more. `unsealed`: no seal
of ours and no code. `unknown`: it bears the desk's seal, but history knows no such letter.
"""

Made = Literal["sealed", "printed", "accepted"]  # here; printed to be signed, accepted as signed on paper
UNTOUCHED: tuple[Verdict, ...] = ("untouched", "on_paper")  # of a file that counts, byte for byte
Stamp = Literal["", "trusted", "untrusted", "unchecked"]  # unchecked: the settings name nobody to trust


@dataclass(frozen=True, slots=True)
class Known:
    """What history says of a letter: whose it is, how and when it was `made`, and since when it is void."""

    request_id: int
    ref: str
    paper_id: int
    at: datetime
    void_at: datetime | None = None
    made: Made = "sealed"


@dataclass(frozen=True, slots=True)
class Seal:
    """What a seal says by itself. `is_intact`: of the bytes that it covers; `is_whole`: these are all of the file.

    `signer`: the SHA-256 (hex) of the certificate. `stamped_at`: by a time stamp authority. `stamp`: whether that one's
    certificate leads to one that the desk trusts; empty without a stamp. `is_in_time`: the certificate was valid when
    it sealed, by the stamp, else by the seal's own word.
    """

    is_intact: bool
    is_whole: bool
    signer: str
    stamped_at: datetime | None = None
    stamp: Stamp = ""
    is_in_time: bool = True


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with what it rests on."""

    verdict: Verdict
    known: Known | None = None
    seal: Seal | None = None


def judge(known: Known | None, seal: Seal | None, ours: Collection[str], coded: Known | None = None) -> Judged:
    """Return the verdict on a file. `seal`: None where no seal can be read; `ours`: our certificates' SHA-256s.

    `known`: the letter that the file is by its hash; `coded`: the one whose code stands on it.
    """
    if known is None and seal is None and coded is not None:
        return Judged(_of_code(coded), coded)
    if known is None:
        return Judged(_of_unknown(seal, ours), None, seal)
    return Judged(_of_known(known, seal), known, seal if known.made == "sealed" else None)


_BY_HASH: dict[Made, tuple[Verdict, Verdict]] = {
    "printed": ("unsigned", "unsigned_void"),
    "accepted": ("on_paper", "on_paper_void"),
}
_BY_CODE: dict[Made, tuple[Verdict, Verdict]] = {
    "sealed": ("copy", "copy_void"),
    "printed": ("copy_unsigned", "copy_unsigned_void"),
    "accepted": ("copy_on_paper", "copy_on_paper_void"),
}


def _of_known(known: Known, seal: Seal | None) -> Verdict:
    """Judge bytes that history knows: whoever sealed them then was the desk, whatever its certificate is today."""
    if known.made != "sealed":
        return _BY_HASH[known.made][known.void_at is not None]
    if seal is None or not (seal.is_intact and seal.is_whole):
        return "broken"
    return "void" if known.void_at is not None else "untouched"


def _of_code(coded: Known) -> Verdict:
    """Judge a file that only bears the code of a letter: what else stands on it, nobody can tell."""
    return _BY_CODE[coded.made][coded.void_at is not None]


def _of_unknown(seal: Seal | None, ours: Collection[str]) -> Verdict:
    if seal is None:
        return "unsealed"
    if not seal.is_intact:
        return "changed"
    if seal.signer not in ours:
        return "foreign"
    return "unknown" if seal.is_whole else "appended"


def code_value(code: str) -> str:
    """Return a letter's code as its digest in history is made of: apart from the hashes of files."""
    return f"code {code}"


class LetterBoard(Protocol):
    """Who knows the letters by the hash of their file, and by their code."""

    async def letter(self, value: str) -> Known | None:
        """Return what history says of a file's SHA-256 (hex), or of a `code_value`; None: it is no letter of ours."""
        ...
