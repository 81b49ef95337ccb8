// One message in Slack: who, when, its words or blocks, reactions, the replies under it, and private ones that fold away.

import { botFace, el, face, icon } from "./dom.js";
import { rendered } from "./blocks.js";
import { emoji, mrkdwn } from "./mrkdwn.js";
import { chosen, now, tell } from "./net.js";
import { clock } from "./times.js";

const LONGEST_LINE = 70;

export const isBot = (post) => now.screen.slack.people[post.user]?.bot ?? false;

export const isPrivate = (post) => post.ephemeral_to !== null;

// A post's first words without marks, for a line that stands for it.
export function firstWords(post) {
  const whole = (post.text || post.blocks.map((block) => block.text?.text ?? "").join(" ")).replace(/[*_`~]|<[^>|]*\|?|>/g, "").replace(/\s+/g, " ").trim();
  return whole.length > LONGEST_LINE ? `${whole.slice(0, LONGEST_LINE)}…` : whole;
}

// `around`: replies (to show under a root), isNews (some are unseen), open(thread), dismiss(post); all may be missing.
export function shownPost(post, around = {}) {
  const press = (element, value) =>
    tell("slack/press", { user: chosen.user, action: element.action_id, value: value ?? null, message_ts: post.ts, channel: post.channel });
  return el("article", { class: `post${isPrivate(post) ? " private" : ""}`, "aria-label": `${post.name}, ${clock(Number(post.ts))}`, tabindex: "-1" },
    isBot(post) ? botFace() : face(post.name),
    el("div", { class: "post-body" },
      isPrivate(post) ? el("p", { class: "only" }, icon("eye"), "Only visible to you") : null,
      el("p", { class: "by" }, el("b", {}, post.name), isBot(post) ? el("span", { class: "app" }, "App") : null,
        el("time", {}, clock(Number(post.ts))), post.edited ? el("span", { class: "meta" }, "(edited)") : null),
      post.blocks.length ? el("div", { class: "blocks" }, rendered(post.blocks, press)) : el("div", { class: "words" }, mrkdwn(post.text)),
      Object.values(post.unfurls).map((shown) => el("div", { class: "blocks unfurled" }, rendered(shown.blocks, press))),
      post.files.map(file),
      reactions(post),
      under(post, around)),
    isPrivate(post) || !around.open ? null : toolbar(post, around));
}

function file(id) {
  const known = now.screen.slack.files?.[id];
  const name = known?.name ?? `file ${id}`;
  return el("a", { class: "thing", href: `/control/slack/file/${encodeURIComponent(id)}`, download: name, "data-focus": id },
    el("span", { class: "disc" }, icon("file")), el("span", {}, el("b", {}, name), el("small", {}, "Download")));
}

function reactions(post) {
  const all = Object.entries(post.reactions);
  if (!all.length) return null;
  return el("p", { class: "reactions" }, all.map(([name, who]) => el("span", {}, `${emoji(name)} ${who.length}`)));
}

function under(post, { replies = [], isNews = false, open, dismiss }) {
  if (isPrivate(post)) return el("button", { type: "button", class: "plain", "data-focus": "dismiss", onclick: () => dismiss([post]) }, "Dismiss message");
  if (!replies.length || !open) return null;
  const last = replies.at(-1);
  const faces = [...new Map(replies.map((reply) => [reply.user, reply])).values()].slice(0, 3);
  return el("button", { type: "button", class: `replies${isNews ? " news" : ""}`, "data-focus": "thread", onclick: () => open(post.ts) },
    faces.map((reply) => (isBot(reply) ? botFace() : face(reply.name))),
    el("b", {}, replies.length === 1 ? "1 reply" : `${replies.length} replies`),
    el("span", { class: "meta" }, isNews ? "New" : `Last at ${clock(Number(last.ts))}`));
}

// As in manifest.yml; a test keeps them equal.
const SHORTCUT = { id: "attach", name: "Attach to request" };

const attach = (post) => tell("slack/shortcut", { user: chosen.user, shortcut: SHORTCUT.id, message_ts: post.ts, channel: post.channel });

const toolbar = (post, { open }) =>
  el("div", { class: "toolbar" },
    el("button", { type: "button", class: "round", "data-focus": "attach", "aria-label": SHORTCUT.name, title: SHORTCUT.name, onclick: () => attach(post) }, icon("file")),
    el("button", { type: "button", class: "round", "data-focus": "reply", "aria-label": "Reply in thread", title: "Reply in thread", onclick: () => open(post.ts) }, icon("thread")));

// Older private messages in one line; it opens to show them, and throws them all away.
export function folded(posts, { isOpen, toggle, dismiss }) {
  const words = posts.length === 1 ? `An older message only visible to you: ${firstWords(posts[0])}` : `${posts.length} older messages only visible to you`;
  return el("div", { class: "folded" }, icon("eye"),
    el("button", { type: "button", class: "plain", "aria-expanded": String(isOpen), "data-focus": "fold", onclick: toggle }, words),
    el("button", { type: "button", class: "plain", "data-focus": "dismiss-all", onclick: () => dismiss(posts) }, posts.length === 1 ? "Dismiss" : "Dismiss all"));
}

