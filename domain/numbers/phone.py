"""A phone number and how it is shown."""

from domain.values import Value


class Phone(Value, frozen=True):
    """A number of the North American plan in E.164: "+1" and ten digits; `verdicts.region_of` says where it stands."""

    e164: str

    @property
    def national(self) -> str:
        return self.e164[2:]


def show(phone: Phone) -> str:
    """Show a number as it is read aloud: "(415) 421-8832"."""
    digits = phone.national
    if not digits:  # a number that was forgotten at its owner's wish
        return "—"
    return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}"


def last4(phone: Phone) -> str:
    """Give the last four digits, the part that may be shown where the whole may not."""
    return phone.e164[-4:]
