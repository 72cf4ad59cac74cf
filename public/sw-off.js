// Takes the site's copies off a phone, and itself after them. `cargo xtask offline off` puts this at
// the address of sw.js; a phone that comes by again finds it there.

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  for (const name of await caches.keys()) {
    if (name.startsWith("interno-")) await caches.delete(name);
  }
  await registration.unregister();
}
