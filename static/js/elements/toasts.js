/**
 * Toasts in `#toasts`: what happened, and one thing to do about it. `data-toast="8"` leaves after
 * eight seconds, but not while somebody looks at it.
 */
import { send } from "../htmx/outbox.js"
import { notesOf } from "../htmx/outbox/optimism.js"

const { htmx } = window
const shelf = () => document.getElementById("toasts")

export function startToasts() {
  document.body.addEventListener("toast:show", ({ detail }) => show(detail.toast))
  document.addEventListener("toast:close", ({ target }) => target.remove())
  document.body.addEventListener("outbox:answered", ({ detail }) => remember(detail))
  if (!shelf()) return
  shelf().querySelectorAll(".toast").forEach(leaveLater)
  const watcher = new MutationObserver((changes) => changes.flatMap((change) => [...change.addedNodes]).forEach(leaveLater))
  watcher.observe(shelf(), { childList: true }) // some come from here, some from htmx
}

/** Brings back what the newest undo toast speaks of; says whether there was one. */
export function undoDeletion() {
  const toast = [...(shelf()?.querySelectorAll("#toast-undo") ?? [])].at(-1)
  if (!toast) return false
  const notes = toast.dataset.gone?.split(" ") ?? []
  const button = toast.querySelector("[hx-post]")
  if (button) button.click()
  else notes.forEach((note) => send(`/notes/${note}/restoration/`))
  toast.remove()
  return true
}

function show(fresh) {
  const toast = document.importNode(fresh, true)
  if (toast.id) document.getElementById(toast.id)?.remove()
  shelf()?.append(toast)
  htmx.process(toast)
}

/** A toast about several notes does not name them; the change it answers does. */
function remember({ entry, outcome }) {
  const deletes = entry.path.endsWith("/deletion/") || new URLSearchParams(entry.body).get("do") === "delete"
  const toast = document.getElementById("toast-undo")
  if (outcome === "done" && deletes && toast) toast.dataset.gone = notesOf(entry).join(" ")
}

function leaveLater(toast) {
  const seconds = Number(toast.dataset?.toast)
  if (!seconds) return
  let timer = null
  const wait = () => { timer = setTimeout(() => toast.remove(), seconds * 1000) }
  const stay = () => clearTimeout(timer)
  toast.addEventListener("pointerenter", stay)
  toast.addEventListener("focusin", stay)
  toast.addEventListener("pointerleave", wait)
  toast.addEventListener("focusout", wait)
  wait()
}
