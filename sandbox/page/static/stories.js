// The bar on top: the desk's clock, faults to switch on, and stories that play by themselves.

import { $, el, icon, put, sync } from "./dom.js";
import { remember, storyName } from "./customers.js";
import { openMenu } from "./menus.js";
import { ask, keep, notice, now } from "./net.js";
import { becomes } from "./slack.js";
import { goTo } from "./telegram.js";
import { deskNow, moment } from "./times.js";

let watched = null; // the chat of the story whose beginning was followed
let ended = null; // the story whose end was told

export function showBar() {
  showTime();
  showFaults();
  showStories();
}

async function change(name, path, body, method) {
  const answer = await ask(path, body, method);
  notice(answer.refused ? `That did not work: ${answer.refused}` : "");
  if (answer.refused) return;
  keep(name, answer);
  showBar();
}

function showTime() {
  $("time").hidden = !now.time?.now;
  if (!now.time?.now) return;
  put($("now"), moment(deskNow()));
  const offset = Math.round(now.time.offset / 3600);
  $("now").title = offset ? `${offset} h ahead of this computer's clock` : "The same as this computer's clock";
}

function showFaults() {
  const { switches } = now.faults ?? {};
  $("faults").hidden = !switches;
  const on = switches?.filter((each) => each.on).length ?? 0;
  put($("faults-words"), on ? `Faults: ${on} on` : "Faults");
  $("faults").classList.toggle("on", on > 0);
}

function faultsMenu() {
  const flip = (id) => async (node) => {
    const isOn = node.getAttribute("aria-checked") !== "true";
    node.setAttribute("aria-checked", String(isOn));
    await change("faults", "switch", { id, on: isOn });
  };
  openMenu($("faults"), now.faults.switches.map(({ id, label, on }) => ({ label, on, act: flip(id) })), { label: "Faults" });
}

function showStories() {
  const { stories = [], playing = null, last = null } = now.stories ?? {};
  sync($("stories"), stories.map(({ id, label }) => ({
    key: id,
    sign: `${label} ${Boolean(playing)}`,
    build: () => el("button", { type: "button", class: "tool", disabled: Boolean(playing), "data-focus": id, onclick: () => play(id) }, icon("play"), label),
  })));
  showPlaying(playing, stories);
  tellEnd(playing, last, stories);
}

function showPlaying(playing, stories) {
  $("playing").hidden = !playing;
  if (!playing) return;
  const label = stories.find(({ id }) => id === playing.id)?.label.replace(/^Play /, "") ?? playing.id;
  put($("playing-step"), `${label.charAt(0).toUpperCase()}${label.slice(1)}, step ${Math.min(playing.step + 1, playing.of)} of ${playing.of}:`);
  put($("playing-words"), playing.saying ?? "");
  $("playing-done").style.inlineSize = `${(100 * playing.step) / (playing.of || 1)}%`;
  if (!playing.chat) return;
  remember(playing.chat, storyName(playing));
  if (watched === playing.chat) return;
  watched = playing.chat;
  ended = null;
  goTo(playing.chat);
  if (playing.user) becomes(playing.user);
}

// A story that this page saw beginning is also seen off.
function tellEnd(playing, last, stories) {
  if (playing || !last || last.chat !== watched || ended === last.chat) return;
  ended = last.chat;
  const label = stories.find(({ id }) => id === last.id)?.label.replace(/^Play /, "") ?? last.id;
  const words = { done: `That was ${label}. Now try it yourself.`, stopped: "", stuck: `The story got stuck: ${last.why}` };
  notice(words[last.ended] ?? "", last.ended === "done");
}

function play(id) {
  return change("stories", "story", { id });
}

export function wireBar() {
  $("time").addEventListener("click", ({ target: { dataset } }) => {
    if (dataset.forward) change("time", "time", { forward: Number(dataset.forward) });
    if (dataset.to) change("time", "time", { to: dataset.to });
  });
  $("faults").addEventListener("click", faultsMenu);
  $("stop").addEventListener("click", () => change("stories", "story", null, "DELETE"));
  $("controls-open").addEventListener("click", ({ currentTarget: button }) => {
    const isOpen = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(isOpen));
    $("controls").classList.toggle("open", isOpen);
  });
  setInterval(() => !document.hidden && showTime(), 1000);
}
