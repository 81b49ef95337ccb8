"""Pages of ours: plain, at home on a phone, and kept to themselves by their headers."""

import html

from starlette.responses import HTMLResponse

from bot.wording import say

SAFE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
    ),
}
STYLE = """
:root{color-scheme:light}*{box-sizing:border-box}
body{font:1.0625rem/1.5 system-ui,sans-serif;margin:0;background:#f3f4f6;color:#111827}
main{max-width:38rem;margin:0 auto;padding:1.25rem 1rem 3rem}
header{font-weight:700;padding:.25rem 0 1rem}p{margin:0 0 .9rem;overflow-wrap:anywhere}
.card{background:#fff;border:1px solid #d1d5db;border-radius:.75rem;padding:1.1rem 1rem;margin:0 0 1rem}
.lead{border-color:#b45309;background:#fffbeb}.card>:last-child,.card form>:last-child{margin-bottom:0}
label{display:block;font-weight:600;margin:0 0 .4rem}form{margin:0}
button,.button{display:block;font:inherit;font-weight:600;width:100%;padding:.8rem;border-radius:.5rem;
border:1px solid #1d4ed8;background:#1d4ed8;color:#fff;margin:0 0 .6rem;text-align:center;text-decoration:none;
overflow-wrap:anywhere}
:focus-visible{outline:3px solid #111827;outline-offset:2px}
"""  # of all our pages
_STYLE = """
h1{font-size:1.375rem;line-height:1.25;margin:0 0 1rem}.well{border-color:#15803d;background:#f0fdf4}
input[type=file]{font:inherit;font-weight:400;display:block;width:100%;margin:.4rem 0 1rem}
.file{font-size:.9375rem;color:#374151}
dt{font-weight:600}dd{margin:0 0 .8rem;font-family:ui-monospace,monospace;overflow-wrap:anywhere}
"""


def page(title: str, body: str, status: int = 200) -> HTMLResponse:
    """Return a page; title and body are HTML already."""
    head = (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
    )
    house = say("sign.page.house", {}, "en", html.escape)
    styled = f"{head}<title>{title}</title><style>{STYLE}{_STYLE}</style>"
    whole = f"{styled}<main><header>{house}</header>{body}</main></html>"
    return HTMLResponse(whole, status, headers=SAFE)
