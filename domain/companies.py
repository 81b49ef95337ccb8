"""Companies that are customers: who belongs to one, what each may do there, and invitations to join."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from domain.errors import Unreadable
from domain.readers.secrets import is_lone_secret, names_secret
from domain.text import clean
from domain.values import Value

ADMINISTRATOR: Final = "administrator"
MANAGER: Final = "manager"
ROLES = (ADMINISTRATOR, MANAGER)
"""administrator: sees all requests of the company, decides about managers', invites and removes colleagues.

manager: begins requests, sees only their own; each waits for an administrator before it reaches the desk.
"""
LONGEST_NAME = 40  # characters of a company's or a member's name
MOST_OPEN = 20  # invitations of one company that are open at once

WAITING: Final = "waiting"
APPROVED: Final = "approved"
SENT_BACK: Final = "sent_back"
APPROVALS = (WAITING, APPROVED, SENT_BACK)
"""How it stands with an administrator's approval of a request; None where nobody has to approve."""


class Member(Value, frozen=True):
    """Somebody's place in a company, by their chat. Who has left keeps the row, without a name.

    `invite_id`: the invitation by which they came, unique; None for who founded the company. `language` is the chat's.
    """

    company_id: int
    chat_id: int
    role: str
    name: str
    joined_at: datetime
    left_at: datetime | None = None
    invite_id: int | None = None
    language: str = "en"


class Company(Value, frozen=True):
    """A company and who belongs to it now, who came first standing first."""

    id: int
    name: str
    created_at: datetime
    members: tuple[Member, ...] = ()

    def member(self, chat_id: int) -> Member | None:
        """Return the member with this chat; None for anybody else, also for who has left."""
        return next((m for m in self.members if m.chat_id == chat_id), None)

    @property
    def administrators(self) -> tuple[Member, ...]:
        """Return who decides: the administrators; where none is left, who has belonged to the company longest."""
        return tuple(m for m in self.members if m.role == ADMINISTRATOR) or self.members[:1]

    def is_led_by(self, chat_id: int) -> bool:
        """Tell whether this chat decides for the company."""
        return any(m.chat_id == chat_id for m in self.administrators)


class Invite(Value, frozen=True):
    """A link that lets one person join a company once. The link itself is made when it is sent, and not kept."""

    id: int
    company_id: int
    role: str
    made_by: int  # chat
    made_at: datetime
    expires_at: datetime
    used_by: int | None = None
    used_at: datetime | None = None
    revoked_at: datetime | None = None


def state_of(invite: Invite, company: Company | None, now: datetime) -> str:
    """Return `open`, `used`, `revoked` or `expired`; one whose maker no longer decides for the company is revoked."""
    if invite.used_at is not None:
        return "used"
    if invite.revoked_at is not None or company is None or not company.is_led_by(invite.made_by):
        return "revoked"
    return "expired" if invite.expires_at <= now else "open"


def companies_of(companies: Iterable[Company], chat_id: int) -> tuple[Company, ...]:
    """Return the companies that a chat belongs to, in the order of their beginning."""
    return tuple(sorted((c for c in companies if c.member(chat_id)), key=lambda c: c.id))


def labelled(companies: tuple[Company, ...]) -> dict[str, Company]:
    """Return companies by names that tell them apart: the second of the same name is `Name (2)`."""
    found: dict[str, Company] = {}
    for company in companies:
        label, count = company.name, 1
        while label in found:
            count += 1
            label = f"{company.name} ({count})"
        found[label] = company
    return found


def read_company_name(text: str) -> str | Unreadable:
    """Return a company's name as typed, at most 40 characters; one that gives a PIN or an account number is none."""
    said = clean(text)
    is_secret = is_lone_secret(said) or names_secret(said)
    if not 2 <= len(said) <= LONGEST_NAME or not any(c.isalpha() for c in said) or is_secret:
        return Unreadable("company.name_unreadable", {"longest": str(LONGEST_NAME)})
    return said


def short_name(text: str) -> str:
    """Return how colleagues see somebody: the first name that Telegram gives, without what cannot be seen."""
    return clean(text)[:LONGEST_NAME].strip()
