/**
 * How much a field takes: `<textarea data-most="1000">`. Nothing is cut off while somebody types or pastes, as `maxlength`
 * does without a word; what is too much stays where it is, and is said when it is to be saved.
 */
import { text } from "./texts.js"

/** Whether what stands in a field may be saved; if not, the field says so, and has the focus. */
export function fits(field) {
  const most = Number(field.dataset.most)
  const n = [...field.value.trim()].length // as the server counts: an emoji is one
  const isTooMuch = most > 0 && n > most
  field.setCustomValidity(isTooMuch ? text("too-much", { most, has: n }) : "")
  return !isTooMuch || field.reportValidity()
}

/** Who goes on typing has heard it. */
export const typedOn = (field) => field.dataset?.most && field.setCustomValidity("")
