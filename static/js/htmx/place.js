/**
 * Puts an element into its list by `(data-rank, id)` without disturbing whoever types in it.
 *
 * `moveBefore` moves a node with its focus, caret and selection. While an input method composes a
 * word, and in browsers without `moveBefore`, an element holding focus waits where it is and is
 * moved when it is left.
 */
import { focusQuietly } from "../lib/dom.js"
import { byRank } from "../lib/rank.js"

const waiting = new Set()
let composing = null

document.addEventListener("compositionstart", (event) => { composing = event.target })
document.addEventListener("compositionend", () => {
  composing = null
  queueMicrotask(placeWaiting)
})
document.addEventListener("focusout", () => setTimeout(placeWaiting))

export function place(element, list) {
  const next = successor(element, list)
  if (element.parentElement === list && inOrder(element, list)) {
    waiting.delete(element)
    return
  }
  if (mustStay(element)) {
    waiting.add(element)
    return
  }
  waiting.delete(element)
  move(element, list, next)
}

/** Moves `element` before `next` (null: to the end), keeping its focus where the browser can. */
export function move(element, list, next) {
  if (list.moveBefore && element.isConnected) {
    list.moveBefore(element, next)
    return
  }
  const focused = element.contains(document.activeElement) ? document.activeElement : null
  list.insertBefore(element, next)
  focusQuietly(focused)
}

function mustStay(element) {
  const active = document.activeElement
  if (!element.isConnected || !active || !element.contains(active)) return false
  return composing !== null ? element.contains(composing) : !("moveBefore" in Element.prototype) && active !== element
}

function placeWaiting() {
  for (const element of [...waiting]) {
    const list = document.querySelector(`[data-list="${CSS.escape(element.dataset.notes ?? "")}"]`)
    if (element.isConnected && list) place(element, list)
    else waiting.delete(element)
  }
}

function successor(element, list) {
  return ranked(list).find((other) => other !== element && !waiting.has(other) && byRank(element, other) < 0) ?? null
}

function inOrder(element, list) {
  const settled = ranked(list).filter((other) => other === element || !waiting.has(other))
  const at = settled.indexOf(element)
  const before = settled[at - 1]
  const after = settled[at + 1]
  return (!before || byRank(before, element) < 0) && (!after || byRank(element, after) < 0)
}

function ranked(list) {
  return [...list.children].filter((child) => child.dataset.rank !== undefined)
}
