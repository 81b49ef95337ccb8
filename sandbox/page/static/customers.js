// Who writes to the bot: two customers at first, whoever the page makes, and whoever a story or a test brought.

import { asked } from "./menus.js";
import { chosen, now, tell } from "./net.js";

const KEPT = "customers";
const FIRST = [[1001, "Ana"], [1002, "Luis"]];
const FIRST_STORY = 2001; // chats from here on belong to stories
const MORE = ["Priya", "Sam", "Mei", "Jonas", "Ruth", "Omar"];

const made = new Map(read());

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? [];
  } catch {
    return []; // storage is closed to the page, or holds something else
  }
}

// Returns everybody's name by chat, in the order of the chats; groups are left out.
export function names() {
  const found = new Map([...FIRST, ...made]);
  const there = new Set(now.screen?.chats);
  for (const chat of made.keys()) if (chat >= FIRST_STORY && !there.has(chat)) found.delete(chat); // of an emptied sandbox
  for (const chat of there) if (!found.has(chat) && chat > 0) found.set(chat, `Chat ${chat}`);
  const playing = now.stories?.playing;
  if (playing?.chat) found.set(playing.chat, storyName(playing));
  return new Map([...found].sort(([a], [b]) => a - b));
}

// Two Anas could not be told from one another.
export const storyName = ({ name, chat }) => `${name ?? `Chat ${chat}`} (story)`;

export const nameOf = (chat) => names().get(chat) ?? "Customer";

export function remember(chat, name) {
  if (made.get(chat) === name) return;
  made.set(chat, name);
  try {
    localStorage.setItem(KEPT, JSON.stringify([...made]));
  } catch {
    // The name is then forgotten with the page.
  }
}

// Asks for a name and returns the new customer's chat; null when nobody is wanted.
export async function greet() {
  const known = names();
  const free = MORE.find((name) => ![...known.values()].includes(name)) ?? "";
  const name = await asked({ title: "New customer", text: "What is the customer called in Telegram?", yes: "Add", input: free });
  if (!name) return null;
  const chat = Math.max(...[...known.keys()].filter((id) => id < FIRST_STORY)) + 1;
  remember(chat, name);
  return chat;
}

export const say = (text, more = {}) =>
  tell("telegram/say", { chat: chosen.chat, text, user: { first_name: nameOf(chosen.chat) }, ...more });
