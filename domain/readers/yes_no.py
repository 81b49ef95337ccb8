"""Yes or no, typed instead of pressed."""

import re

from domain.errors import Unreadable
from domain.text import clean, words_of

_YES = words_of(
    "yes y yep yeah yup ya yea sure ok okay k correct right true confirm confirmed agreed agree absolutely "
    "definitely affirmative done 👍 ✅ ✔ 👌"
)
_NO = words_of("no n nope nah wrong incorrect false negative disagree 👎 ❌")
_FILLER = words_of("please thanks thank you it is its it's that that's thats i do am of course all is sir maam ma'am")
_DENIALS = frozenset(
    {
        "not correct",
        "not right",
        "no it isn't",
        "no it is not",
        "no i don't",
        "no i do not",
        "not really",
        "i don't",
        "i do not",
    }
)
_WORD = re.compile(r"[\w']+|[^\w\s'.,!]")
_TINTS = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f]")


def read_yes_no(text: str) -> bool | Unreadable:
    """Read an answer that leaves no doubt; anything mixed or hedged is `yes_no.unclear`."""
    words = _WORD.findall(_TINTS.sub("", clean(text)[:80]).casefold().replace("’", "'"))  # noqa: RUF001 - as typed by phones
    if " ".join(words) in _DENIALS:
        return False
    said = {word for word in words if word not in _FILLER}
    if said and said <= _YES:
        return True
    if said and said <= _NO:
        return False
    return Unreadable("yes_no.unclear")
