/**
 * What the server finally refused stays here, with the reason, until it is copied, made a new note,
 * or let go: `<ul id="drafts" hidden>`. Nothing typed disappears because of a "no".
 */
import { send } from "../htmx/outbox.js"
import { notesOf } from "../htmx/outbox/optimism.js"
import { isLeftBehind } from "../htmx/outbox/queue.js"
import { purposeOf, wordsOf, writingsOf } from "../htmx/outbox/words.js"
import { copyText } from "../lib/clipboard.js"
import { fromTemplate, isEditing, listOf, noteElement } from "../lib/dom.js"
import { uuid } from "../lib/ids.js"
import { announce, text } from "../lib/texts.js"
import { dropDraft, keepDraft, keptDrafts } from "./shelf.js"

let drafts = []
let lastShown = ""

export async function startDrafts() {
  document.body.addEventListener("outbox:refusing", ({ detail }) => detail.words && detail.waitUntil(keep(detail)))
  document.body.addEventListener("outbox:refused", ({ detail }) => (detail.words ? show() : sayRefused(detail.answer)))
  document.body.addEventListener("outbox:answered", ({ detail }) => taken(detail))
  document.body.addEventListener("upsert:done", show)
  document.addEventListener("click", ({ target }) => resolved(target.closest("[data-resolve]")))
  document.body.addEventListener("outbox:left-behind", ({ detail }) => offer(detail))
  meet((await keptDrafts()).filter(isForMe))
}

const isMine = (draft) => draft.person === (document.body.dataset.person ?? "")

/** My own, and those of a guest of my company who wrote in this workshop here before. */
const isForMe = (draft) => isMine(draft) || isLeftBehind(draft, document.body.dataset)

/** Takes drafts in that are kept already. */
function meet(found) {
  drafts = [...found, ...drafts].filter(({ key }, at, all) => all.findIndex((other) => other.key === key) === at)
  show()
}

/** What a guest before me wrote and nobody will send: theirs to read and to copy, and gone when it is let go. */
function offer({ entries, letGo }) {
  meet(entries.map((entry) => ({ ...draftOf(entry, text("left-behind")), letGo: () => letGo(entry) })))
}

/** Had the page ended before the change was forgotten, it is refused once more: that is still one draft. */
async function keep({ entry, answer }) {
  if (drafts.some(({ key }) => key === entry.key)) return
  const draft = draftOf(entry, reasonFor(answer))
  drafts.push(draft)
  await keepDraft(draft)
}

function draftOf(entry, reason) {
  const { key, at, person, workspace, company, isGuest } = entry
  const note = notesOf(entry)[0] ?? ""
  const whose = { person, workspace, company, isGuest }
  const written = { words: wordsOf(entry), parts: writingsOf(entry), purpose: purposeOf(entry) }
  return { key, at, ...whose, note, ...written, reason, place: placeOf(entry, note) }
}

/** Nothing written is at stake: a word is enough, unless the server has said it already. */
function sayRefused(answer) {
  const toast = answer?.headers["hx-retarget"] ? null : fromTemplate("refused")
  if (!toast) return
  toast.querySelector("p").textContent = reasonFor(answer)
  document.body.dispatchEvent(new CustomEvent("toast:show", { detail: { toast } }))
}

/** A later change of that text went through: what was refused before is settled. */
function taken({ entry, outcome }) {
  if (outcome !== "done") return
  const purpose = purposeOf(entry)
  drafts.filter((draft) => draft.key === entry.key || (isMine(draft) && draft.purpose === purpose)).forEach(remove)
}

/** Of two versions one was chosen: the other is let go, knowingly. */
function resolved(button) {
  const note = button?.closest("[data-note]")?.dataset.note
  if (note) drafts.filter((draft) => isMine(draft) && draft.note === note).forEach(remove)
}

function reasonFor(answer) {
  if (!answer) return text("too-old")
  const told = answer.headers["x-reason"]
  if (told) return decodeURIComponent(told)
  const said = new DOMParser().parseFromString(answer.text, "text/html").querySelector(".error, .toast p, [role=alert]")
  if (said?.textContent.trim()) return said.textContent.trim()
  return text(`refused-${answer.status}`) || text("refused")
}

function placeOf(entry, note) {
  const [, canvas] = entry.path.match(/^\/canvases\/([^/]+)\//) ?? []
  const block = new URLSearchParams(entry.body).get("block")
  return canvas && block ? `${canvas}:${block}` : noteElement(note)?.dataset.notes ?? ""
}

function show() {
  const shelf = document.getElementById("drafts")
  // While its form or its two versions stand open on the page, a draft is not shown a second time.
  const open = drafts.filter((draft) => !isEditing(noteElement(draft.note)) && !stands(draft))
  const shown = open.map((draft) => draft.key).join()
  if (shown === lastShown) return
  lastShown = shown
  document.body.dispatchEvent(new CustomEvent("drafts:count", { detail: { n: open.length } }))
  if (!shelf) return
  shelf.hidden = !open.length
  shelf.replaceChildren(...open.map(drawn).filter(Boolean))
}

const stands = ({ words, parts = [words] }) => {
  const inFields = new Set([...document.querySelectorAll("textarea, input")].map((field) => field.value.trim()))
  return parts.every((part) => inFields.has(part.trim()))
}

function drawn(draft) {
  const item = fromTemplate("draft")
  if (!item) return null
  const again = item.querySelector("[data-draft=again]")
  const copy = item.querySelector("[data-draft=copy]")
  item.querySelector(".text").textContent = draft.words
  item.querySelector(".reason").textContent = draft.reason
  again.hidden = !listOf(...draft.place.split(":"))
  copy.addEventListener("click", () => copyText(draft.words).then(() => announce(text("copied"))))
  again.addEventListener("click", () => sendAnew(draft))
  item.querySelector("[data-draft=drop]").addEventListener("click", () => remove(draft))
  return item
}

function sendAnew(draft) {
  const [canvas, block] = draft.place.split(":")
  send(`/canvases/${canvas}/notes/`, { id: uuid(), block, text: draft.words, after: "" })
  remove(draft)
}

function remove(draft) {
  drafts = drafts.filter((other) => other !== draft)
  if (draft.letGo) draft.letGo()
  else dropDraft(draft)
  show()
}
