// Starts the app. Kept apart from the pages so that none of them needs an inline script.
//
// A story is read before anything is pressed: there the app waits until the phone is idle,
// or, where data is dear or slow, for the first touch of something that wants it. A booking
// page asks a question: there it starts at once, side by side with what it will ask for.

const boot = document.getElementById("boot");
const { js, wasm, css } = boot.dataset;
const prerendered = document.body.hasAttribute("data-prerendered");
const app = !prerendered || document.body.hasAttribute("data-app-page");
let started = false;

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

async function start() {
  if (started) return;
  started = true;
  try {
    const dressed = dress();
    const { default: init } = await import(js);
    await dressed;
    await init({ module_or_path: wasm });
  } catch (error) {
    // The page stays readable; what needs the app says what to do.
    document.documentElement.dataset.app = "failed";
    const notice = document.getElementById("start-failed");
    if (notice) notice.hidden = false;
    console.error("The app could not be started.", error);
  }
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
  const idle = window.requestIdleCallback || ((callback) => setTimeout(callback, 200));
  addEventListener("load", () => idle(start, { timeout: 4000 }), { once: true });
}

// What a reader is about to open is asked for a moment before the tap: then it is there at once.
const asked = new Set([location.pathname]);
function ahead(event) {
  if (document.documentElement.dataset.app !== "ready") return;
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
