"""Several people of one company, each in a chat of their own, over one store in memory; what is owed finds its chat."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from bot.wording import telegram_text
from domain.companies import WAITING, Company, Invite, Member
from domain.desk.approving import MORE
from domain.desk.asides import JOIN, aside_of
from domain.desk.state import Changes, Chat, Decide, State, Theirs
from domain.intake.choices import Choice
from domain.values import replace
from storage.companies import MOST_THEIRS
from tests.domain.talk import MONDAY, POLICY, Shown, Talk

PAYLOAD = "x" * 62  # what a link hands over; who reads it is no part of these tests


@dataclass
class Office:
    """What all of them share: requests and companies, the time, and who has which chat."""

    now: datetime = MONDAY
    people: dict[int, "Colleague"] = field(default_factory=dict)
    companies: dict[int, Company] = field(default_factory=dict)
    members: dict[tuple[int, int], Member] = field(default_factory=dict)
    invites: dict[int, Invite] = field(default_factory=dict)
    shared: dict[str, Any] = field(default_factory=dict)
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    def __post_init__(self) -> None:
        for name in ("requests", "orders", "numbers", "answers", "secrets", "papers", "actions", "dues", "errands"):
            self.shared[name] = {}
        self.shared |= {"history": [], "posts": [], "owed": []}

    def enter(self, chat: int, name: str) -> "Colleague":
        """Let somebody write to the bot from a chat of their own."""
        person = Colleague(POLICY, self.now, Chat(chat), **self.shared, _ids=self.ids, _chance=self.chance)
        person.office, person.name = self, name
        self.people[chat] = person
        return person

    def company(self, company_id: int) -> Company | None:
        """Return a company with who belongs to it now; None once nobody does."""
        members = [m for m in self.members.values() if m.company_id == company_id and m.left_at is None]
        known = self.companies.get(company_id)
        members.sort(key=lambda m: (m.joined_at, m.chat_id))
        return replace(known, members=tuple(members)) if known is not None and members else None

    def theirs(self, company: Company, chat: int) -> list[Theirs]:
        """Return the requests of a company that others than this chat began."""
        return [
            Theirs(self.people[r.chat_id]._brief(r), company.id, self._name(company.id, r.chat_id), r.approval)
            for r in self.shared["requests"].values()
            if r.company_id == company.id and r.chat_id != chat
        ]

    def _name(self, company_id: int, chat: int) -> str:
        member = self.members.get((company_id, chat))
        return member.name if member is not None else ""


class Colleague(Talk):
    """One of them."""

    office: Office
    invited = 0
    before = 0  # the request before which older ones of colleagues are wanted

    @property
    def now(self) -> datetime:
        """Return the office's time."""
        return self.office.now if hasattr(self, "office") else MONDAY

    @now.setter
    def now(self, at: datetime) -> None:
        if hasattr(self, "office"):
            self.office.now = at

    def follow(self, invite: Invite | int) -> list[Shown]:
        """Open the link of an invitation."""
        self.invited = invite if isinstance(invite, int) else invite.id
        try:
            return self.hear("command", f"/start {PAYLOAD}", code="start")
        finally:
            self.invited = 0

    def join(self, invite: Invite) -> list[Shown]:
        """Open the link of an invitation, and accept it."""
        self.follow(invite)
        return self.press("co.join.yes")

    def invite(self, role: str) -> Invite:
        """Invite somebody, from the company's page."""
        self.command("company")
        before = set(self.office.invites)
        self.press(f"co.invite.{role}")
        (made,) = set(self.office.invites) - before
        return self.office.invites[made]

    def forge(self, code: str, form: int) -> list[Shown]:
        """Press a button that was never shown, as a changed client can."""
        return self.hear("press", form=form, code=code)

    def state(self, request_id: int | None, *, is_named: bool = True, named: tuple[str, ...] = ()) -> State:
        """Return what a decision is given, companies and all."""
        state = super().state(request_id, is_named=is_named, named=named)
        office, chat = self.office, self.chat.id
        mine = [m.company_id for m in office.members.values() if m.chat_id == chat and m.left_at is None]
        of_case = state.case.request.company_id if state.case is not None else None
        aside = aside_of(self.chat.asked)
        invited = office.invites.get(self.invited or (aside.subject if aside and aside.what == JOIN else 0))
        ids = dict.fromkeys([*mine, *([of_case] if of_case else []), *([invited.company_id] if invited else [])])
        known = [company for company in map(office.company, ids) if company is not None]
        led = [c for c in known if c.id in mine and c.is_led_by(chat)]
        of_led = [i for i in office.invites.values() if i.used_at is None and i.revoked_at is None]
        return replace(
            state,
            companies=tuple(known),
            invites=tuple(i for c in led for i in of_led if i.company_id == c.id),
            **self._page([each for c in led for each in office.theirs(c, chat)]),
            invited=invited,
        )

    def _page(self, theirs: list[Theirs]) -> dict[str, Any]:
        """Return the newest requests and all that wait, or an older page, and before which request there are more."""
        page = sorted((t for t in theirs if not self.before or t.brief.id < self.before), key=lambda t: t.brief.id)
        newest = page[-MOST_THEIRS:]
        waiting = [t for t in page[:-MOST_THEIRS] if t.approval == WAITING and t.brief.status == "intake"]
        shown = newest if self.before else waiting + newest
        return {"theirs": tuple(shown), "older_theirs": newest[0].brief.id if len(newest) == MOST_THEIRS else 0}

    def push(self, shown: Shown, choice: Choice) -> list[Shown]:
        """Press a button; one for older requests has them looked up."""
        self.before = int(choice.params["form"].partition(".")[0]) if choice.code == MORE else 0
        try:
            return super().push(shown, choice)
        finally:
            self.before = 0

    def _step(
        self, request_id: int | None, event: str, decide: Decide, *, is_named: bool = True, named: tuple[str, ...] = ()
    ) -> list[Shown]:
        """Let a request's turn happen in the chat of whoever began it."""
        owner = self
        if request_id in self.requests:
            owner = self.office.people[self.requests[request_id].chat_id]
        before = len(self.screen)
        step = partial(super(Colleague, owner)._step, request_id, event, decide)
        step(is_named=is_named, named=named)
        return self.screen[before:]

    def _keep(self, changes: Changes, request_id: int | None) -> None:
        wanted = changes.request.id if changes.request else request_id or 0
        for answer in changes.answers:
            if answer.request_id != wanted:  # left for a colleague's request
                self.answers[answer.request_id][answer.question] = answer
        mine = tuple(answer for answer in changes.answers if answer.request_id == wanted)
        super()._keep(replace(changes, answers=mine), request_id)
        for row in changes.companies:
            if isinstance(row, Company):
                self.office.companies[row.id] = replace(row, members=())
            elif isinstance(row, Member):
                self.office.members[row.company_id, row.chat_id] = row
            else:
                self.office.invites[row.id] = row

    def _owe(self, changes: Changes) -> None:
        others = tuple(o for o in changes.owed if o.kind in ("say", "status") and o.address != str(self.chat.id))
        own = tuple(owed for owed in changes.owed if owed not in others)
        super()._owe(replace(changes, owed=own))
        for owed in others:
            self.owed.append(owed)
            shown = Shown(owed, telegram_text(owed.key, owed.params, owed.language))
            self.office.people[int(owed.address)].screen.append(shown)

    def shows(self) -> str:
        """Return the newest message of the chat."""
        return self.screen[-1].text

    def offers(self) -> list[str]:
        """Return the codes of the newest message's buttons."""
        return [choice.code for choice in self.screen[-1].choices]

    def find(self, code: str) -> Choice:
        """Return the newest button of that code."""
        return next(c for shown in reversed(self.screen) for c in shown.choices if c.code == code)
