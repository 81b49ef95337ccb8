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
_SMALL_TALK = re.compile(
    r"(?:(?:ok|okay|hi|hey|hello|yes|yeah|so|well|sorry|alright|all right|right|cool|great|nice|good|thanks"
    r"|thank you) )*"
    r"(?:(?:i am |we are )?(?:back|here|ready|still here|done|online|home)(?: (?:again|now|already|online|home))*"
    r"|here (?:i am|we are|we go|you go)(?: again)?|long time no see|(?:be right back|brb|afk|gtg)"
    r"|(?:i )?(?:was|were|am|had to be) (?:away|gone|busy|out|offline|asleep|sleeping)(?: .{1,30})?"
    r"|(?:one|just a|give me a|a|wait a) (?:sec|second|minute|min|moment)|hold on|hang on|wait(?: a (?:bit|minute))?"
    r"|(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day|night))(?: (?:there|again|everyone"
    r"|all|you|guys|folks|team|bot))*"
    r"|(?:thanks|thank you|thx|ty|cheers)(?: (?:you|a lot|so much|very much|again|man|guys))*"
    r"|(?:sorry|apologies)(?: (?:for|about) .{1,40}| i am late)?|(?:it is )?(?:me|us) again|lets (?:go|continue"
    r"|do (?:it|this))"
    r"|(?:lol|haha+|hehe|hmm+|ok|okay|kk|cool|great|nice|alright|got it|fine|sure|go on|go ahead|continue|next|ready)"
    r"|see you(?: later| soon)?|bye(?: bye)?|good bye|how are you(?: doing)?(?: today)?)"
    r"(?: (?:now|please|again|lol|haha|man|guys|bro|dude))*"
)


def is_no_name(text: str) -> bool:
    """Tell whether a text is written where a name belongs and is none: "what name", "see bill", "I'm back"."""
    said = plain(text)
    return "?" in text or any(kind.fullmatch(said) for kind in (_QUESTION, _WAYS_ROUND, _SMALL_TALK))
