"""What must not stand in a log, in Slack or in a digest: long digits, PINs, tokens."""

import re

from domain.text import ascii_digits

_GAP = r"[\s.,/()_\-\u00ad\u2010-\u2015\u2212\u200b-\u200f\u2060\ufeff]{0,3}"
_RUN = re.compile(rf"\d(?:{_GAP}\d){{3,}}")
_PHONE = re.compile(r"1?[2-9]\d{2}[2-9]\d{6}")
_CALLED_SECRET = re.compile(r"\b(?:pin|passcode|password|code|ssn|account|acct|acc)\b[^\d\n]{0,20}$", re.I)
_NAMED_SECRET = re.compile(
    r"\b((?:pin|pass ?code|pass ?word|account|acct)\b\.?(?:\s*\b(?:is|was|code|number|no)\b\.?)*\s*(?:[:=#]+\s*)?)"
    r"((?=[A-Za-z-]*\d)[A-Za-z0-9](?:-?[A-Za-z0-9]){3,39})\b",
    re.I,
)
_LONE_WORD = re.compile(r"(?=[A-Za-z-]*\d)[A-Za-z0-9](?:-?[A-Za-z0-9]){3,39}")
_MIXED_WORD = re.compile(r"(?<![^\W_])(?=[^\W\d_]*\d)(?=\d*[^\W\d_])[^\W_]{4,}")
_FILE_WORD = re.compile(r"(?<![^\W_])(?=[^\W\d_]*\d)[^\W_]{4,}")
_TOKEN = re.compile(
    r"\bxox[a-z]-[\w-]+|\bxapp-[\w-]+|\bxwfp-[\w-]+|(?:\bbot)?\b\d{5,}:[\w-]{20,}"
    r"|(?<=/)bot\d+:[\w-]+|(?<=hooks\.slack\.com/)\S+"
    r"|(?i:(?<=bearer )[\w.~+/-]{8,}=*)"
)
_MASK = "•"
_COVER = "•••"


def mask(text: str) -> str:
    """Mask tokens, named PINs and long digits; masking twice changes nothing more."""
    digits = mask_digits(_TOKEN.sub(_COVER, text))
    return _NAMED_SECRET.sub(lambda found: found[1] + _MASK * len(found[2]), digits)


def mask_words(text: str) -> str:
    """Mask what a person wrote to the desk: long digits, and every longer word of letters and digits.

    Of a message that is one such word nothing is left.
    """
    if _LONE_WORD.fullmatch(text.strip(" .!?")):
        return _MASK * len(text)
    return _MIXED_WORD.sub(lambda found: _MASK * len(found[0]), mask(text))


def is_lone_secret(text: str) -> bool:
    """Say whether a text is nothing but one word that may be a secret; a phone number is none."""
    word = text.strip(" .!?")
    return _LONE_WORD.fullmatch(word) is not None and (not word.isdecimal() or looks_secret(word))


def mask_file_name(name: str) -> str:
    """Mask a file's name: of its words of four and more characters those with a digit go."""
    return _FILE_WORD.sub(lambda found: _MASK * len(found[0]), mask(name))


def names_secret(text: str) -> bool:
    """Say whether a text gives a PIN, passcode or account number by that name."""
    return _NAMED_SECRET.search(text) is not None


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
