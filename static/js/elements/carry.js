/**
 * Moving notes by keys: M or Space picks up the note in focus (with the selection it is part of),
 * arrows move the slot up and down and from block to block, Enter drops, Esc puts back. Focus never
 * leaves the note, and each step is said.
 */
import { blockIn, can, focusQuietly, isCovered, noteElement, noteIn, takesText, titleOf } from "../lib/dom.js"
import { isSwitchedOff } from "../lib/keys.js"
import { announce, text } from "../lib/texts.js"
import { chosenWith } from "./select.js"
import { drop, landing, Slot } from "./slots.js"

const STEPS = { ArrowUp: -1, ArrowDown: 1 }
const TURNS = { ArrowLeft: -1, ArrowRight: 1 }

let carried = null // {note, notes, slot, list, at}

export function startCarry() {
  document.addEventListener("keydown", keyed, true)
  document.addEventListener("focusout", ({ target }) => carried && target === carried.note && setTimeout(leftBehind))
}

function keyed(event) {
  if (takesText(event.target) || isCovered()) return
  const handled = carried ? steer(event) : pickedUp(event)
  if (!handled) return
  event.preventDefault()
  event.stopPropagation()
}

function pickedUp(event) {
  const note = noteIn(event.target)
  if (!note || note !== event.target || event.ctrlKey || event.metaKey || event.altKey || isSwitchedOff(event)) return false
  if (!((event.key === " " && !event.shiftKey) || event.key.toLowerCase() === "m")) return false
  if (!can("write", note) && !can("take", note)) return false
  const notes = chosenWith(note)
  const slot = new Slot(notes)
  const others = slot.others(note.parentElement)
  const at = others.filter((other) => other.compareDocumentPosition(note) & Node.DOCUMENT_POSITION_FOLLOWING).length
  carried = { note, notes, slot, list: note.parentElement, at }
  notes.forEach((each) => each.classList.add("is-lifted"))
  show("picked-up")
  return true
}

function steer(event) {
  if (STEPS[event.key]) step(STEPS[event.key])
  else if (TURNS[event.key]) turn(TURNS[event.key])
  else if (event.key === "Enter" || event.key === " ") put(true)
  else if (event.key === "Escape") put(false)
  else return event.key !== "Tab" || put(false)
  return true
}

function step(by) {
  const last = carried.slot.others(carried.list).length
  carried.at = Math.min(Math.max(carried.at + by, 0), last)
  show("moved-to")
}

/** To the next list, in reading order, where these notes may land. */
function turn(by) {
  const lists = [...document.querySelectorAll("[data-list]")].filter(
    (list) => list === carried.list || (landing(carried.notes, list) && blockIn(list)?.checkVisibility()),
  )
  const next = lists[lists.indexOf(carried.list) + by]
  if (!next) return
  carried.list = next
  carried.at = Math.min(carried.at, carried.slot.others(next).length)
  show("moved-to")
}

function show(words) {
  const { slot, list, at } = carried
  slot.show(list, slot.others(list)[at] ?? null)
  announce(text(words, { ...slot.place, block: titleOf(blockIn(list)) }))
}

function put(dropping) {
  const { note, notes, slot, list } = carried
  carried = null
  notes.forEach((each) => each.classList.remove("is-lifted"))
  announce(text(dropping ? "dropped" : "put-back", { block: titleOf(blockIn(list)) }))
  if (dropping) drop(notes.filter((each) => each.isConnected), slot)
  else slot.hide()
  const still = noteElement(note.dataset.note)
  focusQuietly(still)
  still?.scrollIntoView({ block: "nearest" })
  return false
}

/** Focus went elsewhere: nobody steers any more. A move by others gives focus back at once. */
function leftBehind() {
  if (carried && document.activeElement !== carried.note) put(false)
}
