/**
 * The htmx extension `outbox`: the one way a change leaves the page. Every changing request under
 * `hx-ext="outbox"` (POST of plain fields; files go straight) is kept on disk under an idempotency
 * key before it leaves, sent in order, sent again until it is answered, and shown as pending until then.
 * Scripts use `send`, which takes the same way.
 *
 * Fires on body: `outbox:state` with `{state, n}` for the status line; for what the server finally refused or what
 * is too old to be sent (`answer` is null) `outbox:refusing` with `{entry, answer, words, waitUntil}` while it is still
 * kept here, and `outbox:refused` once it is not; `outbox:left-behind` with `{entries, letGo(entry)}` for what a guest
 * before me wrote here and nobody will send; on the asking element `outbox:answered`.
 */
import { cookie } from "../lib/cookies.js"
import { focusQuietly, noteElement } from "../lib/dom.js"
import { uuid } from "../lib/ids.js"
import { apply } from "./outbox/answer.js"
import { hold } from "./outbox/held.js"
import { draw, drawOn, notesOf, writesText } from "./outbox/optimism.js"
import { isOutdated, Queue } from "./outbox/queue.js"
import { Sender } from "./outbox/sender.js"
import { asText, wordFieldsOf, wordsOf } from "./outbox/words.js"
import { onRedraw, receive, settle } from "./upsert.js"

const { htmx } = window
const origins = new Map() // key → where an answer belongs on this page
let api = null
let queue = null
let sender = null

htmx.defineExtension("outbox", {
  init: (internal) => { api = internal },
  onEvent: (name, { detail }) => (name === "htmx:beforeRequest" ? !take(detail) : true),
})

/** Draws what still waits from before and starts sending. */
export async function startOutbox() {
  document.body.addEventListener("htmx:configRequest", ({ detail }) => detail.verb !== "get" && prepare(detail))
  document.addEventListener("submit", catchUnready)
  const { person = "", workspace = "", company = "", guest } = document.body.dataset
  queue = new Queue({ person, workspace, company, isGuest: guest !== undefined }, keepWords)
  sender = new Sender(queue, tellState)
  queue.addEventListener("change", tellState)
  queue.addEventListener("answered", ({ detail }) => answered(detail))
  onRedraw(redraw)
  const wake = () => sender.wake(true)
  window.addEventListener("online", wake)
  window.addEventListener("pageshow", wake)
  window.addEventListener("focus", wake)
  window.addEventListener("offline", tellState)
  document.body.addEventListener("live:state", ({ detail }) => detail.state === "open" && wake())
  const drawAll = () => queue.pending.filter((entry) => !isOutdated(entry)).forEach(draw)
  document.body.addEventListener("live:anew", drawAll)
  queue.addEventListener("queued", drawAll) // what is typed next on a note of another tab is typed on its words
  await queue.load()
  drawAll()
  sender.wake()
  const entries = (await queue.leftBehind()).filter(wordsOf)
  if (entries.length) tell("outbox:left-behind", { entries, letGo: (entry) => queue.forget(entry) })
}

/** Sends a change: `values` is an object (lists repeat the name), `element` asked for it. */
export function send(path, values = {}, { element } = {}) {
  return post(path, new URLSearchParams(pairs(values)).toString(), { element, target: element, swap: { swapStyle: "upsert" } })
}

/**
 * What is typed on now where my own text still waits for an answer, or null: those words, the key of that change, and the
 * version it was typed on itself. The note may be newer by now; should the change be refused, mine was never typed on that.
 */
export function pendingBase(note) {
  const entry = queue?.pending.findLast((each) => writesText(each) && notesOf(each).includes(note))
  if (!entry) return null
  return { version: new URLSearchParams(entry.body).get("base_version") ?? "", key: entry.key, words: wordsOf(entry) }
}

/** Whether a change made in this element, or one whose answer will stand in it, is not answered yet. */
export const isAwaitedIn = (region) =>
  [...origins.values()].some(({ element, target }) => region.contains(element ?? null) || region.contains(target ?? null))

/** What I wrote and the server does not have yet, as text. */
export const waitingWords = () => asText(queue?.pending ?? [])

/**
 * On every page, outbox or not: the CSRF token from its cookie, for a page answered from a cache must hold none.
 * `data-new-id="id"` asks for a new UUID in that field: what is made twice with one id is one thing.
 */
function prepare({ elt, headers, parameters }) {
  headers["X-CSRFToken"] = cookie("csrftoken")
  const named = elt.closest("[data-new-id]")?.dataset.newId
  if (named) parameters[named] = uuid()
}

/** A form that htmx has not got to yet would leave the page with what was written in it: it is sent all the same. */
function catchUnready(event) {
  const form = event.target
  if (event.defaultPrevented || !form.matches("[hx-post]:not([action])")) return
  event.preventDefault()
  htmx.process(form)
  htmx.trigger(form, "submit")
}

function take({ requestConfig, pathInfo, elt, target }) {
  const { verb, formData } = requestConfig
  const plain = [...formData.values()].every((value) => typeof value === "string")
  if (verb !== "post" || !plain || !queue) return false
  if (isMakingIt(elt, pathInfo.finalRequestPath, formData)) return true
  post(pathInfo.finalRequestPath, new URLSearchParams([...formData]).toString(), {
    element: elt,
    target,
    swap: api.getSwapSpecification(elt),
    written: wordFieldsOf(elt).filter((name) => formData.has(name)),
  })
  if (elt.matches("form[data-new-id]")) empty(elt)
  return true
}

/** A second click on what makes a thing, before the first is answered: words that were typed are meant as often as sent. */
function isMakingIt(element, path, fields) {
  const named = element.closest("[data-new-id]")?.dataset.newId
  if (!named || element.querySelector("textarea, input:not([type=hidden])")) return false
  const made = (body) => JSON.stringify([...new URLSearchParams(body)].filter(([name]) => name !== named))
  return queue.pending.some(
    ({ key, path: other, body }) => origins.get(key)?.element === element && other === path && made(body) === made([...fields]),
  )
}

/** What a form adds is kept: sending it again would make another. Whoever sent it by keys goes on at its first field. */
function empty(form) {
  form.reset()
  if (form.querySelector(":focus-visible")) focusQuietly(form.querySelector("textarea, input:not([type=hidden])"))
}

async function post(path, body, origin) {
  const adding = queue.add(path, body, origin.swap.swapStyle, origin.written)
  const entry = queue.pending.at(-1)
  origins.set(entry.key, { ...origin, letGo: hold(origin.element, origin) })
  draw(entry)
  if (!entry.isKept) await adding // nothing leaves before it is kept
  sender.wake()
  await adding
  watchLeaving()
  return entry
}

function redraw(element) {
  const mine = queue.pending.filter((entry) => notesOf(entry).includes(element.dataset.note))
  mine.forEach((entry) => drawOn(element, entry))
  return mine.length > 0
}

/** Whoever keeps words that were not taken says so by `waitUntil(promise)`. */
function keepWords(entry, answer) {
  const keeping = []
  tell("outbox:refusing", { entry, answer, words: wordsOf(entry), waitUntil: (promise) => keeping.push(promise) })
  return Promise.allSettled(keeping)
}

function answered({ entry, outcome, answer, sentHere }) {
  const origin = origins.get(entry.key)
  origins.delete(entry.key)
  const words = wordsOf(entry)
  origin?.letGo()
  if (outcome === "done") origin?.element?.closest("details[id]")?.removeAttribute("open") // what it was unfolded for
  if (answer && entry.tab !== queue.tab) absorb(answer.text)
  else if (answer && !(words && answer.headers["hx-retarget"])) apply(answer, origin) // else the draft gives the reason
  if (sentHere && outcome !== "done") tell("outbox:refused", { entry, answer, words })
  for (const note of notesOf(entry).map(noteElement)) {
    if (outcome !== "done") note?.removeAttribute("data-awaits")
    settle(note)
  }
  const element = origin?.element?.isConnected ? origin.element : document.body
  htmx.trigger(element, "outbox:answered", { entry, outcome, status: answer?.status })
}

/** Another tab asked: its pieces fit every page, its toasts and redirects are not ours. */
function absorb(html) {
  const template = document.createElement("template")
  template.innerHTML = html
  receive([...template.content.querySelectorAll("[data-drawn]")])
}

/** While something is kept nowhere but here; at other times a listener would only keep the page from being kept whole. */
function watchLeaving() {
  if (queue.pending.some((entry) => entry.isVolatile)) window.addEventListener("beforeunload", askFirst)
  else window.removeEventListener("beforeunload", askFirst)
}

const askFirst = (event) => event.preventDefault()

function tellState() {
  watchLeaving()
  const n = queue.pending.length
  tell("outbox:state", { state: stateFor(n), n })
}

function stateFor(n) {
  if (!n) return "saved"
  if (sender.state === "signin") return "signin"
  if (sender.state === "offline" || navigator.onLine === false) return "offline"
  return sender.caughtUp ? "saving" : "catching-up"
}

function pairs(values) {
  return Object.entries(values).flatMap(([name, value]) =>
    Array.isArray(value) ? value.map((one) => [name, one]) : value === undefined || value === null ? [] : [[name, value]],
  )
}

function tell(name, detail) {
  document.body.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }))
}
