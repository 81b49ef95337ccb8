"""Ways through the whole intake: for each kind of customer the usual answer to every question, and how it is done."""

from domain.desk.asking import TRIED
from domain.values import replace
from tests.domain.talk import ANSWERS, BILL, Shown, Talk

Answers = dict[str, str]  # by question: `!code` presses a button, `@` sends the bill, all else is typed
PLACE = "120 Main Street, Suite 4, Springfield, IL 62701"
WIRELESS: Answers = {
    **ANSWERS,
    "bill": "@",
    "working": "!yes",
    "one_bill": "!yes",
    "authority": "!holder",
    "review": "!correct",
}
LANDLINE: Answers = {
    **WIRELESS,
    "numbers": "415-421-8832, 415-421-8833, 415-421-8834",
    "carrier": "Comcast Business",
    "name": "Blue Door Bakery LLC",
    "contact": "Tom Baker",
    "address": PLACE,
    "one_bill": "!main:+14154218832",
    "btn": "!main:+14154218832",
    "stays": "!nothing.yes",
    "account": "8155300120012345",
    "signature": "Tom Baker",
}
QUEBEC = "1250 Rue Guy, Suite 400, Montreal, QC H3H 2T4"
TOLL_FREE: Answers = {
    **LANDLINE,
    "numbers": "800-356-9377, 888-421-8832",
    "name": f"Blue Door Bakery LLC\nTom Baker\n{PLACE}",
    "one_bill": "!yes",
}
VOIP: Answers = {
    **WIRELESS,
    "carrier": "RingCentral",
    "reseller": "!behind.1",
    "account": "998877665",
}
GOOGLE_VOICE: Answers = {**WIRELESS, "carrier": "Google Voice personal", "unlock": "!yes"}
FAX: Answers = {**LANDLINE, "numbers": "fax 415-421-8832", "stays": "!nothing.all"}
CA_LANDLINE: Answers = {
    **LANDLINE,
    "numbers": "514-861-2345, 514-861-2346",
    "carrier": "Bell home phone",
    "one_bill": "!main:+15148612346",
    "btn": "!main:+15148612346",
    "bill": "!none",
    "name": f"Blue Door Bakery Inc\nTom Baker\n{QUEBEC}",
    "address": QUEBEC,
    "reseller": "Distributel",
    "stays": "the alarm line 514-861-2399",
    "texting": "!no",
    "new_btn": "514-861-2399",
}
CA_WIRELESS: Answers = {
    **WIRELESS,
    "numbers": "514-861-2345",
    "carrier": "Rogers wireless",
    "bill": "@",
    "address": QUEBEC,
    "reseller": "!none",
    "stays": "!nothing.all",
}
SOMEONE_ELSES: Answers = {**WIRELESS, "authority": "!someone_else", "signer": "Anna Alvarez, anna@example.com"}


def do(talk: Talk, step: str) -> list[Shown]:
    """Press, send, command or type."""
    if step == "@":
        return talk.document(replace(BILL, file_id=f"file-{len(talk.papers)}"))
    if step.startswith("!"):
        return talk.press(step[1:])
    if step.startswith("/"):
        return talk.hear("command", step, code=step[1:].partition(" ")[0])
    return talk.say(step)


def tell(talk: Talk, *steps: str) -> list[Shown]:
    """Do one step after the other; return what is shown for the last."""
    shown: list[Shown] = []
    for step in steps:
        shown = do(talk, step)
    return shown


def fill(talk: Talk, answers: Answers, until: str = "") -> list[str]:
    """Answer whatever is asked, up to a question or to the end; return the questions answered."""
    answered = [] if talk.chat.asked else ["start"]
    if not talk.chat.asked:
        talk.command("start")
    while (asked := talk.chat.asked) is not None and asked != until:
        answered.append(asked)
        assert len(answered) < 60, f"it goes round in circles: {answered[-6:]}"
        do(talk, answers[asked])
    assert (asked or "") == until
    return answered


def begun(answers: Answers, until: str = "", talk: Talk | None = None) -> Talk:
    """Return a conversation in which everything before a question is answered."""
    talk = talk or Talk()
    fill(talk, answers, until)
    return talk


def values(talk: Talk) -> dict[str, tuple[str, ...]]:
    """Return the newest request's answers that stand, by question; what was tried in vain is none."""
    return {q: a.value for q, a in talk.case().answers.items() if not a.reopened and q != TRIED}


def keys(shown: list[Shown]) -> list[str]:
    """Return the wording keys of everything that was shown, part by part."""
    return [part for each in shown for part in each.owed.key.split("+")]
