// The desk's side: channel, direct messages and App Home in one column, threads beside it, and the boxes to write in.

import { $, badge, el, entersSend, fillSelect, put, showLog, toEnd } from "./dom.js";
import { count, counted, downTo, isSeen, tellAloud } from "./aloud.js";
import { rendered } from "./blocks.js";
import { escaped } from "./mrkdwn.js";
import { showModal } from "./modals.js";
import { act, chosen, notice, now, refresh, tell } from "./net.js";
import { firstWords, folded, isPrivate, shownPost } from "./posts.js";
import { byDay } from "./times.js";

const DESK = "C0DESK";
const ROLES = { U0STAFF1: "staff", U0STAFF2: "staff", U0GUEST: "guest", U0OTHER: "not on the desk" };
const PLACES = {
  posts: { name: "# port-desk", about: "Requests of customers, as cards", box: "Message, or /port help" },
  direct: { name: "Port of Call", about: "Direct messages with the app", box: "Message Port of Call" },
  home: { name: "Port of Call", about: "App Home", box: "" },
};
const OPEN_PRIVATE = 1; // the newest private messages that stay unfolded
const dismissed = new Set();
const unfolded = new Set();
const told = new Map(); // user -> ts of the newest post that was told
const seenReplies = new Map(); // user and thread -> how many replies were seen

const sideOf = (post) => (post.channel === DESK ? "posts" : "direct");

export function showSlack() {
  const { slack } = now.screen;
  if (slack.user !== chosen.user) return; // an answer to an earlier question
  showPeople(slack);
  const posts = standing(slack);
  const fresh = freshOf(posts);
  showPlace(posts, slack.home);
  showThread(posts);
  showRail();
  showModal(slack.modals);
  downTo($("posts"), fresh.filter((post) => sideOf(post) === chosen.place && !isReply(post, posts)).length);
}

function standing({ posts, direct, ephemerals }) {
  const kept = ephemerals.filter((post) => !dismissed.has(post.ts));
  return [...posts, ...direct, ...kept].sort((a, b) => (a.ts < b.ts ? -1 : 1));
}

function showPeople({ people }) {
  const all = Object.entries(people).filter(([, person]) => !person.bot);
  fillSelect($("user"), all.map(([id, { name }]) => [id, ROLES[id] ? `${name} (${ROLES[id]})` : name]), chosen.user);
}

// --- What is new

function freshOf(posts) {
  const before = told.get(chosen.user);
  const newest = posts.reduce((latest, { ts }) => (ts > latest ? ts : latest), before ?? "");
  told.set(chosen.user, newest);
  const fresh = before === undefined ? [] : posts.filter((post) => post.ts > before && post.user !== chosen.user);
  for (const post of fresh) {
    tellAloud(`Slack, ${post.name}${isPrivate(post) ? ", only to you" : ""}: ${firstWords(post)}`);
    if (sideOf(post) !== chosen.place || !isSeen("desk")) count(sideOf(post), 1);
  }
  if (!isSeen("desk")) count("desk", fresh.length);
  return fresh;
}

function showRail() {
  if (isSeen("desk")) count(chosen.place, 0);
  for (const button of document.querySelectorAll("[data-place]")) {
    const { place } = button.dataset;
    if (place === chosen.place) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
    const mark = button.querySelector(".badge");
    if (mark) badge(mark, counted(place));
    button.classList.toggle("unread", counted(place) > 0);
  }
}

// --- The column

function showPlace(posts, home) {
  const { name, about, box } = PLACES[chosen.place];
  put($("place-name"), name);
  put($("place-about"), about);
  $("post").hidden = chosen.place === "home";
  $("post-text").placeholder = box;
  const scope = `${chosen.user} ${chosen.place}`;
  if (chosen.place === "home") return showLog($("posts"), homeItems(home), { scope, fromTop: true, empty: () => nothing("The desk has put nothing here yet.") });
  const here = posts.filter((post) => sideOf(post) === chosen.place);
  const line = (words) => el("p", { class: "day" }, el("span", {}, words));
  const items = byDay(foldedIn(here), (row) => Number(row.at), (row) => row.item, line);
  for (const node of $("posts").children) node.classList.remove("changed", "arrives");
  showLog($("posts"), items, { scope, empty: chosen.place === "posts" ? noCards : () => nothing("Nothing was sent to this person alone.") });
  if (now.stories?.playing) follow($("posts"));
}

// Whoever watches a story shall see the card on which something happens, wherever it stands.
function follow(log) {
  const node = [...log.querySelectorAll(".changed, .arrives")].at(-1);
  node?.scrollIntoView({ block: node.offsetHeight > log.clientHeight ? "start" : "nearest" });
}

const nothing = (words) => el("p", { class: "nothing" }, words);

const noCards = () => el("div", { class: "nothing" },
  el("p", {}, el("b", {}, "No requests yet")),
  el("p", {}, "Be the customer first. What they have signed appears here as a card, and its buttons take it on."),
  el("p", {}, "In a hurry? ", el("b", {}, "Play a sample customer"), " shows the whole way. ", el("code", {}, "/port help"), " tells what the desk can do."));

function homeItems(home) {
  if (!home) return [];
  const press = (element, value) => tell("slack/press", { user: chosen.user, action: element.action_id, value: value ?? null, view_id: home.id });
  return [{ key: home.id, sign: JSON.stringify(home), build: () => el("div", { class: "blocks home" }, rendered(home.body.blocks, press)) }];
}

function isReply(post, posts) {
  return post.thread_ts && post.thread_ts !== post.ts && !post.broadcast && posts.some((root) => root.ts === post.thread_ts);
}

// Rows {at, item}: roots with their replies counted; private messages but for the newest folded into one line each run.
function foldedIn(posts) {
  const roots = posts.filter((post) => !isReply(post, posts));
  const open = new Set(roots.filter(isPrivate).slice(-OPEN_PRIVATE));
  const rows = [];
  for (const post of roots) {
    if (!isPrivate(post) || open.has(post)) rows.push(row(post, posts));
    else if (rows.at(-1)?.fold) rows.at(-1).fold.push(post);
    else rows.push({ at: post.ts, fold: [post] });
  }
  return rows.flatMap((each) => (each.fold ? foldRows(each, posts) : [each]));
}

function foldRows({ at, fold }, posts) {
  const key = `fold/${at}`;
  const isOpen = unfolded.has(key);
  const toggle = () => {
    if (!unfolded.delete(key)) unfolded.add(key);
    showSlack();
  };
  const head = { key, sign: JSON.stringify([isOpen, fold.map((post) => post.ts)]), build: () => folded(fold, { isOpen, toggle, dismiss }) };
  return [{ at, item: head }, ...(isOpen ? fold.map((post) => row(post, posts)) : [])];
}

function row(post, posts) {
  const replies = posts.filter((reply) => reply.thread_ts === post.ts && reply.ts !== post.ts);
  const key = `${chosen.user} ${post.ts}`;
  if (!seenReplies.has(key) || chosen.thread === post.ts) seenReplies.set(key, replies.length);
  const isNews = replies.length > seenReplies.get(key);
  const sign = JSON.stringify([post, replies.map((reply) => reply.ts), isNews]);
  return { at: post.ts, item: { key: post.ts, sign, build: () => shownPost(post, { replies, isNews, open: openThread, dismiss }) } };
}

function dismiss(posts) {
  for (const post of posts) dismissed.add(post.ts);
  showSlack();
}

// --- The thread

let opener = null;

function showThread(posts) {
  const root = posts.find((post) => post.ts === chosen.thread);
  $("thread").hidden = !root;
  if (!root) return;
  put($("thread-about"), sideOf(root) === "posts" ? "# port-desk" : "Port of Call");
  const replies = posts.filter((post) => post.thread_ts === root.ts && post.ts !== root.ts);
  const item = (post) => ({ key: post.ts, sign: JSON.stringify(post), build: () => shownPost(post, { dismiss }) });
  const words = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
  const line = { key: "count", sign: words, build: () => el("p", { class: "count" }, words) };
  showLog($("replies"), [item(root), line, ...replies.map(item)], { scope: `${chosen.user} ${root.ts}` });
}

function openThread(ts) {
  opener = document.activeElement?.dataset.focus;
  chosen.thread = ts;
  showSlack();
  $("reply-text").focus();
}

function closeThread() {
  const root = [...$("posts").children].find((node) => node.dataset.key === chosen.thread);
  chosen.thread = null;
  showSlack();
  const back = root && (root.querySelector(`[data-focus="${opener}"]`) ?? root.querySelector("[data-focus=reply]"));
  (back ?? $("posts")).focus();
}

// --- Acting

async function send(event, box, body) {
  event.preventDefault();
  const text = box.value.trim();
  if (!text) return;
  box.value = "";
  $("hint").hidden = true;
  const command = body.thread_ts ? null : /^\/port(?:\s+|$)(.*)/s.exec(text); // Slack has no commands in threads
  if (command) chosen.place = "posts";
  const isDone = command
    ? await tell("slack/command", { user: chosen.user, text: command[1] })
    : await tell("slack/message", { user: chosen.user, text: escaped(text), ...body });
  if (!isDone && !box.value) box.value = text;
  toEnd(body.thread_ts ? $("replies") : $("posts"));
}

const channel = () => (chosen.place === "direct" ? `D${chosen.user.slice(1)}` : DESK);

async function openPlace(place) {
  chosen.place = place;
  chosen.thread = null;
  showSlack();
  if (place !== "home") return;
  const { error } = await act("slack/open_home", { user: chosen.user });
  notice(error ? `The desk did not hear that Home was opened (${error}).` : "");
}

function actAs(user) {
  chosen.user = user;
  chosen.thread = null;
  refresh();
}

export function becomes(user) {
  if (user !== chosen.user) actAs(user);
}

export function wireSlack() {
  entersSend($("post-text"));
  entersSend($("reply-text"));
  $("post").addEventListener("submit", (event) => send(event, $("post-text"), { channel: channel() }));
  $("reply").addEventListener("submit", (event) => send(event, $("reply-text"), { channel: channel(), thread_ts: chosen.thread }));
  $("thread-close").addEventListener("click", closeThread);
  $("thread").addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && closeThread());
  $("user").addEventListener("change", (event) => actAs(event.target.value));
  for (const button of document.querySelectorAll("[data-place]")) button.addEventListener("click", () => openPlace(button.dataset.place));
}
