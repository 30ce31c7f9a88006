/**
 * Typing on the board: a double click on a note edits it, on an empty part of a block adds one;
 * Enter saves (and opens the next, for a new note), Shift+Enter makes a line, Esc puts back, leaving
 * the note saves. There is no save button.
 */
import { send } from "../htmx/outbox.js"
import { settle } from "../htmx/upsert.js"
import { blockIn, focusQuietly, fromTemplate, isEditing, neighbourOf, noteElement, noteIn, paint } from "../lib/dom.js"
import { uuid } from "../lib/ids.js"
import { fits, typedOn } from "../lib/limits.js"
import { session } from "../lib/storage.js"
import { throttle } from "../lib/timing.js"
import { addNote, close, edit, keepAsNew, keepUp, remember, reopen, save, textareaOf } from "./note-form.js"

const { htmx } = window
const rememberSoon = throttle(remember, 300)
const COMPOSED = "form[data-composer-phone] textarea"
/** What is begun on the phone is kept for its sheet: a look at the other company's, or a reload, brings it back. */
const composing = (form) => `composing:${form.getAttribute("hx-post")}`

export function startEditing() {
  document.addEventListener("dblclick", opened)
  document.addEventListener("keydown", keyed, true)
  document.addEventListener("submit", submitted, true)
  document.addEventListener("focusout", left)
  document.addEventListener("click", clicked, true)
  document.addEventListener("input", ({ target }) => isEditing(noteIn(target)) && rememberSoon(noteIn(target)))
  document.addEventListener("input", ({ target }) => typedOn(target))
  document.addEventListener("change", ({ target }) => target.name === "fill" && chosen(target))
  document.addEventListener("mousedown", keepFocus)
  document.addEventListener("note:gone", ({ target }) => target.matches(".note") && tellGone(target))
  document.body.addEventListener("upsert:done", keepUp)
  document.body.addEventListener("upsert:done", () => {
    document.querySelectorAll("[data-editing]:not(.is-gone) > .gone-notice").forEach((notice) => notice.remove())
  })
  window.addEventListener("pagehide", () => document.querySelectorAll(".note[data-editing]").forEach(remember))
  document.addEventListener("input", ({ target }) => target.matches(COMPOSED) && session.set(composing(target.form), target.value))
  reopen()
  document.querySelectorAll(COMPOSED).forEach((field) => (field.value ||= session.get(composing(field.form)) ?? ""))
}

function tellGone(note) {
  if (!note.querySelector(":scope > .gone-notice")) note.append(fromTemplate("gone") ?? "")
}

/** Opens a new note at the end of a block, or right after `after`. */
export function addIn(block, after = null) {
  const list = after?.parentElement ?? block?.querySelector("[data-list]")
  return addNote(list, { after })
}

/** A fill chosen while the note is written goes with the new note, or at once for an old one. */
function chosen(choice) {
  const note = noteIn(choice)
  if (!isEditing(note) || choice.hasAttribute("hx-post")) return
  if ("new" in note.dataset) paint(note, choice.value)
  else send(`/notes/${note.dataset.note}/look/`, { fill: choice.value }, { element: note })
}

function opened(event) {
  if (event.target.closest("button, a, input, textarea, select, label, summary")) return
  const note = noteIn(event.target)
  if (note) edit(note)
  else if (blockIn(event.target)) addIn(blockIn(event.target))
}

/** Buttons of an open form; before htmx, for which a form from the server carries requests of its own. */
function clicked(event) {
  const button = event.target.closest("[data-editing] button")
  const note = noteIn(button)
  if (!note) return
  const does = { cancel, keep: keepAsNew, "let-go": close }[button.dataset.do]
  if (does) {
    event.stopImmediatePropagation()
    event.preventDefault()
    does(note)
  } else if (button.hasAttribute("data-resolve")) {
    note.removeAttribute("data-editing") // one of two versions was chosen: its answer may show itself
    setTimeout(() => giveBack(note, button.dataset.resolve)) // after htmx has taken the click
  }
}

/** The choice is made: the note shows itself, with the words that are on their way, or leaves when it is gone. */
function giveBack(note, chosen) {
  if (chosen === "gone") return note.remove()
  settle(note)
  focusQuietly(note)
  // Mine goes into a note of its own: this one shows what it says now, and the stream may be down.
  if (chosen === "both") htmx.ajax("GET", `/notes/${note.dataset.note}/`, { source: note, swap: "upsert" })
}

function keyed(event) {
  if (event.isComposing) return
  const note = noteIn(event.target)
  const phone = event.target.closest?.("form[data-composer-phone]")
  if (phone && event.key === "Enter" && !event.shiftKey) {
    event.preventDefault()
    compose(phone)
  }
  if (!isEditing(note) || !textareaOf(note)) return
  const writes = event.target === textareaOf(note)
  if (writes && event.key === "Enter" && !event.shiftKey && !event.altKey) {
    event.preventDefault()
    finish(note)
  } else if (event.key === "Escape") {
    event.preventDefault()
    cancel(note)
  }
  if (writes) event.stopPropagation()
}

/** Enter: the note is saved; after a new one the next opens, after an old one focus rests on it. */
function finish(note) {
  const isNew = "new" in note.dataset
  const id = note.dataset.note
  const back = before(note)
  const sent = save(note)
  if (!sent && isEditing(note)) return // it cannot be saved as it is: the caret stays where that is mended
  const saved = noteElement(id)
  if (isNew && sent) addNote(saved.parentElement, { after: saved })
  else focusQuietly(saved ?? back)
}

function cancel(note) {
  const back = "new" in note.dataset || note.classList.contains("is-gone") ? before(note) : note
  close(note)
  focusQuietly(back)
}

/** Where focus was before a new note, or what stands beside it. */
const before = (note) => noteElement(note.dataset.after) ?? neighbourOf(note)

function submitted(event) {
  const note = noteIn(event.target)
  if (isEditing(note)) {
    event.preventDefault()
    event.stopImmediatePropagation()
    finish(note)
  } else if (event.target.matches("form[data-composer-phone]")) {
    event.preventDefault()
    event.stopImmediatePropagation()
    compose(event.target)
  }
}

/** The phone's input: a note for the block in work; the keyboard stays open for the next. */
function compose(form) {
  const field = form.elements.text
  const text = field.value.trim()
  if (!text || !fits(field)) return
  send(form.getAttribute("hx-post"), { id: uuid(), block: form.elements.block.value, text, after: "" })
  field.value = ""
  session.remove(composing(form))
  field.focus()
}

/** Leaving the form saves it; a window that lost focus is not left, and a deleted note waits for a word. */
function left(event) {
  const note = noteIn(event.target)
  if (!isEditing(note) || note.contains(event.relatedTarget) || !document.hasFocus()) return
  if (note.classList.contains("is-gone")) return
  queueMicrotask(() => note.isConnected && !note.contains(document.activeElement) && save(note))
}

/** Buttons in the form leave the caret where it is. */
function keepFocus(event) {
  if (event.target.closest("[data-editing] :is(button, label)")) event.preventDefault()
}
