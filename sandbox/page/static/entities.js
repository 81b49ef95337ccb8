// Telegram's formatted texts as nodes. Telegram counts offsets in UTF-16 units, as JavaScript's strings do.

import { el, link } from "./dom.js";
import { say } from "./customers.js";

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const LINKS = {
  text_link: (_, url) => url,
  url: (text) => (text.includes("://") ? text : `http://${text}`),
  email: (text) => `mailto:${text}`,
  phone_number: (text) => `tel:${text.replace(/[^\d+]/g, "")}`,
};
const AS_IT_IS = new Set(["code", "pre", "bot_command", ...Object.keys(LINKS)]);
// What Telegram finds by itself in a text that marks nothing: commands and addresses.
const FOUND = /(?<![\w/<])(?:\/[a-z][a-z0-9_]*(?![\w/])|https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/gi;

export function formatted(text, entities) {
  return pieces(text, [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length), 0, text.length, found);
}

function pieces(text, entities, from, to, plain) {
  const parts = [];
  let at = from;
  let rest = entities;
  while (rest.length) {
    const [first, ...others] = rest;
    const end = first.offset + first.length;
    const inside = others.filter((e) => e.offset < end);
    const within = AS_IT_IS.has(first.type) ? (words) => words : plain;
    parts.push(plain(text.slice(at, first.offset)), entity(first, text.slice(first.offset, end), pieces(text, inside, first.offset, end, within)));
    at = end;
    rest = others.filter((e) => e.offset >= end);
  }
  parts.push(plain(text.slice(at, to)));
  return parts.flat().filter((part) => part !== "");
}

function found(text) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(FOUND)) {
    const [words] = match;
    parts.push(text.slice(at, match.index), words.startsWith("/") ? command(words, words) : link(words, words));
    at = match.index + words.length;
  }
  return [...parts, text.slice(at)];
}

function entity({ type, url }, text, inside) {
  if (LINKS[type]) return link(LINKS[type](text, url), inside);
  if (type === "bot_command") return command(text, inside);
  if (type === "spoiler") return el("span", { class: "spoiler", tabindex: "0" }, inside);
  return el(TAGS[type] ?? "span", {}, inside);
}

const command = (text, inside) =>
  el("button", { type: "button", class: "command", "data-focus": text, onclick: () => say(text) }, inside);
