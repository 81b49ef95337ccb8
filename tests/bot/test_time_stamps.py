"""A letter is time-stamped by the authority of the settings; without its answer it is sealed all the same, and said."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from asn1crypto.tsp import TimeStampReq
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12, serialize_key_and_certificates
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign import signers
from pyhanko.sign.timestamps import DummyTimeStamper

from bot.letters.judging import told
from bot.letters.model import Brand
from bot.letters.press import print_letter
from bot.letters.seal import put_seal, read_seal
from bot.letters.sealer import Sealer, own_sealer
from domain.papers.verdicts import Judged, Known, judge
from domain.policy import Policy
from tests.bot.test_seal import AT, LETTER, Links


def _made() -> tuple[DummyTimeStamper, bytes]:
    """Return an authority that stamps with a key of its own, at a time that stands still, and its root as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(7).not_valid_before(AT.replace(year=2020)).not_valid_after(AT.replace(year=2040))
    stamps = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    certificate = made.add_extension(stamps, critical=True).sign(key, hashes.SHA256())
    stamper = serialize_key_and_certificates(None, key, certificate, None, NoEncryption())
    loaded = signers.SimpleSigner.load_pkcs12_data(stamper, other_certs=())
    stamps_with = DummyTimeStamper(loaded.signing_cert, loaded.signing_key, fixed_dt=AT)
    return stamps_with, certificate.public_bytes(Encoding.PEM)


AUTHORITY, ROOTS = _made()


class _Stamps(BaseHTTPRequestHandler):
    authority: DummyTimeStamper

    def do_POST(self) -> None:
        asked = TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        answer = b"no" if self.path == "/bad" else self.authority.request_tsa_response(asked).dump()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain" if self.path == "/bad" else "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_args: object) -> None:
        """Keep still."""


@contextmanager
def serve_stamps() -> Iterator[str]:
    """Serve the authority; yields its address."""
    serves = type("Serves", (_Stamps,), {"authority": AUTHORITY})
    server = HTTPServer(("127.0.0.1", 0), serves)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def address() -> Iterator[str]:
    with serve_stamps() as served:
        yield served


@pytest.fixture
def sealer(tmp_path: Path) -> Sealer:
    return own_sealer(tmp_path, Links(), "Port of Call", "")


def test_a_letter_bears_the_authoritys_time(address: str, sealer: Sealer) -> None:
    made = put_seal(print_letter(LETTER, Brand("Port of Call")), replace(sealer, stamps_at=address), "ours")
    seal = read_seal(made.content)
    assert made.is_stamped is True
    assert seal is not None
    assert (seal.is_intact, seal.is_whole, seal.stamped_at) == (True, True, AT)


@pytest.mark.parametrize("way", ["/bad", "gone"])
def test_an_authority_that_gives_no_stamp_keeps_no_letter_from_its_seal(address: str, sealer: Sealer, way: str) -> None:
    place = f"{address}{way}" if way == "/bad" else "http://127.0.0.1:9"  # where nobody listens
    made = put_seal(print_letter(LETTER, Brand("Port of Call")), replace(sealer, stamps_at=place), "ours")
    seal = read_seal(made.content)
    assert made.is_stamped is False
    assert seal is not None
    assert (seal.is_intact, seal.stamped_at) == (True, None)


def _others(tmp_path: Path) -> bytes:
    """Return a root that the authority knows nothing of."""
    return (tmp_path / "seal.crt").read_bytes()


def test_the_authority_is_trusted_when_its_certificate_leads_to_a_root_of_the_settings(
    address: str, sealer: Sealer, tmp_path: Path
) -> None:
    made = put_seal(print_letter(LETTER, Brand("Port of Call")), replace(sealer, stamps_at=address), "ours").content
    for roots, stamp, said in (
        (ROOTS, "trusted", "that this desk trusts saw it"),
        (_others(tmp_path) + ROOTS, "trusted", "that this desk trusts saw it"),
        (_others(tmp_path), "untrusted", "do not rely on that time"),
        (b"", "unchecked", "was not checked"),
    ):
        seal = read_seal(made, roots)
        assert seal is not None
        assert (seal.stamp, seal.is_intact) == (stamp, True)
        judged = judge(Known(1, "P-7KQ2M", 2, AT), seal, "")
        assert said in told(judged, Policy())


def test_a_seal_whose_certificate_was_not_valid_when_it_sealed_says_so(sealer: Sealer, address: str) -> None:
    made = put_seal(print_letter(LETTER, Brand("Port of Call")), replace(sealer, stamps_at=address), "ours").content
    seal = read_seal(made)  # the authority's time stands still, a day and more before the certificate was made or after
    assert seal is not None
    begins = load_pkcs12(sealer.pkcs12, sealer.password).cert
    assert begins is not None
    is_in_time = begins.certificate.not_valid_before_utc <= AT
    assert seal.is_in_time is is_in_time
    late = Judged("untouched", Known(1, "P-7KQ2M", 2, AT), replace(seal, is_in_time=False))
    assert "was not valid at the time of sealing" in told(late, Policy())
