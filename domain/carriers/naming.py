"""How people put a brand and a kind of line together: the aliases that every brand with such lines has."""

import re

_KIND = re.compile(
    r" (?:home or office phone|home phone|office phone|app)\b| \((?:business lines|phone|personal|Fios)\)"
)
_HOME = ("home phone", "home line", "home landline", "home telephone", "house phone", "digital voice")
_OFFICE = ("office phone", "business voice", "business landline", "office line", "office landline")
_CELL = ("wireless", "mobile", "mobility", "cell", "cell phone", "cellular", "cellphone", "prepaid", "postpaid")
_CELL_FRENCH = ("mobilité", "cellulaire", "sans fil", "prépayé")
_HOME_FRENCH = ("résidentiel", "maison", "ligne résidentielle", "téléphonie résidentielle", "téléphone résidentiel")


def company_of(label: str) -> str:
    """Return the company that a label of the table names, without the kind of line that tells it from its others."""
    return _KIND.sub("", label)


def home(*brands: str) -> tuple[str, ...]:
    """Give the ways people name the home line of a brand."""
    return _each(brands, _HOME)


def office(*brands: str) -> tuple[str, ...]:
    """Give the ways people name the office lines of a brand."""
    return _each(brands, _OFFICE)


def canadian_cell(*brands: str) -> tuple[str, ...]:
    """Give the ways Canadians name the mobile line of a brand, in English and French."""
    return (*_each(brands, _CELL), *_each(brands, _CELL_FRENCH), *(f"cellulaire {brand}" for brand in brands))


def canadian_line(*brands: str) -> tuple[str, ...]:
    """Give the ways Canadians name the fixed lines of a brand, at home and at work, in English and French."""
    words = (*_HOME, *_OFFICE, "landline", "land line", "business phone", *_HOME_FRENCH)
    french = (f"{kind} {brand}" for brand in brands for kind in ("ligne fixe", *_HOME_FRENCH))
    return (*_each(brands, words), *french)


def _each(brands: tuple[str, ...], kinds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{brand} {kind}" for brand in brands for kind in kinds)
