/**
 * The swap style `upsert`, the one way anything drawn reaches a board: pages speak it through the
 * stream, through answers and after a reset. Pieces are described in docs/architecture.md, "The wire".
 *
 * An element is *dirty* while a change of mine is pending on it, I type in it, or press something in it (drawn anew, what
 * is let go is not what was pressed, and no click comes of it). What the server says of a dirty element is kept as its
 * truth and shown when it is clean again.
 */
import { focusQuietly, isEditing, neighbourOf } from "../lib/dom.js"
import { place } from "./place.js"
import { patch, patchData } from "./patch.js"

/** Regions that show who is here and who types. A page prints them empty, so only the stream may fill them. */
export const PRESENCE = ".people[id], .typing[id]"

const truths = new Map() // element id → what the server last said of a dirty element
const gone = new Map() // element id → the number its removal was drawn at
const pressed = new Set() // elements whose truth waits until what is pressed in them is let go
let redraw = () => false // draws my pending changes over an element; says whether there are any

for (const done of ["pointerup", "pointercancel", "keyup"]) document.addEventListener(done, () => pressed.size && setTimeout(letGo))

/** The outbox says how my pending changes look on an element. */
export function onRedraw(fn) {
  redraw = fn
}

/** Applies pieces and gives the elements that changed. `afresh` takes them whatever their number. */
export function receive(pieces, { afresh = false } = {}) {
  const changed = []
  const stale = new Set()
  for (const piece of pieces) {
    if (piece.dataset.stale !== undefined) {
      piece.dataset.stale.split(/\s+/).filter(Boolean).forEach((topic) => stale.add(topic))
    } else if (piece.dataset.gone !== undefined) {
      removal(piece.dataset.gone, Number(piece.dataset.drawn))
    } else if (piece.classList.contains("toast")) {
      tell("toast:show", { toast: piece })
    } else if (piece.dataset.toldOf !== undefined) {
      tell("note:told", { piece })
    } else if (piece.id) {
      const element = upsert(piece, afresh)
      if (element) changed.push(element)
    }
  }
  stale.forEach((topic) => tell(`live:${topic}`))
  tell("upsert:done", { changed })
  return changed
}

/** Shows who is here by these regions alone: who else is still shown has left, and numbers of before mean nothing. */
export function receivePresent(regions) {
  const named = new Set(regions.map((region) => region.id))
  for (const region of document.querySelectorAll(PRESENCE)) {
    region.dataset.drawn = "0"
    if (!named.has(region.id)) region.replaceChildren()
  }
  receive(regions)
}

/** Call before changing an element by hand: what it was is kept aside. */
export function keepTruth(element) {
  if (!truths.has(element.id)) truths.set(element.id, element.cloneNode(true))
}

/** Call when a pending change ended or a form closed: shows the truth, with what is still pending over it. */
export function settle(element) {
  if (!element || isEditing(element)) return
  const truth = truths.get(element.id)
  if (truth) show(element, truth)
  // A note that only ever stood here, and waits for no answer any more: the server has never taken it.
  if (element.dataset.drawn === "0" && element.dataset.awaits === undefined && !redraw(element)) leave(element)
  tell("upsert:done", { changed: [element] })
}

/** What the server last said of this note, while it shows something of mine. */
export function truthOf(element) {
  return truths.get(element.id) ?? element
}

/** A new epoch numbers afresh: removals known so far mean nothing any more. */
export function forgetNumbers() {
  gone.clear()
}

function upsert(fresh, afresh) {
  const drawn = Number(fresh.dataset.drawn)
  const element = document.getElementById(fresh.id)
  if (!afresh && (gone.get(fresh.id) ?? -1) >= drawn) return null
  if (!element) return fresh.dataset.notes === undefined ? null : enter(fresh)
  const known = Number(truthOf(element).dataset.drawn)
  const equalWillDo = truths.has(element.id) || isEditing(fresh) || !(known > 0)
  if (!afresh && (equalWillDo ? drawn < known : drawn <= known)) return null
  if (isEditing(element)) return under(element, fresh)
  if (element.matches(":active:not(.is-carried)")) return afterwards(element, fresh)
  if (fresh.dataset.notes !== undefined && !listNamed(fresh.dataset.notes)) {
    leave(element)
    return null
  }
  show(element, fresh)
  return element
}

/** A note I type in: my words stay, its place and numbers follow. */
function under(element, fresh) {
  const known = truthOf(element).dataset.version
  if (!isEditing(fresh)) truths.set(element.id, fresh.cloneNode(true))
  patchData(element, fresh)
  element.classList.remove("is-gone")
  if (fresh.dataset.version !== known) element.dispatchEvent(new CustomEvent("note:overtaken", { bubbles: true }))
  const list = listNamed(fresh.dataset.notes)
  if (list) place(element, list)
  return null
}

/** What a hand carries is no longer pressed: no click comes of it. */
function afterwards(element, fresh) {
  truths.set(element.id, fresh.cloneNode(true))
  pressed.add(element)
  return null
}

function letGo() {
  const elements = [...pressed].filter((element) => element.isConnected)
  pressed.clear()
  elements.forEach(settle)
}

function enter(fresh) {
  const list = listNamed(fresh.dataset.notes)
  if (!list) return null
  const element = document.importNode(fresh, true)
  place(element, list)
  const truth = element.cloneNode(true)
  if (redraw(element)) truths.set(element.id, truth)
  return element
}

function show(element, fresh) {
  if (isEditing(fresh)) keepTruth(element) // a form the server sent back: Esc leads to the note again
  else truths.delete(element.id)
  patch(element, fresh)
  const list = listNamed(element.dataset.notes)
  if (list) place(element, list)
  if (!element.dataset.note || isEditing(element)) return
  const truth = element.cloneNode(true)
  if (redraw(element)) truths.set(element.id, truth)
}

function removal(id, drawn) {
  if ((gone.get(id) ?? -1) >= drawn) return
  const element = document.getElementById(id)
  if (element && Number(truthOf(element).dataset.drawn) > drawn) return
  gone.set(id, drawn)
  if (!element) return
  truths.delete(id)
  if (isEditing(element)) {
    element.classList.add("is-gone")
    element.dispatchEvent(new CustomEvent("note:gone", { bubbles: true }))
  } else {
    leave(element)
  }
}

function leave(element) {
  const held = element.contains(document.activeElement)
  const neighbour = held ? neighbourOf(element) : null
  truths.delete(element.id)
  element.remove()
  focusQuietly(neighbour)
}

function listNamed(name) {
  return name ? document.querySelector(`[data-list="${CSS.escape(name)}"]`) : null
}

function tell(name, detail = {}) {
  document.body.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }))
}
