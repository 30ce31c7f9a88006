/**
 * The bar that offers to move, colour or delete several notes as one change. By keys the menu key or
 * Shift+F10 on a chosen note leads into it, Esc back to the note.
 */
import { send } from "../htmx/outbox.js"
import { can, focusQuietly, fromTemplate, noteElement, noteIds, noteIn, titleOf } from "../lib/dom.js"
import { text } from "../lib/texts.js"

let chosen = [] // what the bar is about
let back = "" // the note that focus came from

/** Shows the bar for these notes, or takes it away where there are fewer than two, or some may not be changed. */
export function showBar(notes) {
  chosen = notes
  const bar = document.querySelector(".selection-bar")
  if (notes.length < 2 || !notes.every((note) => can("write", note))) {
    if (bar?.contains(document.activeElement)) goBack()
    bar?.remove()
    return
  }
  const shown = bar ?? newBar(notes[0])
  shown?.querySelector("[data-selected]").replaceChildren(text("selected", { n: notes.length }))
}

/** Focus goes into the bar; says whether there is one for this note. */
export function enterBar(note) {
  const first = chosen.includes(note) && document.querySelector(".selection-bar button")
  if (!first) return false
  back = note.dataset.note
  first.focus()
  return true
}

function goBack() {
  focusQuietly(noteElement(back) ?? chosen[0])
}

function newBar(note) {
  const bar = fromTemplate("selection")
  if (!bar) return null
  bar.querySelector("[popover]").append(...places(note))
  const composer = document.querySelector(`template[data-composer-for="${CSS.escape(note.dataset.notes.split(":")[0])}"]`)
  const fills = composer?.content.querySelector("fieldset.fills")?.cloneNode(true)
  if (fills) bar.querySelector("[data-fills]").replaceWith(fills)
  fills?.querySelectorAll("input").forEach((fill) => (fill.checked = false))
  bar.addEventListener("change", ({ target }) => target.name === "fill" && sendMany({ do: "fill", fill: target.value }))
  bar.addEventListener("click", ({ target }) => pressed(target.closest("[data-selection]")))
  bar.addEventListener("keydown", escaped)
  bar.addEventListener("focusin", ({ relatedTarget }) => (back = noteIn(relatedTarget)?.dataset.note ?? back))
  document.body.append(bar)
  return bar
}

/** Esc leads back to the note; the chosen are let go as everywhere. */
function escaped(event) {
  if (event.key === "Escape" && !event.target.closest("[popover]")) goBack()
}

/** Buttons, not a list to choose from: there the first arrow key would move the notes already. */
function places(note) {
  const sheet = note.closest("[data-can]") ?? document
  return [...sheet.querySelectorAll(".block[data-block]")].map((block) => {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "menu-item"
    Object.assign(button.dataset, { selection: "move", to: block.querySelector("[data-list]").dataset.list })
    button.textContent = titleOf(block)
    return button
  })
}

function pressed(button) {
  const what = button?.dataset.selection
  if (!what || what === "where") return
  button.closest("[popover]")?.hidePopover()
  goBack()
  if (what === "move") {
    const [canvas, block] = button.dataset.to.split(":")
    sendMany({ do: "move", canvas, block, after: "" })
    return
  }
  if (what === "delete") sendMany({ do: "delete" })
  document.body.dispatchEvent(new CustomEvent("selection:clear"))
}

const sendMany = (fields) => send("/notes/many/", { ...fields, notes: noteIds(chosen) })
