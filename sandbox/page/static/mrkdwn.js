// Slack's texts as nodes: mrkdwn, plain text with emoji, and rich text.

import { el, link } from "./dom.js";
import { now } from "./net.js";
import { ago, clock, day } from "./times.js";

const EMOJI = {
  warning: "⚠️", no_entry: "⛔", white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌", bell: "🔔", hourglass: "⏳", hourglass_flowing_sand: "⏳",
  tada: "🎉", eyes: "👀", lock: "🔒", telephone_receiver: "📞", phone: "☎️", calendar: "📅", memo: "📝", page_facing_up: "📄",
  information_source: "ℹ️", rotating_light: "🚨", wave: "👋", thumbsup: "👍", "+1": "👍", speech_balloon: "💬", pencil2: "✏️", red_circle: "🔴",
};
const MARKS =
  /```([\s\S]+?)```|`([^`\n]+)`|<([^<>\n]+)>|(?<![\w*])\*([^*\n]+)\*(?![\w*])|(?<!\w)_([^_\n]+)_(?!\w)|(?<!\w)~([^~\n]+)~(?!\w)|:([a-z0-9_+-]+):/g;
const QUOTED = /^&gt; ?/;

export const unescaped = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
export const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
export const emoji = (name) => EMOJI[name] ?? `:${name}:`;

// Lines that begin with ">" are a quotation.
export function mrkdwn(text) {
  const parts = [];
  let quoted = [];
  const lines = text.split("\n");
  for (const [at, line] of lines.entries()) {
    if (QUOTED.test(line)) quoted.push(line.replace(QUOTED, ""));
    if (quoted.length && (!QUOTED.test(line) || at === lines.length - 1)) {
      parts.push(el("blockquote", {}, marks(quoted.join("\n"))));
      quoted = [];
    }
    if (!QUOTED.test(line)) parts.push(line + (at < lines.length - 1 ? "\n" : ""));
  }
  return joined(parts).map((part) => (typeof part === "string" ? marks(part) : part)).flat();
}

// Marks may span lines, so neighbouring lines are read as one.
function joined(parts) {
  return parts.reduce((all, part) => {
    if (typeof part === "string" && typeof all.at(-1) === "string") all[all.length - 1] += part;
    else all.push(part);
    return all;
  }, []);
}

function marks(text) {
  const parts = [];
  let at = 0;
  for (const found of text.matchAll(MARKS)) {
    parts.push(unescaped(text.slice(at, found.index)), marked(found));
    at = found.index + found[0].length;
  }
  parts.push(unescaped(text.slice(at)));
  return parts;
}

function marked([whole, pre, code, angle, bold, italic, strike, name]) {
  if (pre) return el("pre", {}, unescaped(pre.replace(/^\n/, "")));
  if (code) return el("code", {}, unescaped(code));
  if (angle) return mention(angle);
  if (bold) return el("b", {}, marks(bold));
  if (italic) return el("i", {}, marks(italic));
  if (strike) return el("s", {}, marks(strike));
  return EMOJI[name] ?? whole;
}

function mention(angle) {
  const [target, words] = angle.split("|");
  const { people, channels } = now.screen.slack;
  if (target.startsWith("@")) return el("span", { class: "mention" }, `@${people[target.slice(1)]?.name ?? target.slice(1)}`);
  if (target.startsWith("#")) return el("span", { class: "mention" }, `#${words ?? channels[target.slice(1)] ?? target.slice(1)}`);
  if (target.startsWith("!date^")) return dated(target, words);
  if (target.startsWith("!subteam^")) return el("span", { class: "mention" }, unescaped(words ?? "@porters"));
  if (target.startsWith("!")) return el("span", { class: "mention" }, unescaped(words ?? `@${target.slice(1)}`));
  return link(unescaped(target), unescaped(words ?? target));
}

function dated(target, words) {
  const [, seconds, shape] = target.split("^");
  const at = Number(seconds);
  const shown = shape?.replace(/\{date\w*\}/g, day(at)).replace(/\{time\w*\}/g, clock(at)).replace(/\{ago\}/g, ago(at));
  return el("span", {}, shown && !shown.includes("{") ? shown : unescaped(words ?? ""));
}

const plain = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole);

// The nodes of a text object.
export const words = (object) => (object?.type === "mrkdwn" ? mrkdwn(object.text) : [plain(object?.text ?? "")]);

const LISTS = { bullet: "ul", ordered: "ol" };

export function rich(element) {
  if (element.type === "emoji") return emoji(element.name);
  if (element.type === "link") return link(element.url, element.text ?? element.url);
  if (element.type === "user") return el("span", { class: "mention" }, `@${now.screen.slack.people[element.user_id]?.name ?? element.user_id}`);
  if (element.type === "rich_text_list") return el(LISTS[element.style] ?? "ul", {}, element.elements.map((each) => el("li", {}, rich(each))));
  if (element.type === "rich_text_quote") return el("blockquote", {}, element.elements.map(rich));
  if (element.type === "rich_text_preformatted") return el("pre", {}, element.elements.map(rich));
  if (element.elements) return el("span", {}, element.elements.map(rich));
  return styled(element);
}

function styled({ text, type, style = {} }) {
  const tags = { bold: "b", italic: "i", strike: "s", code: "code" };
  return Object.keys(tags).reduce((node, name) => (style[name] ? el(tags[name], {}, node) : node), text ?? `[${type}]`);
}
