"""A mail server for a whole desk's copies by e-mail: a third platform on the same record, with the same faults."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any
from urllib.parse import quote

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.house import Platforms

MAILBOX = "desk@porting.example"  # in whose name copies go out; the mail server's user too
MAIL_PASSWORD = "Zq7/mail+Vk%3x"  # of a server that lives as long as a test


@dataclass
class PostOffice:
    """A mail server whose every envelope (MAIL) and letter (DATA) is a call on the platforms' record.

    Only who logs in may send. Each step meets the platforms' hooks and faults; whatever fault it is, the line is cut.
    """

    platforms: Platforms
    _steps: set[asyncio.Task[bool]] = field(default_factory=set)

    @asynccontextmanager
    async def served(self) -> AsyncIterator[str]:
        """Take letters until the block ends; yields the SMTP_URL."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(self._line, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        try:
            yield f"smtp://{quote(MAILBOX)}:{quote(MAIL_PASSWORD, safe='')}@127.0.0.1:{port}"
        finally:
            server.close()
            await server.wait_closed()
            await asyncio.gather(*self._steps)

    def _line(self) -> SMTP:
        return SMTP(
            self,
            hostname="office.example",
            loop=asyncio.get_running_loop(),
            authenticator=self._knows,
            auth_require_tls=False,
        )

    def _knows(self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any) -> AuthResult:
        return AuthResult(success=given == LoginPassword(MAILBOX.encode(), MAIL_PASSWORD.encode()))

    async def handle_MAIL(  # noqa: N802 # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if not session.authenticated:
            return "530 Authentication required"
        envelope.mail_from = address
        return await self._step(server, "MAIL", {"from": address})

    async def handle_DATA(  # noqa: N802 # aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=default)
        assert isinstance(letter, EmailMessage)
        headers = {name: str(value) for name, value in letter.items()}
        body = letter.get_body(("plain",))
        files = {part.get_filename(): part.get_content() for part in letter.iter_attachments()}
        text = body.get_content() if body is not None else ""
        shown = {"headers": headers, "text": text, "raw": envelope.content.decode(), "files": list(files)}
        return await self._step(server, "DATA", {"to": list(envelope.rcpt_tos), **shown})

    async def _step(self, server: SMTP, method: str, params: dict[str, Any]) -> str:
        """Take a step to its end, whoever is still there to hear how it went: a line that breaks ends its handler."""
        step = asyncio.create_task(self._take(method, params))
        self._steps.add(step)
        step.add_done_callback(self._steps.discard)
        if not await asyncio.shield(step) and server.transport is not None:
            server.transport.close()
        return "250 OK"

    async def _take(self, method: str, params: dict[str, Any]) -> bool:
        """Note a step, and its effect unless a fault is met; returns whether it took effect."""
        faults, call = self.platforms.faults, self.platforms.record.open("mail", "in", method, params)
        if faults.before is not None:
            await faults.before(call)
        fault = faults.meet("mail", method)
        call.took_effect = fault is None
        call.fault = fault.kind if fault is not None else None
        if faults.after is not None and call.took_effect:
            await faults.after(call)
        return call.took_effect
