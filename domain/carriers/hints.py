"""The honest words for carriers whose own pages nobody has read, and for what holds of a whole country."""

from domain.carriers.facts import UNSEEN, Fact, advice, read, read_advice

_GENERAL_PIN = "support.telnyx.com/en/articles/14790558 (of regional carriers in general)"
_GENERAL_ACCOUNT = "help.gigs.com/en/articles/2537858 (of mobile carriers in general)"
_GENERAL_MOBILE_PIN = "cellt.net/glossary/port-out-pin (second-hand, of smaller mobile carriers in general)"
RESELLERS = "support.telnyx.com/en/articles/14708130"
_RESELLER_NAME = "support.bandwidth.com/hc/en-us/articles/4409796265111 and support.telnyx.com/en/articles/1618776"
_CANADIAN_CONSENT = (
    "freedommobile.ca, transferring your number; support.videotron.com, protect mobile phone number; "
    "iphoneincanada.ca, 2020-10-29"
)
_CANADIAN_ACCOUNT = "openparliament.ca, committee on industry, 43-1/7, Deborah Evans (2020)"


def account(company: str) -> Fact:
    """Advise on the account number of a line that has a bill."""
    return advice(f"On the bill: copy all of it. Ask {company} if they use another one for moving a number out.")


def may_be_the_number(company: str, source: str = UNSEEN) -> Fact:
    """Advise on an account number that often begins with the phone number."""
    text = "On the bill: copy all of it. It is often the phone number and a few more digits."
    return advice(f"{text} Ask {company} if you see several.", source)


def pin(company: str) -> Fact:
    """Advise on the PIN of a home line."""
    text = f"Many lines have none. Ask {company} if your account has a PIN or passcode for moving a number."
    return read_advice(text, _GENERAL_PIN)


def office_pin(company: str) -> Fact:
    """Advise on the PIN of an office line."""
    return read_advice(
        f"A business account may have a passcode. Ask {company} if moving a number needs it.", _GENERAL_PIN
    )


def mobile_account(company: str) -> Fact:
    """Advise on the account number of a mobile line."""
    text = f"Ask {company} for the account number they use for moving a number out; some call it BAN."
    return read_advice(text, _GENERAL_ACCOUNT)


def mobile_pin(company: str) -> Fact:
    """Advise on the transfer PIN of a mobile line."""
    text = (
        f"Look in the account part of their app, or ask {company} for a number transfer PIN, and how long it is valid."
    )
    return read_advice(text, _GENERAL_MOBILE_PIN)


def resold_account(company: str) -> Fact:
    """Say where the account number of a resold number is: with the carrier behind the company."""
    text = f"Ask {company} for the account number its own carrier uses: your login with them is not it."
    return Fact(text, RESELLERS)


def resold_pin(company: str) -> Fact:
    """Say whose PIN a resold number needs."""
    return Fact(f"Ask {company} for the PIN its own carrier wants for moving a number out.", RESELLERS)


def resold_oddity(company: str) -> Fact:
    """Say what to ask of a reseller, in words that its support knows."""
    text = f"Ask {company}: which carrier stands behind my number, and which account number and PIN does it want?"
    return Fact(text, RESELLERS)


def canadian_account(company: str) -> Fact:
    """Advise on the account number of a Canadian mobile line; there the phone's IMEI often does instead."""
    text = f"On the bill or in your online account. Ask {company} if the phone's IMEI will do instead (dial *#06#)."
    return read_advice(text, _CANADIAN_ACCOUNT)


def canadian_pin(company: str) -> Fact:
    """Advise on the PIN of a Canadian mobile line: the consent by text stands in its place."""
    text = f"Usually there is none: a text asks you to say YES. Ask {company} if your account has one all the same."
    return read_advice(text, _CANADIAN_CONSENT)


def canadian_consent() -> Fact:
    """Say what every Canadian mobile carrier does once the move is asked for."""
    text = (
        "The old carrier texts or e-mails to ask if you want to move. Keep its SIM in a phone that is on, and answer "
        "YES within 90 minutes, or the move stops."
    )
    return read(text, _CANADIAN_CONSENT)


def canadian_reseller(company: str) -> Fact:
    """Say what a Canadian order needs of a number that somebody else's company serves."""
    text = f"The order needs the exact legal name of the reseller: ask {company} for it, and who its own carrier is."
    return Fact(text, _RESELLER_NAME)
