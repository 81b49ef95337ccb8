"""/company: a customer's own company, its members and invitations; and what its administrators press."""

from collections.abc import Callable
from datetime import timedelta

from domain.companies import (
    ADMINISTRATOR,
    MOST_OPEN,
    ROLES,
    Company,
    Invite,
    Member,
    companies_of,
    labelled,
    read_company_name,
    short_name,
    state_of,
)
from domain.desk import approving
from domain.desk.asides import JOIN, NAME, aside_of, come_back, put_aside
from domain.desk.asking import ask, ask_open_or_say, open_question
from domain.desk.heard import Heard
from domain.desk.inviting import answer_invitation, forget_memberships, leave_it
from domain.desk.overseeing import (
    NEVER_MIND,
    hear_reason,
    press_approve,
    press_look,
    press_mine,
    press_more,
    press_send_back,
)
from domain.desk.passing import wipe_if_secret
from domain.desk.turn import Rows, Turn
from domain.errors import Unreadable
from domain.intake.choices import Choice
from domain.intake.sayings import recognise
from domain.values import replace
from domain.wordkeys import LINE, nested

_MOST_MEMBERS = 20  # whom one message lists
_LEAVES = ("cancel", "back")  # what people say to leave a question
_YES = ("yes", "y", "sure", "ok", "okay", "join")
_NO = ("no", "n", "nope")


def show_companies(turn: Turn, _heard: Heard) -> None:
    """Show the chat's company; begin one where there is none; of several let one be chosen."""
    mine = mine_of(turn)
    if not mine:
        _begin(turn)
    elif len(mine) == 1:
        _page(turn, mine[0])
    else:
        rows = tuple((_to(each, "open", "button.named", name=name),) for name, each in labelled(mine).items())
        turn.say("company.several", {}, (*rows, (_another(mine[0]),)))


def mine_of(turn: Turn) -> tuple[Company, ...]:
    """Return the companies to which the chat belongs."""
    return companies_of(turn.state.companies, turn.chat.id)


def _to(company: Company, code: str, label: str, **params: str) -> Choice:
    return Choice(f"co.{code}", label, {**params, "form": f"{company.id}.0"})


def _another(company: Company) -> Choice:
    return _to(company, "new", "button.company.new")


def _begin(turn: Turn) -> None:
    """Ask how a company is called that begins now."""
    put_aside(turn, NAME, 0)
    turn.say("company.ask_name", {}, ((NEVER_MIND,),))


def _page(turn: Turn, company: Company) -> None:
    """Show who belongs to a company, and what the chat may do there."""
    lines = [nested(f"company.line_{m.role}", name=approving.named(m)) for m in company.members[:_MOST_MEMBERS]]
    me = company.member(turn.chat.id)
    is_led = company.is_led_by(turn.chat.id)
    role = nested(f"company.role_{ADMINISTRATOR if is_led or me is None else me.role}")
    rows = (*_leading(turn, company), (_to(company, "leave", "button.company.leave"), _another(company)))
    turn.say("company.page", {"firm": company.name, "role": role, "lines": LINE.join(lines)}, rows)


def _leading(turn: Turn, company: Company) -> Rows:
    """Return the buttons of who leads a company."""
    if not company.is_led_by(turn.chat.id):
        return ()
    invite = tuple(_to(company, f"invite.{role}", f"button.company.invite_{role}") for role in ROLES)
    opened = tuple(
        (Choice("co.revoke", f"button.company.revoke_{i.role}", {"until": _until(turn, i), "form": f"{i.id}.0"}),)
        for i in _open(turn, company)
    )
    others = [m for m in company.members if m.chat_id != turn.chat.id][:_MOST_MEMBERS]
    remove = tuple(
        (_to(company, f"remove.{m.chat_id}", "button.company.remove", name=approving.named(m)),) for m in others
    )
    return (invite, *opened, *remove)


def _open(turn: Turn, company: Company) -> list[Invite]:
    now = turn.moment.now
    return [i for i in turn.state.invites if i.company_id == company.id and state_of(i, company, now) == "open"]


def _until(turn: Turn, invite: Invite) -> str:
    at = invite.expires_at.astimezone(turn.policy.desk_zone)
    return f"{at:%b} {at.day}, {at:%H:%M}"


# what is pressed: the form is the row that a button is about


def press(turn: Turn, heard: Heard) -> None:
    """Do what a button about companies says; one that the chat may not press is as old as any other."""
    _, _, code = heard.code.partition(".")
    verb, _, rest = code.partition(".")
    done = _PRESSES.get(verb, _unknown)(turn, heard, rest)
    if not done:
        ask_open_or_say(turn, "press.stale")


def _unknown(_turn: Turn, _heard: Heard, _rest: str) -> bool:
    return False


def _mine(turn: Turn, heard: Heard) -> Company | None:
    return next((c for c in mine_of(turn) if c.id == heard.form), None)


def _led(turn: Turn, heard: Heard) -> Company | None:
    company = _mine(turn, heard)
    return company if company is not None and company.is_led_by(turn.chat.id) else None


def _press_open(turn: Turn, heard: Heard, _rest: str) -> bool:
    company = _mine(turn, heard)
    if company is not None:
        _page(turn, company)
    return company is not None


def _press_new(turn: Turn, _heard: Heard, _rest: str) -> bool:
    if mine_of(turn):
        _begin(turn)
    return bool(mine_of(turn))


def _press_keep(turn: Turn, _heard: Heard, _rest: str) -> bool:
    come_back(turn)
    ask_open_or_say(turn, "company.kept")
    return True


def _press_invite(turn: Turn, heard: Heard, role: str) -> bool:
    """Make an invitation; its link is put in when the message is sent, and kept nowhere."""
    company = _led(turn, heard)
    if company is None or role not in ROLES:
        return False
    if len(_open(turn, company)) >= MOST_OPEN:
        turn.say("invite.too_many", {"most": str(MOST_OPEN)})
        return True
    now = turn.moment.now
    until = now + timedelta(hours=turn.policy.invite_hours)
    invite = Invite(turn.moment.new_id(), company.id, role, turn.chat.id, now, until)
    turn.companies.append(invite)
    turn.note("invited", detail=f"{role}:{company.id}", apart=True)
    turn.say("invite.forward", {"hours": str(turn.policy.invite_hours), "role": nested(f"company.role_{role}")})
    maker = approving.whose(company, turn.chat.id)
    turn.say("invite.link", {"whose": maker, "firm": company.name, "invite": str(invite.id)})
    return True


def _press_revoke(turn: Turn, heard: Heard, _rest: str) -> bool:
    invite = next((i for i in turn.state.invites if i.id == heard.form), None)
    if invite is None:
        return False
    turn.companies.append(replace(invite, revoked_at=turn.moment.now))
    turn.note("revoked", detail=f"{invite.role}:{invite.company_id}", apart=True)
    turn.say("invite.taken_back")
    return True


def _press_leave(turn: Turn, heard: Heard, rest: str) -> bool:
    company = _mine(turn, heard)
    if company is None:
        return False
    me = company.member(turn.chat.id)
    if company.is_led_by(turn.chat.id) and len(company.administrators) == 1 and len(company.members) > 1:
        turn.say("company.last_administrator", {"firm": company.name})
    elif rest == "yes" and me is not None:
        leave_it(turn, company, me)
        turn.say("company.left", {"firm": company.name})
        _tell_leaders(turn, company, "company.has_left", approving.named(me))
    else:
        yes = _to(company, "leave.yes", "button.company.leave_yes")
        turn.say("company.leave_sure", {"firm": company.name}, ((yes,), (NEVER_MIND,)))
    return True


def _tell_leaders(turn: Turn, company: Company, key: str, name: str) -> None:
    for each in company.administrators:
        if each.chat_id != turn.chat.id:
            turn.say_to((each.chat_id, each.language), key, {"name": name, "firm": company.name})


def _press_remove(turn: Turn, heard: Heard, rest: str) -> bool:
    company = _led(turn, heard)
    chat, _, sure = rest.partition(".")
    target = company.member(int(chat)) if company is not None and chat.isascii() and chat.isdigit() else None
    if company is None or target is None or target.chat_id == turn.chat.id:
        return False
    params = {"name": approving.named(target), "firm": company.name}
    if sure == "yes":
        leave_it(turn, company, target)
        turn.say("company.removed", params)
        turn.say_to((target.chat_id, target.language), "company.you_are_removed", params)
    else:
        yes = _to(company, f"remove.{chat}.yes", "button.company.remove_yes", name=approving.named(target))
        turn.say("company.remove_sure", params, ((yes,), (NEVER_MIND,)))
    return True


def _press_join(turn: Turn, heard: Heard, rest: str) -> bool:
    return answer_invitation(turn, heard.form, heard.by, is_yes=rest == "yes")


def wish_to_leave_all(turn: Turn) -> None:
    """Ask once more before a chat without requests is forgotten in its companies."""
    turn.chat = replace(turn.chat, asking=turn.chat.asking + 1)
    yes = Choice("co.forget", "button.delete_yes", {"form": f"{mine_of(turn)[0].id}.{turn.chat.asking}"})
    turn.say("company.forget_sure", {}, ((yes,), (NEVER_MIND,)))


def _press_forget(turn: Turn, heard: Heard, _rest: str) -> bool:
    if heard.asking != turn.chat.asking:
        return False
    forget_memberships(turn)
    turn.say("delete.done")
    return True


_PRESSES: dict[str, Callable[[Turn, Heard, str], bool]] = {
    "open": _press_open,
    "new": _press_new,
    "keep": _press_keep,
    "invite": _press_invite,
    "revoke": _press_revoke,
    "leave": _press_leave,
    "remove": _press_remove,
    "approve": press_approve,
    "send_back": press_send_back,
    "look": press_look,
    "mine": press_mine,
    "more": press_more,
    "join": _press_join,
    "forget": _press_forget,
}


# what is written while a company asks something


def hear_aside(turn: Turn, heard: Heard) -> bool:
    """Take a text as the answer to what was asked beside the request; tell whether it was one."""
    aside = aside_of(turn.chat.asked)
    if aside is None:
        return False
    if aside.what == JOIN:
        return _hear_yes_or_no(turn, heard, aside.subject)
    saying = recognise(heard.text, None)
    if saying is not None and saying.effect in _LEAVES:
        return _press_keep(turn, heard, "")
    if aside.what == NAME:
        _hear_name(turn, heard)
    else:
        hear_reason(turn, heard, aside.subject)
    return True


def _hear_yes_or_no(turn: Turn, heard: Heard, invite_id: int) -> bool:
    """Take a plain yes or no; any other word answers the question that was put before."""
    word = heard.text.strip().strip(".!").casefold()
    if word in (*_YES, *_NO):
        return answer_invitation(turn, invite_id, heard.by, is_yes=word in _YES)
    come_back(turn)
    return False


def _hear_name(turn: Turn, heard: Heard) -> None:
    name = read_company_name(heard.text)
    if isinstance(name, Unreadable):
        wipe_if_secret(turn, heard)
        turn.say(name.code, name.params, ((NEVER_MIND,),))
        return
    now = turn.moment.now
    me = Member(turn.moment.new_id(), turn.chat.id, ADMINISTRATOR, short_name(heard.by), now)
    company = Company(me.company_id, name, now, (me,))
    turn.companies += [company, me]
    turn.note("founded", detail=str(company.id), apart=True)
    come_back(turn)
    turn.say("company.begun", {"firm": company.name}, _leading(turn, company))
    if open_question(turn) is not None:
        ask(turn)
