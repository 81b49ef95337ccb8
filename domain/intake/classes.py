"""THE table of classes: what each asks beyond what every number needs, and how it is worded, proved and queued.

A new class is a row here and its words (`line.<id>`, `times.<id>`, `staff.class.<id>`). What is asked for every class
stands in `questions.py`; what a class is told by, in `about.class_of`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from domain.papers.authorization import CLAUSES

Need = Literal["asked", "known", "offered"]
"""`asked`: always. `known`: where the carrier is known to want it, else offered. `offered`: by a button of the check.

A question that a class has no need of is never asked for it, unless the desk asks.
"""

FIELDS = ("account", "pin", "btn", "stays", "texting", "reseller", "unlock")
"""The questions that only some classes are asked."""


@dataclass(frozen=True, slots=True)
class NumberClass:
    """What moving numbers of one class takes.

    `needs`: by question. `words`: by question, the ending of its wording key where it is asked in other words.
    `is_personal`: a name that reads as a person's is one; `is_company`: it is a company's, whatever it reads like.
    `texts`: what is taken for granted of texting where it is not asked, empty for nothing. `days`: the ending of the
    policy's key.
    `proof_optional`: the move goes on without a paper. `queue`: the team that takes it, where it is not the desk's
    usual one.
    """

    id: str
    needs: Mapping[str, Need]
    days: str
    words: Mapping[str, str] = field(default_factory=dict)
    is_personal: bool = False
    is_company: bool = False
    texts: str = "yes"
    proof_optional: bool = False
    queue: str = ""

    @property
    def letter(self) -> str:
        """The ending of the wording key of the letter's own sentence; empty: it has none."""
        return CLAUSES.get(self.id, "")


_LINE: dict[str, Need] = {
    "account": "asked", "pin": "known", "btn": "asked", "stays": "asked", "texting": "asked",
}  # fmt: skip

_ROWS = (
    NumberClass(
        "wireless",
        {"account": "asked", "pin": "asked"},
        "wireless",
        dict.fromkeys(("name", "address", "destination", "account", "working"), "wireless"),
        is_personal=True,
    ),
    NumberClass("landline", _LINE, "landline", texts=""),
    NumberClass(
        "voip",
        {"account": "asked", "pin": "known", "reseller": "known", "btn": "offered", "stays": "offered"},
        "voip",
        {"name": "voip", "address": "voip", "destination": "wireless", "bill": "voip"},
        is_personal=True,
    ),
    NumberClass(
        "google_voice",
        {"unlock": "known", "pin": "known"},
        "voip",
        {"name": "google_voice", "address": "voip", "destination": "wireless", "bill": "google_voice"},
        is_personal=True,
    ),
    NumberClass(
        "toll_free",
        {"account": "offered"},
        "toll_free",
        {"name": "toll_free", "destination": "toll_free", "account": "toll_free"},
        is_company=True,
        texts="",
    ),
    NumberClass(
        "fax",
        {**{q: need for q, need in _LINE.items() if q != "texting"}},
        "fax",
        {"destination": "fax", "bill": "fax", "account": "fax", "stays": "fax"},
        texts="no",
        queue="fax",
    ),
    NumberClass(
        "ca_landline",
        {**_LINE, "reseller": "asked"},
        "canada",
        {"name": "canada", "address": "canada", "bill": "canada"},
        texts="",
        proof_optional=True,
    ),
    NumberClass(
        "ca_wireless",
        {**{q: need for q, need in _LINE.items() if q != "texting"}, "reseller": "asked"},
        "canada",
        {
            "name": "canada_wireless", "address": "canada", "bill": "canada", "destination": "wireless",
            "working": "ca_wireless", "stays": "ca_wireless",
        },
        is_personal=True,
        proof_optional=True,
    ),
)  # fmt: skip

CLASSES: dict[str, NumberClass] = {row.id: row for row in _ROWS}
"""The classes by their ids, which are kept with orders for ever: never rename one."""

CANADIAN = {"wireless": "ca_wireless", "landline": "ca_landline", "voip": "ca_landline", "google_voice": "ca_landline"}
"""What a Canadian number's class is, by its carrier's or by what the customer said of the line."""
