// The sandbox's page. Everything that was written by somebody becomes text nodes; nothing becomes markup.

const EVERY = 700; // milliseconds between two looks
const HIDDEN_EVERY = 3000;
const CUSTOMERS = new Map([[1001, "Ana"], [1002, "Luis"]]);
const ROLES = { U0GUEST: "guest", U0OTHER: "not on the desk" };
const EMOJI = { warning: "⚠️", no_entry: "⛔", white_check_mark: "✅", x: "❌", bell: "🔔", hourglass: "⏳", tada: "🎉" };
const SAFE_LINK = /^(https?|tg|mailto|tel):/i;

const $ = (id) => document.getElementById(id);
const chosen = { chat: 1001, user: "U0STAFF1", tab: "posts" };
let screen = null; // what the sandbox said last
let lastText = "";
let asks = 0;

// --- Making and renewing nodes

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child != null));
  return node;
}

// Shows items {key, sign, build} in a list. A node stays as it is until its sign changes, so focus and drafts stay too.
function sync(list, items) {
  const old = new Map([...list.children].map((node) => [node.dataset.key, node]));
  let place = list.firstChild;
  for (const { key, sign, build } of items) {
    let node = old.get(key);
    old.delete(key);
    if (!node || node.sign !== sign) {
      const fresh = Object.assign(build(), { sign });
      fresh.dataset.key = key;
      if (node) {
        if (place === node) place = fresh;
        replace(node, fresh);
      }
      node = fresh;
    }
    if (node === place) place = place.nextSibling;
    else list.insertBefore(node, place);
  }
  for (const node of old.values()) node.remove();
}

function replace(node, fresh) {
  const focused = node.contains(document.activeElement) ? document.activeElement.dataset.focus ?? "" : null;
  node.replaceWith(fresh);
  if (focused === null) return;
  const again = focused && fresh.querySelector(`[data-focus="${CSS.escape(focused)}"]`);
  if (again) again.focus();
  else {
    fresh.tabIndex = -1;
    fresh.focus({ preventScroll: true });
  }
}

function showLog(log, items, empty, render = sync) {
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  const none = { key: "empty", sign: empty, build: () => el("p", { class: "empty" }, empty) };
  render(log, items.length ? items : [none]);
  if (atEnd) log.scrollTop = log.scrollHeight;
}

const link = (url, words) =>
  SAFE_LINK.test(url) ? el("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, words) : el("span", {}, words);

const clock = (seconds) => new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

// --- Asking the sandbox

async function act(path, body) {
  try {
    const response = await fetch(`/control/${path}`, { method: "POST", body: JSON.stringify(body) });
    const answer = await response.json();
    return response.ok ? answer : { refused: answer.error };
  } catch {
    return { refused: "The sandbox does not answer." };
  } finally {
    refresh();
  }
}

async function tell(path, body) {
  const { refused, error } = await act(path, body);
  // Slack itself shows the failures of commands and presses, as ephemerals; of a message it says nothing.
  const unheard = error && path === "slack/message" ? `The desk did not hear that (${error}).` : "";
  notice(refused ? `That did not work: ${refused}` : unheard);
  return !refused;
}

function notice(words) {
  if ($("notice").textContent !== words) $("notice").textContent = words;
}

const STOPPED = "The sandbox has stopped. Start it again, and this page goes on by itself.";

async function refresh() {
  const mine = ++asks;
  let text;
  try {
    text = await (await fetch(`/control/screen?chat=${chosen.chat}&user=${chosen.user}`)).text();
  } catch {
    notice(STOPPED);
    return;
  }
  if ($("notice").textContent === STOPPED) notice("");
  if (mine !== asks || text === lastText) return; // a later look is under way, or nothing is new
  lastText = text;
  screen = JSON.parse(text);
  show();
}

async function poll() {
  await refresh();
  setTimeout(poll, document.hidden ? HIDDEN_EVERY : EVERY);
}

function show() {
  showChoices();
  showChat();
  showSlack();
  showModal();
}

function showChoices() {
  const chats = [...new Set([...CUSTOMERS.keys(), ...screen.chats])];
  fill($("chat"), chats.map((id) => [String(id), CUSTOMERS.get(id) ?? `chat ${id}`]), String(chosen.chat));
  const people = Object.entries(screen.slack.people).filter(([, person]) => !person.bot);
  const named = people.map(([id, { name }]) => [id, ROLES[id] ? `${name} (${ROLES[id]})` : name]);
  fill($("user"), named, chosen.user);
}

function fill(select, choices, value) {
  const sign = JSON.stringify(choices);
  if (select.sign === sign) return;
  select.sign = sign;
  select.replaceChildren(...choices.map(([id, words]) => el("option", { value: id }, words)));
  select.value = value;
}

// --- Telegram

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

// Telegram counts offsets in UTF-16 units, as JavaScript's strings do.
function formatted(text, entities, from = 0, to = text.length) {
  const parts = [];
  let at = from;
  let rest = entities;
  while (rest.length) {
    const [first, ...others] = rest;
    const end = first.offset + first.length;
    const inside = others.filter((e) => e.offset < end);
    parts.push(text.slice(at, first.offset), entity(first, text.slice(first.offset, end), formatted(text, inside, first.offset, end)));
    at = end;
    rest = others.filter((e) => e.offset >= end);
  }
  parts.push(text.slice(at, to));
  return parts.filter((part) => part !== "");
}

function entity({ type, url }, text, inside) {
  if (type === "text_link") return link(url, inside);
  if (type === "url") return link(text.includes("://") ? text : `http://${text}`, inside);
  if (type === "spoiler") return el("span", { class: "spoiler", tabindex: "0" }, inside);
  return el(TAGS[type] ?? "span", {}, inside);
}

function showChat() {
  const { messages, keys, blocked } = screen.telegram;
  const items = messages.map((message) => ({
    key: `${chosen.chat}/${message.id}`,
    sign: JSON.stringify(message),
    build: () => bubble(message),
  }));
  showLog($("messages"), items, "Nothing said yet. Write “hello” below.");
  const flat = keys.flat();
  sync($("keys"), flat.map((words) => ({ key: words, sign: words, build: () => el("button", { type: "button", onclick: () => say(words) }, words) })));
  $("block").textContent = blocked ? "Unblock the bot" : "Block the bot";
}

function bubble(message) {
  const who = message.from_bot ? "Port of Call" : "You";
  const entities = [...message.entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return el("article", { class: message.from_bot ? "message" : "message mine", "aria-label": who },
    el("div", { class: "bubble" },
      message.document ? el("p", {}, file("telegram", message.document.file_id, message.document.name, message.document.size)) : null,
      !message.text && !message.document ? el("p", { class: "meta" }, `[${message.kind}]`) : null,
      message.text ? el("div", { class: "words" }, formatted(message.text, entities)) : null,
      el("p", { class: "meta" }, `${who} · ${clock(message.date)}${message.edited ? " · edited" : ""}`)),
    message.keyboard.map((row) => el("div", { class: "row" }, row.map((button) => inline(message, button)))));
}

function inline(message, { text, data }) {
  if (/^(https?|tg):\/\//.test(data)) return el("a", { class: "button", href: data, target: "_blank", rel: "noreferrer noopener" }, text);
  const press = () => tell("telegram/press", { chat: chosen.chat, message_id: message.id, data });
  return el("button", { type: "button", "data-focus": data, onclick: press }, text);
}

function file(service, id, name, size) {
  const href = `/control/${service}/file/${encodeURIComponent(id)}`;
  const kilobytes = size ? ` (${Math.max(1, Math.round(size / 1024))} KB)` : "";
  return el("a", { href, download: name }, `${name}${kilobytes}`);
}

const say = (text) =>
  tell("telegram/say", { chat: chosen.chat, text, user: { first_name: CUSTOMERS.get(chosen.chat) ?? "Customer" } });

async function sendSaid(event) {
  event.preventDefault();
  const box = $("say-text");
  const text = box.value.trim();
  if (!text) return;
  box.value = "";
  if (!(await say(text)) && !box.value) box.value = text;
  box.focus();
}

async function attach() {
  const [picked] = $("file").files;
  if (!picked) return;
  const bytes = new Uint8Array(await picked.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += 32768) binary += String.fromCharCode(...bytes.subarray(at, at + 32768));
  const mime = picked.type || "application/octet-stream";
  await tell("telegram/upload", { chat: chosen.chat, name: picked.name, mime, content: btoa(binary) });
  $("file").value = "";
}

// --- Slack: words

const MARKS =
  /```([\s\S]+?)```|`([^`\n]+)`|<([^<>\n]+)>|(?<![\w*])\*([^*\n]+)\*(?![\w*])|(?<!\w)_([^_\n]+)_(?!\w)|(?<!\w)~([^~\n]+)~(?!\w)|:([a-z0-9_+-]+):/g;

const unescaped = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function mrkdwn(text) {
  const parts = [];
  let at = 0;
  for (const found of text.matchAll(MARKS)) {
    parts.push(unescaped(text.slice(at, found.index)), marked(found));
    at = found.index + found[0].length;
  }
  parts.push(unescaped(text.slice(at)));
  return parts;
}

function marked([whole, pre, code, angle, bold, italic, strike, emoji]) {
  if (pre) return el("pre", {}, unescaped(pre.replace(/^\n/, "")));
  if (code) return el("code", {}, unescaped(code));
  if (angle) return mention(angle);
  if (bold) return el("b", {}, mrkdwn(bold));
  if (italic) return el("i", {}, mrkdwn(italic));
  if (strike) return el("s", {}, mrkdwn(strike));
  return EMOJI[emoji] ?? whole;
}

function mention(angle) {
  const [target, words] = angle.split("|");
  if (target.startsWith("@")) return el("b", {}, `@${screen.slack.people[target.slice(1)]?.name ?? target.slice(1)}`);
  if (target.startsWith("#")) return el("b", {}, `#${words ?? screen.slack.channels[target.slice(1)] ?? target.slice(1)}`);
  if (target.startsWith("!")) return el("span", {}, unescaped(words ?? `@${target.slice(1).split("^")[0]}`));
  return link(unescaped(target), unescaped(words ?? target));
}

const plain = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole);
const words = (object) => (object?.type === "mrkdwn" ? mrkdwn(object.text) : [plain(object?.text ?? "")]);

// --- Slack: blocks. `press(element, value)` is what acting on one does.

const BLOCKS = {
  header: (block) => el("h3", { class: "words" }, words(block.text)),
  divider: () => el("hr"),
  context: (block) => el("div", { class: "context" }, block.elements.map((e) => el("span", { class: "words" }, e.type === "image" ? `[${e.alt_text}]` : words(e)))),
  image: (block) => el("p", { class: "meta" }, `[image: ${block.alt_text}]`),
  actions: (block, press) => el("div", { class: "actions" }, block.elements.map((e) => actionable(e, press))),
  section: (block, press) => el("div", { class: "section" },
    el("div", { class: "body" },
      block.text ? el("div", { class: "words" }, words(block.text)) : null,
      block.fields ? el("div", { class: "fields" }, block.fields.map((field) => el("div", { class: "words" }, words(field)))) : null),
    block.accessory ? actionable(block.accessory, press) : null),
  rich_text: (block) => el("div", { class: "words" }, richText(block)),
};

function richText(element) {
  if (element.type === "emoji") return EMOJI[element.name] ?? `:${element.name}:`;
  if (element.type === "link") return link(element.url, element.text ?? element.url);
  if (element.elements) return el("span", {}, element.elements.map(richText));
  return element.text ?? `[${element.type}]`;
}

const rendered = (blocks, press) =>
  blocks.map((block) => (BLOCKS[block.type] ? BLOCKS[block.type](block, press) : el("p", { class: "meta" }, `[${block.type}]`)));

const choicesOf = (element) => (element.option_groups ?? [element]).flatMap((group) => group.options ?? []);

function actionable(element, press) {
  const focus = `${element.action_id}/${element.value ?? ""}`;
  if (element.type === "button") {
    const click = () => confirmed(element) && press(element, element.value);
    return el("button", { type: "button", class: element.style, "data-focus": focus, onclick: click }, words(element.text));
  }
  if (element.type === "image") return el("span", { class: "meta" }, `[image: ${element.alt_text}]`);
  if (element.type === "datepicker") {
    const pick = (event) => event.target.value && press(element, event.target.value);
    return el("input", { type: "date", value: element.initial_date, "aria-label": element.placeholder?.text ?? "Date", "data-focus": focus, onchange: pick });
  }
  const choices = element.type.endsWith("users_select") ? people() : choicesOf(element);
  if (!choices.length) return el("span", { class: "meta" }, `[${element.type}]`);
  const label = element.placeholder?.text ?? (element.type === "overflow" ? "More…" : "Choose…");
  const pick = (event) => {
    if (event.target.value && confirmed(element)) press(element, element.type.startsWith("multi") || element.type === "checkboxes" ? [event.target.value] : event.target.value);
  };
  return el("select", { "aria-label": label, "data-focus": focus, onchange: pick }, options(choices, label, element.initial_option?.value));
}

const options = (choices, label, value) => [
  el("option", { value: "" }, label),
  ...choices.map((choice) => el("option", { value: choice.value, selected: choice.value === value }, words(choice.text))),
];

const people = () =>
  Object.entries(screen.slack.people).filter(([, p]) => !p.bot).map(([value, p]) => ({ value, text: { type: "plain_text", text: p.name } }));

function confirmed({ confirm }) {
  return !confirm || window.confirm([confirm.title?.text, confirm.text?.text].filter(Boolean).map(unescaped).join("\n\n"));
}

// --- Slack: messages

function showSlack() {
  for (const tab of document.querySelectorAll("[data-tab]")) tab.setAttribute("aria-pressed", String(tab.dataset.tab === chosen.tab));
  if (chosen.tab === "home") return showHome();
  const direct = chosen.tab === "direct";
  const channel = direct ? `D${chosen.user.slice(1)}` : "C0DESK";
  const posts = [...screen.slack[chosen.tab], ...screen.slack.ephemerals.filter((post) => post.channel === channel)];
  const empty = direct ? "Nothing was sent to this person alone." : "The desk's cards will show here, once a customer has answered the first questions.";
  showLog($("posts"), threads(posts), empty, (log, items) => {
    sync(log, items.map(({ key, sign, build }) => ({ key, sign, build })));
    for (const item of items) item.renew?.([...log.children].find((node) => node.dataset.key === item.key));
  });
}

function threads(posts) {
  posts.sort((a, b) => (a.ts < b.ts ? -1 : 1));
  const known = new Set(posts.map((post) => post.ts));
  const isRoot = (post) => !post.thread_ts || post.thread_ts === post.ts || !known.has(post.thread_ts) || post.broadcast;
  return posts.filter(isRoot).map((root) => ({
    key: `${chosen.user}/${root.ts}`,
    sign: root.ts,
    build: () => thread(root),
    renew: (node) => {
      sync(node.querySelector(".root"), [item(root)]);
      const replies = posts.filter((post) => post.thread_ts === root.ts && post.ts !== root.ts);
      sync(node.querySelector(".replies"), replies.map(item));
    },
  }));
}

const item = (post) => ({ key: post.ts, sign: JSON.stringify(post), build: () => shownPost(post) });

function thread(root) {
  const answer = async (event) => {
    event.preventDefault();
    const box = event.target.elements.text;
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    const body = { user: chosen.user, text: escaped(text), thread_ts: root.ts, channel: root.channel };
    if (!(await tell("slack/message", body)) && !box.value) box.value = text;
  };
  const form = el("form", { onsubmit: answer },
    el("input", { name: "text", autocomplete: "off", "aria-label": "Reply in this thread" }), el("button", {}, "Reply"));
  return el("div", {}, el("div", { class: "root" }), el("div", { class: "replies" }),
    root.ephemeral_to ? null : el("details", { class: "answer" }, el("summary", {}, "Reply in thread"), form));
}

function shownPost(post) {
  const press = (element, value) =>
    tell("slack/press", { user: chosen.user, action: element.action_id, value: value ?? null, message_ts: post.ts, channel: post.channel });
  const marks = [clock(Number(post.ts)), post.edited ? "edited" : "", post.ephemeral_to ? "only visible to you" : ""].filter(Boolean);
  const reactions = Object.entries(post.reactions).map(([name, who]) => `${EMOJI[name] ?? `:${name}:`} ${who.length}`);
  return el("article", { class: post.ephemeral_to ? "post whisper" : "post", "aria-label": `From ${post.name}` },
    el("p", { class: "by" }, `${post.name} `, el("span", { class: "meta" }, marks.join(" · "))),
    post.blocks.length ? el("div", { class: "card" }, rendered(post.blocks, press)) : el("div", { class: "words" }, mrkdwn(post.text)),
    post.files.map((id) => el("p", {}, file("slack", id, `file ${id}`))),
    reactions.length ? el("p", { class: "meta" }, reactions.join("  ")) : null);
}

function showHome() {
  const home = screen.slack.home;
  const build = () => {
    const press = (element, value) => tell("slack/press", { user: chosen.user, action: element.action_id, value: value ?? null, view_id: home.id });
    return el("div", { class: "card" }, rendered(home.body.blocks, press));
  };
  const items = home ? [{ key: home.id, sign: JSON.stringify(home), build }] : [];
  showLog($("posts"), items, "The desk has put nothing here yet.");
}

async function openTab(tab) {
  chosen.tab = tab;
  showSlack();
  if (tab !== "home") return;
  const { error } = await act("slack/open_home", { user: chosen.user });
  if (error) notice(`The desk did not hear that Home was opened (${error}).`);
}

// --- Slack: modals. An input is {node, read}; what was typed lives on when the form is drawn anew.

let opener = null;

function showModal() {
  const top = screen.slack.modals.at(-1);
  const before = $("modal").firstElementChild;
  if (!top) {
    if (!before) return;
    before.remove();
    (opener?.isConnected ? opener : $("command-text")).focus();
    return;
  }
  const sign = JSON.stringify(top);
  if (before?.sign === sign) return;
  const isSame = before?.dataset.view === top.id;
  const drafts = isSame ? entered(before) : {};
  if (!before) opener = document.activeElement;
  const takesFocus = !before || before.contains(document.activeElement);
  const form = Object.assign(modal(top, drafts), { sign });
  $("modal").replaceChildren(form);
  if (!takesFocus) return;
  const first = (isSame && form.querySelector("[aria-invalid=true]")) || form.querySelector("input, select, textarea, button");
  first.focus(); // there is always a button to close it
}

function modal(view, drafts) {
  const inputs = [];
  const press = (element, value) => tell("slack/press", { user: chosen.user, action: element.action_id, value: value ?? null, view_id: view.id });
  const body = view.body.blocks.flatMap((block) => {
    if (block.type !== "input") return rendered([block], press);
    const made = input(block, view, drafts[block.block_id]?.[block.element.action_id]);
    inputs.push({ block: block.block_id, action: block.element.action_id, read: made.read });
    return made.node;
  });
  const close = () => tell("slack/close", { user: chosen.user, view_id: view.id });
  const trouble = el("p", { class: "error", role: "alert" }, view.trouble ?? "");
  const form = el("form", { class: "modal", role: "dialog", "aria-label": view.title, "data-view": view.id, onsubmit: (event) => submit(event, view, trouble) },
    el("h3", {}, view.title), body, trouble,
    el("div", { class: "end" },
      el("button", { type: "button", onclick: close }, view.body.close?.text ?? "Cancel"),
      view.body.submit ? el("button", { class: "primary" }, view.body.submit.text) : null));
  form.addEventListener("keydown", (event) => event.key === "Escape" && close());
  return Object.assign(form, { inputs });
}

async function submit(event, view, trouble) {
  event.preventDefault();
  const button = event.submitter ?? event.target.querySelector(".end .primary");
  if (button) button.disabled = true;
  const { refused } = await act("slack/submit", { user: chosen.user, view_id: view.id, values: entered(event.target) });
  if (button) button.disabled = false;
  trouble.textContent = refused ?? trouble.textContent;
}

function entered(form) {
  const values = {};
  for (const { block, action, read } of form.inputs) (values[block] ??= {})[action] = read();
  return values;
}

const TYPED = { plain_text_input: "text", number_input: "number", email_text_input: "email", url_text_input: "url", datepicker: "date", timepicker: "time" };

function input(block, view, draft) {
  const { element } = block;
  const id = `in-${block.block_id}`;
  const error = view.errors[block.block_id];
  const shared = { id, "aria-invalid": error ? "true" : null, "aria-describedby": `${id}-more` };
  const made = element.type in TYPED ? typed(element, shared, !block.optional, draft) : picked(element, shared, !block.optional, draft);
  const label = [words(block.label), block.optional ? el("span", { class: "hint" }, " (optional)") : null].flat();
  const more = el("div", { id: `${id}-more` },
    error ? el("p", { class: "error", role: "alert" }, error) : null,
    block.hint ? el("p", { class: "hint" }, words(block.hint)) : null);
  const node = made.isGroup
    ? el("fieldset", { class: "field", "aria-describedby": `${id}-more` }, el("legend", {}, label), made.node, more)
    : el("div", { class: "field" }, el("label", { for: id }, label), made.node, more);
  return { node, read: made.read };
}

function typed(element, shared, required, draft) {
  const initial = draft ?? element.initial_value ?? element.initial_date ?? element.initial_time ?? "";
  const limits = { minlength: element.min_length, maxlength: element.max_length, min: element.min_value, max: element.max_value };
  const attributes = { ...shared, ...limits, required, placeholder: element.placeholder?.text };
  const node = element.multiline ? el("textarea", { ...attributes, rows: 3 }) : el("input", { ...attributes, type: TYPED[element.type], step: element.is_decimal_allowed ? "any" : null });
  node.value = initial;
  return { node, read: () => node.value };
}

function picked(element, shared, required, draft) {
  const choices = element.type.endsWith("users_select") ? people() : choicesOf(element);
  if (!choices.length) return { node: el("p", { id: shared.id, class: "meta" }, `[${element.type} cannot be filled in here]`), read: () => null };
  if (element.type.endsWith("select") && !element.type.startsWith("multi")) {
    const initial = draft ?? element.initial_option?.value ?? element.initial_user;
    const node = el("select", { ...shared, required }, options(choices, element.placeholder?.text ?? "Choose…", initial));
    return { node, read: () => node.value || null };
  }
  return ticked(element, choices, shared, draft);
}

function ticked(element, choices, shared, draft) {
  const isOne = element.type === "radio_buttons";
  const initial = draft ?? (isOne ? element.initial_option?.value : element.initial_users ?? element.initial_options?.map((o) => o.value)) ?? [];
  const boxes = choices.map((choice, number) =>
    el("input", { type: isOne ? "radio" : "checkbox", name: shared.id, value: choice.value, checked: [initial].flat().includes(choice.value), "aria-invalid": number ? null : shared["aria-invalid"] }));
  const node = el("div", { class: "choices" }, choices.map((choice, number) =>
    el("label", { class: "choice" }, boxes[number], el("span", {}, words(choice.text)))));
  const read = () => {
    const values = boxes.filter((box) => box.checked).map((box) => box.value);
    return isOne ? values[0] ?? null : values;
  };
  return { node, read, isGroup: true };
}

// --- Wiring

async function runCommand(event) {
  event.preventDefault();
  const box = $("command-text");
  const text = box.value.trim().replace(/^\/port\b\s*/, "");
  box.value = "";
  chosen.tab = "posts";
  if (!(await tell("slack/command", { user: chosen.user, text })) && !box.value) box.value = text;
}

function choose(name, value) {
  chosen[name] = value;
  refresh();
}

$("say").addEventListener("submit", sendSaid);
$("say-text").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  $("say").requestSubmit();
});
$("bill").addEventListener("click", () => tell("telegram/bill", { chat: chosen.chat }));
$("attach").addEventListener("click", () => $("file").click());
$("file").addEventListener("change", attach);
$("block").addEventListener("click", () => tell(screen.telegram.blocked ? "telegram/unblock" : "telegram/block", { chat: chosen.chat }));
$("command").addEventListener("submit", runCommand);
$("chat").addEventListener("change", (event) => choose("chat", Number(event.target.value)));
$("user").addEventListener("change", (event) => choose("user", event.target.value));
for (const tab of document.querySelectorAll("[data-tab]")) tab.addEventListener("click", () => openTab(tab.dataset.tab));
poll();
