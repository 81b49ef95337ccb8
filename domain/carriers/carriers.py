"""THE table of losing carriers, by id: its rows stand in a module for each kind and country."""

from domain.carriers.canada import CANADIAN_WIRELESS
from domain.carriers.canada_lines import CANADIAN_LINES
from domain.carriers.facts import Carrier, CarrierId
from domain.carriers.landline import LANDLINE
from domain.carriers.mvno import MVNO
from domain.carriers.voip import VOIP
from domain.carriers.wholesale import WHOLESALE
from domain.carriers.wireless import WIRELESS

_ROWS = (*WIRELESS, *MVNO, *LANDLINE, *VOIP, *WHOLESALE, *CANADIAN_WIRELESS, *CANADIAN_LINES)

CARRIERS: dict[CarrierId, Carrier] = {row.id: row for row in _ROWS}


def carrier(key: str) -> Carrier | None:
    """Give a carrier by its id, or None for one the table does not have ("other")."""
    return CARRIERS.get(CarrierId(key))
