"""aiogram's FSM in memory, with its default client and its default loop (uvloop where it is installed)."""

from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import Message

from bench.peers import TOKEN, place
from bench.scripts import DONE, QUESTIONS, RESTART

router = Router()


class Intake(StatesGroup):
    """One state for each question."""

    number = State()
    carrier = State()
    name = State()
    address = State()
    destination = State()
    account = State()
    review = State()
    signature = State()
    bill = State()


_STATES = tuple(Intake.__states__)


@router.message(CommandStart())
async def start(message: Message, state: FSMContext) -> None:
    """Open the interview."""
    await state.set_data({"answers": []})
    await state.set_state(_STATES[0])
    await message.answer(QUESTIONS[0])


@router.message(StateFilter(Intake))
async def hear(message: Message, state: FSMContext) -> None:
    """Keep an answer and ask the next question."""
    answers = [*(await state.get_data())["answers"], message.text]
    if len(answers) == len(QUESTIONS):
        await state.clear()
        await message.answer(DONE)
        return
    await state.update_data(answers=answers)
    await state.set_state(_STATES[len(answers)])
    await message.answer(QUESTIONS[len(answers)])


@router.message()
async def restart(message: Message) -> None:
    """Answer what belongs to no interview."""
    await message.answer(RESTART)


def assemble() -> tuple[Dispatcher, Bot]:
    """Make the dispatcher and a bot that talks to the Bot API of the command line."""
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(router)
    session = AiohttpSession(api=TelegramAPIServer.from_base(place().api))
    return dispatcher, Bot(TOKEN, session=session)


if __name__ == "__main__":
    dispatcher, bot = assemble()
    dispatcher.run_polling(bot)
