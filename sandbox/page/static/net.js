// Asking the sandbox: what stands on both screens, over and over while somebody looks; and what people do there.

import { $, put } from "./dom.js";

const EVERY = 300; // milliseconds between two looks
const SLOWLY = 1000; // the same while the sandbox does not answer
const CHUNK = 32_768; // bytes turned into characters at once; more would overflow the stack
const STOPPED = "The desk has stopped. Start it again with “make run”, and this page goes on by itself.";

export const chosen = { chat: 1001, user: "U0STAFF1", place: "posts", thread: null, side: "customer" };
export const now = { screen: null, time: null, faults: null, stories: null }; // what the sandbox said last

let show = () => {};
let lastLook = "";
let asks = 0;
let timer = 0;

export async function get(path) {
  const response = await fetch(`/control/${path}`);
  return response.ok ? response.json() : null;
}

// Returns the answer; `refused` in it is a sentence that says why nothing was done.
export async function ask(path, body, method = "POST") {
  try {
    const response = await fetch(`/control/${path}`, { method, body: body && JSON.stringify(body) });
    const answer = await response.json();
    return response.ok ? answer : { refused: answer.error };
  } catch {
    return { refused: "the sandbox does not answer." };
  }
}

export function base64(bytes) {
  let binary = "";
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
}

export async function act(path, body) {
  const answer = await ask(path, body);
  await refresh();
  return answer;
}

// Does something and says so if it failed; returns whether it was done.
export async function tell(path, body) {
  const { refused, error } = await act(path, body);
  // Slack itself shows the failures of commands and presses, as ephemerals; of a message it says nothing.
  const unheard = error && path === "slack/message" ? `The desk did not hear that (${error}).` : "";
  notice(refused ? `That did not work: ${refused}` : unheard);
  return !refused;
}

export function notice(words, isGood = false) {
  put($("notice"), words);
  $("notice").classList.toggle("good", isGood);
}

export async function refresh() {
  const mine = ++asks;
  let isNew = false;
  try {
    const [text] = await Promise.all([looked(), lookAround()]);
    if ($("notice").textContent === STOPPED) notice("");
    if (mine !== asks) return true; // a later look is under way
    const look = `${chosen.chat} ${chosen.user} ${now.time?.offset} ${text}`;
    isNew = look !== lastLook;
    if (isNew) now.screen = JSON.parse(text);
    lastLook = look;
  } catch {
    notice(STOPPED);
    return false;
  }
  show(isNew);
  return true;
}

// Shows again what is known, because somebody looks elsewhere now.
export function redraw() {
  if (now.screen) show(true);
}

async function looked() {
  const response = await fetch(`/control/screen?chat=${chosen.chat}&user=${chosen.user}`);
  return response.text();
}

// The clock, the switches and the story move slowly: one of them with each look, the story with all while one plays.
const AROUND = ["time", "faults", "stories"];
let turn = 0;

async function lookAround() {
  const names = now.faults === null ? AROUND : [AROUND[turn++ % AROUND.length]];
  if (now.stories?.playing && !names.includes("stories")) names.push("stories");
  for (const [at, found] of (await Promise.all(names.map(get))).entries()) keep(names[at], found);
}

export function keep(name, found) {
  now[name] = found ?? {};
  if (name === "time") now.time.at = performance.now();
}

async function poll() {
  clearTimeout(timer);
  const isThere = await refresh();
  clearTimeout(timer); // two polls may meet when the page comes to the front
  if (!document.hidden) timer = setTimeout(poll, isThere ? EVERY : SLOWLY);
}

export function start(whenNew) {
  show = whenNew;
  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : poll()));
  poll();
}
