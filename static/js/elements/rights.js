/**
 * What I may do on each sheet, when that changes under my eyes (a lock, another side, another role):
 *
 *     <ul id="rights" hidden><li data-sheet="{canvas}" data-grants="write comment"></li></ul>
 *
 * comes fresh with what is around the board; it is copied to `data-can` of the sheets, where style and keys look.
 */
import { openAnew } from "./again.js"

let known = null // the sheets that this page was opened with

export function startRights() {
  known = new Set(grants().keys())
  document.body.addEventListener("htmx:oobAfterSwap", (event) => {
    if (event.target.id === "rights" || event.detail.target?.id === "rights") copy()
  })
}

const grants = () =>
  new Map([...document.querySelectorAll("#rights > [data-sheet]")].map(({ dataset }) => [dataset.sheet, dataset.grants]))

function copy() {
  const now = grants()
  const sheets = [...document.querySelectorAll("[data-can][data-canvas]")]
  for (const sheet of sheets) sheet.dataset.can = now.get(sheet.dataset.canvas) ?? ""
  const isSame = now.size === known.size && [...now.keys()].every((sheet) => known.has(sheet))
  // This address shows other sheets now: I speak for another company, or what was private was revealed.
  if (!isSame || sheets.some((sheet) => !now.has(sheet.dataset.canvas))) openAnew()
}
