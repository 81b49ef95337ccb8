"""What the customer was told of each number, as a request keeps it, and what there is to know now."""

from domain.orders.model import Case, Number


def fingerprint(case: Case) -> str:
    """Return what a customer can know of all the numbers: how each stands, and of several orders in which it is."""
    if len(case.orders) < 2:
        return ";".join(map(standing_of, case.whole.numbers))
    places = {order.id: place for place, order in enumerate(case.orders, 1)}
    return ";".join(f"{standing_of(n)}|{places.get(n.order_id, 1)}" for n in case.whole.numbers)


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
