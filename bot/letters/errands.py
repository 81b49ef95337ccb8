"""The errand of a signed letter: printed, sealed and stored, and only then told of.

A death at any point leaves the errand, which does all of it once more: what was stored and not told of is an object
that nothing refers to, and the sweep takes it. Each try has an object of its own, so that none spoils another's.
"""

import hashlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from bot.letters.looks import said
from bot.letters.model import NoGlyph
from bot.letters.shelf import ListDiffers, Shelf
from bot.letters.works import Works
from domain.desk.keeping import Sheet
from domain.desk.letter_seals import SEAL, Made, not_sealed, not_sealed_yet, sealed
from domain.desk.signers import DRAWN
from domain.desk.state import Errand, Paper
from domain.errors import NotKept
from domain.papers.authorization import facts_digest
from domain.papers.evidence import signature_of
from domain.papers.letter import Letter, Signature, as_signed
from domain.text import ident
from domain.values import replace

log = logging.getLogger(__name__)

TOLD_AFTER = 4  # tries of an errand, the last some 40 seconds after the first


@dataclass(frozen=True, slots=True)
class Signed:
    """A letter that was signed, with how."""

    letter: Letter
    signature: Signature


class LetterErrands:
    """Prints, seals and stores letters."""

    def __init__(self, shelf: Shelf, works: Works) -> None:
        self._shelf = shelf
        self._works = works
        self._failed: dict[int, int] = {}  # how often, by the errand's id
        self.ways: dict[str, Callable[[Errand], Awaitable[None]]] = {SEAL: self.seal}

    async def seal(self, errand: Errand) -> None:
        """Seal the letter of one order, and let its request hear of it."""
        found = await self._shelf.wanted(errand)
        if found is not None:
            await self._make_or_refuse(errand, *found)
        self._failed.pop(errand.id, None)

    async def _make_or_refuse(self, errand: Errand, paper: Paper, sheet: Sheet) -> None:
        """Make a letter; one that never can be made is refused, and any other is tried again until it is."""
        try:
            await self._make(errand, paper, sheet)
        except NoGlyph as e:
            await self._refuse(errand, "glyph", e.characters)
        except ListDiffers:
            log.error("letter list_differs id=%s", ident(errand.subject))
            await self._refuse(errand, "list")
        except NotKept:  # the database's own trouble, in which nothing could be told either
            raise
        except Exception as e:  # whatever it is, it may pass: a full disk, a key that was not put back
            await self._tell_trouble(errand, e)
            raise

    async def _tell_trouble(self, errand: Errand, error: Exception) -> None:
        """Tell staff, once, of a letter that failed so often that they had better hear of it."""
        self._failed[errand.id] = self._failed.get(errand.id, 0) + 1
        if self._failed[errand.id] == TOLD_AFTER:
            log.error("letter not_sealed id=%s error=%s", ident(errand.subject), type(error).__name__)
            decide = partial(not_sealed_yet, errand=errand, policy=self._shelf.policy)
            await self._shelf.tell(errand, decide, f"trouble:{errand.id}")

    async def _make(self, errand: Errand, paper: Paper, sheet: Sheet) -> None:
        signed = await self._signed(sheet, paper)
        if signed is None:
            await self._refuse(errand, "facts")
            return
        printed = await self._works.letter(signed.letter, signed.signature)
        made = await self._works.seal(printed, said("printed.seal_reason", {"ref": signed.letter.ref}))
        if made.is_stamped is False:
            log.warning("letter unstamped id=%s", ident(paper.id))
        sha256 = hashlib.sha256(made.content).hexdigest()
        head = (f"letter-{paper.id}-{sha256[:16]}", sha256, len(made.content))
        kept = Made(*head, made.is_stamped, signed.letter.code)
        decide = partial(sealed, errand=errand, made=kept, policy=self._shelf.policy)
        await self._shelf.store(errand, kept.object_key, made.content, decide)

    async def _refuse(self, errand: Errand, reason: str, more: str = "") -> None:
        decide = partial(not_sealed, errand=errand, reason=reason, policy=self._shelf.policy, more=more)
        await self._shelf.tell(errand, decide)

    async def _signed(self, sheet: Sheet, paper: Paper) -> Signed | None:
        """Return what was signed for the paper's order; None where the request says something else by now."""
        case = as_signed(sheet.case)
        signature = signature_of(case, await self._shelf.drawing(sheet, DRAWN))
        given = case.answers.get("signature")
        if signature is None or given is None or given.value[2] != facts_digest(case):
            return None
        letter = (await self._shelf.letters(replace(sheet, case=case))).get(paper.file_id)
        return Signed(letter, signature) if letter is not None else None
