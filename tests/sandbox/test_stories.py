"""Stories that play by themselves: the player before a desk that only pretends, and the page's endpoints for it."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.page.stories import STORIES
from sandbox.page.stories import acts as do
from sandbox.page.stories.play import World
from sandbox.page.stories.player import Player, Tempo
from sandbox.page.stories.script import AT_ONCE, Act, Rule, Scene, Sight, Story, on_card, then, told
from sandbox.page.time import next_morning
from tests.sandbox.control_scene import Stage, desk_app, stage
from tests.sandbox.slack_scene import MAYA, actions, button, modal, section

FAST = Tempo(step=0, calm=0.02, patience=0.3, look=0.005)
REF = "P-7KQ2M"


@dataclass
class Pretended:
    """A desk that answers the customer's words with what a table says, and shows buttons."""

    scene: Stage
    player: Player
    answers: Mapping[str, Sequence[str]]
    said: list[str] = field(default_factory=list)

    async def answer(self) -> None:
        """Answer until cancelled."""
        offset = 0
        while True:
            for update in await self.scene.bot.get_updates(offset, timeout=5):
                offset = update.update_id + 1
                query, message = update.callback_query, update.message
                word = str(query.data) if query else str(message.text or "a file") if message else ""
                self.said.append(word)
                chat = update.effective_chat.id if update.effective_chat else 0
                for text in self.answers.get(word, ()):
                    await self.write(chat, text)

    async def write(self, chat: int, text: str) -> int:
        """Write as the bot; what stands behind `|` is a button that sends its own label."""
        words, *labels = text.split("|")
        rows = [[{"text": label, "callback_data": label}] for label in labels]
        markup: dict[str, Any] = {"inline_keyboard": rows} if rows else {}
        return (await self.scene.bot.send_message(chat, words, reply_markup=markup or None)).message_id  # type: ignore[arg-type] # a dict goes over the wire as it is

    async def play(self, story: str = "s") -> dict[str, Any]:
        """Play a story to its end, and return how it ended."""
        self.player.start(story)
        await asyncio.wait_for(self.player.over(), 10)
        return dict(self.player.tell()["last"])


@asynccontextmanager
async def pretended(
    state: Path,
    scenes: tuple[Scene, ...],
    answers: Mapping[str, Sequence[str]],
    *,
    app: AsyncApp | None = None,
    tempo: Tempo = FAST,
) -> AsyncIterator[Pretended]:
    """Have a story of these scenes ready to be played before a pretended desk."""
    async with stage(state, app) as scene:
        servers = scene.servers
        world = World(servers.telegram, servers.slack, servers.clock, servers.switches)
        player = Player(world, [Story("s", "Play it", "Ana", scenes, ("Account name: Ana",))], tempo)
        desk = Pretended(scene, player, answers)
        answering = asyncio.create_task(desk.answer())
        try:
            yield desk
        finally:
            await player.stop()
            answering.cancel()
            await asyncio.gather(answering, return_exceptions=True)


def at_once(act: Act, saying: str = "It goes on.") -> Rule:
    return Rule(AT_ONCE, saying, act)


HELLO = at_once(do.Say("hello"))


async def test_questions_are_answered_in_whatever_order_they_come(tmp_path: Path) -> None:
    rules = (
        Rule(told("your name"), "She says who she is.", do.Say("Ana")),
        Rule(told("which number"), "She names her number.", do.Say("{wireless}")),
        Rule(told(r"right\?.*\[Yes\]"), "She agrees.", do.Press("^yes$")),
    )
    scenes = (Scene((HELLO,)), Scene(rules, told("that is all")))
    for answers in (
        {"hello": ["Which number?"], "415-421-8100": ["Your name?"], "Ana": ["Right?|No|Yes"], "Yes": ["That is all."]},
        {"hello": ["Right?|No|Yes"], "Yes": ["Your name?"], "Ana": ["Which number?"], "415-421-8100": ["That is all."]},
    ):
        async with pretended(
            tmp_path / str(len(str(answers)) + answers["hello"][0].count("|")), scenes, answers
        ) as desk:
            assert (await desk.play())["ended"] == "done"
            assert sorted(desk.said) == ["415-421-8100", "Ana", "Yes", "hello"]


async def test_what_came_last_is_answered_although_an_older_sentence_fits_too(tmp_path: Path) -> None:
    rules = (
        Rule(told("pin"), "She gives the PIN.", do.Say("1234")),
        Rule(told("which number"), "She names her number.", do.Say("number")),
    )
    answers = {"hello": ["Later I need the PIN.", "Which number?"], "number": ["The PIN?"], "1234": ["done"]}
    async with pretended(tmp_path, (Scene((HELLO,)), Scene(rules, told("^done"))), answers) as desk:
        assert (await desk.play())["ended"] == "done"
        assert desk.said == ["hello", "number", "1234"]


async def test_a_rule_is_used_as_often_as_it_says(tmp_path: Path) -> None:
    rules = (Rule(told("again"), "Once more.", do.Say("again"), times=2), Rule(told("again"), "Enough.", do.Say("no")))
    answers = {"hello": ["again?"], "again": ["again?"], "no": ["fine"]}
    async with pretended(tmp_path, (Scene((HELLO,)), Scene(rules, told("fine"))), answers) as desk:
        assert (await desk.play())["ended"] == "done"
        assert desk.said == ["hello", "again", "again", "no"]


async def test_a_story_without_a_way_on_ends_and_says_what_was_shown(tmp_path: Path) -> None:
    scenes = (Scene((HELLO,)), Scene((Rule(told("number"), "She names it.", do.Say("1")),), told("done")))
    async with pretended(tmp_path, scenes, {"hello": ["What is\nthis?|Help"]}) as desk:
        last = await desk.play()
        assert last["ended"] == "stuck"
        assert last["why"].endswith("the customer last read “What is this? [Help]”.")
        assert last["why"].startswith("In 0 seconds nothing came")


async def test_a_button_that_is_not_there_ends_the_story(tmp_path: Path) -> None:
    async with pretended(tmp_path, then(HELLO, at_once(do.Press("yes"))), {}) as desk:
        assert (await desk.play())["why"] == "The customer has no button like “yes”."


async def test_an_old_button_can_be_pressed(tmp_path: Path) -> None:
    press = Rule(told("two"), "She presses the old one.", do.Press("^Go", old=True))
    answers = {"hello": ["one|Go 1", "two|Go 2"]}
    async with pretended(tmp_path, then(HELLO, press, Rule(told("old"), "Well.", do.Nothing())), answers) as desk:
        desk.answers = {**answers, "Go 1": ["That is old."]}
        assert (await desk.play())["ended"] == "done"


async def test_the_customer_sends_a_bill_and_a_voice_message(tmp_path: Path) -> None:
    async with pretended(tmp_path, then(at_once(do.SendBill()), at_once(do.SendOther("voice"))), {}) as desk:
        last = await desk.play()
        bill, voice = desk.scene.servers.telegram.chat(last["chat"])
        assert bill.document
        assert b"(Account name: Ana)" in desk.scene.servers.telegram.content(bill.document.file_id)
        assert voice.kind == "voice"


async def test_each_play_has_a_customer_and_numbers_of_its_own(tmp_path: Path) -> None:
    async with pretended(tmp_path, then(at_once(do.Say("{wireless}"))), {}) as desk:
        chats = [(await desk.play())["chat"] for _ in range(2)]
        assert chats == [2001, 2002]
        said = [desk.scene.servers.telegram.chat(chat)[0].text for chat in chats]
        assert said == ["415-421-8100", "415-421-8101"]


# the desk's side


def slack_desk(scene: "list[Stage]") -> AsyncApp:
    """Make a desk with a form behind the button of its card."""
    app = desk_app()

    @app.action("approve")
    async def approve(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        await scene[0].client.views_open(trigger_id=body["trigger_id"], view=modal())

    @app.view("form")
    async def save(ack: Any, view: dict[str, Any]) -> None:
        name = view["state"]["values"]["name"]["v"]["value"]
        await (ack() if name == "Ana" else ack(response_action="errors", errors={"name": "Who?"}))

    @app.command("/port")
    async def port(ack: Any, body: dict[str, Any]) -> None:
        await ack(f"heard: {body['text']}")

    @app.event("message")
    async def message(event: dict[str, Any]) -> None:
        await scene[0].client.chat_postMessage(channel=event["channel"], text="passed on", thread_ts=event["thread_ts"])

    return app


async def post_card(client: AsyncWebClient) -> None:
    blocks = [section(f"*{REF}*"), actions(button())]
    await client.chat_postMessage(channel="C0DESK", text=f"{REF}: new", blocks=blocks)


NAMED = Rule(told(REF), "She reads her reference.", do.Nothing())


@asynccontextmanager
async def with_card(state: Path, *rules: Rule) -> AsyncIterator[Pretended]:
    """Have a customer who was told a reference, and its card on the desk."""
    scenes: list[Stage] = []
    answers = {"hello": [f"Your reference is {REF}."]}
    async with pretended(state, then(HELLO, NAMED, *rules), answers, app=slack_desk(scenes)) as desk:
        scenes.append(desk.scene)
        await post_card(desk.scene.client)
        yield desk


APPROVE = Rule(on_card(r"new.*\[Approve\]"), "Maya approves it.", do.Click("approve"))


def form(**values: str) -> Rule:
    return Rule(Sight("form", "Form"), "Maya fills the form in.", do.FillIn(values))


async def test_staff_press_the_cards_button_fill_its_form_in_and_type_commands(tmp_path: Path) -> None:
    command = at_once(do.Command("submit {ref} {day2}"))
    read = Rule(Sight("whisper", f"heard: submit {REF} 20"), "Maya reads the answer.", do.Nothing())
    write = at_once(do.Write("a note"))
    passed = Rule(Sight("thread", "passed on"), "It stands there.", do.Nothing())
    async with with_card(tmp_path, APPROVE, form(name="Ana", kind="land"), command, read, write, passed) as desk:
        last = await desk.play()
        assert (last["ended"], last["why"]) == ("done", "")
        assert desk.scene.servers.slack.modals(MAYA) == []


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (form(name="x", kind="land"), "The form was refused: Who?."),
        (form(age="9"), "The form asks for nothing like “age”."),
        (form(name="Ana", kind="cable"), "The form does not offer “cable”."),
        (form(), "The form cannot be sent: name.v must be filled in."),
        (at_once(do.Click("burn")), "The card has no button like “burn”."),
    ],
)
async def test_what_staff_cannot_do_ends_the_story(tmp_path: Path, rule: Rule, why: str) -> None:
    async with with_card(tmp_path, APPROVE, rule) as desk:
        last = await desk.play()
        assert (last["ended"], last["why"]) == ("stuck", why)


async def test_a_desk_that_does_not_hear_staff_ends_the_story(tmp_path: Path) -> None:
    async with pretended(tmp_path, then(at_once(do.Trouble("slack_down")), at_once(do.Command("list"))), {}) as desk:
        assert (await desk.play())["why"].startswith("The desk did not hear what staff did in Slack")


@pytest.mark.parametrize("act", [do.Click("x"), do.FillIn(), do.Write("x"), do.Command("show {ref}")])
async def test_without_a_request_staff_have_nothing_to_act_on(tmp_path: Path, act: Act) -> None:
    async with pretended(tmp_path, then(HELLO, at_once(act)), {}) as desk:
        assert (await desk.play())["ended"] == "stuck"


# time, troubles, and the end


async def test_time_goes_forward_in_a_story(tmp_path: Path) -> None:
    async with pretended(tmp_path, then(at_once(do.Forward(90)), at_once(do.Morning(2))), {}) as desk:
        clock = desk.scene.servers.clock
        mornings = next_morning(next_morning(clock.local() + timedelta(seconds=90)))
        assert (await desk.play())["ended"] == "done"
        assert clock.local() - mornings < timedelta(seconds=10)
        assert clock.local() > mornings


async def test_a_trouble_of_a_story_ends_with_it_and_others_stay(tmp_path: Path) -> None:
    def is_on(desk: Pretended) -> list[str]:
        return [each["id"] for each in desk.scene.servers.switches.tell() if each["on"]]

    scenes = then(at_once(do.Trouble("telegram_slow")), at_once(do.Trouble("telegram_wait")), at_once(do.Press("x")))
    async with pretended(tmp_path, scenes, {}) as desk:
        desk.scene.servers.switches.turn_on("slack_slow")
        assert (await desk.play())["ended"] == "stuck"
        assert is_on(desk) == ["slack_slow"]
    over = (at_once(do.Trouble("telegram_down")), at_once(do.TroubleOver("telegram_down")), HELLO)
    async with pretended(tmp_path / "b", then(*over), {}) as desk:
        assert (await desk.play())["ended"] == "done"
        assert is_on(desk) == []


async def test_a_story_tells_how_far_it_is_and_can_be_stopped(tmp_path: Path) -> None:
    rules = (HELLO, Rule(told("never"), "Nothing.", do.Nothing()), HELLO)
    async with pretended(tmp_path, then(*rules), {}, tempo=Tempo(0.05, 0.02, 9.0, 0.005)) as desk:
        desk.player.start("s")
        began = desk.player.tell()["playing"]
        assert began == {"id": "s", "chat": 2001, "name": "Ana", "user": MAYA, "step": 0, "of": 3, "saying": ""}
        with pytest.raises(ValueError, match="another story is playing"):
            desk.player.start("s")
        await asyncio.sleep(0.2)
        now = desk.player.tell()["playing"]
        assert (now["step"], now["saying"]) == (1, "It goes on.")
        await desk.player.stop()
        assert desk.player.tell()["playing"] is None
        assert desk.player.tell()["last"] == {"id": "s", "chat": 2001, "ended": "stopped", "why": ""}


async def test_what_a_story_does_not_know_cannot_be_filled_in(tmp_path: Path) -> None:
    async with pretended(tmp_path, then(at_once(do.Say("{shoes}"))), {}) as desk:
        assert (await desk.play())["why"] == "Nothing is known of shoes."


# the page's endpoints, and the stories themselves


async def test_the_page_begins_and_ends_a_story(tmp_path: Path) -> None:
    async with stage(tmp_path) as scene:
        told_ = await scene.see("stories")
        assert [each["id"] for each in told_["stories"]] == ["sample", "bad_day"]
        assert (told_["playing"], told_["last"]) == (None, None)
        assert (await scene.do("story", id="opera"))[0] == 400
        status, begun = await scene.do("story", id="sample")
        assert (status, begun["playing"]["id"]) == (200, "sample")
        status, refused = await scene.do("story", id="bad_day")
        assert (status, refused["error"]) == (409, "another story is playing; stop it first")
        status, stopped = await scene.do("story", "DELETE")
        assert (status, stopped["playing"], stopped["last"]["ended"]) == (200, None, "stopped")
        assert (await scene.do("story", "DELETE"))[0] == 200


async def test_a_story_ends_with_the_sandbox(tmp_path: Path) -> None:
    async with stage(tmp_path) as scene:
        await scene.do("story", id="sample")
        player = scene.servers.player
    assert player.tell()["last"]["ended"] == "stopped"


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_every_sentence_of_a_story_is_one(story: Story) -> None:
    sayings = [rule.saying for scene in story.scenes for rule in scene.rules]
    assert sayings
    assert all(saying[0].isupper() and saying[-1] in ".!?" and len(saying) < 120 for saying in sayings)
