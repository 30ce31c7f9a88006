/**
 * Makes `element` look like `fresh` and stay the same element: focus, selection marks and whatever
 * holds on to it (a drag, a menu) survive. What scripts hung on it stays.
 */
import { focusQuietly, isEditing } from "../lib/dom.js"

const OURS = ["is-selected", "is-lifted", "is-carried"] // classes that belong to this browser, not to the thing
/** What was said to this person on the thing stays until they close it; it is no part of how the thing looks. */
const isStaying = (child) => child.dataset?.stays !== undefined
const KEPT = new Set(["tabindex", "aria-selected", "data-current"])

export function patch(element, fresh) {
  const focus = rememberFocus(element)
  const words = rememberWords(element)
  const unfolded = rememberUnfolded(element)
  syncAttributes(element, fresh)
  const stays = isEditing(fresh) ? [] : [...element.children].filter(isStaying)
  const children = [...fresh.childNodes].filter((child) => !isStaying(child)).map((child) => document.importNode(child, true))
  for (const child of [...element.childNodes]) if (!stays.includes(child)) child.remove()
  element.prepend(...children)
  unfolded()
  words.forEach((keep) => keep())
  focus?.()
}

/** Copies what the stream may change under an open form: place, versions and other `data-`. */
export function patchData(element, fresh) {
  for (const { name, value } of fresh.attributes) {
    if (name.startsWith("data-") && name !== "data-version") element.setAttribute(name, value)
  }
}

function syncAttributes(element, fresh) {
  const classes = OURS.filter((name) => element.classList.contains(name))
  for (const { name } of [...element.attributes]) {
    if (!fresh.hasAttribute(name) && !KEPT.has(name)) element.removeAttribute(name)
  }
  for (const { name, value } of fresh.attributes) {
    if (KEPT.has(name) && element.hasAttribute(name)) continue
    if (element.getAttribute(name) !== value) element.setAttribute(name, value)
  }
  element.classList.add(...classes)
}

/** A function that gives focus back to the like of what held it inside, or null if nothing did. */
function rememberFocus(element) {
  const active = document.activeElement
  if (!active || active === element || !element.contains(active)) return null
  const alike = selectorFor(active)
  return () => {
    focusQuietly(element) // only then its buttons show
    focusQuietly(alike && element.querySelector(alike))
  }
}

/**
 * What somebody has begun to type in fields marked `data-keeps` (each with an id), as functions that put it back: into
 * the like of its field, or, where that is not asked any more, with the whole form it stands in.
 */
function rememberWords(element) {
  const begun = [...element.querySelectorAll("[data-keeps]")].filter((field) => field.value !== field.defaultValue)
  return begun.map((field) => {
    const { value, selectionStart, selectionEnd } = field
    const home = field.form?.parentElement?.closest("[id]")?.id
    return () => {
      const like = element.querySelector(`#${CSS.escape(field.id)}`)
      if (!like) return (element.querySelector(`#${CSS.escape(home ?? "")}`) ?? element).append(field.form ?? field)
      like.value = value
      like.setSelectionRange(selectionStart, selectionEnd)
    }
  })
}

/** A function that unfolds again what somebody had unfolded. */
function rememberUnfolded(element) {
  const likes = [...element.querySelectorAll("details[open][id]")].map(({ id }) => `#${CSS.escape(id)}`)
  return () => likes.forEach((like) => element.querySelector(like)?.setAttribute("open", ""))
}

/** A selector that finds the like of a control in a fresh drawing of the same thing, or null. */
export function selectorFor(control) {
  if (control.id) return `#${CSS.escape(control.id)}`
  if (control.matches("details[id] > summary")) return `#${CSS.escape(control.parentElement.id)} > summary`
  for (const name of ["data-do", "name", "hx-post", "hx-get", "href", "aria-label"]) {
    const value = control.getAttribute(name)
    if (value) return `${control.localName}[${name}="${CSS.escape(value)}"]`
  }
  return null
}
