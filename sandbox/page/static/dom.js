// Making nodes and renewing lists. Everything that somebody wrote becomes text nodes; nothing becomes markup.

const SVG = "http://www.w3.org/2000/svg";
const SAFE_LINK = /^(https?|tg|mailto|tel):/i;
const AT_END = 60; // pixels from the end that still count as the end
const FADE = 260; // milliseconds, as long as the fading in telegram.css

export const $ = (id) => document.getElementById(id);

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = svg.appendChild(document.createElementNS(SVG, "use"));
  use.setAttribute("href", `#i-${name}`);
  return svg;
}

export const hidden = (words) => el("span", { class: "hidden" }, words);

export const link = (url, words) =>
  SAFE_LINK.test(url) ? el("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, words) : el("span", {}, words);

// A round picture with a letter; the colour follows from the name.
export function face(name) {
  const sum = [...name].reduce((total, letter) => total + letter.codePointAt(0), 0);
  return el("span", { class: `face c${sum % 6}`, "aria-hidden": "true" }, [...name][0]?.toUpperCase() ?? "?");
}

export const botFace = () => el("span", { class: "face bot", "aria-hidden": "true" }, icon("anchor"));

export function put(node, words) {
  if (node.textContent !== words) node.textContent = words;
}

export function badge(node, count) {
  node.hidden = !count;
  if (node.dataset.count === String(count)) return;
  node.dataset.count = count;
  node.replaceChildren(...(count ? [String(count), hidden(" unread")] : []));
}

// Shows items {key, sign, build} in a list. A node stays as it is until its sign changes, so focus and drafts stay too.
export function sync(list, items, { fade = false, quiet = true } = {}) {
  const old = standing(list, new Set(items.map((item) => item.key)), fade);
  let place = next(list.firstElementChild);
  for (const item of items) {
    let node = old.get(item.key);
    if (!node) {
      const made = list.insertBefore(fresh(item), place);
      made.classList.toggle("arrives", !quiet);
      continue;
    }
    if (node.sign !== item.sign) {
      const made = fresh(item);
      if (node === place) place = made;
      replace(node, made);
      made.classList.add("changed");
      node = made;
    }
    if (node === place) place = next(place.nextElementSibling);
    else list.insertBefore(node, place);
  }
}

// Takes away what is no longer wanted before anything is placed: a node that is moved would lose its focus.
function standing(list, wanted, fade) {
  const found = new Map();
  for (const node of [...list.children]) {
    if (node.classList.contains("gone")) continue;
    if (wanted.has(node.dataset.key)) found.set(node.dataset.key, node);
    else leave(list, node, fade);
  }
  return found;
}

function leave(list, node, fade) {
  if (node.contains(document.activeElement) && list.tabIndex >= 0) list.focus({ preventScroll: true });
  if (!fade) return node.remove();
  node.classList.add("gone");
  node.inert = true;
  setTimeout(() => node.remove(), FADE);
}

function next(node) {
  while (node?.classList.contains("gone")) node = node.nextElementSibling;
  return node;
}

function fresh({ key, sign, build }) {
  const node = Object.assign(build(), { sign });
  node.dataset.key = key;
  return node;
}

function replace(node, made) {
  const focused = node.contains(document.activeElement) ? document.activeElement.dataset.focus ?? "" : null;
  node.replaceWith(made);
  if (focused === null) return;
  const again = focused && made.querySelector(`[data-focus="${CSS.escape(focused)}"]`);
  if (!again) made.tabIndex = -1;
  (again || made).focus({ preventScroll: true });
}

export const isAtEnd = (log) => log.scrollHeight - log.scrollTop - log.clientHeight < AT_END;

export function toEnd(log) {
  log.isLeft = false;
  log.scrollTo({ top: log.scrollHeight, behavior: "instant" });
}

// Keeps a log at its end when its room or the pictures in it change, as long as nobody has scrolled up.
export function holdEnd(log) {
  const hold = () => log.isLeft || toEnd(log);
  let last = 0;
  log.addEventListener("scroll", () => {
    if (isAtEnd(log)) log.isLeft = false;
    else if (log.scrollTop < last) log.isLeft = true; // only people scroll up; what grows below moves nothing
    last = log.scrollTop;
  }, { passive: true });
  log.addEventListener("load", hold, { capture: true });
  new ResizeObserver(hold).observe(log);
}

// Renews a log and stays at its end if it was there; `scope` names what it shows: another one begins at its end, or
// with `fromTop` at its top.
export function showLog(log, items, { scope, empty, fade = false, fromTop = false }) {
  const isOther = log.dataset.scope !== scope;
  const stays = isOther || !log.isLeft;
  if (isOther) log.replaceChildren();
  log.dataset.scope = scope;
  sync(log, items.length || !empty ? items : [{ key: "empty", sign: scope, build: empty }], { fade, quiet: isOther });
  if (fromTop) fromItsTop(log, isOther);
  else if (stays) toEnd(log);
}

// Leaves a log where it is read from its beginning; another one begins there.
function fromItsTop(log, isOther) {
  log.isLeft = true;
  if (isOther) log.scrollTo({ top: 0, behavior: "instant" });
}

// Enter sends, Shift+Enter begins a line; while an input method composes, Enter is its own.
export function entersSend(box) {
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    box.form.requestSubmit();
  });
}

// Fills a select with [value, words] unless it has them already, and picks a value.
export function fillSelect(select, choices, value) {
  const sign = JSON.stringify(choices);
  if (select.sign !== sign) select.replaceChildren(...choices.map(([id, words]) => el("option", { value: id }, words)));
  if (select.sign !== sign || (select.value !== value && select !== document.activeElement)) select.value = value;
  select.sign = sign;
}
