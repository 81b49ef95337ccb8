"""THE table of staff's verbs: what each needs, and from it `/port help`, the buttons and the authorisation test."""

from dataclasses import dataclass

from domain.desk.roles import Role

GROUPS = ("read", "move", "talk", "share", "desk")
"""How `/port help` orders the verbs: reading, moving on, talking, sharing the work, the desk itself."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of `/port`. `usage` follows it; `effect`: it changes a request; `modal`: it has a form.

    `group`: one of GROUPS. `role`: the least for whom it does anything; `short`: shorter words for it. `needs`: it
    does nothing without an argument behind the request. `several`: it may be done to several requests at once.
    `later`: it comes with a later release, and says what to do meanwhile.
    """

    name: str
    usage: str
    examples: tuple[str, ...]
    group: str = "move"
    effect: bool = False
    modal: bool = False
    role: Role = Role.AGENT
    short: tuple[str, ...] = ()
    needs: bool = False
    several: bool = False
    later: bool = False

    @property
    def example(self) -> str:
        """Return the first of the examples."""
        return self.examples[0]


VERBS: dict[str, Verb] = {
    v.name: v
    for v in (
        Verb("help", "[verb]", ("help date", "help"), "read", role=Role.VIEWER, short=("h", "?")),
        Verb(
            "list",
            "[phase / mine / @person / carrier / unassigned / held / snoozed / stale / urgent / overdue / over]",
            ("list rejected", "list mine", "l desk verizon"),
            "read",
            role=Role.VIEWER,
            short=("l", "ls"),
        ),
        Verb(
            "show",
            "<ref> [timeline]",
            ("show P-7KQ2M", "s 8832", "s it timeline"),
            "read",
            role=Role.VIEWER,
            short=("s", "open"),
        ),
        Verb(
            "find",
            "[words]",
            ("find Jones", "f 415-421-8832", "find"),
            "read",
            modal=True,
            role=Role.VIEWER,
            short=("f", "search"),
        ),
        Verb("digest", "", ("digest",), "read", role=Role.VIEWER, short=("today",)),
        Verb("stats", "[days]", ("stats", "stats 30"), "read", role=Role.VIEWER),
        Verb("held", "", ("held",), "read", role=Role.VIEWER, short=("stuck",)),
        Verb(
            "carrier",
            "<name> [history / undo / <field>: <new text> (source)]",
            (
                "carrier tmobile pin: Dial *PIN from the phone. (t-mobile.com, port out)",
                "carrier verizon",
                "carrier tmobile history",
            ),
            "read",
            modal=True,
            role=Role.VIEWER,
            short=("car",),
        ),
        Verb("new", "[ref]", ("new", "new P-7KQ2M")),
        Verb(
            "ask",
            "<ref> <answer>[, <answer>] [: why]",
            ("ask P-7KQ2M name: the bill says Maria J.", "ask it pin, account", "q P-7KQ2M bill: one page is missing"),
            effect=True,
            modal=True,
            short=("q",),
            needs=True,
            several=True,
        ),
        Verb(
            "submit",
            "<ref> [#order] [no pin] [carrier's order number]",
            ("submit P-7KQ2M 88123", "sub it #2 88123", "submit P-7KQ2M no pin 88123"),
            effect=True,
            modal=True,
            short=("sub",),
            needs=True,
        ),
        Verb(
            "advance",
            "<ref> [numbers / #order] [next phase]",
            ("advance P-7KQ2M", "a it", "a it #2", "adv P-7KQ2M P-9XW4G", "advance"),
            effect=True,
            modal=True,
            short=("a", "adv", "next"),
            several=True,
        ),
        Verb(
            "reject",
            "<ref> [numbers / #order] <reason> [: what the carrier wrote]",
            ("reject P-7KQ2M wrong pin: 8C", "rej it name: Verizon has Maria J. Jones"),
            effect=True,
            modal=True,
            short=("rej",),
            needs=True,
            several=True,
        ),
        Verb(
            "date",
            "<ref> [numbers / #order] <day>",
            ("date P-7KQ2M next tue", "d P-7KQ2M #2 12/1", "d it 12/1", "d P-7KQ2M P-9XW4G 2026-12-01"),
            effect=True,
            modal=True,
            short=("d",),
            needs=True,
            several=True,
        ),
        Verb(
            "lost",
            "<ref> [numbers / #order]",
            ("lost P-7KQ2M", "lost it 8832"),
            effect=True,
            modal=True,
            several=True,
        ),
        Verb(
            "complete",
            "<ref> [numbers / #order]",
            ("complete P-7KQ2M", "done it 8832", "done P-7KQ2M P-9XW4G"),
            effect=True,
            modal=True,
            short=("done", "moved"),
            several=True,
        ),
        Verb(
            "cancel",
            "<ref> [numbers / #order] [stopped / fee <amount>[: risk] / risk: <risk> / denied: why / kept]",
            (
                "cancel P-7KQ2M",
                "cancel P-7KQ2M 8832",
                "cancel P-7KQ2M stopped",
                "cancel P-7KQ2M fee 25: the old service can end at once",
                "cancel P-7KQ2M denied: the order is in its last step",
            ),
            effect=True,
            modal=True,
            several=True,
        ),
        Verb(
            "out",
            "<ref> [to <carrier>: who asked] [; name, account, address, pin] [; yes / no: why / left]",
            (
                "out P-7KQ2M to Verizon: Maria Jones, called back at her number",
                "out P-7KQ2M name, account, pin; yes",
                "out P-7KQ2M left; routing, billing",
            ),
            effect=True,
            modal=True,
            short=("leaves",),
            needs=True,
        ),
        Verb(
            "snapback",
            "<ref> [: what happened] / <ref> done",
            ("snapback P-7KQ2M : the customer meant another number", "snapback P-7KQ2M done"),
            effect=True,
            modal=True,
            short=("snap",),
        ),
        Verb(
            "end",
            "<ref> [numbers / #order] <not portable / failed / returned> [: why]",
            ("end P-7KQ2M not portable: the region has no carrier of ours", "end it failed: Verizon closed the order"),
            effect=True,
            modal=True,
            needs=True,
            several=True,
        ),
        Verb("letter", "<ref>", ("letter P-7KQ2M", "letter it"), effect=True, several=True),
        Verb(
            "eligible",
            "<ref> [good standing] [card] [not on trial] [none]",
            ("eligible P-7KQ2M good standing, card", "el it none"),
            effect=True,
            modal=True,
            short=("el",),
            needs=True,
        ),
        Verb(
            "routing",
            "<ref> [description] [dial] [text] [account] [assigned] [text enabled] [none]",
            ("routing P-7KQ2M description, dial", "ro it all"),
            effect=True,
            modal=True,
            short=("ro", "setup"),
            needs=True,
        ),
        Verb(
            "texting",
            "<ref> <filed / working / trouble / not wanted> [: why]",
            ("texting P-7KQ2M filed", "tx it working", "texting P-7KQ2M trouble: no profile"),
            effect=True,
            modal=True,
            short=("tx",),
            needs=True,
            several=True,
        ),
        Verb(
            "works",
            "<ref> [calls in] [calls out] [voicemail] [texts] [all]",
            ("works P-7KQ2M calls in, calls out", "works it all"),
            effect=True,
            modal=True,
            short=("ok",),
            needs=True,
            several=True,
        ),
        Verb("close", "<ref> <why> / <ref> off", ("close it tried by phone",), effect=True, modal=True, needs=True),
        Verb(
            "edit",
            "<ref> <answer>: <value>",
            ("edit P-7KQ2M name: Maria Jones", "e it destination: 628 421 8877"),
            effect=True,
            modal=True,
            short=("e", "fix"),
            needs=True,
        ),
        Verb(
            "split",
            "<ref> <number>[, <number>] [: why] / <ref> off",
            ("split P-7KQ2M 415-421-8832: another rate center", "split it 8832, 8833", "split P-7KQ2M off"),
            effect=True,
            modal=True,
            needs=True,
        ),
        Verb("verify", "<ref>", ("verify P-7KQ2M",), later=True),
        Verb("undo", "<ref>", ("undo P-7KQ2M", "u it"), effect=True, short=("u",), several=True),
        Verb(
            "reply",
            "<ref> <text / #saved reply>",
            (
                "reply P-7KQ2M Your carrier has the order; we write as soon as there is a date.",
                "r it #received",
                "r it Thank you!",
            ),
            "talk",
            effect=True,
            modal=True,
            short=("r",),
            needs=True,
        ),
        Verb(
            "takeover",
            "<ref> [your name]",
            ("takeover P-7KQ2M", "tk it", "takeover P-7KQ2M Maya"),
            "talk",
            effect=True,
            short=("tk",),
        ),
        Verb("resume", "<ref>", ("resume P-7KQ2M", "back it"), "talk", effect=True, short=("back",)),
        Verb(
            "note",
            "<ref> <text>",
            ("note P-7KQ2M Called Verizon: the lock comes off tomorrow.", "n it The customer calls back at four."),
            "talk",
            effect=True,
            modal=True,
            short=("n",),
            needs=True,
            several=True,
        ),
        Verb(
            "take",
            "<ref>",
            ("take P-7KQ2M", "t 8832", "take P-7KQ2M P-9XW4G"),
            "share",
            effect=True,
            short=("t", "grab"),
            several=True,
        ),
        Verb(
            "assign",
            "<ref> <@person / nobody>",
            ("assign P-7KQ2M @ben", "give it nobody", "assign P-7KQ2M P-9XW4G me"),
            "share",
            effect=True,
            modal=True,
            short=("give",),
            needs=True,
            several=True,
        ),
        Verb(
            "hold",
            "<ref> [why] / <ref> off",
            ("hold P-7KQ2M the customer is looking for the bill", "hold it off"),
            "share",
            effect=True,
            modal=True,
            short=("pause",),
            needs=True,
            several=True,
        ),
        Verb(
            "snooze",
            "<ref> <day or hours> / <ref> off",
            ("snooze P-7KQ2M mon", "z it 3h", "snooze P-7KQ2M off"),
            "share",
            effect=True,
            modal=True,
            short=("z",),
            needs=True,
            several=True,
        ),
        Verb(
            "staff",
            "[add <person or group> <role> / remove <person or group>]",
            ("staff add @maya agent", "staff", "staff remove @maya"),
            "desk",
            role=Role.VIEWER,
            short=("people",),
        ),
        Verb(
            "inventory",
            "[find <number> / free <number> / load]",
            ("inventory find 415-421-8832", "inv", "inventory load"),
            "desk",
            modal=True,
            role=Role.VIEWER,
            short=("inv",),
        ),
        Verb("export", "[filters]", ("export", "export rejected"), "desk", short=("csv",)),
    )
}

EFFECTS: tuple[str, ...] = tuple(v.name for v in VERBS.values() if v.effect)


def verb_of(word: str) -> Verb | None:
    """Return the verb of a word, or of its short form, in any letter case."""
    said = word.strip().lower()
    return VERBS.get(said) or next((verb for verb in VERBS.values() if said in verb.short), None)
