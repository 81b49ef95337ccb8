"""What the table of sayings is made of: a row, and the pieces of which its patterns are put together.

Patterns see plain text (`plain.py`) and must fit the whole of it, but for words that change nothing at its end.
`<my>`, `<line>` and so on stand for the pieces below; `<my>` brings its own space and may be nothing.
"""

import re
from dataclasses import dataclass
from typing import Literal

from domain.text import words_of

Effect = Literal[
    "tell", "back", "cancel", "status", "help", "person", "flag", "numbers", "later", "same", "dont_know", "no_pin",
    "fax", "wrong_move", "port_back", "paper",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Saying:
    """What was said: its words are `said.<id>`; `effect` is what follows beyond them, `flag` lets the desk know."""

    id: str
    effect: Effect


@dataclass(frozen=True, slots=True)
class Row:
    """`cues`: words of which one must be there; `not_at`: questions at which the same words are an answer."""

    saying: Saying
    cues: frozenset[str]
    pattern: re.Pattern[str]
    not_at: frozenset[str]


FREE = "stays title label source company"
"""Questions to which anything may be an answer."""

KIN = (
    r"(?:(?:ex|late) )?(?:wife|husband|mom|mum|mother|dad|father|son|daughter|brother|sister|boss|employer|company"
    r"|partner|boyfriend|girlfriend|parent|friend|roommate|grandma|grandmother|uncle|aunt|landlord)s?"
)
_OWN = "my|our|the|a|an|any|your|her|his|their|old|current|present|mobile|cell|new|whole"
_LINE = "lines?|numbers?|phones?|service|plan|account|contract|sim|landline"
# What is repeated without end is read in one way only: no word beside two words that make it up, nor one twice.
# Else a long text with a wrong end is tried in all ways, which double with each word (tests: no blow-up).
_PIECES = {
    "my": rf"(?:(?:this|that|{_OWN}) )*",
    "own": rf"(?:(?:{_OWN}) )*",
    "co": r"(?:verizon|vzw|at t|att|t mobile|tmobile|sprint|xfinity|comcast|spectrum|cricket|metro|mint|boost|visible"
    r"|(?:(?:my|the|our|old|current|phone) )*(?:carrier|provider|company)|them|they)",
    "line": rf"(?:phone number|phone line|{_LINE})",
    "lines": rf"(?: (?:{_LINE}|customer|card))*",
    "mine": r"(?:my|our|the) (?:(?:first|second|third|last|other|old|earlier|phone|1st|2nd) )*(?:one|ones|port|request"
    r"|numbers?|transfer|order|move|lines?)",
    "when": r"(?: (?:today|yesterday|already|recently|(?:last|this) \w+|(?:\w+ )?\w+ (?:days?|weeks?|months?|hours?)"
    r" ago|by (?:mistake|accident)|because\b.*|for non ?payment|for not paying|since \w+|in \w+)){0,3}",
    "human": r"(?:a |an |the |your |some )*(?:real |actual |live |human |customer |support )*(?:human|person|people"
    r"|agent|representative|rep|manager|supervisor|somebody|someone|operator|support|service|staff|desk|team|one)"
    r"(?: being)?",
    "bill": r"(?:phone |paper |recent |latest |last |monthly |printed |carrier )*(?:bills?|statements?|invoices?)",
    "kin": KIN,
    "special": r"(?:(?:fire|burglar|home|security|credit|medical|card|life) )*(?:dsl|internet|alarms?|fax|elevators?"
    r"|lift|system|broadband|wifi|modem|card machine|terminal|alert|hunt group|security)(?: line| system| machine)?",
    "move": r"(?:move|port|transfer|bring|switch|keep)",
    "few": r"(?:\d{1,2}|one|two|three|four|five|six|some|a few|several|many|both|a couple)",
    "why": r"(?:why|how come|what for|for what|what)\b.{0,60}\b",
    "not_give": r"i (?:do not want to|will not|am not|would rather not|refuse to) (?:give|giving|share|sharing|send"
    r"|sending) (?:you )?",
    "want": r"(?:want|need|would like|prefer|like|have)(?: to)?",
    "in_name": rf"(?:in|under|on) (?:(?:my|our|the|a) {KIN}|some ?(?:one|body) elses?|another|a different|his|her"
    r"|their|an? other persons?)",
    "speak": r"(?:(?:do|does|can) (?:you|anyone|we) (?:speak|do|write|talk)(?: this)?(?: in)? |(?:in|en|auf|em) )?",
    "three": r"(?=\w+ \w+ \w+)",
}
_TAIL = (
    r"(?: (?:now|today|yet|already|any ?more|for now|at all|here|then|exactly|though|really|either|with you"
    r"|with this|for this|to you|to me|from me|sir|man|guys|bro|dude|lol|again|anyway|even|right|or what|or not|too"
    r"|first|just|tho|still))*"
)


def row(name: str, effect: Effect, cues: str, pattern: str, not_at: str = "") -> Row:
    """Make a row of the table; one saying may have several."""
    full = re.sub(r"<(\w+)>", lambda piece: _PIECES[piece[1]], pattern)
    return Row(Saying(name, effect), words_of(cues), re.compile(f"(?:{full}){_TAIL}"), words_of(not_at))
