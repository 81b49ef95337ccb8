"""The evidence page: by whom, when, how and where a letter was signed, and what it was that was signed."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.letters.looks import BODY, LABEL, VALUE, day_of, fitting, said, worded
from bot.letters.sheet import ACCENT, INK, LEFT, RIGHT, Look, Sheets
from domain.papers.authorization import TEXT_VERSION, consent_words
from domain.papers.letter import Letter, Signature
from domain.papers.marks import grouped

_TITLE = Look("bold", 16, 22, ACCENT)
_LABELS = 150.0  # how wide the column of labels is


def write_evidence(sheets: Sheets, letter: Letter, signature: Signature, zone: ZoneInfo) -> None:
    """Write the page that tells how a letter was signed. `zone`: the desk's."""
    sheets.write(said("printed.evidence.title"), _TITLE)
    sheets.write(said("printed.evidence.about"), BODY)
    sheets.skip(14)
    there = signature.at.astimezone(zone)
    utc = signature.at.astimezone(UTC)
    rows = (
        ("name", signature.name),
        *((("stated", letter.signer),) if letter.signer not in ("", signature.name) else ()),
        ("at", f"{day_of(utc)}, {utc:%H:%M:%S} UTC"),
        ("at_desk", said("printed.evidence.zone", {"at": f"{day_of(there)}, {there:%H:%M:%S}", "zone": _zone(there)})),
        ("how", said(f"printed.evidence.how_{signature.how}")),
        ("consent", _consent(signature.consent, letter)),
        ("where", worded(signature.where) or signature.where),
        ("checked", _checked(signature)),
        ("who", _who(signature.who)),
        ("text", said("printed.evidence.version", {"version": TEXT_VERSION})),
        ("facts", grouped(letter.facts)),
        ("code", grouped(letter.code)),
    )
    for name, value in rows:
        _row(sheets, said(f"printed.evidence.{name}"), value)
    _show(sheets, signature)


def _checked(signature: Signature) -> str:
    """Return how the signer was known, with what they answered where they were asked whose account it is."""
    known = worded(f"letter.checked.{signature.where.rpartition('.')[2]}")
    answered = worded(f"letter.answered.{signature.authority}") if signature.authority else ""
    return " ".join(each for each in (known, answered) if each) or "—"


def _zone(at: datetime) -> str:
    """Return a time's zone as people know it: "EST, America/New York, UTC-05:00"."""
    offset = f"{at:%z}"
    place = at.tzinfo.key.replace("_", " ") if isinstance(at.tzinfo, ZoneInfo) else ""
    return ", ".join(part for part in (f"{at:%Z}", place, f"UTC{offset[:3]}:{offset[3:]}") if part)


def _who(who: str) -> str:
    kind, _, account = who.partition(":")
    return said("printed.evidence.telegram", {"id": account}) if kind == "telegram" else who


def _consent(version: str, letter: Letter) -> str:
    """Return the text of a consent beside its version, as its signer read it."""
    named = said("printed.evidence.version", {"version": version})
    text = worded(consent_words(version), {"company": letter.company})
    return f"{named}: {text}" if text else named


def _row(sheets: Sheets, label: str, value: str) -> None:
    sheets.need(2 * VALUE.leading)
    sheets.page.line(LEFT, sheets.y - VALUE.leading, label, LABEL)
    sheets.write(value, VALUE, LEFT + _LABELS)
    sheets.y -= 6
    sheets.page.rule(LEFT, sheets.y, RIGHT)


def _show(sheets: Sheets, signature: Signature) -> None:
    """Show the signature itself, as it was typed or drawn."""
    sheets.need(110)
    sheets.y -= 90
    if signature.how == "drawn":
        sheets.page.place(signature.drawing, LEFT, sheets.y, (RIGHT - LEFT, 76))
    else:
        sheets.page.line(LEFT, sheets.y + 20, *fitting(signature.name, Look("hand", 30, 40, INK), RIGHT - LEFT))
