/** A lasso with the mouse: drawn from empty ground, it takes the notes it touches. */
import { isEditing } from "../lib/dom.js"

const FAR_ENOUGH = 6

/** `took(notes, adding)` is called while the lasso is drawn; `adding` with Shift. */
export function startLasso(took) {
  document.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0 || !isGround(event.target)) return
    draw(event, took)
  })
}

function isGround(target) {
  return Boolean(target.closest?.(".blocks, .rail")) && !target.closest(".note, button, a, input, textarea, header, [popover]")
}

function draw(start, took) {
  const frame = document.createElement("div")
  frame.className = "lasso"
  const move = (event) => {
    const box = boxOf(start, event)
    if (!frame.isConnected && Math.hypot(box.width, box.height) < FAR_ENOUGH) return
    if (!frame.isConnected) document.body.append(frame)
    event.preventDefault()
    Object.assign(frame.style, { left: `${box.x}px`, top: `${box.y}px`, width: `${box.width}px`, height: `${box.height}px` })
    took(touched(box), start.shiftKey)
  }
  const end = () => {
    document.removeEventListener("pointermove", move)
    document.removeEventListener("pointerup", end)
    document.removeEventListener("pointercancel", end)
    if (frame.isConnected) document.addEventListener("click", swallow, { capture: true, once: true })
    setTimeout(() => document.removeEventListener("click", swallow, true))
    frame.remove()
  }
  document.addEventListener("pointermove", move)
  document.addEventListener("pointerup", end)
  document.addEventListener("pointercancel", end)
}

/** The click that ends a lasso is no click on the ground, which would let the selection go. */
function swallow(event) {
  event.stopPropagation()
}

function boxOf(one, other) {
  const x = Math.min(one.clientX, other.clientX)
  const y = Math.min(one.clientY, other.clientY)
  return new DOMRect(x, y, Math.abs(one.clientX - other.clientX), Math.abs(one.clientY - other.clientY))
}

function touched(box) {
  return [...document.querySelectorAll(".note[data-note]")].filter((note) => {
    const { left, right, top, bottom, width } = note.getBoundingClientRect()
    return width && !isEditing(note) && left < box.right && right > box.left && top < box.bottom && bottom > box.top
  })
}
