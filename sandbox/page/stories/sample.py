"""A sample customer: one mobile number, from hello to moved, with nothing in the way."""

from sandbox.page.stories.acts import Nothing, Press, Say, SendBill
from sandbox.page.stories.desk import accepted_by, dated, moved, sent_to
from sandbox.page.stories.script import AT_ONCE, Rule, Scene, Story, then, told

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
    *sent_to("Verizon"),
    Rule(told("we have sent your request"), "Ana reads that her request is on its way.", Nothing()),
    *accepted_by("Verizon", "Ana"),
    *dated("Verizon has named a day: Maya opens the form for it.", "Maya enters the day.", "{day2}"),
    Rule(told("date set for"), "Ana reads the date, and what it promises and what not.", Nothing()),
    *moved(2, "The number has", "Ana reads that her number has moved."),
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
