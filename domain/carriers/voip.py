"""Phone service over the internet, for people and offices: most of it resells the numbers of another carrier.

Add one here, each fact with its source. A name that is also an everyday word stands in `brands.py`.
"""

from domain.carriers import hints
from domain.carriers.facts import Carrier, CarrierId, Fact, NumberClass, advice, read, read_advice
from domain.carriers.naming import home, office
from domain.readers.pins import ANY_PIN, PinRule

_RINGCENTRAL_PHOUND = "phound-docs.vercel.app/knowledge-base/porting/porting-ringcentral"
_RINGCENTRAL = f"support.openphone.com, porting from RingCentral; {_RINGCENTRAL_PHOUND}"
_VOICE = "the CRM's porting FAQ among the source documents; help.dialpad.com, porting FAQs"
_WORKSPACE = "support.openphone.com, porting from Google Voice (paid)"
_OPENPHONE = "support.openphone.com/core-concepts/administration/porting-out"
_ZOOM = "learn.currentclient.com/guides/porting/zoom"
_8X8 = "support.8x8.com, porting away from 8x8"
_TEAMS = "learn.microsoft.com, Teams port order status"
_GOTO = "support.goto.com/connect/help, prevent unauthorized phone number transfers"
_TEXTNOW = "textnow.com/blog/textnow-101-porting (2022-02-14); supportwireless.textnow.com 115001733223"
_MAGICJACK = "telecompetitor.com, FCC access charge ruling on magicJack (2011)"
_CTM = "calltrackingmetrics.zendesk.com 7258332647821"
_NUMBERBARN = "help.numberbarn.com 360022320534"
_SKYPE = "the CRM's porting FAQ among the source documents; vanakambharatham24x7news.in/archives/30641 (May 2025)"
_WHOLESALE = Fact("Twilio, Bandwidth, Inteliquent", hints.RESELLERS)
_RESOLD = frozenset({"ringcentral", "grasshopper", "aircall", "intercom"})


def _voip(
    key: str,
    name: str,
    *aliases: str,
    account: Fact,
    pin: Fact,
    oddity: Fact | None = None,
    numbered: bool = False,
    reseller: bool = False,
    pin_rule: PinRule = ANY_PIN,
) -> Carrier:
    """Give a provider; the carriers that may stand behind it are those that the list of resellers names for it."""
    return Carrier(
        CarrierId(key),
        name,
        aliases,
        account,
        pin,
        number_as_account_ok=numbered,
        number_class="voip",
        reseller=reseller,
        pin_rule=pin_rule,
        behind=_WHOLESALE if key in _RESOLD else None,
        oddity=oddity,
    )


def _unverified(key: str, name: str, *aliases: str) -> Carrier:
    return _voip(key, name, *aliases, account=hints.account(name), pin=hints.office_pin(name))


def _reseller(key: str, name: str, company: str, *aliases: str) -> Carrier:
    """Give a provider that hires its numbers from somebody else, so that its own login opens nothing."""
    account, pin, oddity = hints.resold_account(company), hints.resold_pin(company), hints.resold_oddity(company)
    return _voip(key, name, *aliases, account=account, pin=pin, oddity=oddity, reseller=True)


_GOOGLE: NumberClass = "google_voice"

VOIP: tuple[Carrier, ...] = (
    Carrier(
        CarrierId("google_voice"),
        "Google Voice (personal)",
        ("google voice personal", "personal google voice", "google voice free", "free google voice", "grandcentral"),
        advice("It may be the Google Voice number itself. Look at what Google shows when you unlock the number."),
        advice("Look at what Google shows when you unlock the number, and ask our desk if you see no PIN there."),
        Fact("Unlock the number at google.com/voice/unlock, then send a screenshot of the unlocked number.", _VOICE),
        number_as_account_ok=True,
        number_class=_GOOGLE,
        oddity=Fact("The screenshot must show the number as unlocked and the e-mail address of the account.", _VOICE),
    ),
    Carrier(
        CarrierId("google_voice_workspace"),
        "Google Voice for Workspace",
        (
            "google workspace voice",
            "google voice workspace",
            "google voice business",
            "google voice for business",
            "google voice for google workspace",
            "google voice paid",
            "g suite voice",
            "gsuite voice",
            "workspace voice",
        ),
        Fact("The Google Voice number of the account itself.", _WORKSPACE),
        Fact("An administrator sees it in the Admin console: Google Voice, Number porting, Port-out info.", _WORKSPACE),
        life=Fact("7 days", _WORKSPACE),
        pin_rule=PinRule(shortest=4, longest=10),
        number_as_account_ok=True,
        number_class=_GOOGLE,
        reseller=True,
        behind=_WHOLESALE,
        oddity=read("Only an administrator of the company can see the PIN.", _WORKSPACE),
    ),
    _unverified(
        "vonage", "Vonage", *home("vonage"), "vonage business", "vonage phone", "vonage voip", "vonage america"
    ),
    _unverified(
        "ooma", "Ooma", *home("ooma"), *office("ooma"), "ooma office", "ooma telo", "ooma business", "ooma voip"
    ),
    Carrier(
        CarrierId("magicjack"),
        "magicJack",
        ("magic jack", "magicjack home", "magicjack for business", "magicjack plus", "magicjack go"),
        hints.account("magicJack"),
        hints.pin("magicJack"),
        number_class="voip",
        behind=read("YMax", _MAGICJACK),
    ),
    _voip(
        "ringcentral",
        "RingCentral",
        "ring central",
        "ringcentral mvp",
        "ringcentral office",
        "ringcentral business",
        "ringex",
        "ringcentral phone",
        account=advice("It is usually the main company number. Look at the invoice, or ask RingCentral.", _RINGCENTRAL),
        pin=advice(
            "Ask RingCentral if they want a PIN: one guide says your voicemail PIN, another that there is none.",
            _RINGCENTRAL,
        ),
        oddity=Fact("It releases numbers against an invoice not older than 45 days.", _RINGCENTRAL_PHOUND),
        numbered=True,
        reseller=True,
    ),
    _voip(
        "8x8",
        "8x8",
        "eight by eight",
        "8x8 work",
        "8x8 inc",
        "8 by 8",
        "8x8 express",
        "8x8 phone",
        account=read("On the bill: in My 8x8 under Billing, Billing Statements.", _8X8),
        pin=read_advice("Ask 8x8 for a Customer Service Record: it shows the PIN if the account has one.", _8X8),
        oddity=read("Moving the numbers does not end the account: it must be cancelled separately.", _8X8),
    ),
    _reseller("grasshopper", "Grasshopper", "Grasshopper", "grasshopper phone", "grasshopper voip", "grass hopper"),
    _unverified("nextiva", "Nextiva", "nextiva voice", "nextiva phone", "nextiva one", "nextiva office"),
    _unverified("dialpad", "Dialpad", "dial pad", "dialpad talk", "dialpad connect"),
    _voip(
        "openphone",
        "Quo (formerly OpenPhone)",
        "openphone",
        "open phone",
        "quo openphone",
        "openphone quo",
        "quo phone",
        "quo formerly openphone",
        account=read("Fill in the port-out form of Quo: within a day they send the account number.", _OPENPHONE),
        pin=read("Quo sends it with the account number, if one is needed.", _OPENPHONE),
        oddity=read("During a trial period Quo releases no number.", _OPENPHONE),
    ),
    _voip(
        "zoom_phone",
        "Zoom Phone",
        "zoomphone",
        "zoom voice",
        "zoom workplace phone",
        "zoom cloud phone",
        "zoom phones",
        account=read_advice(
            "Look in the Zoom web portal: Account Management, Account Profile; it is on the invoice too.", _ZOOM
        ),
        pin=read_advice(
            "Look in the Zoom web portal under Phone System Management, Company Info, Account Settings, Security: "
            "Port-out Verification.",
            _ZOOM,
        ),
        oddity=read_advice(
            "Look if the number is on a sub-account: then its details count, not the main one's.", _ZOOM
        ),
    ),
    _voip(
        "ms_teams",
        "Microsoft Teams Phone",
        "microsoft teams",
        "ms teams",
        "teams phone",
        "msteams",
        "teams calling",
        "microsoft phone system",
        "teams calling plan",
        account=hints.account("your Teams administrator"),
        pin=Fact("Your Teams administrator sets a porting PIN of ten digits in the Teams admin center.", _TEAMS),
        pin_rule=PinRule(usual=10),
    ),
    _reseller("aircall", "Aircall", "Aircall", "air call", "aircall.io"),
    _reseller("intercom", "Intercom (phone)", "Intercom", "intercom voice", "intercom phone number"),
    _unverified("justcall", "JustCall", "just call", "justcall.io"),
    _unverified("phone_com", "Phone.com", "phone dot com"),
    _voip(
        "goto_connect",
        "GoTo Connect",
        "goto phone",
        "jive",
        "jive communications",
        "gotoconnect",
        "logmein goto",
        "go to connect",
        account=hints.account("GoTo"),
        pin=read(
            "A super admin sets 4 to 8 digits under Permissions, General, Account Security, Phone Number Transfer PIN.",
            _GOTO,
        ),
        pin_rule=PinRule(longest=8),
    ),
    _unverified("telzio", "Telzio"),
    _unverified("freedomvoice", "FreedomVoice", "freedom voice systems"),
    _unverified("intermedia", "Intermedia Unite", "intermedia", "intermedia elevate"),
    _unverified("net2phone", "net2phone", "net to phone", "net 2 phone"),
    _unverified("mitel", "Mitel / ShoreTel", "mitel", "shoretel", "micloud"),
    _unverified("talkatone", "Talkatone"),
    _unverified("line2", "Line2 app", "line 2 app", "line2 business"),
    _unverified("sideline", "Sideline app", "sideline by pinger", "pinger"),
    _unverified("hushed", "Hushed app"),
    _unverified("burner", "Burner app"),
    _voip(
        "textnow",
        "TextNow",
        "text now",
        "textnow wireless",
        "text now wireless",
        account=read_advice(
            "Ask TextNow's customer care, or look on your account page under Number Porting.", _TEXTNOW
        ),
        pin=read_advice("Ask TextNow's customer care together with the account number; some have none.", _TEXTNOW),
    ),
    _voip(
        "skype",
        "Skype Number",
        "skype",
        "skypein",
        "skype in",
        "skype phone",
        account=advice("Look at the Skype number itself: there may be no other account number. Ask Microsoft.", _SKYPE),
        pin=advice("Ask Microsoft if your Skype number has a PIN for moving it out.", _SKYPE),
        oddity=advice("Skype ended in May 2025: ask somebody to call the number, to see if it still works.", _SKYPE),
        numbered=True,
    ),
    _voip(
        "calltrackingmetrics",
        "CallTrackingMetrics",
        "call tracking metrics",
        "ctm",
        account=read("An administrator asks for it by a ticket with the subject “CSR Information Request”.", _CTM),
        pin=read("It comes with the answer to that ticket.", _CTM),
        oddity=read("That request releases the numbers, and cannot be taken back.", _CTM),
        reseller=True,
    ),
    _unverified("callrail", "CallRail", "call rail"),
    _voip(
        "numberbarn",
        "NumberBarn",
        "number barn",
        account=read("On your account page: Numbers, the number, the tab Port Out.", _NUMBERBARN),
        pin=read("On the same tab: 4 to 8 digits, never 1234 or 0000. You can set one of your own.", _NUMBERBARN),
        pin_rule=PinRule(longest=8, never=("0000", "1234")),
    ),
    _unverified("callcentric", "Callcentric", "call centric"),
)
