"""From what somebody writes to the ideas in it: one token for one idea, whatever the words for it were."""

import re

from domain.intake.sayings.plain import plain, without_fillers
from domain.text import words_of

# Words that are one idea only together, in plain text; the longer stand before the shorter.
_TOGETHER: dict[str, str] = {
    "whatisporting": r"what (?:is|does|do you mean by) (?:(?:number|phone|a|this|to|by) )*port(?:ing|ability|s)?"
    r"(?: a number)?(?: mean)?(?! (?:date|in|pin|out|request|protection))|(?:what|how|mean|meaning of) porting(?: is)?"
    r"|porting (?:is )?what|what porting (?:is|means)|what port means",
    "day": r"(?:specific|certain|particular|given|exact|chosen) (?:date|day)|time of (?:the )?day|that day"
    r"|(?:choose|pick|set) (?:a|the|my|which)|\d{1,2}(?:st|nd|rd|th)"
    r"|(?:jan|feb|march|april|may|june|july|aug|sep|sept|oct|nov|dec)\w* \d{1,2}",
    "howlong": r"days? or weeks?|days weeks|how (?:much )?(?:long|longer|fast|quick|quickly|soon)"
    r"|how many (?:business |more )?(?:days|weeks|months)"
    r"|how much (?:more )?time|(?:average |usual |normal )?(?:duration|time ?frame|time ?line)|eta|take (?:so )?long",
    "price": r"how much",
    "howmany": r"how many",
    "tollfree": r"toll ?frees?|1? ?8(?:00|33|44|55|66|77|88)s?",
    "gvoice": r"google ?voice|google numbers?",
    "pobox": r"p ?o ?box(?:es)?|post office box(?:es)?|mail ?box(?:es)?",
    "letter": r"letters? of (?:authori[sz]ation|agency)|loas?|authori[sz]ation (?:letter|form)",
    "csr": r"customer service records?|csrs?|service records?|(?:on|have|has) (?:on )?(?:file|record)",
    "btn": r"(?:billing|main|master|lead|pilot) (?:telephone |phone |account )?numbers?|btns?",
    "resporg": r"resp ?orgs?|responsible organi[sz]ations?",
    "accountnumber": r"(?:account|customer) (?:numbers?|no|ids?)",
    "pin": r"(?:transfer|port|porting|port ?out|number transfer|account|security) (?:pins?|codes?|passcodes?)"
    r"|pin (?:codes?|numbers?)|pins|pass ?codes?",
    "ssn": r"social security(?: numbers?)?",
    "start": r"get (?:this|it|things) (?:rolling|going|started)",
    "lsr": r"local service requests?",
    "foc": r"firm order commitments?",
    "cancel": r"call (?:it |this )?off|back out|second thoughts|pull (?:the plug|out)"
    r"|(?:changed?|changing) (?:my|our) minds?",
    "reject": r"turned (?:it |us |me )?down|sa(?:ys?|id) no|came back|sen[dt] back|go(?:es)? wrong"
    r"|not accept\w*|not approved?",
    "inactive": r"already cancel\w+|(?:cut|shut|switched|turned) off|(?:not|no longer|out of) (?:in )?service"
    r"|no longer works?|g[ai]ve up",
    "alternative": r"another way|plan b",
    "status": r"hear from you|heard from you",
    "together": r"(?:all |both )?at once|same (?:time|day)",
    "double": r"two companies|both companies",
    "keep": r"hold on to|hang on to",
    "lock": r"(?:port|number) (?:out )?protection|(?:number|account|sim|port) (?:lock|freeze)",
    "inuse": r"(?:receiving|tracking) numbers?|fail ?safes?",
    "target": r"(?:forwarding|destination|target) numbers?|calls? (?:will |would |should |to )?(?:go|ring|land|end up)"
    r"|(?:go|ring|land|end up|answered?) (?:on|at|to) my",
    "debt": r"past due|unpaid|owed?|owing|debts?|outstanding|overdue|arrears|behind on|behind with"
    r"|unsatisf\w+ business relationships?",
    "contract": r"early terminations?(?: fees?)?|etf|termination fees?|port(?:ing)? ?(?:out|away) (?:fees?|charges?)"
    r"|cancell?ation fees?|installments?|penalty|hit me with",
    "sms": r"text messag\w+|verification codes|bank codes|security codes|imessages?|whats ?app",
    "list": r"spread ?sheets?|in one go|in bulk",
    "leaving": r"port(?:ing|ed)? (?:it |my number |them )?(?:out|back|away)(?: again| later| of)?"
    r"|(?:leave|leaving|quit|quitting|drop) (?:you|your service)"
    r"|(?:move|go|switch|come|take it|get it) (?:it )?back|elsewhere|somewhere else"
    r"|from you to|take my number with me|return to",
    "downtime": r"without (?:a )?(?:phone|service)|gap in service|lose (?:service|calls)|be without"
    r"|miss(?:ing)? (?:\w+ )?calls?",
    "during": r"in the meantime|in progress|in between|mean ?time|mean ?while",
    "new": r"(?:buy|get|purchase|order|take|(?:give|sell) (?:me|us)) (?:an? |some |the )?"
    r"(?:brand )?(?:new|fresh|different)",
    "carrier": r"(?:phone|telephone|cell|mobile|wireless|cable) (?:compan(?:y|ies)|providers?|carriers?)|t mobile|at t",
    "abroad": r"other countr(?:y|ies)|another country|outside (?:of )?(?:the )?(?:us|usa|states|america)",
    "someone": r"some(?:one|body)(?: else)?|another person|different person",
    "trial": r"good standing|free trial|(?:credit|debit|payment) cards?",
    "test": r"test calls?",
    "after": r"(?:is|was|has been|gets|been) (?:finished|complete|completed|done|moved|ported|transferred)",
}  # fmt: skip
_JOINED = tuple((re.compile(rf"\b(?:{pattern})\b"), f" {token} ") for token, pattern in _TOGETHER.items())

# One word for one idea: the idea, and the beginnings of other words for it.
_SAME: dict[str, str] = {
    "move": "port transfer move moving moved switch migrat bring brought transition lnp portab",
    "number": "number phone telephone line dids tn cell cellphone mobile",
    "carrier": "carrier provider company companies verizon att tmobile sprint xfinity comcast spectrum cricket metro"
    " mint boost visible telco vendor operator frontier centurylink cox optimum",
    "voip": "voip cloud hosted skype vonage ringcentral internet online ooma grasshopper app sip dialpad openphone",
    "canada": "canad toronto vancouver montreal ontario quebec rogers bell telus calgary ottawa",
    "abroad": "international london paris berlin foreign overseas abroad countr uk britain british mexic german"
    " australia europ france india japan spain",
    "bill": "bill invoice statement",
    "billed": "billed billing",
    "screen": "screenshot screen snapshot",
    "document": "document paper item information info detail material prepare requirement ready checklist",
    "need": "need necessar require provide supply must",
    "send": "send submit upload",
    "sign": "sign signed signature signer esign docusign",
    "owner": "owner holder authori husband wife boss partner assistant colleague spouse mother father mom dad parent"
    " secretary bookkeeper daughter son someone",
    "name": "name spell misspel initial comma abbreviat",
    "match": "match mismatch exact identical",
    "address": "address street",
    "price": "price cost fee expensive pricing rate charge free",
    "pay": "pay paid payment",
    "date": "date scheduled",
    "day": "weekend saturday sunday holiday hour clock guarantee promise friday monday tuesday wednesday thursday"
    " january february april october november december morning afternoon night noon"
    " evening reschedul",
    "late": "late delay postpon slip passed overran",
    "early": "early earlier sooner ahead",
    "fast": "expedit fast quick speed hurr rush urgent express priorit escalat accelerat asap slow",
    "status": "status progress track follow update news heard",
    "phase": "phase stage",
    "tell": "tell notif inform let email announce know",
    "cancel": "cancel halt stop withdraw abort undo revoke terminat quit close",
    "old": "old previous former existing current present losing",
    "keep": "keep maintain",
    "call": "call",
    "sms": "sms text mms",
    "target": "forward redirect divert",
    "downtime": "downtime interrupt outage seamless offline",
    "during": "during while",
    "test": "test verif",
    "after": "after afterward once since finish complet",
    "active": "activ live",
    "setup": "rout configur setup campaign source label greeting welcome setting menu queue ivr assign appear",
    "reject": "reject refus declin denied deny denial bounce",
    "accept": "accept allow support possible eligib",
    "area": "area town city region coverage serve",
    "new": "new buy bought purchas",
    "inactive": "inactiv reviv recover restor disconnect suspend reinstat reactivat deactivat dead",
    "resell": "resel resold underlying rent wholesale",
    "lock": "lock unlock freeze frozen locked",
    "many": "many several multiple fifty hundred dozen twenty thirty",
    "list": "list csv excel xlsx xls bulk batch template spreadsheet format",
    "manager": "manager admin administrator team permission employee staff",
    "recent": "recent latest newest age",
    "photo": "photo picture pdf scan page",
    "meaning": "mean explain definition",
    "difference": "differen disadvantage downside advantage benefit compar feature capabilit functional",
    "where": "where find locate",
    "none": "no not none never without nothing",
    "why": "why reason cause",
    "contract": "contract etf",
    "proof": "proof prove ownership mine evidence",
    "double": "double twice",
    "alternative": "alternativ option",
    "wrong": "wrong incorrect typo mistake error",
    "several": "two three four five second third fourth fifth half rest",
    "together": "together",
    "work": "work process",
}

_IGNORED = words_of(
    "a an the i we you my our your it is are am be been being was were do does did to of for in on at with and or if"
    " that this these there from by me us they them their he she his her as will would can could should may might so"
    " just please thanks thank hi hello hey also but about into up any really actually even still now than then its"
    " one get gets got getting ok okay too use using want have has had like which what say says said out all"
    " some how go goes gone went going come comes coming came doing done"
    " take takes make put okay here already other more where whats hear u ur yes sure"
)
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "est", "er", "ed", "ly", "es", "s", "e", "y")
_SHORTEST_STEM = 3
_SHORTEST_BEGINNING = 5


def ideas_of(text: str) -> list[str]:
    """Return what a text speaks of, in its order; words that say nothing by themselves are left out."""
    said = without_fillers(plain(text))
    for pattern, token in _JOINED:
        said = pattern.sub(token, said)
    return [_idea(word) for word in said.split() if word not in _IGNORED]


def _idea(word: str) -> str:
    """Return the idea of a word; of one that stands for itself its stem."""
    stem = _stem(word)
    found = _BY_WORD.get(word) or _BY_STEM.get(stem)
    return found or next((idea for start, idea in _BEGINNINGS if word.startswith(start)), stem)


def _stem(word: str) -> str:
    """Drop the ending that changes nothing of the idea."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


_BY_WORD = {word: idea for idea, words in _SAME.items() for word in (*words.split(), idea)}
_BY_WORD.update({token: token for token in _TOGETHER})
_BY_STEM = {_stem(word): idea for word, idea in _BY_WORD.items()}
_BEGINNINGS = tuple((word, idea) for word, idea in _BY_WORD.items() if len(word) >= _SHORTEST_BEGINNING)
