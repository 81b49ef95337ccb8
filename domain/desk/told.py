"""What the customer was told of each number, as a request keeps it, and what there is to know now."""

from domain.orders.model import Case, Number

_STANDS = 4  # of the parts that are told of a number those that tell how it stands; the last is its order


def fingerprint(case: Case) -> str:
    """Return what a customer can know of all the numbers: how each stands, and of several orders in which it is."""
    if len(case.orders) < 2:
        return ";".join(map(standing_of, case.whole.numbers))
    places = {order.id: place for place, order in enumerate(case.orders, 1)}
    return ";".join(f"{standing_of(n)}|{places.get(n.order_id, 1)}" for n in case.whole.numbers)


def fingerprint_since(before: Case, case: Case) -> str:
    """Return what a customer knows who was told of no more than what became of numbers since; with nothing told, all.

    So it stays owed to them what staff did of other numbers a moment ago.
    """
    told, was = told_of(before), {number.id: standing_of(number) for number in before.whole.numbers}
    now = zip(case.whole.numbers, fingerprint(case).split(";"), strict=True)
    parts = None if len(case.orders) > 1 else _STANDS  # those of one order say nothing of it
    return ";".join(
        "|".join(told[number.id][:parts]) if number.id in told and was[number.id] == standing_of(number) else standing
        for number, standing in now
    )


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
