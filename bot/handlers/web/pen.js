
const box = document.getElementById("draw"), pad = box.querySelector("canvas"), ink = pad.getContext("2d");
const out = box.querySelector("[name=word]"), send = box.querySelector("[value=drawn]");
let lines = [], line = null;
const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
const at = (event) => {
  const field = pad.getBoundingClientRect();
  const x = (event.clientX - field.left) / field.width * pad.width;
  const y = (event.clientY - field.top) / field.height * pad.height;
  return [within(x, pad.width), within(y, pad.height)];
};
const show = () => {
  out.value = lines.map((each) => each.map((point) => point.join(",")).join(" ")).join(";");
  send.disabled = !lines.length;
};
pad.onpointerdown = (event) => {
  pad.setPointerCapture(event.pointerId);
  line = [at(event)];
  lines.push(line);
  event.preventDefault();
};
pad.onpointermove = (event) => {
  if (!line) return;
  const from = line[line.length - 1], to = at(event);
  if (from[0] === to[0] && from[1] === to[1]) return;
  line.push(to);
  ink.beginPath();
  ink.moveTo(...from);
  ink.lineTo(...to);
  ink.stroke();
};
pad.onpointerup = pad.onpointercancel = () => { line = null; show(); };
box.querySelector(".again").onclick = () => { lines = []; ink.clearRect(0, 0, pad.width, pad.height); show(); };
ink.lineWidth = 3;
ink.lineCap = ink.lineJoin = "round";
box.hidden = false;
show();
