"""Carriers of mobile numbers of which something was read: add one here, each fact with its source and its day.

A fact of a doubtful source is worded as advice to ask, and `doubtful` tells staff so. A name that means several
lines of business stands in `brands.py`, not among the aliases. Carriers of whom nothing was read stand in `mvno.py`.
"""

from domain.carriers.facts import Carrier, CarrierId, Fact, advice, read, read_advice
from domain.readers.pins import PinRule

_PHOUND = "phound-docs.vercel.app/knowledge-base/porting"
_VERIZON = "verizon.com/support/port-out-faqs"
_VERIZON_GUIDE = f"{_PHOUND}/porting-verizon"
_ATT_GUIDE = f"help.gigs.com/articles/5624814548 (dated 2026-06-05) and {_PHOUND}/porting-att"
_ATT_BUSINESS = "wirelessconsultant.net, AT&T business transfer PIN"
_TMOBILE_GUIDE = f"help.gigs.com/articles/7004886542 and {_PHOUND}/porting-tmobile"
_TMOBILE_LOCK = "magentapulse.t-mobile.com, article 304d5"
_METRO = f"{_PHOUND}/porting-tmobile"
_XFINITY = f"{_PHOUND}/porting-xfinity-mobile"
_SPECTRUM = f"{_PHOUND}/porting-spectrum-mobile"
_CREDO = "help.credomobile.com/articles/151000074698 and its older guide"
_PORTING_PIN = "support.telnyx.com/en/articles/14790558"
_FI = "support.google.com/fi/answer/6079398"
_FI_LOCK = "9to5google.com, 2024-07-09"
_BOOST = f"{_PHOUND}/porting-boost-mobile"
_TELLO = "tello.com/help_center, security PIN"
_CRICKET = "winenfood.com/a-guide-to-porting-a-number-to-cricket-wireless (second-hand, not confirmed)"
_SIX_DIGITS = PinRule(usual=6)


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
        Fact("Turn Number Lock off for this number before the PIN is made: with it on there is no PIN.", _VERIZON),
        Fact("7 days", "androidpolice.com, Verizon transfer PIN (2024-09-24)"),
        _SIX_DIGITS,
        oddity=read(
            "A business account needs a PIN for each line; for ten lines or more it calls 1-800-922-0204.", _VERIZON
        ),
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
        Fact("4 days", _ATT_GUIDE),
        _SIX_DIGITS,
        oddity=read("One PIN serves every line of the account.", _ATT_GUIDE),
    ),
    Carrier(
        CarrierId("att_business"),
        "AT&T Business Wireless",
        (
            "at&t business mobile",
            "at&t business mobility",
            "at&t business cell",
            "at and t business wireless",
            "at and t business mobile",
            "at&t corporate wireless",
        ),
        Fact(
            "The billing account number in AT&T Premier. Ask AT&T Business if you see several.",
            _ATT_BUSINESS,
            doubtful=True,
        ),
        Fact(
            "Online only: “Request new PIN”, in Premier “Port Out PIN”. A new one makes the old one void.",
            _ATT_BUSINESS,
        ),
        life=Fact("14 days", _ATT_GUIDE),
        oddity=Fact("Dialing *PORT does not work for business accounts.", _ATT_BUSINESS),
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
        Fact("7 days", _TMOBILE_GUIDE),
        _SIX_DIGITS,
        oddity=Fact("T-Life shows the PIN on T-Mobile's own network only: Wi-Fi and VPN must be off.", _TMOBILE_GUIDE),
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
        Fact("Nine digits, in the Metro app.", _METRO),
        Fact(
            "Ask Metro for a number transfer PIN: it is not the PIN you unlock the phone with.",
            _CREDO,
            doubtful=True,
        ),
        Fact("Turn Port Out Protection off first, if it is on.", _METRO),
        advice("7 days", _PORTING_PIN),
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
        life=Fact("24 hours", _XFINITY),
        oddity=Fact("Its PIN works for one day only: make it just before we send the request.", _XFINITY),
    ),
    Carrier(
        CarrierId("spectrum_mobile"),
        "Spectrum Mobile",
        ("spectrum cell phone", "charter mobile", "spectrum wireless", "spectrum cell"),
        read(
            "Atop the Mobile statement at spectrum.net or on paper, or in the app: not the one of your internet or TV.",
            _SPECTRUM,
        ),
        Fact(
            "Ask for a Transfer PIN in the My Spectrum app, or at 1-833-949-0036.",
            f"{_SPECTRUM}; {_PORTING_PIN}",
        ),
        oddity=Fact(
            "Move the number before you cancel Spectrum Internet: without it the line is suspended.", _SPECTRUM
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
    Carrier(
        CarrierId("google_fi"),
        "Google Fi",
        (
            "google fi",
            "google fi wireless",
            "googlefi",
            "project fi",
            "fi wireless",
            "google fi mobile",
        ),
        read(
            "Begin to cancel the plan in the Google Fi app or site: it shows the account number, and cancels nothing.",
            _FI,
        ),
        read("Same place as the account number. Each member of a group plan gets a port-out PIN of their own.", _FI),
        read("Turn Number Lock off on the Google Fi site, under Phone settings, Privacy & security.", _FI_LOCK),
        oddity=read("Name and address must be as in the account to the letter, capitals too.", _FI),
    ),
    Carrier(
        CarrierId("boost"),
        "Boost Mobile",
        ("boost", "boost mobile", "boost infinite", "boost wireless", "boost prepaid", "boostmobile"),
        read("Call Boost at (833) 502-6678: the app, the site and the bill do not show it.", _BOOST),
        read("In the Boost app under Line Settings: a port-out PIN for each line that moves.", _BOOST),
        read("Turn Number Lock (Port Protection) off in Line Settings first.", _BOOST),
        read("7 days", _BOOST),
        oddity=read("Old accounts use the phone number as account number, new ones do not: ask the agent.", _BOOST),
        number_as_account_ok=True,
    ),
    Carrier(
        CarrierId("tello"),
        "Tello",
        ("tello mobile", "tello wireless"),
        read_advice(
            "Look in your Tello account online, or ask Tello, for the account number to move a number.", _TELLO
        ),
        read_advice("Look in your Tello account online, or ask Tello, for the port-out PIN.", _TELLO),
        oddity=read("The 4-digit Security PIN of the account is not the port-out PIN.", _TELLO),
    ),
)
