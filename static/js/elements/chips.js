/**
 * The phone shows one block: chips choose it, the field at the bottom writes into it and stays above
 * the keyboard. Also counts the notes on every chip.
 */
import { notesIn, titleOf } from "../lib/dom.js"
import { oncePerFrame } from "../lib/timing.js"
import { session } from "../lib/storage.js"
import { text } from "../lib/texts.js"

const kept = () => `block:${document.body.dataset.place ?? ""}${location.pathname}`

export function startChips() {
  document.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-show-block]")
    if (!chip) return
    event.preventDefault()
    choose(chip)
  })
  const count = oncePerFrame(countNotes)
  document.body.addEventListener("upsert:done", count)
  count()
  const chips = [...document.querySelectorAll("[data-show-block]")]
  const asked = location.hash.slice(1) || session.get(kept())
  const first = chips.find((chip) => chip.hash.slice(1) === asked) ?? chips.find((chip) => chip.ariaCurrent === "true") ?? chips[0]
  if (first) choose(first)
  window.visualViewport?.addEventListener("resize", aboveKeyboard)
  window.visualViewport?.addEventListener("scroll", aboveKeyboard)
}

function choose(chip) {
  const block = blockOf(chip)
  if (!block) return
  for (const other of document.querySelectorAll("[data-show-block]")) other.removeAttribute("aria-current")
  chip.setAttribute("aria-current", "true")
  for (const other of document.querySelectorAll(".blocks > [data-current]")) other.removeAttribute("data-current")
  block.setAttribute("data-current", "")
  const composer = document.querySelector("form[data-composer-phone]")
  if (composer) {
    composer.elements.block.value = block.dataset.block
    composer.elements.text.placeholder = text("new-note-in", { block: titleOf(block) })
  }
  session.set(kept(), chip.hash.slice(1))
  centre(chip)
}

/** Moves the strip of chips alone: the page stays where it is. */
function centre(chip) {
  const strip = chip.parentElement
  const [one, all] = [chip, strip].map((element) => element.getBoundingClientRect())
  strip.scrollBy({ left: one.left + one.width / 2 - all.left - all.width / 2 })
}

function blockOf(chip) {
  return document.getElementById(chip.hash.slice(1))?.closest(".block[data-block]") ?? null
}

function countNotes() {
  for (const count of document.querySelectorAll("[data-count]")) {
    const list = document.querySelector(`[data-list="${CSS.escape(count.dataset.count)}"]`)
    if (list) count.textContent = notesIn(list).length + list.querySelectorAll("[data-overflow]").length
  }
}

/** Where the keyboard covers the page instead of shrinking it, style lifts the field by this much. */
function aboveKeyboard() {
  const { height, offsetTop } = window.visualViewport
  const covered = Math.max(0, window.innerHeight - height - offsetTop)
  document.documentElement.style.setProperty("--keyboard", `${Math.round(covered)}px`)
}
