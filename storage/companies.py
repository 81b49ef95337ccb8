"""Companies, their members and invitations: read only for chats that belong to one, or that open an invitation."""

from collections import defaultdict
from typing import Any, Protocol

import orjson
from sqlalchemy import ARRAY, ColumnElement, Executable, Text, bindparam, func, literal_column, select

from domain.companies import WAITING, Company, Invite, Member
from domain.desk.asides import JOIN, aside_of
from domain.desk.state import State, Theirs
from domain.values import Value, replace
from storage.listed import among
from storage.rows import Line, Tongue, brief_of, invite_of
from storage.tables import TABLES

COMPANY, MEMBER, INVITE, REQUEST, CHAT = (TABLES[t] for t in ("company", "member", "invite", "request", "chat"))
MOST_THEIRS = 10  # newest requests of a company that its administrators are shown
MOST_WAITING = 50  # and the oldest of those that wait for one of them
_IS_IN = MEMBER.c.left_at.is_(None)
_ASKED, _BELONGS = 2, 11  # columns of a chat's row
_CHAT_OF_REQUEST, _COMPANY_OF_REQUEST, _APPROVAL, _WHOSE = 2, 12, 13, 21  # columns of a request's row as read here


class Reads(Protocol):
    """Whatever runs statements; see `storage.loading.Run`."""

    def reads(self, asked: list[tuple[str, tuple[object, ...]]]) -> list[list[Line]]:
        """Return the rows of each statement."""
        ...


class Texts(Protocol):
    """The statements of this module, compiled."""

    @property
    def members(self) -> str: ...
    @property
    def invites(self) -> str: ...
    @property
    def invites_named(self) -> str: ...
    @property
    def theirs(self) -> str: ...
    @property
    def theirs_waiting(self) -> str: ...
    @property
    def theirs_older(self) -> str: ...


class Wanted(Value, frozen=True):
    """What a turn has to do with companies: those of its chat, that of its case, and an invitation by its id (or 0).

    `before`: the request before which colleagues' older ones are wanted (or 0).
    """

    chat_id: int
    mine: tuple[int, ...]
    of_case: int | None
    invited: int
    before: int = 0


class Shared(Value, frozen=True):
    """What one turn may know: of colleagues' requests and invitations only those of companies that its chat leads."""

    companies: tuple[Company, ...]
    invites: tuple[Invite, ...]
    theirs: tuple[Theirs, ...]
    invited: Invite | None
    older: int = 0

    def add_to(self, state: State) -> State:
        """Return the state with all of it."""
        known = replace(state, companies=self.companies, invites=self.invites, invited=self.invited)
        return replace(known, theirs=self.theirs, older_theirs=self.older)


def wanted_of(chat_id: int, chat: Line | None, case: Line | None, invited: int, before: int = 0) -> Wanted | None:
    """Return what a turn wants, by the rows of its chat and its case; None for the most, which want nothing."""
    mine = ids_of(chat[_BELONGS]) if chat is not None else ()
    of_case = case[_COMPANY_OF_REQUEST] if case is not None else None
    aside = aside_of(chat[_ASKED]) if chat is not None else None
    named = invited or (aside.subject if aside is not None and aside.what == JOIN else 0)
    return Wanted(chat_id, mine, of_case, named, before) if mine or of_case or named else None


def ids_of(listed: Any) -> tuple[int, ...]:
    """Return the ids in the column `belongs`."""
    if not listed or listed == "[]":
        return ()
    return tuple(orjson.loads(listed) if isinstance(listed, str) else listed)


def read_companies(run: Reads, s: Texts, t: Tongue, wanted: dict[int, Wanted]) -> dict[int, Shared]:
    """Read what the turns of a group want, each by its place."""
    named = _named(run, s, t, sorted({w.invited for w in wanted.values() if w.invited}))
    ids = {i for w in wanted.values() for i in (*w.mine, w.of_case) if i} | {i.company_id for i in named.values()}
    companies = _companies(run.reads([(s.members, (t.listed(sorted(ids)),))])[0], t)
    led = {at: _led(w, companies) for at, w in wanted.items()}
    invites, newest = _of_led(run, s, t, sorted({i for each in led.values() for i in each}))
    pages = {at: _older(run, s, t, led[at], w.before) if w.before else newest for at, w in wanted.items()}
    return {at: _shared(w, companies, led[at], invites, pages[at], named.get(w.invited)) for at, w in wanted.items()}


def _named(run: Reads, s: Texts, t: Tongue, ids: list[int]) -> dict[int, Invite]:
    rows = run.reads([(s.invites_named, (t.listed(ids),))])[0] if ids else []
    return {row[0]: invite_of(row, t) for row in rows}


def _companies(rows: list[Line], t: Tongue) -> dict[int, Company]:
    members: dict[int, list[Member]] = defaultdict(list)
    heads: dict[int, Company] = {}
    for r in rows:
        heads[r[0]] = Company(r[0], r[1], t.take(r[2]))
        members[r[0]].append(Member(r[0], r[3], r[4], r[5], t.take(r[6]), None, r[7], r[8]))
    return {i: replace(company, members=tuple(members[i])) for i, company in heads.items()}


def _led(wanted: Wanted, companies: dict[int, Company]) -> tuple[int, ...]:
    return tuple(i for i in wanted.mine if i in companies and companies[i].is_led_by(wanted.chat_id))


class _Page(Value, frozen=True):
    """Requests with their chats by id, by company; `older`: by company, the request before which there are more."""

    theirs: dict[int, dict[int, tuple[int, Theirs]]]
    older: dict[int, int]


def _page(rows: list[Line], beside: list[Line], t: Tongue) -> _Page:
    """Return the rows of a page, and of what is shown beside it; a company's full page has more before its oldest."""
    theirs: dict[int, dict[int, tuple[int, Theirs]]] = defaultdict(dict)
    for row in (*rows, *beside):
        company = row[_COMPANY_OF_REQUEST]
        found = Theirs(brief_of(row, t), company, row[_WHOSE] or "", row[_APPROVAL])
        theirs[company][row[0]] = (row[_CHAT_OF_REQUEST], found)
    of_page: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        of_page[row[_COMPANY_OF_REQUEST]].append(row[0])
    return _Page(theirs, {i: min(found) for i, found in of_page.items() if len(found) >= MOST_THEIRS})


def _of_led(run: Reads, s: Texts, t: Tongue, ids: list[int]) -> tuple[dict[int, list[Invite]], _Page]:
    """Return open invitations, and the newest and waiting requests, of companies that somebody of the group leads."""
    invites: dict[int, list[Invite]] = defaultdict(list)
    if not ids:
        return invites, _Page({}, {})
    listed = (t.listed(ids),)
    made, newest, waiting = run.reads([(s.invites, listed), (s.theirs, listed), (s.theirs_waiting, listed)])
    for row in made:
        invites[row[1]].append(invite_of(row, t))
    return invites, _page(newest, waiting, t)


def _older(run: Reads, s: Texts, t: Tongue, led: tuple[int, ...], before: int) -> _Page:
    """Return a page of the requests that companies had before one of them."""
    return _page(run.reads([(s.theirs_older, (t.listed(list(led)), before))])[0] if led else [], [], t)


def _shared(
    wanted: Wanted,
    companies: dict[int, Company],
    led: tuple[int, ...],
    invites: dict[int, list[Invite]],
    page: _Page,
    invited: Invite | None,
) -> Shared:
    named = (invited.company_id,) if invited is not None else ()
    ids = dict.fromkeys((*wanted.mine, *((wanted.of_case,) if wanted.of_case else ()), *named))
    known = tuple(companies[i] for i in ids if i in companies)
    others = [each for i in led for _, each in sorted(page.theirs.get(i, {}).items()) if each[0] != wanted.chat_id]
    of_led = tuple(invite for i in led for invite in invites[i])
    older = max((page.older.get(i, 0) for i in led), default=0)
    return Shared(known, of_led, tuple(each for _, each in others), invited, older)


def belongs(name: str) -> ColumnElement[Any]:
    """Return the column of a chat that lists the ids of its companies: JSON on SQLite, an array or NULL."""
    gather = func.array_agg if name == "postgresql" else func.json_group_array
    listed: ColumnElement[Any] = (
        select(gather(MEMBER.c.company_id)).where(MEMBER.c.chat_id == CHAT.c.id, _IS_IN).scalar_subquery()
    )
    return listed


def reads_of_companies(name: str, of_numbers: tuple[Any, ...]) -> dict[str, Executable]:
    """Return the statements: members of companies, their open invitations, invitations by id, colleagues' requests."""
    person = (MEMBER.c.chat_id, MEMBER.c.role, MEMBER.c.name, MEMBER.c.joined_at, MEMBER.c.invite_id, CHAT.c.language)
    members = (
        select(COMPANY.c.id, COMPANY.c.name, COMPANY.c.created_at, *person)
        .join(MEMBER, MEMBER.c.company_id == COMPANY.c.id)
        .join(CHAT, CHAT.c.id == MEMBER.c.chat_id)
        .where(among(COMPANY.c.id, name), _IS_IN)
        .order_by(COMPANY.c.id, MEMBER.c.joined_at, MEMBER.c.chat_id)
    )
    is_open = INVITE.c.used_at.is_(None) & INVITE.c.revoked_at.is_(None)
    return {
        "members": members,
        "invites": select(INVITE).where(among(INVITE.c.company_id, name), is_open).order_by(INVITE.c.id),
        "invites_named": select(INVITE).where(among(INVITE.c.id, name)),
        "theirs": _of_companies(name, of_numbers, MOST_THEIRS),
        "theirs_waiting": _of_companies(name, of_numbers, MOST_WAITING, waiting=True),
        "theirs_older": _of_companies(name, of_numbers, MOST_THEIRS, older=True),
    }


def _of_companies(
    name: str, of_numbers: tuple[Any, ...], most: int, *, waiting: bool = False, older: bool = False
) -> Executable:
    """Select the newest requests of each company, those before a given one, or the oldest that wait; no erased ones."""
    if name == "postgresql":
        ids = bindparam("listed", type_=ARRAY(CHAT.c.id.type))
        companies = func.unnest(ids).table_valued("value").render_derived()
    else:
        companies = func.json_each(bindparam("listed", type_=Text)).table_valued("value")
    each = REQUEST.alias()
    is_waiting = (each.c.approval == literal_column(f"'{WAITING}'"), each.c.status == literal_column("'intake'"))
    waits = is_waiting if waiting else ()  # one that was cancelled or expired keeps its approval, and waits no more
    before = (each.c.id < bindparam("before", type_=CHAT.c.id.type),) if older else ()
    some = (
        select(each.c.id)
        .where(each.c.company_id == companies.c.value, each.c.erased_at.is_(None), *waits, *before)
        .order_by(each.c.id if waiting else each.c.id.desc())
        .limit(literal_column(str(most)))
        .offset(literal_column("0"))  # SQLite's dialect would add a parameter of its own
        .correlate(companies)
    )
    whose = (
        select(MEMBER.c.name)
        .where(MEMBER.c.company_id == REQUEST.c.company_id, MEMBER.c.chat_id == REQUEST.c.chat_id)
        .scalar_subquery()
    )
    joined = companies.join(REQUEST, REQUEST.c.id.in_(some))
    return select(REQUEST, *of_numbers, whose).select_from(joined).order_by(REQUEST.c.id)
