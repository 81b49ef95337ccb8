// Menus that open from a button, and dialogs that ask one thing. Esc closes them, and focus goes back.

import { el, icon } from "./dom.js";

const GAP = 6; // pixels between a button and its menu

// Opens a menu of items {label, more?, icon?, act, on?, isDanger?}; an item with `on` is a switch, after which it stays.
export function openMenu(button, items, { label, at = null }) {
  const before = document.activeElement;
  const menu = el("div", { class: "menu", role: "menu", "aria-label": label, popover: "auto" }, items.map((item) => entry(item, close)));
  document.body.append(menu);
  menu.addEventListener("keydown", walk);
  menu.addEventListener("toggle", (event) => event.newState === "closed" && gone());
  menu.showPopover();
  button.setAttribute("aria-expanded", "true");
  place(menu, at ?? button.getBoundingClientRect());
  menu.firstElementChild?.focus();

  function close() {
    menu.hidePopover();
  }
  function gone() {
    button.setAttribute("aria-expanded", "false");
    const wasInside = menu.contains(document.activeElement) || document.activeElement === document.body;
    menu.remove();
    if (wasInside) (before?.isConnected && before !== document.body ? before : button).focus();
  }
}

function entry(item, close) {
  const isSwitch = item.on !== undefined;
  const click = () => {
    if (!isSwitch) close();
    item.act(node);
  };
  const words = el("span", { class: "label" }, item.label, item.more ? el("small", {}, item.more) : null);
  const node = el("button", { type: "button", tabindex: "-1", class: item.isDanger ? "danger" : null, onclick: click,
    role: isSwitch ? "menuitemcheckbox" : "menuitem", "aria-checked": isSwitch ? String(item.on) : null },
  isSwitch ? el("span", { class: "switch", "aria-hidden": "true" }) : item.icon ? icon(item.icon) : null, words);
  return node;
}

function walk(event) {
  const entries = [...event.currentTarget.children];
  const here = entries.indexOf(document.activeElement);
  const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }[event.key];
  if (event.key === "Tab") event.currentTarget.hidePopover();
  if (to === undefined) return;
  event.preventDefault();
  entries.at(to % entries.length)?.focus();
}

function place(menu, { left, right, top, bottom }) {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const x = left + width > innerWidth - GAP ? right - width : left;
  const isBelow = bottom + GAP + height < innerHeight || top < height + GAP;
  menu.style.left = `${Math.max(GAP, Math.min(x, innerWidth - width - GAP))}px`;
  menu.style.top = `${Math.max(GAP, isBelow ? Math.min(bottom + GAP, innerHeight - height - GAP) : top - height - GAP)}px`;
}

// Asks in a dialog; resolves to what was typed (true without `input`), or null when it was closed.
export function asked({ title, text, yes, no = "Cancel", style = "primary", input = null }) {
  return new Promise((resolve) => {
    const box = input === null ? null : el("input", { id: "asked-input", autocomplete: "off", required: true, maxlength: 60 });
    if (box) box.value = input;
    const dialog = el("dialog", { class: "asked", "aria-labelledby": "asked-title" },
      el("form", { method: "dialog" },
        el("h2", { id: "asked-title" }, title),
        text ? el("p", { class: "words" }, text) : null,
        box ? [el("label", { for: "asked-input", class: "hidden" }, title), box] : null,
        el("div", { class: "end" },
          no ? el("button", { type: "button", onclick: () => dialog.close() }, no) : null,
          el("button", { class: style, value: "yes" }, yes))));
    const before = document.activeElement;
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before?.isConnected) before.focus();
      resolve(dialog.returnValue === "yes" ? (box ? box.value.trim() || null : true) : null);
    });
    document.body.append(dialog);
    dialog.showModal();
    box?.select();
  });
}
