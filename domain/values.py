"""What the values of a turn are made of: frozen, compared by their fields, and made ten times quicker than dataclasses.

Two kinds of values stand side by side: what nearly every turn makes is a `Value`, everything else a frozen dataclass
(docs/decisions/0016-values-of-a-turn-are-structs.md).
"""

from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:  # mypy knows the fields of a Struct, and checks them where this `replace` is called
    from dataclasses import replace
else:
    from msgspec.structs import replace


class Value(Struct, frozen=True):
    """A value of a turn; whoever derives from it repeats `frozen=True`, which type checkers do not inherit."""


__all__ = ["Value", "field", "replace"]
