"""What the page for signing shows: plain HTML that works without a script; a small one lets a signature be drawn."""

import html
from dataclasses import dataclass

from starlette.responses import HTMLResponse

from bot.handlers.web.signing_head import SCRIPT, page, paragraphs, text, words
from domain.desk.signer_copies import FAILED, READY, Copies
from domain.desk.signer_links import OWN
from domain.desk.signer_screens import CONSENT, COPY_WHO, LETTER, PAPER, REASONS, SURE, SURE_NOT_ME, WHO
from domain.papers.strokes import HEIGHT, WIDTH

_OWN = (
    WHO, "signed", "declined", SURE, SURE_NOT_ME, PAPER, "expired", "revoked", "locked", "changed", "over",
    "copy_locked",
)  # fmt: skip
"""Screens that say something else to whoever signs for themselves."""

_OTHERS = {
    WHO: ("not_me", "decline"),
    CONSENT: ("paper", "decline"),
    LETTER: ("paper", "decline"),
    SURE: tuple(f"no_{reason}" for reason in REASONS),
    SURE_NOT_ME: ("not_me_yes",),
    PAPER: ("decline",),
}
"""The quiet buttons below each screen."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What can be seen of a letter: the pages of each part, and behind which token and pass; `most` as pictures."""

    token: str
    given: str
    pages: tuple[int, ...]
    most: int

    def address(self, what: str, place: int) -> str:
        """Return where a page or a PDF is, from `/sign/<token>`."""
        return html.escape(f"{self.token}/{what}/{place}?pass={self.given}")


def first(whose: str) -> HTMLResponse:
    """Return what a look at the address shows: a button. Previews and scanners go no further. `whose`: as of a link."""
    button = f'<button name="act" value="open">{words("sign.page.open")}</button>'
    return page(text("sign.page.look_own" if whose == OWN else "sign.page.look") + _form(button, ""))


def screen(name: str, params: dict[str, str], carried: str, sight: Sight) -> str:
    """Return the body of a screen. `carried`: what the next step has to show, sealed."""
    lead = text(params["lead"], params, "card lead") if params["lead"] else ""
    if name == LETTER:
        return lead + _letter(params, carried, sight)
    shown = text(f"sign.{name}_own" if params.get("whose") == OWN and name in _OWN else f"sign.{name}", params)
    return lead + shown + _asked(name, params, carried, sight)


def _asked(name: str, params: dict[str, str], carried: str, sight: Sight) -> str:
    """Return the fields and buttons of a screen; nothing on the last one."""
    asked = {
        WHO: lambda: _form(_field("digits", "numeric") + _button("word", "go"), carried),
        COPY_WHO: lambda: _form(_field("digits", "numeric") + _button("word", "get_copy"), ""),
        CONSENT: lambda: _form(_button("agree", "agree"), carried),
        SURE: lambda: _form(_way_back(), carried),
        SURE_NOT_ME: lambda: _form(_way_back(), carried),
        PAPER: lambda: _pdfs(sight, "") + _form(_way_back("quiet"), carried),
    }
    return asked[name]() + _others(name, carried, params.get("whose", "")) if name in asked else ""


def _letter(params: dict[str, str], carried: str, sight: Sight) -> str:
    typed = _form(_field("name", "text") + _button("word", "type"), carried)
    return (
        _seen(params, sight)
        + f'<div class="card"><h2>{words("sign.page.typed")}</h2>{paragraphs("sign.letter", params)}{typed}</div>'
        + _drawn(carried)
        + _others(LETTER, carried, params.get("whose", ""))
    )


def _seen(params: dict[str, str], sight: Sight) -> str:
    """Return the letter: its pages as pictures, fetched as they are scrolled to, and the same as text beneath."""
    count = sum(sight.pages)
    if not count:
        return f'<div class="card">{paragraphs("sign.page.no_pages")}</div>{text("letter.text", params)}'
    shown = {"shown": str(min(count, sight.most)), "pages": str(count)}
    pictures = "".join(_picture(place, count, sight) for place in range(1, min(count, sight.most) + 1))
    intro = paragraphs("sign.page.pages" if count <= sight.most else "sign.page.first_pages", shown)
    below = f"<details><summary>{words('sign.page.as_text')}</summary>{paragraphs('letter.text', params)}</details>"
    return f'<div class="card pages">{intro}{pictures}{_pdfs(sight)}</div><div class="card">{below}</div>'


def _picture(place: int, count: int, sight: Sight) -> str:
    address = sight.address("page", place)
    alt = words("sign.page.picture", {"page": str(place), "pages": str(count)})
    picture = f'<img loading="lazy" width="1200" height="1553" src="{address}" alt="{alt}">'
    return f'<a href="{address}" target="_blank" rel="noopener">{picture}</a>'


def _pdfs(sight: Sight, kind: str = " quiet") -> str:
    """Return a button for each letter as a PDF, to be read or printed."""
    parts = max(1, len(sight.pages))
    return "".join(
        f'<a class="button{kind}" target="_blank" rel="noopener" href="{sight.address("letter", part)}">'
        f"{_part_label('pdf', part, parts)}</a>"
        for part in range(1, parts + 1)
    )


def _part_label(key: str, part: int, parts: int) -> str:
    if parts == 1:
        return words(f"sign.page.{key}")
    return words(f"sign.page.{key}_part", {"part": str(part), "parts": str(parts)})


def copy_page(params: dict[str, str], copies: Copies, again: str, *, is_last: bool) -> HTMLResponse:
    """Return what whoever signed sees: that it is signed, and the copy, or that it is being sealed.

    `again`: where to look again; `is_last`: the page does so no more by itself.
    """
    is_own = params.get("whose") == OWN
    signed = {**params, "copy": "" if copies.state in (READY, FAILED) else params["copy"]}
    body = text("sign.signed_own" if is_own else "sign.signed", signed)
    if copies.state == READY:
        links = "".join(_download(part, len(copies.letters), again) for part in range(1, len(copies.letters) + 1))
        return page(f'{body}<div class="card">{paragraphs("sign.page.ready", params)}{links}</div>')
    if copies.state == FAILED:
        return page(body + text("sign.page.not_sealed_own" if is_own else "sign.page.not_sealed"))
    told = paragraphs("sign.page.still_sealing" if is_last else "sign.page.sealing", params)
    look = f'<a class="button quiet" href="{html.escape(again)}">{words("sign.page.look_again")}</a>'
    return page(f'{body}<div class="card" role="status">{told}{look}</div>')


def _download(part: int, parts: int, again: str) -> str:
    address = html.escape(f"copy/{part}{again}")
    return f'<a class="button" download href="{address}">{_part_label("download", part, parts)}</a>'


def _drawn(carried: str) -> str:
    """Return the field to draw in, which its script shows; without one it stays hidden."""
    again = f'<button type="button" class="quiet again">{words("sign.page.again")}</button>'
    label = words("sign.page.drawn")
    field = f'<canvas width="{WIDTH}" height="{HEIGHT}" role="img" aria-label="{label}"></canvas>'
    form = _form(f'<input type="hidden" name="word">{field}{_button("drawn", "draw")}{again}', carried)
    return f'<div class="card" id="draw" hidden><h2>{label}</h2>{form}</div><script>{SCRIPT}</script>'


def _others(name: str, carried: str, whose: str) -> str:
    buttons = "".join(
        f'<button class="quiet" name="act" value="{act}">{words(f"button.sign.{act}")}</button>'
        for act in _OTHERS.get(name, ())
        if not (whose == OWN and act == "not_me")  # who opened one's own page is nobody else
    )
    return _form(buttons, carried) if buttons else ""


def _way_back(kind: str = "") -> str:
    return f'<button class="{kind}" name="act" value="back">{words("button.sign.back")}</button>'


def _button(act: str, label: str) -> str:
    return f'<button name="act" value="{act}">{words(f"sign.page.{label}")}</button>'


def _field(what: str, keyboard: str) -> str:
    more = 'inputmode="numeric" maxlength="16"' if keyboard == "numeric" else 'autocapitalize="words" maxlength="120"'
    label = words(f"sign.page.{what}")
    return f'<label>{label}<input type="text" name="word" autocomplete="off" required {more}></label>'


def _form(inner: str, carried: str) -> str:
    hidden = f'<input type="hidden" name="pass" value="{html.escape(carried)}">' if carried else ""
    return f'<form method="post">{hidden}{inner}</form>'
