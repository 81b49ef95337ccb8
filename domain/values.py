"""What the values of a turn are made of: frozen, compared by their fields, and made ten times quicker than dataclasses.

Two kinds of values stand side by side: what nearly every turn makes is a `Value`, everything else a frozen dataclass
(docs/decisions/0016-values-of-a-turn-are-structs.md).
"""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, field

if TYPE_CHECKING:  # mypy knows the fields of a Struct, and checks them where this `replace` is called
    from dataclasses import replace
else:
    from msgspec.structs import replace


class Value(Struct, frozen=True):
    """A value of a turn; whoever derives from it repeats `frozen=True`, which type checkers do not inherit."""


_Asked = TypeVar("_Asked", bound=Value)
_Told = TypeVar("_Told")


def once(tell: Callable[[_Asked], _Told]) -> Callable[[_Asked], _Told]:
    """Remember the last answer of a pure function about a value: one case is asked about a dozen times in a row."""
    last: tuple[_Asked, _Told] | None = None

    @wraps(tell)
    def told(value: _Asked) -> _Told:
        nonlocal last
        known = last
        if known is None or known[0] is not value:  # a value never changes
            last = known = (value, tell(value))
        return known[1]

    return told


__all__ = ["Value", "field", "once", "replace"]
