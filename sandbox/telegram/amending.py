"""Methods by which a bot changes what it wrote, takes messages away, and answers a pressed button."""

from sandbox.telegram.keyboards import read_markup
from sandbox.telegram.markup import units
from sandbox.telegram.params import Params
from sandbox.telegram.posting import message_text
from sandbox.telegram.refusals import bad
from sandbox.telegram.state import Json, Posted, State, Toast

DELETABLE = 48 * 3600  # seconds after which a message stays, core.telegram.org/bots/api#deletemessage
LONGEST_NOTE = 200  # UTF-16 units of the answer to a button
QUERY_LIFE = 60  # seconds; Telegram publishes no figure, this is the sandbox's
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
EXPIRED = "query is too old and response timeout expired or query ID is invalid"


def edit_text(state: State, params: Params) -> Json:
    """Write a message anew; a keyboard that is not given again goes."""
    posted = _own(state, params)
    if "text" not in posted.body:
        raise bad("there is no text in the message to edit")
    rest = {k: v for k, v in posted.body.items() if k not in ("text", "entities", "reply_markup", "edit_date")}
    return _amend(state, params, posted, rest | message_text(params))


def edit_markup(state: State, params: Params) -> Json:
    """Put another inline keyboard under a message, or none."""
    posted = _own(state, params)
    rest = {k: v for k, v in posted.body.items() if k not in ("reply_markup", "edit_date")}
    return _amend(state, params, posted, rest)


def delete(state: State, params: Params) -> bool:
    """Take a message off the screen: the bot's own, or the customer's in a private chat."""
    chat = state.writable(params.chat_id())
    posted = state.find(chat.id, params.number("message_id"))
    if posted is None:
        raise bad("message to delete not found")
    if not posted.from_bot and chat.id < 0:
        raise bad("message can't be deleted")
    if state.now() - posted.body["date"] > DELETABLE:
        raise bad("message can't be deleted for everyone")
    del state.messages[chat.id][posted.body["message_id"]]
    return True


def answer_query(state: State, params: Params) -> bool:
    """Stop a button's spinning, with a note if there is a text; works once, and not long after the press."""
    number, text = params.text("callback_query_id"), params.text("text")
    query = state.queries.get(number)
    if query is None or query.answered or state.clock() - query.at > QUERY_LIFE:
        raise bad(EXPIRED)
    if units(text) > LONGEST_NOTE:
        raise bad("MESSAGE_TOO_LONG")
    query.answered = True
    if text:
        state.toasts[query.chat_id] = Toast(number, text, params.flag("show_alert"), state.clock())
    return True


def _own(state: State, params: Params) -> Posted:
    if "message_id" not in params.values:
        raise bad("message identifier is not specified")
    chat = state.writable(params.chat_id())
    posted = state.find(chat.id, params.number("message_id"))
    if posted is None:
        raise bad("message to edit not found")
    # A message that came with a keyboard for the phone, or took one away, stays as it is (tdlib/td issue 3196).
    if not posted.from_bot or posted.keys is not None:
        raise bad("message can't be edited")
    return posted


def _amend(state: State, params: Params, posted: Posted, content: Json) -> Json:
    chat_id = posted.body["chat"]["id"]
    markup = read_markup(params, chat_id).inline
    if markup:
        content["reply_markup"] = markup
    if content == {k: v for k, v in posted.body.items() if k != "edit_date"}:
        raise bad(SAME)
    state.buckets.spend(chat_id, state.clock())
    posted.body = {**content, "edit_date": state.now()}
    return posted.body
