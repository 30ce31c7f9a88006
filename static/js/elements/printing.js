/**
 * One sheet prints on one page with all of its notes: a crowded block is set in more columns and in
 * smaller type, at last without marks, until they fit. Only what does not fit even then is counted, "+4 more".
 */
import { crowd, pause, resume, showAll } from "./density.js"

const TYPES = [8, 7.5, 7, 6.5, 6, 5.5] // points; smaller than that nobody reads
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
  })
  window.addEventListener("afterprint", () => {
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
  const steps = TYPES.flatMap((type) => columnsFor(list, type, own).map((columns) => ({ type, columns })))
  block.dataset.print = ""
  for (const density of ["", "compact"]) {
    if (density) block.dataset.density = density // words before marks
    for (const { type, columns } of steps) {
      block.style.setProperty("--print-type", `${type}pt`)
      block.style.setProperty("--print-columns", columns)
      if (list.scrollHeight <= list.clientHeight + 1) return true
    }
  }
  return false
}

/** Lets full rows take the height that others have left over; whether that is enough. */
function giveRoom(grid) {
  grid.dataset.printRows = ""
  const isEnough = grid.scrollHeight <= grid.clientHeight + 1
  if (!isEnough) delete grid.dataset.printRows
  return isEnough
}

/** How many columns a list may have in this type: its own number first, then more as there is width. */
function columnsFor(list, type, own) {
  const fitting = Math.floor(list.clientWidth / (((type * 96) / 72) * COLUMN))
  return [own, ...[1, 2, 3, 4, 5].filter((columns) => columns > own && columns <= fitting)]
}

function setBack(block) {
  delete block.dataset.print
  block.style.removeProperty("--print-type")
  block.style.removeProperty("--print-columns")
}
