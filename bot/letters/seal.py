"""The seal on a letter: a certifying PAdES signature that allows no change, and what can be read of one.

Both take more than a second, most of it to load pyHanko (0.38, 2 cores, 2026-11-22): they are for the workshop's child.
"""

import asyncio
import re
from dataclasses import replace
from datetime import datetime
from io import BytesIO

from asn1crypto import pem
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from bot.letters.seal_jobs import SealedPdf
from bot.letters.sealer import Sealer
from domain.papers.verdicts import Seal, Stamp

FIELD = "Seal"  # the name of the signature's field
_COVERED = re.compile(
    rb"/ByteRange\s*\[\s*0\s+\d+\s+(\d{1,9})\s+(\d{1,9})\s*\]"
)  # where the second range begins, its length
STAMP_WITHIN = 10  # seconds that a time stamp authority has
_STAMP_TROUBLE = (TimestampRequestError, ValueError, OSError)  # ValueError: what came is no time stamp


def put_seal(pdf: bytes, sealer: Sealer, reason: str) -> SealedPdf:
    """Seal a letter; without a time stamp where the authority does not give one. `reason`: as readers show it."""
    if not sealer.stamps_at:
        return SealedPdf(asyncio.run(_sealed(pdf, sealer, reason, stamper=None)), None)
    stamper = HTTPTimeStamper(sealer.stamps_at, timeout=STAMP_WITHIN)
    try:
        return SealedPdf(asyncio.run(_sealed(pdf, sealer, reason, stamper)), is_stamped=True)
    except _STAMP_TROUBLE:
        return SealedPdf(asyncio.run(_sealed(pdf, sealer, reason, stamper=None)), is_stamped=False)


async def _sealed(pdf: bytes, sealer: Sealer, reason: str, stamper: HTTPTimeStamper | None) -> bytes:
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, reason=reason, certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )  # fmt: skip
    signer = signers.SimpleSigner.load_pkcs12_data(sealer.pkcs12, other_certs=(), passphrase=sealer.password or None)
    writer, file = IncrementalPdfFileWriter(BytesIO(pdf)), BytesIO()
    await signers.PdfSigner(meta, signer=signer, timestamper=stamper).async_sign_pdf(writer, output=file)
    return file.getvalue()


def read_seal(content: bytes, roots: bytes = b"") -> Seal | None:
    """Return what the first seal of a file says; None where it has none that can be read, whatever else it is.

    `roots`: certificates (PEM) to which a time stamp authority's has to lead; none: nobody can tell.
    """
    whole, covered = _tried(content, roots), _COVERED.search(content)
    end = int(covered[1]) + int(covered[2]) if covered is not None else len(content)
    if whole is not None or end >= len(content):
        return whole
    before = _tried(content[:end], roots)  # what was added may hide the seal from readers
    return None if before is None else replace(before, is_whole=False)


def _tried(content: bytes, roots: bytes) -> Seal | None:
    try:
        return asyncio.run(_read(content, roots))
    except Exception:  # noqa: BLE001 # a stranger's bytes: the reader fails on them in a hundred ways
        return None


async def _read(content: bytes, roots: bytes) -> Seal | None:
    found = PdfFileReader(BytesIO(content)).embedded_signatures
    if not found:
        return None
    signature: EmbeddedPdfSignature = found[0]
    status = await async_validate_pdf_signature(signature, ValidationContext(trust_roots=()), skip_diff=True)
    stamped_at = _stamped(status)
    return Seal(
        is_intact=status.intact and status.valid,
        is_whole=len(found) == 1 and status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        signer=status.signing_cert.sha256.hex(),
        stamped_at=stamped_at,
        stamp=await _stamp(signature, stamped_at, roots) if stamped_at is not None else "",
        is_in_time=_is_in_time(status, stamped_at or signature.self_reported_timestamp),
    )


def _stamped(status: PdfSignatureStatus) -> datetime | None:
    stamp = status.timestamp_validity
    return stamp.timestamp if stamp is not None and stamp.intact and stamp.valid else None


async def _stamp(signature: EmbeddedPdfSignature, stamped_at: datetime, roots: bytes) -> Stamp:
    """Tell whether the authority's certificate led to a trusted one when it stamped."""
    if not roots:
        return "unchecked"
    trusted = [Certificate.load(der) for _, _, der in pem.unarmor(roots, multiple=True)]
    stamps = ValidationContext(trust_roots=trusted, moment=stamped_at, best_signature_time=stamped_at)
    nobody = ValidationContext(trust_roots=())
    status = await async_validate_pdf_signature(signature, nobody, ts_validation_context=stamps, skip_diff=True)
    stamp = status.timestamp_validity
    return "trusted" if stamp is not None and stamp.trusted else "untrusted"


def _is_in_time(status: PdfSignatureStatus, at: datetime | None) -> bool:
    valid = status.signing_cert["tbs_certificate"]["validity"]
    return at is None or valid["not_before"].native <= at <= valid["not_after"].native
