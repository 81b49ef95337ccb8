"""Invitations into a company: a link opened, judged, accepted or not; and how a membership ends."""

from domain.companies import (
    ADMINISTRATOR,
    Company,
    Invite,
    Member,
    companies_of,
    short_name,
    state_of,
)
from domain.desk import approving
from domain.desk.asides import JOIN, aside_of, come_back, put_aside
from domain.desk.asking import ask_open_or_say
from domain.desk.heard import Heard
from domain.desk.turn import Turn
from domain.intake.choices import Choice
from domain.values import replace
from domain.wordkeys import nested

_SEALED = 40  # characters: a link's payload of ours is longer, anybody else's word is not


def hear_link(turn: Turn, heard: Heard) -> bool:
    """Answer a link that invites the chat into a company; tell whether the command was one."""
    payload = heard.text.partition(" ")[2].strip()
    invite = turn.state.invited
    if not payload or (invite is None and len(payload) < _SEALED):
        return False
    if invite is None:
        ask_open_or_say(turn, "invite.unknown")
        return True
    company = _company_of(turn, invite)
    refused = _refusal(turn, invite, company)
    if refused or company is None:
        ask_open_or_say(turn, refused, {"firm": company.name if company is not None else "—"})
        return True
    put_aside(turn, JOIN, invite.id)
    form = {"form": f"{invite.id}.0"}
    buttons = (
        (Choice("co.join.yes", "button.company.join", {**form, "firm": company.name}),),
        (Choice("co.join.no", "button.company.join_no", form),),
    )
    turn.say(f"invite.ask+invite.ask_as_{invite.role}", _told(turn, invite, company), buttons)
    return True


def _company_of(turn: Turn, invite: Invite) -> Company | None:
    return next((c for c in turn.state.companies if c.id == invite.company_id), None)


def _told(turn: Turn, invite: Invite, company: Company) -> dict[str, str]:
    role = nested(f"company.role_{invite.role}")
    return {"whose": approving.whose(company, invite.made_by), "firm": company.name, "role": role}


def _refusal(turn: Turn, invite: Invite, company: Company | None) -> str:
    """Return why an invitation cannot be accepted by this chat, as a wording key; empty if it can."""
    me = company.member(turn.chat.id) if company is not None else None
    if invite.made_by == turn.chat.id:
        return "invite.own"
    if me is not None and (me.role == ADMINISTRATOR or me.role == invite.role):
        return "invite.belongs"
    how = state_of(invite, company, turn.moment.now)
    return "" if how == "open" else f"invite.is_{how}"


def answer_invitation(turn: Turn, invite_id: int, by: str, *, is_yes: bool) -> bool:
    """Accept or leave the invitation that the chat was shown last; tell whether it was that one."""
    aside, invite = aside_of(turn.chat.asked), turn.state.invited
    if aside is None or aside.what != JOIN or invite is None or not invite.id == invite_id == aside.subject:
        return False
    come_back(turn)
    company = _company_of(turn, invite)
    refused = _refusal(turn, invite, company)
    if not is_yes:
        ask_open_or_say(turn, "invite.left_alone")
    elif refused or company is None:
        ask_open_or_say(turn, refused, {"firm": company.name if company is not None else "—"})
    else:
        _join(turn, invite, company, by)
    return True


def _join(turn: Turn, invite: Invite, company: Company, by: str) -> None:
    now, before = turn.moment.now, company.member(turn.chat.id)
    fresh = Member(company.id, turn.chat.id, invite.role, short_name(by), now)
    member = replace(before or fresh, role=invite.role, invite_id=invite.id)
    turn.companies += [replace(invite, used_by=turn.chat.id, used_at=now), member]
    turn.note("joined", detail=f"{invite.role}:{company.id}", apart=True)
    told = _told(turn, invite, company)
    ask_open_or_say(turn, f"invite.joined+invite.joined_as_{invite.role}", told)
    for each in company.administrators:
        params = {"name": approving.named(member), "firm": company.name, "role": told["role"]}
        turn.say_to((each.chat_id, each.language), "company.has_joined", params)


def leave_it(turn: Turn, company: Company, member: Member) -> None:
    """End a membership; its row stays without the name, so that an invitation stays used."""
    turn.companies.append(replace(member, left_at=turn.moment.now, name=""))
    turn.note("left", detail=f"{member.role}:{company.id}", apart=True)


def forget_memberships(turn: Turn) -> None:
    """Leave every company; whoever then leads one that lost its last administrator is told."""
    for company in companies_of(turn.state.companies, turn.chat.id):
        me = company.member(turn.chat.id)
        if me is None:
            continue
        leave_it(turn, company, me)
        left = replace(company, members=tuple(m for m in company.members if m.chat_id != turn.chat.id))
        if not left.members:
            turn.companies.append(replace(company, name=""))
        for each in left.administrators:
            if not company.is_led_by(each.chat_id):
                turn.say_to((each.chat_id, each.language), "company.yours_now", {"firm": company.name})
