"""A card keeps to Slack's limits and shows words as words, whatever people call themselves."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.cards import card, line, steps
from bot.slack.modals import argument_of, modal
from domain.desk.keeping import Line, Sheet
from domain.desk.state import Paper
from domain.orders.model import Answer, Case, Number, Order, Request
from domain.orders.phases import PHASES
from domain.orders.rejections import REJECTIONS
from domain.policy import Policy
from sandbox.slack.limits import check_blocks, check_view

NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
NASTY = st.sampled_from(
    ["<!channel>", "<@U1>", "<#C1|x>", "<https://evil.example|bank>", "`rm`", "*b*", "_i_", "~s~", "\u202eabc",
     "\u200b", "@phase.ported", "@staff.help.head", "&amp;", "\x00\x1b", "ﷺ" * 90, "👩‍👩‍👧‍👦" * 40]
)  # fmt: skip
WORDS = st.one_of(NASTY, st.text(max_size=400), st.builds("".join, st.lists(NASTY, max_size=4)))
FORBIDDEN = re.compile(r"<[!@#]|<http|[\u200b-\u200f\u202a-\u202e\u2060-\u2069]|`")


def sheet_of(phase: str, words: list[str], *, pin: str = "here", blocked: bool = False, rivals: int = 0) -> Sheet:
    a, b, c, d, e, f = words
    values = {
        "number": ("+16284218832",), "carrier": ("other", a), "name": (b, c), "address": (d, "", e, "CA", "94103"),
        "destination": ("+16284218899",), "account": ("••••90",), "bill": (f,), "signature": (a, b, c),
    }  # fmt: skip
    answers = {q: Answer(1, q, v, "typed", NOW, i) for i, (q, v) in enumerate(values.items())}
    if pin != "missing":
        shown = ("later",) if pin == "later" else ("••••",)
        answers["pin"] = Answer(1, "pin", shown, "typed", NOW, 99, reopened=pin == "asked")
    number = Number(3, 2, 1, "+16284218832", "wireless", phase, 1, NOW, 1, date(2026, 11, 25), NOW, NOW, "PIN_INVALID")
    request = Request(1, "P-7KQ2M", 9, phase, 4, NOW, NOW, NOW)
    order = Order(2, 1, "wireless", "other", phase, f)
    case = Case(request, order, (number,), answers, tuple(f"P-{n:05d}" for n in range(rivals)))
    papers = (Paper(5, 1, "bill", "kept", "x", f, "application/pdf", 1, 1, NOW),)
    return Sheet(case, papers, (), blocked)


@given(
    st.sampled_from(sorted(PHASES)),
    st.lists(WORDS, min_size=6, max_size=6),
    st.sampled_from(["here", "later", "asked", "missing"]),
    st.booleans(),
    st.integers(0, 50),
)
def test_any_words_make_a_card_that_slack_takes_and_that_says_nothing_of_its_own(
    phase: str, words: list[str], pin: str, blocked: bool, rivals: int
) -> None:
    message = card(sheet_of(phase, words, pin=pin, blocked=blocked, rivals=rivals), Policy())
    blocks = [block.to_dict() for block in message.blocks]
    check_blocks(blocks)
    assert message.text
    assert not FORBIDDEN.search(message.text)
    texts = [
        str(field["text"]) for block in blocks for field in (block.get("fields") or [block.get("text") or {"text": ""}])
    ]
    assert not [t for t in texts if FORBIDDEN.search(t)]
    assert sum(len(t) for t in texts) < 10_000
    assert not any("What `/port` can do" in t for t in texts)


@given(WORDS)
def test_any_carrier_makes_a_line_of_a_list(words: str) -> None:
    text = line(Line("P-7KQ2M", "rejected", "+16284218832", words, NOW, None), NOW)
    assert not FORBIDDEN.search(text)
    assert "Rejected" in text


PLAIN = ["Verizon", "Maria", "Jones", "742 Market St", "San Francisco", "bill.pdf"]


def texts_of(sheet: Sheet) -> str:
    return repr([block.to_dict() for block in card(sheet, Policy()).blocks])


def test_a_card_offers_what_the_table_allows_and_undo() -> None:
    assert steps(sheet_of("staff_review", PLAIN).case) == ("ask", "submit", "cancel", "undo")
    assert steps(sheet_of("ported", PLAIN).case) == ("undo",)


def test_a_card_says_whom_it_waits_for() -> None:
    assert "the losing carrier" in texts_of(sheet_of("submitted", PLAIN))
    assert "the customer" in texts_of(sheet_of("rejected", PLAIN, pin="asked"))
    assert "Open with the customer: Transfer PIN" in texts_of(sheet_of("rejected", PLAIN, pin="asked"))


def test_a_repaired_rejection_waits_for_the_desk() -> None:
    sheet = sheet_of("rejected", PLAIN)
    case = replace(sheet.case, request=replace(sheet.case.request, repaired="corrected"))
    assert "the desk, to submit it again" in texts_of(replace(sheet, case=case))


def test_a_card_tells_of_a_blocked_customer_rivals_and_the_rejection() -> None:
    shown = texts_of(sheet_of("rejected", PLAIN, blocked=True, rivals=2))
    assert "blocked the bot" in shown
    assert "P-00001" in shown
    assert "wrong transfer PIN" in shown


def test_a_card_tells_how_it_stands_with_the_pin() -> None:
    assert "the customer sends it later" in texts_of(sheet_of("staff_review", PLAIN, pin="later"))
    assert "asked for again" in texts_of(sheet_of("staff_review", PLAIN, pin="asked"))


def test_every_form_is_one_that_slack_takes_and_hides_the_reference() -> None:
    for verb in ("date", "reject", "ask"):
        view = modal(verb, "P-7KQ2M").to_dict()
        check_view(view, ("modal",))
        assert view["private_metadata"] == "P-7KQ2M"


def test_what_is_entered_reads_as_if_typed() -> None:
    assert argument_of("date", {"day": ("2026-11-25",)}) == "2026-11-25"
    code = next(iter(REJECTIONS))
    assert argument_of("reject", {"reason": (code,), "words": ("8C: no",)}) == f"{code}: 8C: no"
    assert argument_of("ask", {"answers": ("name", "pin")}) == "name,pin: "
