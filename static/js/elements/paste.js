/**
 * Pasting several lines, or a column of a spreadsheet, makes a note of each: in a new note, or with
 * a note or block in focus. More than fifty asks first, in the block. Into a note that is being
 * changed, lines go as lines.
 */
import { send } from "../htmx/outbox.js"
import { blockIn, can, fromTemplate, isEditing, noteIn, takesText } from "../lib/dom.js"
import { text } from "../lib/texts.js"
import { close, textareaOf } from "./note-form.js"

const ASK_FROM = 51
const AT_MOST = 200

export function startPaste() {
  document.addEventListener("paste", pasted)
}

function pasted(event) {
  const lines = linesOf(event.clipboardData?.getData("text/plain") ?? "")
  const goal = goalFor(event.target)
  if (!goal || (lines.length < 2 && goal.typing)) return
  if (!lines.length || !can("write", goal.element)) return
  event.preventDefault()
  if (lines.length > AT_MOST) ask(goal, lines, "paste-too-many")
  else if (lines.length >= ASK_FROM) ask(goal, lines, "paste-ask")
  else paste(goal, lines)
}

/** One line a note; cells that stand side by side stay together. */
export function linesOf(words) {
  return words.split(/\r\n|\r|\n/).map((line) => line.split("\t").map((cell) => cell.trim()).filter(Boolean).join(" · ")).filter(Boolean)
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
  if (note && !textareaOf(note).value.trim()) close(note)
  send(address, { block, lines: lines.join("\n"), confirmed: confirmed ? "1" : undefined }, { element })
}

function ask(goal, lines, question) {
  const box = fromTemplate("paste-ask")
  const place = goal.element.querySelector("[data-list]")?.parentElement ?? document.querySelector("[data-current]") ?? document.body
  place.querySelector(".paste-ask")?.remove()
  const back = document.activeElement
  const yes = box.querySelector("[data-paste=yes]")
  box.querySelector("p").textContent = text(question, { n: lines.length })
  yes.hidden = question !== "paste-ask"
  yes.textContent = text("paste-yes", { n: lines.length })
  const done = () => {
    box.remove()
    back?.isConnected && back.focus({ preventScroll: true })
  }
  yes.addEventListener("click", () => {
    done()
    paste(goal, lines, true)
  })
  box.querySelector("[data-paste=no]").addEventListener("click", done)
  box.addEventListener("keydown", (event) => event.key === "Escape" && done())
  place.append(box)
  ;(yes.hidden ? box.querySelector("[data-paste=no]") : yes).focus()
}
