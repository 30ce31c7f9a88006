/**
 * A region that refreshes itself when others change something waits while somebody is at work in it:
 * a menu of it is open, a field of it has the focus, words stand in one that have not been sent, or the answer
 * to something they did in it is on its way (it would find nothing to stand in). It catches up as soon as they are done.
 *
 *     <section id="members" hx-get="" hx-trigger="live:members from:body delay:150ms" …>
 */
const waiting = new Set() // names of the live events that came meanwhile
const held = new Set() // the regions that did not take them
const awaited = new Map() // request somebody made → what its answer will stand in
const TYPED = "input:not([readonly], [type=checkbox], [type=radio], [type=hidden]), textarea"

export function startSteady() {
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (mustWait(event.detail)) event.preventDefault()
  })
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (mustWait(event.detail)) event.detail.shouldSwap = false
  })
  document.body.addEventListener("htmx:beforeSend", ({ detail }) => isRefresh(detail) || awaited.set(detail.xhr, detail.target))
  document.body.addEventListener("htmx:afterRequest", ({ detail }) => awaited.delete(detail.xhr) && catchUpSoon())
  document.addEventListener("toggle", catchUpSoon, true)
  document.addEventListener("focusout", catchUpSoon)
  document.body.addEventListener("htmx:afterSwap", catchUpSoon) // a form that was sent, or given up, is gone now
}

function mustWait(detail) {
  if (!isRefresh(detail) || !isAtWork(detail.elt)) return false
  waiting.add(detail.requestConfig.triggeringEvent.type)
  held.add(detail.elt)
  return true
}

/** Whether others are the reason for a request. */
const isRefresh = ({ requestConfig }) => requestConfig?.triggeringEvent?.type.startsWith("live:") ?? false

function isAtWork(region) {
  if (!region.isConnected) return false
  const fields = [...region.querySelectorAll(TYPED)]
  if ([...awaited].some(([request, target]) => isUnderway(request) && region.contains(target))) return true
  return region.querySelector(":popover-open, select:focus") !== null || fields.some((field) => field.matches(":focus") || isChanged(field))
}

const isUnderway = ({ readyState }) => readyState > XMLHttpRequest.UNSENT && readyState < XMLHttpRequest.DONE

/** Whether somebody has typed here what the page did not come with. */
const isChanged = (field) => field.value !== field.defaultValue

/** Focus and popovers settle after the event. While anybody is still at work, all of it waits on. */
function catchUpSoon() {
  if (waiting.size) setTimeout(catchUp)
}

function catchUp() {
  if ([...held].some(isAtWork)) return
  const names = [...waiting]
  waiting.clear()
  held.clear()
  names.forEach((name) => document.body.dispatchEvent(new CustomEvent(name, { bubbles: true })))
}
