/**
 * The quiet line: `<p data-saved role="status">` says whether everything is kept, in one word or a
 * few, from what the outbox and the stream report. Never a dialog, never over the text.
 */
import { personNow } from "../htmx/outbox/deliver.js"
import { text } from "../lib/texts.js"

const NAMES = { saved: "saved", saving: "saving", offline: "offline", "catching-up": "catching-up", signin: "sign-in" }
const IDLE = { offline: "offline-nothing", signin: "signed-out" } // while nothing waits
let outbox = { state: "saved", n: 0 }
let drafts = 0
let stream = ""
let isClosed = false // this page to somebody who is signed in

export function startSaved() {
  document.body.addEventListener("outbox:state", ({ detail }) => {
    outbox = detail
    show()
  })
  document.body.addEventListener("drafts:count", ({ detail }) => {
    drafts = detail.n
    show()
  })
  document.body.addEventListener("live:state", ({ detail }) => {
    stream = detail.state
    show()
  })
  document.body.addEventListener("htmx:afterRequest", ({ detail }) => isOfThisPage(detail) && look(detail.xhr.status))
}

const isOfThisPage = ({ pathInfo, requestConfig }) =>
  requestConfig.verb === "get" && new URL(pathInfo.requestPath, location.href).pathname === location.pathname

/** A part of this page was drawn anew, or there is no such page any more. To who is signed out nothing is there, either. */
async function look(status) {
  isClosed = status === 404 && (await personNow()) === document.body.dataset.person
  show()
}

function show() {
  const state = stateNow()
  const words = text((!outbox.n && IDLE[state]) || NAMES[state] || state, { n: outbox.n || drafts })
  for (const line of document.querySelectorAll("[data-saved]")) {
    line.dataset.state = state
    const place = line.querySelector(`[data-when="${state}"]`) ?? line
    if (place.textContent.trim() !== words) say(place, words)
  }
}

/** Changes the words beside the drawing, which stays. */
function say(place, words) {
  const drawing = place.querySelector("svg")
  place.replaceChildren(...(drawing ? [drawing] : []), words, ...wayOn(place.dataset.when))
}

function stateNow() {
  if (isClosed) return "closed"
  if (outbox.n) return outbox.state
  if (stream === "lost") return "offline"
  if (stream === "refused") return "signin"
  return drafts ? "failed" : "saved"
}

function wayOn(state) {
  const { signin } = document.body.dataset
  if (state === "closed") return linkTo("/", text("closed-link"))
  if (state === "signin" && signin) return linkTo(`${signin}?next=${encodeURIComponent(location.pathname)}`, text("sign-in-link"))
  return []
}

function linkTo(address, words) {
  const link = document.createElement("a")
  link.href = address
  link.textContent = words
  return [" ", link]
}
