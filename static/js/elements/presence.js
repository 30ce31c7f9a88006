/**
 * Says to the others where I am: `here` every few seconds while the tab is looked at, `typing` while
 * I write, `away` when it is hidden, `gone` when it is left. Nothing of it is kept, so nothing is
 * retried. What others type is marked on their note.
 */
import { cookie } from "../lib/cookies.js"
import { blockIn, isEditing, noteElement, noteIn } from "../lib/dom.js"
import { throttle } from "../lib/timing.js"

const HEARTBEAT = 9_000 // the server forgets after 20 s
const TYPING = 3_000

const sayTyping = throttle((field, place) => field.isConnected && field.value && say("typing", place), TYPING)
let beat = null
let lastPlace = ""
let waiting = null // what is said next, once the word before has arrived
let isSaying = false

export function startPresence() {
  if (!document.body.dataset.live || !document.body.dataset.person) return // the screen in the room is nobody
  document.addEventListener("visibilitychange", () => (document.hidden ? rest("away") : begin()))
  window.addEventListener("pagehide", () => rest("gone"))
  window.addEventListener("pageshow", ({ persisted }) => persisted && begin())
  document.addEventListener("input", typed)
  document.addEventListener("focusin", moved)
  document.body.addEventListener("upsert:done", markTyped)
  if (!document.hidden) begin()
}

function begin() {
  clearInterval(beat)
  beat = setInterval(() => say("here"), HEARTBEAT)
  say("here")
}

function rest(state) {
  clearInterval(beat)
  say(state)
}

/** Another block is news at once; within a block the heartbeat will do. */
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

function say(state, note = null) {
  if (document.body.classList.contains("page-room")) return // nobody sits at the wall
  const { workspace, place } = document.body.dataset
  const { canvas = "", block = "" } = blockIn(note ?? document.activeElement)?.dataset ?? {}
  const leaves = state === "away" || state === "gone"
  const word = new URLSearchParams({ workspace, page: place ?? location.pathname, canvas, block, note: note?.dataset.note ?? "", state })
  waiting = leaves ? null : word
  if (leaves) post(word) // a page that is left cannot wait
  else sayInTurn()
}

/** Two words at once may arrive in the wrong order, and the older one would stand; only the newest need wait. */
async function sayInTurn() {
  if (isSaying) return
  isSaying = true
  while (waiting) {
    const word = waiting
    waiting = null
    await post(word)
  }
  isSaying = false
}

function post(body) {
  return fetch("/presence/", {
    method: "POST",
    keepalive: true, // "gone" must outlive the page; a beacon could not carry the CSRF header
    headers: { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": cookie("csrftoken") },
    body,
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
