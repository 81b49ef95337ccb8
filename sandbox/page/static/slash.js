// The help that Slack shows above the box while a slash command is typed.

import { $, el } from "./dom.js";
import { chosen } from "./net.js";

// As in manifest.yml; a test keeps them equal.
const COMMAND = "/port";
const ABOUT = "Everything the porting desk can do";
const USAGE = "help | list [phase] | show <ref> | <verb> <ref> …";

export function wireSlash() {
  const [box, hint] = [$("post-text"), $("hint")];
  const isMeant = () => chosen.place === "posts" && /^\/\w*$/.test(box.value) && COMMAND.startsWith(box.value);
  const show = () => {
    hint.hidden = !(isMeant() || box.value.startsWith(`${COMMAND} `));
    pick.disabled = !isMeant();
  };
  const pick = el("button", { type: "button", onclick: take }, el("b", {}, COMMAND), ` ${USAGE}`, el("small", {}, `${ABOUT} · Tab completes`));
  hint.append(pick);
  function take() {
    box.value = `${COMMAND} `;
    box.focus();
    show();
  }
  box.addEventListener("input", show);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hint.hidden = true;
    if (event.key !== "Tab" || event.shiftKey || hint.hidden || !isMeant()) return;
    event.preventDefault();
    take();
  });
}
