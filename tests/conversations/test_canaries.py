"""PIN and account number, given wherever they can be given, are found nowhere that is not sealed.

Every customer wants copies by e-mail, through a real mail server: its password is looked for too, and in logs the
customer's address. No letter holds a token.
"""

import asyncio
import base64
import json
import os
import sqlite3
import sys
import urllib.parse
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

import psycopg
import pytest

from bot import relay
from bot.telegram import ingest
from domain.desk.risks import SURE
from domain.policy import Policy
from tests.conversations.canaries import Canary, Found, files_below, scan
from tests.house import BILL, STAFF, Platforms, free_port, open_desk
from tests.post_office import MAIL_PASSWORD, PostOffice

ROOT = Path(__file__).resolve().parents[2]
PINS = ("{:06d}", "K7{}2X9", "QWX{}Z{}")  # six digits; letters and digits; so many letters that it may pass for a name
ACCOUNT = "AZ-44{}-QK{}-9"
QUESTIONS = (
    "numbers", "carrier", "working", "bill", "authority", "name", "address", "destination", "account", "email",
    "review", "signature", "pin",
)  # fmt: skip
EMAIL = "maria.canary@copies.example"
SLACK = {"SLACK_BOT_TOKEN": "xoxb-sandbox", "SLACK_SIGNING_SECRET": "sandbox-secret"}

Step = Callable[[Platforms, int], None]


def say(text: str) -> Step:
    """Return the step of typing a text; `{number}` in it is the chat's own, as no two may move one number."""
    return lambda platforms, chat: _ignore(
        platforms.telegram.say(chat, text.replace("{number}", f"415-421-{chat + 2831}"))
    )


def _ignore(_: object) -> None:
    return


def press(label: str) -> Step:
    """Return the step of pressing the newest button of that label, if it is there."""

    def do(platforms: Platforms, chat: int) -> None:
        for message in reversed(platforms.telegram.chat(chat)):
            for button in (b for row in message.keyboard for b in row):
                if button.text == label:
                    platforms.telegram.press(chat, message.id, button.data)
                    return

    return do


def at_once(*steps: Step) -> Step:
    """Return the step of doing several things without waiting for an answer: they are heard in their order."""

    def do(platforms: Platforms, chat: int) -> None:
        for step in steps:
            step(platforms, chat)

    return do


def send(name: str = "bill.pdf", caption: str | None = None) -> Step:
    """Return the step of sending the bill."""
    return lambda platforms, chat: _ignore(
        platforms.telegram.upload(chat, BILL, name=name, mime="application/pdf", caption=caption)
    )


def share(name: str) -> Step:
    """Return the step of sending somebody's contact."""
    return lambda platforms, chat: _ignore(platforms.telegram.contact(chat, "+14152000177", None, name=name))


def speak(caption: str) -> Step:
    """Return the step of sending a voice message with words under it."""
    return lambda platforms, chat: _ignore(platforms.telegram.send_other(chat, "voice", caption))


def edit_last(text: str) -> Step:
    """Return the step of editing the customer's last text."""

    def do(platforms: Platforms, chat: int) -> None:
        mine = [m for m in platforms.telegram.chat(chat) if not m.from_bot and m.kind == "text"]
        platforms.telegram.edit(chat, mine[-1].id, text)

    return do


@dataclass
class Canaries:
    """Fresh canaries, each of its own, and what there was of them."""

    all: list[Canary] = field(default_factory=list)

    def pin(self, name: str, shape: int = 0) -> str:
        """Return a PIN that was never given before."""
        n = len(self.all)
        text = (PINS[0].format(482913 + 7919 * n), PINS[1].format(chr(65 + n % 26)), PINS[2].format(n % 10, n // 10))
        return self._keep(f"PIN {name}", text[shape][:6])

    def account(self, name: str) -> str:
        """Return an account number that was never given before."""
        n = len(self.all)
        return self._keep(f"account {name}", ACCOUNT.format(f"{n + 10}", f"{n + 31:02d}"))

    def _keep(self, name: str, text: str) -> str:
        self.all.append(Canary(name, text))
        return text


def usual(account: str = "998877665-00001", pin: str = "739155", **bill: str) -> dict[str, Step]:
    """Return the usual answer to every question."""
    return {
        "numbers": say("{number}"),
        "carrier": press("Verizon Wireless"),
        "working": press("All of that is true"),
        "bill": send(**bill),
        "authority": press("Mine: I am the account holder"),
        "name": say("Maria Alvarez"),
        "address": say("1455 Market Street, San Francisco, CA 94103"),
        "destination": say("415 200 0100"),
        "account": say(account),
        "copies": press("Get copies by e-mail"),
        "email": say(EMAIL),
        "review": press("All correct, I agree"),
        "signature": say("Maria Alvarez"),
        "pin": say(pin),
    }


def office() -> dict[str, Step]:
    """Return the usual answer to every question about a company's line."""
    answers = usual() | {"carrier": say("Comcast Business"), "name": say("Blue Door Bakery LLC\nMaria Alvarez")}
    told: dict[str, Step] = {}
    for question, answer in answers.items():
        if question == "destination":
            told["stays"] = press("Nothing stays, no texts")
        if question != "pin":
            told[question] = answer
    return told


def scripts(canaries: Canaries) -> list[list[Step]]:
    """Return what each customer does, step by step."""
    start = say("/start")
    told: list[list[Step]] = []
    for shape in range(3):
        answers = usual(canaries.account("asked for"), canaries.pin("asked for", shape))
        told.append([start, *answers.values()])
    told += [_at_a_wrong_question(canaries, question) for question in QUESTIONS]
    told.append([say(_both(canaries, "in the first message")), start, *usual().values()])
    first = f"I want to move my number {{number}} from Verizon. {_both(canaries, 'beside facts')}"
    told.append([say(first), *list(usual().values())[1:]])
    told.append([start, *usual(caption=_both(canaries, "in a caption")).values()])
    named = f"{canaries.pin('as a file name')} {canaries.account('as a file name')} {canaries.pin('name', 1)}.pdf"
    told.append([start, *usual(name=named).values()])
    edited = [start, *usual().values()]
    told.append(
        [*edited[:4], edit_last(_both(canaries, "in an edit")), *edited[4:], edit_last(_both(canaries, "late"))]
    )
    told.append([start, *usual().values(), *_afterwards(canaries)])
    for shape in range(2):
        both = f"{canaries.account('beside its PIN')}, PIN {canaries.pin('beside the account', shape)}"
        told.append([start, *usual(both).values()])
    told.append(_in_what_is_no_text(canaries))
    told.append(_in_words_of_ones_own(canaries))
    told += _at_what_stays(canaries)
    return told


def _in_what_is_no_text(canaries: Canaries) -> list[Step]:
    """Give both in a contact's name and under a voice message, before and after the desk has the request."""
    wrong = [share(_both(canaries, "in a contact")), speak(_both(canaries, "under a voice"))]
    late = [share(_both(canaries, "in a late contact")), speak(_both(canaries, "under a late voice"))]
    usually = list(usual().values())
    return [say("/start"), at_once(*wrong), *usually[:6], at_once(*wrong), *usually[6:], at_once(*late)]


def _in_words_of_ones_own(canaries: Canaries) -> list[Step]:
    """Give both as the request's name, as a second contact and to whoever is to be asked."""
    title, second = _both(canaries, "as a title"), _both(canaries, "as a second contact")
    steps = [say("/start"), *list(usual().values())[:9], press("Give it a name"), say(title)]
    alone = f"/name {canaries.pin('alone in a command')}"
    steps += [at_once(say(canaries.pin("alone as a title")), say("Front desk"), say(alone), say(f"/name {title}"))]
    steps += [press("Add a second contact"), at_once(say(second), say("212 736 5002"))]
    steps += [say(f"I want to talk to a person, {_both(canaries, 'for a person')}")]
    return [*steps, *list(usual().values())[9:], say(f"/name {_both(canaries, 'as a late title')}")]


def _at_what_stays(canaries: Canaries) -> list[list[Step]]:
    """Give both where a customer tells in words what stays on the account."""
    told = []
    for opening in ([], [press("Something stays")]):
        steps: list[Step] = [say("/start")]
        for question, answer in office().items():
            if question == "stays":
                wrong = (
                    f"the alarm, and {_both(canaries, 'at what stays')}",
                    f"pin {canaries.pin('at what stays', 1)}",
                )
                steps += [*opening, at_once(*map(say, (*wrong, canaries.pin("alone at what stays"))))]
                steps += [press("No texts"), press("Nothing that stays has a number")]
            steps.append(answer)
        told.append(steps)
    return told


def _both(canaries: Canaries, name: str) -> str:
    return (
        f"my pin is {canaries.pin(name)} or pin: {canaries.pin(name, 1)}, "
        f"and my account number is {canaries.account(name)}"
    )


def _at_a_wrong_question(canaries: Canaries, question: str) -> list[Step]:
    """Give both at a question that asks for something else, in several ways, then answer it."""
    where = f"at {question}"
    wrong = [say(f"my pin is {canaries.pin(where, shape)}") for shape in range(3)]
    wrong += [say(canaries.pin(where, shape)) for shape in range(3) if question != "pin"]
    wrong += [say(f"my account number is {canaries.account(where)}"), say(canaries.account(where))]
    wrong.append(say(f"1455 Market Street, San Francisco, CA 94103, pin {canaries.pin(where)}"))
    steps: list[Step] = [say("/start")]
    for each, answer in usual().items():
        steps += [at_once(*wrong), answer] if each == question else [answer]
    return steps


def _afterwards(canaries: Canaries) -> list[Step]:
    """Write to the desk when nothing is asked any more."""
    after = "afterwards"
    words = [f"my pin is {canaries.pin(after, shape)}" for shape in range(3)]
    words += [canaries.pin(after, shape) for shape in range(3)]
    words += [f"the account number is {canaries.account(after)}", canaries.account(after)]
    words += [f"{canaries.pin(after)} is the pin", " ".join(canaries.pin(after)), f"here: {canaries.pin(after)} thanks"]
    return [at_once(*map(say, words[:6])), at_once(*map(say, words[6:]))]


async def still(platforms: Platforms, calm: float = 0.08, seconds: float = 20.0) -> None:
    """Wait until nothing has reached a server for a moment, and every update is heard."""
    loop = asyncio.get_running_loop()
    until, since, before = loop.time() + seconds, loop.time(), -1
    while loop.time() - since < calm:
        assert loop.time() < until, "the desk does not come to rest"
        await asyncio.sleep(0.01)
        now = len(platforms.record)
        if now != before or len(platforms.telegram.updates):
            before, since = now, loop.time()
        elif loop.time() - since >= calm and awaits_pages(platforms):  # which looks at all screens: not at each look
            since = loop.time()


def awaits_pages(platforms: Platforms) -> bool:
    """Tell whether somebody has a letter's text and not yet its pages, which are printed apart: more is on its way."""
    newest = [
        next((m.text for m in reversed(platforms.telegram.chat(chat)) if m.from_bot), "")
        for chat in platforms.telegram.state.chats
    ]
    return any(text.startswith("Letter of Authorization") for text in newest)


async def live(platforms: Platforms, told: list[list[Step]], first: int = 6001) -> None:
    """Let every customer, chats counted from `first`, take their next step, all at once, until all are done."""
    for number in range(max(map(len, told))):
        for chat, steps in enumerate(told, first):
            if number < len(steps):
                steps[number](platforms, chat)
        await still(platforms)


@dataclass(frozen=True, slots=True)
class Sick:
    """How the database is made to refuse secrets and words, and made well again."""

    sicken: Callable[[], None]
    heal: Callable[[], None]


async def fail_and_poison(platforms: Platforms, canaries: Canaries, sick: Sick) -> None:
    """Give both in transactions that fail, and in an update that nothing can be made of."""
    failing = [[say("/start"), *list(usual().values())[:8]], [say("/start"), *usual().values()]]
    chats = (7001, 7002)
    await live(platforms, failing, chats[0])
    await asyncio.to_thread(sick.sicken)
    platforms.telegram.say(chats[0], canaries.account("in a failing transaction"))
    platforms.telegram.say(chats[1], f"my pin is {canaries.pin('in a failing transaction')}, please")
    platforms.telegram.raw({"message": {"text": _both(canaries, "in a poison update"), "message_id": 1}})
    await asyncio.sleep(0.7)  # the turns fail, and are tried again after a second
    await asyncio.to_thread(sick.heal)
    await still(platforms)
    platforms.telegram.say(chats[0], canaries.account("after a failure"))
    await still(platforms)


def told_by_staff(canaries: Canaries) -> str:
    """Return words in which a member of staff names a PIN; Slack knows them, nobody else may."""
    return f"your pin is {canaries.pin('by staff')}, is it not?"


async def staff_look_at_everything(platforms: Platforms, words: str) -> list[str]:
    """Have staff list, show and decide every request, and name a PIN to a customer; return the references."""
    cards = [p for p in platforms.slack.posts() if p.thread_ts in (None, p.ts) and "P-" in p.text]
    refs = [p.text[p.text.index("P-") :][:7] for p in cards]
    await platforms.slack.command(STAFF, "list")
    for ref in refs:
        await platforms.slack.command(STAFF, f"show {ref}")
    sent = [f"submit {ref} VZ-881" for ref in (refs[0], *refs[3:])]
    for wish in (*sent, f"cancel {refs[1]}", f"ask {refs[2]} name: the bill shows another", f"reply {refs[2]} {words}"):
        await platforms.slack.command(STAFF, wish)
    [asked] = [p for p in platforms.slack.ephemerals(STAFF) if SURE in repr(p.blocks)]
    await platforms.slack.press(STAFF, SURE, message_ts=asked.ts)
    async with asyncio.timeout(10):
        while len(letters(platforms)) < len(refs):  # noqa: ASYNC110 # each is told of once
            await asyncio.sleep(0.02)
    await still(platforms)
    assert len(letters(platforms)) == len(refs)
    assert any("doesn't belong in a chat" in post.text for post in platforms.slack.ephemerals(STAFF))
    return refs


def said(platforms: Platforms) -> Iterator[tuple[str, bytes]]:
    """Yield every Slack payload there was, both ways, and every call of the bot to Telegram."""
    for call in platforms.record:
        is_typed_by_staff = call.method == "command" and str(call.params).find("reply P-") >= 0
        if (call.service == "slack" or call.direction == "in") and not is_typed_by_staff:
            content = json.dumps([call.params, call.answer], default=str, ensure_ascii=False)
            yield f"{call.service} {call.direction} {call.method}", content.encode()


def letters(platforms: Platforms) -> list[tuple[str, bytes]]:
    """Return the letters that the mail server took, as they came and as they are read."""
    taken = platforms.record.of("mail", "DATA", effective=True)
    return [(f"mail {n}", json.dumps(call.params, ensure_ascii=False).encode()) for n, call in enumerate(taken)]


def judge(canaries: Canaries, platforms: Platforms, places: list[tuple[str, bytes]]) -> list[Found]:
    """Search what was kept, logged and said, after making sure that there was enough of it."""
    methods = {call.method for call in platforms.record}
    assert {"sendMessage", "deleteMessage", "chat.postMessage", "chat.update", "command", "DATA"} <= methods
    assert len(canaries.all) > 100
    logs, mail = [place for place in places if place[0].startswith("log")], letters(platforms)
    assert logs
    assert all(EMAIL.encode() in content for _, content in mail)
    tokens = [Canary("token", text) for text in (platforms.telegram.token, *SLACK.values())]
    return [
        *scan([*canaries.all, Canary("mail password", MAIL_PASSWORD)], [*places, *said(platforms)]),
        *scan([*tokens, Canary("address", EMAIL)], logs),
        *scan(tokens, mail),
    ]


@asynccontextmanager
async def child(platforms: Platforms, smtp_url: str, folder: Path, **more: str) -> AsyncIterator[Path]:
    """Run `app.py run` at LOG_LEVEL=DEBUG, its data in a folder, with more settings; yields where its output goes."""
    port, output = free_port(), folder / "logs"
    output.mkdir()
    env = {
        "PATH": os.environ.get("PATH", ""),
        "TELEGRAM_BOT_TOKEN": platforms.telegram.token,
        "TELEGRAM_API_URL": platforms.url,
        **SLACK,
        "SMTP_URL": smtp_url,
        "SLACK_API_URL": f"{platforms.url}/api/",
        "SLACK_DESK_CHANNEL": "C0DESK",
        "SLACK_STAFF": STAFF,
        "DATA_DIR": str(folder / "data"),
        "PORT": str(port),
        "UNDO_SECONDS": "0",
        "LOG_LEVEL": "DEBUG",
        **more,
    }
    platforms.slack.deliver_to = f"http://127.0.0.1:{port}/slack/events"
    with (output / "out").open("wb") as out, (output / "err").open("wb") as err:
        desk = await asyncio.create_subprocess_exec(
            sys.executable, "app.py", "run", cwd=ROOT, env=env, stdout=out, stderr=err
        )
        try:
            async with asyncio.timeout(120):  # on a machine that others keep busy; one that dies is noticed at once
                while b"Serving at" not in (output / "out").read_bytes():
                    assert desk.returncode is None, (output / "err").read_text()
                    await asyncio.sleep(0.05)
            yield output
            assert desk.returncode is None, (output / "err").read_text()[-2000:]
        finally:
            desk.terminate()
            async with asyncio.timeout(15):
                await desk.wait()


def _sick_sqlite(file: Path) -> Sick:
    tables = ("secret", "words")

    def run(*statements: str) -> None:
        connection = sqlite3.connect(file, timeout=10)
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()

    refuse = "CREATE TRIGGER sick_{0} BEFORE INSERT ON {0} BEGIN SELECT RAISE(ABORT, 'sick'); END"
    return Sick(
        partial(run, *map(refuse.format, tables)), partial(run, *(f"DROP TRIGGER sick_{table}" for table in tables))
    )


def _sick_postgresql(url: str) -> Sick:
    tables = ("secret", "words")

    def run(*statements: str) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    body = "CREATE FUNCTION sick() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'sick'; END $$"
    make = [f"CREATE TRIGGER sick BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION sick()" for table in tables]
    return Sick(partial(run, body, *make), partial(run, *(f"DROP TRIGGER sick ON {table}" for table in tables)))


def rows_of(url: str) -> list[tuple[str, bytes]]:
    """Return every value of every table."""
    found: list[tuple[str, bytes]] = []
    with psycopg.connect(url) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (name,) in names:
            values = [value for row in connection.execute(f'SELECT * FROM "{name}"'.encode()) for value in row]
            parts = [bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in values]
            found.append((f"table {name}", b"\n".join(parts)))
    return found


async def test_no_secret_gets_out_of_a_desk_on_sqlite_even_in_its_logs(tmp_path: Path) -> None:
    canaries = Canaries()
    async with Platforms().served() as platforms, PostOffice(platforms).served() as smtp_url:
        async with child(platforms, smtp_url, tmp_path) as output:
            await live(platforms, scripts(canaries))
            await fail_and_poison(platforms, canaries, _sick_sqlite(tmp_path / "data" / "port.db"))
            refs = await staff_look_at_everything(platforms, told_by_staff(canaries))
            open_files = files_below(tmp_path)
        closed_files = files_below(tmp_path)
        names = {name for name, _ in open_files}
        assert {"data/port.db", "data/port.db-wal", "data/port.db-shm", "logs/err"} <= names
        assert any(name.startswith("data/files/") for name in names)
        assert (output / "err").stat().st_size > 500
        assert b"ingest failed" in (output / "err").read_bytes()
        assert len(refs) == len(scripts(Canaries())) + 1  # of the two whose database fails, one was signed before
        assert judge(canaries, platforms, open_files + closed_files) == []


async def test_no_secret_gets_out_of_a_desk_on_postgresql(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(ingest, "_PAUSE", 0.01)
    monkeypatch.setattr(relay, "PACE", 250.0)
    caplog.set_level("DEBUG", logger="bot")
    name = "canaries"
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template_store".encode())
    url, canaries = server.format(name), Canaries()
    policy = Policy(undo=timedelta(0), mails=True)
    async with Platforms().served() as platforms, PostOffice(platforms).served() as smtp_url:
        async with open_desk(platforms, tmp_path, policy=policy, url=url, SMTP_URL=smtp_url):
            await live(platforms, scripts(canaries))
            await fail_and_poison(platforms, canaries, _sick_postgresql(url))
            await staff_look_at_everything(platforms, told_by_staff(canaries))
        kept = rows_of(url)
        assert {"table secret", "table poison", "table outbox", "table words", "table history"} <= {n for n, _ in kept}
        assert b"tg:" in dict(kept)["table poison"]
        logs = [("log", "\n".join(r.getMessage() for r in caplog.records if r.name != "mail.log").encode())]
        assert judge(canaries, platforms, [*kept, *logs, *files_below(tmp_path)]) == []


PLANTED = Canary("planted", "482913")
PLANTED_ACCOUNT = Canary("planted", "AZ-4417-QK82-9")


def _dressed(text: str) -> dict[str, bytes]:
    plain = text.encode()
    return {
        "raw": b"before " + plain + b" after",
        "digits": b"x" + b" ".join(bytes((c,)) for c in plain if chr(c).isdigit()) + b"y",
        **{f"base64 at {n}": base64.b64encode(b"z" * n + plain + b" and more") for n in range(3)},
        "hex": plain.hex().upper().encode(),
        "url": urllib.parse.quote("é " + "".join(f"%{c:02X}" for c in plain), safe="%").encode(),
        "json": "".join(f"\\u{c:04x}" for c in plain).encode(),
    }


@pytest.mark.parametrize("canary", [PLANTED, PLANTED_ACCOUNT], ids=["pin", "account"])
@pytest.mark.parametrize("dress", list(_dressed("1")))
def test_the_search_finds_a_canary_that_was_planted(canary: Canary, dress: str, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(
        os.urandom(500) + b'"' + _dressed(canary.text)[dress] + b'"' + os.urandom(500)
    )
    assert dress in {found.dress for found in scan([canary], files_below(tmp_path))}


def test_the_search_finds_no_canary_where_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"1763748291300 at 12.482913 seconds, AZ-4417" + os.urandom(100_000))
    assert scan([PLANTED, PLANTED_ACCOUNT], files_below(tmp_path)) == []


async def test_a_canary_said_to_slack_in_a_letter_or_by_the_bot_is_found() -> None:
    platforms = Platforms()
    for service, direction in (("slack", "in"), ("slack", "out"), ("telegram", "in"), ("mail", "in")):
        call = platforms.record.open(service, direction, "method", {"text": "x"})
        call.answer = {"text": f"it is {PLANTED.text}"}
    platforms.record.open("telegram", "out", "update", {"text": PLANTED.text})
    assert [found.where.split()[:2] for found in scan([PLANTED], said(platforms)) if found.dress == "raw"] == [
        ["slack", "in"],
        ["slack", "out"],
        ["telegram", "in"],
        ["mail", "in"],
    ]
