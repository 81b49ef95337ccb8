"""Letters follow their request wherever a turn can change what they state: no use case forgets to let them."""

import ast
from collections.abc import Iterator

from tests.structure.ground import called, trees

ELSEWHERE = {
    "attaching": "keeps what staff attach",
    "carriers": "corrects the book, of which letters print the name that was answered",
    "copies.copy_refused": "tells of a file that is no copy",
    "customer.could_not_deliver": "tells of what did not arrive",
    "customer.unreadable": "is about no request",
    "digesting": "is about no request",
    "exporting": "is about no request",
    "eyes.give_up": "ends a wish; what it wished for was not done",
    "inventory": "is about numbers of ours",
    "letter_seals": "tells what came of sealing; what fell meanwhile was let fall then",
    "listed.list_looked": "asks for the numbers anew; their answer is a turn of its own",
    "moving_day.tell_desk": "is about no request",
    "opening": "notes who opened a paper",
    "papers": "keeps a bill",
    "phoning.begin": "has no letter yet",
    "phoning.renew": "makes a link",
    "phoning.tell_gone": "is about no request",
    "preferring": "is about no request",
    "rehearsing.read_of": "tells what a turn would say, and keeps nothing",
    "replying": "carries words and files",
    "signers.mailed": "notes that the e-mail of a link went",
    "signing_chat.left": "lets go of a chat that is about no letter of its own",
    "staff.act": "ends what `acted` did",
    "staffing": "is about no request",
    "undelivered": "sends again what was owed, or lets it go",
}


def ending(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Yield the functions that end a turn, or hand over one that was done."""
    for each in tree.body:
        if isinstance(each, ast.FunctionDef):
            names = {called(call) for call in ast.walk(each) if isinstance(call, ast.Call)}
            is_done = "Turn" in names and isinstance(each.returns, ast.Name) and each.returns.id == "Turn"
            if "changes" in names or is_done:
                yield each


def test_every_turn_that_can_change_a_letter_lets_letters_follow_and_any_other_says_why_it_need_not() -> None:
    forgotten, excused = [], set()
    for path, tree in trees("domain"):
        module = path.removeprefix("domain/desk/").removesuffix(".py")
        for each in ending(tree) if path.startswith("domain/desk/") else ():
            reasons = {module, f"{module}.{each.name}"} & ELSEWHERE.keys()
            excused |= reasons
            if not reasons and "letter_seals.follow(turn)" not in ast.unparse(each):
                forgotten.append(f"{module}.{each.name}")
    assert forgotten == []
    assert excused == ELSEWHERE.keys()
