"""What the customer was told of each number, as a request keeps it, and what there is to know now."""

from domain.orders.model import Case, Number

EDITED = "edited"  # beside the answers: which of them staff corrected, and the customer doesn't know yet
_STANDS = 4  # of the parts that are told of a number those that tell how it stands; the last is its order


def fingerprint(case: Case) -> str:
    """Return what a customer can know of all the numbers: how each stands, and of several orders in which it is."""
    places = _places(case)
    return ";".join("|".join((standing_of(n), *places.get(n.order_id, ()))) for n in case.whole.numbers)


def _places(case: Case) -> dict[int, tuple[str]]:
    """Return the place of each of several orders, from 1; of one alone there is nothing to say."""
    orders = case.orders if len(case.orders) > 1 else ()
    return {order.id: (str(place),) for place, order in enumerate(orders, 1)}


def fingerprint_since(before: Case, case: Case) -> str:
    """Return what a customer knows who was told of no more than what became of numbers since; with nothing told, all.

    So it stays owed to them what staff did of other numbers a moment ago. An order that another one's end has moved up
    is no news.
    """
    told, was = told_of(before), {number.id: standing_of(number) for number in before.whole.numbers}
    then, places = _places(before), _places(case)

    def known(number: Number, standing: str) -> str:
        if number.id not in told or was[number.id] != standing_of(number):
            return standing
        place = told[number.id][_STANDS:]
        now = places.get(number.order_id, ()) if place == then.get(number.order_id) else place
        return "|".join((*told[number.id][:_STANDS], *(now if places else ())))

    return ";".join(map(known, case.whole.numbers, fingerprint(case).split(";")))


def is_joined(case: Case) -> bool:
    """Tell whether all that is new since the customer was told is that numbers travel together again."""
    told = (case.request.told or "").split(";")
    return len(case.orders) < 2 and ";".join("|".join(part.split("|")[:_STANDS]) for part in told) == fingerprint(case)


def standing_of(number: Number) -> str:
    """Return what a customer can know of a number: its phase, date, rejection and attempt."""
    return f"{number.phase}|{number.port_date or ''}|{number.rejection or ''}|{number.attempts}"


def told_of(case: Case) -> dict[int, tuple[str, ...]]:
    """Return what the customer was told of each number, by its id: phase, date, rejection, attempt, order.

    Empty where nothing was told yet, or numbers were added or taken out since.
    """
    parts = (case.request.told or "").split(";")
    numbers = case.whole.numbers
    if len(parts) != len(numbers) or not case.request.told:
        return {}
    return {number.id: tuple(part.split("|")) for number, part in zip(numbers, parts, strict=True)}


def is_told(case: Case) -> bool:
    """Tell whether the customer knows how the numbers stand."""
    told = told_of(case)
    return all("|".join(told.get(number.id, ())[:_STANDS]) == standing_of(number) for number in case.numbers)
