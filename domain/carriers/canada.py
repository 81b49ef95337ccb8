"""Canadian carriers of mobile numbers: a text asks for consent where US carriers want a transfer PIN.

Canadian home and office lines stand in `canada_lines.py`; names that mean both, in `brands.py`.
"""

from domain.carriers import hints
from domain.carriers.facts import Carrier, CarrierId, Fact, read
from domain.carriers.naming import canadian_cell

_KOODO = "koodomobile.com/en/help/port-fraud-protection"
_FIZZ = "forum.fizz.ca/en/discussion/2627803"


def _mobile(key: str, name: str, company: str, *aliases: str, lock: Fact | None = None) -> Carrier:
    return Carrier(
        CarrierId(key),
        name,
        aliases,
        hints.canadian_account(company),
        hints.canadian_pin(company),
        lock,
        country="CA",
        oddity=hints.canadian_consent(),
    )


CANADIAN_WIRELESS: tuple[Carrier, ...] = (
    _mobile("rogers", "Rogers Wireless", "Rogers", *canadian_cell("rogers")),
    _mobile("bell_mobility", "Bell Mobility", "Bell", *canadian_cell("bell", "bell canada", "bell mts", "bell aliant")),
    _mobile("telus", "Telus Mobility", "Telus", *canadian_cell("telus")),
    _mobile("fido", "Fido", "Fido", "fido solutions", "cityfido", "city fido", *canadian_cell("fido")),
    _mobile(
        "koodo",
        "Koodo",
        "Koodo",
        *canadian_cell("koodo"),
        lock=read("If you asked Koodo for port protection: it need not come off, unless you move to Telus.", _KOODO),
    ),
    _mobile("virgin_plus", "Virgin Plus", "Virgin Plus", "virgin mobile canada", "virgin mobile ca", "virginplus"),
    _mobile("freedom", "Freedom Mobile", "Freedom", *canadian_cell("freedom"), "freedom mobile canada"),
    _mobile("videotron", "Videotron Mobile", "Videotron", *canadian_cell("videotron", "vidéotron")),
    Carrier(
        CarrierId("fizz"),
        "Fizz Mobile",
        ("fizz", *canadian_cell("fizz")),
        hints.canadian_account("Fizz"),
        hints.canadian_pin("Fizz"),
        country="CA",
        oddity=read("Fizz sends a text to authorize the move; the line must still be active.", _FIZZ),
    ),
    _mobile("sasktel", "SaskTel Wireless", "SaskTel", *canadian_cell("sasktel")),
    _mobile("cogeco_mobile", "Cogeco Mobile", "Cogeco", *canadian_cell("cogeco")),
    _mobile("eastlink_mobile", "Eastlink Mobile", "Eastlink", *canadian_cell("eastlink")),
    _mobile("chatr", "Chatr", "Chatr", *canadian_cell("chatr"), "chatr by rogers"),
    _mobile("lucky", "Lucky Mobile", "Lucky", "lucky wireless", "lucky mobile canada", "lucky by bell"),
    _mobile("public_mobile", "Public Mobile", "Public Mobile", "publicmobile canada", "public mobile by telus"),
    _mobile("pc_mobile", "PC Mobile", "PC Mobile", "president's choice mobile", "no name mobile"),
    _mobile("petro_canada", "Petro-Canada Mobility", "Petro-Canada", "petro canada mobile", "petrocan mobility"),
    _mobile("speakout", "SpeakOut 7-Eleven", "SpeakOut", "speakout wireless", "7-eleven speakout", "7-eleven wireless"),
    _mobile("tbaytel_mobile", "Tbaytel Mobility", "Tbaytel", *canadian_cell("tbaytel")),
    _mobile("ice_wireless", "Ice Wireless", "Ice Wireless", "ice mobile canada"),
)
