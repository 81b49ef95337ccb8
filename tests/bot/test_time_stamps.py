"""A letter is time-stamped by the authority of the settings; without its answer it is sealed all the same, and said."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from asn1crypto.tsp import TimeStampReq
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import NoEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign import signers
from pyhanko.sign.timestamps import DummyTimeStamper

from bot.letters.model import Brand
from bot.letters.press import print_letter
from bot.letters.seal import put_seal, read_seal
from bot.letters.sealer import Sealer, own_sealer
from tests.bot.test_seal import AT, LETTER, Links


def _authority() -> DummyTimeStamper:
    """Return an authority that stamps with a key of its own; its time stands still."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "An authority")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(7).not_valid_before(AT.replace(year=2020)).not_valid_after(AT.replace(year=2040))
    stamps = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    certificate = made.add_extension(stamps, critical=True).sign(key, hashes.SHA256())
    stamper = serialize_key_and_certificates(None, key, certificate, None, NoEncryption())
    loaded = signers.SimpleSigner.load_pkcs12_data(stamper, other_certs=())
    return DummyTimeStamper(loaded.signing_cert, loaded.signing_key, fixed_dt=AT)


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


@pytest.fixture
def address() -> Iterator[str]:
    serves = type("Serves", (_Stamps,), {"authority": _authority()})
    server = HTTPServer(("127.0.0.1", 0), serves)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


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
