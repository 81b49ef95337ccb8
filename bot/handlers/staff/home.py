"""The app's Home tab: opened, searched, leafed through; and how somebody wants to hear from the desk."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.handlers.staff.new import open_new
from bot.handlers.staff.views import open_view, reference_of
from bot.slack import home, preferences
from bot.slack.at_home import HomePress, show_home
from bot.slack.deciding import answer
from bot.slack.desk import SlackDesk
from bot.slack.heard import Heard, read_opening
from bot.slack.listening import FORM, PRESS, Kind, listener
from bot.slack.places import LONGEST_WORDS, Place
from bot.slack.reply import HomeReply, Reply
from domain.desk.home import SECTIONS
from domain.desk.preferring import prefer, usual
from domain.desk.state import OfRequest, Told
from domain.readers.secrets import mask_given
from domain.text import clean

There = Callable[[Place, Heard], Place]


OPENING = Kind(read_opening, lambda desk, _ack, _respond, body: HomeReply(desk.client, str(body["event"].get("user"))))


def register(app: AsyncApp, desk: SlackDesk) -> None:
    """Register the Home tab, its buttons and its form."""
    app.event("app_home_opened")(listener(desk, OPENING, _opened))
    for action, there in _WAYS.items():
        app.action(action)(listener(desk, PRESS, partial(_go, there)))
    app.action(home.NEW)(listener(desk, PRESS, open_new))
    app.action(home.PREFERENCES)(listener(desk, PRESS, _ask_preferences))
    app.view(home.PREFERENCES)(listener(desk, FORM, _prefer))


async def _opened(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Show what waits for the desk; the tab of messages needs nothing."""
    await reply.take()
    if heard.text == "home":
        await show_home(desk, heard.user, desk.homes.of(heard.user) or Place())


async def _go(there: There, _desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Go elsewhere in the Home, which is shown anew after each press."""
    await reply.take()
    if isinstance(reply, HomePress):
        reply.place = there(reply.place, heard)


def _to_section(_place: Place, heard: Heard) -> Place:
    return Place(section=heard.text if heard.text in SECTIONS else "")


def _to_request(place: Place, heard: Heard) -> Place:
    return replace(place, focus=reference_of(heard))


def _back_to_lists(place: Place, _heard: Heard) -> Place:
    return replace(place, focus="")


def _to_page(place: Place, heard: Heard) -> Place:
    return replace(place, offset=int(heard.text)) if heard.text.isdecimal() else place


def _to_found(_place: Place, heard: Heard) -> Place:
    return Place(words=mask_given(clean(heard.text))[:LONGEST_WORDS])


def _as_it_is(place: Place, _heard: Heard) -> Place:
    return place


_WAYS: dict[str, There] = {
    **{home.open_of(section): _to_section for section in SECTIONS},
    home.SHOW: _to_request,
    home.CLOSE: _back_to_lists,
    home.BACK: _to_page,
    home.NEXT: _to_page,
    home.SEARCH: _to_found,
    home.REFRESH: _as_it_is,
}


async def _ask_preferences(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Open the form at once, and fill in what somebody has chosen before as soon as it is read."""
    await reply.take()
    view_id = await open_view(desk, heard, reply, preferences.waiting())
    if view_id:
        member = usual(await desk.board.member(heard.user), desk.policy)
        await desk.client.views_update(view_id=view_id, view=preferences.form(member, desk.policy))


async def _prefer(desk: SlackDesk, heard: Heard, reply: Reply) -> None:
    """Keep what was chosen; a form that was handed in before it was filled holds nothing."""
    wish = preferences.chosen(heard)
    if wish is None:
        await answer(desk, heard, reply, Told("staff.form.stale", error=True))
        return
    decide = partial(prefer, wish=wish, policy=desk.policy)
    outcome = await desk.turns.turn(OfRequest(0), heard.event_id, decide)
    told = outcome.changes.told if outcome.changes is not None else None
    await answer(desk, heard, reply, told or Told("prefer.kept"))
