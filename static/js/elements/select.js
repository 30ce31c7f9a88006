/**
 * Several notes at once: Shift+click takes a note in or out (from note to note: the whole stretch),
 * a lasso on empty ground takes what it touches. By keys: Shift+Space takes the note in or out,
 * Shift+↑↓ goes on to the next, Ctrl+A takes all of a block. Esc lets go.
 */
import { blockIn, isCovered, isEditing, noteIn, notesIn, takesText, withCommand } from "../lib/dom.js"
import { announce, text } from "../lib/texts.js"
import { expand } from "./density.js"
import { startLasso } from "./lasso.js"
import { showBar } from "./selection-bar.js"

const STEPS = { ArrowUp: -1, ArrowDown: 1 }

let anchor = null

export const selected = () => [...document.querySelectorAll(".note.is-selected")].filter((note) => !note.hidden)

/** The whole selection if the note is part of it, else the note alone. */
export function chosenWith(note) {
  return note?.classList.contains("is-selected") ? selected() : note ? [note] : []
}

export function clearSelection() {
  select([])
}

export function startSelect() {
  document.addEventListener("click", clicked)
  document.addEventListener("keydown", keyed)
  document.body.addEventListener("upsert:done", () => showBar(selected()))
  document.body.addEventListener("selection:clear", clearSelection)
  startLasso((notes, adding) => select(adding ? [...selected(), ...notes] : notes))
}

function clicked(event) {
  const note = noteIn(event.target)
  if (event.target.closest("button, a, input, textarea, select, label, summary, .selection-bar")) return
  if (event.shiftKey && note && !isEditing(note)) {
    document.getSelection()?.removeAllRanges() // Shift+click also marks text, which nobody asked for
    select(anchor && anchor.parentElement === note.parentElement ? toggled(stretch(anchor, note)) : toggled([note]))
    anchor = note
  } else {
    anchor = note
    if (!note?.classList.contains("is-selected")) clearSelection()
  }
}

function keyed(event) {
  if (takesText(event.target) || isCovered()) return
  const block = blockIn(document.activeElement)
  const note = noteIn(document.activeElement)
  if (note && note === document.activeElement && byKeys(event, note)) {
    event.preventDefault()
  } else if (withCommand(event) && event.key.toLowerCase() === "a" && block) {
    event.preventDefault()
    expand(block)
    select(notesIn(block).filter((note) => !isEditing(note)))
  } else if (event.key === "Escape" && selected().length) {
    clearSelection()
  }
}

/** Whether the key chose something. */
function byKeys({ key, shiftKey, ctrlKey, metaKey, altKey }, note) {
  if (!shiftKey || ctrlKey || metaKey || altKey) return false
  if (key === " ") select(toggled([note]))
  if (STEPS[key]) goOn(note, STEPS[key])
  return key === " " || key in STEPS
}

/** The note in focus and the next, like a stretch that grows; back over the last one it shrinks. */
function goOn(note, step) {
  const notes = notesIn(note.parentElement)
  const next = notes[notes.indexOf(note) + step]
  if (!next) return
  const shrinks = next.classList.contains("is-selected") && note.classList.contains("is-selected")
  select(shrinks ? selected().filter((other) => other !== note) : [...selected(), note, next])
  next.focus()
}

function stretch(from, to) {
  const notes = notesIn(from.parentElement)
  const [start, end] = [notes.indexOf(from), notes.indexOf(to)].sort((a, b) => a - b)
  return notes.slice(start, end + 1)
}

/** One note goes in or out; a stretch only goes in. */
function toggled(notes) {
  const now = selected()
  const [only] = notes
  return notes.length === 1 && now.includes(only) ? now.filter((note) => note !== only) : [...now, ...notes]
}

function select(notes) {
  const wanted = new Set(notes)
  const before = selected()
  before.filter((note) => !wanted.has(note)).forEach((note) => note.classList.remove("is-selected"))
  wanted.forEach((note) => note.classList.add("is-selected"))
  showBar(selected())
  if (wanted.size && wanted.size !== before.length) announce(text("selected", { n: wanted.size }))
}
