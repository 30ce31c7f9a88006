/**
 * Toasts in `#toasts`: what happened, and one thing to do about it. `data-toast="8"` leaves after
 * eight seconds, but not while somebody looks at it.
 */
const { htmx } = window
const shelf = () => document.getElementById("toasts")

export function startToasts() {
  document.body.addEventListener("toast:show", ({ detail }) => show(detail.toast))
  document.addEventListener("toast:close", ({ target }) => target.remove())
  if (!shelf()) return
  shelf().querySelectorAll(".toast").forEach(leaveLater)
  const watcher = new MutationObserver((changes) => changes.flatMap((change) => [...change.addedNodes]).forEach(leaveLater))
  watcher.observe(shelf(), { childList: true }) // some come from here, some from htmx
}

function show(fresh) {
  const toast = document.importNode(fresh, true)
  if (toast.id) document.getElementById(toast.id)?.remove()
  shelf()?.append(toast)
  htmx.process(toast)
}

function leaveLater(toast) {
  const seconds = Number(toast.dataset?.toast)
  if (!seconds) return
  let timer = null
  let isUnderPointer = false
  const leave = () => isUnderPointer || toast.matches(":focus-within") || toast.remove()
  const wait = () => {
    clearTimeout(timer)
    timer = setTimeout(leave, seconds * 1000)
  }
  toast.addEventListener("pointerenter", () => { isUnderPointer = true })
  toast.addEventListener("pointerleave", () => {
    isUnderPointer = false
    wait()
  })
  toast.addEventListener("focusout", wait)
  wait()
}
