// One chain at a time: rows under each other, time on the x axis, thin lines from a source to whom it led.
ready.then(() => {
  const frame = one("#chain");
  if (!frame) return;
  const pick = one("#chain-pick");

  function bar(kind, span) {
    const made = el("i", kind);
    made.style.left = `${span[0]}%`;
    made.style.width = `${Math.max(span[1] - span[0], 0.15)}%`;
    return made;
  }

  function dot(kind, at) {
    const made = el("i", kind);
    made.style.left = `${at}%`;
    return made;
  }

  function axis(chain) {
    const line = el("div", "link-row axis");
    const track = el("div", "track");
    for (const [at, day] of chain.ticks) {
      const tick = el("span", "", day);
      tick.style.left = `${at}%`;
      track.append(tick);
    }
    line.append(el("div", "who"), track);
    return line;
  }

  function drawRow(row) {
    const line = el("div", row.f ? "link-row folded" : "link-row");
    const who = el("div", "who");
    who.style.setProperty("--depth", Math.min(row.d, 9));
    if (row.d > 9) who.append(el("small", "", `⋯${row.d} `));
    if (row.f) {
      const open = el("button", "", say("chains.fold", { n: row.f }));
      open.type = "button";
      open.setAttribute("aria-expanded", "false");
      const list = el("div", "list", row.c.join(", ") + (row.f > row.c.length ? " …" : ""));
      list.hidden = true;
      open.addEventListener("click", () => {
        list.hidden = !list.hidden;
        open.setAttribute("aria-expanded", String(!list.hidden));
        connect(line.parentNode);
      });
      who.append(open, list);
    } else {
      who.append(el("b", "", (row.x ? "× " : "") + row.c[0]));
    }
    if (row.n) who.append(el("small", "", ` ${row.n}`));
    const track = el("div", "track");
    if (row.p) track.append(bar("window", row.p));
    if (row.s) track.append(bar("window sure", row.s));
    if (row.e) track.append(bar(row.sure && !row.x ? "exposure" : "exposure maybe", row.e));
    if (row.o) track.append(dot(row.w ? "onset" : "other", (row.o[0] + row.o[1]) / 2));
    for (const at of row.ds || []) track.append(dot("onset small", at));
    if (row.t) track.title = row.t;
    line.append(who, track);
    return line;
  }

  function draw(chain) {
    const made = el("div", "drawn");
    if (chain.above) made.append(el("p", "note", say("chains.above", { n: chain.above })));
    if (chain.ticks.length) made.append(axis(chain));
    else made.append(el("p", "note", say("chains.undated")));
    chain.rows.forEach((row) => made.append(drawRow(row)));
    made.rows = chain.rows;
    return made;
  }

  function connect(drawn) {
    all(".wire", drawn).forEach((wire) => wire.remove());
    const lines = all(".link-row:not(.axis)", drawn);
    drawn.rows.forEach((row, at) => {
      const where = row.e ? row.e[0] : row.o ? row.o[0] : row.ds && row.ds.length ? row.ds[0] : null;
      if (row.a === undefined || where === null) return;
      const track = lines[at].querySelector(".track");
      const above = lines[row.a].querySelector(".track");
      const wire = el("i", row.x || (row.e && !row.sure) ? "wire maybe" : "wire");
      wire.style.left = `${where}%`;
      const middle = (box) => box.getBoundingClientRect().top + 13;
      wire.style.top = `${middle(above) - track.getBoundingClientRect().top}px`;
      wire.style.height = `${middle(track) - middle(above)}px`;
      track.append(wire);
    });
  }

  function show(chains, titled) {
    frame.replaceChildren();
    for (const chain of chains) {
      if (titled) frame.append(el("h3", "", say("chains.option", { root: chain.root, n: chain.size })));
      const drawn = draw(chain);
      frame.append(drawn);
      connect(drawn);
      thin(drawn);
    }
  }

  // Days on the axis that would touch each other are left out.
  function thin(drawn) {
    let end = -Infinity;
    for (const tick of all(".axis span", drawn)) {
      tick.hidden = false;
      const box = tick.getBoundingClientRect();
      tick.hidden = box.left < end + 4;
      if (!tick.hidden) end = box.right;
    }
  }

  const chosen = () => show([data.chains[Number(pick.value)]], false);
  pick.addEventListener("change", chosen);
  addEventListener("resize", () => all(".drawn", frame).forEach((drawn) => { connect(drawn); thin(drawn); }));
  beforePrint.push(() => { if (withLists()) show(data.chains, true); });
  afterPrint.push(chosen);
  chosen();
});
