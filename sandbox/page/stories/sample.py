"""A sample customer: one mobile number, from hello to moved, with nothing in the way."""

from sandbox.page.stories.acts import Click, FillIn, Forward, Morning, Nothing, Press, Say, SendBill
from sandbox.page.stories.script import AT_ONCE, Rule, Scene, Sight, Story, on_card, then, told

SOON = 90.0  # seconds after which a step of staff's can no longer be taken back, and the customer is told

HELLO = Rule(AT_ONCE, "Ana writes to the bot for the first time.", Say("Hello, I want to keep my number"))

ANSWERS = Scene(
    (
        Rule(
            told("which number would you like to move"),
            "Ana names her number and her carrier in one message.",
            Say("{wireless}, Verizon Wireless"),
        ),
        Rule(told("is all of this true today"), "Nothing is in the way of her number.", Press("all of that is true")),
        Rule(told(r"send me your latest .* bill"), "Ana sends her bill.", SendBill()),
        Rule(told("whose account is it"), "The account is her own.", Press("^mine")),
        Rule(
            told(r"copy the name and address|what is the address on your"),
            "Ana copies name and address from the bill.",
            Say("Ana Torres\n1201 Market Street, San Francisco, CA 94103"),
        ),
        Rule(told(r"where should calls to .* ring"), "Calls shall ring at her other phone.", Say("{rings}")),
        Rule(
            told("what is your account number"),
            "Ana gives account number and PIN; the bot takes them out of the chat.",
            Say("287041993-00001, PIN 482913"),
        ),
        Rule(told(r"\[all correct"), "Ana has looked it over, and agrees.", Press("^all correct")),
        Rule(told("to sign, type your full name"), "Ana signs with her name.", Say("Ana Torres")),
    ),
    until=told("is with our desk"),
)

PORT = then(
    Rule(on_card(r"\[mark submitted\]"), "Maya at the desk sends the order to Verizon.", Click("^mark submitted")),
    Rule(AT_ONCE, "A minute passes: until now Maya could have taken it back.", Forward(SOON)),
    Rule(told("we have sent your request"), "Ana reads that her request is on its way.", Nothing()),
    Rule(on_card(r"\*submitted\*.*\[next step\]"), "Verizon begins to look at it.", Click("^next step")),
    Rule(AT_ONCE, "Time goes on to the next morning.", Morning()),
    Rule(told("is reviewing your request"), "Ana reads that Verizon is reviewing it.", Nothing()),
    Rule(on_card(r"\*with the carrier\*.*\[next step\]"), "Verizon accepts it.", Click("^next step")),
    Rule(AT_ONCE, "A minute passes.", Forward(SOON)),
    Rule(told("has accepted your request"), "Ana reads that it is accepted.", Nothing()),
    Rule(on_card(r"\[set date\]"), "Verizon has named a day: Maya opens the form for it.", Click("^set date")),
    Rule(Sight("form", "day"), "Maya enters the day.", FillIn({"^day": "{day2}"})),
    Rule(AT_ONCE, "A minute passes.", Forward(SOON)),
    Rule(told("date set for"), "Ana reads the date, and what it promises and what not.", Nothing()),
    Rule(AT_ONCE, "Time goes on to the morning of the move.", Morning(2)),
    Rule(on_card(r"\[mark moved\]"), "The number has moved; Maya notes it.", Click("^mark moved")),
    Rule(AT_ONCE, "A minute passes.", Forward(SOON)),
    Rule(told(r"\bmoved\b.*test call"), "Ana reads that her number has moved.", Nothing()),
)

SAMPLE = Story(
    "sample",
    "Play a sample customer",
    "Ana",
    (Scene((HELLO,)), ANSWERS, *PORT),
    (
        "VERIZON WIRELESS - monthly statement (a sample)",
        "Statement date: {today}",
        "Ana Torres",
        "1201 Market Street, San Francisco, CA 94103",
        "Account number: 287041993-00001",
        "Lines on this account: {wireless}",
        "Amount due: $48.20",
    ),
)
