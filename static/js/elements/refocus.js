/**
 * What htmx draws anew (a sheet's head, the list of people) may have held the focus: it goes back to the
 * like of what had it, out of a menu to what opens the menu, or to what stands in its place: the first control of what is
 * around it. Boards see to that themselves (htmx/patch.js).
 */
import { selectorFor } from "../htmx/patch.js"
import { controlIn, focusQuietly } from "../lib/dom.js"

let held = null // { element, ways, around }: what has the focus, selectors of its likes, and ids of what stands around it

export function startRefocus() {
  document.addEventListener("focusin", ({ target }) => (held = { element: target, ways: waysTo(target), around: around(target) }))
  document.addEventListener("focusout", () => setTimeout(letGo))
  document.body.addEventListener("htmx:oobAfterSwap", giveBack)
  document.body.addEventListener("htmx:afterSettle", giveBack)
}

/** Selectors of an element and of what stands for it, the best first. */
export function waysTo(element) {
  const like = selectorFor(element)
  const around = element.parentElement?.closest("[id]:not([popover])")
  const menu = element.closest("[popover]")
  return [
    like && (around ? `#${CSS.escape(around.id)} ${like}` : like),
    menu && `[popovertarget="${CSS.escape(menu.id)}"]`,
  ].filter(Boolean)
}

/** The ids of what an element stands in, the nearest first, as far as the page's own parts. */
function around(element) {
  const ids = []
  for (let box = element.parentElement?.closest("[id]"); box && box.localName !== "main"; box = box.parentElement?.closest("[id]")) ids.push(box.id)
  return ids
}

/** Somebody let the focus go on purpose: what had it is still there. */
function letGo() {
  if (held?.element.isConnected && document.activeElement === document.body) held = null
}

function giveBack() {
  if (!held || held.element.isConnected || document.activeElement !== document.body) return
  for (const way of held.ways) {
    focusQuietly(document.querySelector(way))
    if (document.activeElement !== document.body) return
  }
  for (const id of held.around) {
    const box = document.getElementById(id)
    if (box?.matches("[popover]")) continue
    focusQuietly(controlIn(box))
    if (document.activeElement !== document.body) return
  }
}
