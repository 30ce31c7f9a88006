/**
 * `[data-do=copy-waiting]` puts on the clipboard what I wrote and the server does not have yet. It shows beside the
 * quiet line while something stands in the way of sending, and needs no connection.
 */
import { waitingWords } from "../htmx/outbox.js"
import { copyText } from "../lib/clipboard.js"
import { announce, text } from "../lib/texts.js"

const STUCK = ["offline", "signin", "catching-up"]

export function startWaiting() {
  document.body.addEventListener("outbox:state", ({ detail }) => show(STUCK.includes(detail.state)))
  document.addEventListener("click", ({ target }) => target.closest("[data-do=copy-waiting]") && copy())
}

function show(isStuck) {
  const buttons = document.querySelectorAll("[data-do=copy-waiting]")
  const hidden = !isStuck || !waitingWords()
  for (const button of buttons) button.hidden = hidden
}

async function copy() {
  await copyText(waitingWords())
  announce(text("copied"))
}
