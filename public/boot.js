// Starts the app. Kept apart from the pages so that none of them needs an inline script.
//
// A story is read before anything is pressed: there the app waits until the phone is idle,
// or, where data is dear or slow, for the first touch of something that wants it. A booking
// page asks a question: there it starts at once, side by side with what it will ask for.

const boot = document.getElementById("boot");
const { js, wasm, css, words } = boot.dataset;
const prerendered = document.body.hasAttribute("data-prerendered");
const app = !prerendered || document.body.hasAttribute("data-app-page");
const root = document.documentElement;
const worker = "/sw.js";
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

if (window.trustedTypes) {
  // Only for looking at it: what is parsed so is no part of the page and runs nothing.
  const inert = trustedTypes.createPolicy("inert", { createHTML: (html) => `<body>${html}` });
  trustedTypes.createPolicy("default", {
    createHTML(html) {
      const { head, body } = new DOMParser().parseFromString(inert.createHTML(html), "text/html");
      return head.firstChild || ![...body.querySelectorAll("*")].every(isHarmless) ? null : html;
    },
    createScriptURL: (url) => (url === worker ? url : null),
  });
}

// A prerendered page brings the styles of what it shows; the app may show anything.
function dress() {
  if (!prerendered) return;
  return new Promise((done) => {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = css;
    sheet.onload = sheet.onerror = done;
    document.head.append(sheet);
  });
}

// The app reads the words of the page's language where their address stood. A network that fails once is
// asked a second time.
async function spell() {
  if (!words) return;
  const answer = await fetch(words).catch(() => fetch(words));
  if (!answer.ok) throw new Error(`${words}: ${answer.status}`);
  boot.dataset.words = await answer.text();
}

async function start() {
  if (started) return;
  started = true;
  try {
    const ready = Promise.all([dress(), spell()]);
    // A browser may remember that a script did not come: it is asked for once more under another name.
    const { default: init } = await import(js).catch(() => import(`${js}?${Date.now()}`));
    await ready;
    await init({ module_or_path: wasm });
  } catch (error) {
    console.error("The app could not be started.", error);
    end();
  }
}

// What is left of an app that stopped in the middle of something must neither hear nor do anything
// more: the page is the browser's own again, and its links lead on. Whoever wanted the app for
// something is told what is safe and what to do.
function end() {
  const missed = app || root.dataset.app === "ready";
  ended = true;
  root.dataset.app = "failed";
  for (let timer = setTimeout(() => {}); timer > 0; timer -= 1) clearTimeout(timer);
  const notice = document.getElementById("app-ended");
  if (!missed || !notice) return;
  notice.hidden = false;
  notice.focus();
}

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

function whenWanted() {
  const wanted = (event) => {
    if (event.target instanceof Element && event.target.closest("a, button, input, select, summary")) start();
  };
  for (const kind of ["pointerover", "pointerdown", "focusin"]) {
    document.addEventListener(kind, wanted, { passive: true });
  }
  const connection = navigator.connection;
  const dear = connection && (connection.saveData || /2g/.test(connection.effectiveType || ""));
  if (dear) return;
  whenIdle(start);
}

function whenIdle(callback) {
  const idle = window.requestIdleCallback || ((callback) => setTimeout(callback, 200));
  addEventListener("load", () => idle(callback, { timeout: 4000 }), { once: true });
}

// What was opened once is read again without a network. Last of all, and not where data is dear.
function keep() {
  navigator.serviceWorker.register(worker).catch(() => {});
}

// What a reader is about to open is asked for a moment before the tap: then it is there at once.
const asked = new Set([location.pathname]);
function ahead(event) {
  if (root.dataset.app !== "ready") return;
  const link = event.target instanceof Element && event.target.closest("a[href^='/']");
  if (!link || asked.has(link.pathname)) return;
  asked.add(link.pathname);
  fetch(`${link.pathname}page.json`, { priority: "low" }).catch(() => {});
}

if (!navigator.connection?.saveData) {
  for (const kind of ["pointerover", "pointerdown", "focusin"]) {
    document.addEventListener(kind, ahead, { passive: true });
  }
}

if (app) start();
else whenWanted();
if (prerendered && navigator.serviceWorker && !navigator.connection?.saveData) whenIdle(keep);
