// The slider: figures, map and needs of one step of the frontier.
ready.then(() => {
  const slider = one("#step");
  if (!slider) return;
  const steps = data.steps;
  const own = steps.findIndex((step) => step.step === data.own);
  const shapes = all("[data-u]");
  const figures = all("[data-figure]");
  const shares = new Set(["share", "outside"]);
  const whole = new Set(["people", "posts", "samples", "places", "beds", ...shares]);

  function show(at) {
    const step = steps[at];
    slider.value = at;
    slider.setAttribute("aria-valuetext", say("slider.step", { step: step.step, all: data.all }));
    const around = new Set(step.buffer);
    for (const shape of shapes) {
      const unit = Number(shape.dataset.u);
      const enters = data.enters[unit];
      const inside = enters !== null && enters <= step.step;
      shape.classList.toggle("core", inside);
      shape.classList.toggle("buffer", !inside && around.has(unit));
      if (inside && shape.ownerSVGElement) shape.parentNode.append(shape);
    }
    for (const figure of figures) {
      const key = figure.dataset.figure;
      figure.textContent = number(step[key], whole.has(key) || step[key] >= 100 ? 0 : 1) + (shares.has(key) ? " %" : "");
    }
    one("#step-name").textContent = say("slider.step", { step: step.step, all: data.all });
    one("#step-own").hidden = at !== own;
    one("#back").hidden = at === own;
    one("#detail").textContent = say(step.households === null ? "inside.nohouseholds" : "inside.detail", {
      units: step.units, households: step.households, buffer: step.buffer.length,
      buffer_people: step.buffer_people === null ? "?" : step.buffer_people,
    });
    one("#narrower").disabled = at === 0;
    one("#wider").disabled = at === steps.length - 1;
    tidyLabels();
    document.dispatchEvent(new CustomEvent("step", { detail: step.step }));
  }

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

// Names of units on the map: those of the core, the heaviest first, where they do not touch each other.
function tidyLabels() {
  const taken = all(".label .f0").map((badge) => badge.getBoundingClientRect());
  const frame = one(".map");
  if (!frame) return;
  const edge = frame.getBoundingClientRect();
  for (const label of all(".label")) {
    const name = label.querySelector(".name");
    const badge = label.querySelector(".f0");
    name.hidden = !label.classList.contains("core");
    if (name.hidden) continue;
    const box = name.getBoundingClientRect();
    const mine = badge && badge.getBoundingClientRect();
    const hit = taken.some((other) => other.left < box.right && other.right > box.left && other.top < box.bottom
      && other.bottom > box.top && !(mine && other.left === mine.left && other.top === mine.top));
    if (hit || box.left < edge.left || box.right > edge.right) name.hidden = true;
    else taken.push(box);
  }
}
