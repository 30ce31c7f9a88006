/**
 * Moving notes by hand: mouse and pen drag anywhere on a note; a finger drags by the handle
 * (`[data-handle]`, which does not scroll the page) or after resting on the note for a moment. A
 * picture of the note follows the pointer, a dashed slot says where it would land, Esc puts it back.
 */
import { can, focusQuietly, isEditing, noteElement, noteIn } from "../lib/dom.js"
import { chosenWith } from "./select.js"
import { drop, landing, Slot } from "./slots.js"
import { scrollNear } from "./autoscroll.js"

const FAR_ENOUGH = 6
const LONG_PRESS = 400
const NOT_HERE = "button, a, input, textarea, select, label, summary, [contenteditable]"

let drag = null

export function startDrag() {
  document.addEventListener("pointerdown", pressed)
  document.addEventListener("pointermove", moved)
  document.addEventListener("pointerup", ({ pointerId }) => drag?.id === pointerId && finish(true))
  document.addEventListener("pointercancel", ({ pointerId }) => drag?.id === pointerId && finish(false))
  document.addEventListener("keydown", escaped, true)
  document.addEventListener("contextmenu", (event) => drag?.rests && event.preventDefault()) // a resting finger asks for one
  document.addEventListener("dragstart", (event) => noteIn(event.target) && event.preventDefault())
  // Only a finger that carries a note keeps the page from scrolling; the listener must be able to say so.
  document.addEventListener("touchmove", (event) => drag?.ghost && event.preventDefault(), { passive: false })
}

function pressed(event) {
  const note = noteIn(event.target)
  if (!note || drag || event.button || event.shiftKey || event.ctrlKey || isEditing(note)) return
  if (event.target.closest(NOT_HERE) || !(can("write", note) || can("take", note))) return
  const finger = event.pointerType === "touch"
  const handle = event.target.closest("[data-handle]")
  drag = { id: event.pointerId, note, x: event.clientX, y: event.clientY, rests: finger && !handle, ghost: null }
  if (drag.rests) drag.timer = setTimeout(lift, LONG_PRESS)
}

function moved(event) {
  if (event.pointerId !== drag?.id) return
  const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) >= FAR_ENOUGH
  if (!drag.ghost) {
    if (!far) return
    if (drag.rests) return finish(false) // the finger scrolls
    lift()
  }
  if (!drag) return
  event.preventDefault()
  drag.ghost.style.translate = `${event.clientX - drag.x}px ${event.clientY - drag.y}px`
  aim(event.clientX, event.clientY)
  scrollNear(event.clientX, event.clientY, (x, y) => drag?.ghost && aim(x, y))
}

function lift() {
  if (!drag.note.isConnected) return finish(false) // somebody deleted it under the finger
  const notes = chosenWith(drag.note)
  const box = drag.note.getBoundingClientRect()
  const ghost = drag.note.cloneNode(true)
  for (const name of ["id", "data-note", "data-rank", "data-drawn", "tabindex"]) ghost.removeAttribute(name) // a picture, no note
  ghost.classList.add("is-lifted")
  if (notes.length > 1) ghost.dataset.several = notes.length
  Object.assign(ghost.style, { position: "fixed", left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px`, pointerEvents: "none" })
  drag.note.parentElement.append(ghost)
  Object.assign(drag, { notes, ghost, slot: new Slot(notes) })
  notes.forEach((note) => note.classList.add("is-carried"))
  document.getSelection()?.removeAllRanges()
  document.documentElement.classList.add("is-dragging")
}

function aim(x, y) {
  const under = document.elementFromPoint(x, y)
  const list = under?.closest("[data-list]") ?? under?.closest(".block[data-block]")?.querySelector("[data-list]")
  if (landing(drag.notes, list)) drag.slot.aim(list, x, y)
  else drag.slot.hide()
}

function escaped(event) {
  if (event.key !== "Escape" || !drag?.ghost) return
  event.preventDefault()
  event.stopPropagation()
  finish(false)
}

function finish(dropping) {
  if (!drag) return
  const { timer, ghost, notes, slot, note } = drag
  drag = null
  clearTimeout(timer)
  if (!ghost) return
  scrollNear(null)
  ghost.remove()
  document.documentElement.classList.remove("is-dragging")
  const live = notes.map(({ dataset }) => noteElement(dataset.note)).filter(Boolean)
  live.forEach((each) => each.classList.remove("is-carried"))
  if (dropping && slot.list && live.length) drop(live, slot)
  else slot.hide()
  focusQuietly(noteElement(note.dataset.note))
  document.addEventListener("click", swallow, { capture: true, once: true })
  setTimeout(() => document.removeEventListener("click", swallow, true))
}

/** The click that ends a drag is no click on a note. */
function swallow(event) {
  event.stopPropagation()
  event.preventDefault()
}
