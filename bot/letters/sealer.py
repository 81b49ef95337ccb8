"""The desk's own seal: made at the first letter, or the company's certificate by setting.

Our own key is a file in `DATA_DIR` that only its owner can read, and that the house's keys encrypt.
"""

import base64
import contextlib
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12, serialize_key_and_certificates
from cryptography.x509.oid import NameOID

from bot.rules import SettingsError
from domain.desk.keeping import Links

KEY_FILE = "seal.key"
CERTIFICATE_FILE = "seal.crt"  # the certificate, then those of lost keys, in PEM: for readers that shall trust them
_GOOD_FOR = timedelta(days=20 * 365)  # letters are shown for years after they were sealed


@dataclass(frozen=True, slots=True)
class Sealer:
    """With what letters are sealed: key and certificate as PKCS#12, its password, an authority's address or nothing."""

    pkcs12: bytes = field(repr=False)
    password: bytes = field(repr=False)
    stamps_at: str = ""


def own_sealer(data_dir: Path, links: Links, company: str, stamps_at: str) -> Sealer:
    """Return the seal of the key file; makes one where there is none. Raises SettingsError for one of other keys."""
    path = data_dir / KEY_FILE
    if not path.exists():
        _make(path, links, company)
    opened = links.open_link(path.read_text("ascii").strip())
    if opened is None:
        raise SettingsError(f"{path} cannot be opened with ENCRYPTION_KEYS: put back the key that it was made with.")
    password, _, pkcs12 = opened.partition(" ")
    sealer = Sealer(base64.b64decode(pkcs12), password.encode(), stamps_at)
    _show(data_dir / CERTIFICATE_FILE, _public(sealer))
    return sealer


def given_sealer(certificate: Path, password: str, stamps_at: str) -> Sealer:
    """Return the seal of a company's own certificate, a PKCS#12 file with its key. Raises SettingsError."""
    try:
        sealer = Sealer(certificate.read_bytes(), password.encode(), stamps_at)
        found = load_pkcs12(sealer.pkcs12, sealer.password or None)
    except OSError:
        raise SettingsError("SEAL_CERTIFICATE names a file that cannot be read; check its path and rights.") from None
    except ValueError:
        raise SettingsError("SEAL_CERTIFICATE cannot be opened as PKCS#12 with SEAL_PASSWORD; check both.") from None
    if found.key is None or found.cert is None:
        raise SettingsError("SEAL_CERTIFICATE must hold a certificate and its private key, as PKCS#12.")
    return sealer


def stamp_roots(path: str) -> bytes:
    """Return the certificates (PEM) to which a time stamp authority's has to lead; none without a path.

    Raises SettingsError.
    """
    if not path:
        return b""
    try:
        content = Path(path).read_bytes()
        x509.load_pem_x509_certificates(content)
    except OSError:
        raise SettingsError("SEAL_TSA_ROOTS names a file that cannot be read; check its path and rights.") from None
    except ValueError:
        raise SettingsError("SEAL_TSA_ROOTS must name a file of certificates in PEM.") from None
    return content


def passing_sealer(stamps_at: str) -> Sealer:
    """Return a seal of the moment, to try a time stamp authority with; nobody keeps it."""
    return Sealer(_fresh("", "passing"), b"passing", stamps_at)


def valid_between(sealer: Sealer) -> tuple[datetime, datetime]:
    """Return from when until when the seal's certificate is valid (UTC)."""
    found = load_pkcs12(sealer.pkcs12, sealer.password or None).cert
    if found is None:
        never = datetime.min.replace(tzinfo=UTC)
        return never, never
    return found.certificate.not_valid_before_utc, found.certificate.not_valid_after_utc


def fingerprint(sealer: Sealer) -> str:
    """Return the SHA-256 (hex) of the certificate, by which a seal is known as the desk's."""
    certificate = load_pkcs12(sealer.pkcs12, sealer.password or None).cert
    return certificate.certificate.fingerprint(hashes.SHA256()).hex() if certificate is not None else ""


def own_fingerprints(data_dir: Path) -> tuple[str, ...]:
    """Return the same of the certificates that stand beside the key file for whoever checks, today's first."""
    try:
        made = x509.load_pem_x509_certificates((data_dir / CERTIFICATE_FILE).read_bytes())
    except FileNotFoundError:
        return ()
    return tuple(each.fingerprint(hashes.SHA256()).hex() for each in made)


def _make(path: Path, links: Links, company: str) -> None:
    """Write a fresh key; of two processes at once the first one's key is kept."""
    password = secrets.token_urlsafe(32)
    pkcs12 = _fresh(company, password)
    _write_once(path, links.seal_link(f"{password} {base64.b64encode(pkcs12).decode()}"))


def _show(path: Path, certificate: str) -> None:
    """Let a certificate stand first in its file; what was sealed with a key that was lost since is still ours."""
    before = path.read_text("ascii") if path.exists() else ""
    if not before.startswith(certificate):
        _write(path, certificate + before.replace(certificate, ""), os.replace)


def _write_once(path: Path, text: str) -> None:
    """Write a file whole, for its owner alone, unless there is one."""
    with contextlib.suppress(FileExistsError):
        _write(path, text, os.link)


def _write(path: Path, text: str, put: Callable[[Path, Path], None]) -> None:
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        put(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _public(sealer: Sealer) -> str:
    """Return the certificate alone, as PEM."""
    certificate = load_pkcs12(sealer.pkcs12, sealer.password).cert
    return certificate.certificate.public_bytes(Encoding.PEM).decode() if certificate is not None else ""


def _fresh(company: str, password: str) -> bytes:
    """Return a key with a certificate that it signs itself, as PKCS#12."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{company[:40]}: seal of letters")])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + _GOOD_FOR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
    )  # fmt: skip
    certificate = made.sign(key, hashes.SHA256())
    locked = BestAvailableEncryption(password.encode())
    return serialize_key_and_certificates(b"seal", key, certificate, None, locked)
