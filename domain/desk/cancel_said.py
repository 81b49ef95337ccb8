"""What staff write behind `cancel`: at what price, that it is refused, that the old service is kept; or nothing."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from domain.orders.cancelling import STOPPED

FREE = "0.00"  # the fee where the carrier charges none
FEE, RISK, DENIED, KEPT = "fee", "risk", "denied", "kept"
_FEE = re.compile(r"fee\s*[^\w\s.]?\s*(\d{1,4}(?:\.\d{1,2})?)\s*(?:[:,;]\s*(.*))?", re.I | re.DOTALL)
_RISK = re.compile(r"risk\s*:\s*(.+)", re.I | re.DOTALL)
_DENIED = re.compile(r"denied(?:\s*:\s*|\s+|$)(.*)", re.I | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Said:
    """What is meant. `way`: FEE, DENIED, KEPT, STOPPED, or empty; `words`: the risk, or the carrier's refusal."""

    way: str
    fee: str = FREE
    words: str = ""


def read_said(argument: str) -> Said | None:
    """Return what staff mean; None: it is none of what can be said."""
    said = argument.strip()
    if said.lower() in ("", STOPPED, KEPT):
        return Said(said.lower())
    if (fee := _FEE.fullmatch(said)) is not None:
        return Said(FEE, f"{float(fee[1]):.2f}", (fee[2] or "").strip())
    if (risk := _RISK.fullmatch(said)) is not None:
        return Said(FEE, FREE, risk[1].strip())
    denied = _DENIED.fullmatch(said)
    return Said(DENIED, words=denied[1].strip()) if denied is not None else None


def written(ticked: Collection[str], fee: str, words: str) -> str:
    """Return what a form says as it is typed; `ticked`: of STOPPED and DENIED."""
    fee, words = fee.strip().lstrip("$€£ "), words.strip()
    if DENIED in ticked:
        return f"{DENIED}: {words}"
    if fee:
        return f"{FEE} {fee}: {words}"
    return f"{RISK}: {words}" if words else STOPPED if STOPPED in ticked else ""


def ends(argument: str) -> bool:
    """Tell whether it cancels at once: what only asks, or notes an answer, ends nothing."""
    said = read_said(argument)
    return said is None or said.way in ("", STOPPED)
