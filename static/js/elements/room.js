/**
 * The room screen (`.page-room`): 1–9, a click or Enter on a block, or on a part of a comparison or an outcome
 * (`data-wall-part`), shows it large, Esc or the same again goes back. What is large stays so while its region is fetched
 * anew. That the screen follows the facilitator is plain htmx, on the topic `room`.
 */
import { blockIn, takesText } from "../lib/dom.js"
import { fitType } from "../lib/fitting.js"
import { isSwitchedOff } from "../lib/keys.js"

const TYPES = [2, 1.75, 1.5, 1.3, 1.15, 1, 0.9] // rem, which grow with the wall
const COLUMN = 14

export function startRoom() {
  if (!document.querySelector(".page-room")) return
  const prepare = () => blocks().forEach((block) => (block.tabIndex = 0))
  prepare()
  for (const drawn of ["htmx:afterSwap", "htmx:afterSettle"]) {
    document.body.addEventListener(drawn, () => {
      prepare()
      blocks().find((block) => largePart && block.dataset.wallPart === largePart)?.classList.add("is-large")
    })
  }
  document.addEventListener("keydown", (event) => {
    if (takesText(event.target) || event.ctrlKey || event.metaKey || event.altKey || isSwitchedOff(event)) return
    if (event.key === "Escape") enlarge(null)
    else if (event.key === "Enter" && !event.target.closest("a, button")) enlarge(partIn(event.target) ?? blockIn(event.target))
    else if (/^[1-9]$/.test(event.key)) enlarge(blocks()[Number(event.key) - 1])
  })
  document.addEventListener("click", (event) => {
    if (event.target.closest("a, button:not([data-more], [data-wall-more])")) return
    enlarge(partIn(event.target) ?? event.target.closest(".block[data-block]"))
  })
}

export const isLarge = (block) => block.classList.contains("is-large")

/** Sets a block that is shown large so that the back row reads all of it; whether all of it fits. */
export function fitLarge(block, list) {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
  return fitType(block, list, { types: TYPES.map((size) => size * rem), column: COLUMN })
}

/** Says above a block's title which sheet it is of: the sheet's own head lies under it. */
function nameSheetOf(block) {
  const head = block.querySelector(":scope > header")
  const sheet = block.closest(".sheet")?.querySelector(".sheet-head h2")
  if (head && sheet) head.dataset.of = sheet.textContent.trim()
}

const blocks = () => [...document.querySelectorAll(".page-room :is(.block[data-block], [data-wall-part])")]
const partIn = (element) => element.closest("[data-wall-part]")
let largePart = "" // the name of the part that is shown large

function enlarge(block) {
  const wasLarge = block && isLarge(block)
  blocks().forEach((other) => other.classList.remove("is-large"))
  if (block && !wasLarge) {
    block.classList.add("is-large")
    nameSheetOf(block)
  }
  largePart = (!wasLarge && block?.dataset.wallPart) || ""
  document.dispatchEvent(new Event("room:large"))
}
