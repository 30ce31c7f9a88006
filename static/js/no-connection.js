/**
 * The page for no connection: as soon as the server answers, the page that was asked for comes in its place, and sends
 * what waits. Alone, because the browser keeps it beside that page.
 */
const EVERY = 5000

async function goOn() {
  const asked = { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(EVERY) }
  const answer = await fetch("/healthz", asked).catch(() => null)
  if (answer?.ok) location.reload()
}

// Opened by its own address it stands for no other page.
if (location.pathname !== document.querySelector("main").dataset.standsAt) {
  window.addEventListener("online", goOn)
  setInterval(goOn, EVERY)
}
