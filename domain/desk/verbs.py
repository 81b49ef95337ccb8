"""THE table of staff's verbs: what each needs, and from it `/port help`, the buttons and the authorisation test."""

from dataclasses import dataclass

from domain.desk.roles import Role


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of `/port`. `usage` follows it; `effect`: it changes a request; `modal`: it has a form.

    `role`: the least for whom it does anything; `short`: shorter words for it.
    """

    name: str
    usage: str
    example: str
    effect: bool = False
    modal: bool = False
    role: Role = Role.AGENT
    short: tuple[str, ...] = ()


VERBS: dict[str, Verb] = {
    v.name: v
    for v in (
        Verb("help", "[verb]", "help date", role=Role.VIEWER),
        Verb("list", "[phase / mine / snoozed]", "list rejected", role=Role.VIEWER),
        Verb("show", "<ref>", "show P-7KQ2M", role=Role.VIEWER),
        Verb(
            "staff",
            "[add <person or group> <role> / remove <person or group>]",
            "staff add @maya agent",
            role=Role.VIEWER,
        ),
        Verb(
            "inventory",
            "[find <number> / free <number> / load]",
            "inventory find 415-421-8832",
            modal=True,
            role=Role.VIEWER,
        ),
        Verb(
            "carrier",
            "<name> [history / undo / <field>: <new text> (source)]",
            "carrier tmobile pin: Dial *PIN from the phone. (t-mobile.com, port out)",
            modal=True,
            role=Role.VIEWER,
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
        Verb("take", "<ref>", "take P-7KQ2M", effect=True, short=("grab",)),
        Verb("assign", "<ref> <@person / nobody>", "assign P-7KQ2M @ben", effect=True, modal=True, short=("give",)),
        Verb(
            "note",
            "<ref> <text>",
            "note P-7KQ2M Called Verizon: the lock comes off tomorrow.",
            effect=True,
            modal=True,
            short=("n",),
        ),
        Verb(
            "hold",
            "<ref> [why] / <ref> off",
            "hold P-7KQ2M the customer is looking for the bill",
            effect=True,
            modal=True,
            short=("pause",),
        ),
        Verb("snooze", "<ref> <day or hours> / <ref> off", "snooze P-7KQ2M mon", effect=True, modal=True, short=("z",)),
        Verb(
            "edit",
            "<ref> <answer>: <value>",
            "edit P-7KQ2M name: Maria Jones",
            effect=True,
            modal=True,
            short=("fix",),
        ),
        Verb("undo", "<ref>", "undo P-7KQ2M", effect=True),
    )
}

EFFECTS: tuple[str, ...] = tuple(v.name for v in VERBS.values() if v.effect)
