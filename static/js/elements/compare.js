/**
 * Compare: bands that open one at a time, one need at a time on a phone, links from findings to their rows, and offers
 * docked by hand. A hand or the space bar picks an offer up; what it may land on is a need of the other company.
 */
import { focusQuietly } from "../lib/dom.js"
import { local } from "../lib/storage.js"
import { announce } from "../lib/texts.js"
import { send } from "../htmx/outbox.js"
import { uuid } from "../lib/ids.js"
import { scrollNear } from "./autoscroll.js"

const FAR_ENOUGH = 6
const NOT_HERE = "button, a, input, textarea, select, label, summary"
const wall = () => document.querySelector("[data-compare]")
let carried = null // {offer, card, by: "hand" | "keys", x, y, id, ghost, target}

export function startCompare() {
  if (!wall()) return
  document.addEventListener("click", clicked)
  document.addEventListener("keydown", keyed, true)
  document.addEventListener("pointerdown", pressed)
  document.addEventListener("pointermove", moved)
  document.addEventListener("pointerup", ({ pointerId }) => carried?.id === pointerId && finish(true))
  document.addEventListener("pointercancel", ({ pointerId }) => carried?.id === pointerId && finish(false))
  document.body.addEventListener("upsert:done", page)
  document.body.addEventListener("outbox:state", page) // what waits to be sent is counted, too
  window.addEventListener("beforeprint", () => bodies().forEach((body) => (body.hidden = false))) // paper has all of them
  window.addEventListener("afterprint", () => bodies().forEach((body) => (body.hidden = !body.closest("[data-current]"))))
  const kept = location.hash.match(/^#band-(\d)$/)?.[1] ?? local.get(keyOf())
  if (kept) open(Number(kept))
  page()
  if (location.hash.startsWith("#row-") || location.hash.startsWith("#tray-")) goTo(location.hash.slice(1))
}

const keyOf = () => `band-${wall().dataset.compare}`
const bands = () => [...wall().querySelectorAll(".band")]
const bodies = () => wall().querySelectorAll(".band-body")

function clicked(event) {
  const button = event.target.closest(".band > h2 > button")
  if (button) return choose(Number(button.closest(".band").dataset.band), button.getAttribute("aria-expanded") === "true")
  const chip = event.target.closest("[data-open-band]")
  if (chip) return choose(Number(chip.dataset.openBand))
  const link = event.target.closest("[data-goto]")
  if (link) {
    event.preventDefault()
    goTo(link.dataset.goto)
  }
  const step = event.target.closest(".pager [data-page]")
  if (step) turn(Number(step.dataset.page))
}

/** As `open`, by hand: the address names it then, so that it can be sent to somebody. */
function choose(number, closing) {
  open(number, closing)
  history.replaceState(history.state, "", closing ? location.pathname + location.search : `#band-${number}`)
}

/** Opens one band and closes the others; `closing` closes it instead. */
function open(number, closing = false) {
  for (const band of bands()) {
    const isOpen = Number(band.dataset.band) === number && !closing
    band.toggleAttribute("data-current", isOpen)
    band.querySelector("h2 button").setAttribute("aria-expanded", String(isOpen))
    band.querySelector(".band-body").hidden = !isOpen
  }
  for (const chip of wall().querySelectorAll("[data-open-band]")) {
    chip.setAttribute("aria-pressed", String(Number(chip.dataset.openBand) === number && !closing))
  }
  local.set(keyOf(), closing ? 0 : number)
  page()
}

function goTo(id) {
  const element = document.getElementById(id)
  if (!element) return
  const band = element.closest(".band")
  if (band) open(Number(band.dataset.band))
  if (element.matches(".need-row")) show(element)
  element.scrollIntoView({ block: "center" })
  ;(element.querySelector("[data-offer]") ?? element).focus()
}

// --- one need at a time, on a phone ---------------------------------------------------------------------------------

const rowsShown = () => [...(wall().querySelector(".band[data-current] .need-rows")?.children ?? [])]

function show(row) {
  rowsShown().forEach((other) => other.toggleAttribute("data-current", other === row))
  page()
}

function turn(by) {
  const rows = rowsShown()
  const at = rows.findIndex((row) => row.hasAttribute("data-current"))
  const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)]
  if (next) show(next)
}

function page() {
  const pager = wall()?.querySelector(".pager")
  if (!pager) return
  const rows = rowsShown()
  if (rows.length && !rows.some((row) => row.hasAttribute("data-current"))) rows[0].setAttribute("data-current", "")
  const at = rows.findIndex((row) => row.hasAttribute("data-current"))
  pager.hidden = rows.length === 0
  const words = pager.querySelector(".pager-at")
  words.textContent = words.dataset.words.replace("{at}", at + 1).replace("{of}", rows.length)
  pager.querySelector("[data-page='-1']").disabled = at <= 0
  pager.querySelector("[data-page='1']").disabled = at >= rows.length - 1
}

// --- docking --------------------------------------------------------------------------------------------------------

/** The needs that an offer may be put to: the other company's, in the open band first opened for it. */
const landings = (card) => [...wall().querySelectorAll(`.need-row:not([data-needing="${card.dataset.side}"])`)]

function pressed(event) {
  if (carried?.by === "keys") finish(false) // who takes the mouse has let go of it
  const card = event.target.closest?.("[data-offer]")
  if (!card || carried || event.button || event.pointerType === "touch" || event.target.closest(NOT_HERE)) return
  if (!wall().dataset.negotiates) return
  carried = { offer: card.dataset.offer, card, by: "hand", id: event.pointerId, x: event.clientX, y: event.clientY }
}

function moved(event) {
  if (carried?.by !== "hand" || event.pointerId !== carried.id) return
  if (!carried.ghost) {
    if (Math.hypot(event.clientX - carried.x, event.clientY - carried.y) < FAR_ENOUGH) return
    lift()
  }
  event.preventDefault()
  carried.ghost.style.translate = `${event.clientX - carried.x}px ${event.clientY - carried.y}px`
  const under = (x, y) => aim(document.elementFromPoint(x, y)?.closest(".need-row") ?? null)
  under(event.clientX, event.clientY)
  scrollNear(event.clientX, event.clientY, (x, y) => carried?.ghost && under(x, y))
}

function lift() {
  const { card } = carried
  const box = card.getBoundingClientRect()
  const ghost = card.cloneNode(true)
  ghost.removeAttribute("id")
  ghost.removeAttribute("data-offer")
  ghost.classList.add("is-lifted")
  Object.assign(ghost.style, { position: "fixed", left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px`, pointerEvents: "none" })
  document.body.append(ghost)
  carried.ghost = ghost
  begin(card)
  document.getSelection()?.removeAllRanges()
}

/** Opens the band where the offer can land, if it is closed. */
function begin(card) {
  card.classList.add("is-carried")
  document.documentElement.classList.add("is-dragging")
  const first = landings(card)[0]?.closest(".band")
  if (first && !first.hasAttribute("data-current")) open(Number(first.dataset.band))
}

function aim(row) {
  const target = row && landings(carried.card).includes(row) ? row : null
  if (carried.target === target) return
  carried.target?.classList.remove("is-over")
  target?.classList.add("is-over")
  carried.target = target
}

function keyed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (carried?.by === "keys") return carry(event)
  if (event.key === "Escape" && carried?.ghost) return finish(false)
  const card = event.target.closest?.("[data-offer]")
  if (!card || event.target !== card) return
  if (event.key === "Enter") {
    event.preventDefault()
    card.querySelector(".more-for-note").click()
  } else if (event.key === " " && wall().dataset.negotiates) {
    event.preventDefault()
    event.stopPropagation()
    carried = { offer: card.dataset.offer, card, by: "keys" }
    begin(card)
    step(0)
  }
}

function carry(event) {
  const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }
  if (event.key in steps) step(steps[event.key])
  else if (event.key === "Enter" || event.key === " ") finish(true)
  else if (event.key === "Escape" || event.key === "Tab") finish(false)
  else return
  event.preventDefault()
  event.stopPropagation()
}

function step(by) {
  const rows = landings(carried.card)
  const at = rows.indexOf(carried.target)
  const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)]
  if (!next) return
  aim(next)
  next.scrollIntoView({ block: "nearest" })
  announce(next.querySelector("h3").textContent)
}

function finish(dropping) {
  if (!carried) return
  const { offer, card, ghost, target, by } = carried
  carried = null
  scrollNear(null)
  ghost?.remove()
  target?.classList.remove("is-over")
  card.classList.remove("is-carried")
  document.documentElement.classList.remove("is-dragging")
  if (by === "hand" && !ghost) return
  if (dropping && target) {
    send(`/p/${wall().dataset.compare}/pairs/`, { offer, need: target.dataset.need, id: uuid() }, { element: target })
    focusQuietly(target)
  } else {
    focusQuietly(card)
  }
}
