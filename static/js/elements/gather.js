/**
 * *Bring everyone here*: a page that hears of it goes along, unless its reader is in the middle of something (typing,
 * a menu, a change not sent yet): then it is an offer. What was asked before the page opened is past.
 *
 *     <div id="session" data-gather="/p/…/compare/" data-gather-number="3" data-gather-words="…" …>
 */
import { isBusy } from "./again.js"

const LOOK_AHEAD = 2_000 // to read where one is going, and to stay
let heard = null // the number that was the newest when this page opened, or that has been answered since

export function startGather() {
  document.body.addEventListener("htmx:afterSettle", look)
  look()
}

function look() {
  const session = document.querySelector("#session[hx-get]")
  if (!session || session.getAttribute("hx-trigger") === "load") return // not fetched yet
  const number = Number(session.dataset.gatherNumber ?? 0)
  const before = heard
  heard = number
  if (before === null || number <= before || location.pathname === session.dataset.gather) return
  offer(session.dataset, !isBusy())
}

function offer({ gather, gatherWords, gatherGo, gatherStay }, goesAlong) {
  const toast = document.createElement("div")
  toast.className = "toast"
  toast.id = "gather"
  toast.setAttribute("role", "status")
  const words = document.createElement("span")
  words.textContent = gatherWords
  const go = document.createElement("a")
  Object.assign(go, { href: gather, className: "button button-small button-main", textContent: gatherGo })
  const stay = document.createElement("button")
  Object.assign(stay, { type: "button", className: "button button-small", textContent: gatherStay })
  toast.append(words, go, stay)
  const going = goesAlong ? setTimeout(() => toast.isConnected && !isBusy() && location.assign(gather), LOOK_AHEAD) : null
  stay.addEventListener("click", () => {
    clearTimeout(going)
    toast.remove()
  })
  document.getElementById("gather")?.remove()
  document.getElementById("toasts").append(toast)
}
