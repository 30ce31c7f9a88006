/**
 * The board under the keyboard, and what its buttons do.
 *
 * One stop for Tab in each list; arrows go from note to note and from block to block. Keys and
 * buttons end in the same actions, so there is one place that says what "duplicate" means.
 */
import { send } from "../htmx/outbox.js"
import { blockIn, can, focusQuietly, isCovered, isEditing, noteElement, noteIds, noteIn, takesText, withCommand } from "../lib/dom.js"
import { copyText } from "../lib/clipboard.js"
import { uuid } from "../lib/ids.js"
import { isSwitchedOff } from "../lib/keys.js"
import { announce, text } from "../lib/texts.js"
import { addIn } from "./editing.js"
import { edit } from "./note-form.js"
import { roam, startRoving } from "./roving.js"
import { chosenWith, clearSelection } from "./select.js"

const { htmx } = window
const COMMANDS = { d: "duplicate", z: "undo", y: "redo" }
const KEYS = { n: "add", N: "add", v: "versions", V: "versions", Enter: "edit", F2: "edit", Delete: "remove", Backspace: "remove", "?": "shortcuts", "/": "find" }

/** Everything keys and `data-do` buttons ask for; each gets the note (or null) and the button (or null). */
const ACTIONS = {
  add: (note, button) => addIn(blockIn(button) ?? blockIn(document.activeElement) ?? firstBlock(), button ? null : note),
  edit: (note) => edit(note),
  duplicate: (note) => {
    if (!note || !can("write", note)) return
    const id = uuid()
    send(`/notes/${note.dataset.note}/copy/`, { id }, { element: note })
    noteElement(id)?.focus()
  },
  remove: (note) => {
    if (!note || !can("write", note)) return
    const notes = chosenWith(note)
    clearSelection()
    if (notes.length > 1) send("/notes/many/", { do: "delete", notes: noteIds(notes) })
    else send(`/notes/${note.dataset.note}/deletion/`)
  },
  versions: (note) => note && htmx.ajax("GET", `/notes/${note.dataset.note}/versions/`, { source: note, target: "#dialog" }),
  undo: () => back("undo"),
  redo: () => back("redo"),
  shortcuts: () => document.getElementById("shortcuts")?.showModal(),
  find: () => focusQuietly(document.querySelector("[data-find]")),
  print: () => window.print(),
  "copy-text": async (note, button) => {
    const words = (note ?? noteElement(button.dataset.note))?.querySelector(".text")?.textContent ?? button.dataset.text
    await copyText(words)
    announce(text("copied"))
    if (button?.dataset.text) button.replaceChildren(text("copied"))
  },
  close: (note, button) => closeAround(button),
}

export function startBoard() {
  startRoving()
  document.addEventListener("keydown", keyed)
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do], a[data-do]")
    const action = button && ACTIONS[button.dataset.do]
    if (action) action(noteIn(button), button)
  })
}

function keyed(event) {
  if (event.defaultPrevented || event.isComposing || takesText(event.target) || isCovered() || isSwitchedOff(event)) return
  if (isEditing(noteIn(event.target))) return // arrows choose among the colours of its form
  if (roam(event)) return
  const name = withCommand(event) ? command(event) : event.altKey ? null : KEYS[event.key]
  const note = noteIn(document.activeElement)
  const onNote = note === document.activeElement
  if (["Enter", "Delete", "Backspace"].includes(event.key) && !onNote) return // buttons keep their own keys
  if (name && act(name, note)) event.preventDefault()
  else if (!withCommand(event) && switchCompany(event.key)) event.preventDefault()
}

function command({ key, shiftKey }) {
  const name = COMMANDS[key.toLowerCase()]
  return name === "undo" && shiftKey ? "redo" : name
}

function act(name, note) {
  if (!note && ["edit", "duplicate", "remove", "versions"].includes(name)) return false
  ACTIONS[name](note, null)
  return true
}

/** As if its button in the sheet's head were clicked, or the one that leads past what cannot be undone. */
function back(way) {
  const past = [...document.querySelectorAll(`#toasts [data-past="${way}"]`)].at(-1)
  if (past) htmx.process(past) // keys can be faster than what htmx does after a swap
  const button = past ?? document.querySelector(`[data-history="${way}"]`)
  button?.click()
}

function switchCompany(key) {
  const link = key === "[" || key === "]" ? document.querySelector(`a[data-key="${key}"]`) : null
  link?.click()
  return Boolean(link)
}

function firstBlock() {
  return document.querySelector(".block[data-current]") ?? document.querySelector(".blocks .block[data-block]")
}

function closeAround(button) {
  const around = button.closest("dialog, [popover], .toast, .told")
  if (around?.matches("dialog")) around.close()
  else if (around?.matches("[popover]")) around.hidePopover()
  else around?.dispatchEvent(new CustomEvent(around.matches(".told") ? "told:close" : "toast:close", { bubbles: true }))
}
