"""Posts for one thread that are owed at the same time: sent as one message, so that several changes are one post."""

from collections import deque
from collections.abc import Collection, Iterable
from datetime import timedelta
from itertools import islice

from domain.desk.keeping import Waiting
from domain.values import replace

GATHERED = "post"  # the one kind of which several are sent as one
GATHER = timedelta(seconds=1.5)  # for which a post waits for others of its request
_PART_OF_UNDO = 40  # a thread tells of a step long before the time to undo it is over
MOST = 20  # posts in one message; how many of them fit, the sender sees
_PASSED = ("card",)  # what may stand between them: it shows the request as it is when it is sent, whatever the order


def wait_of(undo: timedelta) -> timedelta:
    """Return how long a post waits for others, where steps can be undone for so long."""
    return min(GATHER, undo / _PART_OF_UNDO)


def card_first(lane: "deque[Waiting]") -> bool:
    """Put a card that waits behind a post before it, and tell whether there was one: edits wait for no messages."""
    if lane[0].owed.kind != GATHERED:
        return False
    place = next((place for place, waiting in enumerate(lane) if waiting.owed.kind in _PASSED), 0)
    if place:
        waiting = lane[place]
        del lane[place]
        lane.appendleft(waiting)
    return bool(place)


def gathered(lane: Iterable[Waiting], alone: Collection[int]) -> Waiting:
    """Return the head of a lane with the posts behind it that may go with it, in the order owed.

    `alone`: the ids of those that go by themselves.
    """
    head, *rest = islice(lane, 2 * MOST)
    if head.owed.kind != GATHERED or head.owed.id in alone:
        return head
    more: list[Waiting] = []
    for waiting in rest:
        if waiting.owed.kind in _PASSED:
            continue
        if waiting.owed.kind != GATHERED or waiting.owed.id in alone or len(more) + 1 == MOST:
            break
        more.append(waiting)
    attempts = max(waiting.attempts for waiting in (head, *more))
    ambiguous = max(waiting.ambiguous for waiting in (head, *more))
    return replace(head, attempts=attempts, ambiguous=ambiguous, more=tuple(waiting.owed for waiting in more))
