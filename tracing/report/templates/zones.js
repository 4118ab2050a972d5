// The slider: headline, figures, map, reasons and needs of one step of the frontier. A click on a unit tells about it.
ready.then(() => {
  const slider = one("#step");
  if (!slider) return;
  const steps = data.steps;
  const own = steps.findIndex((step) => step.step === data.own);
  const shapes = all("[data-u]");
  const figures = all("[data-figure]");
  const MOST = 15;
  let now = steps[own];
  let chosen = null;

  const isIn = (unit) => data.enters[unit] !== null && data.enters[unit] <= now.step;

  function show(at) {
    now = steps[at];
    slider.value = at;
    slider.setAttribute("aria-valuetext", now.name);
    const around = new Set(now.buffer);
    for (const shape of shapes) {
      const unit = Number(shape.dataset.u);
      const inside = isIn(unit);
      shape.classList.toggle("core", inside);
      shape.classList.toggle("buffer", !inside && around.has(unit));
      if (inside && shape.ownerSVGElement) shape.parentNode.append(shape);
    }
    for (const figure of figures) figure.textContent = now.figures[figure.dataset.figure];
    one("#zone-told").textContent = now.told;
    one("#step-name").textContent = now.name;
    one("#detail").textContent = now.detail;
    one("#step-own").hidden = at !== own;
    one("#back").hidden = at === own;
    one("#narrower").disabled = at === 0;
    one("#wider").disabled = at === steps.length - 1;
    reasons();
    if (chosen !== null) tell(chosen);
    tidyLabels();
    document.dispatchEvent(new CustomEvent("step", { detail: now.step }));
  }

  function reasons() {
    let shown = 0;
    for (const item of all("#why-in > li")) {
      item.hidden = !isIn(Number(item.dataset.unit)) || shown >= MOST;
      if (!item.hidden) shown += 1;
    }
    const left = data.enters.filter((_, unit) => isIn(unit)).length - shown;
    one("#why-more").hidden = left <= 0;
    one("#why-more").textContent = say("why.more", { n: left });
    const out = one("#why-out");
    if (!out) return;
    for (const item of all("li", out)) item.hidden = isIn(Number(item.dataset.unit));
    out.hidden = !all("li:not([hidden])", out).length;
  }

  function state(unit) {
    const n = data.enters[unit];
    if (isIn(unit)) return say("unit.core", { n });
    if (now.buffer.includes(unit)) return n === null ? say("unit.buffer.never") : say("unit.buffer", { n });
    return n === null ? say("unit.never") : say("unit.outside", { n });
  }

  // Why in, why not, who: what the section of reasons knows of the unit, and its state at this step.
  function tell(unit) {
    chosen = unit;
    const told = [el("p", "", state(unit))];
    const known = one(`#why-${unit}`);
    if (known) told.unshift(...[...known.children].map((part) => part.cloneNode(true)));
    else told.unshift(el("p", "", data.units[unit]));
    const outside = one(`#why-out li[data-unit="${unit}"]`);
    if (outside && !isIn(unit)) told.push(el("p", "", outside.textContent));
    one("#unit-told").replaceChildren(...told);
    one("#unit-card").hidden = false;
    for (const shape of shapes) shape.classList.toggle("chosen", Number(shape.dataset.u) === unit);
  }

  function close() {
    chosen = null;
    one("#unit-card").hidden = true;
    for (const shape of shapes) shape.classList.remove("chosen");
  }

  for (const shape of shapes) {
    const unit = Number(shape.dataset.u);
    shape.addEventListener("click", () => tell(unit));
    shape.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        tell(unit);
      }
    });
  }
  one("#unit-close").addEventListener("click", close);

  const move = (by) => show(Math.min(Math.max(Number(slider.value) + by, 0), steps.length - 1));
  slider.addEventListener("input", () => show(Number(slider.value)));
  one("#narrower").addEventListener("click", () => move(-1));
  one("#wider").addEventListener("click", () => move(1));
  one("#back").addEventListener("click", () => show(own));
  document.addEventListener("go", (event) => {
    const found = steps.findIndex((step) => step.step === event.detail);
    if (found >= 0) show(found);
  });
  addEventListener("resize", tidyLabels);
  show(own);
});

// Badges and names of units on the map where they do not touch each other: a badge that would cover a larger count is a
// dot (its number is told by a click); names only of those of the core, the heaviest first.
function tidyLabels() {
  const frame = one(".map");
  if (!frame) return;
  const edge = frame.getBoundingClientRect();
  const taken = [];
  const hits = (box, mine) => taken.some((other) => other !== mine && other.left < box.right && other.right > box.left
    && other.top < box.bottom && other.bottom > box.top);
  const labels = all(".label");
  const badges = new Map();
  for (const label of labels) {
    const badge = label.querySelector(".f0");
    if (badge) badges.set(label, badge);
    if (badge) badge.classList.remove("speck");
  }
  const boxes = new Map([...badges].map(([label, badge]) => [label, badge.getBoundingClientRect()]));
  const count = (label) => Number(badges.get(label).textContent.replace(/\D/g, ""));
  for (const label of [...badges.keys()].sort((a, b) => count(b) - count(a))) {
    const small = hits(boxes.get(label));
    badges.get(label).classList.toggle("speck", small);
    if (!small) taken.push(boxes.get(label));
  }
  for (const label of labels) {
    const name = label.querySelector(".name");
    name.hidden = !label.classList.contains("core");
    if (name.hidden) continue;
    const box = name.getBoundingClientRect();
    if (hits(box, boxes.get(label)) || box.left < edge.left || box.right > edge.right) name.hidden = true;
    else taken.push(box);
  }
}
