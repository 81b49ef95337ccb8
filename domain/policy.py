"""The company's own rules, as read from policy.toml; defaults are the trade's usual ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from domain.calendar import Days, Hours
from domain.numbers import Phone
from domain.numbers.verdicts import CANADA, Served, region_of, served_by
from domain.orders.model import Case, Number
from domain.values import replace

PACIFIC = ZoneInfo("America/Los_Angeles")
COUNTRIES = ("US", "CA")
CLASSES = ("wireless", "landline", "voip", "google_voice", "toll_free", "fax", "ca_landline", "ca_wireless")
"""The classes of numbers that can be served; what each takes stands in `domain/intake/classes.py`."""


_served = lru_cache(maxsize=16)(served_by)  # each turn asks it of one and the same policy
Channels = tuple[tuple[str, str], ...]
Windows = tuple[tuple[str, Hours], ...]
SAVED = (
    ("received", "Thank you, we have it. We write as soon as there is news about {ref}."),
    ("waiting", "{carrier} has the order for {number} and has not answered yet. Nothing is needed from you for now."),
    ("date", "The day set for {number} is {date}. Please keep your service with {carrier} until then."),
    ("call", "We would like to talk about {ref}. When is a good time to call you, and at which number?"),
)


def country_of(number: Number) -> str:
    """Return the country whose carriers move a number, by its class, or of a fax line by where it stands: US or CA."""
    is_canadian = number.number_class.startswith("ca_") or region_of(Phone(number.e164)) == CANADA
    return "CA" if is_canadian else "US"


@dataclass(frozen=True, slots=True)
class Policy:
    """Rules that differ from company to company.

    `lines`: address and contact at the head of letters; `logo`: the path of a PNG that stands there, or empty.
    `undo`: how long a staff action can be taken back before the customer is told. Window: times of `window_zone` in
    which numbers move on a porting day; `…_windows`: other ones of a class or a country (`hours_of`). `closed`: days on
    which nothing moves beside holidays. `shortest_lead`, `longest_lead`: porting days from today to a date;
    `short_notice`: hours before its window in which a date is told as urgent, and is to be acknowledged.
    Fees are amounts as written to customers, `…_days` the porting days that a port is expected to take, at least and
    at most, by what `NumberClass.days` names. `countries`, `classes`: whose numbers, and which kinds, we move.
    `sources`, `companies`: tracking sources and accounts of ours to choose from (none: not asked); `asks_label`:
    whether a label is asked for. `mails`: whether copies by e-mail can be sent; `pages`: whether we have
    an address at which people reach our pages.
    `good_standing`, `payment_card`, `not_on_trial`: what staff must have ticked of the customer's account before a
    request can be submitted. `cancel_cutoff`: hours before a number moves in which it is no longer cancelled here.
    `port_out_hours`: in which another carrier that asks for a number of ours is answered; silence counts as yes.
    `bill_days`: the age of a bill up to which carriers take it; `letter_days`, `letter_toll_free`: of a signed letter.
    `remind_hours`: silence after which an unfinished request is recalled; `close_days`: after which it is closed.
    `keep_letters`: years for which a signed letter is kept (47 CFR 64.1120(a)(1)(ii) asks for two; not read again).
    `four_eyes`: acts (`domain.desk.roles.WATCHED`) that a second person confirms within `four_eyes_minutes`;
    `agents_may`: those of them for which no admin is needed. `…_channels`: pairs of a company, a class, a country or an
    area code, and the Slack channel that has its cards.
    `takeover_hours`: after which the intake goes on by itself where somebody of the staff answered in person.
    `nudge_minutes`: for which a customer may wait for an answer before staff are reminded (0: never), counted in
    `desk_hours`, which are those of porting days in `desk_zone` (None: no hours are told, all count). `saved`: replies
    to choose from, by name, with places for facts of the request (`domain.desk.saved`). `reply_mb`: a file's most.
    `pin_wait_minutes`: for which a PIN is waited for from the time that its customer named.
    `lease`: how long a process may hold a message before another may send it; a send takes at most half of it.
    """

    company: str = "Port of Call"
    lines: tuple[str, ...] = ()
    logo: str = ""
    undo: timedelta = timedelta(seconds=60)
    desk_zone: ZoneInfo = PACIFIC
    window_start: time = time(8, 0)
    window_end: time = time(8, 30)
    window_zone: ZoneInfo = PACIFIC
    class_windows: Windows = ()
    country_windows: Windows = ()
    closed: tuple[date, ...] = ()
    shortest_lead: int = 0
    longest_lead: int = 30
    short_notice: int = 48
    digest_at: time = time(8, 45)
    lease: timedelta = timedelta(seconds=20)
    keep_old_service: int = 10  # days after the later of date and completion
    keep_toll_free: int = 10  # the same for a toll-free number
    cancel_cutoff: int = 48
    port_out_hours: int = 24  # in which the winning carrier of a number that leaves has its answer
    port_fee: str = "0.00"  # once for each number
    monthly_fee: str = "0.00"  # for each number, from the day on which it has moved
    currency: str = "$"
    wireless_days: tuple[int, int] = (2, 10)
    landline_days: tuple[int, int] = (10, 20)
    voip_days: tuple[int, int] = (5, 20)
    toll_free_days: tuple[int, int] = (5, 20)
    fax_days: tuple[int, int] = (5, 10)
    canada_days: tuple[int, int] = (10, 30)
    countries: tuple[str, ...] = COUNTRIES
    classes: tuple[str, ...] = CLASSES
    sources: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    asks_label: bool = False
    mails: bool = False
    pages: bool = False
    keep_letters: int = 2
    bill_days: int = 30
    letter_days: int = 30
    letter_toll_free: int = 15
    remind_hours: int = 24
    close_days: int = 30
    good_standing: bool = False
    payment_card: bool = False
    not_on_trial: bool = False
    invite_hours: int = 72  # for which a link can be used that invites a colleague, or a caller into their request
    four_eyes: tuple[str, ...] = ()
    four_eyes_minutes: int = 60
    agents_may: tuple[str, ...] = ()
    company_channels: Channels = ()
    class_channels: Channels = ()
    region_channels: Channels = ()
    takeover_hours: int = 8
    nudge_minutes: int = 30
    desk_hours: tuple[time, time] | None = None
    pin_wait_minutes: int = 60
    saved: tuple[tuple[str, str], ...] = SAVED
    reply_mb: int = 20

    @property
    def served(self) -> Served:
        """The regions whose numbers we move."""
        return _served(self.countries, self.classes)

    def told_to(self, case: Case) -> Case:
        """Return a case that knows which numbers the company moves today."""
        return replace(case, served=self.served, classes=self.classes, pages=self.pages)

    def days_of(self, kind: str) -> tuple[int, int]:
        """Return the days that a kind of move takes, by the beginning of its field's name: "wireless", "canada"."""
        days: tuple[int, int] = getattr(self, f"{kind}_days")
        return days

    @property
    def hours(self) -> Hours:
        """The window that numbers have whose class and country have none of their own."""
        return Hours(self.window_start, self.window_end, self.window_zone)

    def hours_of(self, number: Number) -> Hours:
        """Return the window in which a number moves: that of its class, else of its country, else the usual one."""
        of_class = dict(self.class_windows).get(number.number_class)
        return of_class or dict(self.country_windows).get(country_of(number)) or self.hours

    def days_for(self, numbers: Iterable[Number]) -> Days:
        """Return on which days numbers move, by the holidays of their countries and the desk's own."""
        return Days(tuple(sorted({country_of(number) for number in numbers})) or ("US",), self.closed)

    def keep_days(self, number_class: str) -> int:
        """Return how many days the old service is kept after the move."""
        return self.keep_toll_free if number_class == "toll_free" else self.keep_old_service

    def letter_age(self, number_class: str) -> int:
        """Return how many days old a signed letter may be when carriers are given it."""
        return self.letter_toll_free if number_class == "toll_free" else self.letter_days

    @property
    def eligibility(self) -> tuple[str, ...]:
        """What staff must have ticked before a request can be submitted."""
        return tuple(name for name in ("good_standing", "payment_card", "not_on_trial") if getattr(self, name))

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels that some requests have beside the desk's own, each once."""
        pairs = (*self.company_channels, *self.class_channels, *self.region_channels)
        return tuple(dict.fromkeys(channel for _, channel in pairs))

    def channel_of(self, case: Case) -> str:
        """Return the Slack channel for a request's card: by company, else class, else region; empty: the desk's own."""
        company = " ".join(case.answer("company") or ())
        number = case.numbers[0] if case.numbers else None
        number_class = number.number_class if number is not None else ""
        country = "CA" if number_class.startswith("ca_") else "US"
        area = number.e164[2:5] if number is not None else ""
        places = (
            dict(self.company_channels).get(company),
            dict(self.class_channels).get(number_class),
            dict(self.region_channels).get(area),
            dict(self.region_channels).get(country) if number is not None else None,
        )
        return next((place for place in places if place), "")

    def wishes(self, accounts: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return what a new request is asked beside the usual, each as `question:choice` (no choice: free text).

        `accounts`: the customer's own companies, in place of those of ours; a single one need not be asked for.
        `own:` marks that the companies are the customer's; whoever has one is asked for the account of ours beside it.
        """
        companies = (accounts if len(accounts) > 1 else ()) if accounts else self.companies
        return (
            *(f"source:{name}" for name in self.sources),
            *(("label:",) if self.asks_label else ()),
            *(("own:",) if len(accounts) > 1 else ()),
            *(f"company:{name}" for name in companies),
            *(f"house:{name}" for name in self.companies if accounts),
            *(("email:",) if self.mails else ()),
        )
