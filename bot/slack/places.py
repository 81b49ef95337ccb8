"""Where each of the staff is in the app's Home: which section, page, request or search it shows them.

It travels in the Home itself; what is remembered here only tells whose Home a form has to renew.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from domain.desk.home import SECTIONS

REMEMBERED = 500  # people; who is forgotten sees their Home renewed when they open it
LONGEST_WORDS = 200  # characters of a search; Slack keeps 3,000 with a view


@dataclass(frozen=True, slots=True)
class Place:
    """What a Home shows. `section` empty: the first that has anything; `focus`: a reference; `words`: of a search."""

    section: str = ""
    offset: int = 0
    focus: str = ""
    words: str = ""

    def written(self) -> str:
        """Return the place as a view keeps it for us."""
        return json.dumps(asdict(self))


def read_place(view: Mapping[str, Any] | None) -> Place:
    """Return the place that a view carries; the beginning for anything that is none."""
    try:
        kept = json.loads(str((view or {}).get("private_metadata") or "{}"))
    except ValueError:
        return Place()
    if not isinstance(kept, dict):
        return Place()
    section, offset = str(kept.get("section") or ""), kept.get("offset")
    return Place(
        section if section in SECTIONS else "",
        offset if isinstance(offset, int) and offset > 0 else 0,
        str(kept.get("focus") or ""),
        str(kept.get("words") or "")[:LONGEST_WORDS],
    )


class Homes:
    """Who looks at their Home just now, and where in it they are."""

    def __init__(self) -> None:
        self._places: dict[str, Place] = {}

    def enter(self, user: str, place: Place) -> None:
        """Remember where somebody is."""
        self._places.pop(user, None)
        self._places[user] = place
        if len(self._places) > REMEMBERED:
            del self._places[next(iter(self._places))]

    def leave(self, user: str) -> None:
        """Forget somebody who went elsewhere."""
        self._places.pop(user, None)

    def of(self, user: str) -> Place | None:
        """Return where somebody is; None: not in their Home."""
        return self._places.get(user)
