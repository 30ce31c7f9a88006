/** Type and columns in which a whole list fits its block: style reads `--fit-type` and `--fit-columns`. */
const MOST_COLUMNS = 5

export const overflows = (list) => list.scrollHeight > list.clientHeight + 2

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
