"""How the numbers of a request stand, counted: `3 of 5 scheduled, 1 rejected`; none hides behind the others."""

from collections import Counter
from collections.abc import Iterable, Mapping

from domain.orders.phases import PHASES
from domain.wordkeys import nested

COUNTED, COUNTED_TO_CUSTOMER = 4, 6  # phases that are told apart; the rest is counted together


def counted(phases: Iterable[str], *, to_customer: bool = False) -> str:
    """Return how many numbers stand in which phase, as a parameter; empty where all stand in the same.

    Phases are named in the words of who reads it. The furthest stands first; what was refused is told in any case.
    """
    return told(Counter(phases), to_customer=to_customer)


def told(many: Mapping[str, int], *, to_customer: bool = False) -> str:
    """Return the same of phases that are counted already."""
    if len(many) < 2:
        return ""
    ordered = sorted(many, key=lambda phase: (-PHASES[phase].order, phase))
    shown = _shown(ordered, COUNTED_TO_CUSTOMER if to_customer else COUNTED)
    rest = sum(many.values()) - sum(many[phase] for phase in shown)
    kind = f"{len(shown)}_more" if rest else str(len(shown))
    return nested(
        f"count.of_{kind}" if to_customer else f"count.{kind}",
        **_each(shown, many, to_customer=to_customer),
        rest=str(rest),
    )


def _shown(ordered: list[str], most: int) -> list[str]:
    """Return the phases that are told apart, what was refused among them."""
    first = ordered[:most]
    return first if "rejected" in first or "rejected" not in ordered else [*first[:-1], "rejected"]


def _each(shown: list[str], many: Mapping[str, int], *, to_customer: bool) -> dict[str, str]:
    params = {"all": str(sum(many.values()))}
    for place, phase in enumerate(shown, 1):
        params |= {
            f"n{place}": str(many[phase]),
            f"p{place}": nested(f"count.phase.{phase}" if to_customer else f"phase.{phase}"),
        }
    return params
