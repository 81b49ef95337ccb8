"""The mail server of SMTP_URL: read from it, and spoken to with TLS wherever that is possible."""

from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from aiosmtplib import SMTP

from domain.readers.emails import read_email

_PORTS = {"smtp": 587, "smtps": 465}  # RFC 8314 (from memory, not read again)
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_SHAPE = (
    "SMTP_URL must look like smtp://user:password@host:587?from=desk@example.com (or smtps://…), "
    "with special characters of user and password written as %XX."
)


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over, and in whose name. `is_wrapped`: TLS from the first byte (smtps)."""

    host: str
    port: int
    sender: str
    is_wrapped: bool
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def is_here(self) -> bool:
        """Tell whether it runs on this computer: what goes there leaves it only if that server sends it on."""
        return self.host in _HERE

    def client(self, seconds: float) -> SMTP:
        """Return a connection yet to be made, whose every step may take `seconds`.

        A password goes out under TLS only, but to this computer. EHLO names the sender's domain: looking up our own
        name can take longer than a send may.
        """
        return SMTP(
            hostname=self.host,
            port=self.port,
            username=self.user or None,
            password=self.password or None,
            use_tls=self.is_wrapped,
            start_tls=False if self.is_wrapped or self.is_here else (True if self.user else None),
            local_hostname=self.sender.rpartition("@")[2],
            timeout=seconds,
        )


def read_server(url: str) -> MailServer:
    """Return the server of an SMTP_URL. Raises ValueError with one sentence, which shows nothing of the address."""
    try:
        parts = urlsplit(url)
        port, asked = parts.port, parse_qs(parts.query, keep_blank_values=True)
    except ValueError:
        raise ValueError(_SHAPE) from None
    has_shape = parts.scheme in _PORTS and parts.hostname and parts.path in ("", "/") and not parts.fragment
    if not has_shape or not url.isprintable() or bool(parts.username) != bool(parts.password):
        raise ValueError(_SHAPE)
    return MailServer(
        host=parts.hostname or "",
        port=port or _PORTS[parts.scheme],
        sender=_sender(parts, asked),
        is_wrapped=parts.scheme == "smtps",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _sender(parts: SplitResult, asked: dict[str, list[str]]) -> str:
    """Return the address in whose name we write: `from`, else the user if that is one."""
    given = asked.get("from", [unquote(parts.username or "")])
    if len(given) != 1 or not asked.keys() <= {"from"} or read_email(given[0]) != given[0] or not given[0].isascii():
        raise ValueError("SMTP_URL must say in whose name mail is sent, like ?from=desk@example.com, and no more.")
    return given[0]
