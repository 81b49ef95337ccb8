"""What a document is by its content, never by its name."""

LARGEST_PAPER = 20 * 1024 * 1024  # bytes; Telegram's getFile serves no more (Bot API, read 2026-11-21)

_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)


def paper_type(content: bytes) -> str | None:
    """Return the media type of a PDF, JPEG or PNG by its first bytes; None for anything else."""
    return next((mime for start, mime in _SIGNATURES if content.startswith(start)), None)
