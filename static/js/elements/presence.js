/**
 * Says to the others where I am: `here` every few seconds while the tab is looked at, `typing` while
 * I write, `away` when it is hidden, `gone` when it is left. Nothing of it is kept, so nothing is
 * retried. What others type is marked on their note.
 *
 * The page names itself anew with each load, and numbers its words: of two that overtake each other
 * on the way the later one stands, and what a page that is left says last is not about the next one.
 */
import { cookie } from "../lib/cookies.js"
import { blockIn, isEditing, noteElement, noteIn } from "../lib/dom.js"
import { uuid } from "../lib/ids.js"
import { throttle } from "../lib/timing.js"

// How long a word stands before the next one is due. The server forgets who says nothing for 18 s, but who is
// away only after half an hour.
const STANDS = { here: 8_000, typing: 4_000, away: 60_000 }
const TYPING = 3_000

const sayTyping = throttle((field, place) => field.isConnected && field.value && say("typing", place), TYPING)
const page = uuid()
let words = 0
let next = null
let lastPlace = ""
let isLeft = false
let isLost = false

export function startPresence() {
  if (!document.body.dataset.live || !document.body.dataset.person) return // the screen in the room is nobody
  document.addEventListener("visibilitychange", () => say("here"))
  window.addEventListener("pagehide", leave)
  window.addEventListener("pageshow", ({ persisted }) => persisted && comeBack())
  document.addEventListener("input", typed)
  document.addEventListener("focusin", moved)
  document.body.addEventListener("live:state", reconnected)
  document.body.addEventListener("upsert:done", markTyped)
  if (document.visibilityState === "visible") say("here")
}

/** A page that is left becomes hidden as well, after its goodbye. */
function leave() {
  say("gone")
  isLeft = true
}

function comeBack() {
  isLeft = false
  say("here")
}

/** Another process of the server may be at the other end now, or the same one may have been started anew. */
function reconnected({ detail }) {
  if (detail.state === "open" && isLost) say("here")
  isLost = detail.state === "lost"
}

/** Another block is news at once; within a block the next word will do. */
function moved() {
  const { canvas = "", block = "" } = blockIn(document.activeElement)?.dataset ?? {}
  if (`${canvas}:${block}` === lastPlace) return
  lastPlace = `${canvas}:${block}`
  if (block) say("here")
}

/** A note is written in itself, or on a phone in the one field below, for the block in work. */
function typed({ target }) {
  if (isEditing(noteIn(target))) sayTyping(target, noteIn(target))
  else if (target.closest("form[data-composer-phone]")) sayTyping(target, document.querySelector(".blocks > [data-current]"))
}

/** Says it, and again what is so when its time is over; a page that nobody sees can only say that. */
function say(what, note = null) {
  if (isLeft || document.body.classList.contains("page-room")) return // nobody sits at the wall
  const state = document.visibilityState === "hidden" && what !== "gone" ? "away" : what
  const { canvas = "", block = "" } = blockIn(note ?? document.activeElement)?.dataset ?? {}
  const place = { workspace: document.body.dataset.workspace, canvas, block, note: note?.dataset.note ?? "" }
  clearTimeout(next)
  if (STANDS[state]) next = setTimeout(() => say("here"), STANDS[state])
  words += 1
  post(new URLSearchParams({ ...place, page, word: words, state }))
}

function post(body) {
  fetch("/presence/", {
    method: "POST",
    keepalive: true, // "gone" must outlive the page; a beacon could not carry the CSRF header
    headers: { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": cookie("csrftoken") },
    body,
    signal: AbortSignal.timeout(STANDS.here), // by then there is a newer word
  }).catch(() => null)
}

/** The note that somebody types in wears their colour: typing lines name it with `data-note`. */
function markTyped() {
  const typed = new Map()
  for (const line of document.querySelectorAll(".typing [data-note]")) {
    const mine = getComputedStyle(line).display === "none" // my own lines are hidden by my own sheet
    if (!mine) typed.set(line.dataset.note, line.dataset.person)
  }
  for (const note of document.querySelectorAll(".note.is-typed")) if (!typed.has(note.dataset.note)) unmark(note)
  for (const [id, person] of typed) {
    const note = noteElement(id)
    if (!note || isEditing(note)) continue
    unmark(note)
    note.classList.add("is-typed", `person-${person}`)
  }
}

function unmark(note) {
  note.classList.remove("is-typed", ...[...note.classList].filter((name) => name.startsWith("person-")))
}
