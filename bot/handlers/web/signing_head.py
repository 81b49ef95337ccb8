"""The frame of the page for signing: its looks, its headers, and how its sentences become HTML."""

import base64
import hashlib
import html
from pathlib import Path

from starlette.responses import HTMLResponse

from bot.handlers.web.pages import STYLE
from bot.wording import say

_STYLE = """
input[type=text]{font:inherit;width:100%;padding:.7rem;border:1px solid #6b7280;border-radius:.5rem;
margin:.3rem 0 .8rem}
button.quiet,.button.quiet{background:#fff;color:#1f2937;border-color:#6b7280;font-weight:400}
button:disabled{background:#e5e7eb;border-color:#9ca3af;color:#4b5563}
.pages a{display:block;margin:0 0 .8rem}.pages img{display:block;width:100%;height:auto;aspect-ratio:17/22;
border:1px solid #d1d5db;background:#fff}
summary{font-weight:600;padding:.8rem;border:1px solid #6b7280;border-radius:.5rem;text-align:center;cursor:pointer}
details[open] summary{margin:0 0 .9rem}details>:last-child{margin-bottom:0}
canvas{display:block;width:100%;aspect-ratio:3/1;border:1px dashed #6b7280;border-radius:.5rem;background:#fff;
touch-action:none;margin:0 0 .8rem}h2{font-size:1.0625rem;margin:0 0 .6rem}
"""
SCRIPT = (Path(__file__).parent / "pen.js").read_text("utf-8")
_HASH = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
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
_WITH_PICTURES = {**SAFE, "Content-Security-Policy": f"{SAFE['Content-Security-Policy']}; img-src 'self'"}


def page(body: str, status: int = 200) -> HTMLResponse:
    """Return a whole page around its body, which is HTML already; nothing keeps it, indexes it or frames it.

    Only one that has pictures may load any, and only ours.
    """
    head = (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
    )
    title, house = words("sign.page.title"), words("sign.page.house")
    styled = f"{head}<title>{title}</title><style>{STYLE}{_STYLE}</style>"
    whole = f"{styled}<main><header>{house}</header>{body}</main></html>"
    return HTMLResponse(whole, status, headers=_WITH_PICTURES if "<img " in body else SAFE)


def words(key: str, params: dict[str, str] | None = None) -> str:
    """Return a sentence as HTML, every value escaped."""
    return say(key, params or {}, "en", html.escape)


def paragraphs(key: str, params: dict[str, str] | None = None) -> str:
    """Return a sentence as paragraphs."""
    parts = words(key, params).strip().split("\n\n")
    return "".join(f"<p>{each.replace(chr(10), '<br>')}</p>" for each in parts)


def text(key: str, params: dict[str, str] | None = None, kind: str = "card") -> str:
    """Return a sentence as a card of paragraphs; a lead, which answers what was done, is read out at once."""
    role = ' role="alert"' if "lead" in kind else ""
    return f'<div class="{kind}"{role}>{paragraphs(key, params)}</div>'
