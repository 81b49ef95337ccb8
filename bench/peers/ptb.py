"""python-telegram-bot's ConversationHandler, without persistence, with its default client."""

from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)

from bench.peers import TOKEN, Place, place
from bench.scripts import DONE, QUESTIONS, RESTART

Context = ContextTypes.DEFAULT_TYPE
_LINES = filters.TEXT & ~filters.COMMAND


async def _start(update: Update, context: Context) -> int:
    if context.user_data is not None and update.message is not None:
        context.user_data["answers"] = []
        await update.message.reply_text(QUESTIONS[0])
    return 0


async def _hear(update: Update, context: Context) -> int:
    if context.user_data is None or update.message is None:
        return ConversationHandler.END
    answers: list[str] = context.user_data["answers"]
    answers.append(update.message.text or "")
    if len(answers) == len(QUESTIONS):
        await update.message.reply_text(DONE)
        return ConversationHandler.END
    await update.message.reply_text(QUESTIONS[len(answers)])
    return len(answers)


async def _restart(update: Update, context: Context) -> None:
    if update.message is not None:
        await update.message.reply_text(RESTART)


def intake(*, persistent: bool = False) -> ConversationHandler[Context]:
    """Ask every question, one state each."""
    return ConversationHandler(
        entry_points=[CommandHandler("start", _start)],
        states={step: [MessageHandler(_LINES, _hear)] for step in range(len(QUESTIONS))},
        fallbacks=[CommandHandler("start", _start)],
        name="intake",
        persistent=persistent,
    )


def builder(at: Place) -> ApplicationBuilder[Any, Any, Any, Any, Any, Any]:
    """Begin an application that talks to the Bot API at that place."""
    return ApplicationBuilder().token(TOKEN).base_url(f"{at.api}/bot").base_file_url(f"{at.api}/file/bot")


def run(application: Application[Any, Any, Any, Any, Any, Any], *, persistent: bool = False) -> None:
    """Poll until the process is ended."""
    application.add_handler(intake(persistent=persistent))
    application.add_handler(MessageHandler(_LINES, _restart))
    application.run_polling()


if __name__ == "__main__":
    run(builder(place()).build())
