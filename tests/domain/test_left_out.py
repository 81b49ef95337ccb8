"""What of a typed list is no number that moves: told with why, and put right by sending just the right one."""

from tests.domain.talk import Talk

LIST = "415-421-8832, 415-421-883, +44 20 7946 0958, 415-421-8832, 911, 415-421-8834"


def begun(text: str) -> Talk:
    talk = Talk()
    talk.command("start")
    talk.say(text)
    return talk


def test_each_is_told_with_why_and_what_was_given_twice_is_mentioned() -> None:
    text = begun(LIST).texts()[-1]
    assert "• 415-421-883: digits are missing" in text
    assert "• +44 20 7946 0958: a number of the United Kingdom" in text
    assert "• 911: a special number" in text
    assert "Given twice, and moved once: (415) 421-8832" in text
    assert "Which company are they with today?" in text


def test_more_than_five_are_counted() -> None:
    bad = ", ".join(f"415-421-88{n}" for n in range(7))
    assert "and 2 more" in begun(f"415-421-8832, {bad}").texts()[-1]


def test_the_right_one_alone_is_added_at_the_next_question() -> None:
    talk = begun("415-421-8832, 415-421-883")
    assert "I have added (415) 421-8833." in talk.say("415-421-8833")[-1].text
    assert talk.case().answers["numbers"].value == ("+14154218832", "+14154218833")
    shown = talk.say("415-421-8834")  # nothing was left out by now: it is asked about like any other number
    assert "Shall I move (415) 421-8834 as well?" in shown[-1].text


def test_one_that_is_wrong_again_is_told_with_why_again() -> None:
    talk = begun("415-421-8832, 415-421-883")
    shown = talk.say("415-421-88")
    assert "• 415-421-88: digits are missing" in shown[-1].text
    assert "Which company is (415) 421-8832 with today?" in shown[-1].text


def test_first_words_tell_what_they_left_out_too() -> None:
    talk = Talk()
    shown = talk.say("Please move 415-421-8832 and 415-421-883 from Verizon Wireless")
    assert "• 415-421-883: digits are missing" in shown[-1].text
    assert talk.case().answers["carrier"].value == ("verizon", "Verizon Wireless")


def test_a_number_of_another_country_among_others_goes_to_the_desk_with_what_was_gathered() -> None:
    talk = begun(LIST)
    shown = talk.press("desk.442079460958")
    assert "I have told our desk" in shown[-1].text
    assert "Which company are they with today?" in shown[-1].text
    assert talk.case().answers["elsewhere"].value == ("+442079460958",)
    assert talk.case().answers["numbers"].value == ("+14154218832", "+14154218834")
    assert any("asks for a person" in post for post in talk.posts)
