/**
 * A form whose answer takes its place is held while that answer is on its way: what is typed then would go with it, unseen
 * by anybody. Its fields keep the focus and can be read. Forms that add something are emptied instead, and go on.
 */
const WRITTEN = "textarea, input:not([type=hidden], [type=checkbox], [type=radio])"

/** Gives what lets go of the fields again. */
export function hold(form, { target, swap }) {
  const isReplaced = swap.swapStyle !== "upsert" && target?.contains(form) && form.matches("form:not([data-new-id])")
  const fields = isReplaced ? [...form.querySelectorAll(WRITTEN)].filter((field) => !field.readOnly) : []
  for (const field of fields) field.readOnly = true
  return () => fields.forEach((field) => (field.readOnly = false))
}
