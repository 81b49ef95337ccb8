// One message of the chat as Telegram draws it: quote, file, words, time and ticks, and the buttons under it.

import { el, hidden, icon } from "./dom.js";
import { formatted } from "./entities.js";
import { chosen, tell } from "./net.js";
import { clock } from "./times.js";

const KINDS = {
  contact: ["person", "Contact"], voice: ["mic", "Voice message"], audio: ["mic", "Audio"], sticker: ["sticker", "Sticker"],
  location: ["place", "Location"], venue: ["place", "Place"], photo: ["photo", "Photo"], document: ["file", "File"],
  video: ["play", "Video"], video_note: ["play", "Video message"], animation: ["play", "GIF"],
};
const LONGEST_QUOTE = 90;

// What a message is in one line: for quotes, menus and people who listen.
export function inShort(message) {
  const [, name] = KINDS[message.kind] ?? ["file", message.kind];
  const what = message.document?.name ?? (message.about ? `${name}: ${message.about}` : name);
  const words = message.text || what;
  return words.length > LONGEST_QUOTE ? `${words.slice(0, LONGEST_QUOTE)}…` : words;
}

// `around`: quoted (the message it answers), isRead, onMenu(message, node).
export function bubble(message, around) {
  const who = message.from_bot ? "Port of Call" : "You";
  const classes = ["message", message.from_bot ? "in" : "out", message.keyboard.length ? "keyed" : ""];
  const menu = (event) => {
    event.preventDefault();
    around.onMenu(message, event.currentTarget.closest(".message"), event);
  };
  return el("article", { class: classes.filter(Boolean).join(" "), "aria-label": `${who}, ${clock(message.date)}`, tabindex: "-1", oncontextmenu: menu },
    el("div", { class: "line" },
      el("div", { class: "bubble" },
        message.forwarded_from ? el("p", { class: "forwarded" }, "Forwarded from ", el("b", {}, message.forwarded_from)) : null,
        message.reply_to ? quote(around.quoted) : null,
        body(message, who),
        el("div", { class: "words" }, formatted(message.text, message.entities), stamp(message, around))),
      el("button", { type: "button", class: "round more", tabindex: "-1", "aria-label": "What can be done with this message", onclick: menu }, icon("down"))),
    message.keyboard.length ? el("div", { class: "inline" }, message.keyboard.map((row) => el("div", { class: "row" }, row.map((button) => inline(message, button))))) : null);
}

function stamp(message, { isRead }) {
  const ticks = message.from_bot ? null : [icon(isRead ? "ticks" : "tick"), hidden(isRead ? " read" : " sent")];
  return el("span", { class: "stamp" }, message.edited ? "edited " : "", clock(message.date), ticks);
}

function quote(quoted) {
  return el("blockquote", { class: "quote" },
    el("b", {}, quoted ? (quoted.from_bot ? "Port of Call" : "You") : "Deleted message"),
    quoted ? el("span", {}, inShort(quoted)) : null);
}

function body(message, who) {
  if (message.document) return message.document.is_photo ? photo(message.document, who) : file(message.document);
  if (message.kind === "text") return null;
  if (message.kind === "sticker") return el("p", { class: "sticker" }, message.about || "Sticker");
  const [name, words] = KINDS[message.kind] ?? ["file", message.kind];
  return el("div", { class: "thing" }, el("span", { class: "disc" }, icon(name)), el("p", {}, el("b", {}, words), el("small", {}, message.about ?? "")));
}

const address = ({ file_id: id }) => `/control/telegram/file/${encodeURIComponent(id)}`;

function photo(document, who) {
  const picture = el("img", { src: address(document), alt: `Photo from ${who === "You" ? "you" : who}` });
  picture.addEventListener("error", () => picture.replaceWith(file(document)));
  return el("a", { class: "photo", href: address(document), download: `${document.name || "photo"}.jpg`, "data-focus": document.file_id }, picture);
}

function file(document) {
  return el("a", { class: "thing", href: address(document), download: document.name, "data-focus": document.file_id },
    el("span", { class: "disc" }, icon("file")), el("span", {}, el("b", {}, document.name), el("small", {}, `${size(document.size)} · Download`)));
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function inline(message, { text, data }) {
  if (/^(https?|tg):\/\//.test(data)) {
    return el("a", { class: "key", href: data, target: "_blank", rel: "noreferrer noopener", "data-focus": data }, text, icon("link"));
  }
  const press = async (event) => {
    event.currentTarget.classList.add("busy");
    const node = event.currentTarget;
    await tell("telegram/press", { chat: chosen.chat, message_id: message.id, data });
    setTimeout(() => node.classList.remove("busy"), 600); // the bot answers a moment later
  };
  return el("button", { type: "button", class: "key", "data-focus": data, onclick: press }, text);
}
