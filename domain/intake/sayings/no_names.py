"""What people write where a name is asked for and what is never one: a question, a way round, whoever else may know."""

import re

from domain.intake.sayings.phrases import KIN
from domain.intake.sayings.plain import plain

_BILL = r"(?:bills?|invoice|statement|account|photo|picture|screenshot|pdf|file|above|below|attached|attachment|there)"
_QUESTION = re.compile(
    r"(?:what|which|who|whos|whose|whom|how|why|when|where|que|quel|quelle|pourquoi|comment)(?: .*)?"
)
_WAYS_ROUND = re.compile(
    rf"(?:its |it is |the )?(?:same|as|like|just like|exactly as)(?: \w+){{0,4}} {_BILL}"
    r"|(?:the )?same(?: (?:as|one|name|person)(?: \w+){0,3})?|as (?:above|before|usual|is)"
    rf"|(?:please )?(?:just )?(?:see|look at|check|read|use|copy|take|get it from|look)(?: (?:it|at|on|from|the|my|our"
    rf"|one|what|is|name))* {_BILL}"
    rf"|(?:it is |the (?:one|name) |what is |name is )?(?:on|in) (?:the|my|our) (?:\w+ )?{_BILL}"
    r"|(?:go |please )*(?:ask|call|contact|text|talk to)(?: (?:my|our|the|him|her|them|it|\w+s))?(?: \w+){0,2}"
    rf"|(?:it is |that is )?(?:my|our|his|her|the) (?:\w+ )?{KIN}(?: name)?"
    r"|(?:just |please |you |can you |could you )*(?:sign|write|fill|put|do|type)(?: (?:it|that|this|them|in|for|me|us"
    r"|yourself|yourselves|something|anything|whatever|you|want|like))*"
    r"|(?:it is )?(?:me|myself|mine|i|yourself|you|nobody|no one|anybody|anyone|whoever|none|no name|not sure|no idea)"
    r"|(?:the |an? |i am the )?(?:account )?(?:owner|holder|boss|manager|customer)(?: of .{1,20})?"
)


def is_no_name(text: str) -> bool:
    """Tell whether a text is written where a name belongs and is none: "what name", "see bill", "my mom"."""
    said = plain(text)
    return "?" in text or bool(_QUESTION.fullmatch(said) or _WAYS_ROUND.fullmatch(said))
