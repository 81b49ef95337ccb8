"""The errand of a signed letter: printed, sealed and stored, and only then told of.

A death at any point leaves the errand, which does all of it once more: what was stored and not told of is an object
that nothing refers to, and the sweep takes it. Each try has an object of its own, so that none spoils another's.
"""

import hashlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from bot.letters.model import NoGlyph
from bot.letters.works import Works
from domain.desk.keeping import Keeper, Sheet
from domain.desk.letter_seals import SEAL, Made, not_sealed, sealed
from domain.desk.state import Decide, Errand, OfRequest, Paper, Turns
from domain.errors import NotKept
from domain.orders.agreed import agreed_of
from domain.papers.authorization import facts_digest
from domain.papers.evidence import signature_of
from domain.papers.letter import Letter, Signature, letters_of, orders_of
from domain.policy import Policy
from domain.text import ident

log = logging.getLogger(__name__)

MOST_TRIES = 4  # of an errand, the last some 40 seconds after the first
DRAWN = "drawn"  # the kind of a paper that holds what a signer drew


@dataclass(frozen=True, slots=True)
class Signed:
    """A letter that was signed, with how."""

    letter: Letter
    signature: Signature


class LetterErrands:
    """Prints, seals and stores letters."""

    def __init__(self, keeper: Keeper, turns: Turns, works: Works, policy: Policy) -> None:
        self._keeper = keeper
        self._turns = turns
        self._works = works
        self._policy = policy
        self._failed: dict[int, int] = {}  # how often, by the errand's id
        self.ways: dict[str, Callable[[Errand], Awaitable[None]]] = {SEAL: self.seal}

    async def seal(self, errand: Errand) -> None:
        """Seal the letter of one order, and let its request hear of it."""
        paper = await self._keeper.paper(errand.subject)
        sheet = await self._keeper.board.sheet(request_id=errand.request_id)
        if paper is None or sheet is None or paper.status != "wanted":  # forgotten, or void, meanwhile
            await self._keeper.forget(errand)
            return
        signed = await self._signed(sheet, paper)
        if signed is None:
            await self._refuse(errand, "facts")
            return
        try:
            await self._make(errand, paper, signed)
        except NoGlyph as e:
            await self._refuse(errand, "glyph", e.characters)
        except NotKept:  # the database's own trouble, in which nothing could be told either
            raise
        except Exception as e:  # noqa: BLE001 # whatever it is, after so many tries staff are told instead of waiting
            await self._again(errand, e)
        self._failed.pop(errand.id, None)

    async def _again(self, errand: Errand, error: Exception) -> None:
        """Let the errand be tried again; after so many tries staff are told instead of waiting."""
        self._failed[errand.id] = self._failed.get(errand.id, 0) + 1
        if self._failed[errand.id] < MOST_TRIES:
            raise error
        log.error("letter not_sealed id=%s error=%s", ident(errand.subject), type(error).__name__)
        await self._refuse(errand, "trouble")

    async def _make(self, errand: Errand, paper: Paper, signed: Signed) -> None:
        printed = await self._works.letter(signed.letter, signed.signature)
        made = await self._works.seal(printed, f"Letter of Authorization {signed.letter.ref}")
        if made.is_stamped is False:
            log.warning("letter unstamped id=%s", ident(paper.id))
        sha256 = hashlib.sha256(made.content).hexdigest()
        object_key = f"letter-{paper.id}-{sha256[:16]}"
        await self._keeper.files.keep(object_key, made.content)
        kept = Made(object_key, sha256, len(made.content), made.is_stamped)
        decide: Decide = partial(sealed, errand=errand, made=kept, policy=self._policy)
        outcome = await self._turns.turn(OfRequest(errand.request_id), f"errand:{errand.id}", decide)
        if outcome.changes is None or not outcome.changes.papers:
            await self._keeper.files.drop(object_key)  # its signature fell, or another try was first

    async def _refuse(self, errand: Errand, reason: str, more: str = "") -> None:
        decide: Decide = partial(not_sealed, errand=errand, reason=reason, policy=self._policy, more=more)
        await self._turns.turn(OfRequest(errand.request_id), f"errand:{errand.id}", decide)

    async def _signed(self, sheet: Sheet, paper: Paper) -> Signed | None:
        """Return what was signed for the paper's order; None where the request says something else by now."""
        case = sheet.case
        signature = signature_of(case, await self._drawing(sheet))
        given = case.answers.get("signature")
        if signature is None or given is None or given.value[2] != facts_digest(case):
            return None
        letters = letters_of(case, self._policy.company, await self._listed(sheet))
        by_order = {str(order.id): letter for order, letter in zip(orders_of(case), letters, strict=True)}
        letter = by_order.get(paper.file_id)
        return Signed(letter, signature) if letter is not None else None

    async def _drawing(self, sheet: Sheet) -> bytes:
        drawn = [each for each in sheet.papers if each.kind == DRAWN and each.status == "kept" and each.object_key]
        return await self._keeper.files.read(drawn[-1].object_key or "") if drawn else b""

    async def _listed(self, sheet: Sheet) -> tuple[str, ...]:
        agreed = agreed_of(sheet.case)
        if agreed is None:
            return ()
        entries = await self._keeper.lists.entries(sheet.case.request.id, agreed.paper)
        return tuple(entry.e164 for entry in entries)
