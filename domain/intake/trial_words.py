"""What a customer says of several numbers in one breath: it works on this one, and not on that one."""

import re

from domain.numbers.reading import TEN
from domain.text import ascii_digits, clean, straight

WORKS, FAILS = "yes", "no"

_FOUR = re.compile(r"(?<!\d)(?:…|\.{3})?(\d{4})(?!\d)")
_LONGEST = 200  # characters; who writes more says more
_HERE = "@"  # stands for a number, or several that are named together
_TOGETHER = re.compile(rf"{_HERE}(?:(?: ?[,&] ?(?:and )?| and | or | ){_HERE})+")
_CUT = re.compile(r"\s*(?:[.;!]+|,?\s*\b(?:but|while|whereas|though|however)\b|,\s*(?:and\s+)?(?=not |no )|,)\s*")
_ON = r"(?:on|for|with|at|from|to|of)"
_IT = r"(?:(?:it|that|this|they|calls?|texts?|messages?|faxes|voicemail|the|number|line|one|ending|in|yes|great) )*"
_GOOD = (
    rf"{_IT}(?:(?:is|are) )?(?:works?|working|rings?|ringing|fine|ok|okay|good|yes|comes? (?:in|through)|goe?s? out)"
    rf"(?: (?:fine|great|well|good|now))*(?: (?:only|in|out))?(?: {_ON})?(?: the)? {_HERE}"
    rf"|{_IT}{_HERE}(?: (?:is|are|it))? (?:works?|working|rings?|fine|ok|okay|good|yes)(?: (?:fine|great|well|now))*"
)
_NOT = r"(?:does not|do not|did not|is not|are not|not|no|will not|never)"
_BAD = (
    rf"{_IT}(?:and )?{_NOT}(?: (?:work|working|ring|ringing|ok|yet|come in|go out|come through|go through))*"
    rf"(?: {_ON})?(?: the)? {_HERE}"
    rf"|{_IT}{_HERE} (?:{_NOT}(?: (?:work|working|ring|ringing|ok|come in|go out|come through|go through))*"
    r"|fails?|failed|is dead|dead|is silent|is broken|broken)(?: at all)?"
)
_BUT = re.compile(
    rf"(?:it |they )?(?:works? |rings? |is fine |are fine )?(?:on |for |with )?(?:all|everything|every one|everywhere)"
    rf"(?: of them)?(?: works?| rings?)?(?: fine)?(?: (?:but|except(?: for)?|apart from)) (?:not )?{_HERE}"
)
_VERDICTS = ((WORKS, re.compile(_GOOD)), (FAILS, re.compile(_BAD)))
_SHORT = {"doesn't": "does not", "don't": "do not", "didn't": "did not", "isn't": "is not", "aren't": "are not",
          "won't": "will not", "doesnt": "does not", "dont": "do not", "isnt": "is not"}  # fmt: skip


def verdicts_apart(text: str, numbers: tuple[str, ...]) -> dict[str, str]:
    """Return which numbers (E.164) work and which do not, where all of what is said is that; else nothing."""
    plain, named = _named(_plain(text), numbers) if len(text) <= _LONGEST else (None, [])
    if plain is None or not named:
        return {}
    if _BUT.fullmatch(_TOGETHER.sub(_HERE, plain)):
        return {**dict.fromkeys(numbers, WORKS), **dict.fromkeys(named, FAILS)}
    return _of_parts(plain, named)


def _of_parts(plain: str, named: list[str]) -> dict[str, str]:
    """Return the verdicts of a text part by part; nothing where one part is none, or two of them contradict."""
    found: dict[str, str] = {}
    for part in _parts(plain):
        here, said = part.count(_HERE), _TOGETHER.sub(_HERE, part)
        kinds = [verdict for verdict, words in _VERDICTS if words.fullmatch(said)]
        mine, named = named[:here], named[here:]
        if len(kinds) != 1 or not mine or any(found.get(each, kinds[0]) != kinds[0] for each in mine):
            return {}
        found |= dict.fromkeys(mine, kinds[0])
    return found


def _parts(plain: str) -> list[str]:
    """Return what is said of numbers apart; a comma within those that are named together parts nothing."""
    joined = _TOGETHER.sub(lambda found: " ".join([_HERE] * found[0].count(_HERE)), plain)
    joined = re.sub(r" and (?=(?:it )?(?:not|no|does not|do not|is not)\b)", " but ", joined)
    return [part.removeprefix("and ").strip() for part in _CUT.split(joined) if part.strip()]


def _plain(text: str) -> str:
    said = straight(ascii_digits(clean(text))).lower().replace(":", " ")
    for short, long in _SHORT.items():
        said = said.replace(short, long)
    return said


def _named(text: str, numbers: tuple[str, ...]) -> tuple[str | None, list[str]]:
    """Return a text with a mark in each number's place, and these in order; no text where one is none of `numbers`."""
    found: list[str] = []

    def ten(match: re.Match[str]) -> str:
        found.append(f"+1{''.join(match.groups())}")
        return f"#{len(found) - 1}#"

    def four(match: re.Match[str]) -> str:
        same = [each for each in numbers if each.endswith(match[1])]
        found.append(same[0] if len(same) == 1 else "")
        return f"#{len(found) - 1}#"

    marked = _FOUR.sub(four, TEN.sub(ten, text))
    order = [found[int(place)] for place in re.findall(r"#(\d+)#", marked)]
    if any(each not in numbers for each in order):
        return None, []
    return " ".join(re.sub(r"#\d+#", _HERE, marked).split()), order
