// The charts that Plotly draws: unpacked once the first screen stands, so that it never waits for them.
ready.then(() => {
  const places = all("[data-chart]").filter((place) => data.charts[place.dataset.chart]);
  if (!places.length) return;

  // The packed script stands last in the page: until all of the page has arrived nothing is known of the browser.
  const arrived = document.readyState === "complete" ? Promise.resolve()
    : new Promise((resolve) => addEventListener("load", resolve, { once: true }));

  async function load() {
    await arrived;
    const script = document.createElement("script");
    script.textContent = await read("plotly");
    document.head.append(script);
    for (const place of places) {
      place.replaceChildren();
      const { data: traces, layout } = data.charts[place.dataset.chart];
      const options = { displayModeBar: false, locale: "en", showTips: false };
      await Plotly.newPlot(place, traces, layout, options);
      place.dataset.ready = "1";
    }
    const fitted = new Map(places.map((place) => [place, place.clientWidth]));
    const fit = new ResizeObserver((seen) => {
      for (const { target } of seen) {
        if (printing || fitted.get(target) === target.clientWidth) continue;
        fitted.set(target, target.clientWidth);
        const { height } = data.charts[target.dataset.chart].layout;
        Plotly.relayout(target, { height, width: null, autosize: true });
      }
    });
    places.forEach((place) => fit.observe(place));
    const frontier = one("[data-chart=frontier][data-ready]");
    if (frontier) join(frontier);
  }

  // A click on a point moves the slider; the slider moves the mark.
  function join(frontier) {
    const steps = frontier.data[0].customdata;
    const mark = (step) => {
      const here = steps.map((other) => other === step);
      const style = getComputedStyle(document.documentElement);
      const core = style.getPropertyValue("--core"), ground = style.getPropertyValue("--ground");
      Plotly.restyle(frontier, {
        "marker.size": [here.map((is) => (is ? 15 : 8))], "marker.color": [here.map((is) => (is ? core : ground))],
      });
    };
    frontier.on("plotly_click", (event) => {
      document.dispatchEvent(new CustomEvent("go", { detail: event.points[0].customdata }));
    });
    document.addEventListener("step", (event) => mark(event.detail));
    const slider = one("#step");
    mark(data.steps[Number(slider.value)].step);
  }

  let begun = null;
  let printing = false;
  const begin = () => {
    begun = begun || load().catch(() => {
      for (const place of places) {
        place.classList.add("failed");
        place.textContent = say("draw.failed");
      }
    });
  };
  const sight = new IntersectionObserver((seen) => { if (seen.some((entry) => entry.isIntersecting)) begin(); });
  places.forEach((place) => sight.observe(place));
  addEventListener("load", () => setTimeout(begin, 600));
  if (document.readyState === "complete") setTimeout(begin, 600);

  const size = (change) => places.filter((place) => place.dataset.ready).forEach((place) => {
    Plotly.relayout(place, { height: data.charts[place.dataset.chart].layout.height, ...change });
  });
  beforePrint.push(() => {
    printing = true;
    size({ width: 660, autosize: false, ...(withLists() ? {} : { height: 165 }) });
  });
  afterPrint.push(() => {
    printing = false;
    size({ width: null, autosize: true });
  });
});
