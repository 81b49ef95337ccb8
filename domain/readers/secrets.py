"""Secrets in what people write, for readers and whoever is above them: the same rules by which lists are read."""

from domain.masking import (
    CUES_OF_SECRETS,
    gives_secret,
    is_lone_secret,
    looks_secret,
    mask,
    mask_digits,
    mask_file_name,
    mask_given,
    mask_words,
    names_secret,
)

__all__ = [
    "CUES_OF_SECRETS",
    "gives_secret",
    "is_lone_secret",
    "looks_secret",
    "mask",
    "mask_digits",
    "mask_file_name",
    "mask_given",
    "mask_words",
    "names_secret",
]
