/** Puts text on the clipboard. `navigator.clipboard` needs a secure context; the older way does not. */
export async function copyText(words) {
  if (navigator.clipboard) return navigator.clipboard.writeText(words)
  const back = document.activeElement
  const field = document.createElement("textarea")
  field.value = words
  field.className = "sr"
  const around = back?.closest("dialog") ?? document.body // outside an open dialog nothing can be selected
  around.append(field)
  field.select()
  document.execCommand("copy")
  field.remove()
  return back?.focus({ preventScroll: true })
}
