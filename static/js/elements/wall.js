/**
 * What has no room on the wall is never scrolled and never silent: rows come closer (`data-density`), then the last ones
 * of each list wait behind a loud "+4 more". The last list of a box gives way first, down to `data-wall-list="2"` rows.
 * "+4 more" shows its part large (js/elements/room.js); where even that is too small, it turns to the rows that wait.
 *
 *     <div data-wall-fit><section data-wall-part="talk">
 *       <header>…<button data-wall-more hidden></button></header><ul data-wall-list="2">…</ul>
 */
import { overflows } from "../lib/fitting.js"
import { text } from "../lib/texts.js"

const DENSITIES = ["close", "snug"]
const boxes = () => document.querySelectorAll("[data-wall-fit]")
const largePart = () => document.querySelector("[data-wall-part].is-large")
let first = 0 // the row with which the large part begins

export function startWall() {
  if (!document.querySelector(".page-room")) return
  fitAll()
  window.addEventListener("resize", fitAll)
  document.fonts.ready.then(fitAll)
  document.body.addEventListener("htmx:afterSwap", fitAll)
  document.body.addEventListener("htmx:afterSettle", fitAll) // which puts attributes back as they were sent
  document.addEventListener("room:large", () => {
    first = 0
    fitAll()
  })
  document.addEventListener("click", turn, true)
}

function fitAll() {
  boxes().forEach(fit)
  const part = largePart()
  if (part) fitLarge(part)
}

function fit(box) {
  const lists = [...box.querySelectorAll("[data-wall-list]")]
  lists.forEach((list) => count(list, [...list.children]))
  if (setCloser(box)) return
  for (const list of lists.reverse()) {
    for (let shown = list.children.length - 1; overflows(box) && shown >= least(list); shown--) {
      count(list, [...list.children].slice(0, shown))
    }
  }
}

/** A part that has the whole wall: all of its rows, or as many as fit from the first one on. */
function fitLarge(part) {
  const list = part.querySelector("[data-wall-list]")
  if (!list) return setCloser(part)
  const rows = [...list.children]
  if (first >= rows.length) first = 0
  count(list, rows.slice(first))
  if (setCloser(part)) return
  for (let end = rows.length - 1; overflows(part) && end > first; end--) count(list, rows.slice(first, end))
}

/** Sets a box closer until all of it fits; says whether it does. */
function setCloser(box) {
  box.removeAttribute("data-density")
  for (const density of DENSITIES) {
    if (!overflows(box)) return true
    box.dataset.density = density
  }
  return !overflows(box)
}

/** On a part that is large already, "+4 more" leads to the rows behind those in sight, and from the last to the first. */
function turn(event) {
  const part = event.target.closest("[data-wall-more]")?.closest(".is-large")
  if (!part) return
  event.stopPropagation()
  const rows = [...part.querySelector("[data-wall-list]").children]
  first = rows.findLastIndex((row) => !row.hidden) + 1
  fitLarge(part)
}

const least = (list) => Number(list.dataset.wallList) || 1

/** Shows some of a list's rows and counts the others. */
function count(list, shown) {
  for (const row of list.children) row.hidden = !shown.includes(row)
  const waiting = list.children.length - shown.length
  const more = list.closest("section").querySelector("[data-wall-more]")
  more.hidden = waiting === 0
  more.textContent = waiting ? text("more", { n: waiting }) : ""
}
