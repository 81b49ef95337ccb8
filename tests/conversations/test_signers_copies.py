"""Whoever signed a letter for somebody else has it sealed, too: in their chat, or by e-mail."""

from tests.conversations.signing import ANN, wait_for_signer
from tests.conversations.test_signing_page import Scene, mailed, scene
from tests.waiting import until

__all__ = ["scene"]


async def test_a_signer_by_e_mail_gets_the_sealed_letter_by_e_mail_and_the_customer_in_the_chat(scene: Scene) -> None:
    desk = scene.desk
    await wait_for_signer(desk)
    ann = scene.visitor(await mailed(scene))
    for act, word in (("open", ""), ("word", "8832"), ("agree", ""), ("word", "Ann Lee")):
        await ann.press(act, word)
    sealed = await desk.letter()
    await until(lambda: scene.letters()[-1]["subject"].startswith("Your signed letter"), 20)
    call = desk.platforms.record.of("mail", "DATA")[-1]
    assert call.params["to"] == ["ann.canary@example.org"]
    assert sealed.startswith(b"%PDF-")
    assert [name.partition("-letter-")[2] for name in call.params["files"]] == ["1.pdf"]


async def test_a_signer_in_telegram_gets_the_sealed_letter_there(scene: Scene) -> None:
    desk = scene.desk
    token = await wait_for_signer(desk)
    await desk.say(f"/start {token}", ANN)
    await desk.say("8832", ANN)
    await desk.press("I agree", ANN)
    await desk.say("ann lee", ANN)
    sealed = await desk.letter(ANN)
    assert desk.letters(ANN)[0].text.startswith("Here is the letter that you signed")
    assert sealed == await desk.letter()
