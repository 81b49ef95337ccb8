// The inputs of a modal. Each is {node, read}; what was typed lives on when the form is drawn anew.

import { el } from "./dom.js";
import { choicesOf, options, people } from "./blocks.js";
import { words } from "./mrkdwn.js";
import { ask, base64 } from "./net.js";

const TYPED = { plain_text_input: "text", number_input: "number", email_text_input: "email", url_text_input: "url", datepicker: "date", timepicker: "time" };
const SEARCHED = 8; // so many options and more can be narrowed down by typing

// Draws an input block; `error` is the sentence that stands under it.
// `changed(value)`, where it is given, is what every change does.
export function input(block, error, draft, changed) {
  const { element } = block;
  const id = `in-${block.block_id}`;
  const shared = { id, "aria-invalid": error ? "true" : null, "aria-describedby": `${id}-more` };
  const made = (element.type in TYPED ? typed : element.type === "file_input" ? files : picked)(element, shared, !block.optional, draft);
  if (changed) made.node.addEventListener("change", () => changed(made.read()));
  const label = [words(block.label), block.optional ? el("span", { class: "hint" }, " (optional)") : null];
  const more = el("div", { id: `${id}-more` },
    error ? el("p", { class: "error", role: "alert" }, error) : null,
    block.hint ? el("p", { class: "hint" }, words(block.hint)) : null);
  const node = made.isGroup
    ? el("fieldset", { class: `field${error ? " wrong" : ""}`, "aria-describedby": `${id}-more` }, el("legend", {}, label), made.node, more)
    : el("div", { class: `field${error ? " wrong" : ""}` }, el("label", { for: id }, label), made.node, more);
  return { node, read: made.read };
}

function typed(element, shared, required, draft) {
  const initial = draft ?? element.initial_value ?? element.initial_date ?? element.initial_time ?? "";
  const limits = { minlength: element.min_length, maxlength: element.max_length, min: element.min_value, max: element.max_value };
  const attributes = { ...shared, ...limits, "aria-required": String(required), autocomplete: "off", placeholder: element.placeholder?.text };
  const node = element.multiline ? el("textarea", { ...attributes, rows: 3 }) : el("input", { ...attributes, type: TYPED[element.type], step: element.is_decimal_allowed ? "any" : null });
  node.value = initial;
  return { node, read: () => node.value };
}

// Files go up as they are picked; what is read is Slack's objects of those that are there.
function files(element, shared, required, draft) {
  let held = draft ?? [];
  const list = el("ul", { class: "meta" });
  const showHeld = () => list.replaceChildren(...held.map((file) => el("li", {}, file.name)));
  const pick = async ({ target }) => {
    for (const file of [...target.files].slice(0, element.max_files ?? 10)) {
      const { refused, ...uploaded } = await ask("slack/attach", { name: file.name, content: base64(new Uint8Array(await file.arrayBuffer())) });
      if (!refused) held = [...held, uploaded];
    }
    showHeld();
  };
  showHeld();
  const box = el("input", { ...shared, type: "file", multiple: (element.max_files ?? 10) > 1, "aria-required": String(required), onchange: pick });
  return { node: el("div", {}, box, list), read: () => (held.length ? held : null) };
}

function picked(element, shared, required, draft) {
  const choices = element.type.endsWith("users_select") ? people() : choicesOf(element);
  if (!choices.length) return { node: el("p", { id: shared.id, class: "meta" }, `[${element.type} cannot be filled in here]`), read: () => null };
  if (element.type.endsWith("select") && !element.type.startsWith("multi")) {
    const initial = draft ?? element.initial_option?.value ?? element.initial_user;
    const node = el("select", { ...shared, "aria-required": String(required) }, options(choices, element.placeholder?.text ?? "Choose an option", initial));
    return { node, read: () => node.value || null };
  }
  return ticked(element, choices, shared, draft);
}

function ticked(element, choices, shared, draft) {
  const isOne = element.type === "radio_buttons";
  const initial = [draft ?? startOf(element, isOne)].flat();
  const boxes = choices.map((choice, number) => el("input", {
    type: isOne ? "radio" : "checkbox", name: shared.id, value: choice.value,
    checked: initial.includes(choice.value), "aria-invalid": number ? null : shared["aria-invalid"],
  }));
  const rows = choices.map((choice, number) => el("label", { class: "choice" }, boxes[number],
    el("span", {}, words(choice.text), choice.description ? el("small", {}, words(choice.description)) : null)));
  const list = el("div", { class: "choices" }, rows);
  const node = el("div", {}, element.type.startsWith("multi") && choices.length >= SEARCHED ? search(rows) : null, list);
  const read = () => {
    const values = boxes.filter((box) => box.checked).map((box) => box.value);
    return isOne ? values[0] ?? null : values;
  };
  return { node, read, isGroup: true };
}

function startOf(element, isOne) {
  if (isOne) return element.initial_option?.value ?? [];
  return element.initial_users ?? element.initial_options?.map((option) => option.value) ?? [];
}

function search(rows) {
  const narrow = ({ target: { value } }) => {
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(value.trim().toLowerCase());
  };
  return el("input", { type: "search", class: "search", "aria-label": "Narrow the list down", placeholder: "Search…", oninput: narrow });
}
