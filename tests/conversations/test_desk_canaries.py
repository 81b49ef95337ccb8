"""PINs, account numbers, tokens and one-time links, given at the desk in every way, by staff and by customers.

They are found in no log, on no disk that is not sealed, and in nothing that the bot says to Slack or to a customer. Of
what staff type Slack knows, and of the files that hang on their messages; the bot says none of it again.
"""

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import psycopg
import pytest

from bot import relay
from bot.slack.cards import action_of
from bot.slack.held import AGAIN
from bot.slack.inputs import INPUT
from bot.slack.rules import DO
from domain.desk.verbs import EFFECTS, VERBS
from domain.policy import Policy
from sandbox.faults import Fault
from sandbox.slack import Post
from sandbox.slack.entries import options
from sandbox.slack.errors import NotPossibleError
from tests.conversations.canaries import Canary, files_below, scan
from tests.conversations.test_canaries import (
    SLACK,
    Canaries,
    child,
    live,
    rows_of,
    say,
    send,
    speak,
    still,
    usual,
)
from tests.house import STAFF, Platforms, open_desk
from tests.post_office import PostOffice

FIRST, MANY = 6001, 3  # chats of customers, and how many sign a request each
CALLER, BEN, DM = 6101, "U0STAFF2", "D0STAFF1"
PUBLIC = "https://desk.example.com"
TOKEN = "7{:08d}:AAcanary{:02d}-{}"
LINK = re.compile(rb"/desk/([\w-]{40,})|\?start=([\w-]{40,64})(?![\w-])")
BOUND = ("chat.postMessage", "chat.update", "chat.unfurl", "views.publish", "files.completeUploadExternal")
"""Calls whose words others see, or the same person for long: no link that opens something stands in them."""


@dataclass
class Typing:
    """Secrets as staff and customers give them, each once."""

    canaries: Canaries = field(default_factory=Canaries)

    def pin(self, where: str) -> str:
        """Return words that name a PIN."""
        return f"their pin is {self.canaries.pin(where)}"

    def account(self, where: str) -> str:
        """Return words that name an account number."""
        return f"account number {self.canaries.account(where)}"

    def token(self, where: str) -> str:
        """Return a token as Telegram gives it."""
        n = len(self.canaries.all)
        text = TOKEN.format(n, n % 100, "x" * 25)
        self.canaries.all.append(Canary(f"token {where}", text))
        return text

    def all(self, where: str) -> str:
        """Return words that give each of them."""
        return f"{self.pin(where)}, {self.account(where)}, bot {self.token(where)}"


@dataclass
class Morning:
    """Staff at work, who put secrets everywhere. `refs`: the requests there are."""

    platforms: Platforms
    typing: Typing
    refs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.slack, self.telegram = self.platforms.slack, self.platforms.telegram

    async def work(self) -> None:
        """Do all of it, one after the other."""
        await live(self.platforms, [[say("/start"), *usual().values()] for _ in range(MANY)], FIRST)
        self.refs = [self._ref(chat) for chat in range(FIRST, FIRST + MANY)]
        for act in (
            self._type_every_verb, self._type_slips, self._fill_in_forms, self._write_with_files, self._talk,
            self._begin_by_phone, self._attach, self._act_on_several, self._search, self._send_again, self._export,
            self._look_at_all,
        ):  # fmt: skip
            await act()
            await still(self.platforms)

    def _ref(self, chat: int) -> str:
        found = (re.search(r"P-[0-9A-Z]{5}", m.text) for m in self.telegram.chat(chat) if m.from_bot)
        return next(ref[0] for ref in found if ref is not None)

    # words typed

    async def _type_every_verb(self) -> None:
        """Give secrets behind every verb, with a request before them and without."""
        for words in (self.typing.pin, self.typing.account):
            for about in ("", f"{self.refs[2]} "):
                wishes = [f"{verb} {about}{words(f'{verb} {about}')}" for verb in VERBS]
                await asyncio.gather(*(self.slack.command(STAFF, wish) for wish in wishes))
                await still(self.platforms)
                self._close_forms()

    async def _type_slips(self) -> None:
        """Give secrets where the bot asks what, or whom, one meant, with a button that runs it."""
        slip = f"{self.refs[0][:-1]}{'Z' if self.refs[0][-1] != 'Z' else 'Y'}"
        for wish in ("rply {ref}", "note 8832", f"note {slip}", "note it", "reject {ref} name:", "ask {ref} name:"):
            await self._type(f"{wish.format(ref=self.refs[0])} {self.typing.all(wish)}")

    async def _type(self, wish: str) -> Post | None:
        """Type a command and return what it brought."""
        seen = len(self.slack.ephemerals(STAFF))
        assert (await self.slack.command(STAFF, wish)).is_acked
        await still(self.platforms, 0.04)
        return next(iter(self.slack.ephemerals(STAFF)[seen:]), None)

    async def _shown(self, wish: str) -> Post:
        """Type a command and wait for the answer that it brings."""
        seen = len(self.slack.ephemerals(STAFF))
        await self._type(wish)
        await self._until(lambda: len(self.slack.ephemerals(STAFF)) > seen)
        return self.slack.ephemerals(STAFF)[seen]

    # forms

    async def _fill_in_forms(self) -> None:
        """Put secrets into every text of the form of every verb, and look at the preview where there is one."""
        for verb in sorted((each for each in EFFECTS if VERBS[each].modal), key=lambda verb: verb == "cancel"):
            if await self._open(verb, self.refs[1]):
                await self._hand_in(f"in the form of {verb}")
            self._close_forms()

    async def _open(self, verb: str, ref: str) -> bool:
        """Open a verb's form by its word, or on the card where it has one for this request."""
        await self._type(f"{verb} {ref}")
        if not self.slack.modals(STAFF):
            card = next(p for p in self.slack.posts() if p.text.startswith(ref))
            try:
                await self.slack.press(STAFF, action_of(verb), message_ts=card.ts)
            except NotPossibleError:
                return False
        await still(self.platforms)
        return bool(self.slack.modals(STAFF))

    async def _hand_in(self, where: str) -> None:
        form = self.slack.modals(STAFF)[-1]
        entered = {b["block_id"]: self._entry(b["element"], where) for b in form.blocks if b["type"] == "input"}
        for text in entered.values():
            for action, value in text.items():
                with suppress(NotPossibleError):  # an input that does not tell of every word
                    await self.slack.press(STAFF, action, view_id=form.id, value=value)
        await still(self.platforms)  # the form may be another after that, as what is looked up for it comes
        there = {block["block_id"] for view in self.slack.modals(STAFF)[-1:] for block in view.blocks}
        given = {block: text for block, text in entered.items() if text and block in there}
        await self.slack.submit(STAFF, form.id, given)
        await still(self.platforms)

    def _entry(self, element: dict[str, Any], where: str) -> dict[str, Any]:
        """Return what is put into an input: secrets, or the first thing that can be chosen."""
        kind, action = element["type"], element["action_id"]
        if kind == "plain_text_input":
            return {action: self.typing.all(where)[: element.get("max_length", 3000)]}
        offered = options(element)
        if offered:
            value = offered[0]["value"]
            return {action: [value] if kind in ("multi_static_select", "checkboxes") else value}
        return {action: "2026-12-08"} if kind == "datepicker" else {}

    def _forms(self) -> str:
        return repr([view.blocks for view in self.slack.modals(STAFF)])

    def _close_forms(self) -> None:
        self.platforms.slack._workspace.stacks[STAFF] = []

    async def _write_with_files(self) -> None:
        """Send a file whose name gives secrets, with words that give none."""
        where = "as a reply's file"
        name = f"{self.typing.canaries.pin(where)} {self.typing.canaries.account(where)}.pdf"
        file = self.slack.attach(name, b"%PDF-1.4 the form")
        assert await self._open("reply", self.refs[0])
        form = self.slack.modals(STAFF)[-1]
        await self.slack.submit(STAFF, form.id, {"words": {"value": "Please sign."}, "files": {"value": [file]}})
        await self.slack.submit(STAFF, self.slack.modals(STAFF)[-1].id)
        await self._until(lambda: any(m.kind == "document" and m.from_bot for m in self.telegram.chat(FIRST)))

    # customers

    async def _talk(self) -> None:
        """Have staff take a chat over, and its customer give secrets to the person, in words, pictures and files."""
        await self._type(f"takeover {self.refs[0]} Maya")
        where = "to a person"
        name = f"{self.typing.canaries.pin(where)} {self.typing.canaries.account(where)}.pdf"
        steps = [say(self.typing.pin(where)), say(self.typing.account(where)), say(self.typing.canaries.pin(where))]
        steps += [say(self.typing.canaries.account(where)), speak(self.typing.pin(where))]
        steps += [send(name=name, caption=self.typing.pin(where)), say(f"/name {self.typing.pin(where)}")]
        await live(self.platforms, [steps], FIRST)
        assert await self._open_papers()
        await self._type(f"resume {self.refs[0]}")

    async def _open_papers(self) -> bool:
        """Open the link that staff get to a customer's file; the page behind it is for them."""
        await self._until(lambda: bool(self._with("papers.open")))
        post = self._with("papers.open")[-1]
        await self.slack.press(STAFF, "papers.open", message_ts=post.ts)
        await still(self.platforms)
        found = re.search(r"/desk/([\w-]{40,})", str(self.slack.ephemerals(STAFF)[-1].blocks))
        assert found is not None
        async with aiohttp.ClientSession() as session, session.post(f"{self._here()}/desk/{found[1]}") as page:
            return page.status == 200

    async def _until(self, is_so: Callable[[], bool]) -> None:
        """Wait for what a screen shows."""
        async with asyncio.timeout(20):
            while not is_so():  # noqa: ASYNC110 # nothing else tells it
                await asyncio.sleep(0.02)

    def _with(self, words: str) -> list[Post]:
        return [p for p in self.slack.posts() if words in f"{p.text} {p.blocks}"]

    def _here(self) -> str:
        return str(self.slack.deliver_to).removesuffix("/slack/events")

    async def _begin_by_phone(self) -> None:
        """Give secrets in every field of the form for a caller; then begin one, whose link is opened."""
        for question in ("numbers", "carrier", "name", "address", "destination", "title", "note"):
            entered = {
                "numbers": {INPUT: "415-421-9001"},
                question: {INPUT: self.typing.all(f"on the phone: {question}")},
            }
            await self._type("new")
            await self._until(lambda: bool(self.slack.modals(STAFF)))
            await self.slack.submit(STAFF, self.slack.modals(STAFF)[-1].id, entered)
            await still(self.platforms)
            if question != "note":
                self._close_forms()
        await self._until(lambda: LINK.search(self._forms().encode()) is not None)
        link = LINK.search(self._forms().encode())
        self._close_forms()
        assert link is not None
        self.telegram.say(CALLER, f"/start {link[2].decode()}")
        await self._until(lambda: any("told our desk on the phone" in m.text for m in self.telegram.chat(CALLER)))

    # messages and lists

    async def _attach(self) -> None:
        where = "in an attached message"
        name = f"{self.typing.canaries.pin(where)} {self.typing.canaries.account(where)}.pdf"
        file = self.slack.attach(name, b"%PDF-1.4 their letter")
        for said in (self.typing.pin("as words that name a request"), self.refs[1]):
            message = self.slack.share(BEN, self.typing.all(where), [str(file["id"])])
            await self.slack.shortcut(STAFF, "attach", message_ts=message.ts)
            await self._until(lambda: bool(self.slack.modals(STAFF)))
            await self.slack.submit(STAFF, self.slack.modals(STAFF)[-1].id, {"request": {"value": said}})
            await still(self.platforms)
            self._close_forms()
        await self._until(lambda: bool(self._with("attached a message")))

    async def _act_on_several(self) -> None:
        for verb in ("note", "hold"):
            shown = await self._shown(f"{verb} {' '.join(self.refs)} {self.typing.pin(f'{verb} on several')}")
            if DO in str(shown.blocks):
                await self.slack.press(STAFF, DO, message_ts=shown.ts)
                await still(self.platforms)
        await self._type(f"hold {' '.join(self.refs)} off")

    async def _search(self) -> None:
        """Look for secrets, by word, by form and at Home."""
        await self._type("find")
        await self._until(lambda: bool(self.slack.modals(STAFF)))
        form = self.slack.modals(STAFF)[-1]
        await self.slack.submit(STAFF, form.id, {"words": {"value": self.typing.all("find")}})
        await still(self.platforms)
        self._close_forms()
        await self.slack.open_home(STAFF)
        await self._until(lambda: self.slack.home(STAFF) is not None)
        home = self.slack.home(STAFF)
        assert home is not None
        await self.slack.press(STAFF, "home.search", view_id=home.id, value=self.typing.all("the search at Home"))
        await still(self.platforms)

    async def _send_again(self) -> None:
        """Have a reply come to nothing, look at what is held up, and send it again."""
        away = Fault("telegram", "sendMessage", "timeout_before", hang=0.0, lasting=True)
        self.platforms.faults.add(away)
        await self._type(f"reply {self.refs[0]} We call at noon.")
        await self._until(lambda: bool(self._with("not delivered")))
        self.platforms.faults.take_away(away)
        await still(self.platforms, 0.5)  # the list is of what is written down
        shown = await self._shown("held")
        await self.slack.press(STAFF, AGAIN, message_ts=shown.ts)
        await still(self.platforms)
        await self._until(lambda: any("We call at noon." in m.text for m in self.telegram.chat(FIRST)))

    async def _export(self) -> None:
        await self._type("export all")
        await self._until(lambda: bool(self.slack.posts(DM)))

    async def _look_at_all(self) -> None:
        """Look at every request in every way that there is, its secrets' form and a link to it too."""
        for ref in self.refs:
            for wish in (f"show {ref}", f"show {ref} timeline", f"find {ref}"):
                await self._type(wish)
            card = next(p for p in self.slack.posts() if p.text.startswith(ref))
            for chosen in (f"reveal {ref}", f"timeline {ref}"):
                await self._choose(card, chosen)
                self._close_forms()
        for wish in ("list", "list all", "held", "digest", "stats"):
            await self._type(wish)
        await self.slack.post_links(STAFF, [f"{PUBLIC}/r/{ref}" for ref in self.refs])
        await still(self.platforms)
        for action in ("section.desk", "section.mine", "section.unanswered", "section.undelivered", "home.refresh"):
            home = self.slack.home(STAFF)
            assert home is not None
            await self.slack.press(STAFF, action, view_id=home.id)
            await still(self.platforms)

    async def _choose(self, card: Post, chosen: str) -> None:
        try:
            await self.slack.press(STAFF, "menu", message_ts=card.ts, value=chosen)
        except NotPossibleError:
            return
        await still(self.platforms)


def told(platforms: Platforms) -> Iterator[tuple[str, bytes]]:
    """Yield what the bot said: its calls, and its answers to what staff did."""
    for call in platforms.record:
        if call.direction == "in":
            yield f"{call.service} in {call.method}", _written(call.params)
        elif call.service == "slack":
            yield f"slack out {call.method}", _written(call.answer)


def _written(content: object) -> bytes:
    return json.dumps(content, default=str, ensure_ascii=False).encode()


def exported(platforms: Platforms) -> Iterator[tuple[str, bytes]]:
    """Yield the files that the bot put into Slack."""
    for file_id, name in platforms.slack.file_names().items():
        if not name.endswith(".pdf"):
            yield f"file {name}", platforms.slack.file_content(file_id) or b""


def judge(platforms: Platforms, typing: Typing, kept: list[tuple[str, bytes]]) -> list[object]:
    """Search what was kept, logged and said, after making sure that there was enough of it."""
    said, files = list(told(platforms)), list(exported(platforms))
    methods = {call.method for call in platforms.record}
    assert {"chat.unfurl", "views.push", "views.publish", "views.update", "sendDocument"} - methods <= {"views.push"}
    assert files
    assert len(typing.canaries.all) > 150
    links = {found[1] or found[2] for _, content in said for found in LINK.finditer(content)}
    assert len(links) > 3
    opening = [Canary(f"link {n}", link.decode()) for n, link in enumerate(sorted(links))]
    tokens = [Canary("token", text) for text in (platforms.telegram.token, *SLACK.values())]
    lasting = [place for place in said if place[0].split()[-1] in BOUND or place[0].startswith("telegram")]
    to_slack = [place for place in said if place[0].startswith("slack")]
    return [
        *scan(typing.canaries.all, [*kept, *files, *said]),
        *scan(tokens, [*kept, *files, *to_slack]),
        *scan(opening, [*kept, *files, *lasting]),
    ]


async def test_no_secret_at_the_desk_gets_out_of_it_on_sqlite(tmp_path: Path) -> None:
    typing = Typing()
    async with Platforms().served() as platforms, PostOffice(platforms).served() as smtp_url:
        more = {"PUBLIC_URL": PUBLIC, "SLACK_STAFF": f"{STAFF},{BEN}"}
        async with child(platforms, smtp_url, tmp_path, **more):
            await Morning(platforms, typing).work()
            open_files = files_below(tmp_path)
        closed_files = files_below(tmp_path)
    assert {"data/port.db-wal", "logs/err"} <= {name for name, _ in open_files}
    passing = [place for place in open_files if place not in closed_files]  # gone, or as it was before it was closed
    assert judge(platforms, typing, [*passing, *closed_files]) == []


async def test_no_secret_at_the_desk_gets_out_of_it_on_postgresql(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(relay, "PACE", 250.0)
    caplog.set_level("DEBUG", logger="bot")
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(b"CREATE DATABASE desk_canaries TEMPLATE template_store")
    url, typing = server.format("desk_canaries"), Typing()
    async with Platforms().served() as platforms, PostOffice(platforms).served() as smtp_url:
        policy = Policy(undo=timedelta(0), mails=True)
        async with open_desk(platforms, tmp_path, policy=policy, url=url, SMTP_URL=smtp_url, PUBLIC_URL=PUBLIC):
            await Morning(platforms, typing).work()
        kept = rows_of(url)
    logs = [("log", "\n".join(r.getMessage() for r in caplog.records if r.name != "mail.log").encode())]
    assert {"table words", "table history", "table outbox", "table answer"} <= {name for name, _ in kept}
    assert judge(platforms, typing, [*kept, *logs, *files_below(tmp_path)]) == []
