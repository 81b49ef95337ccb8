"""A clear wish to stop a move that is under way, and nothing else: "STOP this port now, cancel everything"."""

import re

from domain.intake.sayings.plain import clauses

_LEAD = (
    r"(?:(?:please|no|nooo*|wait|hey|hello|hi|sorry|just|i|we|want|need|would|like|have|decided|you|to|must|can|could"
    r"|will|now|immediately|asap|urgent|and|so|guys) )*"
)
_VERB = (
    r"(?:stop|cancel|abort|halt|terminate|call off|do not (?:do|continue|go (?:on|ahead) with|move|port|transfer)"
    r"|do not want to (?:move|port|transfer))"
)
_WHAT = (
    r"(?:(?:this|that|it|the|my|our|all|whole|of|entire|phone|number|numbers|port|porting|move|transfer|request|order"
    r"|process|everything|thing|switch)(?: |$))+"
)
_TAIL = (
    r"(?:(?:now|immediately|asap|at once|right|away|today|please|all|ok|okay|thanks|thank you|instantly"
    r"|for me|after all|any ?more|any longer|only|alone)(?: |$))*"
)
_WISH = re.compile(rf"{_LEAD}{_VERB} {_WHAT}{_TAIL}")


def wants_to_stop(text: str) -> bool:
    """Tell whether one part of a text asks to stop the move; a question about it does not."""
    return "?" not in text and any(_WISH.fullmatch(part) for part in clauses(text))
