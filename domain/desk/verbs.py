"""THE table of staff's verbs: what each needs, and from it `/port help`, the buttons and the authorisation test."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of `/port`. `usage` follows it; `effect`: it changes a request; `modal`: it has a form."""

    name: str
    usage: str
    example: str
    effect: bool = False
    modal: bool = False


VERBS: dict[str, Verb] = {
    v.name: v
    for v in (
        Verb("help", "[verb]", "help date"),
        Verb("list", "[phase]", "list rejected"),
        Verb("show", "<ref>", "show P-7KQ2M"),
        Verb("inventory", "[find <number> / free <number> / load]", "inventory find 415-421-8832", modal=True),
        Verb(
            "carrier",
            "<name> [history / undo / <field>: <new text> (source)]",
            "carrier tmobile pin: Dial *PIN from the phone. (t-mobile.com, port out)",
            modal=True,
        ),
        Verb(
            "ask",
            "<ref> <answer>[, <answer>] [: why]",
            "ask P-7KQ2M name: the bill says Maria J.",
            effect=True,
            modal=True,
        ),
        Verb("submit", "<ref> [no pin] [carrier's order number]", "submit P-7KQ2M 88123", effect=True),
        Verb("advance", "<ref> [next phase]", "advance P-7KQ2M", effect=True),
        Verb(
            "reject",
            "<ref> <reason> [: what the carrier wrote]",
            "reject P-7KQ2M wrong pin: 8C",
            effect=True,
            modal=True,
        ),
        Verb("date", "<ref> <day>", "date P-7KQ2M next tue", effect=True, modal=True),
        Verb("complete", "<ref>", "complete P-7KQ2M", effect=True),
        Verb("cancel", "<ref> [stopped]", "cancel P-7KQ2M", effect=True),
        Verb("letter", "<ref>", "letter P-7KQ2M", effect=True),
        Verb(
            "reply",
            "<ref> <text>",
            "reply P-7KQ2M Your carrier has the order; we write as soon as there is a date.",
            effect=True,
            modal=True,
        ),
        Verb(
            "eligible",
            "<ref> [good standing] [card] [not on trial] [none]",
            "eligible P-7KQ2M good standing, card",
            effect=True,
            modal=True,
        ),
        Verb("undo", "<ref>", "undo P-7KQ2M", effect=True),
    )
}

EFFECTS: tuple[str, ...] = tuple(v.name for v in VERBS.values() if v.effect)
