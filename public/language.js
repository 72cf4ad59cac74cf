// The crossroads at `/`: leads to the language chosen before, or to the browser's own.

let chosen = null;
try {
  chosen = localStorage.getItem("interno.language");
} catch {
  // Storage may be blocked; the browser's language still tells.
}
const known = ["es", "en"];
const wanted = [chosen, ...(navigator.languages || [])]
  .map((tag) => String(tag).slice(0, 2).toLowerCase())
  .find((code) => known.includes(code));
if (wanted) location.replace(`/${wanted}/`);
