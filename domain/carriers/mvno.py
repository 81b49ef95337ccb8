"""Carriers of mobile numbers over somebody else's network, and regional ones: all but a few facts are advice.

Whoever reads a carrier's own page moves its row to a `Carrier(...)` with source and date, as in `wireless.py`.
"""

from domain.carriers.facts import Carrier, CarrierId, read, read_advice
from domain.carriers.hints import mobile_account, mobile_pin

_GLOSSARY = "cellt.net/glossary/port-out-pin (second-hand)"
_STRAIGHT_TALK = "support.straighttalk.com, account security PIN (2023)"
_TING = "help.ting.com/hc/en-us/articles/115015696028"
_TING_PIN = "help.ting.com/hc/en-us/articles/115011787227"
_TROOMI = "support.troomi.com/support/solutions/articles/73000575694"


def _unverified(key: str, name: str, *aliases: str) -> Carrier:
    return Carrier(CarrierId(key), name, aliases, mobile_account(name), mobile_pin(name))


MVNO: tuple[Carrier, ...] = (
    Carrier(
        CarrierId("mint"),
        "Mint Mobile",
        ("mint", "mint mobile", "mintmobile", "mint sim"),
        read_advice("Look in the Mint app under Account, or ask Mint, for the account number to move out.", _GLOSSARY),
        read_advice("Look in the Mint app under Account, or ask Mint, for the PIN that goes with it.", _GLOSSARY),
    ),
    _unverified("visible", "Visible", "visible", "visible wireless", "visible by verizon", "visible mobile"),
    _unverified("consumer_cellular", "Consumer Cellular", "consumer cellular", "consumers cellular"),
    Carrier(
        CarrierId("straight_talk"),
        "Straight Talk",
        ("straight talk", "straighttalk", "straight talk wireless"),
        mobile_account("Straight Talk"),
        mobile_pin("Straight Talk"),
        oddity=read_advice(
            "Your account has a Security PIN: ask Straight Talk if the one for moving a number is another.",
            _STRAIGHT_TALK,
        ),
    ),
    _unverified("us_mobile", "US Mobile", "u.s. mobile", "us mobile wireless"),
    _unverified("tracfone", "Tracfone", "trac fone", "tracfone wireless", "trac phone"),
    _unverified("total_wireless", "Total Wireless", "total by verizon", "total wireless by verizon"),
    _unverified("simple_mobile", "Simple Mobile", "simple mobile wireless"),
    Carrier(
        CarrierId("ting"),
        "Ting",
        ("ting mobile", "ting wireless"),
        read("In your Ting account: Account settings, where your details are edited.", _TING),
        mobile_pin("Ting"),
        oddity=read_advice(
            "Ting e-mails a 4-digit PIN to prove who calls: ask for the one that moves a number out.", _TING_PIN
        ),
    ),
    _unverified("republic", "Republic Wireless", "republic mobile"),
    _unverified("cox_mobile", "Cox Mobile", "cox wireless", "cox cell phone", "cox cell"),
    _unverified("optimum_mobile", "Optimum Mobile", "optimum wireless", "altice mobile", "optimum cell phone"),
    _unverified("tds_mobile", "TDS Mobile", "tds wireless", "tds cell phone"),
    _unverified("firstnet", "FirstNet", "first net", "firstnet by at&t", "at&t firstnet"),
    _unverified("net10", "Net10", "net 10", "net10 wireless"),
    _unverified("ultra", "Ultra Mobile", "ultra wireless"),
    _unverified("lyca", "Lycamobile", "lyca mobile", "lyca", "lyca wireless", "lyca usa", "lycamobile usa"),
    _unverified("red_pocket", "Red Pocket", "red pocket mobile", "redpocket wireless"),
    _unverified("h2o", "H2O Wireless", "h2o", "h20 wireless", "h2o mobile", "h20"),
    _unverified("page_plus", "Page Plus", "page plus cellular", "pageplus wireless", "page plus mobile"),
    _unverified("pure_talk", "Pure Talk", "puretalk usa", "pure talk wireless", "pure talk mobile"),
    _unverified("credo", "Credo Mobile", "credo", "credo wireless", "working assets"),
    _unverified("walmart_family", "Walmart Family Mobile", "family mobile", "wal-mart family mobile"),
    _unverified("safelink", "SafeLink Wireless", "safelink", "safe link"),
    _unverified("assurance", "Assurance Wireless", "assurance mobile"),
    _unverified("qlink", "Q Link Wireless", "q link", "qlink mobile"),
    _unverified("gen_mobile", "Gen Mobile", "gen mobile wireless"),
    _unverified("good2go", "Good2Go Mobile", "good 2 go", "good to go mobile", "good2go wireless"),
    _unverified("patriot", "Patriot Mobile", "patriot wireless"),
    _unverified("twigby", "Twigby", "twigby mobile", "twigby wireless"),
    _unverified("helium", "Helium Mobile", "helium wireless"),
    _unverified("lively", "Lively (GreatCall)", "great call", "lively mobile", "lively wireless", "jitterbug phone"),
    Carrier(
        CarrierId("troomi"),
        "Troomi",
        ("troomi wireless",),
        read("Ask Troomi: they send it within two business days.", _TROOMI),
        read("Ask Troomi: it comes together with the account number.", _TROOMI),
        oddity=read("The line is not closed by itself: tell Troomi once the number has moved.", _TROOMI),
        reseller=True,
    ),
    _unverified("astound_mobile", "Astound Mobile", "rcn mobile", "astound wireless"),
    _unverified("c_spire", "C Spire", "cspire wireless", "c spire mobile", "cellular south"),
    _unverified("cellcom", "Cellcom", "cellcom wireless", "cellcom wisconsin"),
    _unverified("gci_mobile", "GCI Wireless", "gci mobile", "gci cell", "gci cell phone", "gci cellular"),
    _unverified("union_wireless", "Union Wireless", "union cellular", "union telephone", "union cell"),
    _unverified("appalachian", "Appalachian Wireless", "appalachian cellular"),
    _unverified("nex_tech", "Nex-Tech Wireless", "nextech wireless", "nex tech"),
    _unverified("viaero", "Viaero Wireless", "viaero"),
    _unverified("carolina_west", "Carolina West Wireless", "carolina west"),
    _unverified("liberty_pr", "Liberty Puerto Rico", "liberty pr", "liberty mobile", "liberty wireless"),
    _unverified("claro_pr", "Claro Puerto Rico", "claro pr"),
)
