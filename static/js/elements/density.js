/**
 * A block whose notes do not fit is set smaller (`data-density="compact"`); if they still do not
 * fit, the last ones wait behind a loud "+4 more". Never a silent inner scroll bar.
 */
import { isEditing, notesIn } from "../lib/dom.js"
import { oncePerFrame } from "../lib/timing.js"
import { text } from "../lib/texts.js"

const due = new Set()
const fitDue = oncePerFrame(() => {
  due.forEach(fit)
  due.clear()
})

export function startDensity() {
  const watcher = new ResizeObserver((entries) => later(entries.map((entry) => entry.target)))
  blocks().forEach((block) => watcher.observe(block))
  document.body.addEventListener("upsert:done", () => later(blocks()))
  document.addEventListener("focusin", ({ target }) => target.closest?.("[data-overflow]") && later(blocks()))
  document.addEventListener("click", (event) => {
    const more = event.target.closest("[data-more]")
    if (more && !more.closest(".page-room")) toggle(more.closest(".block"))
  })
}

/** Shows all notes of a block, for whoever wants to do something with all of them. */
export function expand(block) {
  if (!block.querySelector("[data-overflow]")) return
  block.setAttribute("data-expanded", "")
  fit(block)
}

function toggle(block) {
  const hidden = block.querySelector("[data-overflow]")
  block.toggleAttribute("data-expanded")
  fit(block)
  if (block.hasAttribute("data-expanded")) hidden?.focus()
}

const blocks = () => [...document.querySelectorAll(".block[data-block]:has(> [data-more])")]

function later(some) {
  some.forEach((block) => due.add(block))
  fitDue()
}

function fit(block) {
  const list = block.querySelector("[data-list]")
  const more = block.querySelector("[data-more]")
  if (!block.clientHeight || !list) return
  block.querySelectorAll("[data-overflow]").forEach(show)
  block.removeAttribute("data-density")
  more.hidden = true
  if (!overflows(list)) return block.removeAttribute("data-expanded")
  block.dataset.density = "compact"
  if (!overflows(list)) return block.removeAttribute("data-expanded")
  more.hidden = false
  if (block.hasAttribute("data-expanded")) {
    more.textContent = text("fewer")
    return
  }
  hideLast(list, more)
}

function hideLast(list, more) {
  const notes = notesIn(list).filter((note) => !isEditing(note) && note !== document.activeElement && !note.matches(".is-lifted, .is-carried"))
  let hidden = 0
  more.textContent = text("more", { n: notes.length })
  while (overflows(list) && notes.length) {
    hide(notes.pop())
    hidden += 1
  }
  more.textContent = text("more", { n: hidden })
  more.hidden = !hidden
}

function overflows(list) {
  return list.scrollHeight > list.clientHeight + 2
}

function hide(note) {
  note.hidden = true
  note.dataset.overflow = ""
}

function show(note) {
  note.hidden = false
  delete note.dataset.overflow
}
