/**
 * A region that refreshes itself when others change something waits while somebody is at work in it:
 * a menu of it is open, or a field of it has the focus. It catches up as soon as they are done.
 *
 *     <section id="members" hx-get="" hx-trigger="live:members from:body delay:150ms" …>
 */
const waiting = new Set() // names of the live events that came meanwhile

export function startSteady() {
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (mustWait(event.detail)) event.preventDefault()
  })
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (mustWait(event.detail)) event.detail.shouldSwap = false
  })
  document.addEventListener("toggle", catchUpSoon, true)
  document.addEventListener("focusout", catchUpSoon)
}

function mustWait({ elt, requestConfig }) {
  const name = requestConfig?.triggeringEvent?.type ?? ""
  if (!name.startsWith("live:") || !isAtWork(elt)) return false
  waiting.add(name)
  return true
}

const isAtWork = (region) =>
  region.querySelector(":popover-open, :is(input:not([readonly]), textarea, select):focus") !== null

/** Focus and popovers settle after the event; whatever still has to wait asks to wait again. */
function catchUpSoon() {
  if (waiting.size) setTimeout(catchUp)
}

function catchUp() {
  const names = [...waiting]
  waiting.clear()
  names.forEach((name) => document.body.dispatchEvent(new CustomEvent(name, { bubbles: true })))
}
