"""A small stand-in for app.py: it asks for a number, asks whether to throw it away, and does so."""

import json
import os
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

API = f"{os.environ['TELEGRAM_API_URL']}/bot{os.environ['TELEGRAM_BOT_TOKEN']}"
YES = {"inline_keyboard": [[{"text": "Yes, stop it", "callback_data": "1.1.yes"}]]}


class Health(BaseHTTPRequestHandler):
    """Answer 200 to everything."""

    def do_GET(self) -> None:
        """Say that all is well."""
        self.send_response(200)
        self.end_headers()


def call(method: str, **fields: Any) -> Any:
    """Call the Bot API."""
    request = urllib.request.Request(
        f"{API}/{method}", json.dumps(fields).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["result"]


def hear(update: dict[str, Any]) -> None:
    """Answer one update."""
    if press := update.get("callback_query"):
        assert press["data"] == "1.1.yes"
        call("answerCallbackQuery", callback_query_id=press["id"])
        call("sendMessage", chat_id=press["from"]["id"], text="It is thrown away. Your number stays where it is.")
        return
    chat = update["message"]["chat"]["id"]
    if update["message"]["text"] == "/start":
        call(
            "sendMessage", chat_id=chat, text="Which number would you like to move, and which company is it with today?"
        )
    else:
        call("sendMessage", chat_id=chat, text="Shall I throw away what you have told me?", reply_markup=YES)


def main() -> None:
    """Serve health on PORT and poll until killed."""
    server = HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Health)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    offset = 0
    while True:
        for update in call("getUpdates", offset=offset, timeout=5):
            offset = update["update_id"] + 1
            hear(update)


if __name__ == "__main__":
    main()
