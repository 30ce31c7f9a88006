/**
 * What has no room on the wall is never scrolled and never silent: rows come closer (`data-density`), then the last ones
 * of each list wait behind a loud "+4 more". The last list of a box gives way first, down to `data-wall-list="2"` rows.
 *
 *     <div data-wall-fit><section><header>…<p data-wall-more hidden></p></header><ul data-wall-list="2">…</ul></section></div>
 */
import { overflows } from "../lib/fitting.js"
import { text } from "../lib/texts.js"

const DENSITIES = ["close", "snug"]
const boxes = () => document.querySelectorAll("[data-wall-fit]")

export function startWall() {
  if (!document.querySelector(".page-room")) return
  const fitAll = () => boxes().forEach(fit)
  fitAll()
  window.addEventListener("resize", fitAll)
  document.fonts.ready.then(fitAll)
  document.body.addEventListener("htmx:afterSwap", fitAll)
}

function fit(box) {
  const lists = [...box.querySelectorAll("[data-wall-list]")]
  lists.forEach((list) => count(list, [...list.children]))
  box.removeAttribute("data-density")
  for (const density of DENSITIES) {
    if (!overflows(box)) return
    box.dataset.density = density
  }
  for (const list of lists.reverse()) {
    for (let shown = list.children.length - 1; overflows(box) && shown >= least(list); shown--) {
      count(list, [...list.children].slice(0, shown))
    }
  }
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
