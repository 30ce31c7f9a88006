/**
 * The map of ideas: a mark is moved up and down, by hand or by the arrow keys, and its importance is what its row says.
 * To the side it cannot be moved: evidence follows from learning cards. Whatever moves it presses the button of its menu
 * that says the same. A finger scrolls the page, and carries a mark on which it has rested for a moment, as it carries
 * notes (drag.js). Left and right walk from mark to mark; Esc puts back what is carried.
 *
 *     <div data-idea-map data-says="Importance {n}"><span class="map-step" data-importance="5">…
 *     <li data-idea="…" data-importance="3" data-moves><button class="map-mark">…</button> … <form class="map-importance">
 */
import { announce } from "../lib/texts.js"
import { scrollNear } from "./autoscroll.js"

const FAR_ENOUGH = 6
const LONG_PRESS = 400
const LEAST = 1
const MOST = 5
const MARK = "[data-idea-map] .map-mark"

let carried = null // { mark, pointer, y, isFinger, isLifted, aim }; y is where it was pressed, on the page

export function startIdeaMap() {
  if (!document.getElementById("idea-board")) return
  document.addEventListener("pointerdown", pressed)
  document.addEventListener("pointermove", moved)
  document.addEventListener("pointerup", () => finish(true))
  document.addEventListener("pointercancel", () => finish(false))
  document.addEventListener("contextmenu", (event) => carried?.isFinger && event.preventDefault()) // a resting finger asks for one
  // Only a finger that carries a mark keeps the page from scrolling; the listener must be able to say so.
  document.addEventListener("touchmove", (event) => carried?.isLifted && event.preventDefault(), { passive: false })
  document.addEventListener("keydown", keyed, true)
  document.body.addEventListener("outbox:answered", ({ detail }) => detail.outcome !== "done" && showTruth())
  document.body.addEventListener("htmx:responseError", ({ target }) => target.closest("[data-idea-map]") && showTruth())
}

const ideaOf = (mark) => mark.closest("[data-idea]")
const importanceOf = (mark) => Number(ideaOf(mark).dataset.importance)
const rows = () => [...document.querySelectorAll("[data-idea-map] .map-step[data-importance]")]

function pressed(event) {
  const mark = event.target.closest?.(MARK)
  if (!mark || carried || event.button || ideaOf(mark).dataset.moves === undefined) return
  const { pointerId: pointer, clientX: x, clientY, pointerType } = event
  carried = { mark, pointer, x, y: clientY + scrollY, isFinger: pointerType === "touch", isLifted: false, aim: null }
  if (carried.isFinger) carried.timer = setTimeout(lift, LONG_PRESS)
}

function moved(event) {
  if (event.pointerId !== carried?.pointer) return
  const { clientX, clientY } = event
  if (!carried.isLifted) {
    const along = carried.isFinger ? clientX - carried.x : 0
    if (Math.hypot(along, clientY + scrollY - carried.y) < FAR_ENOUGH) return
    if (carried.isFinger) return finish(false) // it scrolls
    lift()
  }
  event.preventDefault()
  aim(clientY)
  scrollNear(clientX, clientY, (_x, y) => carried?.isLifted && aim(y))
}

function lift() {
  carried.isLifted = true
  carried.mark.classList.add("is-lifted")
}

/** The mark follows; of the rows, it is the one whose middle is nearest. */
function aim(y) {
  carried.mark.style.translate = `0 ${y + scrollY - carried.y}px`
  const far = (row) => Math.abs((row.getBoundingClientRect().top + row.getBoundingClientRect().bottom) / 2 - y)
  carried.aim = rows().reduce((nearest, row) => (far(row) < far(nearest) ? row : nearest))
  rows().forEach((row) => row.classList.toggle("is-aimed", row === carried.aim))
}

function finish(dropping) {
  if (!carried) return
  const { mark, isLifted, aim: row, timer } = carried
  carried = null
  clearTimeout(timer)
  if (!isLifted) return
  scrollNear(null)
  mark.classList.remove("is-lifted")
  mark.style.removeProperty("translate")
  rows().forEach((each) => each.classList.remove("is-aimed"))
  if (dropping && row && mark.isConnected) choose(mark, Number(row.dataset.importance))
  document.addEventListener("click", swallow, { capture: true, once: true })
  setTimeout(() => document.removeEventListener("click", swallow, true))
}

/** The click that ends a drag opens no menu. */
function swallow(event) {
  event.preventDefault()
  event.stopPropagation()
}

function keyed(event) {
  const { key, target } = event
  if (key === "Escape" && carried?.isLifted) return finish(false)
  const mark = target.closest?.(MARK)
  if (!mark || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const up = { ArrowUp: 1, ArrowDown: -1 }[key]
  const along = { ArrowRight: 1, ArrowLeft: -1 }[key]
  if (along) walk(mark, getComputedStyle(mark).direction === "rtl" ? -along : along)
  if (up && ideaOf(mark).dataset.moves !== undefined) choose(mark, importanceOf(mark) + up)
  if (along || up) event.preventDefault()
}

function walk(mark, along) {
  const marks = [...document.querySelectorAll(MARK)]
  marks[marks.indexOf(mark) + along]?.focus()
}

function choose(mark, importance) {
  const idea = ideaOf(mark)
  if (importance === importanceOf(mark) || importance < LEAST || importance > MOST) return
  idea.dataset.importance = importance // what the next press goes on from
  mark.classList.add("is-waiting")
  idea.querySelector(`.map-importance [value="${importance}"]`).click()
  announce(mark.closest("[data-idea-map]").dataset.says.replace("{n}", importance))
}

/** What was not taken lies where it lay: the region asks anew. */
function showTruth() {
  document.body.dispatchEvent(new CustomEvent("live:ideas", { bubbles: true }))
}
