"""Where a street ends and the city begins, when no comma tells."""

from collections.abc import Set

from domain.readers.folding import bare_fold
from domain.readers.houses import ROADS
from domain.readers.suffixes import STREET_LEADS, SUFFIXES, SURE_SUFFIXES
from domain.readers.units import AREAS
from domain.readers.zips import city_key
from domain.text import words_of

LONGEST_CITY = 4  # words
_SHORT_DIRECTIONS = words_of("n s e w ne nw se sw")
_LONG_DIRECTIONS = words_of("north south east west northeast northwest southeast southwest ouest est nord sud")
# Cities begin with "St": after a lone "St" these words leave it open whether it is a street or a saint.
_SAINTS = words_of(
    "louis paul petersburg pete charles augustine joseph cloud george johns john marys mary albans clair "
    "james helens helena simons francis peter peters thomas martinville bernard anthony ann anne michaels "
    "michael matthews pauls gabriel ignace johnsbury lucie marie robert stephen elmo leonard catharines"
)
LONGEST_STREET = 3  # words of a street that ends in no word for one: "Avenue of the Americas" has two more


def known_city(words: list[str], cities: Set[str]) -> int | None:
    """Return at which word the longest known city name begins that ends the words."""
    for length in range(min(LONGEST_CITY, len(words) - 1), 0, -1):
        if city_key(" ".join(words[-length:])) in cities:
            return len(words) - length
    return None


def is_closed(plain: list[str]) -> bool:
    """Tell whether a street is whole, by its last word, a direction, a road's number, or its Spanish first word."""
    found = [index for index, word in enumerate(plain) if index >= 1 and (word in SUFFIXES or word in ROADS)]
    if plain[0] in STREET_LEADS | AREAS or plain[1] in STREET_LEADS:
        return True
    rest = plain[found[-1] + 1 :] if found else plain[1:]
    return rest[:1] == ["of"] or all(_is_tail(word) for word in rest)


def _is_tail(word: str) -> bool:
    return word in _SHORT_DIRECTIONS | _LONG_DIRECTIONS or len(word) == 1 or any(c.isdigit() for c in word)


def street_end(words: list[str]) -> int | None:
    """Give the index after the street's last word, or None where a second reading is possible."""
    plain = [bare_fold(word) for word in words]
    found = [index for index, word in enumerate(plain) if index >= 2 and word in SURE_SUFFIXES]
    if len(found) == 2 and found[1] == found[0] + 1 and plain[found[1]] == "st" and _is_saint(plain, found[1]):
        found.pop()
    elif len(found) == 1 and plain[found[0]] == "st" and _is_saint(plain, found[0]):
        return None
    if len(found) != 1:
        return None
    end = found[0] + 1
    return _after_direction(plain, end)


def _after_direction(plain: list[str], end: int) -> int | None:
    following = plain[end] if end < len(plain) else ""
    if following in _LONG_DIRECTIONS:
        return None if len(plain) > end + 1 else end + 1
    return end + 1 if following in _SHORT_DIRECTIONS else end


def _is_saint(plain: list[str], index: int) -> bool:
    return index + 1 < len(plain) and plain[index + 1] in _SAINTS
