"""What stopping a port costs and risks, told to the customer, who decides: kept beside the answers until it is over.

Only what the carrier charges us for it is passed on, and only to who was told and agreed.
"""

from datetime import timedelta

from domain.desk import mending, pin_age, signing, silence
from domain.desk.asking import forget_question, open_question
from domain.desk.cancel_said import FREE
from domain.desk.state import Due
from domain.desk.turn import Rows, Turn
from domain.desk.urgent import LATE, STOP
from domain.intake.about import carrier_name, show_numbers
from domain.intake.choices import Choice
from domain.orders.model import Case, Number
from domain.orders.phases import is_ended
from domain.policy import Policy
from domain.values import Value, replace
from domain.wordkeys import nested

QUOTE = "cancel_quote"  # beside the answers: how it stands, the fee, the risk, the numbers (E.164)
DENIED = "cancel_denied"  # and why the carrier does not stop it, then the numbers, until the customer knows
SET, TOLD, AGREED = "set", "told", "agreed"  # staff said it; the customer was asked; and wants it at that price
RULE = "quote"  # the due rule by which a customer who has not decided is asked once more
_ANSWERS = ("stop_yes", "stop_no")  # those by which an answer about another request of the chat is taken
_ASKED_AGAIN_AFTER = timedelta(hours=24)


class Quote(Value, frozen=True):
    """What stopping some numbers would come to. `fee`: an amount, FREE for none; `risk`: in staff's words, or empty.

    `version`: an id by which the buttons of one asking are told from those of an earlier one.
    """

    stands: str
    fee: str
    risk: str
    numbers: tuple[str, ...]
    version: int = 0


def quote_of(case: Case) -> Quote | None:
    """Return what the customer is asked, or agreed to; None: nothing."""
    given = case.answers.get(QUOTE)
    if given is None:
        return None
    stands, fee, risk, *numbers = given.value
    return Quote(stands, fee, risk, tuple(numbers), given.seq)


def keep(turn: Turn, quote: Quote) -> Quote:
    """Keep a quote as it stands now, under a version of its own."""
    turn.hold(QUOTE, (quote.stands, quote.fee, quote.risk, *quote.numbers))
    return replace(quote, version=turn.the_case().answers[QUOTE].seq)


def concerned(case: Case, quote: Quote) -> tuple[Number, ...]:
    """Return the numbers of a quote that can still be stopped."""
    return tuple(n for n in case.numbers if n.e164 in quote.numbers and not is_ended(n.phase))


def take_due(turn: Turn) -> tuple[str, dict[str, str]]:
    """Return what the customer pays who agreed to it, once it is cancelled, and tell it once; empty: nothing.

    What was cancelled without their answer, or has ended otherwise, costs them nothing.
    """
    case = turn.the_case()
    quote = quote_of(case)
    ended = [n for n in case.numbers if quote is not None and n.e164 in quote.numbers and is_ended(n.phase)]
    if quote is None or not ended:
        return "", {}
    if concerned(case, quote):
        return "", {}  # it is still asked, or owed, for these
    turn.drop(QUOTE)
    is_due = quote.stands == AGREED and quote.fee != FREE and any(n.phase == "cancelled" for n in ended)
    return ("notice.cancelled_fee", {"cancel_fee": shown(quote.fee, turn.policy)}) if is_due else ("", {})


def shown(fee: str, policy: Policy) -> str:
    """Return an amount as people read it, with the company's currency."""
    return f"{policy.currency}{fee.removesuffix('.00')}"


def key_of(quote: Quote) -> str:
    """Return by which words a customer is told what stopping would come to."""
    return "quote.fee" if quote.fee != FREE else "quote.free"


def params_of(case: Case, quote: Quote, policy: Policy) -> dict[str, str]:
    """Return what those words need."""
    risk = nested("quote.risk", risk=quote.risk) if quote.risk else ""
    fee, numbers = shown(quote.fee, policy), tuple(n.e164 for n in concerned(case, quote)) or quote.numbers
    return {"fee": fee, "risk": risk, "number": show_numbers(numbers), "carrier": carrier_name(case)}


def put(turn: Turn) -> None:
    """Ask the customer what staff set, once the time to take it back is over."""
    quote = quote_of(turn.the_case())
    if quote is None or quote.stands != SET or turn.chat.blocked or not concerned(turn.the_case(), quote):
        return
    told = keep(turn, replace(quote, stands=TOLD))
    turn.set_due(RULE, turn.the_case().request.id, told.version, turn.moment.now + _ASKED_AGAIN_AFTER)
    ask(turn, told)


def ask(turn: Turn, quote: Quote, lead: str = "") -> None:
    """Put to the customer what stopping comes to, with a button for each way; a yes or no is about nothing else now."""
    case, tried = turn.the_case(), open_question(turn)
    if tried is not None and tried.after and turn.chat.focus == case.request.id:  # which is asked again in its time
        forget_question(turn)
    params = {"ref": case.request.ref, **params_of(case, quote, turn.policy)}
    key = key_of(quote)
    label = "button.quote_yes" if quote.fee != FREE else "button.quote_yes_free"
    form = {"form": f"{case.request.id}.0"}
    rows: Rows = (
        (Choice(f"stop.yes.{quote.version}", label, {"fee": params["fee"], **form}),),
        (Choice(f"stop.no.{quote.version}", "button.quote_no", form),),
    )
    turn.say(f"{lead}+{key}" if lead else key, params, rows)


def ask_again(turn: Turn, due: Due, _policy: Policy) -> None:
    """Ask once more who has not decided, and let the desk know that the port goes on meanwhile."""
    quote = quote_of(turn.the_case())
    if quote is None or quote.stands != TOLD or quote.version != due.version:
        return
    if concerned(turn.the_case(), quote):
        ask(turn, quote, "quote.again")
        turn.post("thread.quote_waits", params_of(turn.the_case(), quote, turn.policy))


def decide(turn: Turn, version: int, *, wanted: bool) -> bool:
    """Take the customer's answer to a quote; tell whether it was one that is still open."""
    case = turn.the_case()
    quote = quote_of(case)
    if quote is None or quote.stands != TOLD or quote.version != version:
        return False
    turn.end_due(RULE, case.request.id)
    if not concerned(case, quote):
        turn.drop(QUOTE)
        turn.say("quote.over", {"ref": case.request.ref})
    elif wanted:
        _agree(turn, quote)
    else:
        _go_on(turn, quote)
    return True


def by_rule(turn: Turn, due: Due, _policy: Policy) -> None:
    """Take an answer that was given while the chat was about another request."""
    if not decide(turn, due.version, wanted=due.rule == "stop_yes"):
        turn.say("quote.old", {"ref": turn.the_case().request.ref})


def _agree(turn: Turn, quote: Quote) -> None:
    """Let staff cancel at the price that the customer wants it for."""
    case, params = turn.the_case(), params_of(turn.the_case(), quote, turn.policy)
    keep(turn, replace(quote, stands=AGREED))
    turn.note("cancel_agreed", detail=quote.fee)
    turn.post("thread.quote_yes", params, buttons=((Choice("cancel", "staff.button.cancel"),),))
    turn.refresh_card()
    turn.say("quote.agreed" if quote.fee != FREE else "quote.agreed_free", {"ref": case.request.ref, **params})


def _go_on(turn: Turn, quote: Quote) -> None:
    """Let the numbers go on from where they were, as the customer does not want it stopped like this."""
    case, params = turn.the_case(), params_of(turn.the_case(), quote, turn.policy)
    back(turn, concerned(case, quote), "keep", "customer")
    mending.rejoined(turn, case)
    silence.watch(turn)  # their carrier owes the next step again
    pin_age.use_up(turn)  # which the carrier accepted while it was to be stopped
    signing.mark_moved(turn)
    turn.note("cancel_kept", detail=quote.fee)
    turn.post("thread.quote_no", params)
    turn.refresh_card()
    turn.say("quote.kept", {"ref": case.request.ref, **params})


def back(turn: Turn, numbers: tuple[Number, ...], verb: str, actor: str) -> None:
    """Bring numbers whose customer wanted to cancel back to where they were; the wish and its quote are over."""
    for number in numbers:
        if number.phase == "cancel_requested" and number.came_from is not None:
            moved = turn.move(number, verb, number.came_from, actor)
            turn.set_number(replace(moved, came_from=None))
    forget(turn, numbers)


def forget(turn: Turn, numbers: tuple[Number, ...]) -> None:
    """Let nobody be asked any more about numbers of the case, and no wish to cancel them be urgent."""
    case, ids = turn.the_case(), {number.id for number in numbers}
    quote, flags = quote_of(case), case.answers.get("flags")
    if quote is not None and any(number.e164 in quote.numbers for number in numbers):
        turn.drop(QUOTE)
        turn.end_due(RULE, case.request.id)
    others = (number for number in case.whole.numbers if number.id not in ids)
    is_over = not any(number.phase in LATE for number in others)  # else it may be the wish for those
    if flags is not None and STOP in flags.value and is_over:
        turn.hold("flags", tuple(flag for flag in flags.value if flag != STOP))


RULES = {RULE: ask_again, **dict.fromkeys(_ANSWERS, by_rule)}
