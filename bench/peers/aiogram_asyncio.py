"""aiogram's FSM in memory on asyncio's own loop, as where uvloop is not installed."""

import asyncio

from bench.peers.aiogram_memory import assemble

if __name__ == "__main__":
    dispatcher, bot = assemble()
    asyncio.run(dispatcher.start_polling(bot))
