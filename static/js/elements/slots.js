/**
 * Where a carried note may land: places between the notes of a list, shown by one dashed slot, and
 * what a drop sends. Shared by hand and by keys.
 */
import { send } from "../htmx/outbox.js"
import { blockIn, can, fromTemplate, noteIds, noteIn, notesIn } from "../lib/dom.js"
import { uuid } from "../lib/ids.js"

export class Slot {
  #carried
  #element
  list = null

  constructor(carried) {
    this.#carried = new Set(carried)
    this.#element = fromTemplate("slot") ?? document.createElement("li")
    this.#element.classList.add("drop-slot")
  }

  /** Shows the slot in a list before a note (null: at the end). */
  show(list, before) {
    if (this.list === list && this.#element.nextElementSibling === before && this.#element.isConnected) return
    this.#mark(false)
    this.list = list
    list.insertBefore(this.#element, before)
    this.#mark(true)
    this.#element.scrollIntoView({ block: "nearest" })
  }

  hide() {
    this.#mark(false)
    this.#element.remove()
    this.list = null
  }

  /** The notes of a list that stay where they are. */
  others(list) {
    return notesIn(list).filter((note) => !this.#carried.has(note))
  }

  /** What the slot comes after, as the server wants it: a note's id, `first`, or empty for an empty list. */
  get after() {
    const before = this.others(this.list).filter(
      (note) => note.compareDocumentPosition(this.#element) & Node.DOCUMENT_POSITION_FOLLOWING,
    )
    if (before.length) return before.at(-1).dataset.note
    return this.others(this.list).length ? "first" : ""
  }

  /** `{at, of}` of the slot among the places of its list, from 1. */
  get place() {
    const others = this.others(this.list)
    const before = others.filter((note) => note.compareDocumentPosition(this.#element) & Node.DOCUMENT_POSITION_FOLLOWING)
    return { at: before.length + 1, of: others.length + 1 }
  }

  /** The slot's position under the pointer, in notes of one or several columns. */
  aim(list, x, y) {
    const before = this.others(list).find((note) => {
      const box = note.getBoundingClientRect()
      if (y < box.top) return true
      if (y > box.bottom) return false
      const alone = list.clientWidth < box.width * 1.5
      return alone ? y < box.top + box.height / 2 : x < box.left + box.width / 2
    })
    this.show(list, before ?? null)
  }

  #mark(on) {
    blockIn(this.list)?.classList.toggle("is-over", on)
  }
}

/** Whether these notes may land in a list, and as what: "move", "take" or null. */
export function landing(notes, list) {
  if (!list || !can("write", list)) return null
  const rail = list.closest(".rail")
  const from = noteIn(notes[0])
  if (rail && !rail.contains(from)) return can("take", from) && notes.length === 1 ? "take" : null
  if (!rail && from.closest(".rail")) return null
  return notes.every((note) => can("write", note)) ? "move" : null
}

/** Sends what a drop into the slot means. */
export function drop(notes, slot) {
  const { list, after } = slot
  const how = landing(notes, list)
  slot.hide()
  const [canvas, block] = list.dataset.list.split(":")
  if (how === "take") {
    const known = Object.fromEntries(new FormData(document.getElementById("partnership") ?? undefined))
    send(`/notes/${notes[0].dataset.note}/taking/`, { ...known, id: uuid(), block })
  } else if (how === "move" && notes.length > 1) {
    send("/notes/many/", { do: "move", notes: noteIds(notes), canvas, block, after })
  } else if (how === "move") {
    send(`/notes/${notes[0].dataset.note}/position/`, { canvas, block, after })
  }
}
