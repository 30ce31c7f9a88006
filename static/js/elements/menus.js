/**
 * `#popover` and `#dialog`: htmx fills them (`hx-target="#popover"`), then they open; closing
 * gives focus back to where they were asked for, or to its note.
 */
import { selectorFor } from "../htmx/patch.js"
import { focusQuietly, neighbourOf, noteElement, noteIn, takesText } from "../lib/dom.js"
import { enterBar } from "./selection-bar.js"

let opener = null // { element, note, like, beside }: what the open layer was asked for by, and where its like is found; isLeftFor: nobody was there
const asked = new Map() // layer → { request, opener }: what was asked for last, by whom

export function startMenus() {
  document.body.addEventListener("htmx:beforeSend", ({ detail }) => asks(detail))
  document.body.addEventListener("htmx:afterSwap", ({ detail }) => opened(detail))
  document.getElementById("popover")?.addEventListener("toggle", ({ newState, target }) => newState === "closed" && closed(target))
  document.getElementById("dialog")?.addEventListener("close", ({ target }) => closed(target))
  document.addEventListener("keydown", walk)
  document.addEventListener("keydown", givenUp)
  document.getElementById("popover")?.addEventListener("submit", ({ currentTarget }) => currentTarget.hidePopover()) // done with it
  document.addEventListener("submit", ({ target }) => target.matches(".menu-ask") && target.closest("[popover]")?.hidePopover()) // answered
  document.getElementById("popover")?.addEventListener("toggle", unfolded, true)
  document.addEventListener("keydown", menuKey)
}

const isLayer = (target) => target?.id === "popover" || target?.id === "dialog"

/** Who asks for another menu while the first is on its way has changed their mind. */
function asks({ target, elt, xhr }) {
  if (!isLayer(target)) return
  asked.get(target)?.xhr.abort()
  asked.set(target, { xhr, opener: target.contains(elt) ? opener : openerOf(elt), held: document.activeElement })
}

/** Read before the answer comes: until then it may be drawn anew. */
function openerOf(element) {
  const id = noteIn(element)?.dataset.note ?? element.closest("[data-for-note]")?.dataset.forNote
  return { element, note: id, like: selectorFor(element), beside: id && neighbourOf(noteElement(id)) }
}

function opened({ target, xhr }) {
  if (!isLayer(target)) return
  const request = asked.get(target)
  if (!request && !xhr) return question(target)
  if (request?.xhr !== xhr) return
  asked.delete(target)
  if (hasGoneOnTyping(request.held)) return
  opener = request.opener
  if (target.id === "dialog" && !target.open) target.showModal()
  if (target.id === "popover" && !target.matches(":popover-open")) {
    target.showPopover()
    placeBeside(target, openerNow() ?? document.body)
    target.querySelector("button, a, input, summary")?.focus()
  }
}

/** Who has begun to write while a menu was on its way wants it no more: it would take their next letters. */
function hasGoneOnTyping(held) {
  const { activeElement } = document
  return activeElement !== held && takesText(activeElement) && !activeElement.closest("[popover], dialog")
}

/** The answer to a change may be a question about its note. Nobody asked for it; the note is hidden while it is deleted. */
function question(layer) {
  const about = layer.querySelector("[data-for-note]")
  if (!about || layer.id !== "dialog" || layer.open) return
  opener = { element: null, note: about.dataset.forNote, like: null, beside: document.activeElement, isLeftFor: true }
  layer.showModal()
}

function placeBeside(menu, element) {
  const box = element.getBoundingClientRect()
  const { width, height } = menu.getBoundingClientRect()
  const left = Math.min(Math.max(8, box.right - width), innerWidth - width - 8)
  const top = box.bottom + height + 8 > innerHeight ? Math.max(8, box.top - height - 4) : box.bottom + 4
  Object.assign(menu.style, { position: "fixed", inset: "auto", left: `${left}px`, top: `${top}px`, margin: "0" })
}

/** A part of the menu was unfolded: it moves up as far as it must to stay whole on the screen. */
function unfolded({ currentTarget: menu, target }) {
  if (target === menu || !menu.style.top) return
  const most = innerHeight - menu.getBoundingClientRect().height - 8
  menu.style.top = `${Math.max(8, Math.min(parseFloat(menu.style.top), most))}px`
  target.scrollIntoView({ block: "nearest" })
}

/** A menu keeps its content: a request that one of its buttons made still needs the button. */
function closed(layer) {
  const lost = opener?.isLeftFor || document.activeElement === document.body || layer.contains(document.activeElement)
  if (lost) returnFocus()
  if (layer.localName === "dialog") layer.replaceChildren()
}

/** To the note first, for only then its buttons show; it may have been drawn anew meanwhile, or deleted. */
function returnFocus() {
  const found = noteElement(opener?.note)
  const isDeleted = !found || (found.hidden && found.dataset.overflow === undefined)
  const note = isDeleted ? opener?.beside : found
  focusQuietly(note)
  focusQuietly(openerNow(note))
}

/** What asked for the layer; when it was drawn anew, its like in the note, or wherever what has an id of its own stands. */
function openerNow(note = noteElement(opener?.note)) {
  const { element, like } = opener ?? {}
  if (element?.isConnected || !like) return element?.isConnected ? element : null
  return note?.querySelector(like) ?? (like.startsWith("#") ? document.querySelector(like) : null)
}

/** Arrows walk through the menu in which one is, or which one has opened; in a text field they keep their meaning. */
function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step || event.target.matches("input, textarea, select")) return
  const menu = event.target.closest("[popover]") ?? event.target.popoverTargetElement
  if (!menu?.matches(":popover-open")) return
  const items = [...menu.querySelectorAll("button:not([disabled]), summary, a, input")].filter((item) => item.checkVisibility())
  const at = items.indexOf(document.activeElement)
  const next = items[((at < 0 && step < 0 ? 0 : at) + step + items.length) % items.length]
  event.preventDefault()
  next?.focus()
}

/** Esc gives up a form that stands in the place of what it changes, as its own *Cancel* does. */
function givenUp(event) {
  if (event.key === "Escape" && !event.isComposing) event.target.closest?.("form.edit-words")?.querySelector("[data-cancel]")?.click()
}

function menuKey(event) {
  const asks = event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)
  const note = asks && noteIn(event.target)
  if (!note) return
  event.preventDefault()
  if (!enterBar(note)) note.querySelector(".more-for-note")?.click()
}
