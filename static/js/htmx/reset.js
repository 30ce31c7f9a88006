/**
 * Fetches this page again and brings its board to the same state in place: what I type, what is
 * pending and where I scrolled stay. Gives the cursor of the fetched page, or null if it could not
 * be had (the stream will then say `reset` again).
 */
import { pageNow } from "./page-now.js"
import { forgetNumbers, PRESENCE, receive } from "./upsert.js"

export async function refetch() {
  const { status, body: page } = (await pageNow()) ?? {}
  if (status === 404) location.replace("/?closed") // not mine to see any more: I was moved to another side, say
  if (status !== 200 || !page.dataset.cursor) return null
  const pieces = [...page.querySelectorAll("[id][data-drawn]")].filter((piece) => !piece.matches(PRESENCE))
  const there = new Set(pieces.map((piece) => piece.id))
  const missing = [...document.querySelectorAll("[data-list] > [data-drawn]")]
    .filter((element) => !there.has(element.id) && Number(element.dataset.drawn) > 0)
    .map(removalOf)
  receive([...missing, ...pieces], { afresh: true })
  forgetNumbers()
  document.body.dataset.cursor = page.dataset.cursor
  document.body.dispatchEvent(new CustomEvent("live:reset", { bubbles: true }))
  return page.dataset.cursor
}

function removalOf(element) {
  const removal = document.createElement("del")
  removal.dataset.gone = element.id
  removal.dataset.drawn = "Infinity"
  return removal
}
