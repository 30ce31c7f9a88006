/** A copy of the first element in `<template id="t-{name}">`, or null where the page has none. */
export function fromTemplate(name) {
  const template = document.getElementById(`t-${name}`)
  return template ? template.content.firstElementChild.cloneNode(true) : null
}

/** Whether keys pressed there are meant as text. */
export function takesText(element) {
  if (!element?.closest) return false
  if (element.isContentEditable) return true
  const field = element.closest("input, textarea, select")
  return Boolean(field) && !/^(button|checkbox|radio|submit|reset|range|color|file)$/.test(field.type)
}

export function focusQuietly(element) {
  if (element?.dataset?.overflow !== undefined) element.hidden = false // it waited behind "+4 more": what has the focus stays in sight
  element?.focus?.({ preventScroll: true })
}

export const noteIn = (element) => element?.closest?.(".note[data-note]") ?? null
export const blockIn = (element) => element?.closest?.(".block[data-block]") ?? null
export const noteIds = (notes) => notes.map((note) => note.dataset.note)
/** A note by its id; a need (its row on Compare), an offer in the tray, a joint sentence and a next step are kept and sent alike. */
export const noteElement = (id) =>
  ["note", "row", "tray", "sentence", "step"].map((what) => document.getElementById(`${what}-${id}`)).find(Boolean) ?? null
export const listOf = (canvas, block) => document.querySelector(`[data-list="${CSS.escape(`${canvas}:${block}`)}"]`)
export const isEditing = (note) => Boolean(note?.hasAttribute("data-editing"))

/** The notes of a list a person can see and reach, in order. */
export function notesIn(container) {
  return [...container.querySelectorAll(".note[data-note]")].filter((note) => !note.hidden)
}

/** What may be done on the sheet around an element: `<section class="sheet" data-can="write comment take">`. */
export function can(right, element = document.querySelector("[data-can]")) {
  const sheet = element?.closest("[data-can]")
  return Boolean(sheet) && sheet.dataset.can.split(" ").includes(right)
}

const CONTROLS = "button, a[href], input:not([type=hidden]), select, textarea, summary"
/** The first thing in an element that a person can use, or null. */
export const controlIn = (element) =>
  [...(element?.querySelectorAll(CONTROLS) ?? [])].find((control) => !control.disabled && control.checkVisibility({ visibilityProperty: true })) ?? null

/** Where focus goes when `element` leaves: the next note, else the one before, else its block; so in other lists, too. */
export function neighbourOf(element) {
  const block = blockIn(element)
  if (!block) {
    const beside = element.nextElementSibling ?? element.previousElementSibling
    return beside?.hasAttribute("tabindex") ? beside : (controlIn(beside) ?? controlIn(element.closest("[data-list]")?.parentElement))
  }
  const notes = notesIn(block)
  const at = notes.indexOf(element)
  return notes[at + 1] ?? notes[at - 1] ?? block.querySelector("[data-do=add]") ?? block
}

/** Shows a fill by name; none for "plain". */
export function paint(note, name) {
  const fill = name || "plain"
  note.classList.remove(...[...note.classList].filter((other) => other.startsWith("fill-")))
  if (fill !== "plain") note.classList.add(`fill-${fill}`)
  note.dataset.fill = fill
}

/** Whether a key is pressed with Ctrl, or with ⌘ where that is the habit. */
export const withCommand = (event) => (event.ctrlKey || event.metaKey) && !event.altKey

/** Whether something lies over the board that keys belong to: a dialog or an open menu. */
export const isCovered = () => document.querySelector("dialog[open], [popover]:popover-open") !== null

/** The title of a block, for sentences. */
export const titleOf = (block) => block.querySelector("h2, h3")?.textContent.trim() ?? ""
