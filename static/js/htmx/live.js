/**
 * The htmx extension `live`: the stream in, the swap style `upsert` for pieces in answers, and `anew` for a region that is
 * drawn anew as a whole.
 *
 *     <body data-live="/live/{workspace}/?canvas=…" data-cursor="{epoch.seq}" hx-ext="live, outbox">
 *
 * Fires on body: `live:{topic}` for what went stale, `live:reset` when the board was fetched afresh,
 * `live:state` with `{state: "open" | "lost" | "refused" | "paused"}`.
 */
import { backoff } from "../lib/timing.js"
import { patch } from "./patch.js"
import { refetch } from "./reset.js"
import { Stream } from "./stream.js"
import { receive, receivePresent } from "./upsert.js"

const { htmx } = window
const PAUSE_AFTER = 5_000 // a hidden tab gives its connection back: browsers allow six to one host

let stream = null
let pausing = null
let failedResets = 0

const SWAPS = { upsert: (target, fragment) => receive([...fragment.children]), anew }

htmx.defineExtension("live", {
  isInlineSwap: (style) => style in SWAPS,
  handleSwap: (style, target, fragment) => SWAPS[style]?.(target, fragment) ?? false,
})

/** Whatever was drawn anew, by whomever, answers to its hx- attributes: a note put back after Esc as well. */
document.body.addEventListener("upsert:done", ({ detail }) => {
  detail.changed?.filter((element) => element.isConnected).forEach((element) => htmx.process(element))
})

/** Opens the page's stream and ties it to the life of the tab. Does nothing on a page without one. */
export function startLive() {
  const { live, cursor } = document.body.dataset
  if (!live) return
  stream = new Stream(live, cursor, { message, state })
  if (document.visibilityState === "visible") stream.open()
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? pauseSoon() : resume()))
  window.addEventListener("pageshow", (event) => event.persisted && resume())
  window.addEventListener("pagehide", pause)
  window.addEventListener("focus", () => stream.isWanted || resume()) // for instance after signing in elsewhere
  window.addEventListener("online", () => document.visibilityState === "visible" && stream.hurry())
}

/**
 * Draws a region anew and leaves it the same element: what it has heard meanwhile and not asked for yet would go with an
 * element that is replaced, and answers that are still to come would find nothing to stand in.
 */
function anew(region, fragment) {
  const fresh = fragment.firstElementChild
  const before = asksOf(region)
  if (fresh) patch(region, fresh)
  else region.remove()
  tell("live:anew") // what waits in it is drawn over it once more
  return asksOf(region) === before ? [...region.children] : [region] // what htmx sets up anew forgets what it meant to ask
}

const asksOf = ({ attributes }) => JSON.stringify([...attributes].filter(({ name }) => name.startsWith("hx-")).map(({ name, value }) => [name, value]))

function message({ event, data }) {
  if (event === "board") receive(piecesIn(data))
  else if (event === "present") receivePresent(piecesIn(data))
  else if (event === "reset") reset()
  else if (event === "gone") location.assign(data.trim() || "/?closed")
}

function piecesIn(html) {
  const template = document.createElement("template")
  template.innerHTML = html
  return [...template.content.children]
}

async function reset() {
  stream.close()
  const fresh = await refetch()
  failedResets = fresh ? 0 : failedResets + 1
  if (fresh) stream.moveTo(fresh)
  else await new Promise((resolve) => setTimeout(resolve, backoff(failedResets)))
  if (document.visibilityState === "visible") stream.hurry()
}

function state(name) {
  document.body.dataset.stream = name
  tell("live:state", { state: name })
}

function pauseSoon() {
  clearTimeout(pausing)
  pausing = setTimeout(pause, PAUSE_AFTER)
}

function pause() {
  clearTimeout(pausing)
  stream.close()
  state("paused")
}

function resume() {
  clearTimeout(pausing)
  if (!stream.isOpen) stream.hurry()
}

function tell(name, detail) {
  document.body.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }))
}
