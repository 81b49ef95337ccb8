"""A bad day: an office with three numbers, where much goes wrong and all ends well."""

from sandbox.page.stories.acts import (
    All,
    Click,
    Command,
    FillIn,
    Morning,
    Nothing,
    Press,
    Say,
    SendBill,
    SendOther,
    Trouble,
    TroubleOver,
)
from sandbox.page.stories.desk import MINUTE, NIGHT, accepted_by, compared_with, dated, moved, sent_to
from sandbox.page.stories.script import AT_ONCE, Rule, Scene, Sight, Story, on_card, then, told

WRONG_ACCOUNT, ACCOUNT = "8155100123456780", "8155100123456789"
ACCOUNT_ASKED = told("what is your account number")

NUMBERS = Scene(
    (
        Rule(AT_ONCE, "Luis is suspicious, and does not say hello.", Say("is this a scam? who are you")),
        Rule(told("voice messages"), "So he types them, and one is too short.", Say("{office}, {office2}, 213-488-31")),
        Rule(told("left out"), "Luis goes a step back.", Say("/back")),
        Rule(told("which number would you like"), "Luis would rather speak than type.", SendOther("voice")),
        Rule(told("which number would you like"), "Now all three are right.", Say("{office}, {office2}, {office3}")),
        Rule(told("which of these do you mean"), "It is the one for companies.", Press("comcast business")),
        Rule(told("which company are they with"), "Luis names only the brand.", Say("Comcast")),
        Rule(told("which company is"), "Luis names only the brand.", Say("Comcast")),
        Rule(told(r"on one .* bill"), "All three are on one bill.", Press("^yes")),
        Rule(told("that is urgent|open order"), "Luis has called them: that order is gone.", Press("in order now")),
        Rule(told("is all of this true today"), "Luis says that another order is open.", Press("another order")),
    ),
    until=told(r"send me your latest .* bill"),
)

ACCOUNT_SIDE = Scene(
    (
        Rule(told("no paper is needed"), "He finds it online after all, and sends it.", SendBill()),
        Rule(told(r"send me your latest .* bill"), "Luis has no bill on paper.", Say("we are paperless")),
        Rule(told("otherwise somebody else has to sign"), "It is his own company.", Press("^mine")),
        Rule(told("whose account is it"), "Luis is not sure whose account it is.", Press("not sure")),
        Rule(
            told("that is a po box"),
            "So he gives the street.",
            Say("845 South Figueroa Street, Suite 200, Los Angeles, CA 90017"),
        ),
        Rule(
            told(r"copy the name at the top"),
            "Luis gives the company, himself and a PO box.",
            Say("Blue Door Bakery LLC\nLuis Moreno\nPO Box 1188, Los Angeles, CA 90012"),
        ),
        Rule(told("who at .* may make changes"), "Luis may make changes himself.", Say("Luis Moreno")),
        Rule(told("what stays on the account|does anything stay"), "The alarm stays.", Say("the alarm and internet")),
        Rule(told("which number becomes the main one"), "The alarm has none of its own.", Press("^nothing that stays")),
        Rule(told("do people send texts"), "Nobody texts an office line here.", Press("^no")),
        Rule(told("is the number that moves"), "He means his mobile, of course.", Say("{rings2}")),
        Rule(told(r"where should calls to .* ring"), "Luis names a number that is moving.", Say("{office2}")),
    ),
    until=ACCOUNT_ASKED,
)

OUTAGE = then(
    Rule(ACCOUNT_ASKED, "Luis presses a button from far above.", Press("^comcast business", old=True)),
    Rule(told("belongs to an earlier question"), "Nothing is changed by that.", Nothing()),
    Rule(
        AT_ONCE,
        "Telegram breaks down just as Luis sends the account number.",
        All((Trouble("telegram_down"), Say(WRONG_ACCOUNT))),
    ),
    Rule(AT_ONCE, "Nothing comes: the desk tries again and again.", Nothing()),
    Rule(AT_ONCE, "Luis waits.", Nothing()),
    Rule(AT_ONCE, "Telegram is back, and nothing was lost.", TroubleOver("telegram_down")),
)

SIGNING = Scene(
    (
        Rule(told(r"\[all correct"), "Luis has looked it over, and agrees.", Press("^all correct")),
        Rule(told("not quite the name"), "He signs with his whole name.", Say("Luis Moreno")),
        Rule(told("to sign, type your full name"), "Luis signs with his first name only.", Say("Luis")),
    ),
    until=told("is with our desk"),
)

REFUSED = then(
    *sent_to("Comcast"),
    Rule(
        told("we have sent your request"), "Luis reads it, and asks how long it takes.", Say("how long will it take??")
    ),
    Rule(Sight("thread", "how long"), "The desk answers him.", Command("reply {ref} Two to three weeks, Luis.")),
    Rule(told("two to three weeks"), "Luis has his answer.", Nothing()),
    NIGHT,
    Rule(on_card(r"\[mark rejected\]"), "Comcast refuses: Maya opens the form for it.", Click("^mark rejected")),
    Rule(
        Sight("form", "reason|why"),
        "Maya picks the reason, and copies what Comcast wrote.",
        FillIn({"reason|why": "account number", "wrote|words|carrier": "7A: account number invalid"}),
    ),
    MINUTE,
    Rule(told("account number does not match"), "Luis finds his typing error.", Say(ACCOUNT)),
    Rule(told("send your request .* again"), "The desk hears of it.", Nothing()),
    *sent_to("Comcast", "P2411902"),
    Rule(told("we have sent your request"), "This time all matches.", Nothing()),
)

MOVED = then(
    *compared_with("Comcast", "Luis"),
    *accepted_by("Comcast", "Luis"),
    *dated("Comcast has named a day: Maya opens the form for it.", "Maya enters the day.", "{day2}"),
    Rule(told("date set for"), "Luis reads the date.", Nothing()),
    Rule(AT_ONCE, "The next morning Comcast calls: it will be later.", Morning()),
    *dated("Maya opens the form again.", "Maya enters the later day.", "{day4}"),
    Rule(told("date set for"), "Luis wants to know where things stand.", Say("/status")),
    Rule(told("your request p-"), "He sees it all in one message.", Nothing()),
    *moved(4, "All three numbers have", "Luis reads that his numbers have moved. All is well."),
)

BAD_DAY = Story(
    "bad_day",
    "Play a bad day",
    "Luis",
    (NUMBERS, ACCOUNT_SIDE, *OUTAGE, SIGNING, *REFUSED, *MOVED),
    (
        "COMCAST BUSINESS - monthly statement (a sample)",
        "Statement date: {today}",
        "Blue Door Bakery LLC",
        "845 South Figueroa Street, Suite 200, Los Angeles, CA 90017",
        f"Account number: {ACCOUNT}",
        "Lines on this account: {office} {office2} {office3}",
        "Amount due: $164.70",
    ),
)
