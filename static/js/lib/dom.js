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
  element?.focus({ preventScroll: true })
}

export const noteIn = (element) => element?.closest?.(".note[data-note]") ?? null
export const blockIn = (element) => element?.closest?.(".block[data-block]") ?? null
export const noteElement = (id) => document.getElementById(`note-${id}`)
export const listOf = (canvas, block) => document.querySelector(`[data-list="${CSS.escape(`${canvas}:${block}`)}"]`)
export const isEditing = (note) => Boolean(note?.hasAttribute("data-editing"))

/** The notes of a list a person can see and reach, in order. */
export function notesIn(container) {
  return [...container.querySelectorAll(".note[data-note]")].filter((note) => !note.hidden)
}

/** What may be done on this page: `<main data-can="write comment take">`. */
export function can(right) {
  const main = document.querySelector("main[data-can]")
  return Boolean(main) && main.dataset.can.split(" ").includes(right)
}

/** Where focus goes when `element` leaves: the next note, else the one before, else its block. */
export function neighbourOf(element) {
  const block = blockIn(element)
  if (!block) return null
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
