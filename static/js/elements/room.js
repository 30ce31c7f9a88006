/**
 * The room screen (`.page-room`): 1–9 or a click on a block shows it large, Esc or another click
 * goes back. That the screen follows the facilitator is plain htmx, on the topic `room`.
 */
import { takesText } from "../lib/dom.js"

export function startRoom() {
  if (!document.querySelector(".page-room")) return
  document.addEventListener("keydown", (event) => {
    if (takesText(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === "Escape") enlarge(null)
    else if (/^[1-9]$/.test(event.key)) enlarge(blocks()[Number(event.key) - 1])
  })
  document.addEventListener("click", (event) => {
    if (event.target.closest("a, button:not([data-more])")) return
    enlarge(event.target.closest(".block[data-block]"))
  })
}

const blocks = () => [...document.querySelectorAll(".page-room .block[data-block]")]

function enlarge(block) {
  const isLarge = block?.classList.contains("is-large")
  blocks().forEach((other) => other.classList.remove("is-large"))
  if (block && !isLarge) block.classList.add("is-large")
}
