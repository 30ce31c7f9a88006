/**
 * Rewording a joint sentence in its place: the server sends its form (`data-editing`), so the stream leaves the words
 * alone. Enter saves, Shift+Enter makes a line, Esc puts it back, leaving it saves what was changed. Between the
 * versions of a conflict a button chooses.
 *
 *     <li class="joint" id="sentence-…" data-sentence data-note="…" data-editing><form><textarea name="text">…
 */
import { pendingBase, send } from "../htmx/outbox.js"
import { keepTruth, settle } from "../htmx/upsert.js"
import { focusQuietly, fromTemplate, takesText } from "../lib/dom.js"
import { uuid } from "../lib/ids.js"
import { fits } from "../lib/limits.js"
import { session } from "../lib/storage.js"

const { htmx } = window
const REWORDING = "rewording:"
const kept = ({ dataset }) => REWORDING + dataset.note

export function startSentences() {
  document.addEventListener("keydown", keyed, true)
  document.addEventListener("submit", submitted, true)
  document.addEventListener("click", clicked, true)
  document.addEventListener("focusout", left)
  document.addEventListener("note:gone", ({ target }) => target.matches("[data-sentence]") && tellGone(target))
  document.addEventListener("input", ({ target }) => openIn(target) && remember(openIn(target)))
  document.body.addEventListener("upsert:done", begin)
  reopen()
}

/** Keeps what is typed, and on what, over a reload of this tab. */
function remember(sentence) {
  const { notes, baseVersion, baseKey } = sentence.dataset
  session.set(kept(sentence), { notes, typed: fieldOf(sentence).value, baseVersion, baseKey })
}

/** Asks for the forms that were open before a reload. */
function reopen() {
  for (const name of session.keys(REWORDING)) {
    const list = document.querySelector(`[data-list="${CSS.escape(session.get(name)?.notes ?? "")}"]`)
    if (list) htmx.ajax("GET", `/sentences/${name.slice(REWORDING.length)}/edit/`, { source: list, swap: "upsert" })
  }
}

const openIn = (element) => element?.closest?.("[data-sentence][data-editing]")
const fieldOf = (sentence) => sentence.querySelector("textarea")
const newWords = (element) => element.closest?.(".joint-new textarea")

function keyed(event) {
  if (event.isComposing || !event.target.matches("textarea")) return
  const sentence = openIn(event.target)
  const enters = event.key === "Enter" && !event.shiftKey && !event.altKey
  if (enters && (sentence || newWords(event.target))) {
    event.preventDefault()
    if (sentence) save(sentence)
    else event.target.form.requestSubmit()
  } else if (sentence && event.key === "Escape") {
    event.preventDefault()
    cancel(sentence)
  }
  if (sentence) event.stopPropagation()
}

function submitted(event) {
  const sentence = openIn(event.target)
  if (!sentence) return
  event.preventDefault()
  event.stopImmediatePropagation()
  save(sentence)
}

/** Before htmx, for which the form carries a request of its own. */
function clicked(event) {
  const button = event.target.closest("button")
  const sentence = openIn(button)
  if (!sentence) return
  const does = { "cancel-words": cancel, keep: keepAsNew, "let-go": cancel }[button.dataset.do]
  if (does) {
    event.stopImmediatePropagation()
    event.preventDefault()
    does(sentence)
  } else if (button.hasAttribute("data-resolve")) {
    sentence.removeAttribute("data-editing") // one of two versions was chosen: its answer may show itself
    setTimeout(() => (button.dataset.resolve === "gone" ? sentence.remove() : settle(sentence))) // once htmx has taken the choice
  }
}

function left(event) {
  const sentence = openIn(event.target)
  if (!sentence || !fieldOf(sentence) || sentence.contains(event.relatedTarget) || !document.hasFocus()) return
  if (sentence.classList.contains("is-gone")) return
  queueMicrotask(() => sentence.isConnected && !sentence.contains(document.activeElement) && save(sentence))
}

function save(sentence) {
  const field = fieldOf(sentence)
  const words = field?.value.trim()
  if (!field || !words || words === field.defaultValue.trim()) return cancel(sentence)
  if (!fits(field)) return
  if (sentence.classList.contains("is-gone")) return keepAsNew(sentence)
  const { note: id } = sentence.dataset
  const { baseVersion, baseKey } = sentence.dataset
  session.remove(kept(sentence))
  const held = sentence.contains(document.activeElement)
  close(sentence)
  keepTruth(sentence)
  send(`/sentences/${id}/`, { text: words, base_version: baseVersion, base_key: baseKey || undefined }, { element: sentence })
  if (held) focusQuietly(sentence)
}

function cancel(sentence) {
  session.remove(kept(sentence))
  if (sentence.classList.contains("is-gone")) return sentence.remove()
  const held = sentence.contains(document.activeElement)
  close(sentence)
  if (held) focusQuietly(sentence.querySelector("[id^=reword-]") ?? sentence)
}

/** Somebody dropped it while I typed: my words become a sentence of their own. */
function keepAsNew(sentence) {
  const [partnership, kind] = sentence.dataset.notes.split(":")
  session.remove(kept(sentence))
  send(`/p/${partnership}/sentences/`, { id: uuid(), kind, text: fieldOf(sentence).value.trim(), like: sentence.dataset.note })
  sentence.remove()
}

/** Shows what the server last said of it. */
function close(sentence) {
  sentence.removeAttribute("data-editing")
  settle(sentence)
}

function tellGone(sentence) {
  if (!fieldOf(sentence)) return
  sentence.append(fromTemplate("gone-sentence") ?? "")
}

/** A form that has just opened holds my own words, if they are on their way to the server, and stands at their end. */
function begin() {
  const field = document.querySelector("[data-sentence][data-editing] textarea:not([data-open])")
  if (!field) return
  field.dataset.open = ""
  const sentence = openIn(field)
  const mine = field.hasAttribute("aria-invalid") ? null : pendingBase(sentence.dataset.note)
  if (mine) field.defaultValue = mine.words
  const before = field.hasAttribute("aria-invalid") ? null : session.get(kept(sentence))
  if (before) field.value = before.typed
  sentence.dataset.baseVersion = before?.baseVersion ?? mine?.version ?? sentence.querySelector("[name=base_version]").value
  sentence.dataset.baseKey = before?.baseKey ?? mine?.key ?? ""
  if (takesText(document.activeElement)) return // who writes elsewhere meanwhile goes on there
  field.focus()
  field.setSelectionRange(field.value.length, field.value.length)
}
