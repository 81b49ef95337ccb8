"""THE table of rejections, put together: the thirteen that the sources name first, in their order, then the rest."""

from domain.orders.rejections.lines import LINES
from domain.orders.rejections.papers import CARRIERS, PAPERS, TOLL_FREE
from domain.orders.rejections.reason import Rejection
from domain.orders.rejections.records import RECORDS

OF_SOURCES = (
    "UNSATISFIED_BALANCE", "ALL_DATA_MISMATCH", "NAME_MISMATCH", "ADDRESS_MISMATCH", "NUMBER_INACTIVE",
    "UNAUTHORIZED_SIGNER", "PIN_INVALID", "ACCOUNT_NUMBER_WRONG", "ACCOUNT_NUMBER_MISSING", "GV_LOCKED", "BTN_INVALID",
    "UNPORTABLE", "RESOLD_ACCOUNT",
)  # fmt: skip
"""The thirteen reasons that customers are told of in public."""

_ALL = {reason.code: reason for reason in (*RECORDS, *LINES, *PAPERS, *CARRIERS, *TOLL_FREE)}
REJECTIONS: dict[str, Rejection] = {code: _ALL[code] for code in (*OF_SOURCES, *_ALL)}
