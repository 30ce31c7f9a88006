/**
 * One sheet prints on one page with all of its notes: a crowded block is set in more columns and in
 * smaller type, at last without marks, until they fit. What does not fit even then follows on the next
 * page, headed by the block's name; the block says how many.
 */
import { fitType, forgetType } from "../lib/fitting.js"
import { titleOf } from "../lib/dom.js"
import { text } from "../lib/texts.js"
import { crowd, pause, resume, showAll } from "./density.js"

const POINT = 96 / 72
const TYPES = [8, 7.5, 7, 6.5, 6, 5.5].map((points) => points * POINT) // smaller than that nobody reads
const COLUMN = 12 // a column's least width, in its own type
const PAGE = "279mm" // the long side of A4 without its margins, as in print.css

export function startPrinting() {
  window.addEventListener("beforeprint", () => {
    pause()
    asOnPaper(() => {
      const full = blocks().filter((block) => !setSmall(block))
      document.querySelectorAll(".sheet > .blocks").forEach((grid) => {
        const here = full.filter((block) => grid.contains(block))
        if (here.length && !giveRoom(grid)) here.forEach(crowd)
      })
    })
    document.querySelectorAll(".sheet").forEach(addRest)
  })
  window.addEventListener("afterprint", () => {
    document.querySelectorAll(".print-rest").forEach((rest) => rest.remove())
    blocks().forEach(setBack)
    document.querySelectorAll("[data-print-rows]").forEach((grid) => delete grid.dataset.printRows)
    resume()
  })
}

const blocks = () => [...document.querySelectorAll(".sheet .block[data-block]:has(> [data-list])")]

/** While `measure` runs, the page has the rules and the width of the paper: before a print it still has the screen's. */
function asOnPaper(measure) {
  const rules = [...document.styleSheets].flatMap(printRules)
  const sheets = [...document.querySelectorAll(".sheet")]
  rules.forEach((rule) => (rule.media.mediaText = "all"))
  sheets.forEach((sheet) => (sheet.style.inlineSize = PAGE))
  try {
    measure()
  } finally {
    rules.forEach((rule) => (rule.media.mediaText = "print"))
    sheets.forEach((sheet) => sheet.style.removeProperty("inline-size"))
  }
}

function printRules(group) {
  return [...(group.cssRules ?? [])].flatMap((rule) => (rule.media?.mediaText === "print" ? [rule] : printRules(rule)))
}

/** Whether all notes of a block fit, in the largest type that allows it. */
function setSmall(block) {
  showAll(block)
  const list = block.querySelector("[data-list]")
  const own = getComputedStyle(list).gridTemplateColumns.split(" ").length
  block.dataset.print = ""
  if (fitType(block, list, { types: TYPES, column: COLUMN, own })) return true
  block.dataset.density = "compact" // words before marks
  return fitType(block, list, { types: TYPES, column: COLUMN, own })
}

/** Lets full rows take the height that others have left over; whether that is enough. */
function giveRoom(grid) {
  grid.dataset.printRows = ""
  const isEnough = grid.scrollHeight <= grid.clientHeight + 1
  if (!isEnough) delete grid.dataset.printRows
  return isEnough
}

/** What has no room on a sheet follows it, block by block. */
function addRest(sheet) {
  const full = [...sheet.querySelectorAll(".block:has([data-overflow])")]
  if (!full.length) return
  const rest = document.createElement("section")
  rest.className = "print-rest"
  rest.append(headed("h2", sheet.querySelector(".sheet-head h2")?.textContent ?? ""), ...full.flatMap(restOf))
  sheet.after(rest)
}

function restOf(block) {
  const waiting = [...block.querySelectorAll("[data-overflow]")]
  const list = document.createElement("ul")
  block.querySelector("[data-more]").textContent = text("more-follows", { n: waiting.length })
  list.className = "notes"
  list.append(...waiting.map(picture))
  return [headed("h3", titleOf(block)), list]
}

/** A note as it looks: nothing that the board would take for the note itself. */
function picture(note) {
  const copy = note.cloneNode(true)
  for (const { name } of [...copy.attributes]) if (name !== "class") copy.removeAttribute(name)
  copy.querySelector(".note-actions")?.remove()
  return copy
}

function headed(level, words) {
  const heading = document.createElement(level)
  heading.textContent = words
  return heading
}

function setBack(block) {
  delete block.dataset.print
  forgetType(block)
}
