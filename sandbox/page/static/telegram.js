// The customer's side: the chat, what the bot does just now, the keyboard of answers, and what can be done with a message.

import { $, el, face, icon, put, showLog, sync, toEnd } from "./dom.js";
import { count, downTo, isSeen, tellAloud } from "./aloud.js";
import { bubble, inShort } from "./bubbles.js";
import { answerTo, change } from "./composer.js";
import { asked, openMenu } from "./menus.js";
import { chosen, now, refresh, tell } from "./net.js";
import { byDay } from "./times.js";
import { greet, names, say } from "./customers.js";

const NOTE_LIVES = 4000; // milliseconds
const MOST = 3; // customers in the line, beside the one whose chat is shown
const news = new Map(); // chat -> the newest message of the bot that was told
const noted = new Set(); // ids of answers to buttons that were shown

export function showTelegram() {
  const { telegram } = now.screen;
  if (telegram.chat !== chosen.chat) return; // an answer to an earlier question
  showCustomers();
  const fresh = freshOf(telegram.messages);
  showMessages(telegram);
  showHead(telegram);
  showKeys(telegram);
  showToast(telegram.toast);
  tellNews(fresh);
}

function showCustomers() {
  const everybody = [...names()];
  const inSight = new Set([chosen.chat, ...everybody.slice(-MOST).map(([id]) => id)]);
  const people = everybody.filter(([id]) => inSight.has(id)).map(([id, name]) => ({
    key: String(id),
    sign: `${name} ${id === chosen.chat}`,
    build: () => el("button", { type: "button", class: "customer", title: name, "aria-pressed": String(id === chosen.chat), "data-focus": "customer", onclick: () => goTo(id) }, face(name), el("span", {}, name)),
  }));
  const more = () => el("button", { type: "button", class: "customer new", "aria-label": "New customer", title: "New customer", onclick: newCustomer }, el("span", { class: "face" }, icon("plus")));
  const others = everybody.filter(([id]) => !inSight.has(id));
  const rest = { key: "rest", sign: JSON.stringify(others), build: () => restOf(others) };
  sync($("customers"), [...(others.length ? [rest] : []), ...people, { key: "new", sign: "", build: more }]);
}

// The customers who came first, once there are more than fit in the line.
function restOf(others) {
  const open = ({ currentTarget: node }) =>
    openMenu(node, others.map(([id, name]) => ({ label: name, icon: "person", act: () => goTo(id) })), { label: "Earlier customers" });
  return el("button", { type: "button", class: "customer rest", "aria-label": `Earlier customers: ${others.length}`, title: "Earlier customers", "aria-haspopup": "menu", "aria-expanded": "false", "data-focus": "rest", onclick: open },
    el("span", { class: "face" }, `+${others.length}`));
}

async function newCustomer() {
  const id = await greet();
  if (!id) return;
  goTo(id);
  $("say-text").focus();
}

export function goTo(chat) {
  if (chat === chosen.chat) return;
  chosen.chat = chat;
  change(null);
  refresh();
}

// --- The log

function freshOf(messages) {
  const newest = messages.findLast((message) => message.from_bot)?.id ?? 0;
  const told = news.get(chosen.chat);
  news.set(chosen.chat, Math.max(newest, told ?? 0));
  return told === undefined ? [] : messages.filter((message) => message.from_bot && message.id > told);
}

function tellNews(fresh) {
  const log = $("messages");
  for (const message of fresh) tellAloud(`Port of Call: ${message.text || inShort(message)}`);
  downTo(log, fresh.length);
  if (!isSeen("customer")) count("customer", fresh.length);
}

function showMessages({ messages, typing, introduction }) {
  const log = $("messages");
  const hasMore = messages.length && !messages.at(-1).from_bot && messages.at(-1).id > Number(log.dataset.mine ?? 0);
  if (hasMore) log.dataset.mine = messages.at(-1).id;
  const items = byDay(messages, (message) => message.date, item(messages), (words) => el("p", { class: "pill" }, words));
  if (typing) items.push({ key: "typing", sign: "", build: () => el("p", { class: "typing", "aria-hidden": "true" }, el("i"), el("i"), el("i")) });
  if (!messages.length) items.push({ key: "about", sign: introduction, build: () => about(introduction) });
  showLog(log, items, { scope: `chat ${chosen.chat}`, fade: true });
  if (hasMore) toEnd(log);
}

function item(messages) {
  const order = new Map(messages.map((message, at) => [message.id, at]));
  const lastOfBot = messages.findLastIndex((message) => message.from_bot);
  return (message) => {
    const at = order.get(message.id);
    const around = {
      quoted: message.reply_to ? messages[order.get(message.reply_to)] : null,
      isRead: !message.from_bot && at < lastOfBot,
      onMenu: menuOf,
    };
    return { key: String(message.id), sign: JSON.stringify([message, around]), build: () => bubble(message, around) };
  };
}

// What a chat shows before the first message; the words are the bot's own, as soon as it has given them.
const about = (words) => el("div", { class: "about-bot" },
  el("span", { class: "face bot" }, icon("anchor")),
  el("p", {}, el("b", {}, "What can this bot do?")),
  el("p", {}, words || "The desk is about to start."),
  words ? el("p", { class: "status" }, "Press START, or just say hello.") : null);

// --- A customer who waits for an answer

const SILENCE = 8000; // milliseconds after which a missing answer is spoken of
let unanswered = { key: "", since: 0 };
const saidIn = new Map(); // chat -> all that the bot's messages say: an edit is an answer too

// Says so when nobody answers: the desk is not there, or a fault that was switched on holds its answer back.
export function showSilence() {
  const { chat, messages, typing, blocked } = now.screen.telegram;
  const last = messages.at(-1);
  const key = last && !last.from_bot && !typing && !blocked ? `${chat} ${last.id}` : "";
  if (key !== unanswered.key) unanswered = { key, since: performance.now() };
  const said = JSON.stringify(messages.filter((message) => message.from_bot));
  if (saidIn.has(chat) && saidIn.get(chat) !== said) unanswered.since = Infinity;
  saidIn.set(chat, said);
  $("silence").hidden = !key || performance.now() - unanswered.since < SILENCE;
}

// --- What can be done with a message

function menuOf(message, node, event) {
  const isMine = !message.from_bot;
  const items = [
    { label: "Reply", icon: "reply", act: () => answerTo(message) },
    isMine && message.text ? { label: "Edit", icon: "edit", act: () => change(message) } : null,
    message.text ? { label: "Copy text", icon: "copy", act: () => navigator.clipboard?.writeText(message.text) } : null,
  ].filter(Boolean);
  const { clientX: x, clientY: y } = event;
  const at = event.type === "contextmenu" && x ? { left: x, right: x, top: y, bottom: y } : node.querySelector(".bubble").getBoundingClientRect();
  openMenu(node.querySelector(".more"), items, { label: "Message", at });
}

function walk(event) {
  const log = event.currentTarget;
  const all = [...log.querySelectorAll(".message:not(.gone)")];
  const here = all.indexOf(document.activeElement);
  if (here < 0 && document.activeElement !== log) return; // a button inside one has the keys
  if (event.key === "Enter" && here >= 0) {
    event.preventDefault();
    all[here].querySelector(".more").click();
  }
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const target = step && (here < 0 ? all.at(-1) : all[here + step]);
  if (!target) return;
  event.preventDefault();
  target.focus();
}

// --- Around the log

function showHead({ blocked, typing, commands, messages }) {
  put($("status"), blocked ? "you blocked this bot" : typing ? "typing…" : "bot");
  $("status").classList.toggle("live", Boolean(typing) && !blocked);
  const isNew = !messages.length && !blocked;
  $("say").hidden = blocked;
  $("start").hidden = !isNew;
  $("unblock").hidden = !blocked;
  $("commands").hidden = !commands?.length;
}

function showKeys({ keys, blocked }) {
  const isThere = keys.length > 0 && !blocked;
  const isOpen = isThere && $("keys-toggle").getAttribute("aria-expanded") === "true";
  $("keys-toggle").hidden = !isThere;
  $("keys").hidden = !isOpen;
  const row = (labels) => el("div", { class: "row" }, labels.map((label) =>
    el("button", { type: "button", class: "key", "data-focus": label, onclick: () => say(label) }, label)));
  sync($("keys"), keys.map((labels, at) => ({ key: String(at), sign: JSON.stringify(labels), build: () => row(labels) })));
}

async function showToast(toast) {
  if (!toast || noted.has(toast.id)) return;
  noted.add(toast.id);
  if (toast.alert) return asked({ title: "Port of Call", text: toast.text, yes: "OK", no: null });
  const node = el("p", { class: "toast" }, toast.text);
  $("toasts").append(node);
  setTimeout(() => node.remove(), NOTE_LIVES);
}

function chatMenu() {
  const { blocked } = now.screen.telegram;
  const act = () => tell(blocked ? "telegram/unblock" : "telegram/block", { chat: chosen.chat });
  openMenu($("chat-more"), [{ label: blocked ? "Unblock the bot" : "Block the bot", icon: "block", isDanger: !blocked, act }], { label: "Chat" });
}

export function wireTelegram() {
  $("messages").addEventListener("keydown", walk);
  $("chat-more").addEventListener("click", chatMenu);
  $("start").addEventListener("click", () => say("/start").then(() => $("say-text").focus()));
  $("unblock").addEventListener("click", () => tell("telegram/unblock", { chat: chosen.chat }));
  $("keys-toggle").addEventListener("click", (event) => {
    const isOpen = event.currentTarget.getAttribute("aria-expanded") === "true";
    event.currentTarget.setAttribute("aria-expanded", String(!isOpen));
    showKeys(now.screen.telegram);
  });
}
