/**
 * Whoever asks for something that only the server knows (a menu, a form to edit in) is told when no answer comes.
 * Changes need no such word: they wait and are sent later (`htmx/outbox.js`).
 */
import { fromTemplate } from "../lib/dom.js"

const ASKED = ["click", "submit", "change"]

export function startUnanswered() {
  for (const failed of ["htmx:sendError", "htmx:timeout"]) document.body.addEventListener(failed, ({ detail }) => tell(detail))
}

/** What follows others' changes, or checks while somebody types, comes again by itself. */
function tell({ elt, requestConfig }) {
  const event = requestConfig?.triggeringEvent
  if (!ASKED.includes(event?.type) || !elt.contains(event.target)) return
  document.body.dispatchEvent(new CustomEvent("toast:show", { detail: { toast: fromTemplate("unanswered") } }))
}
