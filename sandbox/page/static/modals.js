// The modal on top of a person's Slack: focus stays in it until it closes, and then goes back to where it came from.

import { $, el, icon } from "./dom.js";
import { rendered } from "./blocks.js";
import { input } from "./inputs.js";
import { act, chosen, tell } from "./net.js";

const BEHIND = ["rail", "place", "thread"];
const FOCUSABLE = "a[href], button:not(:disabled), input:not(:disabled, [hidden]), select, textarea, [tabindex='0']";

let opener = null; // the element that had focus when the first modal opened

export function showModal(modals) {
  const top = modals.at(-1);
  const layer = $("modal");
  const before = layer.firstElementChild;
  if (!top) return before ? away(layer) : undefined;
  const sign = JSON.stringify(top);
  if (before?.sign === sign) return;
  draw(layer, top, sign);
}

function draw(layer, view, sign) {
  const before = layer.firstElementChild;
  const isSame = before?.dataset.view === view.id;
  const isOurs = !before && (document.activeElement === document.body || $("desk").contains(document.activeElement));
  if (!before) opener = document.activeElement;
  const held = before?.contains(document.activeElement) ? document.activeElement : null;
  const form = Object.assign(modal(view, isSame ? entered(before) : {}), { sign });
  layer.replaceChildren(form);
  layer.hidden = false;
  for (const id of BEHIND) $(id).inert = true;
  if (isOurs || held) begin(form, isSame, held);
}

function begin(form, isSame, held = null) {
  const wrong = isSame && form.querySelector("[aria-invalid=true]");
  const again = isSame && held && sameInput(form, held); // who is typing goes on there, whatever comes above it
  (wrong || again || form.querySelector(".modal-body :is(input, select, textarea)") || form.querySelector(".end button")).focus();
}

function sameInput(form, held) {
  const inputs = [...form.querySelectorAll(".modal-body :is(input, select, textarea)")];
  return inputs.find((each) => (held.id ? each.id === held.id : each.name && each.name === held.name && each.value === held.value));
}

function away(layer) {
  const hadFocus = layer.contains(document.activeElement) || document.activeElement === document.body;
  layer.replaceChildren();
  layer.hidden = true;
  for (const id of BEHIND) $(id).inert = false;
  if (!hadFocus) return;
  const again = opener?.dataset.focus && document.querySelector(`.slack [data-focus="${CSS.escape(opener.dataset.focus)}"]`);
  const back = opener?.isConnected && opener !== document.body ? opener : again;
  (back || $("post-text")).focus();
}

function modal(view, drafts) {
  const inputs = [];
  const pressed = (element, value) => tell("slack/press", { user: chosen.user, action: element.action_id, value: value ?? null, view_id: view.id, values: entered(form) });
  const body = view.body.blocks.map((block) => {
    if (block.type !== "input") return rendered([block], pressed);
    const changed = block.dispatch_action ? (value) => pressed(block.element, value) : null;
    const made = input(block, view.errors[block.block_id], drafts[block.block_id]?.[block.element.action_id], changed);
    inputs.push({ block: block.block_id, action: block.element.action_id, read: made.read });
    return made.node;
  });
  const close = () => tell("slack/close", { user: chosen.user, view_id: view.id });
  const trouble = el("p", { class: "error trouble", role: "alert" }, view.trouble ?? "");
  const form = el("form", { class: "modal", role: "dialog", "aria-modal": "true", "aria-labelledby": "modal-title", "data-view": view.id, novalidate: true, onsubmit: (event) => submit(event, view, trouble) },
    el("div", { class: "modal-head" }, el("h3", { id: "modal-title" }, view.title),
      el("button", { type: "button", class: "round", "aria-label": "Close", onclick: close }, icon("close"))),
    el("div", { class: "modal-body" }, body, trouble),
    el("div", { class: "end" },
      el("button", { type: "button", class: "push", onclick: close }, view.body.close?.text ?? "Cancel"),
      view.body.submit ? el("button", { class: "push primary" }, view.body.submit.text) : null));
  form.addEventListener("keydown", (event) => keys(event, close));
  return Object.assign(form, { inputs });
}

function keys(event, close) {
  if (event.key === "Escape") {
    event.preventDefault();
    close();
  }
  if (event.key !== "Tab") return;
  const all = [...event.currentTarget.querySelectorAll(FOCUSABLE)].filter((node) => node.offsetParent);
  const edge = event.shiftKey ? all[0] : all.at(-1);
  if (document.activeElement !== edge && all.includes(document.activeElement)) return;
  event.preventDefault();
  (event.shiftKey ? all.at(-1) : all[0]).focus();
}

async function submit(event, view, trouble) {
  event.preventDefault();
  const form = event.target;
  if (form.classList.contains("busy") || isHeldBack(form, view)) return;
  form.classList.add("busy"); // a disabled button would lose the focus
  const { refused } = await act("slack/submit", { user: chosen.user, view_id: view.id, values: entered(form) });
  form.classList.remove("busy");
  if (refused) trouble.textContent = refused;
}

// Slack's own client holds a form back while a needed input is empty, and says so at that input.
function isHeldBack(form, view) {
  const values = entered(form);
  const empty = view.body.blocks.filter((block) => block.type === "input" && !block.optional && !(values[block.block_id][block.element.action_id]?.length > 0));
  if (!empty.length) return false;
  const errors = Object.fromEntries(empty.map((block) => [block.block_id, "Please complete this required field."]));
  const again = Object.assign(modal({ ...view, errors: { ...view.errors, ...errors } }, values), { sign: form.sign });
  form.replaceWith(again);
  begin(again, true);
  return true;
}

function entered(form) {
  const values = {};
  for (const { block, action, read } of form.inputs) (values[block] ??= {})[action] = read();
  return values;
}
