"""The customer's YES to the text message of a Canadian mobile carrier, without which it refuses the order."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from domain.desk.heard import Heard
from domain.desk.owing import Rows
from domain.desk.turn import Turn
from domain.intake.about import carrier_name, show_moving
from domain.intake.choices import Choice
from domain.numbers import Phone
from domain.numbers.zones import zones_of
from domain.orders.model import Case, Number
from domain.policy import Policy
from domain.values import replace

RULE = "consent"
PHASE = "awaiting_sms_consent"
MISSED = "SMS_CONSENT_MISSED"
GIVEN = "consent_given"  # beside the answers: since when (ISO) the number waited to which the customer has answered YES
ANSWER_WITHIN = timedelta(minutes=90)
"""How long the carrier waits (iphoneincanada.ca, 2020-10-29, read 2026-11-21)."""

LAST_CALL = timedelta(minutes=30)


def until(number: Number) -> datetime:
    """Return when the carrier stops waiting: it asks as soon as the order is there."""
    return number.since + ANSWER_WITHIN


def params_of(case: Case, policy: Policy) -> dict[str, str]:
    """Return until when the customer has to answer, by the clock of where the number is from, else by the desk's.

    Of what waits for no answer a dash.
    """
    waiting = _waiting(case)
    zone = _zone_of(waiting, policy)
    end = f"{min(map(until, waiting)).astimezone(zone):%H:%M}" if waiting else "—"
    return {"consent_until": end, "zone": zone.key.replace("_", " ")}


def _zone_of(waiting: tuple[Number, ...], policy: Policy) -> ZoneInfo:
    zones = {zone for number in waiting for zone in zones_of(Phone(number.e164))}
    return ZoneInfo(zones.pop()) if len(zones) == 1 else policy.desk_zone


def watch(turn: Turn) -> None:
    """Have the customer reminded, and what comes of no answer seen to."""
    waiting = _waiting(turn.the_case())
    if waiting:
        at = min(map(until, waiting)) - LAST_CALL
        turn.set_due(RULE, turn.the_case().request.id, turn.moment.new_id(), max(at, turn.moment.now))


def rows(case: Case) -> Rows:
    """Return the button of who has answered the text, while it is waited for."""
    form = {"form": f"{case.request.id}.0"}
    return ((Choice("consented", "button.consented", form),),) if _waiting(case) and not _is_given(case) else ()


def press(turn: Turn, heard: Heard) -> bool:
    """Let the desk know that the carrier's text is answered; tell whether one is waited for."""
    is_waited_for = turn.case is not None and turn.case.request.id == heard.form and is_awaited(turn.case)
    if is_waited_for:
        given(turn)
    return is_waited_for


def given(turn: Turn) -> None:
    """Let the desk know that the customer has answered, and remind of it no more."""
    case = turn.the_case()
    if not _is_given(case):
        turn.hold(GIVEN, (_since(case),))
        turn.note(GIVEN)
        turn.post("thread.consented", {"carrier": carrier_name(case)})
    turn.say("consent.thanks", {"carrier": carrier_name(case)})


def is_awaited(case: Case) -> bool:
    """Tell whether an answer to the text can still be told of."""
    return bool(_waiting(case))


def look(turn: Turn) -> bool:
    """Remind the customer while there is time; then note the refusal, and tell whether there is one to be told."""
    case = turn.the_case()
    waiting = _waiting(case)
    if not waiting:
        return False
    end = min(map(until, waiting))
    if turn.moment.now < end:
        turn.set_due(RULE, case.request.id, turn.moment.new_id(), end)
        if not _is_given(case):
            _remind(turn)
        return False
    if _is_given(case):
        turn.post("thread.consent_unclear", {"carrier": carrier_name(case)})
        return False
    _refuse(turn, waiting)
    return True


def _remind(turn: Turn) -> None:
    case, policy = turn.the_case(), turn.policy
    params = {"carrier": carrier_name(case), "number": show_moving(case), **params_of(case, policy)}
    turn.say("consent.soon", params, rows(case), paced=True)


def _refuse(turn: Turn, waiting: tuple[Number, ...]) -> None:
    for number in waiting:
        moved = turn.move(number, "reject", "rejected", "clock")
        turn.set_number(replace(moved, rejection=MISSED))
    turn.set_request(replace(turn.the_case().request, repaired=None, note=None))
    turn.note("rejection", detail=MISSED)
    turn.post("thread.consent_missed", {"carrier": carrier_name(turn.the_case())})
    turn.refresh_card()


def _waiting(case: Case) -> tuple[Number, ...]:
    return tuple(number for number in case.numbers if number.phase == PHASE)


def _since(case: Case) -> str:
    return max(number.since for number in _waiting(case)).isoformat()


def _is_given(case: Case) -> bool:
    told = case.answers.get(GIVEN)
    return told is not None and bool(_waiting(case)) and told.value == (_since(case),)
