/**
 * The room screen (`[data-room]`): 1–9 or a click on a block shows it large, Esc or another click
 * goes back. When the facilitator turns the page, the stream says `room` and the screen follows.
 */
import { takesText } from "../lib/dom.js"

export function startRoom() {
  const room = document.querySelector("[data-room]")
  if (!room) return
  document.addEventListener("keydown", (event) => {
    if (takesText(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === "Escape") enlarge(null)
    else if (/^[1-9]$/.test(event.key)) enlarge(blocks()[Number(event.key) - 1])
  })
  document.addEventListener("click", (event) => {
    if (event.target.closest("a, button:not([data-more])")) return
    enlarge(event.target.closest(".block[data-block]"))
  })
  document.body.addEventListener("live:room", () => location.reload())
}

const blocks = () => [...document.querySelectorAll("[data-room] .block[data-block]")]

function enlarge(block) {
  const isLarge = block?.classList.contains("is-large")
  blocks().forEach((other) => other.classList.remove("is-large"))
  if (block && !isLarge) block.classList.add("is-large")
}
