"""Carriers of home and office lines, over copper, cable or internet: add one here, each fact with its source.

Many have no PIN at all, and few say on a page what they want, so most facts are advice. A name that means several
lines of business stands in `brands.py`, not among the aliases.
"""

from domain.carriers.facts import UNSEEN, Carrier, CarrierId, Fact, advice

_CONSOLIDATED = "consolidated.com, local number portability policy"
_WINDSTREAM = "Windstream Enterprise porting guide"
_SPECTRUM = "kevinlocke.name, 2020-02-23, porting a landline from Spectrum"
_COMCAST = "business.comcast.com, Business Voice Security PIN (dated 2016-05-26)"
_RESELLERS = "support.telnyx.com/en/articles/14708130"
_RINGCENTRAL = "support.openphone.com porting from RingCentral; phound knowledge base, porting from RingCentral"
_ATT = "corp.att.com/new-bill (13 digits on a business bill)"


def _home(*brands: str) -> tuple[str, ...]:
    """Give the ways people name the home line of a brand."""
    kinds = ("home phone", "home line", "home landline", "home telephone", "house phone", "digital voice")
    return tuple(f"{brand} {kind}" for brand in brands for kind in kinds)


def _office(*brands: str) -> tuple[str, ...]:
    """Give the ways people name the office lines of a brand."""
    kinds = ("office phone", "business voice", "business landline", "office line", "office landline")
    return tuple(f"{brand} {kind}" for brand in brands for kind in kinds)


def _account(company: str) -> Fact:
    return advice(f"On the bill: copy all of it. Ask {company} if they use another one for moving a number out.")


def _may_be_the_number(company: str, source: str = UNSEEN) -> Fact:
    text = "On the bill: copy all of it. It is often the phone number and a few more digits."
    return advice(f"{text} Ask {company} if you see several.", source)


def _pin(company: str) -> Fact:
    return advice(f"Many lines have none. Ask {company} if your account has a PIN or passcode for moving a number.")


def _office_pin(company: str) -> Fact:
    return advice(f"A business account may have a passcode. Ask {company} if moving a number needs it.")


def _line(key: str, name: str, *aliases: str, account: Fact, pin: Fact, lock: Fact | None = None) -> Carrier:
    return Carrier(CarrierId(key), name, aliases, account, pin, lock, number_class="landline")


def _numbered(key: str, name: str, *aliases: str, account: Fact, pin: Fact) -> Carrier:
    """Give a line whose account number may be the phone number itself."""
    row = CarrierId(key)
    return Carrier(row, name, aliases, account, pin, number_as_account_ok=True, number_class="landline")


def _unverified(key: str, name: str, company: str, *aliases: str) -> Carrier:
    return _line(key, name, *aliases, account=_account(company), pin=_pin(company))


LANDLINE: tuple[Carrier, ...] = (
    _numbered(
        "verizon_home",
        "Verizon home phone (Fios)",
        *_home("verizon", "verizon fios", "fios"),
        "fios voice",
        "verizon fios voice",
        "fios phone",
        "verizon fios phone",
        account=_may_be_the_number("Verizon"),
        pin=_pin("Verizon"),
    ),
    _numbered(
        "verizon_business",
        "Verizon Business office phone",
        *_office("verizon"),
        "fios business phone",
        "verizon fios business",
        "verizon business fios",
        account=_may_be_the_number("Verizon"),
        pin=_office_pin("Verizon"),
    ),
    _numbered(
        "att_home",
        "AT&T home or office phone",
        *_home("at&t", "at and t", "at&t uverse", "uverse"),
        *_office("at&t", "at and t"),
        "uverse voice",
        "at&t uverse voice",
        "at&t landline",
        "at and t landline",
        "at and t home or office phone",
        account=_may_be_the_number("AT&T", _ATT),
        pin=_pin("AT&T"),
    ),
    _unverified(
        "xfinity_home",
        "Xfinity home phone",
        "Xfinity",
        *_home("xfinity", "comcast", "comcast xfinity"),
        "xfinity voice",
        "comcast voice",
        "xfinity landline",
    ),
    _line(
        "comcast_business",
        "Comcast Business",
        *_office("comcast", "xfinity"),
        "comcast business phone",
        "comcast business voiceedge",
        "comcast business line",
        account=_account("Comcast Business"),
        pin=advice(
            "Ask Comcast Business if they want the Security PIN of your account: its primary manager can see it.",
            _COMCAST,
        ),
    ),
    _line(
        "spectrum_voice",
        "Spectrum home phone",
        *_home("spectrum", "charter", "charter spectrum"),
        "spectrum voice",
        "charter voice",
        account=_account("Spectrum"),
        pin=advice("Look for the security code of your account on the bill, or ask Spectrum for it.", _SPECTRUM),
    ),
    _line(
        "spectrum_business",
        "Spectrum Business",
        *_office("spectrum", "charter"),
        "spectrum business phone",
        "spectrum business line",
        "spectrum enterprise",
        "charter business",
        account=_account("Spectrum Business"),
        pin=_office_pin("Spectrum Business"),
    ),
    _unverified("cox_home", "Cox home phone", "Cox", *_home("cox"), "cox digital telephone"),
    _line(
        "cox_business",
        "Cox Business",
        *_office("cox"),
        "cox business phone",
        "cox business line",
        account=_account("Cox Business"),
        pin=_office_pin("Cox Business"),
    ),
    _unverified(
        "optimum_voice",
        "Optimum Voice",
        "Optimum",
        *_home("optimum", "altice", "suddenlink", "cablevision"),
        *_office("optimum"),
        "optimum landline",
        "optimum business",
    ),
    _numbered(
        "frontier",
        "Frontier",
        *_home("frontier"),
        *_office("frontier"),
        "frontier communications",
        "frontier business",
        "frontier landline",
        "frontier fiber",
        "frontier phone",
        account=_may_be_the_number("Frontier"),
        pin=_pin("Frontier"),
    ),
    _numbered(
        "centurylink",
        "CenturyLink",
        *_home("centurylink", "quantum fiber"),
        "centurylink landline",
        "centurylink phone",
        "quantum fiber",
        "centurylink quantum fiber",
        account=_may_be_the_number("CenturyLink"),
        pin=_pin("CenturyLink"),
    ),
    _line(
        "lumen",
        "Lumen (business lines)",
        "lumen",
        "lumen technologies",
        "lumen business",
        "centurylink enterprise",
        account=_account("Lumen"),
        pin=_office_pin("Lumen"),
    ),
    _unverified(
        "kinetic",
        "Kinetic by Windstream",
        "Kinetic",
        *_home("kinetic", "windstream"),
        "kinetic",
        "windstream kinetic",
        "kinetic phone",
        "kinetic business",
    ),
    _line(
        "windstream_business",
        "Windstream Enterprise",
        *_office("windstream"),
        "windstream business",
        account=Fact(
            "Give the billing telephone number or account number that goes with the number you move.", _WINDSTREAM
        ),
        pin=Fact("Only if you set one for moving numbers; it is not the PIN you give when you call them.", _WINDSTREAM),
        lock=Fact("Have Windstream take off any freeze on the account first.", _WINDSTREAM),
    ),
    _unverified(
        "tds", "TDS home or office phone", "TDS", *_home("tds"), *_office("tds"), "tds telecom", "tds landline"
    ),
    _line(
        "consolidated",
        "Consolidated / Fidium",
        *_home("consolidated communications", "fidium", "consolidated"),
        "consolidated communications",
        "fidium",
        "fidium fiber",
        account=Fact(
            "The customer account number on the bill: it is matched with the phone number and the ZIP.", _CONSOLIDATED
        ),
        pin=Fact("Only if you made a password that protects the account: then give that one.", _CONSOLIDATED),
    ),
    _unverified("vonage", "Vonage", "Vonage", *_home("vonage"), "vonage business", "vonage phone", "vonage voip"),
    _unverified(
        "ooma",
        "Ooma",
        "Ooma",
        *_home("ooma"),
        *_office("ooma"),
        "ooma office",
        "ooma telo",
        "ooma business",
        "ooma voip",
    ),
    _unverified("magicjack", "magicJack", "magicJack", "magic jack", "magicjack home", "magicjack for business"),
    Carrier(
        CarrierId("ringcentral"),
        "RingCentral",
        ("ring central", "ringcentral mvp", "ringcentral office", "ringcentral business", "ringex"),
        advice("It is usually the main company number. Look at the invoice, or ask RingCentral.", _RINGCENTRAL),
        advice(
            "Ask RingCentral if they want a PIN: one guide says your voicemail PIN, another that there is none.",
            _RINGCENTRAL,
        ),
        number_as_account_ok=True,
        number_class="landline",
    ),
    _unverified("8x8", "8x8", "8x8", "eight by eight", "8x8 work"),
    _line(
        "grasshopper",
        "Grasshopper",
        "grasshopper phone",
        "grasshopper voip",
        account=Fact(
            "Ask Grasshopper for the account number its own carrier uses: your login with them is not it.", _RESELLERS
        ),
        pin=Fact("Ask Grasshopper for the PIN its own carrier wants for moving a number out.", _RESELLERS),
    ),
)
