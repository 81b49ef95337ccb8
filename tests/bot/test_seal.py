"""The seal on a letter: others read it, nothing can be changed or added without being found, the keys stay ours."""

import datetime
import hashlib
import random
import shutil
import stat
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12, serialize_key_and_certificates
from cryptography.x509.oid import NameOID

from bot.letters.judging import told
from bot.letters.model import Brand
from bot.letters.press import print_letter
from bot.letters.seal import put_seal, read_seal
from bot.letters.sealer import Sealer, fingerprint, given_sealer, own_fingerprints, own_sealer
from bot.rules import SettingsError
from domain.papers.letter import Letter
from domain.papers.verdicts import Known, judge
from domain.policy import Policy

LETTER = Letter(
    "P-7KQ2M", 1, 1, "wireless", "Maria Alvarez", "Maria Alvarez", "1455 Market Street, San Francisco, CA 94103",
    "1455 Market Street, San Francisco, CA 94103", "Verizon Wireless", ("+14154218832",), "", "Port of Call", "0" * 64,
)  # fmt: skip
AT = datetime.datetime(2026, 11, 23, 18, 0, tzinfo=datetime.UTC)


class Links:
    """What stands for the vault: only who has the same one opens what it sealed."""

    def __init__(self, key: str = "k") -> None:
        self._key = key

    def seal_link(self, text: str) -> str:
        return f"{self._key}{text}"

    def open_link(self, token: str) -> str | None:
        return token.removeprefix(self._key) if token.startswith(self._key) else None


@pytest.fixture(scope="module")
def sealer(tmp_path_factory: pytest.TempPathFactory) -> Sealer:
    return own_sealer(tmp_path_factory.mktemp("seal"), Links(), "Port of Call", "")


@pytest.fixture(scope="module")
def letter(sealer: Sealer) -> bytes:
    return put_seal(print_letter(LETTER, Brand("Port of Call")), sealer, "Letter of Authorization P-7KQ2M").content


def test_the_seal_of_a_letter_covers_all_of_it_and_names_its_certificate(sealer: Sealer, letter: bytes) -> None:
    seal = read_seal(letter)
    assert seal is not None
    assert (seal.is_intact, seal.is_whole, seal.signer, seal.stamped_at) == (True, True, fingerprint(sealer), None)
    assert b"/DocMDP" in letter
    assert b"/P 1" in letter  # certified: no changes allowed


def test_another_reader_of_pdfs_validates_it(letter: bytes, tmp_path: Path) -> None:
    pdfsig = shutil.which("pdfsig")
    if pdfsig is None:
        pytest.skip("no pdfsig here: poppler-utils is not installed")
    file = tmp_path / "letter.pdf"
    file.write_bytes(letter)
    said = subprocess.run([pdfsig, str(file)], capture_output=True, text=True, check=False).stdout  # ours
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


def _known_by_hash(letter: bytes) -> Callable[[bytes], Known | None]:
    known = {hashlib.sha256(letter).hexdigest(): Known(1, "P-7KQ2M", 2, AT)}
    return lambda content: known.get(hashlib.sha256(content).hexdigest())


def _changed(letter: bytes, chance: random.Random, within: range) -> bytes:
    place = chance.choice(within)
    other = chance.choice([byte for byte in range(256) if byte != letter[place]])
    return letter[:place] + bytes([other]) + letter[place + 1 :]


def test_a_thousand_changed_bytes_and_appended_ones_are_all_found(sealer: Sealer, letter: bytes) -> None:
    chance, look_up, ours = random.Random(7), _known_by_hash(letter), fingerprint(sealer)
    assert judge(look_up(letter), read_seal(letter), {ours}).verdict == "untouched"
    others = [_changed(letter, chance, range(len(letter))) for _ in range(1000)]
    others += [letter + chance.randbytes(chance.randint(1, 40)) for _ in range(100)]
    found = Counter(judge(look_up(other), read_seal(other), {ours}).verdict for other in others)
    assert found["untouched"] == 0
    assert found["appended"] >= 100  # of what is changed, some makes the file no PDF, or its seal no seal of ours
    assert found["changed"] > 500


def test_changed_bytes_are_found_by_the_seal_alone(letter: bytes) -> None:
    start = letter.index(b"/Contents <") + len(b"/Contents <")
    end = letter.index(b">", start)
    signed = range(start - 20), range(end + 1, len(letter))
    chance = random.Random(11)
    for place in range(60):
        seal = read_seal(_changed(letter, chance, signed[place % 2]))
        assert seal is None or not (seal.is_intact and seal.is_whole), place


@pytest.mark.parametrize("more", [b"\n%%EOF", b"x" * 3000, b"\nstartxref\n9\n%%EOF\n"])
def test_what_is_added_behind_the_seal_is_told_as_such(sealer: Sealer, letter: bytes, more: bytes) -> None:
    seal = read_seal(letter + more)
    assert judge(None, seal, {fingerprint(sealer)}).verdict == "appended"


def test_a_file_without_a_seal_and_one_of_somebody_elses_are_none_of_ours(sealer: Sealer, tmp_path: Path) -> None:
    plain, ours = print_letter(LETTER, Brand("Port of Call")), fingerprint(sealer)
    assert judge(None, read_seal(plain), {ours}).verdict == "unsealed"
    assert judge(None, read_seal(b"no PDF"), {ours}).verdict == "unsealed"
    other = put_seal(plain, own_sealer(tmp_path, Links(), "Another Company", ""), "theirs").content
    assert judge(None, read_seal(other), {ours}).verdict == "foreign"


def test_a_letter_of_an_earlier_certificate_is_known_by_its_hash(letter: bytes) -> None:
    known = Known(1, "P-7KQ2M", 2, AT)
    assert judge(known, read_seal(letter), {"another certificate"}).verdict == "untouched"
    assert judge(Known(1, "P-7KQ2M", 2, AT, void_at=AT), read_seal(letter), ()).verdict == "void"
    assert judge(known, None, ()).verdict == "broken"


def ended() -> Sealer:
    """Return the seal of a certificate that was good from 2020 to 2022."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Seal")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(9)
    made = made.not_valid_before(AT.replace(year=2020)).not_valid_after(AT.replace(year=2022))
    locked = BestAvailableEncryption(b"secret")
    sealed_with = made.sign(key, hashes.SHA256())
    return Sealer(serialize_key_and_certificates(b"own", key, sealed_with, None, locked), b"secret")


class Clock2021(datetime.datetime):
    """The clock of the library that seals, five years ago."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> "Clock2021":
        return cls(2021, 6, 1, tzinfo=tz)


def test_a_letter_stays_untouched_when_its_certificate_ends_and_one_sealed_after_that_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sealer, plain, known = ended(), print_letter(LETTER, Brand("Port of Call")), Known(1, "P-7KQ2M", 2, AT)
    late = put_seal(plain, sealer, "after its end").content
    monkeypatch.setattr("pyhanko.sign.signers.pdf_signer.datetime", Clock2021)
    in_time = put_seal(plain, sealer, "before its end").content
    for content, is_in_time in ((late, False), (in_time, True)):
        judged = judge(known, read_seal(content), fingerprint(sealer))
        assert judged.seal is not None
        assert (judged.verdict, judged.seal.is_in_time) == ("untouched", is_in_time)
        assert ("was not valid at the time of sealing" in told(judged, Policy())) == (not is_in_time)
    assert judge(None, read_seal(in_time + b"\n%%EOF"), fingerprint(sealer)).verdict == "appended"


def test_our_key_is_made_once_for_its_owner_alone_and_is_encrypted(tmp_path: Path) -> None:
    first = own_sealer(tmp_path, Links(), "Port of Call", "")
    assert fingerprint(own_sealer(tmp_path, Links(), "Port of Call", "")) == fingerprint(first)
    assert own_fingerprints(tmp_path) == (fingerprint(first),)
    assert stat.S_IMODE((tmp_path / "seal.key").stat().st_mode) == 0o600
    with pytest.raises(SettingsError, match="put back the key"):
        own_sealer(tmp_path, Links("another"), "Port of Call", "")
    assert "pkcs12" not in repr(first)


def test_a_lost_key_leaves_its_certificate_known_behind_that_of_the_new_one(sealer: Sealer, tmp_path: Path) -> None:
    lost = own_sealer(tmp_path, Links(), "Port of Call", "")
    for _ in range(2):
        (tmp_path / "seal.key").unlink()
        new = own_sealer(tmp_path, Links(), "Port of Call", "")
    known = own_fingerprints(tmp_path)
    assert (known[0], known[-1], len(known)) == (fingerprint(new), fingerprint(lost), 3)
    for one, verdict in ((new, "appended"), (lost, "appended"), (sealer, "foreign")):
        sealed = put_seal(print_letter(LETTER, Brand("Port of Call")), one, "ours").content
        assert judge(None, read_seal(sealed + b"\n%%EOF"), known).verdict == verdict
    assert own_sealer(tmp_path, Links(), "Port of Call", "") == new
    assert own_fingerprints(tmp_path) == known
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["seal.crt", "seal.key"]


def test_a_companys_own_certificate_seals(sealer: Sealer, tmp_path: Path) -> None:
    found = load_pkcs12(sealer.pkcs12, sealer.password)
    assert found.key is not None
    assert found.cert is not None
    file = tmp_path / "own.p12"
    locked = BestAvailableEncryption(b"secret")
    file.write_bytes(serialize_key_and_certificates(b"own", found.key, found.cert.certificate, None, locked))  # type: ignore[arg-type] # any private key
    given = given_sealer(file, "secret", "")
    made = put_seal(print_letter(LETTER, Brand("Port of Call")), given, "ours").content
    seal = read_seal(made)
    assert seal is not None
    assert (seal.is_intact, seal.signer) == (True, fingerprint(given))
    with pytest.raises(SettingsError, match="SEAL_PASSWORD"):
        given_sealer(file, "wrong", "")
    with pytest.raises(SettingsError, match="cannot be read"):
        given_sealer(tmp_path / "none.p12", "", "")
