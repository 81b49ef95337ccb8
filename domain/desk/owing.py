"""What a decision owes to people: messages to customers and colleagues, cards and posts and whispers to staff."""

from domain.desk.state import Chat, Moment, Owed
from domain.errors import DeskError
from domain.intake.choices import Choice
from domain.orders.model import Case
from domain.policy import Policy

Rows = tuple[tuple[Choice, ...], ...]

REPLY: Rows = ((Choice("reply", "staff.button.reply"),),)  # under what asks staff to write to the customer


class Owing:
    """The part of a turn that gathers what is owed, in order."""

    __slots__ = ("_owed", "case", "chat", "moment", "policy")

    def __init__(self, moment: Moment, chat: Chat, case: Case | None, policy: Policy) -> None:
        self.moment = moment
        self.chat = chat
        self.case = case
        self.policy = policy
        self._owed: list[Owed] = []

    def the_case(self) -> Case:
        """Return the case that this turn is about; rules that need one are only reached with one."""
        if self.case is None:
            raise DeskError("request.none")
        return self.case

    def say(
        self, key: str, params: dict[str, str] | None = None, buttons: Rows = (), *, form: str = "", paced: bool = False
    ) -> None:
        """Owe the customer a message; several wording keys joined by `+` become its paragraphs."""
        chat = self.chat
        if chat.blocked:
            return
        self._owe("say", f"chat:{chat.id}", str(chat.id), key, params or {}, buttons, form=form, paced=paced)

    def show_pages(self, facts: str, to: int | None = None, key: str = "letter.pages") -> None:
        """Owe the pages of the letter as pictures, made when they are sent if it states `facts` then.

        `to`: the chat of somebody else who signs; else the customer's. `key`: what stands under them; under
        "sign.paper_file" no pictures go out, but the letter as a file to be printed.
        """
        chat = self.chat.id if to is None else to
        if to is not None or not self.chat.blocked:
            params = {"request": str(self.the_case().request.id), "facts": facts}
            self._owe("pages", f"chat:{chat}", str(chat), key, params)

    def show_status(self, params: dict[str, str], buttons: Rows, message: str) -> None:
        """Owe the chat its status message: a fresh one (`message` empty), or that one (or the `last`) edited."""
        chat = self.chat
        if not chat.blocked:
            where = {"message": message}
            self._owe("status", f"chat:{chat.id}", str(chat.id), "status.page", {**params, **where}, buttons)

    def say_to(self, chat: tuple[int, str], key: str, params: dict[str, str], buttons: Rows = ()) -> None:
        """Owe a colleague's chat, with its language, a message; a `message` among the values makes it a status."""
        kind = "status" if "message" in params else "say"
        self._owe(kind, f"chat:{chat[0]}", str(chat[0]), key, params, buttons, language=chat[1])

    def mail(self, key: str, params: dict[str, str]) -> None:
        """Owe a copy by e-mail, where the customer wanted copies."""
        case = self.the_case()
        email = case.answer("email")
        if self.policy.mails and email is not None and "@" in email[0]:
            self._owe("mail", f"mail:{case.request.id}", str(case.request.id), key, params, paced=True)

    def mail_signer(self, key: str, params: dict[str, str]) -> None:
        """Owe whoever is to sign a letter an e-mail; its address is looked up when it is sent."""
        request = self.the_case().request.id
        self._owe("mail", f"mail:{request}", str(request), key, params)

    def delete_message(self, message_id: int) -> None:
        """Owe the deletion of a message that carried a secret, before anything else in the chat."""
        chat = self.chat.id
        params = {"message": str(message_id), "sent_at": self.moment.now.isoformat()}
        self._owe("delete", f"wipe:{chat}", str(chat), "delete", params, first=True)

    def refresh_card(self) -> None:
        """Owe staff the request's card as it is when it is sent."""
        request = self.the_case().request.id
        self._owe("card", f"card:{request}", str(request), "card", {})

    def post(self, key: str, params: dict[str, str] | None = None, *, buttons: Rows = ()) -> None:
        """Owe a post in the card's thread; a button's code is a verb."""
        request = self.the_case().request.id
        self._owe("post", f"card:{request}", str(request), key, params or {}, buttons)

    def post_reply(self, key: str, params: dict[str, str]) -> int:
        """Owe a post of what staff write to the customer, in a message of its own; returns its id, to mark it by."""
        request = self.the_case().request.id
        self._owe("reply", f"card:{request}", str(request), key, params)
        return self._owed[-1].id

    def mark(self, post: int, key: str, params: dict[str, str]) -> None:
        """Owe that a post of staff's reply is edited, so that it says what became of the message."""
        request = self.the_case().request.id
        self._owe("mark", f"card:{request}", str(request), key, {**params, "post": str(post)})

    def post_to_desk(self, key: str, params: dict[str, str], *, buttons: Rows = ()) -> None:
        """Owe a post in the desk channel itself; about a request, in the channel of its card."""
        channel = self.policy.channel_of(self.case) if self.case is not None else ""
        self._owe("channel", "desk", channel, key, params, buttons, paced=not buttons)

    def message(self, user: str, key: str, params: dict[str, str]) -> None:
        """Owe one of the staff a direct message."""
        self._owe("channel", f"direct:{user}", user, key, params, paced=True)

    def send_export(self, user: str, params: dict[str, str]) -> None:
        """Owe one of the staff a file of requests, made when it is sent."""
        self._owe("export", f"export:{user}", user, "export.file", params, paced=True)

    def whisper(self, user: str, key: str, params: dict[str, str]) -> None:
        """Owe one of the staff a message for them alone."""
        self._owe("whisper", f"whisper:{user}", user, key, params)

    def _owe(
        self,
        kind: str,
        lane: str,
        address: str,
        key: str,
        params: dict[str, str],
        buttons: Rows = (),
        *,
        form: str = "",
        first: bool = False,
        paced: bool = False,
        language: str = "",
    ) -> None:
        once = f"event:{self.moment.event_id}:{len(self._owed)}"
        language = language or self.chat.language
        head = (self.moment.new_id(), kind, lane, address, key, once, params, buttons, form, language)
        self._owed.append(Owed(*head, first, paced))
