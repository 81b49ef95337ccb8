"""Copies by e-mail, through a real SMTP server on loopback: once, again where that helps, and nothing smuggled in."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from bot.mail.sender import MailSender
from bot.mail.server import MailServer, read_server
from bot.relay import Relay
from bot.sending import Again
from bot.wording import introduce, plain_text, telegram_text
from domain.desk.keeping import Waiting
from domain.desk.state import Changes, Moment, OfChat, OfRequest, Owed, Paper, State
from domain.desk.turn import Turn
from domain.policy import Policy
from storage import Store
from tests.ground import open_store
from tests.house import free_port
from tests.storage.decisions import answer, begin

MARIA = "maria.canary@example.org"
NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
REFERENCE = {"ref": "P-7KQ2M", "number": "(415) 421-8832", "carrier": "Verizon"}


class Office:
    """A mail server: what it took, and what it says to the next commands (an answer, or `cut`)."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.wishes: list[str] = []
        self.tries: list[str] = []
        self.answers: dict[str, list[str]] = {}
        self.port = 0

    def _answer(self, command: str, usual: str) -> str:
        self.tries.append(command)
        planned = self.answers.get(command)
        return planned.pop(0) if planned else usual

    async def handle_MAIL(  # noqa: N802 # aiosmtpd's name
        self, _server: SMTP, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        self.wishes += options
        envelope.mail_from = address
        return self._answer("MAIL", "250 OK")

    async def handle_RCPT(  # noqa: N802 # aiosmtpd's name
        self, _server: SMTP, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        said = self._answer("RCPT", "250 OK")
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Any) -> str:  # noqa: N802 # aiosmtpd's name
        said = self._answer("DATA", "250 OK")
        if said == "cut" or said.startswith("250"):
            self.raw.append(envelope.content)
            letter = message_from_bytes(envelope.content, policy=default)
            assert isinstance(letter, EmailMessage)
            self.taken.append(letter)
            assert envelope.rcpt_tos == [letter["To"]]
        if said == "cut" and server.transport is not None:
            server.transport.close()
            return "250 OK"
        return said


@asynccontextmanager
async def opened(office: Office, port: int = 0, **options: Any) -> AsyncIterator[None]:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(office, hostname="office.example", loop=loop, **options), "127.0.0.1", port
    )
    office.port = server.sockets[0].getsockname()[1]
    try:
        yield
    finally:
        server.close()
        await server.wait_closed()


@dataclass
class Scene:
    """A relay between a real store and a mail server, and one request whose customer wants copies."""

    store: Store
    file: Path
    office: Office
    server: MailServer
    request: int = 0
    given_up: list[str] = field(default_factory=list)
    now: datetime = NOON

    def __post_init__(self) -> None:
        policy = Policy(company="Blue Door", mails=True)
        sender = MailSender(self.server, self.store.board, policy, lambda: self.now)
        self.relay = Relay(self.store, [sender], lambda: datetime.now(UTC), timedelta(seconds=20), self.on_never)

    async def on_never(self, _owed: Owed, reason: str) -> None:
        self.given_up.append(reason)

    async def ask_for_copies(self, address: str = MARIA) -> None:
        if not self.request:
            outcome = await self.store.turn(OfChat(5001), "begin", begin)
            assert outcome.changes is not None
            assert outcome.changes.request is not None
            self.request = outcome.changes.request.id
        event = f"email:{self.store.new_id()}"
        await self.store.turn(OfChat(5001), event, answer("email", address))

    async def tell(self, key: str = "notice.submitted", **params: str) -> list[str | None]:
        """Owe a copy of a notice as the desk does, and return how it and those before it ended."""

        def decide(state: State, moment: Moment) -> Changes:
            turn = Turn(state, moment, "clock", Policy(mails=True))
            turn.mail(key, {**REFERENCE, **params})
            return turn.changes()

        await self.store.turn(OfRequest(self.request), f"tell:{self.store.new_id()}", decide)
        return await self.settled()

    async def settled(self) -> list[str | None]:
        """Wait until every row has ended, and return how."""
        async with asyncio.timeout(10):
            while None in (ends := [row[0] for row in self.rows("how")]):  # noqa: ASYNC110 # only the rows tell
                await asyncio.sleep(0.02)
        return ends

    def rows(self, columns: str = "*") -> list[Any]:
        with sqlite3.connect(self.file) as connection:
            found = connection.execute(f"SELECT {columns} FROM outbox ORDER BY id").fetchall()
        connection.close()
        return found


@pytest.fixture
async def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    monkeypatch.setattr("bot.mail.sender._BACKOFF", (0.02,))
    monkeypatch.setattr("bot.mail.sender._MENDABLE_AFTER", 0.02)
    monkeypatch.setattr("storage.sqlite.FLUSH_SECONDS", 0.02)
    introduce(replace(Policy(), company="Blue Door"))
    file = tmp_path / "desk.sqlite"
    store = await open_store(f"sqlite:///{file}", tmp_path, None)
    office = Office()
    try:
        async with opened(office):
            server = read_server(f"smtp://127.0.0.1:{office.port}?from=desk@porting.example")
            found = Scene(store, file, office, server)
            await found.ask_for_copies()
            yield found
            await found.relay.drain(0.5)
    finally:
        introduce(Policy())
        await store.close()


# what arrives


async def test_a_notice_arrives_once_as_plain_text_in_the_companys_name(scene: Scene) -> None:
    assert await scene.tell() == ["sent"]
    (letter,) = scene.office.taken
    assert letter["From"] == "Blue Door <desk@porting.example>"
    assert letter["To"] == MARIA
    assert letter["Subject"] == "Your number transfer P-7KQ2M"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Date"].datetime == NOON
    assert letter["Message-ID"].endswith("@porting.example>")
    assert letter.get_content_type() == "text/plain"
    text = letter.get_content().replace("\r\n", "\n")
    assert "sent your request P-7KQ2M for (415) 421-8832 to Verizon" in text
    assert "<b>" not in text
    assert "Nobody reads answers to this address" in text
    assert "\nBlue Door\n" in text
    assert all(len(line) <= 998 and line.isascii() for line in scene.office.raw[0].splitlines())


async def test_neither_the_row_nor_the_log_holds_the_address(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    scene.office.answers = {"RCPT": [f"451 <{MARIA}> is greylisted", f"550 no such user {MARIA}"]}
    assert await scene.tell() == ["dead"]
    assert "canary" not in repr(scene.rows())
    assert "canary" not in "".join(r.getMessage() for r in caplog.records if not r.name.startswith("mail."))


async def test_the_address_is_the_one_that_holds_when_it_is_sent(scene: Scene) -> None:
    await scene.ask_for_copies("second@example.org")
    await scene.tell()
    assert [letter["To"] for letter in scene.office.taken] == ["second@example.org"]


@pytest.mark.parametrize("given", ["none", "", "a@b.example c@d.example"])
async def test_who_wants_no_copy_any_more_gets_none_and_nothing_waits(scene: Scene, given: str) -> None:
    scene.office.answers = {"RCPT": ["451 later"] * 3}
    telling = asyncio.create_task(scene.tell())
    await asyncio.sleep(0.03)
    await scene.ask_for_copies(given)
    assert await telling == ["sent"]
    assert scene.office.taken == []


async def test_a_sealed_letter_is_mailed_only_while_it_counts_to_whoever_signed_it(scene: Scene) -> None:
    for question, given in (("signer", ("Ann Lee", "ann@example.com")), ("signature", ("Ann Lee", "1", "facts"))):
        await scene.store.turn(OfChat(5001), f"{question}:1", answer(question, *given))

    async def mail(status: str) -> int:
        """Owe the letter in a status; return how many e-mails went out so far."""

        def decide(state: State, moment: Moment) -> Changes:
            assert state.case is not None
            turn, signed = Turn(state, moment, "errand", Policy(mails=True)), state.case.answers["signature"].seq
            head = (moment.new_id(), scene.request, "letter", status, "1", "a.pdf", "application/pdf", 9, signed)
            paper = Paper(*head, moment.now, object_key="k")
            turn.put_paper(paper)
            turn.mail_signer("mail.signed_copy", {**REFERENCE, "file": "k", "name": "a", "paper": str(paper.id)})
            return turn.changes()

        await scene.store.turn(OfRequest(scene.request), f"mail:{scene.store.new_id()}", decide)
        assert set(await scene.settled()) == {"sent"}
        return len(scene.office.taken)

    assert await mail("void") == 0
    assert await mail("kept") == 1
    assert scene.office.taken[0]["To"] == "ann@example.com"
    await scene.store.turn(OfChat(5001), "signer:2", answer("signer", "Tom Poe", "tom@example.com"))
    assert await mail("kept") == 1


# trouble


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
async def test_a_4xx_is_tried_again_and_then_it_arrives_once(scene: Scene, command: str) -> None:
    scene.office.answers = {command: ["451 try again later", "421 too busy"]}
    assert await scene.tell() == ["sent"]
    assert scene.office.tries.count(command) == 3
    assert len(scene.office.taken) == 1


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
async def test_a_5xx_is_never_tried_again_and_the_lane_goes_on(scene: Scene, command: str) -> None:
    scene.office.answers = {command: ["550 no"]}
    assert await scene.tell() == ["dead"]
    assert scene.given_up == ["refused"]
    assert await scene.tell() == ["dead", "sent"]
    assert len(scene.office.taken) == 1


async def test_a_letter_that_may_have_arrived_is_repeated_once_with_the_same_id_and_then_held(scene: Scene) -> None:
    scene.office.answers = {"DATA": ["cut", "cut"]}
    assert await scene.tell() == ["held"]
    assert scene.given_up == ["doubtful"]
    first, second = (letter["Message-ID"] for letter in scene.office.taken)
    assert first == second


async def test_a_server_that_is_away_is_tried_until_it_is_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.mail.sender._BACKOFF", (0.02,))
    office, port = Office(), free_port()
    store = await open_store(f"sqlite:///{tmp_path / 'desk.sqlite'}", tmp_path, None)
    scene = Scene(store, tmp_path / "desk.sqlite", office, read_server(f"smtp://127.0.0.1:{port}?from=a@b.example"))
    await scene.ask_for_copies()
    telling = asyncio.create_task(scene.tell())
    await asyncio.sleep(0.1)
    assert not telling.done()
    async with opened(office, port):
        assert await telling == ["sent"]
        await scene.relay.drain(0.5)
    assert len(office.taken) == 1
    await store.close()


async def test_a_server_that_says_nothing_is_given_up_within_the_lease(scene: Scene) -> None:
    async def mute(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()  # until the other side leaves
        writer.close()
        left.set()

    left = asyncio.Event()

    silent = await asyncio.start_server(mute, "127.0.0.1", 0)
    server = replace(scene.server, port=silent.sockets[0].getsockname()[1])
    lease = timedelta(seconds=2)
    sender = MailSender(server, scene.store.board, Policy(lease=lease), lambda: NOON)
    owed = Owed(1, "mail", "mail:1", str(scene.request), "notice.submitted", "o:1", REFERENCE)
    async with asyncio.timeout(lease.total_seconds()):
        assert await sender.send(Waiting(owed, 0, 0)) == Again(0.02, reason="network")
    await left.wait()
    silent.close()
    await silent.wait_closed()


async def test_a_login_that_is_refused_is_the_operators_and_kills_no_letter(tmp_path: Path) -> None:
    known = ["another"]

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        assert given.login == b"desk@porting.example"
        return AuthResult(success=given.password.decode() in known, handled=False)

    office = Office()
    store = await open_store(f"sqlite:///{tmp_path / 'desk.sqlite'}", tmp_path, None)
    async with opened(office, authenticator=check, auth_require_tls=False):
        server = read_server(f"smtp://desk%40porting.example:p%40ss@127.0.0.1:{office.port}")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("bot.mail.sender._MENDABLE_AFTER", 0.05)
            scene = Scene(store, tmp_path / "desk.sqlite", office, server)
            await scene.ask_for_copies()
            telling = asyncio.create_task(scene.tell())
            await asyncio.sleep(0.2)
            assert not telling.done()
            known.append("p@ss")
            assert await telling == ["sent"]
            await scene.relay.drain(0.5)
    assert len(office.taken) == 1
    await store.close()


# nothing smuggled in


@pytest.mark.parametrize(
    "name",
    [
        "Main\r\nBcc: thief@example.net",
        "Main\nSubject: other",
        "Main\r\n\r\n<script>",
        "Main\u2028Bcc: thief@example.net",
        "Main\x00\x0b",
        "Grüße \N{SMILING FACE WITH OPEN MOUTH} " * 30,
        "\r\n.\r\nMAIL FROM:<thief@example.net>",
    ],
)
async def test_a_name_of_several_lines_adds_no_header_and_no_recipient(scene: Scene, name: str) -> None:
    assert await scene.tell(ref=name, carrier=name) == ["sent"]
    (letter,) = scene.office.taken
    assert set(letter.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding",
    }  # fmt: skip
    assert letter["To"] == MARIA
    assert letter.get_content_type() == "text/plain"
    assert scene.office.tries == ["MAIL", "RCPT", "DATA"]


async def test_a_company_of_several_lines_adds_no_header(scene: Scene) -> None:
    policy = Policy(company='Blue\r\nBcc: thief@example.net, "Door" <x@y>', mails=True)
    scene.relay._senders["mail"] = MailSender(scene.server, scene.store.board, policy, lambda: NOON)
    assert await scene.tell() == ["sent"]
    (letter,) = scene.office.taken
    assert letter["Bcc"] is None
    assert [each.addr_spec for each in letter["From"].addresses] == ["desk@porting.example"]


async def test_an_address_in_another_script_goes_out_only_where_the_server_can_take_it(scene: Scene) -> None:
    await scene.ask_for_copies("märia@example.org")
    assert await scene.tell() == ["dead"]
    assert scene.office.tries == []


async def test_an_address_in_another_script_arrives_where_it_can(tmp_path: Path) -> None:
    office = Office()
    store = await open_store(f"sqlite:///{tmp_path / 'desk.sqlite'}", tmp_path, None)
    async with opened(office, enable_SMTPUTF8=True):
        server = read_server(f"smtp://localhost:{office.port}?from=desk@porting.example")
        scene = Scene(store, tmp_path / "desk.sqlite", office, replace(server, host="127.0.0.1"))
        await scene.ask_for_copies("märia@example.org")
        assert await scene.tell() == ["sent"]
        await scene.relay.drain(0.5)
    assert [letter["To"] for letter in office.taken] == ["märia@example.org"]
    assert "SMTPUTF8" in office.wishes
    await store.close()


# the words


def test_plain_text_has_our_words_without_tags_and_a_persons_as_they_are() -> None:
    params = {**REFERENCE, "carrier": "<b>AT&T</b> &amp; <i>sons"}
    assert "<b>(415)" in telegram_text("notice.submitted", params, "en")
    shown = plain_text("notice.submitted", params, "en")
    assert "for (415) 421-8832 to <b>AT&T</b> &amp; <i>sons." in shown


# SMTP_URL


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "smtp://desk:secret@mail.example:2525?from=desk@example.com",
            MailServer("mail.example", 2525, "desk@example.com", is_wrapped=False, user="desk", password="secret"),
        ),
        (
            "smtps://desk%40example.com:p%40s%2Fs@mail.example",
            MailServer("mail.example", 465, "desk@example.com", True, "desk@example.com", "p@s/s"),
        ),
        ("smtp://localhost/?from=desk@example.com", MailServer("localhost", 587, "desk@example.com", is_wrapped=False)),
    ],
)
def test_the_server_is_read_from_its_url(url: str, expected: MailServer) -> None:
    assert read_server(url) == expected


@pytest.mark.parametrize(
    ("url", "wrapped", "starts"),
    [
        ("smtps://a@b.example:x@mail.example", True, False),
        ("smtp://a%40b.example:x@mail.example", False, True),  # a password never goes out in the clear
        ("smtp://mail.example?from=a@b.example", False, None),
        ("smtp://127.0.0.1?from=a@b.example", False, False),
    ],
)
def test_tls_is_used_wherever_it_can_be(url: str, wrapped: bool, starts: bool | None) -> None:
    client = read_server(url).client(5)
    assert client.use_tls is wrapped
    assert client._start_tls_on_connect is starts


def test_no_password_is_shown() -> None:
    assert "canary" not in repr(read_server("smtp://canary:canary@mail.example?from=a@b.example"))
