/**
 * Pasting several lines, or a column of a spreadsheet, makes a note of each: in a new note, or with
 * a note or block in focus. More than fifty asks first, in the block, and of more than 200 the rest waits there. Into a note that is being
 * changed, lines go as lines.
 */
import { send } from "../htmx/outbox.js"
import { blockIn, can, focusQuietly, fromTemplate, isEditing, noteIn, takesText } from "../lib/dom.js"
import { text } from "../lib/texts.js"
import { close, textareaOf } from "./note-form.js"

const ASK_FROM = 51
const AT_MOST = 200
/** A cell between quotes, as spreadsheets put down one that holds line breaks, tabs or quotes. */
const CELL = /(^|[\t\n])"((?:[^"]|"")*)"(?=[\t\n]|$)/g

export function startPaste() {
  document.addEventListener("paste", pasted)
}

function pasted(event) {
  const lines = linesOf(event.clipboardData?.getData("text/plain") ?? "")
  const goal = goalFor(event.target)
  if (!goal || (lines.length < 2 && goal.typing)) return
  if (!lines.length || !can("write", goal.element)) return
  event.preventDefault()
  if (lines.length >= ASK_FROM) ask(goal, lines, questionFor(lines))
  else paste(goal, lines)
}

/** One line a note; cells that stand side by side stay together, each on one line (as `operations/paste.py` reads it). */
export function linesOf(words) {
  const rows = words.replace(/\r\n?|\u2028|\u2029/g, "\n").replace(CELL, onOneLine)
  return rows.split("\n").map((line) => line.split("\t").map((cell) => cell.trim()).filter(Boolean).join(" · ")).filter(Boolean)
}

function onOneLine(found, before, cell) {
  if (!/[\n\t]|""/.test(cell)) return found // nothing that a spreadsheet would put between quotes: somebody's own
  return before + cell.replaceAll('""', '"').replace(/\s*[\n\t]\s*/g, " ")
}

/** `{element, address, block, typing}`: where lines would go, or null where pasting is somebody else's business. */
function goalFor(target) {
  const phone = target.closest?.("form[data-composer-phone]")
  if (phone) return { element: phone.closest("main") ? phone : document.body, address: phone.dataset.paste, block: phone.elements.block.value, typing: true }
  const note = noteIn(target)
  const isNew = isEditing(note) && "new" in note.dataset
  if (takesText(target) && !isNew) return null
  const block = blockIn(target)
  if (!block) return null
  return { element: block, address: `/canvases/${block.dataset.canvas}/paste/`, block: block.dataset.block, typing: isNew, note: isNew ? note : null }
}

function paste({ element, address, block, note }, lines, confirmed = false) {
  if (note && !textareaOf(note).value.trim()) {
    close(note)
    focusQuietly(element.querySelector("[data-do=add]")) // Enter goes on with another note
  }
  send(address, { block, lines: lines.join("\n"), confirmed: confirmed ? "1" : undefined }, { element })
}

/** Asks in the block, with the lines in a field of their own: nothing pasted is gone while somebody decides, or behind the first 200. */
function ask(goal, lines, question) {
  const box = fromTemplate("paste-ask")
  const place = goal.element.querySelector("[data-list]")?.parentElement ?? document.querySelector("[data-current]") ?? document.body
  place.querySelector(".paste-ask")?.remove()
  const back = document.activeElement
  const yes = box.querySelector("[data-paste=yes]")
  const field = box.querySelector("textarea")
  const say = (asked) => {
    const n = linesOf(field.value).length
    box.querySelector("p").textContent = text(asked, { n })
    yes.textContent = n > AT_MOST ? text("paste-first", { n: AT_MOST }) : text("paste-yes", { n })
    yes.disabled = !n
  }
  const done = () => {
    box.remove()
    back?.isConnected && back.focus({ preventScroll: true })
  }
  field.value = lines.join("\n")
  field.hidden = lines.length <= AT_MOST
  field.addEventListener("input", () => say(questionFor(linesOf(field.value))))
  yes.addEventListener("click", () => {
    const wanted = linesOf(field.value)
    const rest = wanted.slice(AT_MOST)
    if (!rest.length) done()
    paste(goal, wanted.slice(0, AT_MOST), true)
    field.value = rest.join("\n")
    say(rest.length > AT_MOST ? "paste-too-many" : "paste-rest")
  })
  box.querySelector("[data-paste=no]").addEventListener("click", done)
  box.addEventListener("keydown", (event) => event.key === "Escape" && field.hidden && done())
  say(question)
  place.append(box)
  yes.focus()
}

const questionFor = (lines) => (lines.length > AT_MOST ? "paste-too-many" : "paste-ask")
