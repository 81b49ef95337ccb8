"""The form in which one of the staff says how they want to hear from the desk."""

from slack_sdk.models.blocks import (
    CheckboxesElement,
    InputBlock,
    Option,
    SectionBlock,
    StaticSelectElement,
    TimePickerElement,
)
from slack_sdk.models.views import View

from bot.slack.heard import Heard
from bot.slack.home import PREFERENCES
from bot.slack.pieces import plain, text
from domain.desk.preferring import zones
from domain.desk.roles import Member
from domain.policy import Policy

_WANTED = "digest"


def waiting() -> View:
    """Return what stands there while the choices made before are read."""
    about = SectionBlock(text=plain("prefer.waiting"))
    return View(type="modal", title=plain("prefer.title"), close=plain("form.close"), blocks=[about])


def form(member: Member, policy: Policy) -> View:
    """Return the form, filled in with what a person, or else the desk, has chosen."""
    wanted = Option(value=_WANTED, label=text("prefer.wanted"))
    named = [Option(value=zone, label=zone.replace("_", " ")) for zone in zones(member, policy)]
    mine = next((option for option in named if option.value == member.zone), None)
    boxes = CheckboxesElement(
        action_id="value", options=[wanted], initial_options=[wanted] if member.digest_dm else None
    )
    hour = TimePickerElement(action_id="value", initial_time=member.digest_at)
    return View(
        type="modal",
        callback_id=PREFERENCES,
        private_metadata=PREFERENCES,
        title=plain("prefer.title"),
        submit=plain("prefer.submit"),
        close=plain("form.close"),
        blocks=[
            SectionBlock(text=plain("prefer.about")),
            InputBlock(block_id="digest", label=plain("prefer.digest"), element=boxes, optional=True),
            InputBlock(block_id="at", label=plain("prefer.at"), element=hour),
            InputBlock(
                block_id="zone",
                label=plain("prefer.in_zone"),
                element=StaticSelectElement(action_id="value", options=named, initial_option=mine),
            ),
        ],
    )


def chosen(heard: Heard) -> Member | None:
    """Return what a form that was handed in says; None for one that asked nothing yet."""
    at, zone = (next(iter(heard.entered.get(block, ())), None) for block in ("at", "zone"))
    if at is None or zone is None:
        return None
    return Member(heard.user, digest_dm=_WANTED in heard.entered.get("digest", ()), digest_at=at, zone=zone)
