/**
 * Whoever wrote a decision down is told when somebody decides otherwise: under their eyes only a mark would move.
 *
 *     <div id="decision-choice" data-decided="mine|other"><template data-overruled><div class="toast">…</div></template>
 */
export function startOverruled() {
  let wasMine = false
  document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (isDecision(detail.target)) wasMine = detail.target.dataset.decided === "mine" && detail.requestConfig.verb === "get"
  })
  document.body.addEventListener("htmx:afterSwap", () => {
    const toast = wasMine && document.querySelector("#decision-choice [data-overruled]")?.content.firstElementChild
    if (!toast) return
    wasMine = false
    document.body.dispatchEvent(new CustomEvent("toast:show", { detail: { toast } }))
  })
}

const isDecision = (target) => target?.id === "decision-choice"
