/** Type and columns in which a whole list fits its block: style reads `--fit-type` and `--fit-columns`. */
const MOST_COLUMNS = 5

export const overflows = (list) => list.scrollHeight > list.clientHeight + 2

/** Whether a list's own items are too long for it; not what one of them shows under itself while it is looked at. */
export function isTooLong(list) {
  if (!overflows(list)) return false
  const top = list.getBoundingClientRect().top + list.clientTop - list.scrollTop
  const room = list.clientHeight - parseFloat(getComputedStyle(list).paddingBlockEnd)
  const standing = [...list.children].filter((item) => item.offsetParent) // not hidden, not taken out of the list
  return standing.some((item) => item.getBoundingClientRect().bottom - top > room + 2)
}

/**
 * Sets a list in the largest of `types` (pixels, falling) in which it fits, in `own` or more columns of at least
 * `column` ems. Says whether it fits; if not, it is left in the smallest.
 */
export function fitType(block, list, { types, column, own = 1 }) {
  for (const type of types) {
    const fitting = Math.min(MOST_COLUMNS, Math.floor(list.clientWidth / (type * column)))
    for (let columns = own; columns <= Math.max(own, fitting); columns++) {
      block.style.setProperty("--fit-type", `${type}px`)
      block.style.setProperty("--fit-columns", columns)
      if (!overflows(list)) return true
    }
  }
  return false
}

export function forgetType(block) {
  block.style.removeProperty("--fit-type")
  block.style.removeProperty("--fit-columns")
}
