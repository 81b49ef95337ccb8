"""Verifying, through the real child: whatever is done to a sealed letter is found, and nothing passes for it."""

import asyncio
import datetime
import hashlib
import io
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from bot.letters.judging import judge_file
from bot.letters.press import print_letter
from bot.letters.seal import put_seal
from bot.letters.sealer import Sealer, own_sealer
from bot.letters.works import Reads
from bot.letters.workshop import Workshop
from bot.settings import Settings, read_settings
from domain.papers.letter import Letter
from domain.papers.verdicts import Known, Seal, Verdict, code_value, judge
from tests.bot.letters import BRAND, LETTER
from tests.bot.test_seal import Links
from tests.nursery import lent

AT = datetime.datetime(2026, 11, 23, 18, 0, tzinfo=datetime.UTC)
OTHER = Letter(**{field: getattr(LETTER, field) for field in LETTER.__slots__} | {"numbers": ("+14154218833",)})


class Office:
    """The desk as those who verify know it: its seal, and the letters of its history."""

    def __init__(self, folder: Path) -> None:
        self.sealer = own_sealer(folder, Links(), "Port of Call", "")
        self.settings: Settings = read_settings({"DATA_DIR": str(folder)}, folder)
        self._known: dict[str, Known] = {}
        self.letter, self.other = self._sealed(LETTER, 1), self._sealed(OTHER, 2)
        self._workshop = Workshop(BRAND)
        self._reads = Reads(self._workshop, self.settings)

    def _sealed(self, letter: Letter, paper: int) -> bytes:
        content = put_seal(print_letter(letter, BRAND), self.sealer, "Letter of Authorization P-ABCDE").content
        known = Known(7, "P-ABCDE", paper, AT)
        for value in (hashlib.sha256(content).hexdigest(), code_value(letter.code)):
            self._known[value] = known
        return content

    async def _find(self, value: str) -> Known | None:
        return self._known.get(value)

    async def verdict(self, content: bytes) -> Verdict:
        """Verify a file."""
        return (await judge_file(content, self._find, self._reads)).verdict

    async def close(self) -> None:
        """End the child."""
        await self._workshop.close()


@pytest.fixture
def opened(tmp_path: Path) -> Office:
    """Return an office whose letters are sealed here, where no loop runs."""
    return Office(tmp_path)


@pytest.fixture
async def office(opened: Office) -> AsyncIterator[Office]:
    async with lent(opened._workshop):
        yield opened
    await opened.close()


def changed(letter: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(letter))
    other = chance.choice([byte for byte in range(256) if byte != letter[place]])
    return letter[:place] + bytes([other]) + letter[place + 1 :]


@pytest.mark.parametrize(
    ("bytes_of_it", "seed"), [(100, None), pytest.param(1000, 7, marks=pytest.mark.chaos)], ids=["some", "a thousand"]
)
async def test_single_bytes_and_whatever_is_appended_are_found(
    office: Office, bytes_of_it: int, seed: int | None
) -> None:
    seed = seed or random.randrange(2**32)  # some others in each run
    chance = random.Random(seed)
    assert await office.verdict(office.letter) == "untouched"
    others = [changed(office.letter, chance) for _ in range(bytes_of_it)]
    others += [office.letter + chance.randbytes(chance.randint(1, 40)) for _ in range(bytes_of_it // 20)]
    found = {await office.verdict(other) for other in others}
    assert found <= {"changed", "appended", "unknown", "copy", "unsealed", "foreign"}, seed
    assert found >= {"changed", "appended"}


def contents(letter: bytes) -> slice:
    """Return where a letter's signature stands."""
    start = letter.index(b"/Contents <") + len(b"/Contents <")
    return slice(start, letter.index(b">", start))


async def test_a_letter_that_is_cut_off_bears_its_code_at_most(office: Office) -> None:
    whole = office.letter
    for end in (100, len(whole) // 2, contents(whole).start, len(whole) - 200, len(whole) - 1):
        assert await office.verdict(whole[:end]) in ("unsealed", "copy", "changed"), end


async def test_the_signature_of_another_letter_makes_no_letter_of_it(office: Office) -> None:
    mine, theirs = contents(office.letter), contents(office.other)
    room = mine.stop - mine.start
    swapped = office.other[theirs][:room].ljust(room, b"0")
    assert await office.verdict(office.letter[: mine.start] + swapped + office.letter[mine.stop :]) == "changed"


async def signed_again(content: bytes, sealer: Sealer) -> bytes:
    """Return a file with a second signature, as an update behind the first."""
    meta = signers.PdfSignatureMetadata(field_name="Second", md_algorithm="sha256")
    signer = signers.SimpleSigner.load_pkcs12_data(sealer.pkcs12, other_certs=(), passphrase=sealer.password)
    file = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    await signers.PdfSigner(meta, signer=signer).async_sign_pdf(writer, output=file)
    return file.getvalue()


async def test_an_update_behind_the_seal_is_told_whoever_signed_it(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pyhanko.sign.validation.read_certification_data", lambda _reader: None)  # who asks no leave
    (tmp_path / "stranger").mkdir()
    stranger = own_sealer(tmp_path / "stranger", Links(), "Port of Call", "")
    for sealer, alone in ((stranger, "foreign"), (office.sealer, "unknown")):
        update = await signed_again(office.letter, sealer)
        assert update.startswith(office.letter)
        assert await office.verdict(update) == "appended"
        assert await office.verdict(await signed_again(print_letter(LETTER, BRAND), sealer)) == alone


async def test_a_self_made_certificate_of_the_same_name_is_somebody_elses(office: Office, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    namesake = own_sealer(tmp_path / "copy", Links(), "Port of Call", "")
    forged = await asyncio.to_thread(put_seal, print_letter(LETTER, BRAND), namesake, "Letter of Authorization P-ABCDE")
    assert await office.verdict(forged.content) == "foreign"


async def test_a_letter_printed_to_be_signed_is_told_by_hash_and_by_code(office: Office) -> None:
    plain = print_letter(LETTER, BRAND)
    assert await office.verdict(plain) == "copy"
    known = Known(7, "P-ABCDE", 3, AT, made="printed")
    office._known[hashlib.sha256(plain).hexdigest()] = known
    assert await office.verdict(plain) == "unsigned"
    office._known[code_value(LETTER.code)] = known
    assert await office.verdict(plain + b" ") == "copy_unsigned"


async def test_a_copy_that_was_accepted_is_told_by_its_hash_and_any_other_one_by_its_code(office: Office) -> None:
    plain = print_letter(LETTER, BRAND)
    for known, by_hash, by_code in (
        (Known(7, "P-ABCDE", 4, AT, made="accepted"), "on_paper", "copy_on_paper"),
        (Known(7, "P-ABCDE", 4, AT, AT, made="accepted"), "on_paper_void", "copy_on_paper_void"),
    ):
        for content, verdict in ((office.letter, by_hash), (plain, by_hash), (plain + b" ", by_code)):
            office._known = {hashlib.sha256(content.rstrip(b" ")).hexdigest(): known, code_value(LETTER.code): known}
            assert await office.verdict(content) == verdict
        assert judge(known, Seal(True, True, "a stranger's"), "").seal is None  # which says nothing of the pen's
