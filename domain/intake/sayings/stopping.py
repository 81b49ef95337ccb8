"""A clear wish to stop a move that is under way, and nothing else: "STOP this port now, cancel everything"."""

import re

from domain.intake.sayings.plain import clauses, plain

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


_ASKS = (
    r"(?:(?:please|can you|could you|would you|i want to|we want to|i would like to|just|sorry|oh|hi|no|actually) )*"
)
_TAKES_OUT = re.compile(
    rf"{_ASKS}(?:remove|take out|leave out|drop|delete|exclude|take|leave) it(?: out)?"
    r"(?: (?:of|from|in) (?:the|my|this|our) (?:request|order|list|port|move))?(?: (?:please|again|thanks|for now))*"
    rf"|{_ASKS}it (?:should|shall|must|has to|have to) (?:stay|not (?:be )?moved?)(?: (?:there|here|with \w+))*"
    rf"|{_ASKS}keep it (?:there|where it is|as it is|with \w+(?: \w+)?)"
)


def takes_out(text: str) -> bool:
    """Tell whether a text, in which `it` stands for numbers of a request, asks to have them taken out of it."""
    return _TAKES_OUT.fullmatch(plain(text)) is not None


def wants_to_stop(text: str) -> bool:
    """Tell whether one part of a text asks to stop the move; a question about it does not."""
    return "?" not in text and any(_WISH.fullmatch(part) for part in clauses(text))


_STOP = re.compile(
    r"\b(?:stop|cancel|halt|abort|call (?:it |this |that )?off)\b"
    r"(?! (?:calling|texting|writing|messaging|bothering|sending|working|asking|me|by))"
    r"|\b(?:have|get|be|has to be|gets) (?:it |this |that |them )?(?:stopped|cancelled|canceled|halted)\b"
)
_OF_ANOTHER = re.compile(
    r"\b(?:service|contract|plan|account|internet|subscription|appointment|bill|old (?:line|phone|one)|tv|insurance)\b"
)
_NOT = re.compile(
    r"\b(?:do not|not|never|no need to|no longer|rather not)(?: want)?(?: to)?"
    r" (?:stop|cancel|halt|abort|have it (?:stopped|cancelled|canceled))"
    r"|\bforget (?:about )?(?:the |that |my )?(?:cancel\w*|stop\w*)"
)
_ON = re.compile(
    r"(?:(?:ok|okay|no|please|then|so|just|i changed my mind|never mind|sorry|wait|well|you can|we can) )*"
    r"(?:let it (?:move|go on|go through|go ahead|continue|happen|finish|run)|keep going|go on(?: with it)?|go ahead"
    r"|carry on|continue(?: with it)?)(?: (?:please|then|after all|thanks|as planned|anyway|with the (?:move|port)))*"
)
_SHORT = 14  # words; who writes more says more


def speaks_of_stopping(text: str) -> bool:
    """Tell whether a short text wants a move stopped, however it is put, and is neither asked nor of something else."""
    said = plain(text)
    is_short = "?" not in text and len(said.split()) <= _SHORT
    return is_short and _STOP.search(said) is not None and not (_NOT.search(said) or _OF_ANOTHER.search(said))


def takes_back(text: str) -> bool:
    """Tell whether a short text wants a move to go on that was to be stopped."""
    said = plain(text)
    is_short = "?" not in text and len(said.split()) <= _SHORT
    return is_short and (_NOT.search(said) is not None or _ON.fullmatch(said) is not None)
