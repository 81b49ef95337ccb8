"""Numbers of one request that went different ways: what comes after, for those that moved and those that did not."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.desk.closing import PLANNED, kept_until, lacking
from domain.desk.quoting import QUOTE, TOLD
from domain.desk.texting import may_be_noted, state_of
from domain.desk.urgent import STOP
from domain.desk.way_back import BACK, LATE, SNAPBACK, standing
from domain.intake.about import show_numbers
from domain.intake.texts import notes_of
from domain.intake.trial import TRIALS, failing, failing_at, still_to_verify, verdicts
from domain.papers.authorization import stated_facts
from domain.promises.notices import SILENT
from domain.values import replace
from tests.domain.talk import POLICY, Shown, Talk
from tests.domain.test_after_the_move import VOICE, keys, posted, two
from tests.domain.test_cancelling import press_quote
from tests.domain.test_closing import OVER, told, until
from tests.domain.test_orders import FIRST, SECOND, THIRD, at_desk, phases

A, B = "+14154218832", "+14154218833"


def do(talk: Talk, *steps: tuple[str, str]) -> list[Shown]:
    """Do verbs of staff's, each told to the customer before the next one; return all that is shown."""
    shown: list[Shown] = []
    for verb, said in steps:
        done = talk.staff(verb, said)
        assert not done.error, done
        shown += talk.forward(seconds=61)
    return shown


def apart() -> Talk:
    """Return three numbers at their carrier, each under an order of its own."""
    talk = at_desk()
    do(talk, ("split", f"{SECOND}: late"), ("split", f"{THIRD}: late"))
    do(talk, ("submit", "#1 VZ-1"), ("submit", "#2 VZ-2"), ("submit", "#3 VZ-3"))
    assert phases(talk) == ["submitted"] * 3
    return talk


def one_moved(clock: str = "10:30") -> Talk:
    """Return three numbers of which the first has moved, on its day, and works; the others are at the carrier."""
    talk = apart()
    do(talk, ("advance", "#1"), ("advance", "#1"), ("date", "#1 2026-12-01"))
    until(talk, "2026-12-01", clock)
    do(talk, ("complete", "#1"))
    assert phases(talk) == ["ported", "submitted", "submitted"]
    return talk


def works(talk: Talk) -> None:
    """Let the customer find that everything works that is asked for."""
    for _ in VOICE:
        talk.press("yes")


# the end of the old service


@pytest.mark.parametrize("how", ["cancel", "end"])
def test_the_old_service_may_end_once_the_last_number_has_ended_without_a_move(how: str) -> None:
    talk = one_moved()
    works(talk)
    do(talk, ("texting", "not wanted"))
    assert told(until(talk, "2026-12-15", "12:00")) == []
    if how == "cancel":
        do(talk, ("cancel", f"{SECOND} stopped"), ("cancel", f"{THIRD} stopped"))
    else:
        do(talk, ("end", f"{SECOND} failed"), ("end", f"{THIRD} failed"))
    assert len(told(talk.forward(days=1, hours=1))) == 1
    assert phases(talk)[0] == "closed"
    assert OVER not in keys(talk.forward(days=30))


def test_the_old_service_may_end_though_the_customer_called_the_last_numbers_off_long_after_the_days() -> None:
    talk = at_desk()
    do(talk, ("split", f"{FIRST}: first"), ("submit", f"{FIRST} VZ-1"))
    do(talk, ("advance", FIRST), ("advance", FIRST), ("date", f"{FIRST} 2026-12-01"))
    until(talk, "2026-12-01", "10:30")
    do(talk, ("complete", FIRST))
    works(talk)
    do(talk, ("texting", "not wanted"))
    until(talk, "2026-12-15", "12:00")
    wanted_back(talk, SECOND)
    talk.command("cancel")
    talk.press("cancel.yes")
    assert phases(talk) == ["ported", "cancelled", "cancelled"]
    assert len(told(talk.forward(days=1, hours=1))) == 1
    assert talk.request.status == "partial"


def test_the_days_of_a_number_that_was_called_off_count_no_more() -> None:
    talk = two()
    do(talk, ("date", f"{B[2:]} 2026-12-18"))
    until(talk, "2026-12-01", "10:30")
    do(talk, ("complete", A[2:]))
    assert kept_until(talk.case(), POLICY) == date(2026, 12, 28)
    do(talk, ("cancel", f"{B[2:]} stopped"))
    assert kept_until(talk.case(), POLICY) == date(2026, 12, 11)


def test_the_day_that_was_set_counts_though_the_numbers_came_early() -> None:
    talk = two()
    until(talk, "2026-11-30", "10:30")
    do(talk, ("complete", ""))
    assert kept_until(talk.case(), POLICY) == date(2026, 12, 11)


def test_the_day_before_a_completion_that_was_taken_back_counts_no_more() -> None:
    talk = two()
    until(talk, "2026-11-30", "08:00")
    assert not talk.staff("complete", "").error
    assert not talk.staff("undo").error
    assert PLANNED not in talk.case().answers
    do(talk, ("date", "2026-11-30"), ("complete", ""))
    assert kept_until(talk.case(), POLICY) == date(2026, 12, 10)


# texting


def test_texting_of_a_moved_number_is_noted_wherever_the_others_are() -> None:
    talk = one_moved()
    assert may_be_noted(talk.case())
    do(talk, ("texting", "filed"), ("texting", "working"))
    assert state_of(talk.case()) == "working"


def test_texting_is_not_noted_while_none_has_a_day() -> None:
    talk = apart()
    assert not may_be_noted(talk.case())
    assert talk.staff("texting", "filed").key == "texting.too_early"


def test_texting_that_works_for_one_number_is_a_task_again_for_the_next() -> None:
    talk = two()
    until(talk, "2026-12-01", "10:30")
    do(talk, ("complete", A[2:]), ("texting", "working"))
    before = len(talk.owed)
    do(talk, ("complete", B[2:]))
    assert state_of(talk.case()) == "pending"
    assert "thread.texting_pending" in posted(talk, before)
    assert "texting" in lacking(talk.case())


# prices, and wishes to stop


def wanted_back(talk: Talk, *numbers: str) -> None:
    """Let the customer ask to cancel numbers that are at the carrier."""
    for each in numbers:
        talk.command("cancel")
        digits = each.replace("-", "")
        talk.press(f"cancel.of.{digits}")
        talk.press(f"cancel.yes.{digits}")


@pytest.mark.parametrize(("typed", "stands"), [("no", "submitted"), ("yes", "cancel_requested")])
def test_a_word_after_a_price_is_about_the_price_and_not_about_what_is_tried(typed: str, stands: str) -> None:
    talk = one_moved()
    wanted_back(talk, SECOND)
    talk.forward(days=1)
    assert talk.chat.asked == "trial_in"
    shown = do(talk, ("cancel", f"{SECOND} fee 25"))
    assert keys(shown) == ["quote.fee"]
    talk.say(typed)
    assert phases(talk)[1] == stands
    assert failing(talk.case()) == ()
    assert verdicts(talk.case(), "trial_in") == {}


def test_a_price_refused_for_one_number_leaves_the_wish_for_a_dated_one() -> None:
    talk = apart()
    do(talk, ("advance", "#1"), ("advance", "#1"), ("date", "#1 2026-12-01"))
    wanted_back(talk, FIRST, SECOND)
    assert STOP in talk.case().answers["flags"].value
    do(talk, ("cancel", f"{SECOND} fee 25"))
    press_quote(talk, "no")
    assert phases(talk)[:2] == ["scheduled", "submitted"]
    assert STOP in talk.case().answers["flags"].value


def test_a_price_for_two_is_still_open_for_the_other_once_one_was_stopped() -> None:
    talk = apart()
    wanted_back(talk, FIRST, SECOND)
    do(talk, ("cancel", f"{FIRST} {SECOND} fee 25"), ("cancel", f"{FIRST} stopped"))
    assert talk.case().answers[QUOTE].value[0] == TOLD
    again = next(each for each in talk.forward(days=1) if each.owed.key == "quote.again+quote.fee")
    assert "8832" not in again.text
    press_quote(talk, "no")
    assert phases(talk)[:2] == ["cancelled", "submitted"]


def test_a_carrier_is_watched_again_from_a_refused_price_on() -> None:
    talk = apart()
    wanted_back(talk, SECOND)
    do(talk, ("cancel", f"{SECOND} fee 25"))
    talk.dues = {key: due for key, due in talk.dues.items() if due.rule != SILENT}
    press_quote(talk, "no")
    assert any(due.rule == SILENT for due in talk.dues.values())


# the day itself, the way back, what is tried, the letter


def test_completing_one_number_of_a_day_does_not_settle_what_is_due_for_the_other() -> None:
    talk = two()
    end = talk.number.window_end
    assert end is not None
    talk.forward(seconds=(end - timedelta(seconds=30) - talk.now).total_seconds())
    before = len(talk.owed)
    assert not talk.staff("complete", A[2:]).error
    talk.forward(seconds=61)
    assert "thread.window_over" in posted(talk, before)


def test_only_the_number_that_is_named_has_gone_back() -> None:
    talk = two()
    until(talk, "2026-12-01", "10:30")
    do(talk, ("complete", ""), ("snapback", ": both by mistake"), ("snapback", f"{A[2:]} done"))
    assert phases(talk) == ["returned", "ported"]
    assert talk.staff("snapback", f"{A[2:]} done").error
    assert talk.case().answers[SNAPBACK].value[1:] == (B,)
    talk.forward(days=2)
    assert standing(talk.case()) == LATE
    do(talk, ("snapback", "done"))
    assert (phases(talk), standing(talk.case())) == (["returned"] * 2, BACK)


def test_what_failed_of_a_number_that_went_back_is_not_said_of_the_other() -> None:
    talk = two()
    until(talk, "2026-12-01", "10:30")
    do(talk, ("complete", A[2:]))
    talk.press("no")
    do(talk, ("snapback", f"{A[2:]}"), ("snapback", "done"), ("complete", B[2:]))
    assert talk.chat.asked == "trial_in"
    before = len(talk.owed)
    talk.press("yes")
    assert "thread.trial_failed" not in posted(talk, before)


def test_a_letter_that_is_signed_anew_does_not_name_a_number_that_was_called_off() -> None:
    talk = at_desk()
    do(talk, ("cancel", FIRST), ("edit", "name: Mary Alvarez"))
    letters = [each.text for each in talk.screen if "letter.text" in each.owed.key.split("+")]
    assert "421-8832" in letters[0]
    assert len(letters) == 2
    assert "421-8832" not in letters[1]
    assert "421-8833" in letters[1]
    assert stated_facts(talk.case())["numbers"] == "+14154218833, +14154218834"


# staff name the numbers that they have tried, or asked the texts of


def both_moved() -> Talk:
    """Return two numbers that have moved on their day."""
    talk = two()
    until(talk, "2026-12-01", "10:30")
    do(talk, ("complete", ""))
    return talk


def test_what_works_on_one_number_is_still_asked_of_the_other() -> None:
    talk = both_moved()
    told = talk.staff("works", "8832 all")
    assert told.key == "only.done+works.done"
    assert still_to_verify(talk.case(), "trial_in") == (B,)
    shown = talk.forward(hours=25)
    assert any("(415) 421-8833" in each.text and "(415) 421-8832" not in each.text for each in shown)
    assert talk.staff("works", "8832 calls in").key == "works.already"
    assert talk.staff("works", "1234 calls in").key == "only.no_number"


def test_texts_of_one_number_are_noted_and_told_apart_from_the_others() -> None:
    talk = both_moved()
    shown = do(talk, ("texting", "filed"), ("texting", "8832 working"))
    told = {each.owed.key.partition("+")[0]: each.text for each in shown if each.owed.key.startswith("texting")}
    assert "421-8833" in told["texting.told.filed"]
    assert "421-8833" not in told["texting.told.working"].partition("Do ")[0]
    assert "texting" in lacking(talk.case())
    for _ in VOICE:
        talk.press("yes")
    assert talk.chat.asked == "trial_texts"
    assert still_to_verify(talk.case(), "trial_texts") == (A,)
    talk.press("yes")
    [again] = do(talk, ("texting", "8833 working"))
    assert again.owed.key == "texting.told.working+ask.trial_texts"
    assert "421-8832" not in again.text
    talk.press("yes")
    assert lacking(talk.case()) == ()


def test_texts_that_take_too_long_on_one_number_are_named_with_it() -> None:
    talk = both_moved()
    do(talk, ("texting", "8832 working"), ("texting", "8833 filed"))
    talk.forward(hours=95)
    before = len(talk.owed)
    talk.forward(hours=2)
    [post] = [owed for owed in talk.owed[before:] if owed.key == "thread.texting_overdue"]
    assert post.params["number"] == "(415) 421-8833"


def test_a_note_of_an_earlier_release_is_read_as_one_of_all_numbers() -> None:
    talk = both_moved()
    kept = ("filed", "2026-12-02T10:00:00+00:00", "filed")
    answer = replace(talk.case().answers["trial"], question="texting_is", value=kept)
    talk.answers[talk.newest]["texting_is"] = answer
    assert state_of(talk.case()) == "filed"
    do(talk, ("texting", "8832 working"))
    assert {e164: note.state for e164, note in notes_of(talk.case()).items()} == {A: "working", B: "filed"}


def test_an_answer_is_asked_for_again_of_one_number_and_the_other_goes_on() -> None:
    talk = at_desk()
    do(talk, ("ask", f"{FIRST} name: the bill says Maria J."))
    assert phases(talk) == ["changes_requested", "staff_review", "staff_review"]
    assert talk.staff("ask", "7777 name").key == "only.no_number"


# told of single numbers in words


@pytest.mark.parametrize(
    ("words", "works", "fails"),
    [
        ("works on 8832 but not on 8833", (A,), (B,)),
        ("8832 works, 8833 doesn't", (A,), (B,)),
        ("It works on 415-421-8833, but not on 8832.", (B,), (A,)),
        ("works on all but 8833", (A,), (B,)),
        ("8832: ok, 8833: is dead", (A,), (B,)),
        ("8833 does not ring", (), (B,)),
        ("works on 8832 and 8833", (A, B), ()),
    ],
)
def test_what_works_on_one_number_and_not_on_the_other_is_taken_in_words(
    words: str, works: tuple[str, ...], fails: tuple[str, ...]
) -> None:
    talk = both_moved()
    before = len(talk.owed)
    talk.say(words)
    said = verdicts(talk.case(), "trial_in")
    assert tuple(number for number, verdict in said.items() if verdict == "yes") == works
    assert failing_at(talk.case(), "trial_in") == fails
    failed = [owed.params["number"] for owed in talk.owed[before:] if owed.key == "thread.trial_failed"]
    assert failed == [show_numbers(fails)] * bool(fails)


@pytest.mark.parametrize(
    "words",
    ["only 8832 works", "I called 8832 from my office", "8832 and 8833", "works on 8877 but not on 8833",
     "8832 works but 8832 does not", "can 8833 move back?"],
)  # fmt: skip
def test_words_that_are_not_sure_of_every_number_are_the_desks(words: str) -> None:
    talk = both_moved()
    talk.say(words)
    assert verdicts(talk.case(), "trial_in") == {}


def test_a_number_that_was_not_named_is_asked_for_again_later() -> None:
    talk = both_moved()
    talk.say("8833 does not ring")
    talk.press("yes")
    talk.press("yes")
    shown = talk.forward(hours=25)
    [again] = [each for each in shown if each.owed.key.startswith("trial.again")]
    assert "421-8832" in again.text


# whatever happens to two

of_two = st.one_of(
    st.tuples(st.just("press"), st.sampled_from(["yes", "no", "later"])),
    st.tuples(st.just("say"), st.sampled_from(["works on 8832 but not on 8833", "8833 works", "8832 does not ring"])),
    st.tuples(st.just("wait"), st.sampled_from(["30", "61", "90000", "300000", "900000"])),
    st.tuples(
        st.sampled_from(["texting"]),
        st.sampled_from(["filed", "8832 working", "8833 working", "8832 trouble", "8833 not wanted", "not wanted"]),
    ),
    st.tuples(st.just("works"), st.sampled_from(["8832 calls in", "8833 all", "all", "8832 texts"])),
    st.tuples(st.just("close"), st.sampled_from(["off", "8832 tried by us", "8833 tried by us", "tried by us"])),
)


def either(talk: Talk, what: str, said: str) -> None:
    """Do one of the deeds, of the customer, the clock or staff."""
    if what == "press" and talk.chat.asked in TRIALS:
        talk.press(said)
    elif what == "say":
        talk.say(said)
    elif what == "wait":
        talk.forward(seconds=int(said))
    elif what != "press":
        talk.staff(what, said)


@settings(max_examples=60, deadline=None)
@given(st.lists(of_two, max_size=16))
def test_no_old_service_ends_of_a_number_at_which_something_fails_and_each_ends_once(
    deeds: list[tuple[str, str]],
) -> None:
    talk = both_moved()
    ended: list[str] = []
    for what, said in deeds:
        before, failed = len(talk.screen), {e164 for q in TRIALS for e164 in failing_at(talk.case(), q)}
        either(talk, what, said)
        for shown in talk.screen[before:]:
            if shown.owed.key.startswith("closing.over"):
                told = [e164 for e164 in (A, B) if e164[-4:] in shown.owed.params["number"]]
                ended += told
                assert failed.isdisjoint(told) or what in ("press", "say")
    assert len(ended) == len(set(ended))
    assert {n.e164 for n in talk.case().numbers if n.phase == "closed"} == set(ended)
