"""A card keeps to Slack's limits and shows words as words, whatever people call themselves."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.cards import card, line, thread_post
from bot.slack.modals import argument_of, modal
from domain.desk.keeping import Line, Sheet
from domain.desk.offers import offered
from domain.desk.state import Action, Choice, Owed, Paper
from domain.orders.model import Answer, Case, Number, Order, Request
from domain.orders.phases import PHASES
from domain.orders.rejections import REJECTIONS
from domain.policy import Policy
from domain.values import replace
from sandbox.slack.limits import check_blocks, check_view
from tests.domain.ways import FAX, GOOGLE_VOICE, TOLL_FREE, VOIP, WIRELESS, Answers, begun, fill, values

NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 24, 17, 0, tzinfo=UTC)
NASTY = st.sampled_from(
    ["<!channel>", "<@U1>", "<#C1|x>", "<https://evil.example|bank>", "`rm`", "*b*", "_i_", "~s~", "\u202eabc",
     "\u200b", "@phase.ported", "@staff.help.head", "&amp;", "\x00\x1b", "ﷺ" * 90, "👩‍👩‍👧‍👦" * 40]
)  # fmt: skip
WORDS = st.one_of(NASTY, st.text(max_size=400), st.builds("".join, st.lists(NASTY, max_size=4)))
OUR_OWN = re.compile(r"<@U0STAFF[12]>")
FORBIDDEN = re.compile(r"<[!@#]|<http|[\u200b-\u200f\u202a-\u202e\u2060-\u2069]|`")


def answered(values: dict[str, tuple[str, ...]]) -> dict[str, Answer]:
    return {
        question: Answer(1, question, value, "typed", NOW, seq) for seq, (question, value) in enumerate(values.items())
    }


def numbers_of(many: int, phase: str) -> tuple[Number, ...]:
    day = date(2026, 11, 25)
    return tuple(
        Number(3 + n, 2, 1, f"+1628421{8832 + n}", "wireless", phase, 1, NOW, 1, day, NOW, NOW, "PIN_INVALID")
        for n in range(many)
    )


def sheet_of(
    phase: str, words: list[str], *, pin: str = "here", blocked: bool = False, rivals: int = 0, many: int = 1
) -> Sheet:
    a, b, c, d, e, f = words
    values = {
        "numbers": ("+16284218832",), "carrier": ("verizon", a), "working": ("yes",), "one_bill": ("yes",),
        "authority": ("holder",), "name": ("person", b, c), "contact": (c, d), "address": (d, "", e, "CA", "94103"),
        "billing": (e,), "stays": (f,), "destination": ("+16284218899",), "source": (a,), "label": (b,),
        "company": (c,),
        "account": ("••••90",), "email": (d,), "second": (e,), "bill": (f,), "signature": (a, b, c), "flags": (d, e, f),
    }  # fmt: skip
    answers = answered(values)
    if pin != "missing":
        shown = ("later",) if pin == "later" else ("••••",)
        answers["pin"] = Answer(1, "pin", shown, "typed", NOW, 99, reopened=pin == "asked")
    request = Request(1, "P-7KQ2M", 9, phase, 4, NOW, NOW, NOW, title=a)
    order = Order(2, 1, "wireless", "verizon", phase, f)
    case = Case(request, (order,), numbers_of(many, phase), answers, tuple(f"P-{n:05d}" for n in range(rivals)))
    papers = (Paper(5, 1, "bill", "kept", "x", f, "application/pdf", 1, 1, NOW),)
    return Sheet(case, papers, (), blocked, NOW)


@given(
    st.sampled_from(sorted(PHASES)),
    st.lists(WORDS, min_size=6, max_size=6),
    st.sampled_from(["here", "later", "asked", "missing"]),
    st.booleans(),
    st.integers(0, 50),
    st.sampled_from([0, 1, 2, 10, 11, 200]),
)
def test_any_words_make_a_card_that_slack_takes_and_that_says_nothing_of_its_own(
    phase: str, words: list[str], pin: str, blocked: bool, rivals: int, many: int
) -> None:
    sheet = sheet_of(phase, words, pin=pin, blocked=blocked, rivals=rivals, many=many)
    if blocked:
        held = replace(sheet.case.request, assignee="U0STAFF1", hold=words[0] * 3, snoozed_until=LATER)
        given = {**sheet.case.answers, **answered({"held_by": ("U0STAFF2",)})}
        sheet = replace(sheet, case=replace(sheet.case, request=held, answers=given))
    message = card(sheet, Policy())
    blocks = [block.to_dict() for block in message.blocks]
    check_blocks(blocks)
    assert message.text
    assert not FORBIDDEN.search(message.text)
    texts = [
        str(field["text"]) for block in blocks for field in (block.get("fields") or [block.get("text") or {"text": ""}])
    ]
    assert not [t for t in texts if FORBIDDEN.search(OUR_OWN.sub("", t))]
    assert sum(len(t) for t in texts) < 10_000
    assert not any("What `/port` can do" in t for t in texts)


@given(WORDS, WORDS, WORDS)
def test_any_words_make_a_line_of_a_list(carrier: str, title: str, name: str) -> None:
    row = Line("P-7KQ2M", "rejected", "+16284218832", carrier, NOW, None, title, 3, name=name, is_urgent=True)
    text = line(row, NOW)
    assert not FORBIDDEN.search(text)
    assert "Rejected" in text


@given(st.one_of(WORDS, st.text("&<>x;", min_size=1500, max_size=2000)))
def test_any_words_of_a_customer_make_a_post_with_a_reply_button(words: str) -> None:
    buttons = ((Choice("reply", "staff.button.reply"),),)
    message = thread_post(Owed(1, "post", "card:1", "1", "thread.wrote", "x", {"text": words}, buttons), "P-7KQ2M")
    blocks = [block.to_dict() for block in message.blocks]
    check_blocks(blocks)
    assert not FORBIDDEN.search(message.text)
    *sections, actions = blocks
    assert "".join(section["text"]["text"] for section in sections) == message.text
    assert all(not re.search("&[a-z]{0,3}$", section["text"]["text"]) for section in sections)
    [button] = actions["elements"]
    assert (button["action_id"], button["value"], button["text"]["text"]) == ("verb.reply", "P-7KQ2M", "Reply")


TALK = ("reply", "takeover")
AMONG_US = ("take", "assign", "note", "hold", "snooze")
PLAIN = ["Verizon", "Maria", "Jones", "742 Market St", "San Francisco", "bill.pdf"]


def texts_of(sheet: Sheet) -> str:
    return repr([block.to_dict() for block in card(sheet, Policy()).blocks])


def with_answers(sheet: Sheet, **values: tuple[str, ...] | None) -> Sheet:
    """Return a sheet with other answers; None: without one."""
    given = {question: value for question, value in values.items() if value is not None}
    kept = {question: answer for question, answer in sheet.case.answers.items() if question not in values}
    return replace(sheet, case=replace(sheet.case, answers={**kept, **answered(given)}))


def test_a_card_offers_what_the_table_allows_and_a_reply() -> None:
    assert offered(sheet_of("staff_review", PLAIN), Policy()) == (
        "ask", "submit", "cancel", "end", *TALK, *AMONG_US, "edit",
    )  # fmt: skip
    over = offered(sheet_of("ported", PLAIN), Policy())
    assert {"end", "snapback", "reply", "note"} <= set(over)
    assert set(over).isdisjoint({"submit", "advance", "date", "complete", "cancel", "takeover", "hold"})


def test_a_card_offers_to_take_back_only_while_that_can_be_done() -> None:
    """Findings 3.15: it stood on the card after an undo was refused, and after the customer was told."""
    sheet = sheet_of("submitted", PLAIN)
    version = sheet.case.request.version
    done = Action(7, 1, "U0STAFF1", "submit", NOW, version, sheet.case.numbers, sheet.case.orders, (), None)
    assert offered(replace(sheet, action=done), Policy())[-1] == "undo"
    assert "undo" not in offered(sheet, Policy())
    assert "undo" not in offered(replace(sheet, action=done, read_at=NOW + Policy().undo), Policy())
    assert "undo" not in offered(replace(sheet, action=replace(done, version=version - 1)), Policy())
    assert "undo" not in offered(replace(sheet, action=replace(done, undone=True)), Policy())


def test_the_card_of_a_draft_offers_no_step_but_its_end() -> None:
    draft = sheet_of("intake", PLAIN)
    assert offered(draft, Policy()) == ("cancel", *TALK, *AMONG_US)
    bare = replace(draft, case=replace(draft.case, numbers=(), orders=(), answers={}))
    assert offered(bare, Policy()) == (*TALK, *AMONG_US)
    check_blocks([block.to_dict() for block in card(bare, Policy()).blocks])


def test_nobody_is_offered_to_write_to_who_has_blocked_the_bot() -> None:
    assert "reply" not in offered(sheet_of("staff_review", PLAIN, blocked=True), Policy())
    check_blocks([block.to_dict() for block in card(sheet_of("ported", PLAIN, blocked=True), Policy()).blocks])


def test_numbers_in_different_phases_are_offered_what_fits_them_all() -> None:
    sheet = sheet_of("submitted", PLAIN)
    mixed = (*numbers_of(1, "submitted"), replace(numbers_of(2, "scheduled")[1]))
    shown = offered(replace(sheet, case=replace(sheet.case, numbers=mixed)), Policy())
    assert shown[:3] == ("advance", "reject", "cancel")
    assert "split" in shown


def test_a_button_names_the_phase_that_all_numbers_go_to() -> None:
    assert "'value': 'P-7KQ2M carrier_review" in texts_of(sheet_of("submitted", PLAIN, many=3))
    mixed = (*numbers_of(1, "submitted"), replace(numbers_of(2, "scheduled")[1]))
    sheet = sheet_of("submitted", PLAIN)
    assert "P-7KQ2M carrier_review" not in texts_of(replace(sheet, case=replace(sheet.case, numbers=mixed)))


def test_a_card_is_headed_by_reference_friendly_name_and_numbers() -> None:
    sheet = sheet_of("staff_review", PLAIN, many=3)
    titled = replace(sheet.case.request, title="Main office line")
    message = card(replace(sheet, case=replace(sheet.case, request=titled)), Policy())
    assert message.blocks[0].to_dict()["text"]["text"] == "P-7KQ2M · Main office line · (628) 421-8832 +2"


def test_a_card_shows_each_of_several_numbers_with_its_phase_and_at_most_ten() -> None:
    together = texts_of(sheet_of("staff_review", PLAIN, many=3))
    assert "(628) 421-8832, (628) 421-8833, (628) 421-8834" in together
    assert together.count("Desk review") == 1
    sheet = sheet_of("submitted", PLAIN, many=22)
    apart = tuple(replace(n, phase="rejected" if i % 2 else "scheduled") for i, n in enumerate(sheet.case.numbers))
    shown = texts_of(replace(sheet, case=replace(sheet.case, numbers=apart)))
    assert "●●●●●●○○  (628) 421-8834: Date set" in shown
    assert "●●✕○○○○○  (628) 421-8835: Rejected" in shown
    assert len(re.findall(r"\d: Date set", shown)) == len(re.findall(r"\d: Rejected", shown)) == 5
    assert "and 12 more: Date set 6, Rejected 6" in shown


@pytest.mark.parametrize(
    ("phase", "shown"),
    [
        ("intake", "○○○○○○○○  *Intake*"),
        ("awaiting_documents", "●○○○○○○○"),
        ("staff_review", "●●○○○○○○  *Desk review*"),
        ("carrier_review", "●●●●○○○○"),
        ("rejected", "●●✕○○○○○"),
        ("ported", "●●●●●●●●  *Moved*"),
        ("cancelled", "✕✕✕  *Cancelled*"),
    ],
)
def test_a_bar_tells_how_far_a_request_is(phase: str, shown: str) -> None:
    assert shown in texts_of(sheet_of(phase, PLAIN))


def test_the_bar_of_a_customer_who_wants_to_cancel_stays_where_the_request_was() -> None:
    sheet = sheet_of("cancel_requested", PLAIN)
    number = replace(sheet.case.numbers[0], came_from="pending_date")
    assert "●●●●●○○○  *Customer wants" in texts_of(replace(sheet, case=replace(sheet.case, numbers=(number,))))


def test_a_card_tells_what_the_customer_said_and_nothing_that_they_did_not() -> None:
    shown = texts_of(sheet_of("staff_review", PLAIN))
    for label in ("Who may make changes", "Billing address", "Stays on the account", "Tracking", "Second contact"):
        assert label in shown
    plain = with_answers(
        sheet_of("staff_review", PLAIN), contact=None, billing=("same",), stays=("nothing",), source=None, label=None,
        company=None, second=("none",), email=("none",),
    )  # fmt: skip
    shown = texts_of(plain)
    for label in ("Who may make changes", "Billing address", "Tracking", "Second contact"):
        assert label not in shown
    assert "*Stays on the account*\\nnothing" in shown
    assert "*E-mail copies*\\nno" in shown


def test_a_card_says_whether_texts_are_needed_and_where_nobody_was_asked_that_too() -> None:
    asked = with_answers(sheet_of("staff_review", PLAIN), texting=("yes",))
    assert "*Texting needed*\\nyes'" in texts_of(asked)
    assert "Texting" not in texts_of(sheet_of("staff_review", PLAIN))
    for value, told in (("yes", "yes, as usual for such a line (not asked)"), ("no", "no, as usual for such")):
        answer = replace(asked.case.answers["texting"], value=(value,), source="inferred")
        case = replace(asked.case, answers={**asked.case.answers, "texting": answer})
        assert f"*Texting needed*\\n{told}" in texts_of(replace(asked, case=case))


@pytest.mark.parametrize(
    ("way", "row"),
    [
        (WIRELESS, "*Texting needed*\\nyes, as usual"),
        (VOIP, "*Texting needed*\\nyes, as usual"),
        (VOIP, "*Company behind it*\\nBandwidth"),
        (GOOGLE_VOICE, "*Texting needed*\\nyes, as usual"),
        (GOOGLE_VOICE, "*Unlocked*\\nyes, the customer says so"),
        ({**FAX, "stays": "an alarm line", "new_btn": "415-421-8840"}, "*Main number of what stays*\\n(415) 421-8840"),
    ],
)
def test_what_a_class_is_asked_stands_on_its_card(way: Answers, row: str) -> None:
    talk = begun(way)
    assert row in texts_of(Sheet(talk.case(), (), (), False, NOW))


def test_of_a_toll_free_number_nothing_is_said_of_texts_for_nobody_asked() -> None:
    talk = begun(TOLL_FREE, "review")
    assert "Texts:" not in talk.screen[-1].text
    assert "texting" not in values(talk)
    fill(talk, TOLL_FREE)
    shown = texts_of(Sheet(talk.case(), (), (), False, NOW))
    assert "Texting" not in shown
    assert "Unlocked" not in shown


def test_a_home_or_office_line_has_no_pin() -> None:
    sheet = with_answers(sheet_of("staff_review", PLAIN, pin="missing"), carrier=("xfinity_home", "Xfinity"))
    assert sheet.case.order is not None
    order = replace(sheet.case.order, number_class="landline")
    shown = texts_of(replace(sheet, case=replace(sheet.case, orders=(order,))))
    assert "Home or office line" in shown
    assert "Transfer PIN*" not in shown


def test_a_card_tells_who_has_to_sign_and_who_has() -> None:
    assert "signed by Verizon on 2026-11-23; carriers take it until 2026-12-23" in texts_of(
        sheet_of("staff_review", PLAIN)
    )
    awaited = with_answers(
        sheet_of("awaiting_documents", PLAIN), authority=("someone_else",), signer=("Maria", "m@x.com"), signature=None
    )
    assert "to be signed by Maria (m@x.com)" in texts_of(awaited)
    assert "whoever signs the letter" in texts_of(awaited)
    assert "Missing from whoever signs: Letter" in texts_of(awaited)
    assert offered(awaited, Policy())[:5] == ("ask", "cancel", "end", "letter", "reply")
    assert "not signed yet" in texts_of(with_answers(sheet_of("intake", PLAIN), signature=None))


def test_a_card_warns_of_what_the_customer_let_fall() -> None:
    shown = texts_of(with_answers(sheet_of("staff_review", PLAIN), flags=("already_cancelled", "odd", "odder")))
    assert "has cancelled the old service" in shown
    assert shown.count("read the thread") == 1


def test_a_list_tells_how_many_numbers_there_are() -> None:
    row = Line("P-7KQ2M", "rejected", "+16284218832", "verizon", NOW, None, many=3)
    assert "(628) 421-8832 +2" in line(row, NOW)
    assert "+0" not in line(replace(row, many=1), NOW)
    assert "(628) 421-8832 +2,398" in line(replace(row, many=2399), NOW)


def test_a_line_names_the_account_beside_the_friendly_name_cut_and_escaped() -> None:
    row = Line("P-7KQ2M", "rejected", "+16284218832", "verizon", NOW, None, "Front desk", name="Maria <@U1> Jones")
    assert " · Front desk · Maria &lt;@U1&gt; Jones · (628) 421-8832" in line(row, NOW)
    assert f" · Front desk · {'M' * 39}… · " in line(replace(row, name="M" * 90), NOW)
    assert line(replace(row, title="Acme, Inc.", name="ACME Inc"), NOW).lower().count("acme") == 1
    assert "• *P-7KQ2M* · Acme · (628)" in line(replace(row, title=None, name="Acme"), NOW)


def test_a_line_of_an_urgent_request_says_so_first() -> None:
    row = Line("P-7KQ2M", "intake", None, None, NOW, None, name="Maria Jones", is_urgent=True)
    assert line(row, NOW).startswith("• *P-7KQ2M* :rotating_light: *urgent* · Maria Jones · —")
    assert "urgent" not in line(replace(row, is_urgent=False), NOW)


def test_a_card_says_whom_it_waits_for() -> None:
    assert "the losing carrier" in texts_of(sheet_of("submitted", PLAIN))
    assert "the customer" in texts_of(sheet_of("rejected", PLAIN, pin="asked"))
    assert "Missing from the customer: Transfer PIN" in texts_of(sheet_of("rejected", PLAIN, pin="asked"))
    assert "Missing from the losing carrier: its answer" in texts_of(sheet_of("submitted", PLAIN))


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
    for verb in ("date", "reject", "ask", "reply", "assign", "note", "hold", "snooze", "edit"):
        view = modal(verb, "P-7KQ2M").to_dict()
        check_view(view, ("modal",))
        assert view["private_metadata"] == "P-7KQ2M"


def test_what_is_entered_reads_as_if_typed() -> None:
    assert argument_of("date", {"day": ("2026-11-25",)}) == "2026-11-25"
    code = next(iter(REJECTIONS))
    assert argument_of("reject", {"reason": (code,), "words": ("8C: no",)}) == f"{code}: 8C: no"
    assert argument_of("assign", {}) == "nobody"
    assert argument_of("assign", {"person": ("U0STAFF2",)}) == "U0STAFF2"
    assert argument_of("snooze", {"day": ("2026-11-25",)}) == "2026-11-25"
    assert argument_of("hold", {}) == ""
    assert argument_of("note", {"words": ("Called.",)}) == "Called."
    assert argument_of("edit", {"answer": ("name",), "value": ("Maria Jones",)}) == "name: Maria Jones"
    assert argument_of("reply", {"words": ("Thank you.\nWe have it.",)}) == "Thank you.\nWe have it."
    assert argument_of("ask", {"answers": ("name", "pin")}) == "name,pin: "
