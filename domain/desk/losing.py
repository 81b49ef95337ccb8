"""A date that the carrier took back: the numbers wait for another one."""

from domain.desk.dating import days_of, without_day
from domain.desk.eyes import WAS_DATED, has_date
from domain.desk.stepping import move_all
from domain.desk.telling import done
from domain.desk.turn import Turn
from domain.orders.model import Case
from domain.orders.phases import next_of
from domain.policy import Policy


def lose_date(turn: Turn, case: Case, _argument: str, _policy: Policy) -> None:
    """Note that the carrier took the date back: numbers wait for a day again, and their customer is told."""
    if has_date(case):
        turn.hold(WAS_DATED, ("yes",))  # else it would be a way round who may stop a dated move
    move_all(turn, "lost", lambda n: next_of("lost", n.phase, "staff", n.number_class), without_day)
    done(turn, "lost.done", before=days_of(case))
