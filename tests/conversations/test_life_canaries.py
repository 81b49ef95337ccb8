"""Secrets given where a port goes otherwise: refused, parted, stopped for a fee, tried, gone back, gone on.

`test_desk_canaries.py` gives them behind every verb and in every form of a request that is new; here the verbs do what
they are there for. Beside made-up secrets the customer's own are told again, bare, as a carrier might write them. They
are found in no log, on no disk that is not sealed, in no calendar, no export, and in nothing that the bot says.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from bot import relay
from bot.clock import utc_now
from bot.slack.cards import action_of
from domain.calendar import next_porting_day
from domain.desk.risks import SURE
from domain.desk.verbs import EFFECTS, VERBS
from domain.policy import Policy
from tests.conversations.canaries import files_below, scan
from tests.conversations.test_canaries import Step, child, live, press, rows_of, say, still, usual
from tests.conversations.test_desk_canaries import BEN, FIRST, PUBLIC, Morning, Typing, exported, told
from tests.house import STAFF, Platforms, open_desk
from tests.post_office import PostOffice

MANY = 4  # customers; the last one's request is for the forms of what is at a carrier
SECOND = "415-431-8839"  # the number that the first customer moves beside their own
FORMS = tuple(verb for verb in EFFECTS if VERBS[verb].modal and verb not in ("reply", "note", "hold", "snooze"))
DONE = (  # what the desk channel tells of it: that each verb did something with the words it was given
    "noted a rejection of try 1", "noted a rejection of try 2", "is put right on", "split this",
    "wants to stop some", "asks the customer whether", "does not want it cancelled", "wants it cancelled",
    "carrier does not stop it", "set the date", "noted of texting", "*Snapback of", "agreed that", "has left for",
)  # fmt: skip


@dataclass
class Afternoon(Morning):
    """Staff and customers at work on what goes otherwise. `own`: each customer's own account number and PIN."""

    own: list[tuple[str, str]] = field(default_factory=list)

    async def work(self) -> None:
        """Do all of it, one after the other."""
        await live(self.platforms, [self._intake(n) for n in range(MANY)], FIRST)
        self.refs = [self._ref(chat) for chat in range(FIRST, FIRST + MANY)]
        for ref in self.refs:
            await self._act(f"submit {ref} VZ-881")
        for act in (
            self._refuse, self._fill_in_at_carrier, self._part, self._stop, self._set_dates, self._try_out,
            self._lead_out, self._fill_in_at_the_end, self._search, self._export, self._look_at_all,
        ):  # fmt: skip
            await act()
            await still(self.platforms)

    def _intake(self, n: int) -> list[Step]:
        """Return what a customer does until they have signed; the first one moves two numbers."""
        secrets = self.typing.canaries.account("asked for"), self.typing.canaries.pin("asked for")
        self.own.append(secrets)
        answers = usual(*secrets)
        if n:
            return [say("/start"), *answers.values()]
        both = {"numbers": say(f"{{number}} and {SECOND}"), "carrier": answers["carrier"]}
        return [say("/start"), *(both | {"one bill": press("Yes, all on one bill")} | answers | both).values()]

    def _told_again(self, n: int, where: str) -> str:
        """Return words with a customer's own secrets as they are, and made-up ones by their names."""
        account, pin = self.own[n]
        return f"7B {account} 8C {pin}, {self.typing.pin(where)}, {self.typing.account(where)}"

    async def _act(self, wish: str) -> None:
        """Type a command, and press what it is confirmed by."""
        shown = await self._shown(wish)
        if SURE in str(shown.blocks):
            await self.slack.press(STAFF, SURE, message_ts=shown.ts)
            await still(self.platforms)

    async def _say(self, n: int, *steps: Step) -> None:
        await live(self.platforms, [list(steps)], FIRST + n)

    # refused, put right and sent again

    async def _refuse(self) -> None:
        """Note the carrier's words by code, and of the last request as they came; the customers give new secrets."""
        for n, ref in enumerate(self.refs):
            account, pin = self.typing.canaries.account("given anew"), self.typing.canaries.pin("given anew")
            await self._act(f"reject {ref} wrong account number: {self._told_again(n, 'as a refusal')}")
            await self._say(n, say(self.typing.pin("beside a repair")), say(account))
            await self._act(f"submit {ref} again")
            self.own[n] = account, self.own[n][1]
            await self._act(f"reject {ref} wrong pin: {self._told_again(n, 'as a second refusal')}")
            await self._say(n, say(self.typing.account("beside a PIN")), say(pin))
            self.own[n] = account, pin
            asked = self._with("is put right on")[-1]
            await self.slack.press(STAFF, action_of("submit"), message_ts=asked.ts)
            await still(self.platforms)
        last = len(self.refs) - 1
        pasted = f"8C passcode missing or invalid {self._told_again(last, 'as it came')}"
        await self._act(f"reject {self.refs[last]} {pasted}")

    async def _part(self) -> None:
        ref = self.refs[0]
        await self._act(f"split {ref} {SECOND}: {self._told_again(0, 'as why it is split')}")
        await self._act(f"split {ref} {self._told_again(0, 'as what to split')}")
        await self._act(f"advance {ref} #1 {self._told_again(0, 'as a phase')}")

    async def _stop(self) -> None:
        """Have one number stopped, with secrets in the fee, the risk, the refusal and the customer's own words."""
        ref = self.refs[0]
        await self._say(0, say("/cancel"), press(f"({SECOND[:3]}) {SECOND[4:]}"), press("Yes, stop it"))
        for way in ("fee 25: {}", "risk: {}", "fee {}", "denied: {}", "{}", "kept {}"):
            await self._act(f"cancel {ref} 8839 {way.format(self._told_again(0, f'to cancel {way}'))}")
        for answer in ("No, go on", "Yes, cancel for $25"):
            await self._say(0, say("/cancel"), press(f"({SECOND[:3]}) {SECOND[4:]}"), press("Yes, stop it"))
            await self._act(f"cancel {ref} 8839 fee 25: the line can be dead for a day")
            await self._say(0, say(f"yes, and {self.typing.pin('beside a fee')}"), press(answer))
        await self._act(f"cancel {ref} 8839 denied: it is in its last step")

    # dates, trials, texts

    async def _set_dates(self) -> None:
        """Set dates that are far off, once the requests are called by secrets; each customer gets a calendar."""
        for n, ref in enumerate(self.refs[:-1]):
            await self._say(n, say(f"/name Line {self.typing.pin('as a title of a day')}"))
            day = next_porting_day((utc_now() + timedelta(days=9)).date())
            await self._act(f"date {ref} {self._told_again(n, 'as a day')}")
            for _ in ("review", "pending"):
                await self._act(f"advance {ref}")
            await self._act(f"date {ref} {day.isoformat()}")
            await self._act(f"complete {ref} {self._told_again(n, 'as what has moved')}")
            await self._act(f"complete {ref}")

    async def _try_out(self) -> None:
        for n, ref in enumerate(self.refs[:-1]):
            said = self._told_again(n, "of a trial")
            await self._say(n, say(f"no, {self.typing.pin('as what does not work')}"), say(said))
            for wish in (
                "works {}", "works calls in, {}", "works calls out", "texting {}", "texting filed: {}",
                "texting trouble: {}", "routing {}", "routing all, {}", "close {}",
            ):  # fmt: skip
                verb, _, rest = wish.partition(" ")
                await self._act(f"{verb} {ref} {rest.format(said)}")

    async def _lead_out(self) -> None:
        """Let the first go back, the second one leave, with secrets in all that is noted of them."""
        back, gone, stays, _ = self.refs
        await self._say(0, say(f"you moved the wrong number, {self.typing.pin('of a wrong move')}"))
        await self._act(f"snapback {back} : {self._told_again(0, 'as what happened')}")
        for n, ref in ((1, gone), (2, stays)):
            said = self._told_again(n, "of a port-out")
            for part in ("{}", "to {}: Maria", "to Comcast: {}", "name, account {}", "pin {}", "no: {}", "yes {}"):
                await self._act(f"out {ref} {part.format(said)}")
        await self._act(f"out {gone} to Comcast: Maria, called back; name, pin; yes")
        await self._act(f"out {gone} left")
        await self._act(f"out {gone} routing {self._told_again(1, 'as what is off')}")
        await self._act(f"snapback {back} done")

    # forms

    async def _fill_in_at_carrier(self) -> None:
        await self._fill_in_each(self.refs[-1])

    async def _fill_in_at_the_end(self) -> None:
        for ref in self.refs:
            await self._fill_in_each(ref)

    async def _fill_in_each(self, ref: str) -> None:
        """Put secrets into every text of each form that there is for a request; what may end it comes last."""
        for verb in sorted(FORMS, key=lambda verb: verb in ("complete", "cancel", "end")):
            if await self._open(verb, ref):
                await self._hand_in(f"in the form of {verb}")
            self._close_forms()


def calendars(platforms: Platforms) -> Iterator[tuple[str, bytes]]:
    """Yield the files that customers were sent for their calendars."""
    for chat in range(FIRST, FIRST + MANY):
        for message in platforms.telegram.chat(chat):
            if message.from_bot and message.document:
                yield f"calendar {message.document.name}", platforms.telegram.content(message.document.file_id)


def judge(platforms: Platforms, typing: Typing, kept: list[tuple[str, bytes]]) -> list[object]:
    """Search what was kept, logged and said, after making sure that there was enough of it."""
    sent, files, said = list(calendars(platforms)), list(exported(platforms)), list(told(platforms))
    posts = "\n".join(p.text for p in platforms.slack.posts())
    assert [words for words in DONE if words not in posts] == []
    assert len(sent) >= MANY - 1
    assert files
    assert len(typing.canaries.all) > 150
    return list(scan(typing.canaries.all, [*kept, *sent, *files, *said]))


async def test_no_secret_of_what_goes_otherwise_gets_out_on_sqlite(tmp_path: Path) -> None:
    typing = Typing()
    async with Platforms().served() as platforms, PostOffice(platforms).served() as smtp_url:
        more = {"PUBLIC_URL": PUBLIC, "SLACK_STAFF": f"{STAFF},{BEN}"}
        async with child(platforms, smtp_url, tmp_path, **more):
            await Afternoon(platforms, typing).work()
            open_files = files_below(tmp_path)
        closed_files = files_below(tmp_path)
    passing = [place for place in open_files if place not in closed_files]
    assert judge(platforms, typing, [*passing, *closed_files]) == []


async def test_no_secret_of_what_goes_otherwise_gets_out_on_postgresql(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(relay, "PACE", 250.0)
    caplog.set_level("DEBUG", logger="bot")
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(b"CREATE DATABASE life_canaries TEMPLATE template_store")
    url, typing = server.format("life_canaries"), Typing()
    async with Platforms().served() as platforms, PostOffice(platforms).served() as smtp_url:
        policy = Policy(undo=timedelta(0), mails=True)
        async with open_desk(platforms, tmp_path, policy=policy, url=url, SMTP_URL=smtp_url, PUBLIC_URL=PUBLIC):
            await Afternoon(platforms, typing).work()
        kept = rows_of(url)
    logs = [("log", "\n".join(r.getMessage() for r in caplog.records if r.name != "mail.log").encode())]
    assert judge(platforms, typing, [*kept, *logs, *files_below(tmp_path)]) == []
