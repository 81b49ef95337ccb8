"""What Maya at the desk, the carrier and the time do in every story, from the order sent to the numbers moved."""

from sandbox.page.stories.acts import Click, FillIn, Forward, Morning, Nothing
from sandbox.page.stories.script import AT_ONCE, Rule, Sight, on_card, told

SOON = 90.0  # seconds after which a step of staff's can no longer be taken back, and the customer is told

MINUTE = Rule(AT_ONCE, "A minute passes.", Forward(SOON))
NIGHT = Rule(AT_ONCE, "Time goes on to the next morning.", Morning())


def sent_to(carrier: str, order: str = "P2411884") -> tuple[Rule, ...]:
    """Send the order; the customer has still to read of it."""
    return (
        Rule(
            on_card(r"\[mark submitted\]"), f"Maya at the desk sends the order to {carrier}.", Click("^mark submitted")
        ),
        Rule(Sight("form", "order number"), "She copies the carrier's order number.", FillIn({"order number": order})),
        Rule(AT_ONCE, "A minute passes: until now Maya could have taken it back.", Forward(SOON)),
    )


def compared_with(carrier: str, customer: str) -> tuple[Rule, ...]:
    """Compare an order for a line with the carrier's own record first; the customer reads of it."""
    return (
        Rule(on_card(r"\*submitted\*.*\[next step"), f"Maya gets {carrier}'s record, the CSR.", Click("^next step")),
        MINUTE,
        Rule(told("compares it with"), f"{customer} reads that it is compared.", Nothing()),
    )


def accepted_by(carrier: str, customer: str) -> tuple[Rule, ...]:
    """Go from the order sent to its acceptance, a night later; the customer reads of both steps."""
    return (
        Rule(
            on_card(r"\*(?:submitted|csr check)\*.*\[next step"),
            f"{carrier} begins to look at it.",
            Click("^next step"),
        ),
        NIGHT,
        Rule(told("is reviewing your request"), f"{customer} reads that {carrier} is reviewing it.", Nothing()),
        Rule(on_card(r"\*with the carrier\*.*\[next step"), f"{carrier} accepts it.", Click("^next step")),
        MINUTE,
        Rule(told("has accepted your request"), f"{customer} reads that it is accepted.", Nothing()),
    )


def dated(why: str, entered: str, day: str) -> tuple[Rule, ...]:
    """Enter a date in its form, which Maya opens for the reason `why`; the customer has still to read of it."""
    return (
        Rule(on_card(r"\[set date\]"), why, Click("^set date")),
        Rule(Sight("form", "day"), entered, FillIn({"^day": day})),
        MINUTE,
    )


def moved(mornings: int, what: str, read: str) -> tuple[Rule, ...]:
    """Go on to the day of the move, so many porting days from now, and note that `what` has moved."""
    return (
        Rule(AT_ONCE, "Time goes on to the morning of the move.", Morning(mornings)),
        Rule(on_card(r"\[mark moved\]"), f"{what} moved; Maya notes it.", Click("^mark moved")),
        MINUTE,
        Rule(told(r"\bmoved\b.*test call"), read, Nothing()),
    )
