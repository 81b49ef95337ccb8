"""What the doctor finds of the letters' seal: its key, its certificate and how long that is valid, its stamps."""

import asyncio
import stat
from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from bot.clock import Now
from bot.letters.sealer import KEY_FILE, given_sealer, passing_sealer, stamp_roots, valid_between
from bot.rules import SettingsError
from bot.settings import Settings

Found = tuple[str, bool, str]  # name, whether it is well, a sentence

SOON = timedelta(days=30)


async def examine_seal(settings: Settings, now: Now) -> AsyncIterator[Found]:
    """Yield what is found of the seal and of the time stamp authority, where there is one."""
    yield "seal", *(await asyncio.to_thread(_certificate if settings.seal_certificate else _own_key, settings, now))
    if settings.seal_tsa_url:
        yield "stamps", *(await asyncio.to_thread(_stamps, settings))


def _own_key(settings: Settings, _now: Now) -> tuple[bool, str]:
    path = settings.data_dir / KEY_FILE
    if not path.exists():
        return True, "No letter is sealed yet; the first one makes a key, in DATA_DIR."
    return _is_private(path) or (True, f"Letters are sealed with the key of {path}: back it up with ENCRYPTION_KEYS.")


def _certificate(settings: Settings, now: Now) -> tuple[bool, str]:
    """Judge the company's own certificate: readable, kept to its owner, valid, and for a while yet."""
    try:
        sealer = given_sealer(Path(settings.seal_certificate), settings.seal_password, "")
    except SettingsError as e:
        return False, str(e)
    since, until = valid_between(sealer)
    if since > now():
        return (
            False,
            f"The certificate of SEAL_CERTIFICATE is not valid before {since:%Y-%m-%d}: use another one.",
        )
    if until <= now():
        return False, f"The certificate of SEAL_CERTIFICATE expired on {until:%Y-%m-%d}: put a new one in its place."
    if until <= now() + SOON:
        return False, f"The certificate of SEAL_CERTIFICATE expires on {until:%Y-%m-%d}: get a new one before that."
    well = (True, f"The certificate of SEAL_CERTIFICATE opens, and is valid until {until:%Y-%m-%d}.")
    return _is_private(Path(settings.seal_certificate)) or well


def _is_private(path: Path) -> tuple[bool, str] | None:
    """Return what is wrong with a key file's rights; None where only its owner can read it."""
    if stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        return False, f"{path} can be read by others than its owner: `chmod 600` it."
    return None


def _stamps(settings: Settings) -> tuple[bool, str]:
    """Have an empty page stamped as letters are, and judge the authority."""
    from reportlab.pdfgen.canvas import Canvas  # here: they take a second and a half to load

    from bot.letters.seal import put_seal, read_seal

    try:
        roots = stamp_roots(settings.seal_tsa_roots)
    except SettingsError as e:
        return False, str(e)
    page = BytesIO()
    canvas = Canvas(page)
    canvas.showPage()
    canvas.save()
    made = put_seal(page.getvalue(), passing_sealer(settings.seal_tsa_url), "doctor")
    seal = read_seal(made.content, roots) if made.is_stamped else None
    if seal is None:
        return False, "The authority of SEAL_TSA_URL gives no time stamp: check the address and the network."
    return _TRUST[seal.stamp]


_TRUST = {
    "": (False, "What the authority of SEAL_TSA_URL sends is no time stamp that can be read: choose another one."),
    "untrusted": (False, "The authority of SEAL_TSA_URL is none of SEAL_TSA_ROOTS: correct the one or the other."),
    "unchecked": (True, "The authority of SEAL_TSA_URL answers. Set SEAL_TSA_ROOTS, and `verify` checks who it is."),
    "trusted": (True, "The authority of SEAL_TSA_URL answers, and its certificate leads to one of SEAL_TSA_ROOTS."),
}
