// Starts the app. Kept apart from the pages so that none of them needs an inline script.
//
// A story is read before anything is pressed: there the app waits until the phone is idle,
// or, where data is dear or slow, for the first touch of something that wants it. A booking
// page asks a question: there it starts at once, side by side with what it will ask for.

const boot = document.getElementById("boot");
const { words } = boot.dataset;
// The build puts the names here that say what is in these files.
const js = "/interno.js";
const wasm = "/interno_bg.wasm";
const css = "/style/sheets/rest.css";
const parts = {
  booking: "/interno_booking.wasm",
  calcom: "/interno_calcom.wasm",
  common: "/interno_common.wasm",
  later: "/interno_later.wasm",
  manage: "/interno_manage.wasm",
  menu: "/interno_menu.wasm",
  octo: "/interno_octo.wasm",
  status: "/interno_status.wasm",
  table: "/interno_table.wasm",
};
const marks = document.body.dataset;
const prerendered = "prerendered" in marks;
const app = !prerendered || "appPage" in marks;
const root = document.documentElement;
const worker = "/sw.js";
const { saveData, effectiveType } = navigator.connection ?? {};
let program;
let started = false;
let ended = false;

// What may become HTML here: what texts and drawings are made of. A browser that knows Trusted Types asks
// before any text becomes HTML, and refuses it when the answer is nothing.
const harmless = new Set(
  ("a article b blockquote br button caption circle clippath code dd defs details div dl dt ellipse em fieldset " +
    "figcaption figure form g h1 h2 h3 h4 hr i img input label legend li line lineargradient nav ol optgroup option " +
    "p path picture polygon polyline rect section select small source span stop strong sub summary sup svg table " +
    "tbody td text th thead time title tr tspan ul use").split(" "),
);

function isHarmless({ localName, attributes }) {
  return harmless.has(localName.toLowerCase()) && [...attributes].every(({ name, value }) => {
    if (/^on|^style$|^srcdoc$/i.test(name)) return false;
    return !/href$|^src$|action$/i.test(name) || /^(https?|mailto|tel):$/.test(new URL(value, location).protocol);
  });
}

// Only for looking at it: what is parsed so is no part of the page and runs nothing.
const rules = { createHTML: (html) => `<body>${html}` };
const inert = window.trustedTypes ? trustedTypes.createPolicy("inert", rules) : rules;
const parse = (html) => new DOMParser().parseFromString(inert.createHTML(html), "text/html");

// A page draws the same art and icons again and again: what was looked at once is known.
const known = new Map();
function judged(html) {
  if (!known.has(html)) {
    const { head, body } = parse(html);
    known.set(html, head.firstChild || ![...body.querySelectorAll("*")].every(isHarmless) ? null : html);
  }
  return known.get(html);
}

if (window.trustedTypes) {
  trustedTypes.createPolicy("default", {
    createHTML: judged,
    createScriptURL: (url) => (url === worker ? url : null),
  });
}

// A prerendered page brings the styles of what it shows, and the first question needs no others. What else
// the app may show is dressed before it is shown.
const own = "dressed" in marks;
let dressed = prerendered ? undefined : Promise.resolve();
function dress() {
  return (dressed ??= new Promise((done) => {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = css;
    sheet.onload = done;
    // It is asked for again with the next page.
    sheet.onerror = () => done((dressed = undefined));
    document.head.append(sheet);
  }));
}

// The app reads the words of the page's language where their address stood. A network that fails once is
// asked a second time.
async function spell() {
  if (!words) return;
  const answer = await fetch(words).catch(() => fetch(words));
  if (!answer.ok) throw new Error(answer.status);
  boot.dataset.words = await answer.text();
}

async function start() {
  if (started) return;
  started = true;
  try {
    const around = Promise.all([app && !own && dress(), spell()]);
    // A browser may remember that a script did not come: it is asked for once more under another name.
    const { default: init } = await import(js).catch(() => import(`${js}?${Date.now()}`));
    await around;
    program = init({ module_or_path: wasm });
    await program;
    whenIdle(dress);
  } catch (error) {
    console.error(error);
    end();
  }
}

// A part of the program, ready and not yet at work. What did not come may be asked for again.
const ready = {};
function prepare(name) {
  const part = (ready[name] ??= fetch(parts[name], { signal: AbortSignal.timeout(30000) })
    .then((answer) => answer.arrayBuffer())
    .then((bytes) => WebAssembly.compile(bytes)));
  part.catch(() => delete ready[name]);
  return part;
}

// What others need, too, is in the first two of them. A network that fails is asked a second time.
const first = ["booking", "common"];
const here = {};
async function arrive(name) {
  const main = await program;
  // In one piece, as in development: nothing is missing.
  if (!main[0]) return;
  const coming = prepare(name).catch(() => prepare(name));
  const before = first.includes(name) ? first.slice(0, first.indexOf(name)) : first;
  const [b, c] = await Promise.all(before.map(need));
  return (await WebAssembly.instantiate(await coming, { m: main, b, c })).exports;
}
function need(name) {
  const part = (here[name] ??= arrive(name));
  part.catch(() => delete here[name]);
  return part;
}

// Whoever tapped what is still on its way is told so; the style sheet waits a moment with that.
let awaited = 0;
async function wait(coming) {
  const work = coming.catch(() => {});
  const more = (by) => {
    awaited += by;
    if (notice) notice.querySelector("span").hidden = !awaited;
  };
  await dress();
  more(1);
  await work;
  more(-1);
}

// A slow phone shows and answers what else there is before it goes on.
const turn = () => new Promise((done) => setTimeout(done));

// What looks like what stands there already.
const bare = own ? /booking|octo|calcom/ : /menu|octo|calcom/;
// The app asks for a part before it enters it. Without one it ends as it does without all of them; but a menu
// is read as it stands, too, and its filter says itself that it is late or did not come.
window.bring = (name) => {
  const part = name === "style" ? dress() : bare.test(name) ? need(name) : Promise.all([need(name), dress()]);
  const play = /menu|table/.test(name);
  if (!play && root.dataset.app) wait(part);
  return (play ? part.then(turn) : part).catch(() => {
    if (play) document.getElementById(`${name}-failed`)?.removeAttribute("hidden");
    else end();
    return new Promise(() => {});
  });
};
// What will be wanted next comes when nothing else does.
window.ahead = (name) =>
  program.then((main) => main[0] && whenIdle(() => [...first, name].forEach(prepare)));

// What is left of an app that stopped in the middle of something must neither hear nor do anything
// more: the page is the browser's own again, and its links lead on. Whoever wanted the app for
// something is told what is safe and what to do.
function end() {
  const missed = app || root.dataset.app === "ready";
  ended = true;
  root.dataset.app = "failed";
  for (let timer = setTimeout(() => {}); timer > 0; timer -= 1) clearTimeout(timer);
  if (!missed || !notice) return;
  notice.lastChild.hidden = false;
  notice.lastChild.focus();
}

// The app may change the language of the page. What is to be said of it stands in the other language's
// page, too, which is asked for while the network is there.
const notice = document.getElementById("app-ended");
async function translateNotice() {
  if (!notice || notice.lang === root.lang) return;
  const { href } = document.querySelector(`link[hreflang="${root.lang}"]`);
  const page = await fetch(new URL(href).pathname)
    .then((answer) => answer.text())
    .catch(() => "");
  const other = parse(page).getElementById("app-ended");
  if (other?.lang !== root.lang) return;
  notice.lang = other.lang;
  notice.replaceChildren(...other.childNodes);
}
new MutationObserver(translateNotice).observe(root, { attributeFilter: ["lang"] });

for (const kind of ["error", "unhandledrejection"]) {
  addEventListener(kind, ({ error, reason }) => {
    if ((error || reason) instanceof WebAssembly.RuntimeError) end();
  });
}
// Earlier than any listener of the app.
for (const kind of ["click", "input", "change", "submit", "keydown", "popstate", "pageshow"]) {
  addEventListener(kind, (event) => {
    if (!ended) return;
    event.stopImmediatePropagation();
    const again = kind === "click" ? event.target.closest("#app-ended button") : kind === "popstate" || event.persisted;
    if (again) location.reload();
  }, true);
}

// What comes before a tap, by finger too.
const beforehand = ["pointerover", "focusin"];
function onTouch(call, ...kinds) {
  for (const kind of kinds) document.addEventListener(kind, call);
}

function whenWanted() {
  const wanted = ({ target }) => {
    if (target.closest?.("a, button, input, select, summary")) start();
  };
  onTouch(wanted, ...beforehand);
  if (!saveData && !/2g/.test(effectiveType)) whenIdle(start);
}

function whenIdle(callback) {
  const idle = window.requestIdleCallback ?? setTimeout;
  const wait = () => idle(callback, { timeout: 4000 });
  if (document.readyState === "complete") wait();
  else addEventListener("load", wait);
}

// What was opened once is read again without a network. Last of all, and not where data is dear.
function keep() {
  navigator.serviceWorker.register(worker).catch(() => {});
}

// What a reader is about to open is asked for a moment before the tap: then it is there at once, or the tap
// knows how long.
const asked = {};
function ahead({ type, target }) {
  if (root.dataset.app !== "ready") return;
  const link = target.closest?.("a[href^='/']");
  if (!link) return;
  const page = (asked[link.pathname] ??= fetch(`${link.pathname}page.json`).catch(() => {}));
  if (type === "click") wait(page);
}

onTouch(ahead, "click");
if (!saveData) onTouch(ahead, ...beforehand);

if (app) start();
else whenWanted();
if (prerendered && navigator.serviceWorker && !saveData) whenIdle(keep);
