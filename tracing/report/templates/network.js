const { nodes, ties } = JSON.parse(document.getElementById("data").textContent);
const drawing = document.getElementById("drawing");
const told = document.getElementById("told");
const signs = [...document.querySelectorAll("#nodes > g")];
const lines = [...document.querySelectorAll("#ties > line")];
const all = drawing.getAttribute("viewBox").split(" ").map(Number);
let view = [...all];
let chosen = null;

const show = () => drawing.setAttribute("viewBox", view.join(" "));
const zoom = (by, x = view[0] + view[2] / 2, y = view[1] + view[3] / 2) => {
  const wide = Math.min(Math.max(view[2] * by, all[2] / 12), all[2]);
  const factor = wide / view[2];
  view = [x - (x - view[0]) * factor, y - (y - view[1]) * factor, wide, view[3] * factor];
  show();
};
const point = (event) => {
  const box = drawing.getBoundingClientRect();
  const scale = Math.max(view[2] / box.width, view[3] / box.height);
  return [view[0] + view[2] / 2 + (event.clientX - box.left - box.width / 2) * scale,
    view[1] + view[3] / 2 + (event.clientY - box.top - box.height / 2) * scale, scale];
};

const choose = (number) => {
  chosen = number === chosen ? null : number;
  const own = ties.map(([a, b]) => chosen !== null && (a === chosen || b === chosen));
  const near = new Set(ties.flatMap(([a, b], i) => own[i] ? [a, b] : []));
  drawing.classList.toggle("narrowed", chosen !== null);
  signs.forEach((sign, i) => {
    sign.classList.toggle("chosen", i === chosen);
    sign.classList.toggle("near", near.has(i) && i !== chosen);
  });
  lines.forEach((line, i) => line.classList.toggle("near", own[i]));
  told.replaceChildren();
  if (chosen === null) return;
  const head = document.createElement("h3");
  head.textContent = [nodes[chosen].id, nodes[chosen].told].filter(Boolean).join(" · ");
  const list = document.createElement("ul");
  ties.forEach(([a, b, words], i) => {
    if (!own[i]) return;
    const item = document.createElement("li");
    item.textContent = `${nodes[a].id} → ${nodes[b].id}: ${words}`;
    if (!lines[i].hasAttribute("marker-end")) item.textContent = `${nodes[a === chosen ? b : a].id}: ${words}`;
    list.append(item);
  });
  told.append(head, list);
};

signs.forEach((sign, i) => {
  sign.addEventListener("click", () => choose(i));
  sign.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    choose(i);
  });
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && chosen !== null) choose(chosen);
});
document.getElementById("nearer").addEventListener("click", () => zoom(0.7));
document.getElementById("farther").addEventListener("click", () => zoom(1 / 0.7));
document.getElementById("whole").addEventListener("click", () => { view = [...all]; show(); });
document.getElementById("find").addEventListener("input", (event) => {
  const wanted = event.target.value.trim().toLowerCase();
  signs.forEach((sign, i) => {
    const words = `${nodes[i].id} ${nodes[i].told}`.toLowerCase();
    sign.classList.toggle("found", wanted !== "" && words.includes(wanted));
  });
});
drawing.addEventListener("wheel", (event) => {
  if (!event.ctrlKey) return;
  event.preventDefault();
  const [x, y] = point(event);
  zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, x, y);
}, { passive: false });
let held = null;
drawing.addEventListener("pointerdown", (event) => { held = point(event); });
window.addEventListener("pointerup", () => { held = null; });
drawing.addEventListener("pointermove", (event) => {
  if (held === null || view[2] === all[2]) return;
  const [x, y] = point(event);
  view = [view[0] + held[0] - x, view[1] + held[1] - y, view[2], view[3]];
  show();
});
