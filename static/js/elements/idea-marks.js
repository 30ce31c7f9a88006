/**
 * Joint ideas mark the notes and pairs that they rest on. `#idea-marks` is fetched by this person's own request, so
 * nothing stands in it that they may not see; it is copied onto the page, and again onto whatever is drawn anew.
 *
 *     <div id="idea-marks" hidden hx-get="…"><template data-on="{note} {pair} …"><small class="idea-marks">…</small></template></div>
 *
 * Each list of notes is one stop for Tab, so a mark can be reached by Tab while its note has the focus.
 */
import { isEditing, noteElement, noteIn } from "../lib/dom.js"

const marks = new Map() // id of a note or pair → its template
let focused = null // the note whose marks Tab reaches

export function startIdeaMarks() {
  if (!document.getElementById("idea-marks")) return
  document.body.addEventListener("htmx:afterSwap", ({ detail }) => detail.target?.id === "idea-marks" && read(detail.target))
  document.body.addEventListener("upsert:done", ({ detail }) => marks.size && detail.changed?.forEach(mark))
  document.addEventListener("focusin", ({ target }) => reach(noteIn(target)))
}

function read(region) {
  const before = [...marks.keys()]
  marks.clear()
  for (const template of region.querySelectorAll("template")) {
    for (const id of template.dataset.on.split(" ")) marks.set(id, template)
  }
  new Set([...before, ...marks.keys()].map(bearer)).forEach((element) => element && mark(element))
}

/** What is drawn anew as one: a note, or the row of a need with the pairs in it. */
const bearer = (id) => noteElement(id) ?? pairElement(id)?.closest("[data-note]")

const pairElement = (id) => document.querySelector(`[data-pair="${CSS.escape(id)}"]`)

/** Marks a note; of a row on Compare its pairs, or, where none of them is marked, the need itself. */
function mark(element) {
  if (!element.isConnected || isEditing(element)) return
  element.querySelectorAll(".idea-marks").forEach((old) => old.remove())
  for (const pair of element.querySelectorAll("[data-pair]")) put(pair.dataset.pair, pair.querySelector(".note"))
  if (!element.querySelector(".idea-marks")) put(element.dataset.note, element.querySelector(":scope > .need, :scope > .note") ?? element)
}

/** At the end of its small line, before who signed it; below its words where there is no such line. */
function put(id, place) {
  const template = marks.get(id)
  if (!template || !place) return
  const copy = template.content.firstElementChild.cloneNode(true)
  const meta = place.querySelector(":scope > .meta")
  if (meta) meta.insertBefore(copy, meta.querySelector(":scope > .signed"))
  else place.insertBefore(copy, place.querySelector(":scope > .note-actions"))
  const note = noteIn(place)
  if (note && note !== focused) within(note, -1)
}

function reach(note) {
  if (note === focused) return
  if (focused) within(focused, -1)
  if (note) within(note, 0)
  focused = note
}

function within(note, tabIndex) {
  note.querySelectorAll(".idea-mark").forEach((link) => (link.tabIndex = tabIndex))
}
