/**
 * What I may do on each sheet, when that changes under my eyes (a lock, another side, another role):
 *
 *     <ul id="rights" hidden><li data-sheet="{canvas}" data-grants="write comment"></li></ul>
 *
 * comes fresh with what is around the board; it is copied to `data-can` of the sheets, where style and keys look.
 */
export function startRights() {
  document.body.addEventListener("htmx:oobAfterSwap", (event) => {
    if (event.target.id === "rights" || event.detail.target?.id === "rights") copy()
  })
}

function copy() {
  for (const { dataset } of document.querySelectorAll("#rights > [data-sheet]")) {
    for (const sheet of document.querySelectorAll(`[data-can][data-canvas="${CSS.escape(dataset.sheet)}"]`)) {
      sheet.dataset.can = dataset.grants
    }
  }
}
