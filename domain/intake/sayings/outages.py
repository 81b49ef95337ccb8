"""Words of trouble with a line that should work: "no dial tone", "my phone is dead", "nobody can call me"."""

import re

from domain.intake.sayings.plain import plain

_LINE = r"(?:phones?|lines?|numbers?|landlines?|mobiles?|cells?|service|signal|sim|calls?|everything)"
_IS = r"(?:is|are|was|were|went|goes|seems|has gone|have gone|has been|have been)"
_LATELY = r"(?:(?:now|all|just|still|completely|totally|suddenly|already|always|been|being|be|even|gone|keep|keeps) )*"
_NOT = r"(?:not|never|stopped|stops|nothing|no longer|hardly|quit)"
_WORK = r"(?:work|works|working|worked|ring|rings|ringing|rang)"
_CALL = r"(?:calls?|call|dial|ring|texts?|reach|reached|through)"
_OUTAGE = re.compile(
    r"\b(?:"
    rf"no (?:\w+ )?(?:dial ?tone|ring ?tone|tone|signal|service|connection|reception)"
    rf"|(?:not|without|lost)(?: \w+){{0,3}} (?:dial ?tone|signal|service|reception)"
    rf"|{_LINE} {_IS} {_LATELY}(?:dead|down|out|off|cut|disconnected|gone)|it {_IS} {_LATELY}(?:dead|disconnected)"
    rf"|dead (?:phone|line|number|dial ?tone|air)|{_LINE} (?:has )?(?:died|dead)"
    rf"|{_NOT} {_LATELY}{_WORK}|calls? (?:do|does|did|will) not|nothing (?:goes|comes|gets) (?:through|in|out)"
    rf"|(?:can not|could not|unable to|not able to|nobody can|no ?one can|nobody could)(?: \w+){{0,3}} {_CALL}"
    rf"|{_LINE} (?:{_IS} )?{_LATELY}(?:drop|drops|dropped|dropping|fail|fails|failing|failed|cut off|cut out)"
    r"|dropp(?:ed|ing) (?:my |our |all |the )?calls?|outage|sos only|emergency calls only"
    r"|(?:i am|we are|was|were|got|been) (?:now |just )?(?:cut off|disconnected)"
    r")\b"
)


def tells_of_outage(text: str) -> bool:
    """Tell whether a text speaks of a line that does not do what it should; a question about it does, too."""
    return _OUTAGE.search(plain(text)) is not None
