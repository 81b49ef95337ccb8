"""Carriers of home and office lines, over copper, cable or internet: add one here, each fact with its source.

Many have no PIN at all, and few say on a page what they want, so most facts are advice. A name that means several
lines of business stands in `brands.py`, not among the aliases.
"""

from domain.carriers import hints
from domain.carriers.facts import Carrier, CarrierId, Fact, advice, read_advice
from domain.carriers.naming import home, office

_CONSOLIDATED = "consolidated.com, local number portability policy"
_WINDSTREAM = (
    "windstreamenterprise.com, porting guide; as stored: "
    "windstream-nextjs-eud4ffh4h0h9fjd5.westus-01.azurewebsites.net/porting"
)
_SPECTRUM = "kevinlocke.name, 2020-02-23, porting a landline from Spectrum"
_SPECTRUM_USERS = "spectrum.net/support/authorized-user-privileges"
_PORTING_PIN = "support.telnyx.com/en/articles/14790558"
_COMCAST = "business.comcast.com, Business Voice Security PIN (dated 2016-05-26)"
_COX = "ww2.cox.com, managing your Cox PIN (dated 2011-04-29)"
_ATT = "corp.att.com/new-bill (13 digits on a business bill)"


def _line(key: str, name: str, *aliases: str, account: Fact, pin: Fact, lock: Fact | None = None) -> Carrier:
    return Carrier(CarrierId(key), name, aliases, account, pin, lock, number_class="landline")


def _numbered(key: str, name: str, *aliases: str, account: Fact, pin: Fact) -> Carrier:
    """Give a line whose account number may be the phone number itself."""
    row = CarrierId(key)
    return Carrier(row, name, aliases, account, pin, number_as_account_ok=True, number_class="landline")


def _unverified(key: str, name: str, company: str, *aliases: str) -> Carrier:
    return _line(key, name, *aliases, account=hints.account(company), pin=hints.pin(company))


LANDLINE: tuple[Carrier, ...] = (
    _numbered(
        "verizon_home",
        "Verizon home phone (Fios)",
        *home("verizon", "verizon fios", "fios"),
        "fios voice",
        "verizon fios voice",
        "fios phone",
        "verizon fios phone",
        account=hints.may_be_the_number("Verizon"),
        pin=hints.pin("Verizon"),
    ),
    _numbered(
        "verizon_business",
        "Verizon Business office phone",
        *office("verizon"),
        "fios business phone",
        "verizon fios business",
        "verizon business fios",
        account=hints.may_be_the_number("Verizon"),
        pin=hints.office_pin("Verizon"),
    ),
    _numbered(
        "att_home",
        "AT&T home or office phone",
        *home("at&t", "at and t", "at&t uverse", "uverse"),
        *office("at&t", "at and t"),
        "uverse voice",
        "at&t uverse voice",
        "at&t landline",
        "at and t landline",
        "at and t home or office phone",
        account=hints.may_be_the_number("AT&T", _ATT),
        pin=hints.pin("AT&T"),
    ),
    _unverified(
        "xfinity_home",
        "Xfinity home phone",
        "Xfinity",
        *home("xfinity", "comcast", "comcast xfinity"),
        "xfinity voice",
        "comcast voice",
        "xfinity landline",
    ),
    _line(
        "comcast_business",
        "Comcast Business",
        *office("comcast", "xfinity"),
        "comcast business phone",
        "comcast business voiceedge",
        "comcast business line",
        account=hints.account("Comcast Business"),
        pin=advice(
            "Ask Comcast Business if they want the Security PIN of your account: its primary manager can see it.",
            _COMCAST,
        ),
    ),
    _line(
        "spectrum_voice",
        "Spectrum home phone",
        *home("spectrum", "charter", "charter spectrum"),
        "spectrum voice",
        "charter voice",
        account=hints.account("Spectrum"),
        pin=read_advice(
            "Look for the security code of your account on the bill, or ask Spectrum for it at (833) 267-6094.",
            f"{_SPECTRUM_USERS}; {_SPECTRUM}",
        ),
    ),
    _line(
        "spectrum_business",
        "Spectrum Business",
        *office("spectrum", "charter"),
        "spectrum business phone",
        "spectrum business line",
        "spectrum enterprise",
        "charter business",
        account=hints.account("Spectrum Business"),
        pin=hints.office_pin("Spectrum Business"),
    ),
    _unverified("cox_home", "Cox home phone", "Cox", *home("cox"), "cox digital telephone"),
    _line(
        "cox_business",
        "Cox Business",
        *office("cox"),
        "cox business phone",
        "cox business line",
        account=hints.account("Cox Business"),
        pin=read_advice(
            "Look for the four-digit Cox PIN on the bill, and ask Cox Business if it is the one for moving a number.",
            _COX,
        ),
    ),
    _unverified(
        "optimum_voice",
        "Optimum Voice",
        "Optimum",
        *home("optimum", "altice", "suddenlink", "cablevision"),
        *office("optimum"),
        "optimum landline",
        "optimum business",
    ),
    _numbered(
        "frontier",
        "Frontier",
        *home("frontier"),
        *office("frontier"),
        "frontier communications",
        "frontier business",
        "frontier landline",
        "frontier fiber",
        "frontier phone",
        account=hints.may_be_the_number("Frontier"),
        pin=hints.pin("Frontier"),
    ),
    _numbered(
        "centurylink",
        "CenturyLink",
        *home("centurylink", "quantum fiber"),
        "centurylink landline",
        "centurylink phone",
        "quantum fiber",
        "centurylink quantum fiber",
        account=hints.may_be_the_number("CenturyLink"),
        pin=read_advice("Call 1-800-244-1111 and ask for the “account transfer authorization code”.", _PORTING_PIN),
    ),
    _line(
        "lumen",
        "Lumen (business lines)",
        "lumen",
        "lumen technologies",
        "lumen business",
        "centurylink enterprise",
        account=hints.account("Lumen"),
        pin=read_advice("Call 1-800-244-1111 and ask for the “account transfer authorization code”.", _PORTING_PIN),
    ),
    _unverified(
        "kinetic",
        "Kinetic by Windstream",
        "Kinetic",
        *home("kinetic", "windstream"),
        "kinetic",
        "windstream kinetic",
        "kinetic phone",
        "kinetic business",
    ),
    _line(
        "windstream_business",
        "Windstream Enterprise",
        *office("windstream"),
        "windstream business",
        account=Fact(
            "Give the billing telephone number or account number that goes with the number you move.", _WINDSTREAM
        ),
        pin=Fact("Only if you set one for moving numbers; it is not the PIN you give when you call them.", _WINDSTREAM),
        lock=Fact("Have Windstream take off any freeze on the account first.", _WINDSTREAM),
    ),
    _unverified("tds", "TDS home or office phone", "TDS", *home("tds"), *office("tds"), "tds telecom", "tds landline"),
    _line(
        "consolidated",
        "Consolidated / Fidium",
        *home("consolidated communications", "fidium", "consolidated"),
        "consolidated communications",
        "fidium",
        "fidium fiber",
        account=Fact(
            "The customer account number on the bill: it is matched with the phone number and the ZIP.", _CONSOLIDATED
        ),
        pin=Fact("Only if you made a password that protects the account: then give that one.", _CONSOLIDATED),
    ),
    _unverified("brightspeed", "Brightspeed", "Brightspeed", *home("brightspeed"), *office("brightspeed")),
    _unverified("ziply", "Ziply Fiber", "Ziply", *home("ziply", "ziply fiber"), "ziply", "ziply phone", "ziply voice"),
    _unverified(
        "mediacom",
        "Mediacom",
        "Mediacom",
        *home("mediacom"),
        *office("mediacom"),
        "mediacom phone",
        "mediacom business",
    ),
    _unverified("wow", "WOW! home or office phone", "WOW!", *home("wow"), *office("wow"), "wow phone", "wideopenwest"),
    _unverified(
        "astound",
        "Astound home or office phone",
        "Astound",
        *home("astound", "rcn"),
        *office("astound", "rcn"),
        "rcn phone",
    ),
    _unverified("sparklight", "Sparklight", "Sparklight", *home("sparklight"), "cable one", "sparklight phone"),
    _unverified(
        "breezeline", "Breezeline", "Breezeline", *home("breezeline"), "atlantic broadband", "breezeline phone"
    ),
    _unverified(
        "altafiber",
        "Cincinnati Bell / altafiber",
        "altafiber",
        *home("cincinnati bell", "altafiber"),
        *office("cincinnati bell", "altafiber"),
        "cincinnati bell",
        "cincinnati bell telephone",
        "altafiber",
        "cinci bell",
    ),
    _unverified(
        "hawaiian_telcom", "Hawaiian Telcom", "Hawaiian Telcom", *home("hawaiian telcom"), "hawaiian tel", "hawtel"
    ),
    _unverified("gci", "GCI home or office phone", "GCI", *home("gci"), *office("gci"), "gci landline", "alaska gci"),
    _unverified(
        "alaska", "Alaska Communications", "Alaska Communications", "alaska communications systems", "acs alaska"
    ),
    _unverified("grande", "Grande Communications", "Grande", *home("grande"), "grande phone"),
)
