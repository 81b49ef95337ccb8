"""What must not stand in a log, in Slack or in a digest: long digits, PINs, tokens."""

import re

from domain.cues import Cues
from domain.text import ascii_digits, words_of

CUES_OF_SECRETS = Cues("pin pass code acc ssn social")
"""Of every way to name a PIN, a code, an account or a social security number."""

_GAP = r"[\s.,/()_\-\u00ad\u2010-\u2015\u2212\u200b-\u200f\u2060\ufeff]{0,3}"
_RUN = re.compile(rf"\d(?:{_GAP}\d){{3,}}")
_PHONE = re.compile(r"1?[2-9]\d{2}[2-9]\d{6}")
_CALLED_SECRET = re.compile(r"\b(?:pin|passcode|password|code|ssn|account|acct|acc)\b[^\d\n]{0,20}$", re.I)
_NAMED_SECRET = re.compile(
    r"\b((?:pin|pass ?code|pass ?word|account|acct)\b\.?(?:\s*\b(?:is|was|code|number|no)\b\.?)*\s*(?:[:=#]+\s*)?)"
    r"((?=[A-Za-z-]*\d)[A-Za-z0-9](?:-?[A-Za-z0-9]){3,39})\b",
    re.I,
)
_DIGIT_WORD = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|double|triple)"
_SPELLED = re.compile(rf"\b{_DIGIT_WORD}(?:[\s,-]{{1,3}}{_DIGIT_WORD}){{3,}}\b", re.I)
_SPELLED_SECRET = re.compile(
    r"\b(?:pin|pass ?code|pass ?word|code|account|acct|ssn)\b[^\w\n]{0,4}(?:(?:is|was|number|no)\b[^\w\n]{0,4}){0,2}"
    rf"({_DIGIT_WORD}(?:[\s,-]{{1,3}}{_DIGIT_WORD}){{2,}})\b",
    re.I,
)
_SSN = re.compile(r"(?<!\d)\d{3}([ -])\d{2}\1\d{4}(?!\d)")
_GAPPED = r"[\w-]*\d(?:[ .-]?\d){2,}"
_GIVES_SECRET = re.compile(
    r"\b(?<!zip )(?<!zip-)(?<!area )(?<!postal )(?<!country )(?<!promo )"
    r"(?:pin|passcode|password|code|ssn|social security(?: number)?|account\s*(?:number|no\.?|#))\b"
    rf"(?:\s+(?:number|is|was|says|i|got|they|you|google|sent|gave|texted|me|now)\b|[^\w]){{0,6}}{_GAPPED}"
    rf"|(?<![\w$]){_GAPPED}\s+(?:is|was)\s+(?:the|my|our|a)\s+(?:\w+ )?(?:pin|passcode|password|code|ssn)\b",
    re.I,
)
_AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})*\.\d{2}|\d{4,6}\.\d{2}")
_OF_MONEY = re.compile(
    r"(?:[$\u20ac\u00a3]|\b(?:bill|invoice|amount|balance|total|price|fee|paid|pay|paying|owe|owed|cost|costs|charged?)\b"
    r"[^\d\n]{0,20})$",
    re.I,
)
_NO_SUM = re.compile(r"\b(?:pin|passcode|password|code|ssn|(?:account|acct) (?:number|no|#))\b[^\d\n]{0,20}$", re.I)
_ZIP = re.compile(r"\d{5}(?:-\d{4})?")
_STATES_BY_DIGIT = (  # of their ZIP Codes, the first, as in the package `zipcodes` (2026-11-22)
    "CT MA ME NH NJ PR RI VT VI", "DE NY PA", "DC MD NC SC VA WV", "AL FL GA MS TN", "IN KY MI OH",
    "IA MN MT ND SD WI", "IL KS MO NE", "AR LA OK TX", "AZ CO ID NM NV UT WY", "AK CA GU HI OR WA",
)  # fmt: skip
_BEHIND_STATE = re.compile(r"([^\W\d_]{3,}\.?,? ?|, ?)\b([A-Z]{2})[ ,.]{1,2}$")
_WORDS_TOO = words_of("HI IN ME OK OR")  # states whose letters are words, and stand before a PIN as well
_LONE_WORD = re.compile(r"(?=[A-Za-z-]*\d)[A-Za-z0-9](?:-?[A-Za-z0-9]){3,39}")
_MIXED_WORD = re.compile(r"(?<![^\W_])(?=[^\W\d_]*\d)(?=\d*[^\W\d_])[^\W_]{4,}")
_FILE_WORD = re.compile(r"(?<![^\W_])(?=[^\W\d_]*\d)[^\W_]{4,}")
_TOKEN = re.compile(
    r"\bxox[a-z]-[\w-]+|\bxapp-[\w-]+|\bxwfp-[\w-]+|(?:\bbot)?\b\d{5,}:[\w-]{20,}"
    r"|(?<=/)bot\d+:[\w-]+|(?<=hooks\.slack\.com/)\S+"
    r"|(?i:(?<=bearer )[\w.~+/-]{8,}=*)"
)
_ZIP_CODE = re.compile(r"\b(?:zip|postal)[ -]?code\b", re.I)
_MASK = "•"
_COVER = "•••"


def mask(text: str) -> str:
    """Mask tokens, named PINs and long digits; masking twice changes nothing more."""
    spelled = _SPELLED_SECRET.sub(_without_words, _SPELLED.sub(lambda found: _MASK * len(found[0]), text))
    digits = mask_digits(_TOKEN.sub(_COVER, spelled))
    return _NAMED_SECRET.sub(lambda found: found[1] + _MASK * len(found[2]), digits)


def mask_words(text: str) -> str:
    """Mask what a person wrote to the desk: long digits, and every longer word of letters and digits.

    Of a message that is one such word nothing is left.
    """
    if _LONE_WORD.fullmatch(text.strip(" .!?")):
        return _MASK * len(text)
    return _MIXED_WORD.sub(lambda found: _MASK * len(found[0]), mask(text))


def mask_given(text: str) -> str:
    """Mask words that give a secret by its name, or a token; any others stay as they are, long digits too."""
    return mask_words(text) if gives_secret(text) or _TOKEN.search(text) else text


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


def gives_secret(text: str) -> bool:
    """Say whether a text gives a PIN, a code, an account or a social security number, in figures or spelled out."""
    if _SSN.search(text):
        return True
    if not CUES_OF_SECRETS.may_stand_in(text):
        return False
    is_named = _SPELLED_SECRET.search(text) or names_secret(text)
    return bool(is_named) or _GIVES_SECRET.search(ascii_digits(text)) is not None


def _without_words(found: re.Match[str]) -> str:
    return found[0][: found.start(1) - found.start()] + _MASK * len(found[1])


def mask_digits(text: str) -> str:
    """Mask every run of four or more digits, spaced and dashed ones too, but a phone number's last four."""
    return _RUN.sub(_masked_run, text)


def looks_secret(text: str) -> bool:
    """Say whether a text holds something to delete after reading; a phone number alone does not."""
    if _TOKEN.search(text) or _NAMED_SECRET.search(text):
        return True
    return any(not (_is_phone(run) or _is_amount(run)) for run in _RUN.finditer(text))


def _is_phone(run: re.Match[str]) -> bool:
    digits = ascii_digits("".join(c for c in run[0] if c.isdecimal()))
    return bool(_PHONE.fullmatch(digits)) and not _CALLED_SECRET.search(
        run.string, max(0, run.start() - 40), run.start()
    )


def _is_amount(run: re.Match[str]) -> bool:
    """Recognise a sum of money, which staff need to read: "the last bill was 123.45"."""
    before = run.string[max(0, run.start() - 40) : run.start()]
    return bool(_AMOUNT.fullmatch(run[0]) and _OF_MONEY.search(before) and not _NO_SUM.search(before))


def _is_zip(run: re.Match[str]) -> bool:
    """Recognise a ZIP Code behind the letters of its own state: "Seattle, WA 98101"."""
    before = run.string[max(0, run.start() - 80) : run.start()]
    found = _BEHIND_STATE.search(before)
    if found is None or not _ZIP.fullmatch(run[0]) or found[2] not in _STATES_BY_DIGIT[int(run[0][0])].split():
        return False
    is_address = found[2] not in _WORDS_TOO or any(map(str.isdecimal, before))
    return is_address and not _CALLED_SECRET.search(_ZIP_CODE.sub("", before))


def _masked_run(run: re.Match[str]) -> str:
    text = run[0]
    if _is_tail_of_masked(run) or _is_amount(run) or _is_zip(run):
        return text
    hidden = len(text) - 4 if _is_phone(run) and text[-4:].isdecimal() else len(text)
    return re.sub(r"\d", _MASK, text[:hidden]) + text[hidden:]


def _is_tail_of_masked(run: re.Match[str]) -> bool:
    """Recognise a phone number's last four after its own mask, so that a log filter may pass a text twice."""
    before = run.string[max(0, run.start() - 2) : run.start()]
    return len(run[0]) == 4 and before.rstrip(" -.").endswith(_MASK)
