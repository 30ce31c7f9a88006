/**
 * Whoever wrote a decision down is told when somebody decides otherwise: under their eyes only a mark would move.
 *
 *     <div id="decision-choice" data-decided="mine|other"><template data-overruled><div class="toast">…</div></template>
 */
export function startOverruled() {
  let wasMine = false
  // What I decide myself is drawn by the answer to it, and not out of band.
  document.body.addEventListener("htmx:oobBeforeSwap", ({ detail: { target } }) => {
    if (target.id === "decision-choice") wasMine = target.dataset.decided === "mine"
  })
  document.body.addEventListener("live:anew", () => {
    const toast = wasMine && document.querySelector("#decision-choice [data-overruled]")?.content.firstElementChild
    wasMine = false
    if (toast) document.body.dispatchEvent(new CustomEvent("toast:show", { detail: { toast } }))
  })
}
