"""What must not stand in a log, in Slack or in a digest: long digits, PINs, tokens."""

import re

from domain.text import ascii_digits

_GAP = r"[\s.()_\-\u00ad\u2010-\u2015\u2212\u200b-\u200f\u2060\ufeff]{0,3}"
_RUN = re.compile(rf"\d(?:{_GAP}\d){{3,}}")
_PHONE = re.compile(r"1?[2-9]\d{2}[2-9]\d{6}")
_CALLED_SECRET = re.compile(r"\b(?:pin|passcode|password|code|ssn|account|acct|acc)\b[^\d\n]{0,20}$", re.I)
_NAMED_SECRET = re.compile(
    r"\b((?:pin|pass ?code|pass ?word)\b(?:\s+(?:is|was|code|number|no))*\s*[:=#]?\s*)"
    r"((?=[A-Za-z]*\d)[A-Za-z0-9]{4,12})\b",
    re.I,
)
_TOKEN = re.compile(
    r"\bxox[a-z]-[\w-]+|\bxapp-[\w-]+|\bxwfp-[\w-]+|(?:\bbot)?\b\d{5,}:[\w-]{20,}"
    r"|(?<=/)bot\d+:[\w-]+|(?<=hooks\.slack\.com/)\S+"
    r"|(?i:(?<=bearer )[\w.~+/-]{8,}=*)"
)
_MASK = "•"
_COVER = "•••"


def mask(text: str) -> str:
    """Mask tokens, named PINs and long digits; masking twice changes nothing more."""
    named = _NAMED_SECRET.sub(lambda found: found[1] + _MASK * len(found[2]), _TOKEN.sub(_COVER, text))
    return mask_digits(named)


def mask_digits(text: str) -> str:
    """Mask every run of four or more digits, spaced and dashed ones too, but a phone number's last four."""
    return _RUN.sub(_masked_run, text)


def looks_secret(text: str) -> bool:
    """Say whether a text holds something to delete after reading; a phone number alone does not."""
    if _TOKEN.search(text) or _NAMED_SECRET.search(text):
        return True
    return any(not _is_phone(run) for run in _RUN.finditer(text))


def _is_phone(run: re.Match[str]) -> bool:
    digits = ascii_digits("".join(c for c in run[0] if c.isdecimal()))
    return bool(_PHONE.fullmatch(digits)) and not _CALLED_SECRET.search(
        run.string, max(0, run.start() - 40), run.start()
    )


def _masked_run(run: re.Match[str]) -> str:
    text = run[0]
    if _is_tail_of_masked(run):
        return text
    hidden = len(text) - 4 if _is_phone(run) and text[-4:].isdecimal() else len(text)
    return re.sub(r"\d", _MASK, text[:hidden]) + text[hidden:]


def _is_tail_of_masked(run: re.Match[str]) -> bool:
    """Recognise a phone number's last four after its own mask, so that a log filter may pass a text twice."""
    before = run.string[max(0, run.start() - 2) : run.start()]
    return len(run[0]) == 4 and before.rstrip(" -.").endswith(_MASK)
