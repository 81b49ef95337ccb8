"""What the table of questions is made of: a row, and the topics under which /help shows them."""

from dataclasses import dataclass
from typing import Literal

Topic = Literal["basics", "kinds", "papers", "account", "time", "costs", "service", "trouble"]
Own = Literal["", "stands", "times", "cancel", "keep", "account", "pin", "rings"]

TOPICS: tuple[Topic, ...] = ("basics", "kinds", "papers", "account", "time", "costs", "service", "trouble")


@dataclass(frozen=True, slots=True)
class Entry:
    """A question: its answer is `faq.<id>`, its button `button.faq.<id>`.

    `asked`: the ways in which people put it; matching knows these only. `own` names what is said after the answer of
    the customer's own request, where there is one.
    """

    id: str
    topic: Topic
    asked: tuple[str, ...]
    own: Own = ""


def entry(name: str, topic: Topic, asked: str, own: Own = "") -> Entry:
    """Make a row of the table; `asked` holds one way of asking in each line."""
    return Entry(name, topic, tuple(line.strip() for line in asked.strip().splitlines()), own)
