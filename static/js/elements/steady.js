/**
 * A region that refreshes itself when others change something waits while somebody is at work in it: something in it is
 * pressed, a menu of it is open, a field of it has the focus, words or a choice stand in one that have not been sent or
 * were refused, or the answer to something they did in it is on its way. It catches up as soon as they are done.
 * A refresh that got lost on the way is asked for again: the stream does not tell twice.
 *
 *     <section id="members" hx-get="" hx-trigger="live:members from:body delay:150ms" …>
 *
 * Where one request draws several regions, they all wait for the one somebody is at work in; with `data-each`, it alone.
 * It selects itself, for htmx takes whatever an answer keeps (`hx-preserve`: the people who are here) out of the page.
 *
 *     <div id="anew" hidden data-each hx-get="" hx-select="#anew" hx-swap="none" hx-select-oob="#tests:anew,#cards:anew"
 *       hx-trigger="live:ideas from:body">
 */
import { isAwaitedIn } from "../htmx/outbox.js"
import { backoff } from "../lib/timing.js"

const waiting = new Set() // names of the live events that came meanwhile
const held = new Set() // what did not take them
const heard = new WeakMap() // what draws several regions, each on its own → the event that it asked for last
const lost = new Set() // names of the live events whose refresh got no answer
const awaited = new Map() // request somebody made → what its answer will stand in
const TYPED = ":is(input:not([readonly], [type=checkbox], [type=radio], [type=hidden]), textarea):not([data-keeps])"
const CHOSEN = "select, input:is([type=checkbox], [type=radio])"
const REFUSED = "form :is([aria-invalid=true], .error)" // what was typed came back with the form
const SENT_AT_ONCE = "[hx-trigger=change]"
let tries = 0

export function startSteady() {
  const { body } = document
  body.addEventListener("htmx:beforeRequest", (event) => mustWait(event.detail) && event.preventDefault())
  body.addEventListener("htmx:beforeSwap", ({ detail }) => mustWait(detail) && (detail.shouldSwap = false))
  body.addEventListener("htmx:oobBeforeSwap", ({ detail }) => mustWaitAlone(detail.target) && (detail.shouldSwap = false))
  body.addEventListener("htmx:beforeSend", ({ detail }) => isRefresh(detail) || awaited.set(detail.xhr, detail.target))
  body.addEventListener("htmx:afterRequest", ({ detail }) => awaited.delete(detail.xhr) && catchUpSoon())
  for (const failed of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) body.addEventListener(failed, ({ detail }) => lose(detail))
  body.addEventListener("htmx:afterOnLoad", ({ detail }) => isRefresh(detail) && (tries = 0))
  body.addEventListener("live:state", ({ detail }) => detail.state === "open" && askAgain())
  body.addEventListener("htmx:afterSwap", catchUpSoon) // a form that was sent, or given up, is gone now
  body.addEventListener("outbox:answered", catchUpSoon)
  document.addEventListener("toggle", catchUpSoon, true)
  for (const done of ["focusout", "pointerup", "pointercancel", "keyup"]) document.addEventListener(done, catchUpSoon)
}

function mustWait(detail) {
  if (!isRefresh(detail)) return false
  if (detail.elt.matches("[data-each]")) {
    heard.set(detail.elt, detail.requestConfig.triggeringEvent.type)
    return false
  }
  if (!drawnBy(detail.elt).some(isAtWork)) return false
  waiting.add(detail.requestConfig.triggeringEvent.type)
  held.add(detail.elt)
  return true
}

/** The others that came with the same answer are drawn meanwhile. */
function mustWaitAlone(region) {
  const asker = [...document.querySelectorAll("[data-each]")].find((each) => drawnBy(each).includes(region))
  if (!asker || !isAtWork(region)) return false
  waiting.add(heard.get(asker))
  held.add(region)
  return true
}

function lose(detail) {
  if (!isRefresh(detail) || (detail.xhr.status && detail.xhr.status < 500)) return
  lost.add(detail.requestConfig.triggeringEvent.type)
  setTimeout(askAgain, backoff(tries, { base: 2000, cap: 60_000 }))
  tries += 1
}

function askAgain() {
  const names = [...lost]
  lost.clear()
  names.forEach(tell)
}

/** Whether others are the reason for a request. */
const isRefresh = ({ requestConfig }) => requestConfig?.triggeringEvent?.type.startsWith("live:") ?? false

/** What an element draws anew: itself, or what it names in `hx-select-oob="#frame,#rights"`. */
function drawnBy(element) {
  const others = element.getAttribute("hx-select-oob")?.match(/#[\w-]+/g) ?? []
  return [element, ...others.map((id) => document.querySelector(id))].filter((region) => region?.isConnected)
}

function isAtWork(region) {
  const { activeElement } = document
  if (region.matches(":active") || region.querySelector(`:popover-open, ${REFUSED}`) || isAwaitedIn(region)) return true
  if ([...awaited].some(([request, target]) => isUnderway(request) && region.contains(target))) return true
  if (region.contains(activeElement) && activeElement.matches(`${TYPED}, select`)) return true
  return [...region.querySelectorAll(TYPED)].some(isTyped) || [...region.querySelectorAll(CHOSEN)].some(isChosen)
}

const isUnderway = ({ readyState }) => readyState > XMLHttpRequest.UNSENT && readyState < XMLHttpRequest.DONE

/** Whether somebody has typed here what the page did not come with. */
const isTyped = (field) => field.value !== field.defaultValue

/** Whether somebody has chosen here what the page did not come with, and what is sent with its form only. */
function isChosen(field) {
  if (field.closest(SENT_AT_ONCE)) return false
  if (!field.matches("select")) return field.checked !== field.defaultChecked
  const options = [...field.options]
  return !(options.find((option) => option.defaultSelected) ?? options[0])?.selected
}

/** Focus and popovers settle after the event. While anybody is still at work, all of it waits on. */
function catchUpSoon() {
  if (waiting.size) setTimeout(catchUp)
}

function catchUp() {
  if ([...held].flatMap(drawnBy).some(isAtWork)) return
  const names = [...waiting]
  waiting.clear()
  held.clear()
  names.forEach(tell)
}

const tell = (name) => document.body.dispatchEvent(new CustomEvent(name, { bubbles: true }))
