/**
 * What I may do on each sheet, when that changes under my eyes (a lock, another side, another role):
 *
 *     <ul id="rights" hidden><li data-sheet="{canvas}" data-grants="write comment"></li></ul>
 *
 * comes fresh with what is around the board; it is copied to `data-can` of the sheets, where style and keys look.
 */
const ASK_AGAIN = 1_000

export function startRights() {
  document.body.addEventListener("htmx:oobAfterSwap", (event) => {
    if (event.target.id === "rights" || event.detail.target?.id === "rights") copy()
  })
}

function copy() {
  const grants = new Map([...document.querySelectorAll("#rights > [data-sheet]")].map(({ dataset }) => [dataset.sheet, dataset.grants]))
  const sheets = [...document.querySelectorAll("[data-can][data-canvas]")]
  for (const sheet of sheets) sheet.dataset.can = grants.get(sheet.dataset.canvas) ?? ""
  if (sheets.some((sheet) => !grants.has(sheet.dataset.canvas))) openAnew()
}

/** I speak for another company now, so this address shows another sheet; what I am typing may be finished first. */
function openAnew() {
  const isTyping = [...document.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue)
  if (isTyping) setTimeout(openAnew, ASK_AGAIN)
  else location.reload()
}
