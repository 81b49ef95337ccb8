"""THE table of losing carriers, by id: its rows stand in `wireless.py` and `landline.py`."""

from domain.carriers.facts import Carrier, CarrierId
from domain.carriers.landline import LANDLINE
from domain.carriers.wireless import WIRELESS

CARRIERS: dict[CarrierId, Carrier] = {row.id: row for row in (*WIRELESS, *LANDLINE)}


def carrier(key: str) -> Carrier | None:
    """Give a carrier by its id, or None for one the table does not have ("other")."""
    return CARRIERS.get(CarrierId(key))
