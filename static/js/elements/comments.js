/**
 * The field for a comment (`form.comment-new`, in `#dialog`): what is begun stays with its note until it is said, whatever
 * closes the dialog; Ctrl+Enter says it, for Enter makes a line.
 */
import { fits } from "../lib/limits.js"
import { session } from "../lib/storage.js"

const FIELD = "form.comment-new textarea"
const begun = ({ form }) => `saying:${form.getAttribute("hx-post")}`

export function startComments() {
  document.addEventListener("input", ({ target }) => target.matches(FIELD) && session.set(begun(target), target.value))
  document.addEventListener("submit", said, true)
  document.addEventListener("keydown", sent)
  document.body.addEventListener("htmx:afterSwap", bringBack)
}

/** Before htmx: what is too much is not sent. */
function said(event) {
  if (!event.target.matches(".comment-new")) return
  const field = event.target.elements.text
  if (fits(field)) return session.remove(begun(field))
  event.preventDefault()
  event.stopImmediatePropagation()
}

function sent(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || !event.target.matches(FIELD)) return
  event.preventDefault()
  event.target.form.requestSubmit()
}

function bringBack() {
  const field = document.querySelector(FIELD)
  if (field && !field.value) field.value = session.get(begun(field)) ?? ""
}
