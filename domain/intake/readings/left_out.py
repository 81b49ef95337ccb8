"""What of a list is no number that moves: told with why, one by one, and put right by just sending the right one."""

from domain.errors import Unreadable
from domain.intake.given import Given, Params, Rows
from domain.intake.readings.abroad import NOT_SERVED, abroad_in, noted, to_desk
from domain.numbers import show
from domain.numbers.abroad import abroad_of
from domain.numbers.lists import NumberList, read_number_list
from domain.orders.model import Case
from domain.wordkeys import LINE, nested

LEFT_OUT = "left_out"  # the answer that keeps how many numbers were left out and not put right yet
_MOST_TOLD = 5
_MOST_ABROAD = 3
_FEWEST_FIGURES = 7  # of what may be meant as a number


def about_left_out(found: NumberList) -> tuple[str, Params]:
    """Return the wording keys, joined by `+`, of what a list holds beside its numbers, and what stands in them."""
    lines = [_line(said, why) for said, why in found.left_out[:_MOST_TOLD]]
    more = len(found.left_out) - len(lines)
    lines += [nested("left_out.more", count=str(more))] if more else []
    repeated = ", ".join(show(phone) for phone in found.repeated[:_MOST_TOLD])
    leads = ("numbers.left_out" if lines else "", "numbers.twice" if repeated else "")
    told = {"bad": LINE.join(lines), "twice": repeated}
    return "+".join(lead for lead in leads if lead), {name: text for name, text in told.items() if text}


def _line(said: str, why: Unreadable) -> str:
    country = abroad_of(said).country if why.code == "number.not_us" else ""
    kind = "abroad" if country else why.code.partition(".")[2]
    return nested(f"left_out.{kind}", said=said, country=country)


def left_out_rows(found: NumberList) -> Rows:
    """Return a button that gives the desk each number of another country, with all that was gathered."""
    abroad = [said for said, why in found.left_out if why.code in NOT_SERVED][:_MOST_ABROAD]
    return tuple((to_desk(said, "button.desk_about"),) for said in abroad)


def remembered(found: NumberList, case: Case) -> tuple[tuple[str, Given], ...]:
    """Return what is kept of it: how many numbers may still be put right, and those of other countries."""
    count = len(found.left_out)
    is_any = any(why.code in NOT_SERVED for _, why in found.left_out)
    abroad = noted(abroad_in(found, ""), case) if is_any else ()
    kept = ((LEFT_OUT, Given((str(count),) if count else ())),) if count or LEFT_OUT in case.answers else ()
    return (*kept, *abroad)


def awaited(case: Case) -> int:
    """Return how many numbers were left out and may still be put right."""
    given = case.answers.get(LEFT_OUT)
    return int(given.value[0]) if given is not None and given.value else 0


def put_right(count: int, case: Case) -> tuple[tuple[str, Given], ...]:
    """Return what is kept once so many numbers more were given."""
    if LEFT_OUT not in case.answers:
        return ()
    rest = max(0, awaited(case) - count)
    return ((LEFT_OUT, Given((str(rest),) if rest else ())),)


def still_wrong(text: str, case: Case) -> NumberList | None:
    """Return a try at putting a number right that is none again; None for anything else."""
    if not awaited(case) or sum(c.isdecimal() for c in text) < _FEWEST_FIGURES or any(c.isalpha() for c in text):
        return None
    found = read_number_list(text, case.served)
    return None if isinstance(found, Unreadable) or found.phones or not found.left_out else found
