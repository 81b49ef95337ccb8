"""What customers say: scripts that see what a bot shows and give the customer's next move."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import orjson

QUESTIONS: tuple[str, ...] = (
    "Which number would you like to bring to us? Please send it with the area code, like 415-421-8832.",
    "Thank you. Which company has this number today? The name on the bill is the one that counts.",
    "What name is the account in? Please write it exactly as it stands on the bill of that company.",
    "What is the service address on the account? Street, city, state and ZIP code, please.",
    "Where shall calls to this number go when it has arrived? Please send a number or an extension.",
    "What is the account number with that company? It stands near the top of the bill.",
    "Please look it over: number, company, name, address, destination and account. Is all of it right?",
    "Please type your full name to sign the letter of authorization for this number.",
    "Would you like to send a copy of the latest bill now, or later? Either is fine.",
)
DONE = "Thank you, your request is filed under P-7K3M9. We tell you here as soon as there is news of it."
RESTART = "I do not know where we were. Please send /start and we begin again."
LINES: tuple[str, ...] = (
    "{number}",
    "Verizon Wireless",
    "Maria Alvarez",
    "1455 Market Street, San Francisco, CA 94103",
    "+1 650 200 0100",
    "{account}",
    "Yes",
    "Maria Alvarez",
    "Later",
)


@dataclass(frozen=True, slots=True)
class Button:
    """A button shown: `choice` is its callback data, empty for a button of a reply keyboard."""

    text: str
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """The customer types a line."""

    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """The customer presses an inline button of the message just shown."""

    choice: str


@dataclass(frozen=True, slots=True)
class Wait:
    """The customer waits: what was shown asks nothing, more is to come."""


Keyboard = tuple[Button, ...]
Move = Say | Press
# A script hears what is shown and answers; ("", ()) opens a conversation, None ends it.
Script = Callable[[str, Keyboard], Move | Wait | None]


def keyboard_of(markup: object) -> Keyboard:
    """Read the buttons of a reply_markup, JSON text or object, row by row."""
    if not markup:
        return ()
    read: Any = orjson.loads(markup) if isinstance(markup, str) else markup
    rows = read.get("inline_keyboard") or read.get("keyboard") or ()
    return tuple(_button(button) for row in rows for button in row)


def _button(button: dict[str, Any] | str) -> Button:
    if isinstance(button, str):
        return Button(button)
    return Button(button["text"], button.get("callback_data", ""))


class UnexpectedTextError(Exception):
    """The bot showed something that this step of the script does not know."""


class OutOfOrderError(UnexpectedTextError):
    """The bot showed what belongs to another step."""


_serials = count()
# Neither N11 nor 555 among the exchanges, which are no customers' numbers.
_EXCHANGES = tuple(code for code in range(200, 1000) if code % 100 != 11 and code != 555)


def told(line: str, serial: int) -> str:
    """Fill `{number}` (a valid +1 415 number, each serial another one, 7,000,000 of them) and `{account}`."""
    if "{" not in line:
        return line
    exchange, subscriber = divmod(serial, 10_000)
    number = f"415-{_EXCHANGES[exchange % len(_EXCHANGES)]}-{subscriber:04d}"
    return line.format(number=number, account=f"{100_000_000 + serial}")


def interview() -> Script:
    """Play the interview of the peers: every question once and in order, then the next conversation."""
    steps = {text: step for step, text in enumerate((*QUESTIONS, DONE))}
    step = -1
    serial = 0

    def hear(text: str, keyboard: Keyboard) -> Move | Wait | None:
        nonlocal step, serial
        if not text:
            step, serial = 0, next(_serials)
            return Say("/start")
        found = steps.get(text)
        if found != step:
            raise UnexpectedTextError(text) if found is None else OutOfOrderError(text)
        step += 1
        return Say(told(LINES[found], serial)) if found < len(LINES) else None

    return hear


@dataclass(frozen=True, slots=True)
class Rule:
    """When `shown` is found in the text: say a line, press the button that holds `press`, wait, or end."""

    shown: str
    say: str = ""
    press: str = ""
    ends: bool = False


# The intake of app.py: first match wins. A rule with nothing but `shown` waits for the next message.
# One fact a message, and the bill is put off: no errand begins, so that a guided turn is draft, history and outbox.
_QUESTIONS: tuple[Rule, ...] = (
    Rule(r"Which number would you like", say="{number}"),
    Rule(r"Which company is", say="Verizon Wireless"),
    Rule(r"Is all of this true today", say="yes"),
    Rule(r"latest .* bill", say="Later"),
    Rule(r"Whose account is it", say="Yes, it is mine"),
    Rule(r"Copy the name", say="Maria Alvarez"),
    Rule(r"What is the address", say="1455 Market Street, San Francisco, CA 94103"),
    Rule(r"Where should calls", say="+1 650 200 0100"),
    Rule(r"What is your account number", say="{account}"),
)
INTAKE: tuple[Rule, ...] = (
    Rule(r"Shall I throw away", press="Yes, stop it"),
    Rule(r"thrown away", ends=True),
    Rule(r"By pressing .All correct", say="/cancel"),
    *_QUESTIONS,
)


def intake() -> Script:
    """Play the intake of app.py by the rules of `INTAKE`."""
    return by_rules(INTAKE)


def by_rules(rules: tuple[Rule, ...]) -> Script:
    """Play any bot that can be recognised by what it shows; Raises: UnexpectedTextError for what no rule knows."""
    known = [(re.compile(rule.shown), rule) for rule in rules]
    serial = 0

    def hear(text: str, keyboard: Keyboard) -> Move | Wait | None:
        nonlocal serial
        if not text:
            serial = next(_serials)
            return Say("/start")
        for shown, rule in known:
            if shown.search(text):
                return _move(rule, keyboard, serial)
        raise UnexpectedTextError(text)

    return hear


def _move(rule: Rule, keyboard: Keyboard, serial: int) -> Move | Wait | None:
    if rule.ends:
        return None
    if rule.press:
        return _press(rule.press, keyboard)
    return Say(told(rule.say, serial)) if rule.say else Wait()


def _press(wanted: str, keyboard: Keyboard) -> Move:
    for button in keyboard:
        if wanted in button.text:
            return Press(button.choice) if button.choice else Say(button.text)
    raise UnexpectedTextError(f"no button {wanted!r}")
