"""THE table of rejections: what a losing carrier refuses for, how it says so, and how it is put right.

Codes, remedies and what others call them: the project's porting research §3, read 2026-11-21. A row in `records`,
`lines` or `papers`, with its words in `bot/words`, is all that another one needs.
"""

from domain.orders.rejections.finding import codes_of, find_rejection, find_rejections, joined, likely
from domain.orders.rejections.reason import ANSWERS, KINDS, Rejection, Way
from domain.orders.rejections.records import WHO_SIGNS
from domain.orders.rejections.table import OF_SOURCES, REJECTIONS

__all__ = [
    "ANSWERS",
    "KINDS",
    "OF_SOURCES",
    "REJECTIONS",
    "WHO_SIGNS",
    "Rejection",
    "Way",
    "codes_of",
    "find_rejection",
    "find_rejections",
    "joined",
    "likely",
]
