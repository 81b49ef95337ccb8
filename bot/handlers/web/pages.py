"""Pages of ours: plain, at home on a phone, and kept to themselves by their headers."""

from starlette.responses import HTMLResponse

SAFE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
    ),
}
_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}"
    "dt{font-weight:600}dd{margin:0 0 .8rem;font-family:ui-monospace,monospace}button{font:inherit;padding:.5rem 1rem}"
)


def page(title: str, body: str, status: int = 200) -> HTMLResponse:
    """Return a page; title and body are HTML already."""
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    return HTMLResponse(
        f"{head}<title>{title}</title><style>{_STYLE}</style><main>{body}</main></html>", status, headers=SAFE
    )
