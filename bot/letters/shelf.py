"""What errands of letters take and put back: a paper with its request, the letters as they are now, what came of it."""

import asyncio

from domain.desk.keeping import Keeper, Lists, Sheet
from domain.desk.state import Decide, Errand, OfRequest, Paper, Turns
from domain.numbers.listing import digest_of
from domain.orders.agreed import agreed_of
from domain.orders.model import Case
from domain.papers.letter import Letter, letters_of, orders_of
from domain.policy import Policy


class ListDiffers(Exception):  # noqa: N818 - the name that a letter's readers know it by
    """The numbers that are kept of a list are not those that the customer agreed to: no letter may name them."""


async def listed_numbers(case: Case, lists: Lists) -> tuple[str, ...]:
    """Return the numbers (E.164) of the list that was agreed to, in order; none without one. Raises ListDiffers."""
    agreed = agreed_of(case)
    if agreed is None:
        return ()
    numbers = tuple(entry.e164 for entry in await lists.entries(case.request.id, agreed.paper))
    if await asyncio.to_thread(digest_of, numbers) != agreed.digest:
        raise ListDiffers
    return numbers


class Shelf:
    """Keeps files and papers for the errands of letters."""

    def __init__(self, keeper: Keeper, turns: Turns, policy: Policy) -> None:
        self._keeper = keeper
        self._turns = turns
        self.policy = policy

    async def wanted(self, errand: Errand) -> tuple[Paper, Sheet] | None:
        """Return the paper that an errand is about, with its request; None, and no errand, where it is not wanted."""
        paper = await self._keeper.paper(errand.subject)
        sheet = await self._keeper.board.sheet(request_id=errand.request_id)
        if paper is None or sheet is None or paper.status != "wanted":  # forgotten, or void, meanwhile
            await self._keeper.forget(errand)
            return None
        return paper, sheet

    async def letters(self, sheet: Sheet) -> dict[str, Letter]:
        """Return the letters of a request as it is now, by the ids of their orders. Raises ListDiffers."""
        letters = letters_of(sheet.case, self.policy.company, await self._listed(sheet))
        return {str(order.id): letter for order, letter in zip(orders_of(sheet.case), letters, strict=True)}

    async def _listed(self, sheet: Sheet) -> tuple[str, ...]:
        return await listed_numbers(sheet.case, self._keeper.lists)

    async def drawing(self, sheet: Sheet, kind: str) -> bytes:
        """Return the newest kept paper of a kind; empty: there is none."""
        found = [each.object_key for each in sheet.papers if each.kind == kind and each.status == "kept"]
        return await self._keeper.files.read(found[-1]) if found and found[-1] else b""

    async def tell(self, errand: Errand, decide: Decide, event: str = "") -> None:
        """Let the request hear what came of an errand. `event`: of what is told before its end."""
        await self._turns.turn(OfRequest(errand.request_id), event or f"errand:{errand.id}", decide)

    async def store(self, errand: Errand, object_key: str, content: bytes, decide: Decide) -> None:
        """Keep a file, and let its request hear of it; one that is not wanted any more is dropped again."""
        await self._keeper.files.keep(object_key, content)
        outcome = await self._turns.turn(OfRequest(errand.request_id), f"errand:{errand.id}", decide)
        if outcome.missing or (outcome.changes is not None and not outcome.changes.papers):
            await self._keeper.files.drop(object_key)
