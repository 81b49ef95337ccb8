"""python-telegram-bot's ConversationHandler with PicklePersistence, flushed every 60 s as by default."""

from telegram.ext import PicklePersistence

from bench.peers import place
from bench.peers.ptb import builder, run

if __name__ == "__main__":
    at = place()
    run(builder(at).persistence(PicklePersistence(at.keep / "peer.pickle")).build(), persistent=True)
