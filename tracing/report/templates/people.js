// The people listed: only the rows in sight are in the page; search and filters run over columns.
const ROW = 44;
const PRINTED = 3000;

ready.then(async () => {
  const frame = one("#people-table");
  if (!frame) return;
  const people = JSON.parse(await read("people-data"));
  const count = people.id.length;
  const named = Boolean(people.name);
  const texts = people.id.map((id, row) => fold([
    id, people.code[row] || "", people.born[row] || "", people.area[row] < 0 ? "" : people.areas[people.area[row]],
    named ? people.name[row] : "", people.unit && people.unit[row] >= 0 ? people.units[people.unit[row]] : "",
  ].join(" ")));
  fill(one("#commune"), people.areas.map((name, at) => [name, at]).sort((a, b) => a[0].localeCompare(b[0], data.lang)));
  const kinds = new Set(people.iso);
  fill(one("#isolation"), people.kinds.map((name, at) => [name, at]).filter(([, at]) => kinds.has(at)));

  function fill(select, options) {
    for (const [name, at] of options) {
      const option = el("option", "", name);
      option.value = at;
      select.append(option);
    }
  }

  const called = (row) => people.code[row] || people.id[row];
  const columns = [
    ["p.tier", "tier"], ["p.id", "who"], ...(named ? [["p.name", "name"]] : []), ["p.born", "born"],
    ["p.commune", "area"], ...(people.unit ? [["p.unit", "unit"]] : []), ["p.last", "last"], ["p.through", "through"],
    ["p.isolated", "iso"],
  ];
  const cell = {
    tier: (row) => {
      const tier = people.tier[row];
      const made = el("span", `t t${tier < 0 ? "c" : Math.min(tier, 3)}${people.sure[row] || tier < 0 ? "" : " maybe"}`);
      made.textContent = tier < 0 ? say("p.co") : `F${tier}`;
      if (tier > 0) made.append(el("small", "", ` ${say(people.sure[row] ? "p.certain" : "p.possible")}`));
      if (people.cls && people.cls[row] >= 0) made.append(el("small", "", `, ${people.classes[people.cls[row]]}`));
      return made;
    },
    who: (row) => {
      const made = el("span", "", people.id[row]);
      if (people.code[row]) made.append(el("small", "", ` ${people.code[row]}`));
      return made;
    },
    name: (row) => el("span", "", people.name[row]),
    born: (row) => el("span", "", people.born[row] || ""),
    area: (row) => el("span", "", people.area[row] < 0 ? "" : people.areas[people.area[row]]),
    unit: (row) => el("span", "", people.unit[row] < 0 ? "" : people.units[people.unit[row]]),
    last: (row) => {
      const made = el("span", "", people.last[row] < 0 ? "" : people.days[people.last[row]]);
      if (people.last_by[row] >= 0) made.append(el("small", "", ` ${called(people.last_by[row])}`));
      return made;
    },
    through: (row) => {
      const parent = people.parent[row];
      if (parent < 0) return el("span", "", "");
      const made = el("span", "", called(parent));
      const place = people.place[row] < 0 ? "" : `, ${people.places[people.place[row]]}`;
      made.append(el("small", "", ` ${people.times[people.met[row]]}${place}`));
      made.title = people.clause[row] < 0 ? "" : people.clauses[people.clause[row]];
      return made;
    },
    iso: (row) => el("span", people.iso[row] ? "" : "none", people.kinds[people.iso[row]]),
  };

  // The contact path: from the person to a case, one meeting a line. Possible paths go by the earliest possible meeting.
  function path(row) {
    const told = el("ol");
    const sure = people.sure[row] === 1;
    for (let at = row, steps = 0; at >= 0 && steps < 9; steps++) {
      const early = sure ? null : people.early[at];
      const [parent, met, place, clause] = early || [people.parent[at], people.met[at], people.place[at], people.clause[at]];
      if (parent < 0 || (people.tier[at] === 0 && at !== row)) {
        if (people.tier[at] === 0) told.append(el("li", "", say("path.case", { who: called(at) })));
        break;
      }
      const line = el("li", "", say("path.step", {
        who: called(at), tier: `F${people.tier[at]}`, other: called(parent), when: people.times[met],
        place: place < 0 ? "" : `, ${people.places[place]}`,
      }));
      if (clause >= 0) line.append(el("small", "", ` [${say("path.rule", { clause: people.clauses[clause] })}]`));
      told.append(line);
      if (people.tier[at] === 0) break;
      at = parent;
    }
    return told;
  }

  function tell(row) {
    const head = el("p");
    head.append(cell.tier(row), el("strong", "", ` ${named && people.name[row] ? `${people.name[row]}, ` : ""}${called(row)}`));
    const told = [head, people.tier[row] < 0 ? el("p", "", say("path.none")) : path(row)];
    const last = people.last[row] >= 0 && people.last_by[row] >= 0;
    const facts = last ? [say("path.last", { day: people.days[people.last[row]], who: called(people.last_by[row]) })] : [];
    facts.push(say("path.isolated", { kind: people.kinds[people.iso[row]] }));
    facts.push(say("path.more", { command: `truyvet why ${people.id[row]}` }));
    told.push(el("p", "note", facts.join(" ")));
    if (people.told[row]) told.push(el("p", "note", people.told[row]));
    one("#person-told").replaceChildren(...told);
    one("#person-card").hidden = false;
  }
  one("#person-close").addEventListener("click", () => { one("#person-card").hidden = true; });

  const head = el("div", "row head");
  head.setAttribute("role", "row");
  for (const [key, name] of columns) {
    const made = el("span", `c-${name}`, say(key));
    made.setAttribute("role", "columnheader");
    head.append(made);
  }
  const body = el("div", "body");
  body.setAttribute("role", "rowgroup");
  const nobody = el("p", "empty", say("people.nobody"));
  frame.append(head, body, nobody);
  frame.classList.toggle("named", named);
  frame.classList.toggle("placed", Boolean(people.unit));

  let wanted = [];
  let drawn = [-1, -1];

  function draw() {
    const from = Math.max(Math.floor(frame.scrollTop / ROW) - 10, 0);
    const to = Math.min(Math.ceil((frame.scrollTop + frame.clientHeight) / ROW) + 10, wanted.length);
    if (from === drawn[0] && to === drawn[1]) return;
    drawn = [from, to];
    const rows = document.createDocumentFragment();
    for (let at = from; at < to; at++) {
      const line = el("div", "row");
      line.setAttribute("role", "row");
      line.setAttribute("aria-rowindex", at + 2);
      line.style.top = `${at * ROW}px`;
      line.tabIndex = 0;
      line.addEventListener("click", () => tell(wanted[at]));
      line.addEventListener("keydown", (event) => { if (event.key === "Enter") tell(wanted[at]); });
      for (const [, name] of columns) {
        const made = cell[name](wanted[at]);
        made.classList.add(`c-${name}`);
        made.setAttribute("role", "cell");
        line.append(made);
      }
      rows.append(line);
    }
    body.replaceChildren(rows);
  }

  function choose() {
    const words = fold(one("#find").value).split(/\s+/).filter(Boolean);
    const tiers = new Set(all(".tier").filter((box) => box.checked).map((box) => Number(box.value)));
    const sure = one("#sure").value;
    const area = one("#commune").value;
    const iso = one("#isolation").value;
    wanted = [];
    for (let row = 0; row < count; row++) {
      if (tiers.has(people.tier[row]) && (sure === "" || people.sure[row] === Number(sure))
        && (area === "" || people.area[row] === Number(area)) && (iso === "" || people.iso[row] === Number(iso))
        && words.every((word) => texts[row].includes(word))) wanted.push(row);
    }
    body.style.height = `${wanted.length * ROW}px`;
    frame.setAttribute("aria-rowcount", wanted.length + 1);
    nobody.hidden = wanted.length > 0;
    one("#people-shown").textContent = say("people.shown", { n: wanted.length, all: count, act: people.act });
    frame.scrollTop = 0;
    drawn = [-1, -1];
    draw();
  }

  let waiting = 0;
  frame.addEventListener("scroll", () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(draw); });
  addEventListener("resize", () => { drawn = [-1, -1]; draw(); });
  one("#find").addEventListener("input", choose);
  for (const control of all(".tier, #sure, #commune, #isolation")) control.addEventListener("change", choose);
  choose();
  frame.dataset.ready = "1";

  const paper = one("#people-print");
  one("#print-lists").addEventListener("click", () => {
    document.body.classList.add("print-lists");
    print();
    document.body.classList.remove("print-lists");
  });
  beforePrint.push(() => {
    if (!withLists()) return;
    const table = el("table");
    const top = el("tr");
    for (const [key] of columns) top.append(el("th", "", say(key)));
    const thead = el("thead");
    thead.append(top);
    const tbody = el("tbody");
    for (const row of wanted.slice(0, PRINTED)) {
      const line = el("tr");
      for (const [, name] of columns) {
        const made = el("td");
        made.append(cell[name](row));
        line.append(made);
      }
      tbody.append(line);
    }
    table.append(thead, tbody);
    paper.replaceChildren(table);
    if (wanted.length > PRINTED) paper.append(el("p", "note", say("people.print", { n: PRINTED })));
  });
  afterPrint.push(() => paper.replaceChildren());
});
