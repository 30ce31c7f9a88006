/**
 * Several notes at once: Shift+click takes a note in or out (from note to note: the whole stretch),
 * a lasso on empty ground takes what it touches, Ctrl+A all of a block; Esc lets go. A bar offers to
 * move, colour or delete them as one change.
 */
import { send } from "../htmx/outbox.js"
import { blockIn, can, fromTemplate, isCovered, isEditing, noteIds, noteIn, notesIn, takesText, titleOf, withCommand } from "../lib/dom.js"
import { announce, text } from "../lib/texts.js"
import { expand } from "./density.js"
import { startLasso } from "./lasso.js"

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
  document.body.addEventListener("upsert:done", showBar)
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
  if (withCommand(event) && event.key.toLowerCase() === "a" && block) {
    event.preventDefault()
    expand(block)
    select(notesIn(block).filter((note) => !isEditing(note)))
  } else if (event.key === "Escape" && selected().length) {
    clearSelection()
  }
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
  showBar()
  if (wanted.size && wanted.size !== before.length) announce(text("selected", { n: wanted.size }))
}

function showBar() {
  const notes = selected()
  const bar = document.querySelector(".selection-bar")
  if (notes.length < 2 || !notes.every((note) => can("write", note))) {
    bar?.remove()
    return
  }
  const shown = bar ?? newBar(notes[0])
  shown?.querySelector("[data-selected]").replaceChildren(text("selected", { n: notes.length }))
}

function newBar(note) {
  const bar = fromTemplate("selection")
  if (!bar) return null
  bar.querySelector("select").append(...places(note).map(([value, title]) => new Option(title, value)))
  const composer = document.querySelector(`template[data-composer-for="${CSS.escape(note.dataset.notes.split(":")[0])}"]`)
  const fills = composer?.content.querySelector("fieldset.fills")?.cloneNode(true)
  if (fills) bar.querySelector("[data-fills]").replaceWith(fills)
  fills?.querySelectorAll("input").forEach((fill) => (fill.checked = false))
  bar.addEventListener("change", ({ target }) => changed(target))
  bar.addEventListener("click", ({ target }) => pressed(target.closest("[data-selection]")?.dataset.selection))
  document.body.append(bar)
  return bar
}

function places(note) {
  const sheet = note.closest("[data-can]") ?? document
  return [...sheet.querySelectorAll(".block[data-block]")].map((block) => [
    block.querySelector("[data-list]").dataset.list,
    titleOf(block),
  ])
}

function changed(field) {
  const notes = noteIds(selected())
  if (field.name === "fill") send("/notes/many/", { do: "fill", fill: field.value, notes })
  if (field.name === "to" && field.value) {
    const [canvas, block] = field.value.split(":")
    send("/notes/many/", { do: "move", canvas, block, after: "", notes })
    field.value = ""
  }
}

function pressed(what) {
  const notes = noteIds(selected())
  if (what === "delete") send("/notes/many/", { do: "delete", notes })
  if (what) clearSelection()
}
