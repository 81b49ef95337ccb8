"""What one reason of a rejection says: how carriers call it, and how it is put right."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["record", "account", "line", "papers", "numbers", "carrier", "toll_free"]
"""Under which heading the form has it."""

Way = Literal["fixed", "done", "contest", "other_number", "all_numbers", "forward", "loss", "written"]
"""How a customer puts a rejection right without a new answer.

`fixed`: the carrier corrected its record. `done`: what stood in the way is done. `contest`: the refusal is not lawful.
`other_number`: another one moves in its place. `all_numbers`: those that stayed move, too. `forward`: the number stays,
and its calls are forwarded. `loss`: what hangs on the number may end. `written`: the reseller gave instructions in
writing.
"""

Letter = Literal["Y", "N", "T", "?"]
"""Whether a new letter goes with it: yes, no, for toll-free numbers, or only if an answer that it states changes."""

KINDS: tuple[Kind, ...] = ("record", "account", "line", "papers", "numbers", "carrier", "toll_free")
ANSWERS = "answers"  # the other way out: what was given was wrong, and is given anew


@dataclass(frozen=True, slots=True)
class Rejection:
    """A reason for which a losing carrier refuses.

    `aliases`: what staff type for it, the first of them its label. `signs`: a pattern of the words in which carriers
    say it; `maps`: what it is called by those who pass orders on, or how that begins, before a `*`. `reopens`:
    questions that are asked again; `also`: those that are too, where the request has an answer of them. `ways`: how
    else the customer puts it right; `deed`: what is done then. A reason without any of these is the desk's (`who`:
    staff), or is waited for. `meanwhile`: what we do as long.
    """

    code: str
    kind: Kind
    aliases: tuple[str, ...]
    signs: str
    maps: tuple[str, ...] = ()
    reopens: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    deed: str = ""
    letter: Letter = "N"
    who: Literal["customer", "staff", "wait"] = "customer"
    meanwhile: Literal["ready", "ask", "send", "chase", "escalate", "split", "wait"] = "ready"
