/**
 * How a change looks before the server has answered, read from its address and fields alone: the
 * same for a click, a key, a form, and for what still waits after a reload. Drawing twice is
 * drawing once. An address that is not named here changes nothing early; its note only shows as pending.
 */
import { focusQuietly, fromTemplate, isEditing, listOf, neighbourOf, noteElement, paint } from "../../lib/dom.js"
import { byRank, FIRST, rankAfter } from "../../lib/rank.js"
import { patch } from "../patch.js"
import { place } from "../place.js"
import { keepTruth } from "../upsert.js"

const EFFECTS = {
  text: (note, fields, key) => {
    if (isEditing(note)) return
    wordsIn(note).textContent = fields.get("text")
    note.dataset.baseKey = key
  },
  position: (note, fields) => moveTo(note, fields.get("canvas"), fields.get("block"), fields.get("after")),
  look: (note, fields) => fields.has("fill") && paint(note, fields.get("fill")),
  deletion: (note) => hide(note),
  restoration: (note) => (note.hidden = false),
  ratings: (row, fields) => say(row, fields),
}
/** How a new note looks where its sheet is not: on Compare as the row of a need, and as an offer in the tray. */
const LOOKS = { desired_value: { list: "needs", blank: "need", prefix: "row" }, value_offer: { list: "tray", blank: "offer", prefix: "tray" } }
const STEP = { list: "steps", blank: "step", prefix: "step" }
const MANY = { move: "position", fill: "look", delete: "deletion" }

/** The ids of the notes an entry is about; a joint sentence counts as one. */
export function notesOf(entry) {
  const { made, note, what } = read(entry)
  const fields = new URLSearchParams(entry.body)
  if (made || what === "copy") return [fields.get("id")].filter(Boolean)
  if (what === "many") return fields.getAll("notes")
  if (what === "pairs" || what === "ratings") return [fields.get("need")]
  return note ? [note] : []
}

/** Whether the entry writes a note's text: what is typed afterwards is typed on it. */
export function writesText(entry) {
  const { made, what } = read(entry)
  return Boolean(made) || what === "text"
}

/** Draws an entry on every note of it that is on this page; makes the note if the entry adds one. */
export function draw(entry) {
  const { made, note, what } = read(entry)
  const fields = new URLSearchParams(entry.body)
  if (made) make(made, fields, entry.key, what === "steps" ? STEP : lookOf(made, fields.get("block")))
  if (what === "copy") copy(note, fields.get("id"))
  for (const id of notesOf(entry)) {
    const element = noteElement(id)
    if (element) drawOn(element, entry)
  }
}

/** Draws an entry on one note. */
export function drawOn(element, entry) {
  const { made, what } = read(entry)
  const fields = new URLSearchParams(entry.body)
  const effect = EFFECTS[what === "many" ? MANY[fields.get("do")] : what]
  keepTruth(element)
  if (!made) effect?.(element, fields, entry.key)
  if (!isEditing(element)) element.classList.add("is-pending")
}

function read({ path }) {
  const made = path.match(/^\/canvases\/([^/]+)\/notes\/$/)
  if (made) return { made: made[1] }
  const [, steps] = path.match(/^\/p\/([^/]+)\/steps\/$/) ?? []
  if (steps) return { made: steps, what: "steps" }
  if (path === "/notes/many/") return { what: "many" }
  const [, compared] = path.match(/^\/p\/[^/]+\/(pairs|ratings)\/$/) ?? []
  if (compared) return { what: compared }
  const [, note, what] = path.match(/^\/(?:notes|sentences)\/([^/]+)\/(?:([a-z]+)\/)?$/) ?? []
  return { note, what: note ? what ?? "text" : undefined }
}

function lookOf(canvas, block) {
  const sheet = { list: block, blank: "note", prefix: "note" }
  return listOf(canvas, block) ? sheet : (LOOKS[block] ?? sheet)
}

/** `canvas` is what the list belongs to: a sheet, or the partnership whose next steps it holds. */
function make(canvas, fields, key, look) {
  const list = listOf(canvas, look.list)
  const blank = fromTemplate(look.blank)
  let element = noteElement(fields.get("id"))
  if (!list || !blank || Number(element?.dataset.drawn) > 0 || isEditing(element)) return
  element ??= list.appendChild(document.createElement("li"))
  const rank = element.dataset.rank
  fill(blank, { id: fields.get("id"), prefix: look.prefix, notes: `${canvas}:${look.list}`, text: fields.get("text") })
  paint(blank, fields.get("fill"))
  blank.dataset.baseKey = key
  blank.dataset.rank = rank ?? rankFor(list, fields.get("after"), element)
  patch(element, blank)
  place(element, list)
}

function copy(note, id) {
  const original = noteElement(note)
  if (!original || !id || noteElement(id)) return
  const twin = original.cloneNode(true)
  twin.classList.remove("is-selected", "is-lifted")
  twin.querySelector(":scope > [data-stays]")?.remove()
  twin.classList.add("is-pending")
  fill(twin, { id, notes: original.dataset.notes })
  twin.dataset.rank = rankAfter(original)
  place(twin, original.parentElement)
}

function fill(element, { id, notes, text, prefix = "note" }) {
  element.id = `${prefix}-${id}`
  Object.assign(element.dataset, { note: id, notes, drawn: "0", version: "0" })
  if (text !== undefined) wordsIn(element).textContent = text
}

/** Where a note's words stand; a need's row holds the words of its offers, too. */
const wordsIn = (element) => element.querySelector(":scope > .need > h3") ?? element.querySelector(".text")

function moveTo(note, canvas, block, after) {
  const list = listOf(canvas, block)
  if (!list) return hide(note)
  note.hidden = false
  note.dataset.rank = rankFor(list, after, note)
  note.dataset.notes = `${canvas}:${block}`
  return place(note, list)
}

function rankFor(list, after, note) {
  const others = [...list.children].filter((child) => child !== note && child.dataset.rank !== undefined).sort(byRank)
  if (after === "first" || !others.length) return FIRST
  return rankAfter((after && noteElement(after)) || others.at(-1))
}

/** Marks what a company says of an offer in a need's row on Compare. */
function say(row, fields) {
  for (const choice of row.querySelectorAll(".rate-choice")) {
    const { offer, organisation, strength } = JSON.parse(choice.getAttribute("hx-vals"))
    if (offer !== fields.get("offer") || organisation !== fields.get("organisation")) continue
    choice.setAttribute("aria-pressed", String(String(strength) === fields.get("strength")))
  }
}

function hide(note) {
  if (note.hidden) return
  const neighbour = note.contains(document.activeElement) ? neighbourOf(note) : null
  note.hidden = true
  focusQuietly(neighbour)
}
