"""What the page for signing shows: plain HTML that works without a script; a small one lets a signature be drawn."""

import base64
import hashlib
import html
from pathlib import Path

from starlette.responses import HTMLResponse

from bot.handlers.web.pages import STYLE
from bot.wording import say
from domain.desk.signer_links import OWN
from domain.desk.signers import CONSENT, LETTER, WHO
from domain.papers.strokes import HEIGHT, WIDTH

_STYLE = """
.letter{font-family:Georgia,serif;font-size:1rem}
input[type=text]{font:inherit;width:100%;padding:.7rem;border:1px solid #6b7280;border-radius:.5rem;margin:0 0 .8rem}
button.quiet{background:#fff;color:#374151;border-color:#9ca3af;font-weight:400}
button:disabled{background:#9ca3af;border-color:#9ca3af}
canvas{display:block;width:100%;aspect-ratio:3/1;border:1px dashed #6b7280;border-radius:.5rem;background:#fff;
touch-action:none;margin:0 0 .8rem}h2{font-size:1.0625rem;margin:0 0 .6rem}
"""
_SCRIPT = (Path(__file__).parent / "pen.js").read_text("utf-8")
_HASH = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
SAFE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{_HASH}'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
}
_QUIET = ("not_me", "decline")
_OWN = (WHO, "signed", "declined")  # screens that say something else to whoever signs for themselves


def page(body: str, status: int = 200) -> HTMLResponse:
    """Return a whole page around its body, which is HTML already; nothing keeps it, indexes it or frames it."""
    head = (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
    )
    title, house = words("sign.page.title"), words("sign.page.house")
    styled = f"{head}<title>{title}</title><style>{STYLE}{_STYLE}</style>"
    whole = f"{styled}<main><header>{house}</header>{body}</main></html>"
    return HTMLResponse(whole, status, headers=SAFE)


def words(key: str, params: dict[str, str] | None = None) -> str:
    """Return a sentence as HTML, every value escaped."""
    return say(key, params or {}, "en", html.escape)


def text(key: str, params: dict[str, str] | None = None, kind: str = "card") -> str:
    """Return a sentence as a card of paragraphs."""
    paragraphs = words(key, params).strip().split("\n\n")
    shown = "".join(f"<p>{each.replace(chr(10), '<br>')}</p>" for each in paragraphs)
    return f'<div class="{kind}">{shown}</div>'


def first() -> HTMLResponse:
    """Return what a look at the address shows: a button. Previews and scanners go no further."""
    button = f'<button name="act" value="open">{words("sign.page.open")}</button>'
    return page(text("sign.page.look") + _form(button, ""))


def screen(name: str, params: dict[str, str], carried: str) -> str:
    """Return the body of a screen. `carried`: what the next step has to show, sealed."""
    lead = text(params["lead"], params, "card lead") if params["lead"] else ""
    if name == LETTER:
        return lead + _letter(params, carried)
    shown = text(f"sign.{name}_own" if params.get("whose") == OWN and name in _OWN else f"sign.{name}", params)
    if name == WHO:
        return lead + shown + _form(_field("digits", "numeric") + _button("word", "go"), carried) + _others(carried)
    if name == CONSENT:
        return lead + shown + _form(_button("agree", "agree"), carried) + _others(carried, "decline")
    return lead + shown


def _letter(params: dict[str, str], carried: str) -> str:
    typed = _form(_field("name", "text") + _button("word", "type"), carried)
    return (
        text("letter.text", params, "card letter")
        + f'<div class="card"><h2>{words("sign.page.typed")}</h2><p>{words("sign.letter", params)}</p>{typed}</div>'
        + _drawn(carried)
        + _others(carried, "decline")
    )


def _drawn(carried: str) -> str:
    """Return the field to draw in, which its script shows; without one it stays hidden."""
    again = f'<button type="button" class="quiet again">{words("sign.page.again")}</button>'
    field = f'<canvas width="{WIDTH}" height="{HEIGHT}" aria-label="{words("sign.page.drawn")}"></canvas>'
    form = _form(f'<input type="hidden" name="word">{field}{_button("drawn", "draw")}{again}', carried)
    head = f"<h2>{words('sign.page.drawn')}</h2>"
    return f'<div class="card" id="draw" hidden>{head}{form}</div><script>{_SCRIPT}</script>'


def _others(carried: str, *acts: str) -> str:
    buttons = "".join(
        f'<button class="quiet" name="act" value="{act}">{words(f"button.sign.{act}")}</button>'
        for act in acts or _QUIET
    )
    return _form(buttons, carried)


def _button(act: str, label: str) -> str:
    return f'<button name="act" value="{act}">{words(f"sign.page.{label}")}</button>'


def _field(what: str, keyboard: str) -> str:
    more = 'inputmode="numeric" maxlength="16"' if keyboard == "numeric" else 'autocapitalize="words" maxlength="120"'
    label = words(f"sign.page.{what}")
    return f'<label>{label}<input type="text" name="word" autocomplete="off" required {more}></label>'


def _form(inner: str, carried: str) -> str:
    hidden = f'<input type="hidden" name="pass" value="{html.escape(carried)}">' if carried else ""
    return f'<form method="post">{hidden}{inner}</form>'
