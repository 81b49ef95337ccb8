"""Sends copies of notices by e-mail. The address is looked up at the moment of sending and stands in no row, no log."""

import asyncio
import contextlib
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as OVER_SMTP
from email.utils import format_datetime

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from bot.clock import Now
from bot.mail.server import MailServer
from bot.sending import Again, Never, Result, Sent
from bot.tokens import SignerLinks
from bot.wording import plain_text
from domain.desk.keeping import Board, Files, Waiting
from domain.desk.letter_seals import is_for_signer
from domain.desk.signer_links import SIGNING
from domain.desk.state import Owed
from domain.policy import Policy
from domain.readers.emails import read_email
from domain.text import clean, ident
from domain.values import replace

_BACKOFF = (5, 30, 120, 600, 1800)  # seconds, by attempts made: greylisting wants minutes
_MENDABLE_AFTER = 60.0  # seconds until an operator may have mended the login
_LOGIN_WANTED = 530  # RFC 4954 (from memory, not read again)
FILE, PAPER = "file", "paper"  # the parameters that name what is attached: a signed letter, for whoever signed it
_SUBJECTS = {"": "mail.subject", "sign_": "mail.sign_subject", "signed_": "mail.signed_subject"}
_FOOTERS = {"": "mail.footer", "sign_": "mail.sign_footer", "signed_": "mail.signed_footer"}
_OF_THE_LETTER = (SMTPSenderRefused, SMTPRecipientRefused, SMTPDataError)


class MailSender:
    """Delivers `mail`: a notice's text, in plain words, to the address that its request has by now."""

    kinds = frozenset({"mail"})

    def __init__(
        self, server: MailServer, board: Board, policy: Policy, now: Now, links: SignerLinks | None = None,
        files: Files | None = None,
    ) -> None:  # fmt: skip
        self._server = server
        self._board = board
        self._company = clean(policy.company)
        self._now = now
        self._links = links
        self._files = files
        self._budget = policy.lease.total_seconds() * 0.45

    async def send(self, waiting: Waiting) -> Result:
        """Try once; see `bot.sending.Sender`. Nobody wants a copy any more: that counts as sent."""
        owed = waiting.owed
        address = await self._address(owed)
        try:
            file = await self._file(owed)
        except KeyError:  # erased meanwhile
            address = None
        if address is None:
            return Sent()
        if SIGNING in owed.params and self._links is not None:
            owed = await self._links.put_in(owed)
        result = await self._hand_over(address, self._letter(owed, address, file))
        if isinstance(result, Sent):
            return Sent(ident(owed.id))  # it is on its way, which no other way to be done with it tells
        if isinstance(result, Again) and not result.seconds:
            return replace(result, seconds=_BACKOFF[min(waiting.attempts, len(_BACKOFF) - 1)])
        return result

    async def _address(self, owed: Owed) -> str | None:
        """Return where copies of a request go, or the address of whoever signs its letter; None: nowhere any more."""
        sheet = await self._board.sheet(request_id=int(owed.address))
        if sheet is None or (
            FILE in owed.params and not is_for_signer(sheet.case, sheet.papers, int(owed.params[PAPER]))
        ):
            return None
        said = sheet.case.answer("signer" if {SIGNING, FILE} & owed.params.keys() else "email")
        address = read_email(said[-1]) if said else None
        return address if isinstance(address, str) else None

    async def _file(self, owed: Owed) -> bytes:
        return await self._files.read(owed.params[FILE]) if FILE in owed.params and self._files is not None else b""

    def _letter(self, owed: Owed, address: str, file: bytes) -> bytes:
        """Return the message as it goes over the wire; a repeat of it has the same Message-ID."""
        ours = self._server.sender
        letter = EmailMessage()
        letter["From"] = Address(self._company, addr_spec=ours)
        letter["To"] = address
        kind = "sign_" if SIGNING in owed.params else "signed_" if file else ""
        letter["Subject"] = clean(plain_text(_SUBJECTS[kind], owed.params, owed.language))
        letter["Date"] = format_datetime(self._now())
        letter["Message-ID"] = f"<{ident(owed.id)}@{ours.rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
        words = plain_text(f"{owed.key}+{_FOOTERS[kind]}", owed.params, owed.language)
        letter.set_content(words, cte="quoted-printable")
        if file:
            letter.add_attachment(file, maintype="application", subtype="pdf", filename=owed.params["name"])
        return letter.as_bytes(policy=OVER_SMTP.clone(utf8=not address.isascii()))

    async def _hand_over(self, address: str, letter: bytes) -> Result:
        """Hand a letter to the server; from its text on, a connection that breaks leaves it open whether it took it."""
        client = self._server.client(self._budget)
        is_text = False
        try:
            async with asyncio.timeout(self._budget):
                await self._address_it(client, address)
                is_text = True
                await client.data(letter)
        except (SMTPException, OSError) as e:
            return outcome(e, is_text=is_text)
        finally:
            await _leave(client)
        return Sent()

    async def _address_it(self, client: SMTP, address: str) -> None:
        await client.connect()
        if address.isascii():
            await client.mail(self._server.sender)
            await client.rcpt(address)
            return
        await client.ehlo()
        if not client.supports_extension("smtputf8"):
            raise SMTPNotSupported("SMTPUTF8")
        await client.mail(self._server.sender, options=["SMTPUTF8"], encoding="utf-8")
        await client.rcpt(address, encoding="utf-8")


async def _leave(client: SMTP) -> None:
    """Say goodbye; what was taken is taken, however that goes."""
    with contextlib.suppress(SMTPException, OSError):
        if client.is_connected:
            await client.quit(timeout=1)
    client.close()


def outcome(error: Exception, *, is_text: bool) -> Result:
    """Return what a failure means for an owed letter. `is_text`: the server was being given it. `seconds` 0: backoff.

    What the server says of the letter decides: 4xx again, 5xx never. What it says of us, at greeting and login, is for
    an operator to mend.
    """
    if isinstance(error, SMTPNotSupported):
        return Never("refused")
    if not isinstance(error, SMTPResponseException):
        return Again(0, ambiguous=is_text, reason="unanswered" if is_text else "network")
    is_of_letter = isinstance(error, _OF_THE_LETTER) and error.code != _LOGIN_WANTED
    if is_of_letter and 500 <= error.code < 600:
        return Never("refused")
    return Again(0 if is_of_letter else _MENDABLE_AFTER, reason=f"smtp_{error.code}")
