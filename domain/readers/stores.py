"""Stores that rent out mail boxes under a street address: "# 123" there is a box, and no suite."""

import re

from domain.readers.folding import fold
from domain.readers.suffixes import SUFFIXES

_STORE = re.compile(
    r"(?<![a-z\d])(?:the )?(?:ups store|mail ?boxes etc|mbe|postnet|pak ?mail|postal ?annex|goin postal|ipostal ?1?"
    r"|anytime mailbox|earth class mail|parcel plus|postal (?:connections|center|plus|express)|mail (?:center|depot)"
    r"|mailbox (?:center|express|plus)|ship ?it|navis pack|virtual post mail|physical address com|us global mail"
    r"|traveling mailbox|postscan mail)(?![a-z\d]) ?(?P<next>[a-z]*)"
)


def is_mail_store(part: str) -> bool:
    """Tell whether a part of an address names a store with mail boxes; streets named like one do not."""
    found = _STORE.search(fold(part).replace("  ", " "))
    return found is not None and found["next"] not in SUFFIXES
