"""What the desk answers when it will not, or cannot, do what it was asked.

The tree::

    DeskError            caught once for each channel and worded by its code
      Refused            a rule of porting or of the company says no
      NotFound           there is no such request, order or number
      Conflict           somebody else changed it first: read it again
      Unsure             nothing is done before somebody has looked once more
        AskFirst         it may do harm
        Changed          somebody else changed the request since it was seen
      ChangedSince       the request is no longer what was seen; by whom is not known yet
      Misread            some fields of a form cannot be taken as they are

`NotKept` stands apart: nothing is wrong with what was asked, but whoever keeps things could not keep it now. `Away` is
one of its kind that may last: where documents are kept does not answer.

What a person typed and cannot be read is no error but an expected answer: `Unreadable`, a return value.
"""

from dataclasses import dataclass, field

GIVEN = "given"  # the parameter of a sentence that says again what somebody typed


class DeskError(Exception):
    """Say no, with a wording key (`code`) and the values its sentence needs (`params`)."""

    def __init__(self, code: str, /, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params: dict[str, str] = params


class Refused(DeskError):  # noqa: N818 - reads as the answer it is
    """A rule says no, whoever asks."""


class NotFound(DeskError):  # noqa: N818 - reads as the answer it is
    """There is nothing of that name that this person could mean."""

    """The person is known, the thing exists, and the two may not meet."""


class Conflict(DeskError):  # noqa: N818 - reads as the answer it is
    """Somebody changed it first; nothing was written."""


class NotKept(Exception):  # noqa: N818 - it names what happened, as the glossary does
    """The database could not keep it now; the same may well be kept later."""


class Away(NotKept):
    """Where documents are kept does not answer; they are as they were, and the same may be asked again."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a text is not the value that was asked for: a wording key and what its sentence needs.

    `params` never hold a secret: they are shown to the customer and may be logged.
    """

    code: str
    params: dict[str, str] = field(default_factory=dict)
