/**
 * Arrows walk through the fit grid, a cell at a time; Home and End go to a row's ends, with Ctrl to the table's.
 * Each table is one stop for Tab, at the cell that was visited last. Enter on a pair leads to its need on
 * Compare, as its link does; on an empty cell too. The grid is fetched anew when others change something: who
 * walked in it stands in the same place afterwards.
 *
 *     <div id="grid" data-grid><table id="grid-end-0"><tr data-need="…"><th><a>…</a></th><td><a>…</a></td>…
 */
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

let stood = null // where focus was before the grid was fetched anew

export function startGrid() {
  if (!document.querySelector("[data-grid]")) return
  const { body } = document
  body.addEventListener("keydown", keyed)
  body.addEventListener("focusin", ({ target }) => cellOf(target) && makeStop(cellOf(target)))
  body.addEventListener("htmx:beforeSwap", () => (stood = placeOf(cellOf(document.activeElement))))
  body.addEventListener("htmx:afterSettle", () => {
    settle()
    if (stood) focus(cellAt(stood))
  })
  settle()
}

const cellOf = (element) => element?.closest?.("[data-grid] :is(td, th)")
const inside = (cell) => cell.querySelector("a") ?? cell

function keyed(event) {
  const cell = cellOf(event.target)
  if (!cell || event.altKey || event.metaKey || event.shiftKey) return
  const goal = goalFor(event, cell)
  if (!goal) return
  event.preventDefault()
  if (event.key === "Enter") goal.click()
  else focus(goal)
}

function goalFor({ key, ctrlKey }, cell) {
  const row = cell.parentElement
  const rows = [...cell.closest("table").rows]
  if (key === "Enter") return cell === inside(cell) ? row.querySelector("th a") : null
  if (key === "Home") return (ctrlKey ? rows[0] : row).cells[0]
  if (key === "End") return (ctrlKey ? rows.at(-1) : row).cells[row.cells.length - 1]
  if (!STEPS[key] || ctrlKey) return null
  const [down, right] = STEPS[key]
  const along = getComputedStyle(row).direction === "rtl" ? -right : right
  return rows[row.rowIndex + down]?.cells[cell.cellIndex + along]
}

function focus(cell) {
  if (!cell) return
  makeStop(cell)
  inside(cell).focus()
  cell.scrollIntoView({ block: "nearest", inline: "nearest" })
}

/** Tab stops here in this table, and nowhere else in it. */
function makeStop(cell) {
  for (const stop of cell.closest("table").querySelectorAll("[tabindex='0']")) stop.tabIndex = -1
  inside(cell).tabIndex = 0
}

function settle() {
  for (const table of document.querySelectorAll("[data-grid] table")) {
    for (const link of table.querySelectorAll("a")) link.tabIndex = -1
    if (table.tBodies[0].rows[0]) makeStop(table.tBodies[0].rows[0].cells[0])
  }
}

const placeOf = (cell) =>
  cell && {
    table: cell.closest("table").id,
    need: cell.parentElement.dataset.need ?? "",
    offer: cell.closest("table").tHead.rows[0].cells[cell.cellIndex]?.dataset.offer ?? "",
    column: cell.cellIndex,
  }

/** The same need and offer; where the need is gone, the first row. */
function cellAt({ table: id, need, offer, column }) {
  const table = document.getElementById(id)
  if (!table) return null
  const head = table.tHead.rows[0]
  const at = offer ? head.querySelector(`[data-offer="${CSS.escape(offer)}"]`)?.cellIndex : column
  const row = need ? table.querySelector(`[data-need="${CSS.escape(need)}"]`) ?? table.tBodies[0].rows[0] : head
  return row?.cells[at ?? 0]
}
