/**
 * A note as the form it turns into, and back: the same element throughout, so it keeps its place,
 * moves with others' changes, and its words are touched by nobody else. The form is a copy of
 * `<template data-composer-for="{canvas}">`, so it opens at once and without a connection; a form
 * that the server sent (`_note_form.html`) works the same.
 *
 * What is typed is also kept for this tab, so a reload brings the form back with its words.
 */
import { pendingBase, send } from "../htmx/outbox.js"
import { place } from "../htmx/place.js"
import { keepTruth, settle } from "../htmx/upsert.js"
import { can, focusQuietly, isEditing, noteElement, paint } from "../lib/dom.js"
import { uuid } from "../lib/ids.js"
import { fits } from "../lib/limits.js"
import { rankAfter } from "../lib/rank.js"
import { session } from "../lib/storage.js"
import { text } from "../lib/texts.js"

export const textareaOf = (note) => note.querySelector("textarea")

/** Turns a note into its form. `typed` and `base` are what was typed in it before a reload, and on what. */
export function edit(note, { typed, focus = true, base } = {}) {
  if (!note || isEditing(note) || !can("write", note)) return
  keepTruth(note)
  const words = note.querySelector(".text").textContent
  const started = base ?? pendingBase(note.dataset.note) ?? { version: note.dataset.version ?? "", key: "" }
  if (!shape(note)) return
  note.dataset.baseVersion = started.version
  note.dataset.baseKey = started.key
  textareaOf(note).setAttribute("aria-label", text("edit-note"))
  note.querySelector("[type=submit]")?.replaceChildren(text("save"))
  open(note, { words, typed, focus })
  if (base && Number(note.dataset.version) > Number(base.version)) note.dispatchEvent(new CustomEvent("note:overtaken", { bubbles: true }))
}

/** Opens an empty form in a list, after a note or at the end. Gives its element. */
export function addNote(list, { after = null, id = uuid(), typed = "", focus = true } = {}) {
  if (!list || !can("write", list)) return null
  const note = document.createElement("li")
  note.id = `note-${id}`
  Object.assign(note.dataset, { note: id, notes: list.dataset.list, drawn: "0", version: "0", fill: "plain", new: "" })
  note.dataset.after = after?.dataset.note ?? ""
  note.dataset.rank = rankAfter(after ?? list.lastElementChild)
  note.tabIndex = 0
  if (!shape(note)) return null
  place(note, list)
  open(note, { words: "", typed, focus })
  return note
}

/** A new note that was opened after another stays after it, also once the server has given that one its place. */
export function keepUp() {
  for (const note of document.querySelectorAll(".note[data-editing][data-new]")) {
    const after = noteElement(note.dataset.after)
    if (after?.parentElement !== note.parentElement) continue
    note.dataset.rank = rankAfter(after)
    place(note, note.parentElement)
  }
}

/** Sends what was typed and shows the note again; says whether something was sent. */
export function save(note) {
  if (!isEditing(note)) return false
  const field = textareaOf(note)
  if (!field) return false // two versions stand there: it waits for a choice
  const words = field.value.trim()
  const isNew = "new" in note.dataset
  if (field.hasAttribute("aria-invalid") && words === field.defaultValue) return false // refused: it stays until mended
  if (!words || (words === field.defaultValue && !isNew)) return close(note)
  if (!fits(field)) return false
  if (note.classList.contains("is-gone")) return keepAsNew(note)
  if (isNew) return create(note, words)
  const base = baseOf(note)
  close(note)
  send(
    `/notes/${note.dataset.note}/`,
    { text: words, base_version: base.version, base_key: base.key || undefined },
    { element: note },
  )
  return true
}

/** Puts the note back as it was; a new one goes away. */
export function close(note) {
  session.remove(kept(note))
  if ("new" in note.dataset || note.classList.contains("is-gone")) {
    note.remove()
    return false
  }
  note.removeAttribute("data-editing")
  const focused = note.contains(document.activeElement)
  settle(note)
  if (focused) focusQuietly(note)
  return false
}

/** The note was deleted while I typed: my words become a note of their own. */
export function keepAsNew(note) {
  const words = textareaOf(note).value.trim()
  const id = uuid()
  const [canvas, block] = note.dataset.notes.split(":")
  session.remove(kept(note))
  note.remove()
  send(`/canvases/${canvas}/notes/`, { id, block, text: words, after: "", fill: note.dataset.fill, like: note.dataset.note })
  focusQuietly(noteElement(id))
  return true
}

/** Keeps what is typed over a reload of this tab. */
export function remember(note) {
  if (!note.isConnected || !isEditing(note) || !textareaOf(note)) return
  const { note: id, notes, after } = note.dataset
  session.set(kept(note), {
    id,
    notes,
    after,
    new: "new" in note.dataset,
    typed: textareaOf(note).value,
    base: baseOf(note),
  })
}

/**
 * Opens the forms that were open before a reload, without taking focus. A tab that was duplicated opens those of the
 * other, which has them still: what is new gets an id of its own, or the second to be saved would be taken for the first.
 */
export function reopen() {
  for (const key of session.keys("typing:")) {
    const { id, notes, after, typed, base, new: isNew } = session.get(key) ?? {}
    const note = noteElement(id)
    const list = document.querySelector(`[data-list="${CSS.escape(notes ?? "")}"]`)
    if (note && !isNew) edit(note, { typed, base, focus: false })
    else if (list && !note && typed) reopenNew(key, list, { after: noteElement(after), typed, focus: false })
    else if (list || note) session.remove(key)
  }
}

function reopenNew(key, list, options) {
  const note = addNote(list, options)
  if (!note) return
  session.remove(key)
  remember(note)
}

function create(note, words) {
  const { note: id, notes, after, fill } = note.dataset
  const [canvas, block] = notes.split(":")
  session.remove(kept(note))
  const focused = note.contains(document.activeElement)
  note.removeAttribute("data-editing")
  send(`/canvases/${canvas}/notes/`, { id, block, text: words, after, fill }, { element: note })
  if (focused) focusQuietly(noteElement(id))
  return true
}

/** Gives the note the inside of its canvas's form; false where the page has none. */
function shape(note) {
  const [canvas] = note.dataset.notes.split(":")
  const template = document.querySelector(`template[data-composer-for="${CSS.escape(canvas)}"]`)
  const form = template?.content.firstElementChild.cloneNode(true)
  if (!form) return false
  note.className = form.className // the looks of a note at rest would bend the form
  paint(note, note.dataset.fill)
  note.setAttribute("data-editing", "")
  note.replaceChildren(...form.childNodes)
  for (const fill of note.querySelectorAll("[name=fill]")) fill.checked = fill.value === (note.dataset.fill || "plain")
  return true
}

function open(note, { words, typed, focus }) {
  const field = textareaOf(note)
  field.defaultValue = words
  field.value = typed ?? words
  if (!focus) return
  field.focus()
  field.setSelectionRange(field.value.length, field.value.length)
  note.scrollIntoView({ block: "nearest" })
}

/** What the text being typed started from: a version, or a change of mine not yet acknowledged. */
export function baseOf(note) {
  const sent = note.querySelector("[name=base_version]")?.value
  return { version: note.dataset.baseVersion ?? sent ?? "", key: note.dataset.baseKey ?? "" }
}

const kept = (note) => `typing:${note.dataset.note}`
