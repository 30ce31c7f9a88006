/** Scrolls what lies under a carried note when it is held near an edge, and goes on while it is held there. */
const NEAR = 48
const STEP = 14

let held = null
let frame = null

/** Call at every move with the pointer's place; `again` is called after each scroll. `null` stops. */
export function scrollNear(x, y, again) {
  held = x === null ? null : { x, y, again }
  if (held && !frame) frame = requestAnimationFrame(step)
}

function step() {
  frame = null
  if (!held) return
  const { x, y, again } = held
  for (let area = document.elementFromPoint(x, y); area; area = area.parentElement) {
    if (scrolled(area, x, y)) {
      again(x, y)
      frame = requestAnimationFrame(step)
      return
    }
  }
}

function scrolled(area, x, y) {
  const whole = area === document.scrollingElement
  if (!whole && !/auto|scroll/.test(getComputedStyle(area).overflowY + getComputedStyle(area).overflowX)) return false
  const box = whole ? new DOMRect(0, 0, innerWidth, innerHeight) : area.getBoundingClientRect()
  const { scrollTop, scrollLeft } = area
  area.scrollBy(push(x, box.left, box.right), push(y, box.top, box.bottom))
  return area.scrollTop !== scrollTop || area.scrollLeft !== scrollLeft
}

function push(at, low, high) {
  return at < low + NEAR ? -STEP : at > high - NEAR ? STEP : 0
}
