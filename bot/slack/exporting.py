"""Sends an export: a CSV file of requests, made when it is sent, to one of the staff alone."""

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Mapping, Sequence

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.sending import Again, Never, Result, Sent
from bot.slack.desk import SlackDesk
from bot.slack.filters import Asker, about, read_find, whose
from bot.slack.trouble import read_trouble
from bot.wording import say, slack_text
from domain.carriers import CARRIERS, CarrierId
from domain.desk.exporting import MOST_ROWS, cell
from domain.desk.finding import Search
from domain.desk.found import Exported
from domain.desk.keeping import Waiting
from domain.desk.roles import role_for
from domain.policy import Policy
from domain.text import clean
from domain.values import replace

ASK_AGAIN = 30.0  # seconds until Slack, which did not say who somebody is, is asked anew
PAGE = 500  # rows that are read, and written, without letting others go on
COLUMNS = (
    "reference", "title", "phase", "number", "numbers", "name", "company", "carrier", "order", "date", "assignee",
    "hold", "snoozed", "begun", "changed",
)  # fmt: skip
_BOM = "\ufeff"  # by which spreadsheets know that a file is UTF-8


class ExportSender:
    """Delivers `export`. Where nobody can tell whether a file arrived, it comes once more: Slack has no key for it."""

    kinds = frozenset({"export"})

    def __init__(self, desk: SlackDesk) -> None:
        self._desk = desk

    async def send(self, waiting: Waiting) -> Result:
        """Try once to make a file and to send it."""
        user, said = waiting.owed.address, waiting.owed.params["filters"]
        refused = await self._refused(user)
        if refused is not None:
            return refused
        search = read_find(said, Asker(user, self._desk.now(), self._desk.policy, {}))
        rows = [row async for row in self._rows(search)]
        params = {"about": about(search), "by": whose(search), "count": f"{len(rows):,}"}
        try:
            names = {user: await self._desk.authority.first_name(user) for user in people_of(rows)}
            # 20,000 rows take most of a second
            content = await asyncio.to_thread(written, rows, self._desk.policy, names)
            return Sent(await self._upload(user, content, params))
        except (SlackApiError, SlackClientError, TimeoutError, aiohttp.ClientError, OSError) as error:
            return read_trouble(error, waiting.attempts)

    async def _refused(self, user: str) -> Result | None:
        """Return why somebody gets no file now: what they may is asked again, for roles are taken away."""
        authority = self._desk.authority
        role = await authority.role_of(user)
        if role is None and await authority.exists(user) is None:
            return Again(ASK_AGAIN, reason="unsure")
        role = role or await authority.role_of(user)  # Slack may have said it only now
        return None if role is not None and role >= role_for("export", self._desk.policy) else Never("not_staff")

    async def _rows(self, search: Search) -> AsyncIterator[Exported]:
        last = 0
        for _ in range(0, MOST_ROWS, PAGE):
            rows = await self._desk.board.exported(replace(search, limit=PAGE), last)
            for row in rows:
                yield row
            if len(rows) < PAGE:
                return
            last = rows[-1].id

    async def _upload(self, user: str, content: str, params: dict[str, str]) -> str | None:
        client = self._desk.client
        opened = await client.conversations_open(users=user)
        channel = (opened["channel"] or {})["id"]
        day = f"{self._desk.now().astimezone(self._desk.policy.desk_zone):%Y-%m-%d-%H%M}"
        answer = await client.files_upload_v2(
            channel=channel,
            filename=f"requests-{day}.csv",
            content=content.encode(),
            title=say("export.title", {"day": day}, "en", clean),
            initial_comment=slack_text("export.file", params),
        )
        files = answer.get("files") or [{}]
        return str(files[0].get("id") or "") or None


def people_of(rows: Sequence[Exported]) -> frozenset[str]:
    """Return the Slack ids of who has some of the requests."""
    return frozenset(row.line.assignee for row in rows if row.line.assignee)


def written(rows: Sequence[Exported], policy: Policy, names: Mapping[str, str]) -> str:
    """Return requests as CSV (RFC 4180), every cell quoted, and none that a spreadsheet takes for a formula."""
    file = io.StringIO(newline="")
    file.write(_BOM)
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([say(f"export.column.{column}", {}, "en", clean) for column in COLUMNS])
    writer.writerows([cell(text) for text in _cells(row, policy, names)] for row in rows)
    return file.getvalue()


def _cells(row: Exported, policy: Policy, names: Mapping[str, str]) -> tuple[str, ...]:
    line = row.line
    known = CARRIERS.get(CarrierId(line.carrier)) if line.carrier else None
    days = (f"{at.astimezone(policy.desk_zone):%Y-%m-%d %H:%M}" for at in (row.created_at, row.changed_at))
    until = f"{line.snoozed_until.astimezone(policy.desk_zone):%Y-%m-%d %H:%M}" if line.snoozed_until else ""
    held = "" if line.hold is None else line.hold or say("hold.no_reason", {}, "en", clean)
    return (
        *(line.ref, line.title or "", say(f"phase.{line.status}", {}, "en", clean), line.e164 or "", str(line.many)),
        *(line.name, row.company, known.name if known else row.carrier, row.carrier_order or "", line.port_date or ""),
        *(names.get(line.assignee or "") or line.assignee or "", held, until, *days),
    )
