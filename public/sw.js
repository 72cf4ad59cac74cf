// Keeps the story, the menu and the app on the phone, so that what was opened once above is read
// underground. It keeps files of this site only: never an answer of the reservation API, never
// config.json, never what stands behind the "?" of an address, which may say what a guest cannot eat.
//
// The build writes KEPT before these lines: the version, and the names of the files.
//
// A new version waits until the last tab of the old one is closed, so it never comes into a booking;
// pages are asked for from the network first, so nobody reads an old one for it. To take all this off
// every phone, `cargo xtask offline off` puts sw-off.js at this address.

/* global KEPT */
const NAME = `interno-${KEPT.version}`;
/** How long a page is waited for that the phone has a copy of, in milliseconds. */
const PATIENCE = 4000;

addEventListener("install", (event) => event.waitUntil(keepFirst()));
addEventListener("activate", (event) => event.waitUntil(dropOthers()));
addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/assets/")) event.respondWith(file(event.request, pathname));
  else if (isPage(event.request, pathname)) event.respondWith(page(event, pathname));
});

function isPage({ mode }, pathname) {
  return pagesOf(pathname).length > 0 && (mode === "navigate" || pathname.endsWith(".json"));
}

// What is kept in the language of an address: its first part.
function pagesOf(pathname) {
  const language = pathname.split("/")[1];
  return Object.hasOwn(KEPT.pages, language) ? KEPT.pages[language] : [];
}

// The app, and the pages in the languages that are open.
async function keepFirst() {
  const cache = await caches.open(NAME);
  await cache.addAll(KEPT.app);
  const windows = await clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const { url } of windows) await keepLanguage(cache, new URL(url).pathname);
}

// All pages of a language are kept, or none.
async function keepLanguage(cache, pathname) {
  const pages = pagesOf(pathname);
  if (pages.length && !(await cache.match(pages.at(-1)))) await cache.addAll(pages);
}

async function dropOthers() {
  for (const name of await caches.keys()) {
    if (name.startsWith("interno-") && name !== NAME) await caches.delete(name);
  }
}

// Its name says what is in it: a copy is as good as the original.
async function file(request, pathname) {
  const cache = await caches.open(NAME);
  return (await cache.match(pathname)) || keep(cache, pathname, await fetch(request));
}

// From the network, or from the phone where there is none, or where it takes too long or fails.
async function page(event, pathname) {
  const cache = await caches.open(NAME);
  const copy = await cache.match(pathname);
  const asked = ask(event, cache, pathname);
  event.waitUntil(asked.catch(() => {}));
  if (!copy) return asked.catch(() => instead(event.request, cache));
  const late = new Promise((done) => setTimeout(done, PATIENCE, copy));
  const answered = asked.then((answer) => (answer.status < 500 ? answer : copy));
  return Promise.race([answered, late]).catch(() => copy);
}

async function ask(event, cache, pathname) {
  // Without navigation preload: where it meets no network, Firefox shows its own error page.
  const answer = await fetch(event.request);
  if (event.request.mode === "navigate" && answer.ok) {
    // Whoever changes the language may want to read on in it.
    event.waitUntil(keepLanguage(cache, pathname).catch(() => {}));
  }
  return keep(cache, pathname, answer);
}

// A page without a copy: one that says so, and leads to what is on the phone.
async function instead({ mode }, cache) {
  return (mode === "navigate" && (await cache.match("/offline/"))) || Response.error();
}

async function keep(cache, pathname, answer) {
  if (answer.status === 200 && !answer.redirected) {
    // A full phone keeps nothing more; the visitor has the answer all the same.
    await cache.put(pathname, answer.clone()).catch(() => {});
  }
  return answer;
}
