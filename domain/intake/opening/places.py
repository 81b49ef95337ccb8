"""The e-mail and the service address that a message gives by those names."""

import re

from domain.errors import Unreadable
from domain.intake.opening import blocks
from domain.intake.opening.saying import Saying
from domain.intake.opening.vocabulary import NEGATED, OTHERS
from domain.readers.addresses import Address, read_address
from domain.readers.emails import read_email

_MAIL_LABEL = re.compile(
    r"(?:^\s*contact\s*[:=]|\be-?mail(?:\s+address)?(?:\s+(?:is|es|at)|\s+(?:me|us)(?:\s+(?:at|on|via))?|\s+(?:copies"
    r"|everything)\s+(?:to|at)"
    r"|\s+for copies(?:\s+is)?|\s*[:=])|\bcorreo(?:\s+electr[oó]nico)?(?:\s+es|\s*:)"
    r"|\b(?:send|copies|copy|paperwork|reach me|updates)(?:\s+[\w']+){0,5}\s+(?:to|at))\s*[:=<]*\s*$",
    re.I,
)
_OTHER_MAIL = re.compile(
    r"\b(?:old|wrong|boss|wife|husband|his|her|their|accountant|former|used to|support|was|instead|son"
    r"|daughter|assistant"
    r"|mom|dad|mother|father|he|she|they|your|you sent|from)\b|'s e-?mail",
    re.I,
)
_MY_MAIL = re.compile(r"(?<!is )\bmy\s+e-?mail(?:\s+address)?\s+$", re.I)
_ALONE_BEFORE = re.compile(r"(?:^|[,;.!?\n|(–—]|\s-)\s*<?$")  # noqa: RUF001 - a dash as pasted
_ALONE_AFTER = re.compile(r"^>?\s*(?:$|[,;.!?\n|)])")
_THIRD = re.compile(
    r"\b(?:lawyer|attorney|accountant|rep|agent|bookkeeper|cc|bcc|his|her|their|he|she|they|your|contractor|vendor)\b",
    re.I,
)
_ROLE = re.compile(r"(?:support|help|care|no-?reply|billing|service|port\w*|abuse|postmaster|customer\w*)@", re.I)
_PLACE_LABEL = re.compile(
    r"(?:\b(?:(?:my|our|the|mi)\s+)?(?:(?:service|account|home|office|business|full|street|current)\s+)*"
    r"(?:address|direcci[oó]n)"
    r"|\b(?:house|home|shop|store|office|line|phone|landline|service) is (?:located )?at|\blocated at|\bservice at)"
    r"(?:\s+(?:on (?:the|my|our) (?:account|bill)|on file|for the account))?(?:\s+(?:is|es))?\s*[:=-]?\s+",
    re.I,
)
_OTHER_PLACE = re.compile(
    r"\b(?:billing(?! name)|mailing|shipping|old|new|previous|former|future|e-?mail|ip|web|ship|mail|used to|was|were"
    r"|until|will be"
    r"|next|his|her|their|wife|husband|moved|wrong|different|return|forwarding|mac|not|isn'?t|temporary|parents?|mom"
    r"|mother|dad|father|son|daughter|maybe|think|home or|or)\b",
    re.I,
)
_MOVES_HOUSE = re.compile(
    r"\b(?:(?:moved|moving|relocat\w+|move)\s+(?:houses?|home|homes|offices?|apartments?|last|out of|into"
    r"|across|cities|states"
    r"|to (?:a |our |my |the )?(?:new|another|different))|new (?:address|apartment|house|office|place"
    r"|location)|relocat\w+"
    r"|(?:we|i|just|have|'ve)\s+moved)\b",
    re.I,
)
_ZIP = re.compile(r"\b\d{5}(?:-\d{4})?(?!\d)")
_STATE_BEFORE = re.compile(r"[A-Za-z]{2,}[.,]?\s*$")
_LONGEST = 160


def email(saying: Saying) -> str | None:
    """Give the one e-mail address in the message, where it is called the writer's."""
    found = read_email(saying.said)
    if isinstance(found, Unreadable):
        return None
    start = saying.said.find(found)
    before = saying.said[max(0, start - 80) : start]
    line = re.split(r"[.!?](?=\s)|\n", before)[-1]
    sentence = saying.sentence(start, start + len(found)) if start >= 0 else ""
    is_open = NEGATED.search(sentence) or _OTHER_MAIL.search(line)
    is_own = _MAIL_LABEL.search(line) or _stands_alone(saying.said, start, found)
    return found if start >= 0 and is_own and not is_open else None


def _stands_alone(said: str, start: int, found: str) -> bool:
    """Tell whether an e-mail address is a piece of its own between marks: given, and not told a story about."""
    before = _ALONE_BEFORE.search(said[:start]) or _MY_MAIL.search(said[max(0, start - 40) : start])
    alone = before and _ALONE_AFTER.match(said[start + len(found) :])
    return bool(alone) and not (
        _ROLE.match(found) or OTHERS.search(said) or _THIRD.search(said[max(0, start - 60) : start])
    )


def address(saying: Saying, whose: str) -> Address | None:
    """Give the one address that is called so, and is neither where bills go nor where somebody moves to.

    `whose`: the account's name; what stands right behind it is taken too, empty: there is none.
    """
    if _MOVES_HOUSE.search(saying.said):
        return None
    found = {each for each in (_labelled(saying, label) for label in _PLACE_LABEL.finditer(saying.said)) if each}
    behind = blocks.address_behind(saying, whose) if whose and not found else None
    return next(iter(found)) if len(found) == 1 else behind


def _labelled(saying: Saying, label: re.Match[str]) -> Address | None:
    said = saying.said
    line = re.split(r"[.!?](?=\s)|\n", said[max(0, label.start() - 60) : label.end()].rstrip())[-1]
    if _OTHER_PLACE.search(line):
        return None
    behind = said[label.end() : label.end() + _LONGEST]
    for code in _ZIP.finditer(behind):
        if _STATE_BEFORE.search(behind[: code.start()]):
            read = read_address(behind[: code.end()])
            return read if isinstance(read, Address) else None
    return None
