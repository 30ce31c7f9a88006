/**
 * Arrows on the board: up and down through a block's notes, left and right to the block that lies
 * there on the paper, Home and End to a block's first and last note. Each list is one stop for Tab,
 * at the note that was visited last.
 */
import { blockIn, noteIn, notesIn } from "../lib/dom.js"
import { oncePerFrame } from "../lib/timing.js"

const AWAY = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

export function startRoving() {
  const settle = oncePerFrame(() => document.querySelectorAll("[data-list]").forEach(oneStop))
  document.addEventListener("focusin", ({ target }) => {
    const note = noteIn(target)
    if (note && note === target) makeStop(note)
  })
  document.body.addEventListener("upsert:done", settle)
  settle()
}

/** Moves focus for an arrow key; says whether the key was one. */
export function roam(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false
  const block = blockIn(document.activeElement)
  if (!block || (!AWAY[event.key] && event.key !== "Home" && event.key !== "End")) return false
  const goal = goalFor(event.key, block, noteIn(document.activeElement))
  if (!goal) return false
  event.preventDefault()
  goal.focus()
  return true
}

function goalFor(key, block, note) {
  const notes = notesIn(block)
  if (key === "Home") return notes[0]
  if (key === "End") return notes.at(-1)
  if (key === "ArrowDown" && notes[notes.indexOf(note) + 1]) return notes[notes.indexOf(note) + 1]
  const more = block.querySelector("[data-more]:not([hidden])")
  if (key === "ArrowDown" && note && more) return more // the rest waits behind it
  if (key === "ArrowUp" && note && notes.indexOf(note) > 0) return notes[notes.indexOf(note) - 1]
  const next = blockBeside(block, AWAY[key], note ?? block)
  return next && entrance(next, key)
}

/** Where a block is entered: its visited note, or what can be pressed in an empty one. */
function entrance(block, key) {
  const notes = notesIn(block)
  if (key === "ArrowUp") return notes.at(-1) ?? door(block)
  if (key === "ArrowDown") return notes[0] ?? door(block)
  return notes.find((note) => note.tabIndex === 0) ?? notes[0] ?? door(block)
}

function door(block) {
  return [...block.querySelectorAll("button, a")].find((control) => control.checkVisibility?.() ?? true) ?? null
}

/** The nearest block in a direction, seen from the middle of what has focus. */
function blockBeside(block, [dx, dy], from) {
  const start = middle(from)
  const edge = block.getBoundingClientRect()
  let nearest = null
  for (const other of document.querySelectorAll(".block[data-block]")) {
    const box = other.getBoundingClientRect()
    const ahead = dx > 0 ? box.left >= edge.right - 2 : dx < 0 ? box.right <= edge.left + 2 : dy > 0 ? box.top >= edge.bottom - 2 : box.bottom <= edge.top + 2
    if (other === block || !box.width || !ahead) continue
    const to = middle(other)
    const across = dx ? outside(start.y, box.top, box.bottom) : outside(start.x, box.left, box.right)
    const distance = Math.abs(dx ? to.x - start.x : to.y - start.y) + across * 4
    if (!nearest || distance < nearest.distance) nearest = { other, distance }
  }
  return nearest?.other ?? null
}

function outside(value, low, high) {
  return value < low ? low - value : value > high ? value - high : 0
}

function middle(element) {
  const box = element.getBoundingClientRect()
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 }
}

function makeStop(note) {
  for (const other of note.parentElement.querySelectorAll(":scope > .note[tabindex='0']")) if (other !== note) other.tabIndex = -1
  note.tabIndex = 0
}

function oneStop(list) {
  const notes = notesIn(list)
  const stop = notes.find((note) => note === document.activeElement) ?? notes.find((note) => note.tabIndex === 0) ?? notes[0]
  if (stop) makeStop(stop)
}
