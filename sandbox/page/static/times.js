// Times as the desk's zone has them, and the desk's clock, which may be ahead of this computer's.

import { now } from "./net.js";

const DAY = { weekday: "long", month: "long", day: "numeric" };

const shapes = new Map();

function shaped(date, options) {
  const zone = now.time?.zone;
  const key = `${zone} ${JSON.stringify(options)}`;
  if (!shapes.has(key)) shapes.set(key, new Intl.DateTimeFormat("en-US", { timeZone: zone, ...options }));
  return shapes.get(key).format(date);
}

const at = (seconds) => new Date(seconds * 1000);

// Returns the desk's time of now in unix seconds.
export function deskNow() {
  if (!now.time?.now) return Date.now() / 1000;
  return Date.parse(now.time.now) / 1000 + (performance.now() - now.time.at) / 1000;
}

export const clock = (seconds) => shaped(at(seconds), { hour: "numeric", minute: "2-digit" });

export const dayKey = (seconds) => shaped(at(seconds), { year: "numeric", month: "2-digit", day: "2-digit" });

export function day(seconds) {
  if (dayKey(seconds) === dayKey(deskNow())) return "Today";
  if (dayKey(seconds) === dayKey(deskNow() - 86_400)) return "Yesterday";
  return shaped(at(seconds), DAY);
}

const UNITS = [["day", 86_400], ["hour", 3_600], ["minute", 60]];

// Returns how long ago a moment was, in its largest whole unit.
export function ago(seconds) {
  const past = Math.max(0, deskNow() - seconds);
  const [unit, size] = UNITS.find(([, length]) => past >= length) ?? ["minute", 60];
  return new Intl.RelativeTimeFormat("en-US", { numeric: "auto" }).format(-Math.floor(past / size), unit);
}

export const moment = (seconds) =>
  shaped(at(seconds), { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit", timeZoneName: "short" });

// Returns `things` with a line before each new day; `line(words)` builds it, `when(thing)` tells unix seconds.
export function byDay(things, when, item, line) {
  let last = null;
  return things.flatMap((thing) => {
    const key = dayKey(when(thing));
    const words = day(when(thing));
    const lines = key === last ? [] : [{ key: `day/${key}`, sign: words, build: () => line(words) }];
    last = key;
    return [...lines, item(thing)];
  });
}
