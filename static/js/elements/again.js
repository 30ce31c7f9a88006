/**
 * A page that has to be opened anew, since more of it has changed than its parts can follow. What somebody is in the
 * middle of may be finished first; the focus comes back to where it was.
 *
 *     <i id="names" hidden data-names="Coffee machines · Nespresso · De'Longhi"></i>
 *
 * A workshop and its companies are named all over a page: it comes fresh on `live:workspace`, and other names open the
 * page anew.
 */
import { focusQuietly, isCovered, takesText } from "../lib/dom.js"
import { session } from "../lib/storage.js"
import { waysTo } from "./refocus.js"

const ASK_AGAIN = 1_000
const FOCUSED = "focused-before"
let names = null
let isGoing = false

export function startAgain() {
  giveBack()
  names = namesNow()
  document.body.addEventListener("htmx:oobAfterSwap", look)
  document.body.addEventListener("htmx:afterSettle", look)
}

/** Opens this page anew as soon as nobody is in the middle of something in it. */
export function openAnew() {
  if (!isGoing) tryAgain()
  isGoing = true
}

/** Typing is more than standing in an empty field: on a phone, one waits there from the start. */
export function isBusy() {
  const fields = [...document.querySelectorAll("textarea, input:not([type=search])")]
  const isTyped = fields.some((field) => takesText(field) && !field.hidden && field.value !== field.defaultValue)
  return isTyped || isCovered() || document.querySelector("[data-editing], .is-pending, .is-carried, .is-lifted") !== null
}

const namesNow = () => document.getElementById("names")?.dataset.names ?? null

function look() {
  const now = namesNow()
  if (now !== null && names !== null && now !== names) openAnew()
}

function tryAgain() {
  if (isBusy()) return setTimeout(tryAgain, ASK_AGAIN)
  const { activeElement } = document
  const label = activeElement.getAttribute("aria-label")
  const ways = [label && `${activeElement.localName}[aria-label="${CSS.escape(label)}"]`, ...waysTo(activeElement)].filter(Boolean)
  if (activeElement !== document.body) session.set(FOCUSED, { page: location.href, ways })
  location.reload()
}

function giveBack() {
  const kept = session.get(FOCUSED)
  session.remove(FOCUSED)
  if (kept?.page !== location.href) return
  focusQuietly(kept.ways.map((way) => document.querySelector(way)).find(Boolean))
}
