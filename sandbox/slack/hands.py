"""Staff's hands: what people can do in Slack, and what they then see."""

from dataclasses import replace
from typing import Any

from sandbox.slack import payloads, responses
from sandbox.slack.delivery import Delivered, Delivery, Parcel
from sandbox.slack.entries import entered, entry_of, options, typed
from sandbox.slack.errors import NotPossibleError, RefusedError
from sandbox.slack.limits import check_view
from sandbox.slack.people import DESK, open_im
from sandbox.slack.posts import File, Post
from sandbox.slack.views import View, elements
from sandbox.slack.workspace import ResponseUrl, Workspace

Json = dict[str, Any]

TROUBLE = "We had some trouble connecting. Try again?"


class Hands:
    """Do something as a person and wait for what the desk makes of it; and look at the person's screen."""

    def __init__(self, workspace: Workspace, delivery: Delivery) -> None:
        self._workspace = workspace
        self._delivery = delivery

    async def command(self, user: str, text: str, *, channel: str = DESK, command: str = "/port") -> Delivered:
        """Type a slash command; its ack's words are shown, and so is its failure."""
        url_id = self._workspace.response_url(user, channel)
        payload = payloads.command(self._workspace, user, channel, command, text, url_id)
        delivered = await self._delivery.deliver(Parcel("command", payload))
        url = self._workspace.response_urls[url_id]
        if delivered.is_acked:
            self._say(url, delivered.body)
        else:
            self._tell(url, f"{command} failed with the error “{delivered.error}”")
        return delivered

    async def press(
        self,
        user: str,
        action: str | Json,
        *,
        message_ts: str | None = None,
        channel: str = DESK,
        view_id: str | None = None,
        value: Any = None,
        values: dict[str, dict[str, Any]] | None = None,
    ) -> Delivered:
        """Press a button, or pick `value`, in a message, or in an open view or the App Home by `view_id`.

        `action` is an action id or the element itself; of several with one id, `value` tells which. `values`: what
        stands in the view's inputs by then, which Slack sends along.
        Raises: NotPossibleError, when the person does not see it.
        """
        if view_id is not None:
            view = self._workspace.view_of(user, view_id)
            block, element = _find(view.blocks, action, value)
            done = self._acted(block, element, value)
            picked = {block["block_id"]: {element["action_id"]: value}} if block["type"] == "input" else {}
            view = self._workspace.put_view(replace(view, state=typed(view, {**(values or {}), **picked})))
            return await self._act_in(view, done)
        post = self._seen(user, channel, message_ts)
        block, element = _find(list(post.blocks), action, value)
        done = self._acted(block, element, value)
        return await self._act(user, post, done)

    async def submit(self, user: str, view_id: str, values: dict[str, dict[str, Any]] | None = None) -> Delivered:
        """Fill a modal in and submit it; options are named by their values. Raises: NotPossibleError."""
        view = self._top(user, view_id)
        state = entered(view, values or {})
        view = self._workspace.put_view(replace(view, state=state, errors={}, trouble=None))
        delivered = await self._delivery.deliver(Parcel("view", payloads.submission(self._workspace, view)))
        now = self._workspace.find_view(view_id)
        if now is None:
            return delivered  # the app has put something else there meanwhile
        try:
            self._conclude(now, delivered)
        except RefusedError:
            self._workspace.put_view(replace(now, trouble=TROUBLE))
        return delivered

    def attach(self, name: str, content: bytes) -> Json:
        """Upload a file as a person does in a modal's file input; gives the file object that the input holds then."""
        file = File(self._workspace.next_id("F"), name, len(content), content=content)
        self._workspace.files[file.id] = file
        return file.as_json(self._workspace.base_url)

    async def close(self, user: str, view_id: str) -> Delivered | None:
        """Cancel a modal; the app hears of it only if it asked to. Raises: NotPossibleError."""
        view = self._top(user, view_id)
        self._workspace.drop_view(view)
        is_cleared = bool(view.body.get("clear_on_close"))
        if is_cleared:
            self._workspace.stacks[user] = []
        if not view.body.get("notify_on_close"):
            return None
        payload = payloads.closing(self._workspace, view, is_cleared=is_cleared)
        return await self._delivery.deliver(Parcel("view", payload))

    async def shortcut(
        self, user: str, callback_id: str, *, message_ts: str | None = None, channel: str = DESK
    ) -> Delivered:
        """Use a global shortcut, or one from a message's menu. Raises: NotPossibleError."""
        if message_ts is None:
            payload = payloads.shortcut(self._workspace, user, callback_id)
        else:
            post = self._seen(user, channel, message_ts)
            payload = payloads.message_shortcut(self._workspace, user, callback_id, post)
        return await self._delivery.deliver(Parcel("shortcut", payload))

    async def message_event(
        self, user: str, text: str, thread_ts: str | None = None, *, channel: str = DESK
    ) -> Delivered:
        """Write a message; `text` is sent on as it is, so the caller escapes `&`, `<` and `>` as Slack does.

        Raises: NotPossibleError.
        """
        place = self._workspace.channel(channel)
        if user not in place.members:
            raise NotPossibleError(f"{user} is not in {channel}")
        ts = self._workspace.next_ts()
        post = self._workspace.keep(Post(ts, place.id, user, text, thread_ts=thread_ts))
        content = payloads.message(self._workspace, post)
        return await self._delivery.deliver(Parcel("event", payloads.event(self._workspace, content)))

    def share(self, user: str, text: str, files: list[str], *, channel: str = DESK) -> Post:
        """Write a message with files that were uploaded before; an app without the scope to read it hears nothing."""
        place = self._workspace.channel(channel)
        return self._workspace.keep(Post(self._workspace.next_ts(), place.id, user, text, files=tuple(files)))

    async def post_links(self, user: str, links: list[str], *, channel: str = DESK, shared: bool = False) -> Post:
        """Write a message of links to the app's domains. `shared`: in a channel that other workspaces see, too."""
        post = self.share(user, " ".join(f"<{link}>" for link in links), [], channel=channel)
        told = payloads.event(self._workspace, payloads.links(post, links)) | {"is_ext_shared_channel": shared}
        await self._delivery.deliver(Parcel("event", told))
        return post

    async def open_home(self, user: str) -> Delivered:
        """Open the app's Home tab."""
        home = self._workspace.homes.get(user)
        content: Json = {
            "type": "app_home_opened",
            "user": user,
            "channel": open_im(self._workspace.channels, user).id,
            "tab": "home",
            "event_ts": self._workspace.next_ts(),
            **({"view": home.as_json()} if home else {}),
        }
        return await self._delivery.deliver(Parcel("event", payloads.event(self._workspace, content)))

    def posts(self, channel: str = DESK, thread_ts: str | None = None) -> list[Post]:
        """List what stands in a channel now, or in one thread with its root; oldest first."""
        found = self._workspace.posts(channel)
        return [p for p in found if thread_ts is None or thread_ts in (p.ts, p.thread_ts)]

    def ephemerals(self, user: str) -> list[Post]:
        """List what only this person sees, oldest first."""
        return [post for post in self._workspace.whispers.values() if post.ephemeral_to == user]

    def modals(self, user: str) -> list[View]:
        """List a person's open modals, the top one last."""
        return list(self._workspace.stacks.get(user, ()))

    def home(self, user: str) -> View | None:
        """Give a person's App Home, if anything was published there."""
        return self._workspace.homes.get(user)

    async def _act_in(self, view: View, done: Json) -> Delivered:
        payload = payloads.view_action(self._workspace, view, done)
        delivered = await self._delivery.deliver(Parcel("action", payload))
        now = self._workspace.find_view(view.id)
        if now and not delivered.is_acked:
            self._workspace.put_view(replace(now, trouble=TROUBLE))
        return delivered

    async def _act(self, user: str, post: Post, done: Json) -> Delivered:
        payload = payloads.message_action(self._workspace, user, post, done)
        delivered = await self._delivery.deliver(Parcel("action", payload))
        if not delivered.is_acked:
            url = ResponseUrl(user, post.channel, 0, thread_ts=post.thread_ts)
            self._tell(url, f"This failed with the error “{delivered.error}”")
        return delivered

    def _acted(self, block: Json, element: Json, value: Any) -> Json:
        action: Json = {
            "type": element["type"],
            "action_id": element["action_id"],
            "block_id": block["block_id"],
            "action_ts": self._workspace.next_ts(),
        }
        if element["type"] == "button":
            told = {name: element[name] for name in ("text", "value", "style", "url") if name in element}
            return action | told
        return action | entry_of(element, value)

    def _seen(self, user: str, channel: str, ts: str | None) -> Post:
        place = self._workspace.channel(channel)
        whispered = self._workspace.whispers.get(str(ts))
        if whispered and whispered.ephemeral_to == user:
            return whispered
        post = self._workspace.post(place.id, str(ts))
        if post is None or user not in place.members:
            raise NotPossibleError(f"{user} sees no message {ts} in {channel}")
        return post

    def _top(self, user: str, view_id: str) -> View:
        stack = self._workspace.stacks.get(user)
        if not stack or stack[-1].id != view_id:
            raise NotPossibleError(f"{view_id} is not what {user} has in front of them")
        return stack[-1]

    def _conclude(self, view: View, delivered: Delivered) -> None:
        body = delivered.body or {}
        if not delivered.is_acked or not isinstance(body, dict):
            raise RefusedError("trouble")
        action = body.get("response_action")
        if action is None:
            self._workspace.drop_view(view)
        elif action == "clear":
            self._workspace.stacks[view.user] = []
        elif action == "errors":
            self._workspace.put_view(replace(view, errors=_errors(view, body)))
        else:
            self._replace(view, action, body.get("view"))

    def _replace(self, view: View, action: str, body: Any) -> None:
        check_view(body, ("modal",))
        if action == "update":
            self._workspace.renew_view(view, body)
        elif action == "push":
            self._workspace.push_view(self._workspace.new_view(view.user, body, below=view))
        else:
            raise RefusedError("trouble")

    def _say(self, url: ResponseUrl, body: Any) -> None:
        """Show a command's ack; an ack without words shows nothing."""
        arguments = body if isinstance(body, dict) else {"text": str(body or "")}
        if not arguments.get("text") and not arguments.get("blocks"):
            return
        try:
            url.origin = responses.say(self._workspace, url, arguments).ts
        except RefusedError as refused:
            self._tell(url, f"This failed with the error “{refused.code}”")

    def _tell(self, url: ResponseUrl, text: str) -> None:
        self._workspace.whisper(url.user, url.channel, text, by="USLACKBOT", thread_ts=url.thread_ts)


def _find(blocks: list[Json], action: str | Json, value: Any) -> tuple[Json, Json]:
    action_id = action if isinstance(action, str) else action.get("action_id")
    fitting = [(b, e) for b, e in elements(blocks) if e["action_id"] == action_id]
    if isinstance(action, dict):
        fitting = [(b, e) for b, e in fitting if e.get("value") == action.get("value")]
    if value is not None:
        fitting = [(b, e) for b, e in fitting if _takes(e, value)]
    if not fitting:
        raise NotPossibleError(f"there is no {action_id!r} to press" + ("" if value is None else f" with {value!r}"))
    return fitting[0]


def _takes(element: Json, value: Any) -> bool:
    if element["type"] == "button":
        return bool(element.get("value") == value)
    if element["type"] in ("static_select", "overflow", "radio_buttons"):
        return any(option.get("value") == value for option in options(element))
    return True


def _errors(view: View, body: Json) -> dict[str, str]:
    """Read inline errors; Slack shows them only at inputs of this view. Raises: RefusedError."""
    errors = body.get("errors")
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not inputs.issuperset(errors):
        raise RefusedError("trouble")
    return {block_id: str(words) for block_id, words in errors.items()}
