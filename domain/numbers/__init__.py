"""Phone numbers of the North American plan: read what people type, say what is wrong with it, show it back."""

from domain.numbers.lists import NumberList, read_number_list
from domain.numbers.phone import Phone, last4, show
from domain.numbers.reading import Spotted, read_phone, spot

__all__ = ["NumberList", "Phone", "Spotted", "last4", "read_number_list", "read_phone", "show", "spot"]
