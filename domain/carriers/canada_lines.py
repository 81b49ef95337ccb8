"""Canadian home and office lines, and Canadian providers over the internet, many of them resellers."""

from domain.carriers import hints
from domain.carriers.facts import Carrier, CarrierId, Fact, NumberClass, read_advice
from domain.carriers.naming import canadian_line

_PORTING = "atcomsystems.ca, how to port a phone number in Canada (2022-06-14)"
_NOTICES = "supremecall.com, port outs: notifications and prevention"


def _bill(company: str) -> Fact:
    return read_advice(
        f"On the bill: copy all of it, and list every number of the account. Ask {company} for the service address.",
        _PORTING,
    )


def _line(key: str, name: str, company: str, *aliases: str) -> Carrier:
    return Carrier(
        CarrierId(key), name, aliases, _bill(company), hints.pin(company), number_class="landline", country="CA"
    )


def _reseller(
    key: str, name: str, company: str, *aliases: str, pin: Fact | None = None, number_class: NumberClass = "voip"
) -> Carrier:
    """Give a company that stands on somebody else's lines, or sells its own to resellers."""
    return Carrier(
        CarrierId(key),
        name,
        aliases,
        _bill(company),
        pin or hints.pin(company),
        number_class=number_class,
        country="CA",
        reseller=True,
        oddity=hints.canadian_reseller(company),
    )


CANADIAN_LINES: tuple[Carrier, ...] = (
    _line("rogers_home", "Rogers home or office phone", "Rogers", *canadian_line("rogers"), "rogers business"),
    _line(
        "bell_home",
        "Bell Canada home or office phone",
        "Bell",
        *canadian_line("bell", "bell canada", "bell aliant", "bell mts"),
        "bell business",
        "bell fibe phone",
    ),
    _line("telus_home", "Telus home or office phone", "Telus", *canadian_line("telus")),
    _line(
        "videotron_home",
        "Videotron home or office phone",
        "Videotron",
        *canadian_line("videotron", "vidéotron"),
        "videotron business",
        "videotron affaires",
    ),
    _line("sasktel_home", "SaskTel home or office phone", "SaskTel", *canadian_line("sasktel"), "sasktel business"),
    _line(
        "shaw",
        "Shaw home or office phone (now Rogers)",
        "Rogers",
        *canadian_line("shaw"),
        "shaw business",
        "shaw cable",
    ),
    _line(
        "cogeco",
        "Cogeco home or office phone",
        "Cogeco",
        *canadian_line("cogeco"),
        "cogeco connexion",
        "cogeco business",
    ),
    _line("eastlink", "Eastlink home or office phone", "Eastlink", *canadian_line("eastlink"), "eastlink business"),
    _line("tbaytel", "Tbaytel home or office phone", "Tbaytel", *canadian_line("tbaytel")),
    _line("northwestel", "Northwestel", "Northwestel", *canadian_line("northwestel"), "north west tel"),
    _line("execulink", "Execulink", "Execulink", *canadian_line("execulink"), "execulink telecom"),
    _reseller(
        "primus",
        "Primus Canada",
        "Primus",
        *canadian_line("primus"),
        "primus",
        "primus telecommunications",
        number_class="landline",
    ),
    _reseller(
        "distributel",
        "Distributel",
        "Distributel",
        *canadian_line("distributel"),
        "acanac",
        "zazeen",
        number_class="landline",
    ),
    _reseller("teksavvy", "TekSavvy", "TekSavvy", *canadian_line("teksavvy"), "tek savvy", "tektalk", "teksavvy voip"),
    _reseller(
        "fibernetics", "Fibernetics", "Fibernetics", "freephoneline", "worldline canada", "voipcommunications.ca"
    ),
    _reseller(
        "iristel",
        "Iristel",
        "Iristel",
        "iristel canada",
        "iristel voip",
        pin=read_advice("There seems to be none. Ask Iristel to be sure.", _NOTICES),
    ),
    _reseller("xplore", "Xplore home phone", "Xplore", *canadian_line("xplore", "xplornet")[1:], "xplore", "xplornet"),
    _reseller("vmedia", "VMedia", "VMedia", *canadian_line("vmedia"), "v media"),
    _reseller("comwave", "Comwave", "Comwave", *canadian_line("comwave")),
)
