// Block Kit as nodes. `press(element, value)` is what acting on something does.

import { el, icon } from "./dom.js";
import { asked, openMenu } from "./menus.js";
import { rich, unescaped, words } from "./mrkdwn.js";
import { now } from "./net.js";

const BLOCKS = {
  header: (block) => el("h4", { class: "words" }, words(block.text)),
  divider: () => el("hr"),
  context: (block) => el("div", { class: "context" }, block.elements.map((e) => el("span", { class: "words" }, e.type === "image" ? `[${e.alt_text}]` : words(e)))),
  image: (block) => el("p", { class: "meta" }, `[image: ${block.alt_text}]`),
  markdown: (block) => el("div", { class: "words" }, block.text),
  actions: (block, press) => el("div", { class: "actions" }, block.elements.map((e) => actionable(e, press))),
  section: (block, press) => el("div", { class: "section" },
    el("div", { class: "body" },
      block.text ? el("div", { class: "words" }, words(block.text)) : null,
      block.fields ? el("div", { class: "fields" }, block.fields.map((field) => el("div", { class: "words" }, words(field)))) : null),
    block.accessory ? actionable(block.accessory, press) : null),
  input: (block, press) => dispatched(block, press),
  rich_text: (block) => el("div", { class: "words" }, rich(block)),
};

export const rendered = (blocks, press) =>
  blocks.map((block) => (BLOCKS[block.type] ? BLOCKS[block.type](block, press) : el("p", { class: "meta" }, `[${block.type}]`)));

export const choicesOf = (element) => (element.option_groups ?? [element]).flatMap((group) => group.options ?? []);

export const people = () =>
  Object.entries(now.screen.slack.people).filter(([, p]) => !p.bot).map(([value, p]) => ({ value, text: { type: "plain_text", text: p.name } }));

export const options = (choices, label, value) => [
  el("option", { value: "" }, label),
  ...choices.map((choice) => el("option", { value: choice.value, selected: choice.value === value }, words(choice.text))),
];

const ACTIONABLE = { button, overflow, datepicker, timepicker: datepicker, image: (element) => el("span", { class: "meta" }, `[image: ${element.alt_text}]`) };

function actionable(element, press) {
  const confirmed = async (value) => (await isConfirmed(element)) && press(element, value);
  return (ACTIONABLE[element.type] ?? picker)(element, confirmed, `${element.action_id}/${element.value ?? ""}`);
}

// An input outside a form: what is typed is sent with Enter.
function dispatched({ element, label, block_id: block }, press) {
  const id = `do-${block}`;
  const send = (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    press(element, event.target.value);
  };
  const box = el("input", { id, type: "text", value: element.initial_value ?? "", placeholder: element.placeholder?.text, maxlength: element.max_length, autocomplete: "off", "data-focus": id, onkeydown: send });
  return el("div", { class: "field" }, el("label", { for: id }, words(label)), element.type === "plain_text_input" ? box : actionable(element, press));
}

function button(element, press, focus) {
  const click = async ({ currentTarget: node }) => {
    node.classList.add("busy");
    await press(element.value);
    node.classList.remove("busy");
  };
  const attributes = { class: `push ${element.style ?? ""}`, "data-focus": focus, "aria-label": element.accessibility_label };
  if (!element.url) return el("button", { type: "button", ...attributes, onclick: click }, words(element.text));
  return el("a", { ...attributes, href: element.url, target: "_blank", rel: "noreferrer noopener", onclick: () => press(element.value) }, words(element.text));
}

function overflow(element, press, focus) {
  const open = ({ currentTarget: node }) => {
    const items = choicesOf(element).map((choice) => ({ label: words(choice.text), act: () => press(choice.value) }));
    openMenu(node, items, { label: "More actions" });
  };
  return el("button", { type: "button", class: "push more", "data-focus": focus, "aria-label": "More actions", "aria-haspopup": "menu", "aria-expanded": "false", onclick: open }, icon("more"));
}

function datepicker(element, press, focus) {
  const type = element.type === "timepicker" ? "time" : "date";
  const pick = (event) => event.target.value && press(event.target.value);
  const value = element.initial_date ?? element.initial_time;
  return el("input", { type, value, "aria-label": element.placeholder?.text ?? type, "data-focus": focus, onchange: pick });
}

function picker(element, press, focus) {
  const choices = element.type.endsWith("users_select") ? people() : choicesOf(element);
  if (!choices.length) return el("span", { class: "meta" }, `[${element.type}]`);
  const isMany = element.type.startsWith("multi") || element.type === "checkboxes";
  const label = element.placeholder?.text ?? "Choose…";
  const pick = ({ target: { value } }) => value && press(isMany ? [value] : value);
  return el("select", { "aria-label": label, "data-focus": focus, onchange: pick }, options(choices, label, element.initial_option?.value));
}

function isConfirmed({ confirm, style }) {
  if (!confirm) return true;
  const text = (object) => unescaped(object?.text ?? "");
  const title = text(confirm.title);
  const look = (confirm.style ?? style) === "danger" ? "danger" : "primary";
  return asked({ title, text: text(confirm.text), yes: text(confirm.confirm) || "Yes", no: text(confirm.deny) || "Cancel", style: look });
}
