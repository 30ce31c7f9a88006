/**
 * Fetches this page again and brings its board to the same state in place: what I type, what is
 * pending and where I scrolled stay. Gives the cursor of the fetched page, or null if it could not
 * be had (the stream will then say `reset` again).
 */
import { forgetNumbers, PRESENCE, receive } from "./upsert.js"

const PATIENCE = 30_000

export async function refetch() {
  const page = await load()
  if (!page?.body.dataset.cursor) return null
  const pieces = [...page.querySelectorAll("[id][data-drawn]")].filter((piece) => !piece.matches(PRESENCE))
  const there = new Set(pieces.map((piece) => piece.id))
  const missing = [...document.querySelectorAll("[data-list] > [data-drawn]")]
    .filter((element) => !there.has(element.id) && Number(element.dataset.drawn) > 0)
    .map(removalOf)
  receive([...missing, ...pieces], { afresh: true })
  forgetNumbers()
  document.body.dataset.cursor = page.body.dataset.cursor
  document.body.dispatchEvent(new CustomEvent("live:reset", { bubbles: true }))
  return page.body.dataset.cursor
}

async function load() {
  try {
    const asked = { cache: "no-store", headers: { Accept: "text/html" }, signal: AbortSignal.timeout(PATIENCE) }
    const response = await fetch(location.href, asked)
    if (response.status === 404) location.replace("/") // not mine to see any more: I was moved to another side, say
    return response.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null
  } catch {
    return null
  }
}

function removalOf(element) {
  const removal = document.createElement("del")
  removal.dataset.gone = element.id
  removal.dataset.drawn = "Infinity"
  return removal
}
