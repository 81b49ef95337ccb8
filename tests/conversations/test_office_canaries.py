"""PIN, account number and invitation, given by companies in lists, names and questions, and by staff in the inventory.

They are found in no log, in nothing that Slack or Telegram is sent, and on no disk that is not sealed. Of what staff
type themselves Slack knows; nobody else may. A link stands in the one message that is forwarded, and nowhere else.
"""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from bot import relay
from domain.policy import Policy
from tests.conversations.canaries import Canary, files_below, scan
from tests.conversations.test_canaries import Canaries, Step, child, press, rows_of, say, still, usual
from tests.house import STAFF, Platforms, open_desk
from tests.post_office import PostOffice

ANNA, BEN, FIRST = 5001, 5002, 6001
LIST_STEPS = 8  # of a script, after which a list may be read
LINK = re.compile(r"\?start=([\w-]{40,64})(?![\w-])")
HEADS = (
    "Number,Calls ring at,Label,PIN,Account number",
    "Number,Calls ring at,Label,Transfer code,Cuenta",
    "First,Second,Remark,Third,Fourth",  # each is asked about
)
QUESTIONS = (
    "How long does it take? My PIN is {pin}",
    "Is {pin} the right PIN for a move?",
    "What do I do with {pin}?",
    "Why do you need my account number {account}?",
    "Can I use {account} to log in?",
    "Do I have to cancel, my passcode being {pin}?",
)


def upload(content: str, name: str = "numbers.csv") -> Step:
    """Return the step of sending a list."""

    def do(platforms: Platforms, chat: int) -> None:
        platforms.telegram.upload(chat, content.encode(), name=name, mime="text/csv")

    return do


def press_any(words: str) -> Step:
    """Return the step of pressing the newest button whose label has these words in it."""

    def do(platforms: Platforms, chat: int) -> None:
        rows = (row for message in reversed(platforms.telegram.chat(chat)) for row in message.keyboard)
        label = next((b.text for row in rows for b in row if words in b.text), "")
        press(label)(platforms, chat)

    return do


def a_list(canaries: Canaries, head: str, chat: int) -> str:
    """Return a list with a slip in it, and secrets in columns of their own, among labels and beside numbers."""
    lines = [head]
    for n in range(4):
        pin, account = canaries.pin("in a column", n % 3), canaries.account("in a column")
        lines.append(f"415-43{chat % 10}-{chat % 10}1{n:02d},628-200-0199,desk {n},{pin},{account}")
    lines.append(f"415-43{chat % 10}-{chat % 10}150,628-200-0199,PIN {canaries.pin('in a label')},,")
    lines.append(f"415-43{chat % 10}-{chat % 10}151,628-200-0199,{canaries.pin('alone in a label', 1)},,")
    lines.append(f"415-43{chat % 10}-{chat % 10}152,pin {canaries.pin('where calls ring')},main,,")
    lines.append(f"pin {canaries.pin('as a number')},,wrong,,")
    return "\n".join(lines) + "\n"


def scripts(canaries: Canaries) -> list[list[Step]]:
    """Return what each customer does, step by step."""
    told: list[list[Step]] = []
    for chat, head in enumerate(HEADS, FIRST):
        name = f"{canaries.pin('as a list is called')} {canaries.account('as a list is called')}.csv"
        steps = [say("/start"), upload(a_list(canaries, head, chat), name)]
        steps += [press_any("A (First)"), press("Where calls ring"), press("A label"), press("Leave out all the rest")]
        steps += [
            press("What is wrong, row by row"),
            say(f"line 9 is 415-421-8832, pin {canaries.pin('beside a fix')}"),
        ]
        steps += [press_any("Go on with"), *list(usual().values())[1:], say("/status")]
        told.append(steps)
    answers = list(usual().values())
    for at in (0, 4, 9, len(answers)):
        asked = [say(q.format(pin=canaries.pin("asked"), account=canaries.account("asked"))) for q in QUESTIONS]
        told.append([say("/start"), *answers[:at], *asked, *answers[at:]])
    return told


def staff_say(canaries: Canaries) -> tuple[str, list[str]]:
    """Return what staff paste into the inventory, and what they type; Slack knows it, nobody else may."""
    pins = [canaries.pin(f"by staff {n}", n % 2) for n in range(5)]
    pasted = (
        f"628-421-8832, user, Rosa PIN {pins[0]}\n628-421-8833, {pins[1]}, Rosa\npin {pins[2]}, user, Rosa\n"
        f"628-421-8834, tracking, account no: {canaries.account('by staff')}\n"
    )
    return pasted, [
        f"carrier tmobile pin: The PIN is {pins[3]}, they say. (a call)",
        f"carrier tmobile oddity: Ask them twice. (a call, PIN {pins[4]})",
    ]


async def found_a_company(platforms: Platforms, canaries: Canaries) -> list[Canary]:
    """Have Anna begin a company, invite Ben, and send his request back with a PIN; return the links there were."""
    telegram = platforms.telegram
    bens = f"my pin is {canaries.pin('as a reason')}, account {canaries.account('as a reason')}"
    name = f"Bakery PIN {canaries.pin('as a company')}"
    for step in (say("/company"), say(name), say("Blue Door Bakery")):
        step(platforms, ANNA)
        await still(platforms)
    for role in ("Invite a manager", "Invite an administrator"):
        say("/company")(platforms, ANNA)
        await still(platforms)
        press(role)(platforms, ANNA)
        await still(platforms)
    links = [link[1] for m in telegram.chat(ANNA) if m.from_bot and (link := LINK.search(m.text))]
    assert len(links) == 2
    for step in (
        say(f"/start {links[0]}"),
        press("Join Blue Door Bakery"),
        say(f"/start {links[0]}"),
        *usual().values(),
    ):
        step(platforms, BEN)
        await still(platforms)
    for step in (press("Send back"), say(bens), press("Approve")):
        step(platforms, ANNA)
        await still(platforms)
    assert any("sent your request" in m.text for m in telegram.chat(BEN) if m.from_bot)
    return [Canary(f"invitation {n}", link) for n, link in enumerate(links)]


async def staff_work(platforms: Platforms, pasted: str, typed: list[str]) -> None:
    """Have staff load the inventory by the form, and type what has a PIN in it."""
    slack = platforms.slack
    await slack.command(STAFF, "inventory load")
    await still(platforms)
    await slack.submit(STAFF, slack.modals(STAFF)[-1].id, {"lines": {"value": pasted}})
    await still(platforms)
    for wish in typed:
        await slack.command(STAFF, wish)
        await still(platforms)
    assert any("loaded a list of our own numbers" in p.text for p in slack.posts())


def told(platforms: Platforms) -> Iterator[tuple[str, bytes]]:
    """Yield what Slack and Telegram were sent, and of what staff did the answers."""
    for call in platforms.record:
        if call.direction == "in":
            content = json.dumps([call.params, call.answer], default=str, ensure_ascii=False)
            yield f"{call.service} in {call.method}", content.encode()
        elif call.service == "slack":
            yield f"slack out {call.method}", json.dumps(call.answer, default=str, ensure_ascii=False).encode()


def documents(platforms: Platforms) -> Iterator[tuple[str, bytes]]:
    """Yield the files that the bot sent."""
    for chat in range(FIRST, FIRST + len(HEADS)):
        for message in platforms.telegram.chat(chat):
            if message.from_bot and message.document:
                yield f"document {message.document.name}", platforms.telegram.content(message.document.file_id)


async def live_slowly(platforms: Platforms, told: list[list[Step]]) -> None:
    """Let every customer take their next step, all at once; lists are read while nothing else is said."""
    for number in range(max(map(len, told))):
        for chat, steps in enumerate(told, FIRST):
            if number < len(steps):
                steps[number](platforms, chat)
        await still(platforms, 0.4 if number < LIST_STEPS else 0.08)


async def live_and_work(platforms: Platforms) -> tuple[Canaries, list[Canary]]:
    """Let customers and staff do all of it; return what must be found nowhere, and the links."""
    canaries = Canaries()
    links = await found_a_company(platforms, canaries)
    await live_slowly(platforms, scripts(canaries))
    pasted, typed = staff_say(canaries)
    await staff_work(platforms, pasted, typed)
    return canaries, links


def judge(platforms: Platforms, canaries: Canaries, links: list[Canary], kept: list[tuple[str, bytes]]) -> list[object]:
    """Search what was kept, logged and said, after making sure that there was enough of it."""
    sent = list(documents(platforms))
    assert len(sent) >= len(HEADS)
    assert len(canaries.all) > 80
    said = list(told(platforms))
    forwarded = [place for place in said if place[0] not in ("telegram in sendMessage", "telegram in getUpdates")]
    calls = [c for c in platforms.record.of("telegram", "sendMessage") if LINK.search(str(c.params["text"]))]
    assert {int(c.params["chat_id"]) for c in calls} == {ANNA}
    return [*scan(canaries.all, [*kept, *sent, *said]), *scan(links, [*kept, *sent, *forwarded])]


async def test_no_secret_of_a_company_gets_out_of_a_desk_on_sqlite(tmp_path: Path) -> None:
    async with Platforms().served() as platforms, PostOffice(platforms).served() as smtp_url:
        async with child(platforms, smtp_url, tmp_path):
            canaries, links = await live_and_work(platforms)
            open_files = files_below(tmp_path)
        closed_files = files_below(tmp_path)
    names = {name for name, _ in open_files}
    assert {"data/port.db", "logs/err"} <= names
    assert b"Blue Door Bakery" in b"".join(content for _, content in closed_files)
    assert judge(platforms, canaries, links, [*open_files, *closed_files]) == []


async def test_no_secret_of_a_company_gets_out_of_a_desk_on_postgresql(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(relay, "PACE", 250.0)
    caplog.set_level("DEBUG", logger="bot")
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(b"CREATE DATABASE office_canaries TEMPLATE template_store")
    url = server.format("office_canaries")
    async with Platforms().served() as platforms, PostOffice(platforms).served() as smtp_url:
        policy = Policy(undo=timedelta(0), mails=True)
        async with open_desk(platforms, tmp_path, policy=policy, url=url, SMTP_URL=smtp_url):
            canaries, links = await live_and_work(platforms)
        kept = rows_of(url)
    logs = [("log", "\n".join(r.getMessage() for r in caplog.records if r.name != "mail.log").encode())]
    assert {"table list_row", "table invite", "table inventory", "table answer"} <= {name for name, _ in kept}
    assert judge(platforms, canaries, links, [*kept, *logs, *files_below(tmp_path)]) == []
