/**
 * What htmx draws anew (a sheet's head, the list of people) may have held the focus: it goes back to the
 * like of what had it or, out of a menu, to what opens the menu. Boards see to that themselves (htmx/patch.js).
 */
import { selectorFor } from "../htmx/patch.js"
import { focusQuietly } from "../lib/dom.js"

let held = null // { element, ways }: what has the focus, and selectors of what may have it instead

export function startRefocus() {
  document.addEventListener("focusin", ({ target }) => (held = { element: target, ways: waysTo(target) }))
  document.addEventListener("focusout", () => setTimeout(letGo))
  document.body.addEventListener("htmx:oobAfterSwap", giveBack)
  document.body.addEventListener("htmx:afterSettle", giveBack)
}

function waysTo(element) {
  const like = selectorFor(element)
  const around = element.parentElement?.closest("[id]:not([popover])")
  const menu = element.closest("[popover]")
  return [
    like && (around ? `#${CSS.escape(around.id)} ${like}` : like),
    menu && `[popovertarget="${CSS.escape(menu.id)}"]`,
  ].filter(Boolean)
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
}
