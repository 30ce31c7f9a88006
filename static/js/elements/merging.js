/**
 * Told in place: that my edit was put together with somebody's (a piece of the answer, with *undo* and *view both*),
 * and, while I type, that somebody has changed the words I started from.
 *
 *     <div class="told" id="told-…" data-told-of="note-…" [data-stays]><p data-say>…</p>…</div>
 */
import { focusQuietly, isEditing, noteElement } from "../lib/dom.js"
import { announce } from "../lib/texts.js"
import { baseOf } from "./note-form.js"

const asked = new Map() // note → what was asked last of it: answers may overtake each other

export function startMerging() {
  document.body.addEventListener("note:told", ({ detail }) => tell(document.importNode(detail.piece, true)))
  document.addEventListener("note:overtaken", ({ target }) => target.matches(".note") && ask(target))
  document.addEventListener("told:close", ({ target }) => close(target))
}

/** Puts word of it on its note, in place of what was said there before, and says it aloud. */
function tell(told) {
  const note = document.getElementById(told.dataset.toldOf)
  if (!note) return
  document.getElementById(told.id)?.remove()
  note.append(told)
  window.htmx.process(told)
  announce(told.querySelector("[data-say]").textContent.trim())
}

/** The server knows who it was; without a connection nobody else's change arrives either. */
async function ask(note) {
  const typedOn = wordsTypedOn(note)
  const question = Symbol("who changed it")
  asked.set(note.dataset.note, question)
  const answer = await fetch(`/notes/${note.dataset.note}/meanwhile/?${typedOn}`).catch(() => null)
  const piece = answer?.status === 200 && (await answer.text().catch(() => ""))
  // Looked at last: I may have saved it, put it back, or begun anew while the answer was on its way.
  const now = noteElement(note.dataset.note)
  if (!piece || asked.get(note.dataset.note) !== question || !isEditing(now) || wordsTypedOn(now) !== typedOn) return
  const template = document.createElement("template")
  template.innerHTML = piece
  const told = template.content.querySelector("[data-told-of]")
  if (told) tell(told)
}

function wordsTypedOn(note) {
  const { version, key } = baseOf(note)
  return new URLSearchParams({ base_version: version, base_key: key }).toString()
}

function close(told) {
  const held = told.contains(document.activeElement)
  const note = told.closest("[data-note]")
  told.remove()
  if (held) focusQuietly(note)
}
