"""The name on the bill amid other words: "the bill says …", "no wait. name is just …", the place before the name."""

import re

from domain.intake.about import account_name, signer_name
from domain.orders.model import Case
from domain.readers.companies import names_company
from domain.text import bare, clean_lines

_HESITATES = (
    r"(?:(?:no|nope|wait|sorry|oops|actually|well|ok|okay|oh|but|yes|yeah"
    r"|(?:that'?s|that is|that was|this is|it'?s|it is)\s+(?:the|my|our|an?)\s+(?:\w+\s+)?(?:address|street))\b"
    r"[\s,.!;:-]*)*"
)
_SAYS = re.compile(
    rf"^{_HESITATES}"
    r"(?:(?:(?:the|my|our|your|this|her|his)\s+)?(?:\w+\s+)?(?:bill|account|statement|invoice|it)\s+(?:just\s+|only\s+)?"
    r"(?:says|said|say|reads|shows)"
    r"|(?:(?:the|our|its|it's|her|his|their)\s+)?(?:(?:right|correct|real|billing|account|company|business)\s+)?"
    r"name(?:\s+(?:on|of)\s+(?:the|my|our)\s+(?:bill|account))?\s*(?:is|'s|=|:|should\s+be|must\s+be|should\s+read)"
    r"|(?:it\s+)?should\s+(?:be|say|read))(?=[\s\"“:])[\s:,]*(?:(?:just|only|exactly)\s+)?[\"“]?",
    re.I,
)
_HESITATES_FIRST = re.compile(r"^(?:(?:no|nope|wait|sorry|oops|actually|ok|okay)\b\s*)+[,.!;:]\s*", re.I)
_OF_THE_NAME = re.compile(r"\b(?:bill|name|account|statement|invoice)\b", re.I)
_IS_NAME = re.compile(r"^[A-Z][^\d\n@?]*\s[^\d\n@?]+$")
_ABOUT_A_LETTER = re.compile(
    r"(?<=\w)[\"”]?[\s,;(-]+(?:and\s+)?(?:without|with|no|not|minus)\s+(?:an?\s+|the\s+|any\s+)?[\"“']?[a-z][\"”']?"
    r"(?:\s+(?:at the end|in it|there|behind it))?[\s.)!]*$",
    re.I,
)
_PLACE_FIRST = re.compile(
    r"^(?P<place>(?:\d|p\.?\s?o\.?\s?box\b).*\b(?:\d{5}(?:-\d{4})?|[a-z]\d[a-z] ?\d[a-z]\d))"
    r"[\s,.;]+(?P<name>[^\W\d][^\d\n]+)$",
    re.I | re.S,
)
_ASKED = ("kind", "signature", "review")


def name_alone(text: str) -> tuple[str, bool]:
    """Return a text whose first line is the name without what was said around it, and whether anything was."""
    lines = clean_lines(text)
    if not lines:
        return text, False
    told = _HESITATES_FIRST.sub("", _SAYS.sub("", lines[0], count=1), count=1) or lines[0]
    name = _ABOUT_A_LETTER.sub("", told).strip() or told
    return "\n".join((name, *lines[1:])), name != lines[0]


def name_first(text: str) -> str:
    """Return a text with the name above the place, where somebody wrote them the other way round."""
    found = _PLACE_FIRST.match(text.strip())
    return f"{found['name']}\n{found['place']}" if found else text


def names_anew(asked: str, text: str, case: Case) -> bool:
    """Tell whether a text puts the name on the bill right, where the kind of name or the signature is asked for."""
    if asked not in _ASKED:
        return False
    said = name_alone(text)[0]
    if not bare(said):
        return False
    if asked == "review":  # where much else may be put right
        told = _SAYS.match(text.strip())
        return told is not None and _OF_THE_NAME.search(told[0]) is not None and _IS_NAME.search(said) is not None
    if _SAYS.match(text.strip()):
        return bare(said) not in (bare(account_name(case)), bare(signer_name(case)))
    known = (account_name(case), signer_name(case))
    return names_company(said) and not any(bare(each) in bare(said) for each in known if each)
