// What the customer's thumbs do: write, answer, edit, send files and other things, and pick one of the bot's commands.

import { $, el, entersSend, icon } from "./dom.js";
import { inShort } from "./bubbles.js";
import { say } from "./customers.js";
import { openMenu } from "./menus.js";
import { base64, chosen, now, tell } from "./net.js";

let answered = null; // the message that is answered
let changed = null; // the message that is edited

// --- Answering and editing

export function answerTo(message) {
  [answered, changed] = [message, null];
  showContext("reply", "Reply", message);
}

// Begins to edit a message; null ends editing and answering.
export function change(message) {
  const wasEditing = changed !== null;
  [answered, changed] = [null, message];
  if (message) $("say-text").value = message.text;
  else if (wasEditing) $("say-text").value = "";
  showContext("edit", "Edit message", message);
}

function showContext(name, words, message) {
  const bar = $("context");
  bar.hidden = !message;
  if (!message) return bar.replaceChildren();
  const end = () => {
    change(null);
    $("say-text").focus();
  };
  bar.replaceChildren(icon(name), el("p", {}, el("b", {}, words), el("span", {}, inShort(message))),
    el("button", { type: "button", class: "round", "aria-label": `Stop: ${words}`, onclick: end }, icon("close")));
  $("say-text").focus();
}

async function send(event) {
  event.preventDefault();
  const box = $("say-text");
  const text = box.value.trim();
  if (!text) return;
  const [edited, reply] = [changed, answered];
  box.value = "";
  change(null);
  const isDone = edited
    ? await tell("telegram/edit", { chat: chosen.chat, message_id: edited.id, text })
    : await say(text, { reply_to: reply?.id ?? null });
  if (!isDone && !box.value) box.value = text;
  box.focus();
}

function keys(event) {
  if (event.key === "Escape" && (answered || changed)) change(null);
  if (event.key !== "ArrowUp" || event.currentTarget.value) return;
  const last = now.screen.telegram.messages.findLast((message) => !message.from_bot && message.text);
  if (!last) return;
  event.preventDefault();
  change(last);
}

// --- Sending other things

async function attach(event, kind) {
  const [picked] = event.target.files;
  if (!picked) return;
  const content = base64(new Uint8Array(await picked.arrayBuffer()));
  const mime = picked.type || "application/octet-stream";
  event.target.value = "";
  await tell("telegram/upload", { chat: chosen.chat, name: picked.name, mime, content, kind });
}

const sends = (label, name, path, more = {}, about) => ({
  label, icon: name, more: about, act: () => tell(path, { chat: chosen.chat, ...more }),
});

function attachMenu() {
  openMenu($("attach"), [
    sends("Sample bill", "bill", "telegram/bill", {}, "A PDF of a carrier that does not exist"),
    sends("Sample photo", "photo", "telegram/sample_photo", {}, "The same bill, photographed"),
    { label: "Photo…", icon: "photo", act: () => $("photo").click() },
    { label: "File…", icon: "file", act: () => $("file").click() },
    sends("Share my number", "person", "telegram/contact", { whose: "own" }),
    sends("Someone else's contact", "people", "telegram/contact", { whose: "other" }),
    sends("Voice message", "mic", "telegram/voice"),
    sends("Sticker", "sticker", "telegram/sticker"),
    sends("Location", "place", "telegram/location"),
  ], { label: "Attach" });
}

function commandMenu() {
  const items = now.screen.telegram.commands.map(({ command, description }) => ({
    label: description, more: `/${command}`, act: () => say(`/${command}`).then(() => $("say-text").focus()),
  }));
  openMenu($("commands"), items, { label: "Commands of the bot" });
}

async function dropped(event) {
  const [file] = event.dataTransfer?.files ?? [];
  if (!file) return;
  event.preventDefault();
  await attach({ target: { files: [file] } }, "document");
}

async function paste(event) {
  const [file] = event.clipboardData?.files ?? [];
  if (!file) return;
  event.preventDefault();
  await attach({ target: { files: [file] } }, file.type.startsWith("image/") ? "photo" : "document");
}

export function wireComposer() {
  const box = $("say-text");
  entersSend(box);
  box.addEventListener("keydown", keys);
  box.addEventListener("paste", paste);
  $("say").addEventListener("submit", send);
  $("attach").addEventListener("click", attachMenu);
  $("commands").addEventListener("click", commandMenu);
  $("file").addEventListener("change", (event) => attach(event, "document"));
  $("photo").addEventListener("change", (event) => attach(event, "photo"));
  const messages = $("messages");
  messages.addEventListener("dragover", (event) => event.preventDefault());
  messages.addEventListener("drop", dropped);
}
