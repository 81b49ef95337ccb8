"""What there is to notice about answers that were taken as given: told at the check and to the desk, never refused."""

from domain.intake.about import account_name, is_business, signer_name, signer_of
from domain.orders.model import Case
from domain.readers.names import VENDOR_LIMIT

REMARKS = "remarks_"  # before a question's id: wording keys of what was noticed about its answer when it was read
SIGNER_LIMIT = 15
"""Characters that vendors keep of the authorized person's name (Bandwidth's errors 7388 and 7396, read 2026-11-21)."""


def remarks(case: Case) -> tuple[str, ...]:
    """Return a wording key for each thing to notice, each once."""
    kept = (key for name, given in case.answers.items() if name.startswith(REMARKS) for key in given.value)
    return tuple(dict.fromkeys((*kept, *_of_names(case))))


def _of_names(case: Case) -> tuple[str, ...]:
    signer = signer_of(case)
    parts = (signer.first, signer.last) if signer is not None else ()
    names = (*parts, *((account_name(case),) if is_business(case) else ()))
    is_long = any(len(name) > VENDOR_LIMIT for name in names)
    return (
        *(("name.longer_than_vendors_keep",) if is_long else ()),
        *(("name.signer_is_long",) if len(signer_name(case)) > SIGNER_LIMIT else ()),
    )
