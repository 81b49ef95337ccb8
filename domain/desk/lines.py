"""Requests as lists show them, a line each."""

from datetime import datetime

from domain.values import Value


class Line(Value, frozen=True):
    """A request in a list. `e164`: its first number, `since`: when that entered its phase, `many`: how many it has.

    `assignee`: a Slack user id; `snoozed_until`: also of a time that is over. `hold`: why it is on
    hold, empty where nobody said; None: it is not. `name`: of the account, as it was given.
    `is_urgent`: it needs a person now. `stand`: phases with how many of its numbers stand there, where they differ.
    """

    ref: str
    status: str
    e164: str | None
    carrier: str | None
    since: datetime
    port_date: str | None
    title: str | None = None
    many: int = 1
    assignee: str | None = None
    snoozed_until: datetime | None = None
    hold: str | None = None
    name: str = ""
    is_urgent: bool = False
    stand: tuple[tuple[str, int], ...] = ()
