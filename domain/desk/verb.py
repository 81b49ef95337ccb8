"""What a verb of staff's is: how it is typed, who may do it, and by which doors."""

from dataclasses import dataclass

from domain.desk.roles import Role

GROUPS = ("read", "move", "talk", "share", "desk")
"""How `/port help` orders the verbs: reading, moving on, talking, sharing the work, the desk itself."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of `/port`. `usage` follows it; `effect`: it changes a request; `modal`: it has a form.

    `group`: one of GROUPS. `role`: the least for whom it does anything; `short`: shorter words for it. `needs`: it
    does nothing without an argument behind the request. `several`: it may be done to several requests at once.
    """

    name: str
    usage: str
    examples: tuple[str, ...]
    group: str = "move"
    effect: bool = False
    modal: bool = False
    role: Role = Role.AGENT
    short: tuple[str, ...] = ()
    needs: bool = False
    several: bool = False

    @property
    def example(self) -> str:
        """Return the first of the examples."""
        return self.examples[0]
