/**
 * A block whose notes do not fit is set closer (`data-density="snug"`), then smaller and without
 * marks (`"compact"`); if they still do not fit, the last ones wait behind a loud "+4 more". Never a silent inner scroll bar.
 */
import { blockIn, isEditing, notesIn } from "../lib/dom.js"
import { forgetType, isTooLong } from "../lib/fitting.js"
import { oncePerFrame } from "../lib/timing.js"
import { text } from "../lib/texts.js"
import { fitLarge, isLarge } from "./room.js"

const due = new Set()
const heights = new WeakMap() // the field of a note that is written → how high it stood
let isPaused = false
const fitDue = oncePerFrame(() => {
  due.forEach(fit)
  due.clear()
})

export function startDensity() {
  const size = new ResizeObserver((entries) => later(entries.map((entry) => entry.target)))
  const content = new MutationObserver((changes) => later(changes.map((change) => blockIn(parentOf(change)))))
  for (const block of blocks()) {
    size.observe(block)
    content.observe(block.querySelector("[data-list]"), { childList: true, subtree: true, characterData: true })
  }
  document.addEventListener("input", ({ target }) => {
    const block = blockIn(target)
    if (block && hasGrown(target)) later([block])
  })
  document.addEventListener("click", (event) => {
    const more = event.target.closest("[data-more]")
    if (more && !more.closest(".page-room")) toggle(more.closest(".block"))
  })
}

/** From here until `resume` blocks stay as they are: they are about to be printed. */
export function pause() {
  isPaused = true
}

export function resume() {
  isPaused = false
  blocks().forEach(fit)
}

/** Shows all notes of a block at their full size. */
export function showAll(block) {
  block.querySelectorAll("[data-overflow]").forEach(show)
  block.removeAttribute("data-density")
  const more = block.querySelector("[data-more]")
  if (more) more.hidden = true
}

/** Lets the last notes of a block wait behind a loud "+4 more". */
export function crowd(block) {
  const more = block.querySelector("[data-more]")
  if (!more) return
  more.hidden = false
  hideLast(block.querySelector("[data-list]"), more)
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

const parentOf = ({ target }) => (target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement)

function later(some) {
  some.filter(Boolean).forEach((block) => due.add(block))
  fitDue()
}

/** Most letters leave a note as high as it was: to see that takes one layout, to fit its block anew takes five. */
function hasGrown(field) {
  const { offsetHeight } = field
  if (heights.get(field) === offsetHeight) return false
  heights.set(field, offsetHeight)
  return true
}

function fit(block) {
  const list = block.querySelector("[data-list]")
  const more = block.querySelector("[data-more]")
  if (isPaused || !block.clientHeight || !list) return
  const scrolled = list.scrollTop
  showAll(block)
  if (fitsSomehow(block, list)) return block.removeAttribute("data-expanded")
  if (!block.hasAttribute("data-expanded")) return crowd(block)
  more.hidden = false
  more.textContent = text("fewer")
  list.scrollTop = scrolled
}

/** A large block has its own type; any other comes closer together first, and only then loses its marks. */
function fitsSomehow(block, list) {
  if (isLarge(block)) return fitLarge(block, list)
  forgetType(block)
  if (!isTooLong(list)) return true
  return ["snug", "compact"].some((density) => {
    block.dataset.density = density
    return !isTooLong(list)
  })
}

function hideLast(list, more) {
  const all = notesIn(list)
  const waiting = all.filter(mayWait)
  const begun = all.findLastIndex((note) => note.matches("[data-editing][data-new]"))
  const notes = waiting.length < all.length ? waiting : waiting.slice(1) // one at least says what the block holds
  more.textContent = text("more", { n: notes.length })
  const hidden = begun < 0 ? hideBelow(list, notes) : hideFarFrom(all[begun], list, notes)
  more.textContent = text("more", { n: hidden })
  more.hidden = !hidden
}

function hideBelow(list, notes) {
  const edge = list.getBoundingClientRect().top + list.clientHeight
  const hidden = notes.filter((note) => note.getBoundingClientRect().bottom > edge + 1) // measured once, then hidden
  hidden.forEach(hide)
  const rest = notes.filter((note) => !note.hidden)
  while (isTooLong(list) && rest.length) {
    hidden.push(rest.at(-1))
    hide(rest.pop())
  }
  return hidden.length
}

/** Beside a note that is begun stand those nearest to it, what was saved last among them. */
function hideFarFrom(begun, list, notes) {
  const items = [...list.children]
  const at = items.indexOf(begun)
  const away = (note) => Math.abs(items.indexOf(note) - at)
  const nearest = notes.toSorted((one, other) => away(one) - away(other))
  notes.forEach(hide)
  let shown = 0
  for (const note of nearest) {
    show(note)
    if (isTooLong(list)) {
      hide(note)
      break
    }
    shown += 1
  }
  return notes.length - shown
}

/** What somebody works on stays in sight. */
function mayWait(note) {
  return !isEditing(note) && note !== document.activeElement && !note.matches(".is-lifted, .is-carried")
}

function hide(note) {
  note.hidden = true
  note.dataset.overflow = ""
}

function show(note) {
  note.hidden = false
  delete note.dataset.overflow
}
