"""Whose account a message says it is: a person's name or a company's, only where it is given as that."""

import re

from domain.carriers import mentions
from domain.errors import Unreadable
from domain.intake.opening import blocks
from domain.intake.opening.saying import Saying
from domain.intake.opening.vocabulary import NEGATED, OTHERS, PAST
from domain.readers.companies import may_name_company, read_company
from domain.readers.names import PersonName, read_name
from domain.text import words_of

_HOLDER = re.compile(
    r"\b(?:(?:account|line) holder(?:'s name)?(?: is|:)|account(?: is)?(?: under| in)? my name,"
    r"|under my name,|in my name,"
    r"|name on (?:the|my) (?:account|bill)(?: is|:)"
    r"|(?:account|bill|billing) name(?: is|:)|(?:account|line) holder(?=\s+(?-i:[A-Z])))\s*"
    r"|\b(?:account|bill|number|line|service|it)(?:'s| is)? (?:all )?(?:(?:in|under) the name(?: of)?|under)"
    r"\s+(?=(?-i:[A-Z]))|\b(?:account|billing|bill) name\s+(?=(?-i:[A-Z]))",
    re.I,
)
_NAMED = re.compile(
    r"\b(?:my (?:full )?name is|my name's|me llamo|mi nombre es|меня зовут|je m'appelle)\s*:?\s+"
    r"|(?:^|[\n;,.]\s*)(?:full |my |customer |contact |account )?name\s*[:=]\s*|(?:^|[\n.,!]\s*)name(?:'s| is)\s+"
    r"|(?:^|[\n;,.]\s*)name\s+(?=(?-i:[A-Z][a-z]+ [A-Z]))"
    r"|(?:^|[\n;.]\s*)(?:authorized (?:person|user|signer|contact)|account owner|owner|subscriber|customer"
    r"|nombre)\s*[:=]\s*(?:me,\s*)?"
    r"|(?-i:\bNAME\s+(?=[A-Z]{2,} [A-Z]{2,}))",
    re.I,
)
_PRESENTED = re.compile(
    r"^(?:(?:hi|hello|hey|hola|good (?:morning|afternoon|evening))(?: there| team| all)?[\s,.!-]+)?(?:i'?m"
    r"|i am|this is|soy)\s+",
    re.I,
)
_IN_THE_MIDDLE = re.compile(r"[.!?,\n]\s*(?:(?:hi|hello|hey)[\s,.!-]+)?(?:i'?m|i am|this is)\s+(?=[A-Z])", re.I)
_CAPITALS = r"[A-Z][a-z]+(?: [A-Z]\.)?(?: [A-Z][A-Za-z'-]+){1,2}"
_SAYS_HERE = re.compile(
    rf"^(?:(?i:hi|hello|hey|hola|good (?:morning|afternoon|evening|day))(?: (?i:there|team"
    rf"|all))?[\s,.!–—-]+)?({_CAPITALS}) here\b"  # noqa: RUF001 - a dash as typed
)
_SIGNS = re.compile(
    rf"(?:\n|\s[-–—~]\s?)({_CAPITALS})\W*$"  # noqa: RUF001 - a dash as typed
    rf"|[.!?\n]\s+({_CAPITALS}),?\s+<?[\w.+-]{{1,64}}@[\w.-]{{3,80}}>?\W*$"
)
_NARRATES = re.compile(
    rf"\b(?:my|our)\s+{OTHERS.pattern}\s+(?:tells?|told|said|says|set|recommended|suggested|uses?|used|helped"
    rf"|moved|switched"
    rf"|found|showed|typed|is helping|is typing)\b|\b(?:try|call|reach|text|contact)\s+(?:my|our)\s+{OTHERS.pattern}"
    rf"|\b(?:a )?friend of mine\b",
    re.I,
)
_RENAMED = re.compile(
    r"\b(?:maiden|married|divorced|formerly|used to be|legal(?:ly)? name|goes by|go by|nickname|aka|a\.k\.a"
    r"|changed my name"
    r"|name change|wrong name|misspel\w*|power of attorney|typo|correction|i meant?|bill says|bill has"
    r"|account says|but the (?:bill"
    r"|account)|our customer|call me|executor)\b",
    re.I,
)
_WORD = re.compile(r"[^\W\d_][^\s\d,;:!?()\"/\n]*")
_STOPS = words_of(
    "and i im i'm i'd i'll ive from with at here my mine the want wanna would need looking trying calling "
    "writing but who "
    "of in on is can could please pls plz thanks thank y quiero necesito soy or a an we our it for to as so also phone "
    "number email account carrier using texting reaching interested hoping currently mi por gracias"
)
_NO_NAMES = words_of(
    "not spelled spelt misspelled wrong different changed still already same just hard attached listed "
    "missing below above "
    "new customer moving looking very really sure sorry happy your port porting business owner manager calling "
    "interested ready done sick tired fed super great good bad urgent important regarding about texting long time dear "
    "current hey hi there no yes what how when why this that unlisted unknown private kind pretty verified"
)
_LEAST = 2
_MOST = 4
_JOINS = words_of("de la del della di da dos du van von der den le el bin ibn al")

_FORMS = r"(?:LLC|L\.L\.C\.?|Inc\.?|Incorporated|Corp\.?|Corporation|Ltd\.?|LLP|LP|PLLC|P\.?C\.?|P\.A\.|Co\.|Company)"
_IS_COMPANY = re.compile(
    r"(?:(?<=[,;.]\s)|(?<=\n))(?:company|business)(?: name)?\s+(?=(?-i:[A-Z]))"
    r"|\b(?:we are|we're|this is|(?:company|business)(?: name)?(?: on (?:the |our )?account)?(?: is|:)|(?:account|bill"
    r"|accounts)(?: is| are)?"
    r"(?: all)?(?: under| in)(?: the)?(?: company| business)?(?: names?)?(?: of)?:?|(?:name on the (?:account"
    r"|bill))(?: is|:)"
    r"|in the name of|registered to|(?:somos)|account (?:belongs to|is|for)|on behalf of"
    r"|for(?=\s+(?:the\s+)?[A-Z][^.!?\n,]{2,45}[ ,]+(?-i:LLC|Inc|Corp|Ltd)\b)|(?:port|move|transfer) for"
    r"|(?:shop|store|company|business|restaurant|salon|practice|firm|clinic|church)(?: is called|'s called"
    r"|'s name is| name is)"
    r"|(?:manager|owner|admin\w*|secretary|bookkeeper|receptionist|director) (?:at|of|for))\s+(?:the\s+)?",
    re.I,
)
_CAPITAL = r"(?:[A-Z0-9][\w'&.-]*|&)"
_COMPANY = re.compile(rf"{_CAPITAL}(?:(?:,? | (?:and|of|the|de|la|del|y) )(?:{_CAPITAL})){{0,6}}")
_FORM_END = re.compile(rf"^(.{{2,60}}?[\s,]{_FORMS})(?=[\s,;:!?)]|\.?$|\.\s)")
_WITH_FORM = re.compile(rf"(?<![\w&'])[\w&']+,? {_FORMS}(?![\w])")
_HAS_FORM = re.compile(rf"[\s,]{_FORMS}$")
_AGENT = re.compile(
    r"\b(?:clients?|vendor|msp|represent\w*|formerly|used to be|acquired|bought|merged|d/?b/?a|doing business as"
    r"|changed (?:our|the) name|subsidiary|parent company|sold)\b",
    re.I,
)
_LABELLED = re.compile(
    r"(?:(?:company|business)(?: name)?(?: on (?:the |our )?account)?(?: is|:)|(?: is|'s) called|'s name is"
    r"| name is)\s+$",
    re.I,
)
_OWN_LINE = re.compile(
    r"\bmy (?:(?:own |personal )+(?:cell|mobile|phone|number|line)"
    r"|(?<!ring on my )(?<!ring at my )(?:cell|mobile|home|house)\b)",
    re.I,
)
_APPOSED = re.compile(
    r"\b(?:(?:my|our)(?: (?:own|small|little|local|family))* (?:company|business|firm|shop|store|practice|restaurant"
    r"|office|salon|clinic|agency|bakery)"
    r"|(?:we(?:'re| are)|i (?:run|own|manage)|we (?:run|own)) an?"
    r"(?: (?!(?:of|with|for|from|by|at|in|to|and|or|on)\b)[a-z-]+){1,4})"
    r"(?:, | \()(?=[A-Z])",
    re.I,
)
_NOT_OURS = re.compile(
    r"\b(?:customers?|tenants?|resellers?|suppliers?|contractors?|competitors?|neighbou?rs?)\b", re.I
)
_ANOTHERS = re.compile(r"\b(?:his|her|their|your|\w+'s|works? (?:for|at)|worked)\b(?!\s+(?:called|name))", re.I)
_SENTENCES = re.compile(r"[.!?;](?=\s|$)|\n")
_LIST_ENDS = re.compile(r"[,;\n!?(]|\.(?:\s|$)")


def name(saying: Saying) -> PersonName | None:
    """Give the one person's name that is stated; a relative in the message leaves open whose account it is."""
    said = saying.said
    if _RENAMED.search(said):
        return None
    holders = [_person(said[found.end() :]) for found in _HOLDER.finditer(said)]
    writers = [_person(said[found.end() :]) for found in _NAMED.finditer(said)]
    presented = _PRESENTED.match(said)
    if presented and not writers and not _tells_on(said[presented.end() :]):
        writers = [_person(said[presented.end() :], capitals=True)]
    writers = writers or _in_passing(saying) or ([] if holders else _over_an_address(saying))
    if OTHERS.search(_NARRATES.sub("", said)):
        writers = [] if not writers or holders else [None]
    given = {each.full.casefold(): each for each in (*holders, *writers) if each}
    return next(iter(given.values())) if len(given) == 1 and None not in (*holders, *writers) else None


def _tells_on(behind: str) -> bool:
    """Tell whether "I am" goes on with what the writer does, as "writing", and so names nobody."""
    first = _WORD.match(behind)
    return first is not None and first[0] in _STOPS


def _in_passing(saying: Saying) -> list[PersonName | None]:
    """Give the names by which the writer presents himself later than in the first words, or signs."""
    said = saying.said
    middle = [_person(said[found.end() :], capitals=True) for found in _IN_THE_MIDDLE.finditer(said)]
    signed = [found for found in (_SAYS_HERE.search(said), _SIGNS.search(said)) if found]
    written = [next(each for each in found.groups() if each) for found in signed] + [saying.signed]
    names = [*middle, *(_person(each, capitals=True) for each in written)]
    return [each for each in names if each]


def _over_an_address(saying: Saying) -> list[PersonName | None]:
    """Give the names that stand over an address, as on a letter."""
    return [each for each in (_person(who, capitals=True) for who in blocks.named(saying)) if each]


def _person(behind: str, *, capitals: bool = False) -> PersonName | None:
    """Read a name at the start of a text, up to the first mark, figure or word that no name has."""
    words = _words(re.split(r"[,;:!?()\"/\n\d]|(?<!\b[A-Z])\.(?=\s|$)", behind[:80], maxsplit=1)[0])
    if not _LEAST <= len(words) <= _MOST or any(word.casefold().strip(".") in _NO_NAMES for word in words):
        return None
    written = " ".join(words)
    is_capital = all(word[0].isupper() or word.casefold() in _JOINS for word in words) and not written.isupper()
    if (capitals and not is_capital) or mentions(written) or may_name_company(written):
        return None
    found = read_name(written)
    return None if isinstance(found, Unreadable) or len(found.last) < _LEAST else found


def _words(part: str) -> list[str]:
    words: list[str] = []
    for word in part.split():
        lower = word.casefold().strip(".,")
        is_end = lower in _STOPS and not (len(lower) == 1 and word[0].isupper() and words and lower != "i")
        if is_end or not _WORD.fullmatch(word) or _falls(word, words):
            break
        words.append(word)
    return words


def _falls(word: str, words: list[str]) -> bool:
    """Tell whether a small letter ends a name that was written in capitals so far."""
    return bool(words) and words[0][0].isupper() and word[0].islower() and word.casefold() not in _JOINS


def company(saying: Saying) -> str | None:
    """Give the one company whose account it is."""
    said = saying.said
    if _AGENT.search(said) or _OWN_LINE.search(said):
        return None
    found = {
        each.casefold().strip("."): each
        for each in (
            _named_company(saying.masked, m.end()) for m in _IS_COMPANY.finditer(said) if not _is_aside(said, m)
        )
        if each
    }
    forms = {each.strip() for each in _WITH_FORM.findall(said)}
    if forms:
        found |= {each.casefold().strip("."): each for each in _standing_alone(said)}
        found |= {each.casefold().strip("."): each for each in _apposed(saying)}
        found |= {each.casefold().strip("."): each for each in blocks.named(saying) if _HAS_FORM.search(each)}
    return next(iter(found.values())) if len(found) == 1 and len(forms) <= 1 else None


def _standing_alone(said: str) -> list[str]:
    """Return companies with their legal form that are a whole sentence, or line: "it's for the shop. Vale Inc. …"."""
    parts = (part.strip(" .,!") for part in _SENTENCES.split(said))
    return [
        each for part in parts if _HAS_FORM.search(part) and _COMPANY.fullmatch(part) and (each := read_company(part))
    ]


def _apposed(saying: Saying) -> list[str]:
    """Give companies named right behind what they are: "we're a law firm, Vale LLP"; only with their legal form."""
    labels = [m for m in _APPOSED.finditer(saying.said) if not (_NOT_OURS.search(m[0]) or OTHERS.search(m[0]))]
    names = [_named_company(saying.masked, label.end()) for label in labels]
    return [each for each in names if each and _HAS_FORM.search(each)]


def _is_aside(said: str, label: re.Match[str]) -> bool:
    """Tell whether a company is spoken of as somebody else's, a former one, or none of the writer's."""
    clause = re.split(r"[.!?;,](?=\s)|\n", said[max(0, label.start() - 40) : label.end()])[-1]
    return bool(PAST.search(clause) or NEGATED.search(clause) or _ANOTHERS.search(clause))


def _named_company(said: str, start: int) -> str | None:
    run = _COMPANY.match(said, start)
    if run is None:
        return None
    written = run[0]
    formed = _FORM_END.match(written)
    if formed:
        written = formed[1]
    else:
        written = _LIST_ENDS.split(written, maxsplit=1)[0].rstrip(".")
        is_labelled = _LABELLED.search(said[max(0, start - 60) : start])
        if not is_labelled and (len(written.split()) < _LEAST or not may_name_company(written.split()[-1])):
            return None
    if mentions(written) or len(written.split()) < _LEAST:
        return None
    return read_company(written.rstrip(","))
