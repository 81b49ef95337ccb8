"""A small bill of a carrier that does not exist, as a PDF, for trying what the desk does with papers."""

from datetime import date

LINES = (
    "SAMPLE WIRELESS - monthly statement",
    "Statement date: {date}",
    "Account name: Ana Torres",
    "Account number: 287041993",
    "Service address: 1201 Market St, San Francisco, CA 94103",
    "Lines on this account: (415) 421-8832",
    "Amount due: $48.20",
)
PAGE = b"/MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>"


def sample_bill(day: date, lines: tuple[str, ...] = LINES) -> bytes:
    """Return a one-page bill dated `day`, at the place `{date}` of its lines; its text can be read without OCR."""
    text = _text([line.format(date=f"{day:%B %d, %Y}") for line in lines])
    return _pdf(
        (
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R " + PAGE + b" >>",
            b"<< /Length %d >>\nstream\n%b\nendstream" % (len(text), text),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        )
    )


def _text(lines: list[str]) -> bytes:
    shown = (f"({_escaped(line)}) Tj T*" for line in lines)
    return "\n".join(("BT /F1 14 Tf 24 TL 72 700 Td", *shown, "ET")).encode("ascii")


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _pdf(objects: tuple[bytes, ...]) -> bytes:
    """Join objects, numbered from 1, with the table that says at which byte each begins."""
    content, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(content))
    return content + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + tail
