"""Carriers of mobile numbers: add one here, each fact with its source and the day it was checked.

A fact of a doubtful source is worded as advice to ask, and `doubtful` tells staff so. A name that means several
lines of business stands in `brands.py`, not among the aliases.
"""

from datetime import timedelta

from domain.carriers.facts import UNSEEN, Carrier, CarrierId, Fact
from domain.readers.pins import PinRule

_VERIZON = "verizon.com/support/port-out-faqs"
_VERIZON_GUIDE = "phound knowledge base, porting from Verizon"
_ATT_GUIDE = "help.gigs.com/articles/5624814548 (dated 2026-06-05) and phound knowledge base, porting from AT&T"
_TMOBILE_GUIDE = "help.gigs.com/articles/7004886542 and phound knowledge base, porting from T-Mobile"
_TMOBILE_LOCK = "magentapulse.t-mobile.com, article 304d5"
_XFINITY = "phound knowledge base, porting from Xfinity Mobile"
_SPECTRUM = "phound knowledge base, porting from Spectrum Mobile"
_CREDO = "help.credomobile.com/articles/151000074698 and its older guide"
_CRICKET = "one secondary page, not confirmed"
_WEEK = timedelta(days=7)
_SIX_DIGITS = PinRule(usual=6)


def _ask(name: str) -> tuple[Fact, Fact]:
    """Give the honest hints for a carrier whose own words nobody has read."""
    account = Fact(f"Ask {name} for the account number they use for moving a number out.", UNSEEN, doubtful=True)
    pin = Fact(f"Ask {name} for a number transfer PIN, and how long it stays valid.", UNSEEN, doubtful=True)
    return account, pin


def _unverified(key: str, name: str, *aliases: str) -> Carrier:
    return Carrier(CarrierId(key), name, aliases, *_ask(name))


WIRELESS: tuple[Carrier, ...] = (
    Carrier(
        CarrierId("verizon"),
        "Verizon Wireless",
        ("verizon mobile", "verizon postpaid", "verizon cell", "verizon cell phone", "verizon cellular", "vzw"),
        Fact(
            "In My Verizon under Account, or atop the bill. It often ends in -00001: type all of it.",
            _VERIZON_GUIDE,
        ),
        Fact(
            "Dial #PORT (#7678) from the phone, or ask in My Verizon. Only the owner or a manager can.",
            _VERIZON,
        ),
        Fact("Turn Number Lock off for this number before the PIN is made.", _VERIZON),
        _WEEK,
        "androidpolice.com, 2024-09-24",
        _SIX_DIGITS,
    ),
    Carrier(
        CarrierId("verizon_prepaid"),
        "Verizon Prepaid",
        ("verizon wireless prepaid", "verizon pre paid", "verizon pay as you go", "vzw prepaid"),
        Fact(
            "It is usually the phone number itself. Ask Verizon if they want a letter in front of it.",
            f"{_VERIZON_GUIDE}; {_CREDO} differ on a leading A",
            doubtful=True,
        ),
        Fact(
            "It is usually the 4-digit PIN of your account. Ask Verizon if you never set one.",
            _VERIZON_GUIDE,
            doubtful=True,
        ),
        pin_rule=PinRule(usual=4),
        number_as_account_ok=True,
    ),
    Carrier(
        CarrierId("att"),
        "AT&T Wireless",
        (
            "at&t mobility",
            "at and t wireless",
            "at and t mobility",
            "att postpaid",
            "att mobile",
            "at and t mobile",
            "at&t cell",
            "at&t cell phone",
            "att cellular",
        ),
        Fact(
            "In myAT&T, or at the top right of the bill. Dialing 611 and saying “account number” works too.",
            _ATT_GUIDE,
        ),
        Fact(
            "Dial *PORT (*7678) from the phone, or in your profile, under People & Permissions, choose to "
            "transfer the number. Only the primary user can.",
            _ATT_GUIDE,
        ),
        Fact("Turn Wireless Account Lock off in the AT&T app first, if it is on.", _ATT_GUIDE),
        timedelta(days=4),
        _ATT_GUIDE,
        _SIX_DIGITS,
    ),
    Carrier(
        CarrierId("att_prepaid"),
        "AT&T Prepaid",
        (
            "att prepaid",
            "att wireless prepaid",
            "at and t prepaid",
            "at&t pre paid",
            "att go phone",
            "att gophone",
            "gophone",
        ),
        Fact("Dial 611 and ask for it, or look in the e-mail you got at activation.", _ATT_GUIDE, doubtful=True),
        Fact(
            "Ask AT&T Prepaid which PIN they want for moving a number out: there may be no separate one.",
            _ATT_GUIDE,
            doubtful=True,
        ),
    ),
    Carrier(
        CarrierId("tmobile"),
        "T-Mobile",
        ("t-mobile", "t mobile us", "tmobile usa", "t-mobile wireless", "t-mobile postpaid", "tmo", "tmob"),
        Fact(
            "Nine digits: in the T-Life app under Manage and the gear, or at the top right of the bill.",
            _TMOBILE_GUIDE,
        ),
        Fact(
            "In T-Life: Manage, the gear, Permissions & controls, Transfer PIN. Be on T-Mobile's network, "
            "Wi-Fi and VPN off. Only the primary account holder can.",
            _TMOBILE_GUIDE,
        ),
        Fact("The primary account holder must turn Port Out Protection off first.", _TMOBILE_LOCK),
        _WEEK,
        _TMOBILE_GUIDE,
        _SIX_DIGITS,
    ),
    Carrier(
        CarrierId("tmobile_prepaid"),
        "T-Mobile Prepaid",
        ("t-mobile prepaid", "t mobile pre paid", "tmobile pay as you go"),
        Fact("It may be 1 and the phone number. Ask T-Mobile to confirm it.", _CREDO, doubtful=True),
        Fact("Ask T-Mobile for a number transfer PIN.", _TMOBILE_GUIDE, doubtful=True),
        Fact(
            "Ask T-Mobile whether Port Out Protection is on, and to turn it off.",
            _TMOBILE_LOCK,
            doubtful=True,
        ),
        number_as_account_ok=True,
    ),
    Carrier(
        CarrierId("metro"),
        "Metro by T-Mobile",
        ("metro", "metro by t-mobile", "metro pcs", "metropcs", "metro by tmobile", "metro mobile"),
        Fact("Nine digits, in the Metro app.", "phound knowledge base, porting from T-Mobile"),
        Fact(
            "Ask Metro for a number transfer PIN: it is not the PIN you unlock the phone with.",
            _CREDO,
            doubtful=True,
        ),
        Fact("Turn Port Out Protection off first, if it is on.", "phound knowledge base, porting from T-Mobile"),
    ),
    Carrier(
        CarrierId("xfinity_mobile"),
        "Xfinity Mobile",
        (
            "comcast mobile",
            "xfinity wireless",
            "xfinity cell",
            "xfinity cell phone",
            "comcast xfinity mobile",
            "comcast wireless",
            "comcast cell phone",
        ),
        Fact(
            "The Xfinity Mobile account number, not the one of your internet: mixing them up is the most "
            "common mistake.",
            _XFINITY,
        ),
        Fact(
            "In the Xfinity app: Devices, the line, Transfer your number. A code is sent to you first.",
            _XFINITY,
        ),
        pin_life=timedelta(hours=24),
        pin_life_source=_XFINITY,
    ),
    Carrier(
        CarrierId("spectrum_mobile"),
        "Spectrum Mobile",
        ("spectrum cell phone", "charter mobile", "spectrum wireless", "spectrum cell"),
        Fact("The Spectrum Mobile account number, not the one of your internet or TV.", _SPECTRUM),
        Fact(
            "Ask for a Transfer PIN in the My Spectrum app. Move the number before you cancel Spectrum Internet.",
            _SPECTRUM,
        ),
    ),
    Carrier(
        CarrierId("us_cellular"),
        "UScellular",
        ("us cellular", "u.s. cellular", "uscellular", "uscc", "united states cellular"),
        Fact("On the bill. Ask whether T-Mobile serves your account now.", _CREDO, doubtful=True),
        Fact("Ask UScellular for a number transfer PIN: it used to be a 4-digit one.", _CREDO, doubtful=True),
    ),
    Carrier(
        CarrierId("cricket"),
        "Cricket Wireless",
        ("cricket", "cricket wireless", "cricket mobile"),
        Fact("Ask Cricket for your account number: nine digits, as far as we know.", _CRICKET, doubtful=True),
        Fact(
            "Ask Cricket for a number transfer PIN; dialing *7678 from the phone may give it.",
            _CRICKET,
            doubtful=True,
        ),
        pin_rule=_SIX_DIGITS,
    ),
    _unverified("mint", "Mint Mobile", "mint", "mint mobile", "mintmobile", "mint sim"),
    _unverified("visible", "Visible", "visible", "visible wireless", "visible by verizon", "visible mobile"),
    _unverified("google_fi", "Google Fi", "google fi", "google fi wireless", "googlefi", "project fi", "fi wireless"),
    _unverified("boost", "Boost Mobile", "boost", "boost mobile", "boost infinite", "boost wireless"),
    _unverified("consumer_cellular", "Consumer Cellular", "consumer cellular", "consumers cellular"),
    _unverified("straight_talk", "Straight Talk", "straight talk", "straighttalk", "straight talk wireless"),
    _unverified("us_mobile", "US Mobile", "u.s. mobile", "us mobile wireless"),
    _unverified("tracfone", "Tracfone", "trac fone", "tracfone wireless", "trac phone"),
    _unverified("total_wireless", "Total Wireless", "total by verizon", "total wireless by verizon"),
    _unverified("simple_mobile", "Simple Mobile", "simple mobile wireless"),
    _unverified("ting", "Ting", "ting mobile", "ting wireless"),
    _unverified("tello", "Tello", "tello mobile", "tello wireless"),
    _unverified("republic", "Republic Wireless", "republic mobile"),
    _unverified("cox_mobile", "Cox Mobile", "cox wireless", "cox cell phone", "cox cell"),
    _unverified("optimum_mobile", "Optimum Mobile", "optimum wireless", "altice mobile", "optimum cell phone"),
    _unverified("tds_mobile", "TDS Mobile", "tds wireless", "tds cell phone"),
)
