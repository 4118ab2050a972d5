// What every part of the page uses: data, texts, numbers, elements. Texts enter the page as text only, never as markup.
const one = (selector) => document.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];

async function inflate(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}

async function read(id) {
  const element = document.getElementById(id);
  return element.type === "application/json" ? element.textContent : inflate(element.textContent);
}

function el(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

const decimals = new Map();
function number(value, digits = 0) {
  if (value === null || value === undefined) return "?";
  if (!decimals.has(digits)) {
    decimals.set(digits, new Intl.NumberFormat("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits }));
  }
  const text = decimals.get(digits).format(value);
  return data.lang === "vi" ? text.replace(/[,.]/g, (sign) => (sign === "," ? "." : ",")) : text;
}

function say(key, gaps = {}) {
  return data.texts[key].replace(/\{(\w+)\}/g, (_, name) => {
    const value = gaps[name];
    return typeof value === "number" ? number(value) : String(value ?? "");
  });
}

// "Đặng Văn Ấn" and "dang van an" are the same.
function fold(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/đ/g, "d");
}

// Two sheets are printed; the lists and everything else only if asked.
const withLists = () => document.body.classList.contains("print-lists");

let data = null;
const beforePrint = [];
const afterPrint = [];
const ready = read("data").then((text) => { data = JSON.parse(text); });

const sheets = [];
addEventListener("beforeprint", () => {
  for (const [selector, most] of withLists() ? [] : [["#why-in > li", 6], ["#why-out li", 4], ["#unknown li", 12]]) {
    sheets.push(...all(`${selector}:not([hidden])`).slice(most));
  }
  for (const item of sheets) item.hidden = true;
  for (const details of withLists() ? all("details:not([open])") : []) {
    details.open = true;
    details.dataset.closed = "1";
  }
  for (const act of beforePrint) act();
});
addEventListener("afterprint", () => {
  for (const item of sheets.splice(0)) item.hidden = false;
  for (const details of all("details[data-closed]")) {
    details.open = false;
    delete details.dataset.closed;
  }
  for (const act of afterPrint) act();
});
