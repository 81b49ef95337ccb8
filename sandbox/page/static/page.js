// The sandbox's page: one person plays the customer in Telegram and the desk in Slack.

import { $, holdEnd } from "./dom.js";
import { showSides, wireDown, wireSides } from "./aloud.js";
import { wireComposer } from "./composer.js";
import { start } from "./net.js";
import { showSlack, wireSlack } from "./slack.js";
import { wireSlash } from "./slash.js";
import { showBar, wireBar } from "./stories.js";
import { showSilence, showTelegram, wireTelegram } from "./telegram.js";

function show(isNew) {
  showBar();
  if (isNew) showTelegram();
  if (isNew) showSlack();
  showSilence();
  showSides();
}

wireBar();
wireSides();
wireTelegram();
wireComposer();
wireSlack();
wireSlash();
for (const id of ["messages", "posts", "replies"]) holdEnd($(id));
for (const id of ["messages", "posts"]) wireDown($(id));
start(show);
