// What is new, told to people who listen to the page instead of looking at it, and counted for those who look elsewhere.

import { $, badge, el, isAtEnd, toEnd } from "./dom.js";
import { chosen, redraw } from "./net.js";

const KEPT = 5; // sentences that stay in the live region, so that none is lost when several come at once
const LONGEST = 400;
const narrow = matchMedia("(max-width: 760px)");

export function tellAloud(words) {
  const region = $("aloud");
  region.append(el("p", {}, words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words));
  while (region.children.length > KEPT) region.firstElementChild.remove();
}

export const isSeen = (side) => !document.hidden && (!narrow.matches || chosen.side === side);

const unread = new Map(); // what is counted -> how many

export function count(name, more) {
  unread.set(name, more ? (unread.get(name) ?? 0) + more : 0);
  return unread.get(name);
}

export const counted = (name) => unread.get(name) ?? 0;

// The button that leads to a log's end, with the number of messages that came below what is in sight.
export function downTo(log, more = 0) {
  const button = document.querySelector(`[data-log="${log.id}"]`);
  const below = isAtEnd(log) ? count(log.id, 0) : count(log.id, more);
  button.hidden = isAtEnd(log);
  badge(button.querySelector(".badge"), below);
}

export function wireDown(log) {
  const button = document.querySelector(`[data-log="${log.id}"]`);
  button.addEventListener("click", () => {
    toEnd(log);
    log.focus({ preventScroll: true });
  });
  log.addEventListener("scroll", () => downTo(log, 0), { passive: true });
}

export function showSides() {
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const { side } = tab.dataset;
    if (isSeen(side)) count(side, 0);
    badge(tab.querySelector(".badge"), counted(side));
  }
}

export function chooseSide(side, focus = false) {
  chosen.side = side;
  document.body.dataset.side = side;
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const isOn = tab.dataset.side === side;
    tab.setAttribute("aria-selected", String(isOn));
    tab.tabIndex = isOn ? 0 : -1;
    if (isOn && focus) tab.focus();
  }
  redraw();
}

export function wireSides() {
  for (const tab of document.querySelectorAll("[role=tab]")) {
    tab.addEventListener("click", () => chooseSide(tab.dataset.side));
    tab.addEventListener("keydown", (event) => {
      if (event.key === "ArrowLeft" || event.key === "ArrowRight") chooseSide(chosen.side === "desk" ? "customer" : "desk", true);
    });
  }
}
